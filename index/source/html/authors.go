package html

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dateline/index/source/fields"
)

// maxAuthor bounds the name of an author in bytes.
const maxAuthor = 100

// authors takes the first place of the page that names any: its data, its meta elements, its microdata, links to authors, then
// its byline. A place that names only the publisher itself counts where no other names a person.
func (b *builder) authors() {
	site := b.siteNames()
	var house []string
	for _, place := range [...]func() []string{b.givenAuthors, b.metaAuthors, b.itemAuthors, b.linkedAuthors, b.bylineAuthors, b.writtenAuthors} {
		names := b.cleanAuthors(place(), site)
		people := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return slices.Contains(site[:min(3, len(site))], letters(n)) })
		if len(people) > 0 {
			b.a.Authors = names
			return
		}
		if len(house) == 0 {
			house = names
		}
	}
	b.a.Authors = house
}

func (b *builder) givenAuthors() []string {
	names := b.linked.names(b.news["author"])
	if len(names) == 0 {
		names = b.linked.names(b.news["creator"])
	}
	return names
}

func (b *builder) metaAuthors() []string {
	for _, name := range [...]string{"article:author", "og:article:author", "author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl",
		"citation_author", "article:author_name", "cxenseparse:author", "vr:author", "mrf:authors", "dc.contributor", "rdfa:author"} {
		var names []string
		for _, v := range b.metas[name] {
			if isName(v) {
				names = append(names, v)
			}
		}
		if len(names) > 0 {
			return names
		}
	}
	return nil
}

func (b *builder) itemAuthors() []string {
	names := b.itemNames("author")
	if len(names) == 0 {
		names = b.metas["itemprop:author"]
	}
	for _, it := range b.items { // an author who stands outside of the article's item
		if it.prop == "author" || strings.HasSuffix(it.types, "/person") && it.prop == "" {
			names = append(names, it.values["name"]...)
		}
	}
	return names
}

// linkedAuthors returns the texts of links that say that they lead to an author.
func (b *builder) linkedAuthors() []string {
	var names []string
	for _, m := range b.marks {
		if m.node.DataAtom == atom.A && strings.EqualFold(attr(m.node, "rel"), "author") && aroundAbove(m.node) < aroundSurely {
			if s := brief(m.node); isName(s) {
				names = append(names, s)
			}
		}
	}
	return names
}

// bylineAuthors reads the elements that are named after bylines and authors.
func (b *builder) bylineAuthors() []string {
	for _, part := range [...]string{"byline", "author", "autor", "signature", "writer", "reporter", "journalist"} {
		for _, m := range b.marks {
			if !strings.Contains(m.name, part) || aroundAbove(m.node) >= aroundSurely {
				continue
			}
			if names := readByline(m.node); len(names) > 0 {
				return names
			}
		}
	}
	return nil
}

// writtenAuthors reads a short block around the title that begins with "By".
func (b *builder) writtenAuthors() []string {
	blocks := b.layout.blocks
	for _, i := range b.titlePlaces() {
		for _, k := range blocks[max(0, i-3):min(len(blocks), i+6)] {
			first, _, _ := strings.Cut(k.text, "\n")
			rest := withoutBy(first)
			if len(rest) < len(first) && len(first) < 120 && !endsSentence(first) && !k.aside && looksPersonal(rest) && !strings.ContainsFunc(rest, unicode.IsDigit) {
				return []string{rest}
			}
		}
	}
	return nil
}

// readByline reads the names in the element of a byline: its links, or its text less what stands behind a bar or a date.
func readByline(n *html.Node) []string {
	s := brief(n)
	if s == "" || len(s) > 200 {
		return nil
	}
	if names := linksOf(n); len(names) > 0 {
		return names
	}
	s, _, _ = strings.Cut(s, "|")
	s, _, _ = strings.Cut(s, "•")
	s, _, _ = strings.Cut(s, "·")
	if i := strings.IndexFunc(s, unicode.IsDigit); i >= 0 {
		s = s[:i]
	}
	if s = strings.TrimSpace(s); !isName(s) || !looksPersonal(s) {
		return nil
	}
	return []string{s}
}

func linksOf(n *html.Node) (names []string) {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && c.DataAtom == atom.A && len(names) < 8 {
			if s := brief(c); isName(s) && looksPersonal(s) {
				names = append(names, s)
			}
		}
	}
	return names
}

// looksPersonal reports whether a byline's text may be names: two to twelve words, the first and the last of which are capitalised
// or in a script that has no capitals.
func looksPersonal(s string) bool {
	s = withoutBy(s)
	words := strings.Fields(s)
	if strings.ContainsAny(s, ":/©") || len(words) < 2 || len(words) > 12 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(words[0])
	last, _ := utf8.DecodeRuneInString(words[len(words)-1])
	return !unicode.IsLower(r) && !unicode.IsLower(last)
}

// isName reports whether a value can be the name of an author: it has letters, and is no address.
func isName(s string) bool {
	return s != "" && len(s) <= 300 && !strings.Contains(s, "://") && !strings.HasPrefix(s, "www.") && !strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "@") &&
		!strings.Contains(s, "@") && strings.ContainsFunc(s, unicode.IsLetter)
}

// by are words before an author's name.
var by = [...]string{"written by ", "by ", "von ", "par ", "por ", "de ", "di ", "door ", "av ", "af ", "автор: ", "автор ", "text: ", "autor: ", "author: ", "reported by ", "posted by "}

func withoutBy(s string) string {
	for again := true; again; {
		again = false
		for _, w := range by {
			if len(s) > len(w) && strings.EqualFold(s[:len(w)], w) {
				s, again = strings.TrimSpace(s[len(w):]), true
			}
		}
	}
	return s
}

// ands stand between two authors.
var ands = strings.NewReplacer(" und ", ", ", " et ", ", ", " y ", ", ", " og ", ", ", " och ", ", ", " & ", ", ", " и ", ", ")

// cleanAuthors takes bylines apart and drops what is no name.
func (b *builder) cleanAuthors(all, site []string) []string {
	var names []string
	for _, s := range all {
		if !isName(s) {
			continue
		}
		for _, n := range fields.Byline(ands.Replace(withoutBy(plain(s)))) {
			if n = strings.Trim(n, " ,:;|-–"); !strings.Contains(n, ", ") {
				n = strings.Trim(n, ".")
			}
			if i := strings.LastIndex(n, " ("); i > 3 && strings.HasSuffix(n, ")") {
				n = n[:i]
			}
			if i := strings.Index(strings.ToLower(n), " for "); i > 0 && b.isSite(n[i+5:], site) {
				n = n[:i]
			}
			if !isName(n) || len(n) > maxAuthor || len(names) == maxValues || strings.EqualFold(n, "admin") {
				continue
			}
			if !slices.ContainsFunc(names, func(o string) bool { return strings.EqualFold(o, n) }) {
				names = append(names, n)
			}
		}
	}
	return names
}

// aroundAbove returns how surely an element stands around the article, by the elements above it.
func aroundAbove(n *html.Node) around {
	w := around(0)
	for p := n.Parent; p != nil && p.Type == html.ElementNode && p.DataAtom != atom.Body; p = p.Parent {
		w = max(w, aroundOf(p))
	}
	return w
}
