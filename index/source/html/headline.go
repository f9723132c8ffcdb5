package html

import (
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// better chooses between two headlines of a page, that of its data and that of its OpenGraph. About one page in four has two:
// one for readers and one for search engines, and which of them stands in which place is every publisher's own custom. So the
// other places of the page vote. The heading above the text counts once, and twice where the main heading lies in a trail of
// links: such a one is for search engines, and the title element that repeats it counts nothing. What the editors' own system
// calls the title counts twice. The title element, the title for Twitter, and being the shorter one count once: the other has
// words for search engines in it, or a line above it. The shorter one also wins a tie.
func (b *builder) better(given, graph string) string {
	votes := 0 // more than 0 for graph
	count := func(title string, weight int) {
		switch isGiven, isGraph := sameText(title, given), sameText(title, graph); {
		case isGraph && !isGiven:
			votes += weight
		case isGiven && !isGraph:
			votes -= weight
		}
	}
	trail := b.trailHeading()
	shown := 1
	if trail != "" {
		shown = 2
	}
	switch isGiven, isGraph := b.shows(given), b.shows(graph); {
	case isGraph && !isGiven:
		votes += shown
	case isGiven && !isGraph:
		votes -= shown
	}
	count(b.shorn(b.get("parsely-title", "sailthru.title", "title"), given, graph), 2)
	if full := b.shorn(first(b.titles...), given, graph); !sameText(full, trail) {
		count(full, 1)
	}
	count(b.shorn(b.get("twitter:title"), given, graph), 1)
	short := shorter(given, graph)
	count(short, 1)
	switch {
	case votes > 0:
		return graph
	case votes < 0:
		return given
	}
	return short
}

// shorter returns the shorter of two titles: not one that was cut short, nor one of a word or two beside a sentence.
func shorter(given, graph string) string {
	if cutShort(given) != cutShort(graph) {
		if cutShort(given) {
			return graph
		}
		return given
	}
	if n, most := utf8.RuneCountInString(graph), utf8.RuneCountInString(given); n < most && n*3 >= most {
		return graph
	}
	return given
}

// isTrail reports whether a heading stands in a trail of links or in what else leads around the site.
func isTrail(h *html.Node) bool { return max(aroundOf(h), aroundAbove(h)) == aroundSurely }

// trailHeading returns the main heading that stands in a trail of links, or "" where one stands elsewhere.
func (b *builder) trailHeading() string {
	trail := ""
	for _, h := range b.headings {
		switch s := text(h); {
		case s == "":
		case !isTrail(h):
			return ""
		default:
			trail = first(trail, s)
		}
	}
	return trail
}

// shows reports whether the page shows a title as a heading, or as a part of one that is an element of its own, as behind a
// line above the title. Headings that are links lead to other articles.
func (b *builder) shows(title string) bool {
	sought := letters(title)
	for _, h := range b.headings {
		if !isTrail(h) && hasPart(h, sought) {
			return true
		}
	}
	for _, h := range b.subheadings {
		if hasPart(h, sought) && !isTrail(h) && !inLink(h) && !holdsLink(h) {
			return true
		}
	}
	return false
}

// hasPart reports whether the letters of a heading, or of an element right in it, are those sought.
func hasPart(h *html.Node, sought string) bool {
	if letters(brief(h)) == sought {
		return true
	}
	for c := h.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && letters(brief(c)) == sought {
			return true
		}
	}
	return false
}

func holdsLink(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.DataAtom == atom.A {
			return true
		}
	}
	return false
}
