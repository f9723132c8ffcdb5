package embedded

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/query"
)

// tallied makes an index of a few segments, with deleted articles, whose articles have several, one or no values, and texts and
// stories that others share.
func tallied(t *testing.T, articles int) *view {
	t.Helper()
	e := openEngine(t, t.TempDir(), Options{})
	d := rand.New(rand.NewPCG(7, 7))
	var batch []index.Article
	for i := range articles {
		a := index.Article{ID: fmt.Sprint(i), Title: "an article"}
		if d.IntN(3) > 0 {
			a.Source = fmt.Sprint("source ", d.IntN(40))
		}
		for range d.IntN(5) {
			a.Topics = append(a.Topics, fmt.Sprint("topic ", d.IntN(200)))
		}
		if d.IntN(4) > 0 {
			a.Text = fmt.Sprint("text ", d.IntN(articles))
			a.Story = fmt.Sprint("story ", d.IntN(articles/8))
		}
		if batch = append(batch, a); len(batch) == articles/3 || i == articles-1 {
			if _, err := e.Put(context.Background(), batch); err != nil {
				t.Fatal(err)
			}
			batch = nil
		}
	}
	var gone []string
	for i := 0; i < articles; i += 7 {
		gone = append(gone, fmt.Sprint(i))
	}
	if _, err := e.Delete(context.Background(), gone); err != nil {
		t.Fatal(err)
	}
	v, release, err := e.acquire(time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := release(); err != nil {
			t.Error(err)
		}
	})
	return v
}

// units tells the texts or stories apart: every article without one is its own.
func (v *view) unitOf(u index.Unit, segment int, doc uint32) string {
	if u != index.Articles {
		if n, ok := v.segments[segment].column(unitField(u)).first(doc); ok {
			return fmt.Sprint("unit ", n)
		}
	}
	return fmt.Sprint("article ", segment, " ", doc)
}

// plainTally counts one article after the other.
func plainTally(v *view, field string, sets []*roaring.Bitmap, u index.Unit) (counts []uint32, without int) {
	having := map[uint32]map[string]bool{}
	none := map[string]bool{}
	for i, set := range sets {
		for _, doc := range set.ToArray() {
			unit := v.unitOf(u, i, doc)
			values := v.segments[i].column(field).of(nil, doc)
			if len(values) == 0 {
				none[unit] = true
			}
			for _, n := range values {
				if having[n] == nil {
					having[n] = map[string]bool{}
				}
				having[n][unit] = true
			}
		}
	}
	counts = make([]uint32, v.table(field).size())
	for n, units := range having {
		counts[n] = uint32(len(units))
	}
	return counts, len(none)
}

// TestTally counts sets of all sizes, from none to all, in every unit, and compares with counting one by one.
func TestTally(t *testing.T) {
	v := tallied(t, 3000)
	d := rand.New(rand.NewPCG(1, 1))
	for _, of := range []int{1, 2, 3, 5, 50, 1000, 100_000} {
		for _, most := range []bool{true, false} {
			sets := make([]*roaring.Bitmap, len(v.segments))
			for i, s := range v.segments {
				sets[i] = roaring.New()
				for _, doc := range s.live.ToArray() {
					if d.IntN(of) == 0 == most {
						sets[i].Add(doc)
					}
				}
			}
			for _, u := range []index.Unit{index.Articles, index.Texts, index.Stories} {
				t.Run(fmt.Sprintf("one of %d %t %s", of, most, u), func(t *testing.T) { compareTally(t, v, sets, u) })
			}
		}
	}
}

func compareTally(t *testing.T, v *view, sets []*roaring.Bitmap, u index.Unit) {
	units := map[string]bool{}
	for i, set := range sets {
		for _, doc := range set.ToArray() {
			units[v.unitOf(u, i, doc)] = true
		}
	}
	if got := v.count(sets, u); got != len(units) {
		t.Errorf("%d %s, want %d", got, u, len(units))
	}
	for _, field := range []string{"source", "topic", "agency"} {
		for _, s := range v.segments {
			s.column(field)
		}
		want, none := plainTally(v, field, sets, u)
		got := make([]uint32, v.table(field).size())
		if without := v.tally(field, sets, u, got, nil); without != none || !slices.Equal(got, want) {
			t.Errorf("%s: without %d, want %d; counts\n%v, want\n%v", field, without, none, got, want)
		}
	}
}

// TestWorstFirst keeps the first of many, whatever their order.
func TestWorstFirst(t *testing.T) {
	d := rand.New(rand.NewPCG(2, 2))
	for n := range 40 {
		list := d.Perm(n)
		for size := range 12 {
			h := worstFirst[int]{size: size, before: func(a, b int) bool { return a < b }}
			for _, x := range list {
				h.add(x)
			}
			slices.Sort(h.list)
			for i, x := range h.list {
				if i != x {
					t.Fatalf("the first %d of %v: %v", size, list, h.list)
				}
			}
			if len(h.list) != min(n, size) {
				t.Fatalf("%d are kept of %d, want %d", len(h.list), n, size)
			}
		}
	}
}

// TestAllocations holds that what a search allocates does not grow with its hits, but for some sets of articles, which have at
// most 8 KiB for each 65,536 articles of the index.
func TestAllocations(t *testing.T) {
	e := openEngine(t, t.TempDir(), Options{})
	var batch []index.Article
	for i := range 20_000 {
		a := index.Article{ID: fmt.Sprint(i), Title: "all", Source: fmt.Sprint("source ", i%50), Topics: []string{fmt.Sprint("topic ", i%200)}}
		if i%400 == 0 {
			a.Title += " few"
		}
		batch = append(batch, a)
	}
	if _, err := e.Put(context.Background(), batch); err != nil {
		t.Fatal(err)
	}
	fewTimes, fewBytes := allocated(t, e, "few", 50)
	times, bytes := allocated(t, e, "all", 20_000)
	if times > fewTimes+20 || bytes > fewBytes+10*8<<10 {
		t.Errorf("50 hits: %d allocations of %d bytes; 20,000 hits: %d of %d", fewTimes, fewBytes, times, bytes)
	}
}

// allocated returns how often a search for a word with everything on allocates and how many bytes, the least of several runs:
// another goroutine or the collector may add to one.
func allocated(t *testing.T, e *Engine, word string, hits int) (times, bytes uint64) {
	t.Helper()
	q, err := query.Parse(word, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	r := index.Request{Query: q, Facets: index.FacetFields, Interval: index.Day}
	times, bytes = ^uint64(0), ^uint64(0)
	for range 20 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		result, err := e.Search(context.Background(), r)
		runtime.ReadMemStats(&after)
		if err != nil || result.Total.Articles != hits {
			t.Fatalf("%v, %v", result, err)
		}
		times, bytes = min(times, after.Mallocs-before.Mallocs), min(bytes, after.TotalAlloc-before.TotalAlloc)
	}
	return times, bytes
}
