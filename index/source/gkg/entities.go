package gkg

import (
	"slices"
	"strings"

	"dateline/index"
)

// most bounds the entities of one type and the topics; GDELT's longest pages, lists of names, have some hundreds. All of
// them stay in Extra as well.
const most = min(1000, index.MaxValues)

// topics are the themes but for those of the TAX_ family, which are words of GDELT's name lists (trades, peoples, animals)
// and would be most of every facet. All stay in Extra.
func (l *line) topics() (list []string) {
	seen := map[string]bool{}
	for theme := range strings.SplitSeq(l.cells[themes], ";") {
		theme = strings.TrimSpace(theme)
		if theme == "" || len(theme) > index.MaxValueBytes || strings.HasPrefix(theme, "TAX_") || seen[theme] || len(list) == most {
			continue
		}
		seen[theme] = true
		list = append(list, theme)
	}
	return list
}

// tally counts entities in the order of their first mention.
type tally struct {
	list []index.Entity
	at   map[string]int // of a type and a name in list
	n    map[string]int // of a type, how many
}

func (t *tally) add(typ, name string) {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" || len(name) > index.MaxValueBytes {
		return
	}
	key := typ + name
	if i, ok := t.at[key]; ok {
		t.list[i].Count++
		return
	}
	if t.n[typ] == most {
		return
	}
	t.n[typ]++
	t.at[key] = len(t.list)
	t.list = append(t.list, index.Entity{Type: typ, Name: name, Count: 1})
}

// entities takes persons, organisations and places with their counts from the enhanced columns, which have every mention;
// where one is empty, from that of version 1, which has every name once.
func (l *line) entities() []index.Entity {
	t := &tally{at: map[string]int{}, n: map[string]int{}}
	for _, c := range []struct {
		typ             string
		enhanced, plain int
		name            func(string) string
	}{
		{index.Person, enhancedPersons, persons, named},
		{index.Org, enhancedOrganizations, organizations, named},
		{index.Place, enhancedLocations, locations, placed},
	} {
		from := l.cells[c.enhanced]
		if strings.TrimSpace(from) == "" {
			from = l.cells[c.plain]
		}
		for block := range strings.SplitSeq(from, ";") {
			t.add(c.typ, c.name(block))
		}
	}
	return slices.Clip(t.list)
}

// named reads "Name,offset" or "name", which version 1 writes in small letters.
func named(block string) string {
	if i := strings.LastIndexByte(block, ','); i >= 0 && strings.Trim(block[i+1:], "0123456789 ") == "" {
		block = block[:i]
	}
	return block
}

// placed reads "type#Paris, France (general), France#country#ADM1#…", of which the text names the first part.
func placed(block string) string {
	parts := strings.SplitN(block, "#", 3)
	if len(parts) < 3 {
		return ""
	}
	name, _, _ := strings.Cut(parts[1], ",")
	return name
}
