package embedded

import (
	"encoding/binary"

	"dateline/index"
	"dateline/index/marks"
)

// An article has some fifty mentions. Most are stored in three bytes: one that says the field, how long the mention is and that
// its text is what the field has there; and how far it begins behind the one before. Whatever else a mention says is kept, too.
const (
	mentionField  = 3      // the mask of the field: its place in mentioned, or otherField
	otherField    = 3      // its name follows
	mentionText   = 1 << 2 // the text is not what the field has there, and follows
	mentionLength = 3      // where the length begins, in characters; 0 says that it follows
	maxLength     = 31
)

// mentions writes and reads the mentions of an article, one entity after the other.
type mentions struct {
	fields [3]field
	last   int // where the mention before began
}

// field is a field of prose that is mentioned in.
type field struct {
	name, text string
	chars      *marks.Text // made when it is asked for
}

// mentioned returns the fields that mentions lie in.
func mentioned(a *index.Article) [3]field {
	return [3]field{{name: "title", text: a.Title}, {name: "lead", text: a.Lead}, {name: "body", text: a.Body}}
}

// cut returns what a field has in a range of characters, as it is kept.
func (f *field) cut(start, end int) (string, bool) {
	if f.chars == nil {
		t := marks.NewText(valid(f.text))
		f.chars = &t
	}
	return f.chars.Cut(start, end)
}

func (m *mentions) appendEntity(b []byte, e *index.Entity) []byte {
	b = appendString(appendString(b, e.Type), e.Name)
	b = binary.AppendVarint(appendStrings(b, e.Aliases), int64(e.Count))
	b = binary.AppendUvarint(b, uint64(len(e.Mentions)))
	m.last = 0
	for i := range e.Mentions {
		b = m.append(b, &e.Mentions[i])
	}
	return b
}

// append writes a mention. Numbers that are too far apart for their difference wrap around, there and back.
func (m *mentions) append(b []byte, at *index.Mention) []byte {
	head, length := otherField, at.End-at.Start
	for i := range m.fields {
		if f := &m.fields[i]; f.name == at.Field {
			head = i
			if text, ok := f.cut(at.Start, at.End); !ok || text != at.Text && text != valid(at.Text) {
				head |= mentionText
			}
		}
	}
	if head == otherField {
		head |= mentionText
	}
	if 0 < length && length <= maxLength {
		head |= length << mentionLength
	}
	b = append(b, byte(head))
	if head&mentionField == otherField {
		b = appendString(b, at.Field)
	}
	b = binary.AppendVarint(b, int64(at.Start-m.last))
	if m.last = at.Start; head>>mentionLength == 0 {
		b = binary.AppendVarint(b, int64(length))
	}
	if head&mentionText != 0 {
		b = appendString(b, at.Text)
	}
	return b
}

func (r *sayings) entity(m *mentions) (e index.Entity) {
	e.Type, e.Name, e.Aliases, e.Count = r.string(), r.string(), r.strings(), r.int()
	m.last = 0
	for range r.count() {
		e.Mentions = append(e.Mentions, r.mention(m))
	}
	return e
}

func (r *sayings) mention(m *mentions) (at index.Mention) {
	head := r.byte()
	field := head & mentionField
	if field == otherField {
		at.Field = r.string()
	} else {
		at.Field = m.fields[field].name
	}
	at.Start = m.last + r.int()
	m.last = at.Start
	length := head >> mentionLength
	if length == 0 {
		length = r.int()
	}
	at.End = at.Start + length
	if head&mentionText != 0 {
		at.Text = r.string()
	} else if field != otherField {
		text, ok := m.fields[field].cut(at.Start, at.End)
		at.Text, r.bad = text, r.bad || !ok
	}
	return at
}

func (r *sayings) byte() int {
	if len(r.rest) == 0 {
		r.bad = true
		return 0
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return int(b)
}
