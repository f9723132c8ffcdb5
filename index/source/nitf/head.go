package nitf

import (
	"cmp"
	"encoding/json"
	"regexp"
	"strings"

	"dateline/index"
	"dateline/index/source/dateline"
	"dateline/index/source/element"
	"dateline/index/source/record"
	"dateline/index/source/wire"
)

// Fill adds what an <nitf> element says. What the builder has already stays, so that an envelope around the element leads.
func Fill(b *wire.Builder, root *element.Node) {
	f := filler{b: b, root: root, head: root.First("head"), body: root.First("body")}
	b.Language(cmp.Or(root.Attr("baselang"), root.Attr("xml:lang"), root.Attr("lang")))
	b.KeepText("uno", root.Attr("uno"))
	f.titles()
	f.pubdata()
	f.docdata()
	f.standing()
	f.metas()
	f.subjects()
	f.bodyHead()
	f.content()
	f.bodyEnd()
}

type filler struct {
	b                *wire.Builder
	root, head, body *element.Node
}

// keep puts an element into Extra under its own name.
func (f *filler) keep(n *element.Node) { f.b.Keep(n.Name, n.JSON()) }

// titles takes the headline: hl1, else the title of the head. A second line that is a sentence is the lead.
func (f *filler) titles() {
	a := &f.b.A
	hedline := f.body.First("body.head", "hedline")
	for _, h := range append(hedline.All("hl1"), f.body.First("body.content").Find("hl1")...) {
		f.title("hl1", h.String())
	}
	f.title("title", f.head.First("title").String())
	for _, h := range hedline.All("hl2") {
		switch s := h.String(); {
		case s == a.Title:
		case a.Lead == "" && isSentence(s):
			a.Lead = s
		default:
			f.b.KeepText("hl2", s)
		}
	}
}

func (f *filler) title(name, s string) {
	if f.b.A.Title == "" {
		f.b.A.Title = s
	} else if s != f.b.A.Title {
		f.b.KeepText(name, s)
	}
}

// isSentence reports whether a line is one: the second headline of some agencies is a list of keywords.
func isSentence(s string) bool {
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?")
}

// pubdata reads where and when the article was printed.
func (f *filler) pubdata() {
	for _, p := range f.head.All("pubdata") {
		f.b.Publisher(p.Attr("name"))
		f.b.A.URL = cmp.Or(f.b.A.URL, wire.HTTP(p.Attr("ex-ref")))
		if section := p.Attr("position.section"); len(section) > 1 && f.b.A.Section == "" { // else the letter of a part
			f.b.A.Section = section
		}
		f.keep(p)
	}
}

// docdata reads the data of the document. Dates of publication are, in this order, date.issue (when the agency sent it),
// date.release and the pubdata's date.publication; story.date is when it was filed.
func (f *filler) docdata() {
	d := f.head.First("docdata")
	f.b.Published("date.issue", norm(d.First("date.issue")))
	f.b.Published("date.release", norm(d.First("date.release")))
	f.b.Published("date.publication", f.head.First("pubdata").Attr("date.publication"))
	f.b.Dated("story.date", norm(f.body.First("body.head", "dateline", "story.date")))
	for _, n := range d.Elements() {
		switch strings.ToLower(n.Name) {
		case "doc-id":
			f.id(n)
		case "date.issue", "date.release":
		case "date.expire":
			f.b.KeepText("date.expire", norm(n))
		case "key-list":
			f.keywords(n)
		case "identified-content":
			f.identified(n)
		case "doc.copyright":
			f.b.Publisher(holder(n.Attr("holder")))
			f.keep(n)
		case "del-list":
			f.b.Credit(n.First("from-src").Attr("src-name"))
			f.keep(n)
		case "evloc":
			f.b.Filed(n.Attr("city"))
			f.keep(n)
		default: // urgency, fixture, series, ed-msg, du-key, doc-scope, doc.rights and the like
			f.keep(n)
		}
	}
	for _, n := range f.head.Elements() {
		switch strings.ToLower(n.Name) {
		case "urgency", "revision-history", "iim", "du-key", "series":
			f.keep(n)
		}
	}
}

func (f *filler) id(n *element.Node) {
	if f.b.A.ID == "" {
		f.b.A.ID = n.Attr("id-string")
		f.b.KeepText("regsrc", n.Attr("regsrc"))
		return
	}
	f.keep(n)
}

// norm returns the date of an element: its norm attribute, else its text.
func norm(n *element.Node) string { return cmp.Or(n.Attr("norm"), n.String()) }

