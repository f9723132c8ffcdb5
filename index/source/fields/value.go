package fields

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Field is one named value of a record.
type Field struct {
	Name  string
	Value Value
}

// Value is the value of a field: JSON, or a text without markup around it, as a cell of a table is. The zero Value is null.
type Value struct {
	raw  json.RawMessage
	text string
}

// JSON returns the value that a valid JSON text stands for. It keeps raw.
func JSON(raw []byte) Value { return Value{raw: raw} }

// Text returns a text as a value.
func Text(s string) Value { return Value{text: s} }

// List is the fields of a record as a reader gathers them.
type List []Field

// Text adds a text without the white space around it, unless it is empty.
func (l *List) Text(name, s string) {
	if s = strings.TrimSpace(s); s != "" {
		*l = append(*l, Field{name, Text(s)})
	}
}

// Value adds a value that always has a form in JSON, such as lists and maps of texts and numbers.
func (l *List) Value(name string, v any) {
	raw, _ := json.Marshal(v)
	*l = append(*l, Field{name, JSON(raw)})
}

// isText reports whether the value is a text.
func (v Value) isText() bool { return v.raw == nil || v.raw[0] == '"' }

func (v Value) isList() bool { return v.raw != nil && v.raw[0] == '[' }

func (v Value) isObject() bool { return v.raw != nil && v.raw[0] == '{' }

// none reports whether the value says nothing: null, "", blanks, [] or {}.
func (v Value) none() bool {
	switch {
	case v.raw == nil:
		return strings.TrimSpace(v.text) == ""
	case v.raw[0] == 'n':
		return true
	case v.raw[0] == '"':
		return len(bytes.TrimSpace(v.raw[1:len(v.raw)-1])) == 0
	case v.raw[0] == '[' || v.raw[0] == '{':
		return len(bytes.TrimSpace(v.raw[1:len(v.raw)-1])) == 0
	}
	return false
}

// json returns the value as it stands in an article's extra: in the form in which encoding/json prints it, so that what is
// exported and read again is the same.
func (v Value) json() json.RawMessage {
	if v.raw == nil {
		b, _ := json.Marshal(v.text) // a string always has a form
		return b
	}
	raw := v.raw
	if !utf8.Valid(raw) {
		raw = bytes.ToValidUTF8(raw, []byte("\ufffd"))
	}
	b, err := json.Marshal(raw)
	if err != nil {
		b, _ = json.Marshal(string(raw))
	}
	return b
}

// scalar returns the text of a text, a number, true or false, or of an object that wraps one. whole reports whether the
// value says nothing beyond it.
func (v Value) scalar() (s string, whole bool) {
	switch {
	case v.raw == nil:
		return v.text, true
	case v.raw[0] == '"':
		return unquote(v.raw), true
	case v.raw[0] == '{':
		return v.wrapped()
	case v.raw[0] == '[':
		return v.single()
	case v.raw[0] == 'n':
		return "", true
	}
	return plainNumber(string(v.raw)), true
}

// plainNumber writes a number without an exponent, as far as that changes nothing: some writers print the count of seconds
// since 1970 as 1.5834042e9.
func plainNumber(s string) string {
	if !strings.ContainsAny(s, "eE") {
		return s
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f > 1e15 || f < -1e15 {
		return s
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// wrappers are the names under which objects hold the text that they are about: {"name": …} of schema.org, {"rendered": …}
// of WordPress, {"main": …} of the New York Times, {"$date": …} and {"$oid": …} of MongoDB.
var wrappers = []string{"name", "rendered", "main", "original", "title", "value", "text", "#text", "@value", "$date", "$oid", "$numberLong", "id"}

// wrapped returns the text that an object is about.
func (v Value) wrapped() (s string, whole bool) {
	members := map[string]Value{}
	Each(v.raw, func(name string, raw []byte) { members[name] = JSON(raw) })
	for _, w := range wrappers {
		m, ok := members[w]
		if !ok || m.none() {
			continue
		}
		if m.isList() || m.isObject() && w[0] != '$' {
			continue
		}
		s, whole = m.scalar()
		return s, whole && len(members) == 1
	}
	return "", false
}

// single returns the text of a list's only member.
func (v Value) single() (string, bool) {
	members := v.members()
	if len(members) != 1 || members[0].isList() {
		return "", false
	}
	return members[0].scalar()
}

// members returns the members of a list, or nil.
func (v Value) members() []Value {
	if !v.isList() {
		return nil
	}
	var members []Value
	eachMember(v.raw, func(raw []byte) { members = append(members, JSON(raw)) })
	return members
}

// list returns the texts of a list, or those that a single text joins with one of the separators: the first of them that
// the text has counts. whole reports whether nothing was left out.
func (v Value) list(separators string) (texts []string, whole bool) {
	whole = true
	if !v.isList() {
		s, w := v.scalar()
		return splitAt(s, separators), w
	}
	for _, m := range v.members() {
		s, w := m.scalar()
		if m.isList() {
			s, w = "", false
		}
		if strings.TrimSpace(s) != "" {
			texts = append(texts, s)
		}
		whole = whole && w
	}
	return texts, whole
}

// splitAt splits at the first of the separators that s has.
func splitAt(s, separators string) []string {
	for _, sep := range separators {
		if strings.ContainsRune(s, sep) {
			parts := strings.Split(s, string(sep))
			for i := range parts {
				parts[i] = strings.TrimSpace(parts[i])
			}
			return parts
		}
	}
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return []string{s}
}

// unquote returns the text of a valid JSON string. Half a surrogate pair becomes U+FFFD.
func unquote(raw []byte) string {
	raw = raw[1 : len(raw)-1]
	at := bytes.IndexByte(raw, '\\')
	if at < 0 {
		return string(raw)
	}
	b := make([]byte, 0, len(raw))
	for at >= 0 {
		b = append(b, raw[:at]...)
		b, raw = unescape(b, raw[at:])
		at = bytes.IndexByte(raw, '\\')
	}
	return string(append(b, raw...))
}

// unescape appends the character that the escape at the start of raw stands for and returns the rest.
func unescape(b, raw []byte) (out, rest []byte) {
	const from, to = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	if i := strings.IndexByte(from, raw[1]); i >= 0 {
		return append(b, to[i]), raw[2:]
	}
	r := hexRune(raw[2:6])
	raw = raw[6:]
	if r >= 0xd800 && r < 0xdc00 && len(raw) >= 6 && raw[0] == '\\' && raw[1] == 'u' {
		if low := hexRune(raw[2:6]); low >= 0xdc00 && low < 0xe000 {
			return utf8.AppendRune(b, (r-0xd800)<<10+(low-0xdc00)+0x10000), raw[6:]
		}
	}
	return utf8.AppendRune(b, r), raw // AppendRune makes U+FFFD of half a pair
}

func hexRune(b []byte) rune {
	n, _ := strconv.ParseUint(string(b), 16, 32)
	return rune(n)
}
