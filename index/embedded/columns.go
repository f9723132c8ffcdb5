package embedded

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// Columns hold, for each article of a segment, its values as numbers, so that facets, timelines, filters by date and sorting
// touch memory only. They are made from the segment's dictionaries when first asked for, which is no more work than reading
// doc values would be and needs none on disk; a segment never changes, so neither do they.

// textFieldCount is the number of fields of prose.
const textFieldCount = 6

// undated is the publication of an article without one.
const undated = math.MinInt64

// columns are those of one segment. They outlive the states of the index that the segment is in.
type columns struct {
	tables  *tables
	ranks   lazy[[]uint32] // of each article's id among those of the segment
	seconds lazy[[]int64]  // Unix seconds of publication
	indexed lazy[[]int64]
	lengths lazy[[]uint32] // words of each field of prose, textFieldCount numbers for each article
	values  map[string]*lazy[*valueColumn]
	speech  lazy[speech]
	words   expansions
}

func newColumns(t *tables) *columns {
	c := &columns{tables: t, values: map[string]*lazy[*valueColumn]{}}
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

// valueColumn holds the values of a field: those of article d are values[start[d]:start[d+1]], numbers of a table, each once.
type valueColumn struct {
	start  []uint32
	values []uint32
}

// of returns the values of an article.
func (c *valueColumn) of(doc uint32) []uint32 { return c.values[c.start[doc]:c.start[doc+1]] }

// must panics on an error from a segment in memory or mapped; the search that asked reports it (see Engine.view). Without
// that every count would carry an error that only damage can cause.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// each calls fn with every term of a field and an article that has it, by term and then by article.
func (s *segmentView) each(field string, fn func(term string, doc uint32)) {
	dict, err := s.seg.Dictionary(field)
	must(err)
	terms := dictionaryTerms(dict, nil, nil, nil)
	var list segment.PostingsList
	var it segment.PostingsIterator
	for {
		entry, err := terms.Next()
		must(err)
		if entry == nil {
			return
		}
		list, err = dict.PostingsList([]byte(entry.Term), nil, list)
		must(err)
		it = list.Iterator(false, false, false, it)
		for {
			p, err := it.Next()
			must(err)
			if p == nil {
				break
			}
			fn(entry.Term, uint32(p.Number()))
		}
	}
}

// ranks returns each article's rank by id within the segment.
func (s *segmentView) ranks() []uint32 {
	return s.columns.ranks.get(func() []uint32 {
		ranks, next := make([]uint32, s.count), uint32(0)
		s.each(fieldID, func(_ string, doc uint32) {
			ranks[doc] = next
			next++
		})
		return ranks
	})
}

// published returns the Unix seconds of publication, undated where there is none.
func (s *segmentView) published() []int64 {
	return s.columns.seconds.get(func() []int64 { return s.times(fieldSecond) })
}

// indexed returns the Unix seconds of indexing.
func (s *segmentView) indexed() []int64 {
	return s.columns.indexed.get(func() []int64 { return s.times(fieldIndexed) })
}

func (s *segmentView) times(field string) []int64 {
	times := make([]int64, s.count)
	for i := range times {
		times[i] = undated
	}
	s.each(field, func(term string, doc uint32) {
		t, err := parseTimeTerm(term)
		must(err)
		times[doc] = t
	})
	return times
}

// lengths returns the words of each field of prose, textFieldCount numbers for each article.
func (s *segmentView) lengths() []uint32 {
	return s.columns.lengths.get(func() []uint32 {
		lengths := make([]uint32, s.count*textFieldCount)
		s.each(fieldLengths, func(term string, doc uint32) {
			must(parseLengthsTerm(term, lengths[int(doc)*textFieldCount:int(doc+1)*textFieldCount]))
		})
		return lengths
	})
}

// values returns the column of an exact field.
func (s *segmentView) values(field string) *valueColumn {
	return s.columns.values[field].get(func() *valueColumn { return s.invert(field) })
}

// invert makes the column of a field from its dictionary. All spellings of a key follow one another, so an article that has
// two of them gets the key twice in a row, and once is kept.
func (s *segmentView) invert(field string) *valueColumn {
	type pair struct{ doc, value uint32 }
	var pairs []pair
	last := make([]uint32, s.count) // 1 + the value that the article got last
	col := &valueColumn{start: make([]uint32, s.count+1)}
	table, previous, value := s.columns.tables.table(field), "", uint32(0)
	s.each(field, func(term string, doc uint32) {
		if term != previous {
			key, written := cutValueTerm(term)
			previous, value = term, table.number(key, written)
		}
		if last[doc] != value+1 {
			last[doc] = value + 1
			pairs = append(pairs, pair{doc, value})
			col.start[doc+1]++
		}
	})
	for d := range s.count {
		col.start[d+1] += col.start[d]
	}
	col.values = make([]uint32, len(pairs))
	next := slices.Clone(col.start)
	for _, p := range pairs {
		col.values[next[p.doc]] = p.value
		next[p.doc]++
	}
	return col
}

// tables number the values of each field over all segments.
type tables struct {
	mu     sync.Mutex
	fields map[string]*table
}

func (t *tables) table(field string) *table {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.fields[field] == nil {
		t.fields[field] = &table{numbers: map[string]uint32{}}
	}
	return t.fields[field]
}

// table numbers the values of one field from 0, in the order in which they were met. Numbers never change while the engine
// is open; they are never shown, so the order makes no difference to any answer.
type table struct {
	mu      sync.RWMutex
	numbers map[string]uint32 // key -> number
	entries []tableEntry
}

// tableEntry is a value with every spelling ever met. Most have one, and most of those that are ids are their own key.
type tableEntry struct {
	key, first string
	others     []string
}

// number returns the number of a key, and remembers how it is written.
func (t *table) number(key, written string) uint32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	n, ok := t.numbers[key]
	if !ok {
		n = uint32(len(t.entries))
		e := tableEntry{key: strings.Clone(key)}
		if e.first = e.key; written != key {
			e.first = strings.Clone(written)
		}
		t.numbers[e.key] = n
		t.entries = append(t.entries, e)
		return n
	}
	if e := &t.entries[n]; e.first != written && !slices.Contains(e.others, written) {
		// A new slice, because readers may hold the old one.
		e.others = append(slices.Clip(e.others), strings.Clone(written))
	}
	return n
}

