package names

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// entities makes an entity of each group.
func (c *clustering) entities() []Entity {
	groups := map[int][]*mention{}
	for i := range c.mentions {
		if m := &c.mentions[i]; !m.dropped && len(m.name.Words) > 0 {
			r := c.root(i)
			groups[r] = append(groups[r], m)
		}
	}
	list := make([]Entity, 0, len(groups))
	for _, group := range groups {
		list = append(list, entityOf(group))
	}
	slices.SortFunc(list, func(a, b Entity) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Type, b.Type))
	})
	return list
}

// entityOf names a group after its best form and lists the others.
func entityOf(group []*mention) Entity {
	slices.SortStableFunc(group, func(a, b *mention) int {
		return cmp.Or(cmp.Compare(b.form.Count, a.form.Count), cmp.Compare(a.form.Text, b.form.Text))
	})
	best := group[0]
	for _, m := range group[1:] {
		if goodness(m) > goodness(best) {
			best = m
		}
	}
	e := Entity{Type: best.form.Type, Name: shown(best)}
	for _, m := range group {
		e.Count += m.form.Count
		e.Positions = append(e.Positions, m.form.Positions...)
		for _, alias := range aliases(m) {
			if alias != e.Name && !slices.Contains(e.Aliases, alias) {
				e.Aliases = append(e.Aliases, alias)
			}
		}
	}
	slices.Sort(e.Positions)
	return e
}

// goodness orders forms as names of their entity: by words that are written out, but for places, then those not in capitals, then the ones
// in Latin letters.
func goodness(m *mention) int {
	g := 10
	for i := range m.name.Words {
		switch w := &m.name.Words[i]; {
		case m.form.Type == Place: // Russia, not Russian Federation
		case w.Initial():
			g += 3
		default:
			g += 10
		}
	}
	if m.name.short {
		g -= 9
	}
	text := shown(m)
	if strings.ContainsFunc(text, unicode.IsUpper) && text != strings.ToUpper(text) {
		g += 5
	}
	if !m.name.Words[0].foreign {
		g++
	}
	return g
}

// shown returns a form as it is shown: a person without titles, an organisation without its acronym and article.
func shown(m *mention) string {
	if m.form.Type == Person || m.form.Type == Place {
		return m.name.Text
	}
	outer, _ := parenthesis(m.name.Text)
	return outer
}

// aliases returns the names that a form has in it: both of "Shanghai Cooperation Organization (SCO)".
func aliases(m *mention) []string {
	list := []string{shown(m)}
	if m.form.Type == Org {
		if _, inner := parenthesis(m.name.Text); inner != "" && (isAcronym(inner) || m.name.long != nil) {
			list = append(list, theOff(inner))
		}
	}
	return list
}
