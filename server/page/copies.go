package page

import (
	"dateline/index"
	"dateline/query"
)

// Copies are the articles of a search that one of its hits stands for, since they share its text or its story.
type Copies struct {
	Field    string // text or story
	ID       string // of it
	Articles int    // that the search finds, the hit among them
	Sources  []index.FacetValue
	Distinct int // sources
}

// copies shows them folded under the hit.
type copies struct {
	More    string // "and 11 more with the same text"
	Of      string // "12 articles of 9 sources"
	URL     string // of the search for all of them
	Sources []copySource
	Rest    string // sources that are not listed, or ""
}

// copySource is a source with its number of the copies.
type copySource struct {
	link
	Count string
}

// maxCopySources bounds the sources under a hit.
const maxCopySources = 20

// newCopies links to the search for the copies, which keeps its filters.
func newCopies(p params, q *query.Query, c Copies) *copies {
	if c.Articles < 2 {
		return nil
	}
	same := map[string]string{"text": " with the same text", "story": " of the same story"}[c.Field]
	v := &copies{More: "and " + number(c.Articles-1) + " more" + same, Of: count(c.Articles, "article", "articles")}
	if c.Distinct > 0 {
		v.Of += " of " + count(c.Distinct, "source", "sources")
	}
	all := p.without("group").with("q", Among(q, c.Field, c.ID).String())
	v.URL = all.URL()
	for _, s := range c.Sources[:min(len(c.Sources), maxCopySources)] {
		v.Sources = append(v.Sources, copySource{link{Text: s.Value, URL: all.with("source", s.Value).URL()}, number(s.Count)})
	}
	if rest := c.Distinct - len(v.Sources); rest > 0 && len(v.Sources) > 0 {
		v.Rest = "and " + count(rest, "more source", "more sources")
	}
	return v
}

// Among returns a query narrowed to a value.
func Among(q *query.Query, field, value string) *query.Query {
	root := query.Node(query.Value{Field: field, Text: value})
	if q != nil && q.Root != nil {
		root = query.And{Nodes: []query.Node{q.Root, root}}
	}
	return &query.Query{Root: root}
}