// rights is what some agencies write behind the holder's name.
var rights = regexp.MustCompile(`(?i)[.,]?\s*(?:all rights reserved|copyright|\(c\)|©|\b(?:19|20)\d\d\b)[.\s]*`)

func holder(s string) string { return strings.TrimSpace(rights.ReplaceAllString(s, " ")) }

// standing reads whether the article may be published. One that is embargoed needs a date of release.
func (f *filler) standing() {
	d := f.head.First("docdata")
	release := norm(d.First("date.release"))
	if release != "" {
		f.b.Embargo("date.release", release)
	}
	status := f.b.Standing("management-status", d.Attr("management-status"))
	if status == "embargoed" && (release == "" || release[0] < '0' || release[0] > '9') {
		f.b.Reject(record.Embargoed, "the management-status is embargoed, and there is no date.release")
	}
}

// metas keeps the names and contents of <meta>. The sections that the New York Times has there are read.
func (f *filler) metas() {
	metas := map[string]string{}
	for _, m := range f.head.All("meta") {
		if name, content := m.Attr("name"), m.Attr("content"); name != "" && content != "" {
			metas[name] = content
		}
	}
	section, _, _ := strings.Cut(cmp.Or(metas["online_sections"], metas["dsk"]), ";")
	f.b.A.Section = cmp.Or(f.b.A.Section, wire.Line(section))
	if raw, err := json.Marshal(metas); err == nil {
		f.b.Keep("meta", raw)
	}
}

// subjects reads <tobject>: type, matter and detail of a subject, from the general to the special.
func (f *filler) subjects() {
	for _, t := range f.root.Find("tobject") {
		for _, s := range t.All("tobject.subject") {
			for _, level := range []string{"type", "matter", "detail"} {
				topic := s.Attr("tobject.subject." + level)
				if code, name, ok := strings.Cut(topic, ":"); ok && strings.ToUpper(code) == code { // "POL:POLITICS"
					topic = name
				}
				f.b.Topic(topic)
			}
		}
		f.keep(t)
	}
}

func (f *filler) keywords(list *element.Node) {
	for _, k := range list.All("keyword") {
		f.b.Topic(cmp.Or(k.Attr("key"), k.String()))
	}
	f.b.KeepText("key-list", list.Attr("key"))
}

// identified reads what the document says it is about.
func (f *filler) identified(list *element.Node) {
	for _, n := range list.Elements() {
		switch strings.ToLower(n.Name) {
		case "person", "org", "location":
			f.entity(n)
		case "classifier", "event", "object.title", "function":
			f.b.Topic(cmp.Or(n.String(), n.Attr("value")))
			if n.Attr("type") != "" {
				f.keep(n)
			}
		default:
			f.keep(n)
		}
	}
}

// entity reads <person>, <org> or <location>.
func (f *filler) entity(n *element.Node) {
	switch strings.ToLower(n.Name) {
	case "person":
		f.b.Entity(index.Person, upright(name(n)))
	case "org":
		f.b.Entity(index.Org, dateline.Title(name(n)))
	case "location":
		f.b.Entity(index.Place, dateline.Title(rank.ReplaceAllString(place(n), "")))
	}
}

// name returns the name that an element holds, without the function and the codes that may stand in it.
func name(n *element.Node) string {
	var parts []string
	for _, c := range n.Children {
		if !c.Is("function") && !c.Is("alt-code") {
			parts = append(parts, c.String())
		}
	}
	return wire.Line(strings.Join(parts, " "))
}

// place returns the smallest place that a location names.
func place(n *element.Node) string {
	for _, part := range []string{"sublocation", "city", "state", "region", "country"} {
		if p := n.First(part); p != nil && p.String() != "" {
			return p.String()
		}
	}
	return cmp.Or(name(n), n.Attr("city"))
}

// rank is what indexers put behind a name: "CLINTON, HILLARY RODHAM (SEN)", "ZURICH (SWITZERLAND)".
var rank = regexp.MustCompile(`\s*\([^()]*\)$`)

// upright turns a name as indexes have it: "Clinton, Hillary Rodham" becomes "Hillary Rodham Clinton".
func upright(s string) string {
	s = rank.ReplaceAllString(s, "")
	family, given, ok := strings.Cut(s, ", ")
	if !ok || strings.Contains(given, ",") || len(strings.Fields(given)) > 3 {
		return dateline.Title(s)
	}
	return dateline.Title(given) + " " + dateline.Title(family)
}
