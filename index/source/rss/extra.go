package rss

import (
	"bytes"
	"encoding/json"
	"strings"

	"dateline/index/source/charset"
	"dateline/index/source/soup"
)

// keep puts a value into Extra, under its own name.
func (d *draft) keep(o offer) {
	switch {
	case o.raw != nil:
		d.add(o.name, json.RawMessage(bytes.ToValidUTF8(o.raw, []byte("\ufffd")))) // printed anew, as an index exports it
	case o.node != nil:
		if v := d.value(o.node); v != "" {
			d.add(o.name, v)
		}
	}
}

func (d *draft) add(name string, value any) {
	if raw, err := json.Marshal(value); err == nil {
		d.extra[name] = append(d.extra[name], raw)
	}
}

// leftover fills Extra. Values of the same name become a list.
func (d *draft) leftover() {
	if len(d.extra) == 0 {
		return
	}
	d.a.Extra = make(map[string]json.RawMessage, len(d.extra))
	for name, values := range d.extra {
		name = charset.Clean(name)
		if d.a.Extra[name] = values[0]; len(values) > 1 {
			d.a.Extra[name], _ = json.Marshal(values) // of valid JSON
		}
	}
}

// value returns what an element says: its text, or an object of its attributes, its elements and, as "text", its text.
func (d *draft) value(n *soup.Node) any {
	members := map[string]any{}
	put := func(name string, v any) {
		switch old := members[name].(type) {
		case nil:
			members[name] = v
		case []any:
			members[name] = append(old, v)
		default:
			members[name] = []any{old, v}
		}
	}
	for _, a := range n.Attrs {
		if a.Name != "xmlns" && !strings.HasPrefix(a.Name, "xmlns:") {
			put(a.Name, strings.TrimSpace(a.Value))
		}
	}
	var words []string
	for _, k := range n.Kids {
		if k.Name == "" {
			words = append(words, k.Text)
			continue
		}
		put(d.written(d.scope.In(k).Name(k.Name), k.Name), d.value(k))
	}
	s := strings.TrimSpace(strings.Join(words, ""))
	if len(members) == 0 {
		return s
	}
	if s != "" {
		put("text", s)
	}
	return members
}
