package embedded

import (
	"cmp"
	"math"
	"slices"
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
	segment  *segment.Segment
	tables   *tables
	dates    lazy[[]int64] // Unix seconds of publication
	zones    zones
	byTime   lazy[[]uint32] // the articles by dated, the latest first and undated last, then by id
	ordered  lazy[[]int64]  // as dates, but undated where the date is of the future
	indexed  lazy[[]int64]
	changed  lazy[[]int64]
	versions lazy[*roaring.Bitmap]
	ids      lazy[*byID]
	lengths  [textFieldCount]lazy[[]uint32] // words of each field of prose
	values   map[string]*lazy[*valueColumn]
	speech   lazy[speech]
	words    expansions
	docs     docsCache
	short    shortTables
	sets     setCache
	live     liveCounts
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

// dated returns the publications by which articles are ordered: those flagged as of the future are undated.
func (c *columns) dated() []int64 {
	return c.ordered.get(func() []int64 {
		times := c.published()
		cloned := false
		for doc, ahead := range c.segment.Numbers(fieldAhead) {
			if ahead == 0 {
				continue
			}
			if !cloned {
				times, cloned = slices.Clone(times), true
			}
			times[doc] = undated
		}
		return times
	})
}

// latest returns the articles by publication as dated has it, the latest first and undated last, then by id.
func (c *columns) latest() []uint32 {
	return c.byTime.get(func() []uint32 {
		times, ranks, list := c.dated(), c.segment.Ranks(), make([]uint32, c.segment.Count())
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

// columnCache keeps the columns of the segments of the latest state.
type columnCache struct {
	mu        sync.Mutex
	tables    *tables
	segments  map[*segment.Segment]*columns
	signature string
	facts     *facts
	past      map[int64]*facts // of the same segments at earlier times
}

// maxPast bounds the earlier times that facts are kept of.
const maxPast = 4

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
		c.facts, c.signature, c.past = &facts{}, signature, map[int64]*facts{}
		for id := range c.segments {
			if !slices.ContainsFunc(v.segments, func(s *segmentView) bool { return s.seg == id }) {
				delete(c.segments, id)
			}
		}
	}
	defer c.mu.Unlock()
	if v.asOf == 0 {
		return c.facts
	}
	f := c.past[v.asOf]
	if f == nil {
		if len(c.past) >= maxPast {
			clear(c.past)
		}
		f = &facts{}
		c.past[v.asOf] = f
	}
	return f
}

// drop forgets everything that refers to segments.
func (c *columnCache) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.segments, c.signature, c.facts, c.past = map[*segment.Segment]*columns{}, "", nil, nil
}
