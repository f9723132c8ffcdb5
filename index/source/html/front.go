package html

import (
	"net/url"
	"strings"

	"golang.org/x/net/html/atom"
)

// isFront reports whether the page is the front page of a site, a list of links to articles: every address that it goes by is
// the site's root, it claims to be no article, neither its data nor its meta elements name a day, and most of its headings are
// links. Each sign alone is found on articles too.
func (b *builder) isFront() bool {
	if b.news != nil || b.micro != nil || strings.EqualFold(b.get("og:type"), "article") || !b.atRoot() || len(b.said()) > 0 {
		return false
	}
	headings, linked := 0, 0
	for i := range b.layout.blocks {
		switch k := &b.layout.blocks[i]; k.kind {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			headings++
			if k.links*5 >= len(k.text)*4 {
				linked++
			}
		}
	}
	return linked > 1 && linked*2 > headings
}

// atRoot reports whether an address of the page is known, and all that are known are the root of a site.
func (b *builder) atRoot() bool {
	known := false
	for _, link := range append(b.addresses(), b.o.URL) {
		u, err := url.Parse(strings.TrimSpace(link))
		switch {
		case err != nil || !u.IsAbs():
		case strings.Trim(u.Path, "/") != "" || u.RawQuery != "":
			return false
		default:
			known = true
		}
	}
	return known
}
