package fields

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dateline/index"
	filed "dateline/index/source/dateline"
)

// lists reads authors, section, topics and entities.
func (b *builder) lists() {
	b.authors()
	b.worksFor()
	b.section()
	b.topics()
	for _, c := range b.of(entities) {
		b.entities(c, "")
	}
	for _, group := range [...]struct {
		field int
		typ   string
	}{{people, index.Person}, {orgs, index.Org}, {places, index.Place}} {
		for _, c := range b.of(group.field) {
			b.entities(c, group.typ)
		}
	}
}

// authors takes the first field that names any: a list as it stands, or a byline taken apart.
func (b *builder) authors() {
	for _, c := range b.of(authors) {
		if len(b.a.Authors) > 0 {
			b.keep(c.Field)
			continue
		}
		names, whole := c.Value.list("")
		if !c.Value.isList() && !b.exported && len(names) == 1 {
			names = byline(names[0])
		} else if b.exported && c.Value.isText() && len(names) == 1 {
			names = splitAt(names[0], ";")
		}
		b.a.Authors = b.union(nil, names)
		if !whole || len(b.a.Authors) == 0 {
			b.keep(c.Field)
		}
	}
}

// worksFor takes the wire service out of the authors: "Ann Roe for AFP". A service that is an author by itself stays one. A record
// that Dateline wrote says what its agency is.
func (b *builder) worksFor() {
	if b.exported {
		return
	}
	for i, name := range b.a.Authors {
		wire := filed.Agency(name)
		if at := strings.LastIndex(name, " for "); wire == "" && at > 0 {
			if wire = filed.Agency(strings.TrimPrefix(name[at+len(" for "):], "the ")); wire != "" {
				b.a.Authors[i] = strings.TrimSpace(name[:at])
			}
		}
		b.a.Agency = cmp.Or(b.a.Agency, wire)
	}
}

// byline takes a text that names several authors apart: "By Ann Roe, Jo Doe Jr. and Max Moe".
func byline(s string) []string {
	s = strings.TrimSpace(s)
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		s = s[3:]
	}
	var names []string
	for part := range strings.FieldsFuncSeq(strings.ReplaceAll(s, " and ", ","), func(r rune) bool {
		return r == ',' || r == ';' || r == '|'
	}) {
		part = strings.Trim(strings.TrimSpace(part), `"“”`)
		switch {
		case part == "":
		case isSuffix(part) && len(names) > 0:
			names[len(names)-1] += ", " + part
		default:
			names = append(names, part)
		}
	}
	return names
}

// isSuffix reports whether what stands behind a comma belongs to the name before it.
func isSuffix(s string) bool {
	switch strings.ToLower(strings.TrimSuffix(s, ".")) {
	case "jr", "sr", "ii", "iii", "iv", "md", "m.d", "phd", "ph.d", "esq":
		return true
	}
	return false
}

// section takes the first value; the others of a list of categories are topics.
func (b *builder) section() {
	for _, c := range b.of(section) {
		names, whole := c.Value.list("")
		names = b.union(nil, names)
		if b.a.Section != "" || len(names) == 0 {
			b.keep(c.Field)
			continue
		}
		b.a.Section = names[0]
		b.a.Topics = b.union(b.a.Topics, names[1:])
		if !whole {
			b.keep(c.Field)
		}
	}
}

// topics takes the topics of every field that has some. A text of several is parted at semicolons, bars or, where its name
// is a plural, commas.
func (b *builder) topics() {
	for _, c := range b.of(topics) {
		separators := ";|"
		switch {
		case b.exported:
			separators = ";"
		case strings.HasSuffix(strings.ToLower(c.Name), "s"):
			separators = ";|,"
		}
		names, whole := c.Value.list(separators)
		b.a.Topics = b.union(b.a.Topics, names)
		if !whole {
			b.keep(c.Field)
		}
	}
}

// union appends the names that are not there yet, each in one line.
func (b *builder) union(to, names []string) []string {
	for _, name := range names {
		if name = b.line(name); name != "" && (b.exported || !slices.Contains(to, name)) {
			to = append(to, name)
		}
	}
	return to
}

// entities adds the entities of a field whose type is given or, when it is "", said by each of them. What is not understood
// whole is kept too.
func (b *builder) entities(c candidate, typ string) {
	members := c.Value.members()
	if !c.Value.isList() {
		separators := ";|,"
		if b.exported {
			separators = ";"
		}
		names, _ := c.Value.list(separators)
		if c.Value.isObject() {
			members = []Value{c.Value}
		}
		for _, name := range names {
			if c.Value.isText() {
				members = append(members, Text(name))
			}
		}
	}
	whole := true
	for _, m := range members {
		e, understood := b.entity(m, typ)
		b.add(e)
		whole = whole && understood
	}
	if !whole {
		b.keep(c.Field)
	}
}

// entity reads one entity: a name, or an object with a name and perhaps type, aliases and count, or as schema.org has it. Its name is "" when it
// cannot be one.
func (b *builder) entity(v Value, typ string) (e index.Entity, whole bool) {
	e.Type, e.Count = typ, 1
	if !v.isObject() {
		name, w := v.scalar()
		e.Name = b.line(name)
		return e, w && e.Type != "" && !v.isList()
	}
	whole = true
	Each(v.raw, func(name string, raw []byte) {
		value := JSON(raw)
		text, w := value.scalar()
		switch strings.ToLower(name) {
		case "name", "text":
			e.Name = b.line(text)
		case "type", "label", "@type":
			e.Type = entityTypes[strings.ToLower(text)]
			w = w && (typ == "" || typ == e.Type)
		case "aliases", "alternatename":
			var aliases []string
			aliases, w = value.list(";|")
			e.Aliases = b.union(nil, aliases)
		case "count":
			n, err := strconv.Atoi(text)
			e.Count, w = max(n, 1), w && err == nil && n > 0
		case "mentions": // of an article as Dateline prints it they are worked out anew
			w = w || b.exported
		default:
			w = false
		}
		whole = whole && w
	})
	return e, whole && e.Name != "" && e.Type != ""
}

// add puts an entity to the article's. One that is there already is counted again.
func (b *builder) add(e index.Entity) {
	if e.Name == "" || e.Type == "" {
		return
	}
	if !b.exported {
		at := slices.IndexFunc(b.a.Entities, func(x index.Entity) bool { return x.Type == e.Type && x.Name == e.Name })
		if at >= 0 {
			x := &b.a.Entities[at]
			x.Count += e.Count
			x.Aliases = b.union(x.Aliases, e.Aliases)
			return
		}
	}
	b.a.Entities = append(b.a.Entities, e)
}
