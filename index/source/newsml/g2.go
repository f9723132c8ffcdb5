package newsml

import (
	"cmp"
	"strings"

	"dateline/index/source/element"
	"dateline/index/source/record"
	"dateline/index/source/wire"
)

// item is a news item of NewsML-G2 that is being read.
type item struct {
	b        *wire.Builder
	root     *element.Node
	language string                     // of the item
	asserted map[string][]*element.Node // the names that assertions give to codes
	title    string                     // of the item, which stands in for a headline
	captions []string                   // descriptions that are no lead, but may stand for a text
}

// second reads an item of NewsML-G2.
func second(b *wire.Builder, root, header *element.Node) {
	i := &item{b: b, root: root, language: root.Attr("xml:lang"), asserted: map[string][]*element.Node{}}
	b.A.ID = root.Attr("guid")
	b.KeepText("version", root.Attr("version"))
	for _, a := range root.All("assert") {
		i.asserted[code(a)] = a.All("name")
	}
	i.dates()
	i.itemMeta(root.First("itemMeta"))
	for _, m := range root.All("contentMeta") {
		i.contentMeta(m)
	}
	i.b.Language(i.language)
	i.contents()
	i.rest()
	b.Publisher(header.First("sender").String())
}

// dates reads when the item was published: firstCreated is when its first version was made, which is as near as the standard
// comes, contentCreated when its content was; versionCreated is the date of an update.
func (i *item) dates() {
	meta, content := i.root.First("itemMeta"), i.root.First("contentMeta")
	version := meta.First("versionCreated").String()
	i.b.Published("firstCreated", meta.First("firstCreated").String())
	i.b.Published("contentCreated", content.First("contentCreated").String())
	i.b.Dated("versionCreated", version)
	i.b.Version("versionCreated", version)
	i.b.Version("contentModified", content.First("contentModified").String())
}

// itemMeta reads what is said of the item.
func (i *item) itemMeta(meta *element.Node) {
	for _, n := range meta.Elements() {
		switch strings.ToLower(n.Name) {
		case "firstcreated", "versioncreated":
		case "provider":
			i.b.Publisher(i.party(n))
			i.b.Credit(cmp.Or(i.party(n), code(n)))
		case "embargoed":
			i.embargoed(n, meta)
		case "pubstatus":
			i.b.Standing(n.Name, code(n))
		case "title":
			i.title = n.String()
		case "ednote":
			i.b.KeepText(n.Name, n.Prose())
		case "signal", "itemclass":
			i.b.KeepText(n.Name, cmp.Or(code(n), n.String()))
		default: // service, role, link, memberOf, fileName and the like
			keep(i.b, n)
		}
	}
}

// embargoed reads the embargo. One without a time lasts, by the standard, until the note to editors says so; some agencies
// send the element empty with every item.
func (i *item) embargoed(n, meta *element.Node) {
	if s := n.String(); s != "" {
		i.b.Embargo(n.Name, s)
		return
	}
	for _, note := range meta.All("edNote") {
		if strings.Contains(strings.ToLower(note.String()), "embargo") {
			i.b.Reject(record.Embargoed, "without a time; the note to editors says %q", cut(note.String(), 120))
		}
	}
}

// cut shortens a text for a message.
func cut(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

// contentMeta reads what is said of the content.
func (i *item) contentMeta(meta *element.Node) {
	if tag := meta.First("language").Attr("tag"); tag != "" {
		i.language = tag
		i.b.Language(tag)
	}
	i.headlines(meta.All("headline"))
	for _, n := range meta.Elements() {
		switch strings.ToLower(n.Name) {
		case "headline", "language", "contentcreated", "contentmodified":
		case "dateline":
			i.b.Dateline(n.Name, n.String())
		case "by":
			i.b.Byline(n.Name, n.Prose())
		case "creditline":
			i.b.Credit(n.String())
			i.b.KeepText(n.Name, n.String())
		case "creator", "contributor":
			i.maker(n)
		case "infosource":
			i.b.Credit(i.party(n))
			keep(i.b, n)
		case "located":
			i.b.Filed(i.name(n))
			keep(i.b, n)
		case "subject":
			i.subject(n)
		case "keyword":
			i.b.Topic(n.String())
		case "description":
			i.description(n)
		default: // slugline, genre, urgency, altId and the like
			keep(i.b, n)
		}
	}
}

// headlines takes the headline in the language of the item, of several the one without a role.
func (i *item) headlines(list []*element.Node) {
	best := inLanguage(list, i.language)
	for _, h := range list {
		if h.Attr("role") == "" && sameLanguage(h, i.language) {
			best = h
			break
		}
	}
	if best == nil {
		return
	}
	i.b.A.Title = best.String()
	for _, h := range list {
		if h != best {
			keep(i.b, h)
		}
	}
}

// maker reads a creator or contributor: an author if it is a person who writes.
func (i *item) maker(n *element.Node) {
	name, role := i.party(n), strings.ToLower(n.Attr("role"))
	writes := strings.Contains(role, "author") || strings.HasSuffix(role, "writer") && !strings.Contains(role, "descr") ||
		strings.Contains(role, "journalist") || strings.Contains(role, "reporter")
	isOrg := n.First("organisationDetails") != nil || kind(n.Attr("type")) == "org"
	switch {
	case i.b.Credit(name):
	case name == "" || isOrg || i.root.First("contentMeta", "by").String() != "":
	case writes || n.Is("creator") && !strings.Contains(role, "photo") && strings.Contains(name, " "):
		i.b.Byline(n.Name, name)
	}
	keep(i.b, n)
}

// description reads a summary, which is the lead; a caption stands in where there is neither lead nor text.
func (i *item) description(n *element.Node) {
	s := n.Prose()
	role := strings.ToLower(n.Attr("role"))
	switch {
	case s == "":
	case strings.Contains(role, "caption"):
		i.captions = append(i.captions, s)
	case i.b.A.Lead == "" && sameLanguage(n, i.language):
		i.b.A.Lead = s
	default:
		keep(i.b, n)
	}
}

// rest keeps what the item has besides: rights, parts of films, derivations.
func (i *item) rest() {
	for _, n := range i.root.Elements() {
		switch strings.ToLower(n.Name) {
		case "itemmeta", "contentmeta", "contentset", "catalogref", "catalog", "assert":
		case "rightsinfo":
			i.b.Publisher(i.party(n.First("copyrightHolder")))
			keep(i.b, n)
		default:
			keep(i.b, n)
		}
	}
	switch {
	case i.b.A.Title == "":
		i.b.A.Title = i.title
	case i.b.A.Title != i.title:
		i.b.KeepText("title", i.title)
	}
	for _, s := range i.captions {
		if i.b.A.Body == "" && i.b.A.Lead == "" {
			i.b.A.Lead = s
		} else {
			i.b.KeepText("description", s)
		}
	}
}
