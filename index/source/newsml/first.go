package newsml

import (
	"cmp"
	"strings"

	"dateline/index"
	"dateline/index/source/element"
	"dateline/index/source/record"
	"dateline/index/source/wire"
)

// first reads an item of NewsML 1.
func first(b *wire.Builder, root, envelope *element.Node) {
	identify(b, root.First("Identification"))
	manage(b, root.First("NewsManagement"))
	b.Language(root.Attr("xml:lang"))
	component := root.First("NewsComponent")
	if component == nil {
		b.Reject(record.NotNews, "a news item without a component, such as a set of topics")
		return
	}
	t := &tree{b: b}
	t.walk(component, nil)
	t.describe()
	b.Publisher(envelope.First("SentFrom", "Party").Attr("FormalName"))
	b.Publisher(root.First("Identification", "NewsIdentifier", "ProviderId").String())
}

// identify makes the id of provider, date and name, so that the next revision updates this one.
func identify(b *wire.Builder, identification *element.Node) {
	id := identification.First("NewsIdentifier")
	parts := []string{"urn:newsml"}
	for _, name := range []string{"ProviderId", "DateId", "NewsItemId"} {
		parts = append(parts, id.First(name).String())
	}
	b.A.ID = strings.Join(parts, ":")
	if parts[1] == "" || parts[2] == "" || parts[3] == "" {
		b.A.ID = id.First("PublicIdentifier").String()
	}
	if revision := id.First("RevisionId"); revision != nil {
		b.KeepText("RevisionId", revision.String())
	}
	for _, n := range identification.Elements() {
		if !n.Is("NewsIdentifier") {
			keep(b, n)
		}
	}
}

// manage reads dates and status. An item that is embargoed says from when on it will be usable.
func manage(b *wire.Builder, m *element.Node) {
	b.Published("FirstCreated", m.First("FirstCreated").String())
	b.Dated("ThisRevisionCreated", m.First("ThisRevisionCreated").String())
	b.Version("ThisRevisionCreated", m.First("ThisRevisionCreated").String())
	status := b.Standing("Status", m.First("Status").Attr("FormalName"))
	change := m.First("StatusWillChange")
	until := change.First("DateAndTime").String()
	switch {
	case status != "embargoed":
	case until == "":
		b.Reject(record.Embargoed, "the status is embargoed, and nothing says until when")
	default:
		b.Embargo("StatusWillChange", until)
	}
	for _, n := range m.Elements() {
		switch strings.ToLower(n.Name) {
		case "firstcreated", "thisrevisioncreated", "status":
		case "statuswillchange":
			if status != "embargoed" {
				keep(b, n)
			}
		default:
			keep(b, n)
		}
	}
}

// tree is the components of an item of NewsML 1 that are being read.
type tree struct {
	b     *wire.Builder
	texts []textItem
	all   []*element.Node // every component, from the outer to the inner
}

// textItem is a content with text, and the components around it.
type textItem struct {
	role  string
	data  *element.Node // DataContent
	mime  string
	trunk []*element.Node
}

// notText are the roles of components that hold something else than the text, in lower case.
var notText = map[string]bool{"stylesheet": true, "headline": true, "subheadline": true, "contact": true, "logo": true, "photo": true,
	"picture": true, "video": true, "graphic": true, "audio": true, "caption": true, "copyright": true, "byline": true, "slug": true}

// walk gathers the components and their texts.
func (t *tree) walk(n *element.Node, trunk []*element.Node) {
	t.all = append(t.all, n)
	trunk = append(trunk[:len(trunk):len(trunk)], n)
	for _, c := range n.Elements() {
		switch {
		case c.Is("NewsComponent"):
			t.walk(c, trunk)
		case c.Is("NewsItem"):
			for _, inner := range c.All("NewsComponent") {
				t.walk(inner, trunk)
			}
		case c.Is("ContentItem"):
			t.item(c, n, trunk)
		}
	}
}

// item gathers a content that may be text, and keeps where others lie.
func (t *tree) item(c, component *element.Node, trunk []*element.Node) {
	mime := strings.ToLower(c.First("MimeType").Attr("FormalName"))
	data := c.First("DataContent")
	media := strings.ToLower(c.First("MediaType").Attr("FormalName"))
	isText := media == "" || media == "text" || media == "complexdata"
	switch {
	case data != nil && isText && mime != "text/css" && c.First("Encoding") == nil:
		t.texts = append(t.texts, textItem{strings.ToLower(component.First("Role").Attr("FormalName")), data, mime, trunk})
	case c.Attr("Href") != "":
		keep(t.b, c)
	}
}

// describe takes the lines and data of the components: first of those around the text, then of the others.
func (t *tree) describe() {
	main := t.main()
	if main != nil {
		for i := len(main.trunk) - 1; i >= 0; i-- {
			t.component(main.trunk[i])
		}
	}
	for _, c := range t.all {
		if main == nil || !contains(main.trunk, c) {
			t.component(c)
		}
	}
	if main == nil {
		return
	}
	read(t.b, main)
	for i := range t.texts {
		t.other(&t.texts[i], main)
	}
}

