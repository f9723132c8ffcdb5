package newsml

import (
	"cmp"
	"strings"

	"golang.org/x/text/language"

	"dateline/index"
	"dateline/index/source/element"
	"dateline/index/source/wire"
)

// code returns the code or address of a concept.
func code(n *element.Node) string {
	return cmp.Or(n.Attr("qcode"), n.Attr("uri"), n.Attr("literal"))
}

// name returns the name of a concept in the language of the item, else in English, else any; "" when it has only a code.
func (i *item) name(n *element.Node) string {
	names := n.All("name")
	if len(names) == 0 {
		names = i.asserted[code(n)]
	}
	if best := inLanguage(names, i.language); best != nil {
		return best.String()
	}
	return ""
}

// party returns the name of a person or organisation: its name, or the literal that stands for one.
func (i *item) party(n *element.Node) string { return cmp.Or(i.name(n), n.Attr("literal")) }

// inLanguage returns the node in a language, else one without, else in English, else the first; nil of none.
func inLanguage(list []*element.Node, tag string) *element.Node {
	var plain, english *element.Node
	for _, n := range list {
		lang := n.Attr("xml:lang")
		switch {
		case n.String() == "":
		case lang != "" && sameLanguage(n, tag):
			return n
		case lang == "" && plain == nil:
			plain = n
		case strings.HasPrefix(strings.ToLower(lang), "en") && english == nil:
			english = n
		}
	}
	if best := cmp.Or(plain, english); best != nil || len(list) == 0 {
		return best
	}
	return list[0]
}

// sameLanguage reports whether a node is in the language of a tag, as far as it says; "en-GB" is that of "en".
func sameLanguage(n *element.Node, tag string) bool {
	lang := n.Attr("xml:lang")
	return lang == "" || tag == "" || base(lang) == base(tag)
}

func base(tag string) string {
	primary, _, _ := strings.Cut(tag, "-")
	if b, err := language.ParseBase(primary); err == nil {
		return b.String()
	}
	return strings.ToLower(primary)
}

// kind returns the kind of entity that a type of concepts stands for ("cpnat:person", "spct:team", or an address), or "".
func kind(typ string) string {
	if at := strings.LastIndexAny(typ, ":/"); at >= 0 {
		typ = typ[at+1:]
	}
	switch strings.ToLower(typ) {
	case "person":
		return index.Person
	case "organisation", "organization", "company", "team", "club":
		return index.Org
	case "geoarea", "poi", "city", "country", "statprov", "region", "place", "location":
		return index.Place
	}
	return ""
}

// subject reads what the content is about: an entity, or a topic.
func (i *item) subject(n *element.Node) {
	if name := i.name(n); name != "" {
		i.concept(cmp.Or(n.Attr("type"), n.Attr("typeuri")), name)
	}
	for _, main := range n.All("mainConcept") {
		i.subject(main)
	}
	if len(n.Attrs) > 0 || len(n.Elements()) > 1 {
		keep(i.b, n)
	}
}

func (i *item) concept(typ, name string) {
	if k := kind(typ); k != "" {
		i.b.Entity(k, wire.Line(name))
	} else {
		i.b.Topic(name)
	}
}
