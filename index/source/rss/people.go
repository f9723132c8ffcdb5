package rss

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"dateline/index/source/fields"
	"dateline/index/source/soup"
)

// author takes who wrote an item. Of the credits of a picture only the author's counts.
func (d *draft) author(what int, o offer) {
	if role := o.node.Attr("role"); what == anAuthorToo && strings.HasSuffix(o.name, ":credit") && role != "author" {
		d.keep(o)
		return
	}
	names := people(o.node)
	if name := d.feed.logins[o.node.Content()]; name != "" {
		names = []string{name}
	}
	group := &d.authors[0]
	if what == anAuthorToo {
		group = &d.authors[1]
		d.offers[what] = append(d.offers[what], o)
	}
	*group = append(*group, names...)
	if o.node.Child("uri") != nil || o.node.Child("url") != nil || o.node.Child("name") != nil && o.node.Child("email") != nil {
		d.keep(o)
	}
}

// people returns whom an element names: Atom has them in parts, the others in a text.
func people(n *soup.Node) []string {
	if n.Elements() {
		for _, part := range []string{"name", "email"} {
			if kid := n.Child(part); kid != nil {
				if name := oneLine(soup.Unescape(kid.Content())); name != "" {
					return persons(name)
				}
			}
		}
	}
	return persons(oneLine(soup.Unescape(n.Content())))
}

// The forms in which RSS has its authors: "roe@example.com (Ann Roe)", "Ann Roe (roe@example.com)", "Ann Roe <roe@example.com>".
var (
	mailFirst = regexp.MustCompile(`^[^\s()<>]+@[^\s()<>]+ ?\((.+)\)$`)
	mailLast  = regexp.MustCompile(`^(.+?) ?[(<](?:mailto:)?[^\s()<>]+@[^\s()<>]+[)>]$`)
)

// persons takes a byline apart. An address is the name of who gives no other.
func persons(s string) []string {
	if m := mailFirst.FindStringSubmatch(s); m != nil {
		s = strings.TrimSpace(m[1])
	} else if m := mailLast.FindStringSubmatch(s); m != nil {
		s = strings.TrimSpace(m[1])
	}
	if strings.Contains(s, "<") || fields.Host(s) != "" {
		return []string{text{value: s, html: true}.line()}
	}
	if last, first, ok := strings.Cut(s, ", "); ok && !strings.ContainsAny(last, " ,") && initials(first) {
		return []string{s} // Roe, A. B.
	}
	return fields.Byline(s)
}

// initials reports whether a text is one of first names cut short.
func initials(s string) bool {
	for word := range strings.FieldsSeq(s) {
		if utf8.RuneCountInString(word) > 2 || !strings.HasSuffix(word, ".") {
			return false
		}
	}
	return s != ""
}
