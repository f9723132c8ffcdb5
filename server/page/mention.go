package page

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/index"
)

// run is a piece of an article's text. With an address it is the mention of an entity.
type run struct {
	Text, URL, Type, Title string
	Parts                  []part // the text again, parted at its matches
}

// EntityPath begins the paths of the pages of entities: the type and the name follow.
const EntityPath = "/entity/"

// EntityURL is the address of an entity's page, or "" where it can have none: browsers take a name that is one or two dots for
// a way up, however it is escaped.
func EntityURL(typ, name string) string {
	if !slices.Contains(index.EntityTypes, typ) || strings.TrimSpace(name) == "" || name == "." || name == ".." {
		return ""
	}
	return EntityPath + typ + "/" + index.EscapeID(name)
}

// entityLink leads to an entity's page.
func entityLink(typ, name string) link {
	return link{Text: name, URL: EntityURL(typ, name), Kind: fieldNames[index.Field(typ)].one}
}

// mentions are those of one field that are still to come, in order and apart from each other.
type mentions []mention

// mention is a place where a field names an entity, in characters.
type mention struct {
	index.Mention
	of index.Entity
}

// newMentions takes the mentions of a field from the entities of an article. Of those that overlap it takes the first, of those
// that begin together the longest. Offsets are the record's word: those that cannot be are left out here or by cut.
func newMentions(entities []index.Entity, field string) mentions {
	var all mentions
	for _, e := range entities {
		for _, m := range e.Mentions {
			if m.Field == field && 0 <= m.Start && m.Start < m.End && EntityURL(e.Type, e.Name) != "" {
				all = append(all, mention{m, e})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b mention) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	var apart mentions
	for _, m := range all {
		if len(apart) == 0 || apart[len(apart)-1].End <= m.Start {
			apart = append(apart, m)
		}
	}
	return apart
}

// cut parts a piece of the field, which has so many characters before it, at the mentions that lie in it and say what stands
// there. Pieces are to come in their order.
func (m *mentions) cut(text string, before int) []run {
	chars, done := []rune(text), 0
	var list []run
	put := func(r run) {
		if r.Text != "" {
			list = append(list, r)
		}
	}
	for ; len(*m) > 0 && (*m)[0].Start < before+len(chars); *m = (*m)[1:] {
		next := (*m)[0]
		start, end := next.Start-before, next.End-before
		if start < 0 || end > len(chars) || string(chars[start:end]) != next.Text {
			continue
		}
		kind := fieldNames[index.Field(next.of.Type)].one
		put(run{Text: string(chars[done:start])})
		put(run{Text: next.Text, URL: EntityURL(next.of.Type, next.of.Name), Type: next.of.Type, Title: capital(kind) + ": " + next.of.Name})
		done = end
	}
	put(run{Text: string(chars[done:])})
	return list
}

// paragraph is a part of a body, with how many characters of it come before.
type paragraph struct {
	text   string
	before int
}

// paragraphs parts a body at its blank lines.
func paragraphs(body string) []paragraph {
	var list []paragraph
	before := 0
	for p := range strings.SplitSeq(body, "\n\n") {
		inner := strings.TrimLeft(p, "\n")
		if strings.TrimSpace(inner) != "" {
			list = append(list, paragraph{strings.TrimRight(inner, "\n"), before + len(p) - len(inner)})
		}
		before += utf8.RuneCountInString(p) + len("\n\n")
	}
	return list
}
