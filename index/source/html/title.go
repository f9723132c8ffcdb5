package html

import (
	"strings"

	"dateline/index/source/fields"
)

// title chooses the title. A page gives it in up to four places: its data, its OpenGraph, its main heading and its title
// element; of these the last has the publisher's name in it, as a rule.
func (b *builder) title() {
	headings := b.mainHeadings()
	given := first(text1(b.news["headline"]), b.value("headline"), b.get("rdfa:headline"))
	graph := b.get("og:title")
	if graph == "" {
		graph = b.get("twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "citation_title", "rdfa:title")
	}
	full := first(b.titles...)
	given, graph = b.shorn(given, headings...), b.shorn(graph, append(headings, given)...)
	given, graph = whole(given, append(headings, graph)...), whole(graph, append(headings, given)...)
	for _, h := range headings {
		if len(h) > len(graph) && graph != "" && strings.HasPrefix(h, graph) && strings.ContainsAny(h[len(graph):min(len(graph)+2, len(h))], `"'`) {
			graph = "" // its quotation mark ended the attribute
			if given == "" {
				graph = h
			}
		}
	}
	b.a.Title = b.choose(given, graph, headings, full)
	if given != "" && given != b.a.Title {
		b.keep("headline", given)
	}
	if graph != "" && graph != b.a.Title {
		b.keep("og:title", graph)
	}
}

func (b *builder) choose(given, graph string, headings []string, full string) string {
	switch {
	case given != "" && graph != "":
		return b.better(given, graph)
	case graph != "":
		if h := b.vouched(headings, full, b.get("twitter:title"), b.get("parsely-title", "sailthru.title")); 2*len(h) >= len(graph) {
			return b.better(h, graph)
		}
		return graph
	case given != "":
		return given
	}
	shorn := b.shorn(full, headings...)
	if h := b.vouched(headings, full); h != "" {
		return h
	}
	if shorn == "" || len(headings) == 1 && len(headings[0]) > 20 {
		return first(append(headings, shorn)...)
	}
	return shorn
}

// vouched returns the longest of the headings that stands in one of the titles, or "".
func (b *builder) vouched(headings []string, titles ...string) string {
	longest := ""
	for _, h := range headings {
		for _, t := range titles {
			if len(h) > len(longest) && (sameText(h, t) || len(h) > 12 && strings.Contains(letters(t), letters(h))) {
				longest = h
			}
		}
	}
	return longest
}

// mainHeadings returns the texts of the main headings, without those that hold the name of the site: a short one that is a link
// leads to the front page.
func (b *builder) mainHeadings() []string {
	var all []string
	for _, h := range b.headings {
		s := text(h)
		if s == "" || len(s) > 400 || sameText(s, b.get("og:site_name", "application-name")) || aroundAbove(h) == aroundHidden ||
			inLink(h) && 2*len(s) < len(first(b.titles...)) {
			continue
		}
		all = append(all, s)
	}
	return all
}

// whole returns a title, or of one that was cut short by the program that wrote it the one of the others that goes on.
func whole(s string, others ...string) string {
	if !cutShort(s) {
		return s
	}
	begun := letters(s)
	for _, o := range others {
		if all := letters(o); len(all) > len(begun) && strings.HasPrefix(all, begun) {
			return o
		}
	}
	return s
}

func cutShort(s string) bool { return strings.HasSuffix(s, "…") || strings.HasSuffix(s, "...") }

// joints stand between a title and the name of its site.
var joints = [...]string{" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " « ", "｜", "：", " / ", "_", "|", " -", "–"}

// shorn cuts the name of the site, and of its parts, off the end of a title. others are titles of the page that may be without.
func (b *builder) shorn(s string, others ...string) string {
	for _, o := range others {
		if n := len(o); n > 10 && n < len(s) && strings.EqualFold(s[:n], o) && isJoint(s[n:]) {
			return s[:n]
		}
		if n := len(o); n > 20 && n < len(s) && sameText(s[:n], o) && isJoint(s[n:]) {
			return s[:n]
		}
		if before := len(s) - len(o); len(o) > 20 && before > 0 && before < len(o) && sameText(s[before:], o) && endsInJoint(s[:before]) {
			return s[before:] // the site's name stands before it
		}
	}
	site := b.siteNames()
	for again := true; again; {
		again = false
		for _, j := range joints {
			i := strings.LastIndex(s, j)
			if i > 0 && b.isSite(s[i+len(j):], site) {
				s, again = strings.TrimSpace(s[:i]), true
				break
			}
			if i := strings.Index(s, j); i > 0 && b.isSite(s[:i], site) && len(s) > i+len(j)+10 {
				s, again = strings.TrimSpace(s[i+len(j):]), true
				break
			}
		}
	}
	return s
}

func isJoint(rest string) bool {
	for _, j := range joints {
		if strings.HasPrefix(rest, j) || strings.HasPrefix(strings.TrimSpace(rest), strings.TrimSpace(j)) {
			return true
		}
	}
	return false
}

// endsInJoint reports whether a joint that cannot be a part of a headline stands at the end of what is before one.
func endsInJoint(before string) bool {
	for _, j := range [...]string{" | ", " - ", " – ", " — ", " :: ", " » ", "｜"} {
		if strings.HasSuffix(before, j) {
			return true
		}
	}
	return false
}

// siteNames returns what the page calls its site, as letters.
func (b *builder) siteNames() []string {
	var names []string
	for _, s := range append([]string{b.a.Source, b.get("og:site_name"), b.get("application-name"), b.get("apple-mobile-web-app-title"), b.get("twitter:site"),
		b.get("author"), b.get("publisher", "dc.publisher"), fields.Host(b.a.URL), fields.Host(b.o.URL)}, b.linked.names(b.news["publisher"])...) {
		if s = letters(s); len(s) > 1 {
			names = append(names, s)
		}
	}
	return names
}

// isSite reports whether a part of a title is the name of the site.
func (b *builder) isSite(part string, names []string) bool {
	p := letters(part)
	if p == "" || len(p) > 60 {
		return false
	}
	for _, n := range names {
		if p == n || len(p) > 3 && len(n) > 3 && (strings.HasPrefix(n, p) || strings.HasPrefix(p, n) || strings.HasSuffix(p, n) && len(p) < len(n)+12) {
			return true
		}
	}
	return false
}
