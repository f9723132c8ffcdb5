package ninjs

import (
	"cmp"
	"encoding/json"
	"strings"

	"dateline/index/source/fields"
	"dateline/index/source/wire"
)

// scalar returns the text of a string or a number, or "".
func scalar(raw json.RawMessage) string {
	if len(raw) == 0 {
		return ""
	}
	switch c := raw[0]; {
	case c == '"':
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return ""
		}
		return strings.TrimSpace(s)
	case c == '-' || c >= '0' && c <= '9':
		return string(raw)
	}
	return ""
}

// object returns the members of an object by their names in lower case, or nil.
func object(raw json.RawMessage) map[string]json.RawMessage {
	if len(raw) == 0 || raw[0] != '{' {
		return nil
	}
	o := map[string]json.RawMessage{}
	fields.Each(raw, func(name string, value []byte) { o[strings.ToLower(name)] = value })
	return o
}

// list returns the members of a list, or a single value as one.
func list(raw json.RawMessage) []json.RawMessage {
	if len(raw) == 0 || raw[0] == 'n' {
		return nil
	}
	if raw[0] != '[' {
		return []json.RawMessage{raw}
	}
	var members []json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return nil
	}
	return members
}

// name returns the name of a concept: a text, or an object with a name.
func name(raw json.RawMessage) string {
	o := object(raw)
	return cmp.Or(scalar(raw), scalar(o["name"]))
}

// onlyNames reports whether concepts say nothing but their names.
func onlyNames(list []json.RawMessage) bool {
	for _, raw := range list {
		if o := object(raw); len(o) > 1 || len(o) == 1 && o["name"] == nil {
			return false
		}
	}
	return true
}

// concepts calls f with the name of each concept, and keeps codes, addresses and the like.
func (i *item) concepts(m member, f func(name string)) {
	members := list(m.raw)
	for _, raw := range members {
		if s := name(raw); s != "" {
			f(s)
		}
	}
	if !onlyNames(members) {
		i.b.Keep(m.name, m.raw)
	}
}

func (i *item) entities(typ string, m member) {
	i.concepts(m, func(name string) { i.b.Entity(typ, name) })
}

func (i *item) subjects(m member) { i.concepts(m, i.b.Topic) }

// section takes the first service or section that an item is sent in.
func (i *item) section(m member) {
	i.concepts(m, func(name string) { i.b.A.Section = cmp.Or(i.b.A.Section, wire.Line(name)) })
}

// sources reads who an item comes from; not who was interviewed for it.
func (i *item) sources(m member) {
	for _, raw := range list(m.raw) {
		o := object(raw)
		role := strings.ToLower(scalar(o["role"]) + scalar(o["rel"]))
		if s := name(raw); s != "" && !strings.Contains(role, "interview") {
			i.b.Publisher(s)
			i.b.Credit(s)
		}
	}
	i.b.Keep(m.name, m.raw)
}

// located reads where the content was made.
func (i *item) located(m member) {
	for _, raw := range list(m.raw) {
		i.b.Filed(cmp.Or(name(raw), scalar(object(raw)["city"])))
	}
	i.b.Keep(m.name, m.raw)
}

func (i *item) byline(m member) {
	for _, raw := range list(m.raw) {
		o := object(raw)
		i.b.Byline(m.name, cmp.Or(name(raw), scalar(o["value"]), scalar(o["by"])))
	}
}

// authors takes the authors of Superdesk, who may be editors too, unless a byline names them.
func (i *item) authors(m member) {
	if i.text("byline", "by") == "" {
		for _, raw := range list(m.raw) {
			if !strings.Contains(strings.ToLower(scalar(object(raw)["role"])), "editor") {
				i.b.Author(name(raw))
			}
		}
	}
	i.b.Keep(m.name, m.raw)
}