func contains(list []*element.Node, n *element.Node) bool {
	for _, x := range list {
		if x == n {
			return true
		}
	}
	return false
}

// main returns the text that the item is about: the first whose role says so, else the first that is none of another role.
func (t *tree) main() *textItem {
	for i := range t.texts {
		switch t.texts[i].role {
		case "main", "body", "mainstory", "main text", "story":
			return &t.texts[i]
		}
	}
	for i := range t.texts {
		if !notText[t.texts[i].role] {
			return &t.texts[i]
		}
	}
	return nil
}

func read(b *wire.Builder, x *textItem) {
	data(b, x.data, cmp.Or(x.mime, "text/xml"), "DataContent")
}

// other takes a second headline as the lead, and keeps the texts of other roles.
func (t *tree) other(x, main *textItem) {
	if x == main || x.role == "headline" || x.role == "stylesheet" {
		return
	}
	aside := wire.New(formatName, record.Place{}, record.Options{})
	read(aside, x)
	s := aside.A.Body
	if x.role == "subheadline" && t.b.A.Lead == "" {
		t.b.A.Lead = s
		return
	}
	t.b.KeepText(cmp.Or(x.role, "DataContent"), s)
}

// component reads what is said of a component.
func (t *tree) component(c *element.Node) {
	picture := notText[strings.ToLower(c.First("Role").Attr("FormalName"))]
	for _, n := range c.Elements() {
		switch strings.ToLower(n.Name) {
		case "newslines":
			t.newsLines(n, picture)
		case "administrativemetadata":
			t.administrative(n)
		case "descriptivemetadata":
			t.descriptive(n)
		case "metadata":
			t.properties(n)
			keep(t.b, n)
		case "rightsmetadata", "topicset":
			keep(t.b, n)
		}
	}
}

// newsLines reads headline, byline, dateline and the like. The headline of a picture is its caption.
func (t *tree) newsLines(lines *element.Node, picture bool) {
	a := &t.b.A
	for _, n := range lines.Elements() {
		switch s := n.String(); strings.ToLower(n.Name) {
		case "headline":
			if a.Title == "" && !picture {
				a.Title = s
			} else if s != a.Title {
				t.b.KeepText(n.Name, s)
			}
		case "subheadline":
			if a.Lead == "" && !picture {
				a.Lead = s
			} else {
				t.b.KeepText(n.Name, s)
			}
		case "byline":
			t.b.Byline(n.Name, s)
		case "dateline":
			t.b.Dateline(n.Name, s)
		case "creditline":
			t.b.Credit(s)
			t.b.KeepText(n.Name, s)
		case "keywordline":
			t.b.Topic(s)
		default: // SlugLine, CopyrightLine, NewsLine and the like
			keep(t.b, n)
		}
	}
}

// administrative reads the parties: who provides the item, who wrote it.
func (t *tree) administrative(m *element.Node) {
	for _, n := range m.Elements() {
		name := n.First("Party").Attr("FormalName")
		switch strings.ToLower(n.Name) {
		case "provider":
			t.b.Publisher(name)
			t.b.Credit(name)
		case "creator":
			t.b.Byline(n.Name, name)
			keep(t.b, n)
		case "source":
			t.b.Credit(name)
			keep(t.b, n)
		default:
			keep(t.b, n)
		}
	}
}

// descriptive reads language, subjects, places and keywords.
func (t *tree) descriptive(m *element.Node) {
	for _, n := range m.Elements() {
		switch strings.ToLower(n.Name) {
		case "language":
			t.b.Language(n.Attr("FormalName"))
		case "subjectcode":
			for _, s := range n.Elements() {
				if name := s.Attr("FormalName"); strings.Trim(name, "0123456789") != "" {
					t.b.Topic(name)
				}
			}
			keep(t.b, n)
		case "location":
			t.location(n)
		case "datelinedate":
			t.b.Dated(n.Name, n.String())
		default:
			keep(t.b, n)
		}
	}
	t.properties(m)
}

// location reads a place: where the item was filed, or what it is about.
func (t *tree) location(n *element.Node) {
	city := ""
	for _, p := range n.All("Property") {
		if strings.EqualFold(p.Attr("FormalName"), "City") {
			city = p.Attr("Value")
		}
	}
	if how := strings.ToLower(n.Attr("HowPresent")); how == "origin" || how == "dateline" {
		t.b.Filed(city)
	} else if city != "" {
		t.b.Entity(index.Place, city)
	}
	keep(t.b, n)
}

// properties takes the keywords among the properties.
func (t *tree) properties(m *element.Node) {
	for _, p := range m.All("Property") {
		if name := strings.ToLower(p.Attr("FormalName")); strings.Contains(name, "keyword") {
			t.b.Topic(p.Attr("Value"))
		}
	}
}
