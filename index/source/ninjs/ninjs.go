// Package ninjs reads ninjs, news in JSON by the IPTC: versions 1 to 3, and the dialects of Superdesk and the AP.
package ninjs

import (
	"encoding/json"
	"io"
	"strings"

	"dateline/index"
	"dateline/index/source/fields"
	"dateline/index/source/jsonl"
	"dateline/index/source/record"
	"dateline/index/source/wire"
)

// Format is the format "ninjs".
var Format = record.Format{Name: formatName, Sniff: sniff, Open: open}

const formatName = "ninjs"

// open returns a reader of the objects of a stream, which may stand one a line, in a list, or in the answer of an interface.
func open(r io.Reader, o record.Options) record.Reader { return jsonl.OpenWith(r, o, decode) }

func decode(raw []byte, at record.Place, o record.Options) (index.Article, error) {
	b := wire.New(formatName, at, o)
	read(b, raw)
	return b.Article()
}

// item is an object that is being read.
type item struct {
	b       *wire.Builder
	members map[string]member // by name in lower case
	names   []string          // in their order
	bodies  []rendition
	leads   []rendition
}

// member is one of an object's, with its name as written: versions 1 and 2 write versioncreated, version 3 versionCreated.
type member struct {
	name string
	raw  json.RawMessage
}

func read(b *wire.Builder, raw []byte) {
	i := &item{b: b, members: map[string]member{}}
	fields.Each(unwrap(raw), func(name string, value []byte) {
		key := strings.ToLower(name)
		if _, again := i.members[key]; !again {
			i.names = append(i.names, key)
		}
		i.members[key] = member{name, value}
	})
	i.identity()
	i.kind()
	i.dates()
	i.headlines()
	for _, key := range i.names {
		i.member(key, i.members[key])
	}
	i.texts()
}

// wrappers are names under which an answer of an interface holds the object itself.
var wrappers = []string{"data", "item"}

// unwrap returns the object that is meant: itself, or what the AP has under data.item or item.
func unwrap(raw []byte) []byte {
	for range wrappers {
		o := object(raw)
		inner := raw
		for _, w := range wrappers {
			if v := o[w]; len(v) > 0 && v[0] == '{' && o["uri"] == nil && o["guid"] == nil {
				inner = v
				break
			}
		}
		raw = inner
	}
	return raw
}

// text returns the text of the first of the members that has one.
func (i *item) text(keys ...string) string {
	for _, key := range keys {
		if s := scalar(i.members[key].raw); s != "" {
			return s
		}
	}
	return ""
}

// written returns a name as the object has it.
func (i *item) written(key string) string {
	if m, ok := i.members[key]; ok {
		return m.name
	}
	return key
}

func (i *item) identity() {
	i.b.A.ID = i.text("uri", "guid")
	for _, key := range []string{"url", "link", "weburl"} {
		if i.b.A.URL == "" {
			i.b.A.URL = wire.HTTP(i.text(key))
		}
	}
	i.b.Language(i.text("language"))
}

// kind refuses the objects of version 3 that announce something.
func (i *item) kind() {
	_, event := i.members["eventdetails"]
	_, plan := i.members["plannedcoverage"]
	_, body := i.members["bodies"]
	switch kind := i.text("type"); {
	case kind == "event", event && !body:
		i.b.Reject(record.NotNews, "the description of an event")
	case kind == "planning", plan && !body:
		i.b.Reject(record.NotNews, "a plan of coverage")
	}
	i.b.Standing(i.written("pubstatus"), i.text("pubstatus"))
	for _, key := range []string{"embargoed", "embargoeduntil"} {
		if s := i.text(key); s != "" {
			i.b.Embargo(i.written(key), s)
		}
	}
}

// dates reads when the item was published. firstcreated is when its first version was made, which is as near as the standard
// comes, contentcreated when its content was; versioncreated is the date of an update. Superdesk says firstpublished.
func (i *item) dates() {
	published := []string{"firstcreated", "contentcreated"}
	if i.text("firstpublished") != "" {
		i.b.Published(i.written("firstpublished"), i.text("firstpublished"))
		for _, key := range published {
			i.b.Dated(i.written(key), i.text(key))
		}
		published = nil
	}
	for _, key := range published {
		i.b.Published(i.written(key), i.text(key))
	}
	if version := i.text("versioncreated"); version != "" {
		i.b.Dated(i.written("versioncreated"), version)
		i.b.Version(i.written("versioncreated"), version)
	}
}

// member reads a member that was not read yet, and keeps it when it says more than the article.
func (i *item) member(key string, m member) {
	switch key {
	case "uri", "language", "pubstatus", "embargoed", "embargoeduntil", "firstcreated", "contentcreated", "versioncreated",
		"firstpublished", "headline", "headlines":
		if key != "headlines" && scalar(m.raw) == "" { // no text, as it should be
			i.b.Keep(m.name, m.raw)
		}
	case "guid", "title", "url", "link", "weburl":
		if s := scalar(m.raw); s != i.b.A.ID && s != i.b.A.Title && s != i.b.A.URL {
			i.b.Keep(m.name, m.raw)
		}
	case "byline", "by", "bylines":
		i.byline(m)
	case "authors":
		i.authors(m)
	case "person", "people", "persons":
		i.entities(index.Person, m)
	case "organisation", "organisations", "organization", "organizations":
		i.entities(index.Org, m)
	case "place", "places":
		i.entities(index.Place, m)
	case "subject", "subjects", "keywords":
		i.subjects(m)
	case "infosource", "infosources":
		i.sources(m)
	case "source", "provider":
		i.b.Publisher(scalar(m.raw))
		i.b.Credit(scalar(m.raw))
	case "creditline":
		i.b.Credit(scalar(m.raw))
		i.b.Keep(m.name, m.raw)
	case "located", "datelinelocation":
		i.located(m)
	case "dateline":
		i.b.Dateline(m.name, scalar(m.raw))
	case "service", "section":
		i.section(m)
	case "bodies", "descriptions":
		i.renditions(key, m)
	default:
		i.other(key, m)
	}
}

// other reads the members of version 1 whose names are open, body_* and description_*, and keeps the rest.
func (i *item) other(key string, m member) {
	head, role, _ := strings.Cut(key, "_")
	switch {
	case role != "" && head == "headline" && (rendition{value: scalar(m.raw)}).line() == i.b.A.Title:
	case role != "" && head == "body":
		i.bodies = append(i.bodies, rendition{role: role, value: scalar(m.raw), name: m.name, raw: m.raw})
	case role != "" && head == "description":
		i.leads = append(i.leads, rendition{role: role, value: scalar(m.raw), name: m.name, raw: m.raw})
	default:
		i.b.Keep(m.name, m.raw)
	}
}
