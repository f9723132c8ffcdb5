package page

import (
	"net/url"

	"dateline/index"
)

// Place is the search that an article was opened from, with the article's place in its list.
type Place struct {
	Params url.Values    // of the search
	Around *index.Around // nil when the index has the article no more
	Total  index.Total   // of the search
	Group  index.Unit    // what the list has one hit of
}

// placeView is what article.html draws of it.
type placeView struct {
	Text           string // "12 of 345 articles", "" where the list does not have the article
	Query          string
	Previous, Next neighbour
	Back           string
}

// neighbour is the way to a hit before or after; without a URL there is none.
type neighbour struct{ URL, Title, Language string }

// unlisted are the parameters of a search that say nothing of which hits there are, nor of how its page looks.
var unlisted = []string{"explain", "facets", "facet_size", "highlight", "around"}

func newPlace(p params, x *Place) *placeView {
	v := &placeView{Query: p.get("q"), Back: p.without("names").URL()}
	if x.Around == nil || x.Around.Position == 0 {
		return v
	}
	v.Text = number(x.Around.Position) + " of " + units(x.Total.Of(x.Group), x.Group)
	v.Previous, v.Next = newNeighbour(p, x.Around.Previous), newNeighbour(p, x.Around.Next)
	return v
}

func newNeighbour(p params, n *index.Neighbour) neighbour {
	if n == nil {
		return neighbour{}
	}
	return neighbour{p.at(articleURL(n.ID)), orUntitled(n.Title), n.Language}
}

// matchesView leads to what the search matches in the text.
type matchesView struct {
	Count   int
	Text    string // "7 matches in this article"
	Anchors []anchor
	Rest    string // "and 3 more"
}

// anchor leads to a match.
type anchor struct{ URL, Text string }

// maxAnchors bounds the matches that have links: a line or two of them.
const maxAnchors = 20

// newMatches lists the matches, nil for none.
func newMatches(n int) *matchesView {
	if n == 0 {
		return nil
	}
	v := &matchesView{Count: n, Text: count(n, "match", "matches")}
	for i := 1; i <= min(n, maxAnchors); i++ {
		v.Anchors = append(v.Anchors, anchor{"#" + matchID(i), number(i)})
	}
	if rest := n - maxAnchors; rest > 0 {
		v.Rest = "and " + number(rest) + " more"
	}
	return v
}
