package embedded

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"
	"sync"

	"dateline/index/segment"
)

// tables number the values of each field over all segments.
type tables struct {
	mu     sync.Mutex
	fields map[string]*table
	units  map[string]*unitTable
}

func (t *tables) table(field string) *table {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.fields[field] == nil {
		t.fields[field] = &table{numbers: map[string]uint32{}, others: map[uint32][]string{}}
	}
	return t.fields[field]
}

func (t *tables) unit(field string) *unitTable {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.units[field] == nil {
		t.units[field] = &unitTable{numbers: map[[2]uint64]uint32{}}
	}
	return t.units[field]
}

// table numbers the values of one field from 0, in the order in which they were met. Numbers never change while the engine
// is open; they are never shown, so the order makes no difference to any answer.
type table struct {
	mu      sync.RWMutex
	numbers map[string]uint32 // key -> number
	entries []tableEntry
	others  map[uint32][]string // spellings besides the first: most values have none

	beginnings beginnings
}

// tableEntry is a value as it was written where it was met first.
type tableEntry struct{ key, first string }

// numbersOf numbers the keys of a dictionary, and remembers how they are written.
func (t *table) numbersOf(d *segment.Dictionary, keys int) []uint32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.entries) == 0 {
		t.numbers, t.entries = make(map[string]uint32, keys), make([]tableEntry, 0, keys)
	}
	numbers := make([]uint32, 0, keys)
	var last []byte
	for it := d.Terms(""); it.Next(); {
		key, written := segment.CutValue(it.Term)
		n := t.number(key, written)
		if len(numbers) == 0 || string(last) != string(key) {
			numbers = append(numbers, n)
			last = append(last[:0], key...)
		}
	}
	return numbers
}

// number returns the number of a key, and remembers how it is written.
func (t *table) number(key, written []byte) uint32 {
	n, ok := t.numbers[string(key)]
	if !ok {
		n = uint32(len(t.entries))
		e := tableEntry{key: string(key)}
		if e.first = e.key; string(written) != e.key {
			e.first = string(written)
		}
		t.numbers[e.key] = n
		t.entries = append(t.entries, e)
		return n
	}
	same := func(s string) bool { return s == string(written) }
	if !same(t.entries[n].first) && !slices.ContainsFunc(t.others[n], same) {
		// A new slice, because readers may hold the old one.
		t.others[n] = append(slices.Clip(t.others[n]), string(written))
	}
	return n
}

// size returns how many numbers there are.
func (t *table) size() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.entries)
}

// entry returns a value by number, and its other spellings.
func (t *table) entry(n uint32) (e tableEntry, others []string) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.entries[n], t.others[n]
}

// find returns the number of a key, if any article ever had it.
func (t *table) find(key string) (uint32, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	n, ok := t.numbers[key]
	return n, ok
}

// unitTable numbers the ids of texts or stories. There are nearly as many as articles, and none is ever shown, so it knows
// them by 128 bits of two hashes whose seeds nobody knows: that any two of a thousand million ids have the same is less likely
// than one in 10^20.
type unitTable struct {
	mu      sync.Mutex
	numbers map[[2]uint64]uint32
}

var unitSeeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

// numbersOf numbers the keys of a dictionary.
func (t *unitTable) numbersOf(d *segment.Dictionary, keys int) []uint32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	numbers := make([]uint32, 0, keys)
	last := [2]uint64{}
	for it := d.Terms(""); it.Next(); {
		key, _ := segment.CutValue(it.Term)
		hash := [2]uint64{maphash.Bytes(unitSeeds[0], key), maphash.Bytes(unitSeeds[1], key)}
		if len(numbers) > 0 && hash == last {
			continue
		}
		n, known := t.numbers[hash]
		if !known {
			n = uint32(len(t.numbers))
			t.numbers[hash] = n
		}
		numbers, last = append(numbers, n), hash
	}
	return numbers
}

// size returns how many numbers there are.
func (t *unitTable) size() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.numbers)
}

// form is a spelling of a value.
type form struct {
	written  string
	articles uint64 // live ones
}

// forms counts the spellings of a value.
func (v *view) forms(field string, e tableEntry, others []string) []form {
	var forms []form
	for _, written := range append([]string{e.first}, others...) {
		f := form{written: written}
		for _, s := range v.segments {
			if p, ok := s.seg.Keys(field).Find(segment.Value(e.key, written)); ok {
				f.articles += s.alive(p.Docs()).GetCardinality()
			}
		}
		forms = append(forms, f)
	}
	return forms
}

// labelKey names a value of a field.
type labelKey struct {
	field string
	value uint32
}

// label returns how a value is shown: as most articles of the index write it, the first in byte order among equals.
func (v *view) label(t *table, field string, n uint32) string {
	entry, others := t.entry(n)
	if len(others) == 0 {
		return entry.first
	}
	if label, ok := v.facts.labels.Load(labelKey{field, n}); ok {
		return label.(string)
	}
	forms := v.forms(field, entry, others)
	best := slices.MinFunc(forms, func(a, b form) int {
		return cmp.Or(cmp.Compare(b.articles, a.articles), strings.Compare(a.written, b.written))
	})
	v.facts.labels.Store(labelKey{field, n}, best.written)
	return best.written
}
