package names

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// entities makes an entity of each group.
func (c *clustering) entities() []Entity {
	groups, positions := c.group()
	list := slices.Grow(c.unsorted[:0], groups)
	order := c.order[:0]
	room := make([]int, 0, positions)
	rest := c.grouped
	for _, n := range c.sizes {
		if n > 0 {
			e := entityOf(rest[:n])
			e.Positions, room = positionsOf(rest[:n], room)
			order = append(order, len(list))
			list, rest = append(list, e), rest[n:]
		}
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := &list[i], &list[j]
		if a.Count != b.Count {
			return cmp.Compare(b.Count, a.Count)
		}
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Type, b.Type))
	})
	c.unsorted, c.order = list, order
	sorted := make([]Entity, len(list))
	for k, i := range order {
		sorted[k] = list[i]
	}
	return sorted
}

// group sets grouped to the mentions that are left, group by group, in the order of their roots, and returns how many groups and
// positions there are.
func (c *clustering) group() (groups, positions int) {
	c.countGroups()
	c.starts = c.starts[:0]
	at := 0
	for _, n := range c.sizes {
		c.starts = append(c.starts, at)
		at += n
		groups += min(n, 1)
	}
	c.grouped = slices.Grow(c.grouped[:0], at)[:at]
	for i := range c.mentions {
		if m := &c.mentions[i]; m.left() {
			start := &c.starts[c.root(i)]
			c.grouped[*start] = m
			*start++
			positions += len(m.positions)
		}
	}
	return groups, positions
}

// positionsOf returns the positions of a group, in room of their own that is taken from some.
func positionsOf(group []*mention, room []int) (list, rest []int) {
	n := 0
	for _, m := range group {
		n += len(m.positions)
	}
	list, rest = carve(room, n)
	for _, m := range group {
		list = append(list, m.positions...)
	}
	slices.Sort(list)
	return list, rest
}

// entityOf names a group after its best form and lists the others.
func entityOf(group []*mention) Entity {
	slices.SortStableFunc(group, func(a, b *mention) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.text, b.text))
	})
	best := group[0]
	for _, m := range group[1:] {
		if m.goodness > best.goodness {
			best = m
		}
	}
	e := Entity{Type: best.typ, Name: best.shown}
	for _, m := range group {
		e.Count += m.count
		e.addAlias(m.shown)
		if m.inner != "" {
			e.addAlias(m.inner)
		}
	}
	return e
}

func (e *Entity) addAlias(alias string) {
	if alias != e.Name && !slices.Contains(e.Aliases, alias) {
		e.Aliases = append(e.Aliases, alias)
	}
}

// setGoodness orders forms as names of their entity: by words that are written out, but for places, then those not in capitals,
// then the ones in Latin letters.
func (r *reading) setGoodness() {
	if len(r.Words) == 0 {
		return
	}
	g := 10
	for i := range r.Words {
		switch w := &r.Words[i]; {
		case r.typ == Place: // Russia, not Russian Federation
		case w.Initial():
			g += 3
		default:
			g += 10
		}
	}
	if r.short {
		g -= 9
	}
	if strings.ContainsFunc(r.shown, unicode.IsUpper) && strings.ContainsFunc(r.shown, hasUpper) {
		g += 5
	}
	if !r.Words[0].foreign {
		g++
	}
	r.goodness = g
}

// hasUpper reports whether a letter is not in upper case, but has one.
func hasUpper(r rune) bool { return (r < 'A' || r > 'Z') && unicode.ToUpper(r) != r }

// setShown sets how a form is shown: a person without titles, an organisation without its acronym and article; and the other name
// that an organisation has in it: both of "Shanghai Cooperation Organization (SCO)".
func (r *reading) setShown() {
	r.shown = r.Text
	if r.typ == Person || r.typ == Place {
		return
	}
	outer, inner := parenthesis(r.Text)
	r.shown = outer
	if r.typ == Org && inner != "" && (isAcronym(inner) || r.long != nil) {
		r.inner = theOff(inner)
	}
}
