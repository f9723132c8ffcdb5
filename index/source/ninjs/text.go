package ninjs

import (
	"encoding/json"
	"strings"

	"dateline/index/source/element"
	"dateline/index/source/wire"
)

// rendition is one form of a headline, body or description.
type rendition struct {
	role, contentType string
	value             string
	name              string // under which it is kept
	raw               json.RawMessage
}

// renditions reads a list of versions 2 and 3: [{"role": …, "contenttype": …, "value": …}].
func (i *item) renditions(key string, m member) {
	for _, raw := range list(m.raw) {
		o := object(raw)
		r := rendition{strings.ToLower(scalar(o["role"])), scalar(o["contenttype"]), scalar(o["value"]), m.name, raw}
		if s := scalar(raw); s != "" {
			r.value = s
		}
		if key == "bodies" {
			i.bodies = append(i.bodies, r)
		} else {
			i.leads = append(i.leads, r)
		}
	}
}

// headlines takes the headline: of several the main one, else the first; without one the title.
func (i *item) headlines() {
	m := i.members["headlines"]
	var all []rendition
	for _, raw := range list(m.raw) {
		o := object(raw)
		all = append(all, rendition{strings.ToLower(scalar(o["role"])), "", scalar(o["value"]) + scalar(raw), m.name, raw})
	}
	best := -1
	for n, r := range all {
		if r.value != "" && (best < 0 || r.role == "main" && all[best].role != "main") {
			best = n
		}
	}
	a := &i.b.A
	if best >= 0 {
		a.Title = all[best].line()
	}
	for n, r := range all {
		if n != best && r.line() != a.Title {
			i.b.Keep(r.name, r.raw)
		}
	}
	if s := (rendition{value: i.text("headline")}).line(); a.Title == "" {
		a.Title = s
	} else if s != a.Title {
		i.b.KeepText("headline", s)
	}
	for _, key := range i.names { // headline_* of version 1
		if strings.HasPrefix(key, "headline_") && a.Title == "" {
			a.Title = (rendition{value: i.text(key)}).line()
		}
	}
	if a.Title == "" {
		a.Title = (rendition{value: i.text("title")}).line()
	}
}

// isMarkup reports whether a rendition is HTML.
func (r rendition) isMarkup() bool {
	return strings.Contains(r.role, "html") || strings.Contains(r.contentType, "html") || strings.Contains(r.value, "</p>") ||
		strings.Contains(r.value, "<br") || strings.Contains(r.value, "</")
}

// prose returns the paragraphs of a rendition. Lines of plain text that are paragraphs, without blank lines between, are parted.
func (r rendition) prose() string {
	if r.isMarkup() {
		return element.Parse([]byte(r.value), 0).Prose("header", "footer")
	}
	s := strings.ReplaceAll(r.value, "\r\n", "\n")
	if !strings.Contains(s, "\n\n") {
		for line := range strings.SplitSeq(s, "\n") {
			if len(line) > 120 { // no line of a poem or a table
				s = strings.ReplaceAll(s, "\n", "\n\n")
				break
			}
		}
	}
	return (&element.Node{Name: "pre", Children: []*element.Node{{Text: s}}}).Prose()
}

func (r rendition) line() string {
	if r.isMarkup() {
		return element.Parse([]byte(r.value), 0).String()
	}
	return wire.Line(r.value)
}

// none is the rank of a rendition that is never taken.
const none = 9

// rank orders bodies: the main one, HTML, which has the paragraphs, and plain text; XML of some agency's own last.
func (r rendition) rank() int {
	switch {
	case r.value == "":
		return none
	case strings.Contains(r.contentType, "/xml"):
		return 4
	case r.role == "main":
		return 0
	case strings.Contains(r.role, "html") || strings.Contains(r.contentType, "html"):
		return 1
	case r.isMarkup():
		return 2
	}
	return 3
}

// leadRank orders descriptions: those that are meant as a summary, then captions.
func (r rendition) leadRank() int {
	switch {
	case r.value == "" || strings.Contains(r.role, "credit") || strings.Contains(r.role, "note"):
		return none
	case r.role == "summary" || r.role == "lead" || r.role == "abstract" || r.role == "main" || r.role == "text":
		return 0
	case strings.Contains(r.role, "caption"):
		return 2
	}
	return 1
}

// texts takes body and lead, and keeps the renditions that say something else.
func (i *item) texts() {
	a := &i.b.A
	a.Body = wire.WithoutTitle(i.best(i.bodies, rendition.rank, a.Title), a.Title)
	a.Lead = i.best(i.leads, rendition.leadRank, "")
	i.b.Publisher(i.text("copyrightholder"))
}

// best returns the prose of the first rendition of the best rank, and keeps those that say something else.
func (i *item) best(list []rendition, rank func(rendition) int, title string) string {
	best := -1
	for n, r := range list {
		if rank(r) < none && (best < 0 || rank(r) < rank(list[best])) {
			best = n
		}
	}
	s, words := "", ""
	if best >= 0 {
		s = list[best].prose()
		words = wire.Line(wire.WithoutTitle(s, title))
	}
	for n, r := range list {
		if n != best && wire.Line(r.prose()) != words {
			i.b.Keep(r.name, r.raw)
		}
		if strings.Contains(r.role, "credit") {
			i.b.Credit(r.value)
		}
	}
	return s
}
