package nitf

import (
	"cmp"
	"encoding/json"
	"strings"

	"dateline/index/source/element"
	"dateline/index/source/wire"
)

// bodyHead reads byline, distributor, dateline and abstract.
func (f *filler) bodyHead() {
	for _, n := range f.body.First("body.head").Elements() {
		switch strings.ToLower(n.Name) {
		case "hedline":
		case "byline":
			f.byline(n)
		case "distributor":
			f.b.Agency(n.String())
		case "dateline":
			f.dateline(n)
		case "abstract":
			f.abstract(n)
		default: // note, rights, series
			f.keep(n)
		}
	}
}

// byline reads a byline: as text, or as persons with their offices.
func (f *filler) byline(n *element.Node) {
	class := n.Attr("class")
	if class == "normalized_byline" && len(f.b.A.Authors) > 0 { // "DOE, JANE" behind "By JANE DOE"
		f.b.KeepText("byline", n.String())
		return
	}
	persons := n.All("person")
	for _, p := range persons {
		f.b.Byline("byline", name(p))
	}
	switch title := n.First("byttl"); {
	case len(persons) == 0 && title == nil:
		f.b.Byline("byline", n.Prose())
	case len(persons) == 0:
		f.b.Byline("byline", n.Prose("byttl"))
		fallthrough
	case title != nil:
		f.b.Credit(title.String())
		f.b.KeepText("byttl", title.String())
	}
}

// dateline reads a dateline: a location, or text; its story.date is read elsewhere.
func (f *filler) dateline(n *element.Node) {
	if loc := n.First("location"); len(loc.Elements()) > 0 {
		f.b.Dateline("dateline", place(loc))
		f.keep(loc)
		return
	}
	f.b.Dateline("dateline", n.Prose("story.date"))
}

func (f *filler) abstract(n *element.Node) {
	switch s := n.Prose(); {
	case s == "":
	case f.b.A.Lead == "":
		f.b.A.Lead = s
	default:
		f.b.KeepText("abstract", s)
	}
}

// notProse are the elements of the content that are data about it.
var notProse = []string{"hl1", "hedline", "byline", "distributor", "dateline", "abstract", "note", "copyrite", "key-list", "classifier", "tobject",
	"body.head", "body.end", "datasource"}

// content reads the text, and what stands in it that is none.
func (f *filler) content() {
	content := f.body.First("body.content")
	if content == nil {
		content = f.body
	}
	text := content
	if full := fullText(content); full != nil {
		text = full
		for _, block := range content.All("block") {
			if class := block.Attr("class"); block != full && class != "" {
				f.b.KeepText(class, block.Prose())
			}
		}
	}
	if f.b.A.Body == "" {
		f.b.A.Body = withoutHeading(text, text.Prose(notProse...), f.b.A.Title)
	} else {
		f.b.KeepText("body.content", text.Prose(notProse...))
	}
	f.inBlocks(content)
	for _, m := range content.Find("media") {
		f.media(m)
	}
	for _, kind := range []string{"person", "org", "location"} {
		for _, n := range inText(content, kind) {
			f.entity(n)
		}
	}
}

// fullText returns the block that has the whole text where others repeat its beginning, as in the files of the New York
// Times.
func fullText(content *element.Node) *element.Node {
	for _, block := range content.All("block") {
		if block.Attr("class") == "full_text" {
			return block
		}
	}
	return nil
}

// withoutHeading returns a body without a first paragraph that repeats the headline, where it is marked as a heading.
func withoutHeading(content *element.Node, body, title string) string {
	if headings := content.Find("hl2"); len(headings) > 0 && headings[0].String() == title {
		return wire.WithoutTitle(body, title)
	}
	return body
}

// inBlocks reads what a block has of the head's elements.
func (f *filler) inBlocks(content *element.Node) {
	for _, n := range content.Find("byline") {
		f.byline(n)
	}
	for _, n := range content.Find("distributor") {
		f.b.Agency(n.String())
	}
	for _, n := range content.Find("dateline") {
		f.dateline(n)
	}
	for _, n := range content.Find("abstract") {
		f.abstract(n)
	}
	for _, name := range []string{"note", "copyrite", "datasource"} {
		for _, n := range content.Find(name) {
			f.b.KeepText(name, n.String())
		}
	}
}

// media keeps what a picture shows and where it lies, without its bytes.
func (f *filler) media(m *element.Node) {
	var captions []string
	for _, c := range m.All("media-caption") {
		captions = append(captions, c.Prose())
	}
	source := m.First("media-reference").Attr("source")
	media := map[string]string{"media-type": m.Attr("media-type"), "media-caption": strings.Join(captions, "\n\n"), "source": source,
		"media-producer": m.First("media-producer").String()}
	for name, value := range media {
		if value == "" {
			delete(media, name)
		}
	}
	if raw, err := json.Marshal(media); err == nil {
		f.b.Keep("media", raw)
	}
}

// inText returns the elements of a kind that stand in paragraphs, not in bylines, datelines and captions.
func inText(n *element.Node, kind string) []*element.Node {
	var list []*element.Node
	for _, c := range n.Elements() {
		switch {
		case c.Is(kind):
			list = append(list, c)
		case c.Is("byline"), c.Is("dateline"), c.Is("media"), c.Is("body.head"):
		default:
			list = append(list, inText(c, kind)...)
		}
	}
	return list
}

func (f *filler) bodyEnd() {
	for _, n := range f.body.First("body.end").Elements() {
		f.b.KeepText(n.Name, cmp.Or(n.Prose(), n.String()))
	}
}
