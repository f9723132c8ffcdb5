package embedded

import (
	"cmp"
	"hash/maphash"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/index/segment"
)

// Columns hold, for each article of a segment, its values as numbers, so that facets, timelines, filters by date and sorting
// look at nothing else. The keys of values lie in the segment, mapped into memory; what is made of them here, when it is
// first asked for, is the number that each key has in the whole index, and lists of times and lengths. A segment never
// changes, so neither do its columns.

// textFieldCount is the number of fields of prose.
const textFieldCount = 6

// undated is the publication of an article without one.
const undated = math.MinInt64

// columns are those of one segment. They outlive the states of the index that the segment is in.
type columns struct {
	segment *segment.Segment
	tables  *tables
	dates   lazy[[]int64] // Unix seconds of publication
	zones   zones
	byTime  lazy[[]uint32] // the articles by publication, the latest first and undated last, then by id
	indexed lazy[[]int64]
	lengths [textFieldCount]lazy[[]uint32] // words of each field of prose
	values  map[string]*lazy[*valueColumn]
	speech  lazy[speech]
	words   expansions
	sets    setCache
	live    liveCounts
}

func newColumns(s *segment.Segment, t *tables) *columns {
	c := &columns{segment: s, tables: t, values: map[string]*lazy[*valueColumn]{}}
	for _, field := range valueFields {
		c.values[field] = &lazy[*valueColumn]{}
	}
	return c
}

// lazy is a value made when it is first asked for. When making it panics, the next one who asks tries again.
type lazy[T any] struct {
	mu    sync.Mutex
	made  bool
	value T
}

func (l *lazy[T]) get(make func() T) T {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.made {
		l.value = make()
		l.made = true
	}
	return l.value
}

// published returns the Unix seconds of publication, undated where there is none.
func (c *columns) published() []int64 {
	return c.dates.get(func() []int64 {
		times := c.segment.Numbers(fieldSecond)
		for i, dating := range c.segment.Numbers(fieldDating) {
			if dating == datedNever {
				times[i] = undated
			}
		}
		return times
	})
}

// latest returns the articles by publication, the latest first and undated last, then by id.
func (c *columns) latest() []uint32 {
	return c.byTime.get(func() []uint32 {
		times, ranks, list := c.published(), c.segment.Ranks(), make([]uint32, c.segment.Count())
		for i := range list {
			list[i] = uint32(i)
		}
		slices.SortFunc(list, func(a, b uint32) int {
			return cmp.Or(cmp.Compare(times[b], times[a]), cmp.Compare(ranks[a], ranks[b]))
		})
		return list
	})
}

// zones remember the instants of publication in the zones that were asked for last.
type zones struct {
	mu       sync.Mutex
	instants map[string][]int64
}

// maxZones bounds the zones of one segment, which have 8 bytes for each article.
const maxZones = 4

// instants returns when the articles were published, in Unix seconds, as a search in a zone has it; undated where there is
// none. A zone of nil is UTC.
func (c *columns) instants(zone *time.Location) []int64 {
	if zone == nil || zone == time.UTC {
		return c.published()
	}
	c.zones.mu.Lock()
	defer c.zones.mu.Unlock()
	if list := c.zones.instants[zone.String()]; list != nil {
		return list
	}
	if c.zones.instants == nil || len(c.zones.instants) >= maxZones {
		c.zones.instants = map[string][]int64{}
	}
	list := c.moved(zone)
	c.zones.instants[zone.String()] = list
	return list
}

// moved moves the articles that were dated by a calendar into a zone. Many have the same date.
func (c *columns) moved(zone *time.Location) []int64 {
	list, known := slices.Clone(c.published()), map[int64]int64{}
	for i, dating := range c.segment.Numbers(fieldDating) {
		if dating != datedToDay {
			continue
		}
		t, ok := known[list[i]]
		if !ok {
			t = index.InZone(list[i], true, zone)
			known[list[i]] = t
		}
		list[i] = t
	}
	return list
}

// indexedAt returns the Unix seconds of indexing.
func (c *columns) indexedAt() []int64 {
	return c.indexed.get(func() []int64 { return c.segment.Numbers(fieldIndexed) })
}

// lengthsOf returns the words of each article in a field of prose.
func (c *columns) lengthsOf(field int) []uint32 {
	return c.lengths[field].get(func() []uint32 {
		lengths := make([]uint32, c.segment.Count())
		for i, n := range c.segment.Numbers(lengthField(index.TextFields[field].Name)) {
			lengths[i] = uint32(n)
		}
		return lengths
	})
}

