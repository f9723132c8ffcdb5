package entity

import (
	_ "embed"
	"fmt"
	"math"
	"strings"
	"sync"
	"unicode"
)

//go:embed lists.txt
var listsFile string

// mask says in which lists a word stands, alone or with its neighbours.
type mask uint16

const (
	inCountries mask = 1 << iota
	inDemonyms
	inCities
	inPlaces
	inFirst
	inLast
	inTitles
	inRoles
	inCompanies
	inOrgwords
	inOrgs
	inTeams
	inTimes
	inPlacewords
	opensPhrase // stands in a list as the first of several words
	insidePhrase
)

// inAnyPlace is of the lists that name places.
const inAnyPlace = inCountries | inCities | inPlaces

var sections = map[string]mask{
	"countries": inCountries, "demonyms": inDemonyms, "places": inPlaces, "first": inFirst, "last": inLast,
	"titles": inTitles, "roles": inRoles, "companies": inCompanies, "orgwords": inOrgwords, "orgs": inOrgs, "teams": inTeams,
	"times": inTimes, "placewords": inPlacewords,
}

// entry is what is known of a word or phrase in lower case.
type entry struct {
	alone   mask // as the whole name
	capital mask // the same, only when it is written in capitals: WHO, US
	longest int  // words of the longest phrase that begins with it
}

// lists are names known beforehand, by the hash of their words.
type lists struct {
	entries map[uint64]entry
	maybe   [1 << (filterBits - 6)]uint64 // a bit for each entry, as most of what is looked up has none
	names   map[mask][][]string           // of each list, in the order of the file, as words
}

// filterBits is the binary logarithm of the bits of maybe: some ten for each entry.
const filterBits = 17

// bit returns where the bit of an entry stands.
func bit(h uint64) (at int, mask uint64) {
	return int(h >> (64 - filterBits + 6)), 1 << (h >> (64 - filterBits) & 63)
}

// entry returns what is known of a word or phrase.
func (l *lists) entry(h uint64) entry {
	if at, mask := bit(h); l.maybe[at]&mask == 0 {
		return entry{}
	}
	return l.entries[h]
}

var known = sync.OnceValue(func() *lists {
	l, err := parseLists(listsFile)
	if err != nil {
		panic("entity: lists.txt: " + err.Error()) // a broken program
	}
	return l
})

func parseLists(file string) (*lists, error) {
	l := &lists{entries: map[uint64]entry{}, names: map[mask][][]string{}}
	section := mask(0)
	for n, line := range strings.Split(file, "\n") {
		switch name, ok := strings.CutPrefix(line, "["); {
		case line == "" || strings.HasPrefix(line, "#"):
		case ok:
			if section = sections[strings.TrimSuffix(name, "]")]; section == 0 {
				return nil, fmt.Errorf("line %d: no list of that name", n+1)
			}
		case section == 0:
			return nil, fmt.Errorf("line %d stands before the first list", n+1)
		default:
			l.addLine(line, section)
		}
	}
	for h := range l.entries {
		at, mask := bit(h)
		l.maybe[at] |= mask
	}
	return l, nil
}

// addLine adds a line: names of one list, or a country's, its people's and its cities'.
func (l *lists) addLine(line string, section mask) {
	of := []mask{section}
	if section == inCountries {
		of = []mask{inCountries, inDemonyms, inCities}
	}
	for i, part := range strings.SplitN(line, ";", len(of)) {
		for name := range strings.SplitSeq(part, ",") {
			if words := strings.Fields(name); len(words) > 0 {
				l.add(words, of[i])
			}
		}
	}
}

func (l *lists) add(words []string, m mask) {
	l.names[m] = append(l.names[m], words)
	first, h := uint64(0), uint64(0)
	for i, w := range words {
		h = join(h, hashLower(w))
		if i == 0 {
			first = h
		}
	}
	e := l.entries[first]
	e.longest = max(e.longest, len(words))
	l.entries[first] = e
	e = l.entries[h]
	if len(words) == 1 && isAcronym(words[0]) {
		e.capital |= m
	} else {
		e.alone |= m
	}
	l.entries[h] = e
}

// FirstName reports whether the lists know a word as a first name.
func FirstName(word string) bool { return known().of([]string{word})&inFirst != 0 }

// isAcronym reports whether a name of the lists is one that counts only in capitals, as many are words otherwise.
func isAcronym(s string) bool {
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
	}
	return len(s) <= 5
}

// mark sets what the lists say of a word alone.
func (l *lists) mark(w *word) {
	if !w.capital() && w.form != formLower {
		return
	}
	e := l.entry(join(0, w.lower))
	w.list = e.maskOf(w)
	if e.longest > 1 && w.capital() {
		w.phrases = uint8(min(e.longest, math.MaxUint8))
	}
}

// maskOf returns the lists of a word alone. Of words in lower case only the roles are known.
func (e entry) maskOf(w *word) mask {
	m := e.alone
	if w.form == formUpper || w.form == formDotted || w.form == formInitial {
		m |= e.capital
	}
	if !w.capital() {
		m &= inRoles
	}
	return m
}

// markPhrase marks the words of the longest phrase of the lists that the words begin with.
func (l *lists) markPhrase(words []word, longest int) {
	h, best, found := uint64(0), 0, mask(0)
	for i := range min(longest, len(words)) {
		h = join(h, words[i].lower)
		if i == 0 {
			continue
		}
		if e := l.entry(h); e.alone != 0 {
			best, found = i+1, e.alone
		}
	}
	for i := range best {
		words[i].list |= found | insidePhrase
	}
	if best > 0 {
		words[0].list = words[0].list&^insidePhrase | opensPhrase
	}
}

// of returns the lists in which a whole name stands.
func (l *lists) of(words []string) mask {
	h := uint64(0)
	for _, w := range words {
		h = join(h, hashLower(w))
	}
	e := l.entry(h)
	return e.alone | e.capital
}