// size returns how many numbers there are.
func (t *table) size() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.entries)
}

// entry returns a value by number.
func (t *table) entry(n uint32) tableEntry {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.entries[n]
}

// find returns the number of a key, if any article ever had it.
func (t *table) find(key string) (uint32, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	n, ok := t.numbers[key]
	return n, ok
}

// columnCache keeps the columns of the segments of the latest state.
type columnCache struct {
	mu        sync.Mutex
	tables    *tables
	segments  map[uint64]*columns
	signature string
	facts     *facts
}

func (c *columnCache) init() {
	c.tables = &tables{fields: map[string]*table{}}
	c.segments = map[uint64]*columns{}
}

// of returns the columns of a segment. A segment keeps its number when it moves from memory to its file.
func (c *columnCache) of(id uint64) *columns {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.segments[id] == nil {
		c.segments[id] = newColumns(c.tables)
	}
	return c.segments[id]
}

// factsOf returns the facts of a state, and forgets the columns of segments that are not in it. The signature tells states
// apart: the segments and how many of their articles are deleted, which only grows.
func (c *columnCache) factsOf(signature string, v *view) *facts {
	c.mu.Lock()
	if c.facts == nil || c.signature != signature {
		c.facts, c.signature = &facts{}, signature
		for id := range c.segments {
			if !slices.ContainsFunc(v.segments, func(s *segmentView) bool { return s.id == id }) {
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
	c.segments, c.signature, c.facts = map[uint64]*columns{}, "", nil
}

// labelKey names a value of a field.
type labelKey struct {
	field string
	value uint32
}

// label returns how a value is shown: as most articles of the index write it, the first in byte order among equals.
func (v *view) label(t *table, field string, n uint32) string {
	entry := t.entry(n)
	if len(entry.others) == 0 {
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
	for _, written := range append([]string{entry.first}, entry.others...) {
		f := form{written: written}
		for _, s := range v.segments {
			dict, err := s.seg.Dictionary(field)
			must(err)
			list, err := dict.PostingsList([]byte(valueTerm(entry.key, written)), s.deleted, nil)
			must(err)
			f.articles += list.Count()
		}
		forms = append(forms, f)
	}
	best := slices.MinFunc(forms, func(a, b form) int {
		return cmp.Or(cmp.Compare(b.articles, a.articles), strings.Compare(a.written, b.written))
	})
	v.facts.labels.Store(labelKey{field, n}, best.written)
	return best.written
}