// valueColumn holds the values of a field: the keys of each article, and the numbers that these have in the whole index.
type valueColumn struct {
	segment.Column
	numbers []uint32 // by key
}

// of appends the numbers of an article's values.
func (c *valueColumn) of(dst []uint32, doc uint32) []uint32 {
	from := len(dst)
	dst = c.Of(dst, doc)
	for i, key := range dst[from:] {
		dst[from+i] = c.numbers[key]
	}
	return dst
}

// first returns the number of an article's first value.
func (c *valueColumn) first(doc uint32) (uint32, bool) {
	var few [4]uint32
	if list := c.Of(few[:0], doc); len(list) > 0 {
		return c.numbers[list[0]], true
	}
	return 0, false
}

// column returns the column of an exact field.
func (c *columns) column(field string) *valueColumn {
	return c.values[field].get(func() *valueColumn {
		col := c.segment.Column(field)
		if col == nil { // no article has any
			col = &segment.Column{Narrow: make([]uint16, c.segment.Count())}
		}
		made := &valueColumn{Column: *col}
		if isUnit(field) {
			made.numbers = c.tables.unit(field).numbersOf(c.segment.Keys(field), col.Keys)
		} else {
			made.numbers = c.tables.table(field).numbersOf(c.segment.Keys(field), col.Keys)
		}
		return made
	})
}

// setCache remembers sets of a segment's articles, deleted ones too: those of spans of time, and those without a value.
type setCache struct {
	mu   sync.Mutex
	sets map[any]*roaring.Bitmap
}

// maxSets bounds the sets of one segment, each of which has some kilobytes.
const maxSets = 64

func (c *setCache) get(key any, make func() *roaring.Bitmap) *roaring.Bitmap {
	c.mu.Lock()
	set, known := c.sets[key]
	c.mu.Unlock()
	if known {
		return set
	}
	set = make()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sets == nil || len(c.sets) >= maxSets {
		c.sets = map[any]*roaring.Bitmap{}
	}
	c.sets[key] = set
	return set
}

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
}

// tableEntry is a value as it was written where it was met first.
type tableEntry struct{ key, first string }

// numbersOf numbers the keys of a dictionary, and remembers how they are written.
func (t *table) numbersOf(d *segment.Dictionary, keys int) []uint32 {
	t.mu.Lock()
	defer t.mu.Unlock()
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

// columnCache keeps the columns of the segments of the latest state.
type columnCache struct {
	mu        sync.Mutex
	tables    *tables
	segments  map[*segment.Segment]*columns
	signature string
	facts     *facts
}

func (c *columnCache) init() {
	c.tables = &tables{fields: map[string]*table{}, units: map[string]*unitTable{}}
	c.segments = map[*segment.Segment]*columns{}
}

// of returns the columns of a segment.
func (c *columnCache) of(s *segment.Segment) *columns {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.segments[s] == nil {
		c.segments[s] = newColumns(s, c.tables)
	}
	return c.segments[s]
}

// factsOf returns the facts of a state, and forgets the columns of segments that are not in it. The signature tells states
// apart: the segments and how many of their articles are deleted, which only grows.
func (c *columnCache) factsOf(signature string, v *view) *facts {
	c.mu.Lock()
	if c.facts == nil || c.signature != signature {
		c.facts, c.signature = &facts{}, signature
		for id := range c.segments {
			if !slices.ContainsFunc(v.segments, func(s *segmentView) bool { return s.seg == id }) {
				delete(c.segments, id)
			}
		}
	}
	f := c.facts
	c.mu.Unlock()
	return f
}

// drop forgets everything that refers to segments.
func (c *columnCache) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.segments, c.signature, c.facts = map[*segment.Segment]*columns{}, "", nil
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
	type form struct {
		written  string
		articles uint64
	}
	var forms []form
	for _, written := range append([]string{entry.first}, others...) {
		f := form{written: written}
		for _, s := range v.segments {
			if p, ok := s.seg.Keys(field).Find(segment.Value(entry.key, written)); ok {
				f.articles += s.alive(p.Docs()).GetCardinality()
			}
		}
		forms = append(forms, f)
	}
	best := slices.MinFunc(forms, func(a, b form) int {
		return cmp.Or(cmp.Compare(b.articles, a.articles), strings.Compare(a.written, b.written))
	})
	v.facts.labels.Store(labelKey{field, n}, best.written)
	return best.written
}
