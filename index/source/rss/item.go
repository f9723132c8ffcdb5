package rss

import (
	"cmp"
	"strings"

	"dateline/index/source/fields"
	"dateline/index/source/soup"
)

// What an element of an item may mean.
const (
	aTitle = iota + 1
	aTitleToo
	aContent
	aSummary
	aLink
	anID
	aPublication
	anUpdate
	anAuthor
	anAuthorToo
	aTopic
	someTopics
	aSection
	aLanguage
	aSource
	aPublisher
	anEmbargo
)

// meaning is what an element means and its rank among those that mean the same: the lowest counts.
type meaning struct{ what, rank int }

// meanings has the elements that are understood, by their usual names. Those of Atom's that stand in RSS with a prefix are
// found without it.
var meanings = map[string]meaning{
	"title": {aTitle, 0}, "dc:title": {aTitleToo, 0}, "media:title": {aTitleToo, 1}, "itunes:title": {aTitleToo, 2},
	"content:encoded": {aContent, 0}, "content": {aContent, 1}, "xhtml:body": {aContent, 2}, "body": {aContent, 3}, "fulltext": {aContent, 4}, "fullitem": {aContent, 4},
	"yandex:full-text": {aContent, 5}, "turbo:content": {aContent, 6},
	"description": {aSummary, 1}, "summary": {aSummary, 2}, "excerpt:encoded": {aSummary, 0}, "dc:description": {aSummary, 3},
	"dcterms:abstract": {aSummary, 4}, "itunes:summary": {aSummary, 5}, "media:description": {aSummary, 6}, "abstract": {aSummary, 7},
	"feedburner:origlink": {aLink, 0}, "pheedo:origlink": {aLink, 0}, "link": {aLink, 1},
	"guid": {anID, 0}, "id": {anID, 0}, "dc:identifier": {anID, 2},
	"pubdate": {aPublication, 0}, "published": {aPublication, 1}, "issued": {aPublication, 2}, "dcterms:issued": {aPublication, 3},
	"prism:publicationdate": {aPublication, 4}, "dc:date": {aPublication, lessSure}, "dc:issued": {aPublication, lessSure + 1},
	"wp:post_date_gmt": {aPublication, lessSure + 2}, "wp:post_date": {aPublication, lessSure + 3}, "date": {aPublication, lessSure + 4},
	"dcterms:created": {aPublication, lessSure + 5}, "created": {aPublication, lessSure + 6}, "dc:created": {aPublication, lessSure + 7},
	"dcterms:date": {aPublication, lessSure + 8}, "dc:dcterms.issued": {aPublication, lessSure + 9},
	"updated": {anUpdate, 0}, "modified": {anUpdate, 1}, "dcterms:modified": {anUpdate, 2}, "prism:modificationdate": {anUpdate, 3},
	"wp:post_modified_gmt": {anUpdate, 4}, "wp:post_modified": {anUpdate, 5}, "lastmod": {anUpdate, 6}, "dc:modified": {anUpdate, 7},
	"author": {anAuthor, 0}, "dc:creator": {anAuthor, 0}, "creator": {anAuthor, 0}, "dc:author": {anAuthor, 0}, "prism:byline": {anAuthor, 0},
	"itunes:author": {anAuthorToo, 0}, "media:credit": {anAuthorToo, 1},
	"category": {aTopic, 0}, "dc:subject": {aTopic, 0}, "dcterms:subject": {aTopic, 0}, "media:category": {aTopic, 0}, "itunes:category": {aTopic, 0},
	"media:keywords": {someTopics, 0}, "itunes:keywords": {someTopics, 0}, "keywords": {someTopics, 0}, "prism:keyword": {aTopic, 0},
	"prism:section": {aSection, 0}, "section": {aSection, 1},
	"dc:language": {aLanguage, 0}, "language": {aLanguage, 0},
	"source": {aSource, 0}, "dc:publisher": {aPublisher, 0}, "prism:embargodate": {anEmbargo, 0},
}

// lessSure is the rank from which a date does not claim to be one of publication, but is taken for want of a better one.
const lessSure = 10

// item reads an item.
func (d *draft) item(n *soup.Node) {
	d.scope = d.feed.scope.In(n)
	d.base = resolve(d.feed.base, n.Attr("xml:base"))
	d.language = fields.LanguageCode(n.Attr("xml:lang"))
	for _, a := range n.Attrs {
		switch d.scope.Name(a.Name) {
		case "rdf:about":
			d.offer(anID, offer{rank: 1, text: a.Value})
			d.links = append(d.links, offer{rank: 5, text: resolve(d.base, a.Value)})
		case "href": // this and the next are of CDF, the oldest of all feeds
			d.links = append(d.links, offer{rank: 6, text: resolve(d.base, a.Value)})
		case "lastmod":
			d.offer(anUpdate, offer{rank: 8, name: a.Name, text: a.Value})
		}
	}
	for _, kid := range n.Kids {
		if kid.Name != "" {
			d.element(kid)
		}
	}
}

// element reads an element of an item.
func (d *draft) element(n *soup.Node) {
	name := d.scope.In(n).Name(n.Name)
	m := meanings[strings.TrimPrefix(name, "atom:")]
	o := offer{rank: m.rank, name: d.written(name, n.Name), node: n}
	switch m.what {
	case aTitle, aTitleToo, aContent, aSummary:
		d.text(m.what, o)
	case aLink:
		d.linked(o)
	case aTopic, someTopics:
		d.topic(m.what, o)
	case aSource:
		d.source(o)
	case 0:
		if !d.wordpress(name, o) {
			d.keep(o)
		}
	case anID:
		d.identified(o)
	case anAuthor, anAuthorToo:
		d.author(m.what, o)
	case aSection, aLanguage, aPublisher, aPublication, anUpdate, anEmbargo:
		d.wordpress(name, o)
		o.text = n.Content()
		d.offer(m.what, o)
	}
}

// written returns a name for people: with the usual prefix, as it is written otherwise.
func (d *draft) written(name, as string) string {
	name = d.feed.plain(name)
	prefix, _, found := strings.Cut(name, ":")
	if _, local, ok := strings.Cut(as, ":"); ok {
		as = local
	}
	if found {
		return prefix + ":" + as
	}
	return as
}

// text reads an element of prose. Content that is no text, and content that is elsewhere, is kept as it is.
func (d *draft) text(what int, o offer) {
	kind := strings.ToLower(o.node.Attr("type"))
	if what == aContent && (o.node.Attr("src") != "" || !isProse(kind)) {
		d.keep(o)
		return
	}
	if lang := fields.LanguageCode(o.node.Attr("xml:lang")); what == aContent {
		d.language = cmp.Or(lang, d.language)
	}
	t := textOf(o.node, d.feed.atom)
	t.lines = d.exported && what == aContent
	o.prose = t
	d.offer(what, o)
}

// isProse reports whether a type of Atom is one of text.
func isProse(kind string) bool {
	return kind == "" || kind == "text" || kind == "html" || kind == "xhtml" || strings.HasPrefix(kind, "text/") ||
		strings.Contains(kind, "html") || kind == "application/xml" || kind == "application/octet-stream"
}

// linked takes an address: of RSS the text, of Atom the reference.
func (d *draft) linked(o offer) {
	n := o.node
	base := resolve(d.base, n.Attr("xml:base"))
	href := n.Attr("href")
	if href == "" {
		o.text = resolve(base, n.Content())
		d.offer(aLink, o)
		return
	}
	o.text = resolve(base, href)
	rel, kind := strings.ToLower(n.Attr("rel")), n.Attr("type")
	switch {
	case (rel == "" || strings.HasSuffix(rel, "alternate")) && (kind == "" || strings.Contains(kind, "html")):
		o.rank = 2
	case rel == "" || strings.HasSuffix(rel, "alternate"):
		o.rank = 3
	case rel == "self":
		o.rank = 7
	default:
		d.keep(o)
		return
	}
	d.offer(aLink, o)
}

// identified takes an identifier. One that RSS calls a permanent address, or does not say that it is none, is a link as well.
func (d *draft) identified(o offer) {
	o.text = strings.TrimSpace(o.node.Content())
	d.offer(anID, o)
	permanent := o.node.Attr("isPermaLink")
	if !strings.EqualFold(permanent, "false") && fields.Host(o.text) != "" && o.name != "dc:identifier" {
		d.links = append(d.links, offer{rank: 4, text: o.text})
	}
}

// topic takes a category.
func (d *draft) topic(what int, o offer) {
	n := o.node
	name := cmp.Or(oneLine(n.Content()), oneLine(n.Attr("label")), oneLine(n.Attr("term")), oneLine(n.Attr("text")))
	if label := oneLine(n.Attr("label")); d.feed.atom && label != "" {
		name = label
	}
	switch {
	case name == "":
	case fields.Host(name) != "":
		d.keep(o) // a term that is only an address
	case d.exported && n.Attr("domain") == "category":
		d.offer(aSection, offer{text: name})
	case what == someTopics:
		d.topics = append(d.topics, strings.FieldsFunc(name, func(r rune) bool { return r == ',' || r == ';' })...)
	default:
		d.topics = append(d.topics, strings.Split(name, ";")...)
	}
}

// source takes the publisher that an item was taken over from, with the authors of Atom's.
func (d *draft) source(o offer) {
	n := o.node
	title := n.Child("title")
	address := n.Attr("url")
	if title == nil {
		o.text = oneLine(n.Content())
	} else {
		o.text = textOf(title, true).line()
		for _, kid := range n.Kids {
			switch soup.Local(kid.Name) {
			case "author":
				d.authors[2] = append(d.authors[2], people(kid)...)
			case "link":
				if rel := kid.Attr("rel"); rel == "" || rel == "alternate" {
					address = cmp.Or(address, kid.Attr("href"))
				}
			}
		}
	}
	d.offer(aSource, o)
	if address != "" || n.Elements() {
		d.keep(o)
	}
}
