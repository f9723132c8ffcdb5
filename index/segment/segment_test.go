package segment

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sort"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
)

// article is what a test puts into a segment.
type article struct {
	id     string
	stored string
	words  map[string][]uint32 // positions by term
	values []string
	number int64
}

var schema = []Field{{"body", Text}, {"source", Keys}, {"date", Number}}

// dice draws articles: few terms that most have, many that few have; now and then a term that occurs very often.
type dice struct {
	*rand.Rand
	n int
}

func newDice(seed uint64) *dice { return &dice{Rand: rand.New(rand.NewPCG(seed, 1))} }

func (d *dice) articles(n int) (list []article) {
	for range n {
		d.n++
		a := article{id: fmt.Sprintf("%x/%d", d.IntN(1000), d.n), number: d.Int64() - d.Int64(), words: map[string][]uint32{}}
		a.stored = "the article " + a.id
		for position := uint32(1); d.IntN(40) > 0; position += 1 + uint32(d.IntN(3)) {
			term := fmt.Sprintf("w%d", int(300*d.Float64()*d.Float64()*d.Float64()))
			a.words[term] = append(a.words[term], position)
		}
		if d.IntN(200) == 0 {
			for p := range uint32(300 + d.IntN(300)) {
				a.words["often"] = append(a.words["often"], 1000+200*p)
			}
		}
		for range d.IntN(4) {
			key := fmt.Sprintf("k%d", d.IntN(50))
			a.values = append(a.values, Value(key, []string{key, "K" + key[1:], key + "!"}[d.IntN(3)]))
		}
		for range d.IntN(3) { // that articles of one part alone have
			a.values = append(a.values, Value(fmt.Sprintf("rare%d", d.n/3), "Rare"))
		}
		list = append(list, a)
	}
	return list
}

// build makes a segment.
func build(t testing.TB, list []article) *Segment {
	t.Helper()
	var terms []string
	numbers := map[string]uint32{}
	b := NewBuilder(schema, func(n uint32) string { return terms[n] })
	for _, a := range list {
		b.Add(a.id, []byte(a.stored))
		for term, positions := range a.words {
			if _, ok := numbers[term]; !ok {
				numbers[term] = uint32(len(terms))
				terms = append(terms, term)
			}
			for _, p := range positions {
				b.Word(b.Field("body"), numbers[term], p)
			}
		}
		for _, v := range a.values {
			b.Value(b.Field("source"), []byte(v))
		}
		b.Number(b.Field("date"), a.number)
	}
	made, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	s, err := Read(made)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := b.Build(); b.Count() != 0 || len(again) == 0 {
		t.Error("the builder does not begin anew")
	}
	return s
}

// check compares everything in a segment with the articles, in order.
func check(t *testing.T, s *Segment, list []article) {
	t.Helper()
	if s.Count() != len(list) {
		t.Fatalf("%d articles, want %d", s.Count(), len(list))
	}
	ids := []string{}
	for i, a := range list {
		ids = append(ids, a.id)
		if got, ok := s.Find(a.id); !ok || got != uint32(i) {
			t.Errorf("Find(%q) = %d, %t, want %d", a.id, got, ok, i)
		}
		if got := string(s.ID(uint32(i))); got != a.id {
			t.Errorf("ID(%d) = %q, want %q", i, got, a.id)
		}
		if got := string(s.Stored(uint32(i))); got != a.stored {
			t.Errorf("Stored(%d) = %q, want %q", i, got, a.stored)
		}
		if got := s.Numbers("date")[i]; got != a.number {
			t.Errorf("number %d is %d, want %d", i, got, a.number)
		}
	}
	sort.Strings(ids)
	for i, a := range list {
		if want := sort.SearchStrings(ids, a.id); int(s.Ranks()[i]) != want {
			t.Errorf("the rank of %q is %d, want %d", a.id, s.Ranks()[i], want)
		}
		if got, want := s.Behind(a.id+"\x00"), sort.SearchStrings(ids, a.id)+1; got != want {
			t.Errorf("Behind(%q) = %d, want %d", a.id, got, want)
		}
	}
	if _, ok := s.Find("none"); ok {
		t.Error("an id that is not there was found")
	}
	checkWords(t, s, list)
	checkValues(t, s, list)
}

func checkWords(t *testing.T, s *Segment, list []article) {
	t.Helper()
	want := map[string]map[uint32][]uint32{}
	for i, a := range list {
		for term, positions := range a.words {
			if want[term] == nil {
				want[term] = map[uint32][]uint32{}
			}
			want[term][uint32(i)] = positions
		}
	}
	d := s.Text("body")
	if got := allTerms(d, ""); !slices.Equal(got, sortedKeys(want)) {
		t.Fatalf("terms %q, want %q", got, sortedKeys(want))
	}
	for term, articles := range want {
		p, ok := d.Find(term)
		if !ok || p.N != len(articles) {
			t.Fatalf("%s: %d articles, want %d", term, p.N, len(articles))
		}
		docs := p.AppendDocs(nil)
		if !slices.Equal(docs, sortedKeys(articles)) || !slices.Equal(p.Docs().ToArray(), docs) {
			t.Errorf("%s: in %v, want %v", term, docs, sortedKeys(articles))
		}
		all, some := p.Positions(), p.Positions()
		for i, doc := range docs {
			if got := all.Read(nil, i); !slices.Equal(got, articles[doc]) || p.Frequency(i) != len(got) {
				t.Errorf("%s in %d: %d times at %v, want %v", term, doc, p.Frequency(i), got, articles[doc])
			}
			if i%37 == 3 || i%300 == 299 {
				if got := some.Read(nil, i); !slices.Equal(got, articles[doc]) {
					t.Errorf("%s in %d, others passed over: at %v, want %v", term, doc, got, articles[doc])
				}
			}
		}
	}
	if _, ok := d.Find("w"); ok {
		t.Error("a term that is not there was found")
	}
}

func checkValues(t *testing.T, s *Segment, list []article) {
	t.Helper()
	want, keys := map[string][]uint32{}, map[string]uint32{}
	for i, a := range list {
		for _, v := range slices.Compact(slices.Sorted(slices.Values(a.values))) {
			want[v] = append(want[v], uint32(i))
			key, _ := CutValue([]byte(v))
			keys[string(key)] = 0
		}
	}
	for i, key := range sortedKeys(keys) {
		keys[key] = uint32(i)
	}
	d := s.Keys("source")
	if got := allTerms(d, ""); !slices.Equal(got, sortedKeys(want)) {
		t.Fatalf("values %q, want %q", got, sortedKeys(want))
	}
	for v, articles := range want {
		if p, ok := d.Find(v); !ok || !slices.Equal(p.AppendDocs(nil), articles) {
			t.Errorf("%q: in %v, want %v", v, p.AppendDocs(nil), articles)
		}
	}
	for i, a := range list {
		var have []uint32
		for _, v := range a.values {
			key, _ := CutValue([]byte(v))
			have = append(have, keys[string(key)])
		}
		slices.Sort(have)
		if got := s.Column("source").Of(nil, uint32(i)); !slices.Equal(got, slices.Compact(have)) {
			t.Errorf("article %d has the keys %v, want %v", i, got, have)
		}
	}
}

func allTerms(d *Dictionary, from string) (terms []string) {
	var last []byte
	for it := d.Terms(from); it.Next(); {
		if last != nil && (it.Shared > common(last, it.Term)) {
			panic("shares more than there is")
		}
		last = append(last[:0], it.Term...)
		terms = append(terms, string(it.Term))
	}
	return terms
}

func sortedKeys[K string | uint32, V any](m map[K]V) (keys []K) {
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func TestBuild(t *testing.T) {
	for _, n := range []int{1, 2, 10, 63, 64, 129, 1500} {
		d := newDice(uint64(n))
		list := d.articles(n)
		check(t, build(t, list), list)
	}
}

// TestMerge merges segments with articles left out, and what came of it again, in memory and from files.
func TestMerge(t *testing.T) {
	for seed := range uint64(20) {
		d := newDice(seed)
		var parts []Part
		var all []article
		dir := t.TempDir()
		for n := range 1 + d.IntN(5) {
			list := d.articles(1 + d.IntN(400))
			s := build(t, list)
			if d.IntN(2) == 0 {
				path := filepath.Join(dir, fmt.Sprint(n))
				if err := s.Save(path); err != nil {
					t.Fatal(err)
				}
				var err error
				if s, err = Open(path); err != nil {
					t.Fatal(err)
				}
				defer s.Close()
			}
			part := Part{Segment: s}
			if d.IntN(2) == 0 {
				part.Without = roaring.New()
			}
			for i, a := range list {
				if part.Without != nil && d.IntN(3) == 0 {
					part.Without.Add(uint32(i))
				} else {
					all = append(all, a)
				}
			}
			parts = append(parts, part)
		}
		path := filepath.Join(dir, "merged")
		numbers, n, err := MergeFile(path, parts, func() bool { return false })
		if err != nil {
			t.Fatal(err)
		}
		merged, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer merged.Close()
		if int64(merged.Size()) != n {
			t.Errorf("%d bytes, said to be %d", merged.Size(), n)
		}
		check(t, merged, all)
		checkNumbers(t, parts, numbers)
		checkSum(t, merged)
	}
}

func checkNumbers(t *testing.T, parts []Part, numbers [][]uint32) {
	t.Helper()
	next := uint32(0)
	for i, p := range parts {
		for a, got := range numbers[i] {
			want := next
			if p.Without != nil && p.Without.Contains(uint32(a)) {
				want = Dropped
			} else {
				next++
			}
			if got != want {
				t.Fatalf("article %d of part %d has become %d, want %d", a, i, got, want)
			}
		}
	}
}

// checkSum holds that the last four bytes are the checksum of the others.
func checkSum(t *testing.T, s *Segment) {
	t.Helper()
	n := len(s.bytes) - 4
	sum := crc32.ChecksumIEEE(s.bytes[:n])
	if want := []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)}; !bytes.Equal(s.bytes[n:], want) {
		t.Errorf("the checksum is % x, want % x", s.bytes[n:], want)
	}
}

// TestMergeNothing merges segments of which no article stays, alone and beside others.
func TestMergeNothing(t *testing.T) {
	d := newDice(5)
	gone, kept := d.articles(70), d.articles(3)
	all := roaring.New()
	all.AddRange(0, uint64(len(gone)))
	none := Part{build(t, gone), all}
	for _, want := range [][]article{nil, kept} {
		parts := []Part{none}
		if want != nil {
			parts = append(parts, Part{Segment: build(t, want)}, none)
		}
		var to bytes.Buffer
		if _, err := Merge(&to, parts, func() bool { return false }); err != nil {
			t.Fatal(err)
		}
		merged, err := Read(to.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		check(t, merged, want)
	}
}

func TestMergeStops(t *testing.T) {
	d := newDice(1)
	path := filepath.Join(t.TempDir(), "merged")
	_, _, err := MergeFile(path, []Part{{Segment: build(t, d.articles(100))}}, func() bool { return true })
	if !errors.Is(err, ErrStopped) {
		t.Errorf("got %v", err)
	}
	if left, _ := filepath.Glob(path + "*"); len(left) > 0 {
		t.Errorf("it leaves %v", left)
	}
}

func TestTermsFrom(t *testing.T) {
	d := newDice(2)
	s := build(t, d.articles(500))
	all := allTerms(s.Text("body"), "")
	for _, from := range append([]string{"", "a", "w1", "w10", "w100x", "z"}, all...) {
		at := sort.SearchStrings(all, from)
		if got := allTerms(s.Text("body"), from); !slices.Equal(got, all[at:]) {
			t.Errorf("from %q: %q", from, got)
		}
	}
}

// TestSkip holds that Skip leaves out nothing but terms with the prefix.
func TestSkip(t *testing.T) {
	d := newDice(3)
	dictionary := build(t, d.articles(2000)).Text("body")
	skipped := 0
	var kept, want []string
	for it := dictionary.Terms(""); it.Next(); {
		if bytes.HasPrefix(it.Term, []byte("w1")) {
			skipped++
			it.Skip(2)
			continue
		}
		kept = append(kept, string(it.Term))
	}
	for _, term := range allTerms(dictionary, "") {
		if term[:2] != "w1" {
			want = append(want, term)
		}
	}
	if !slices.Equal(kept, want) || skipped > 40 {
		t.Errorf("%d looked at; kept %q, want %q", skipped, kept, want)
	}
}

func TestReadFaults(t *testing.T) {
	s := build(t, newDice(4).articles(3))
	for _, b := range [][]byte{nil, []byte("datelin3"), s.bytes[1:], bytes.Repeat([]byte{0xff}, 100), append([]byte(magic), bytes.Repeat([]byte{0xff}, 16)...)} {
		if _, err := Read(b); err == nil {
			t.Errorf("%.20q… is taken for a segment", b)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a file that is not there is opened")
	}
}

func TestSkipVarints(t *testing.T) {
	b := []byte{1, 0x80, 2, 3, 0x81, 0x82, 4, 5, 6, 7, 0x80, 0x80, 8, 9, 10, 0x90, 11, 12}
	at := 0
	for n := range 13 {
		if got := skipVarints(b, 0, n); got != at {
			t.Errorf("%d varints end at %d, want %d", n, got, at)
		}
		for at < len(b) && b[at] >= 0x80 {
			at++
		}
		at++
	}
}

// TestDense compares bitmaps with those of package roaring: arrays, sets of bits and runs, of one container and of several.
func TestDense(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, c := range []struct{ n, step, from int }{
		{64, 1, 0}, {64, 900, 70_000}, {64, 1000, 65_500}, {maxArray, 3, 1}, {maxArray + 1, 3, 1}, {1 << 16, 1, 0}, {200_000, 2, 9}, {70, 1, 1<<32 - 70},
	} {
		var docs []uint32
		for at := c.from; len(docs) < c.n; at += 1 + r.IntN(c.step) {
			docs = append(docs, uint32(at))
		}
		bitmap := roaring.New()
		bitmap.AddMany(docs)
		want, err := bitmap.ToBytes()
		if err != nil {
			t.Fatal(err)
		}
		got := appendDense(nil, docs)
		if want = append(binary.AppendUvarint(nil, uint64(len(want))), want...); !bytes.Equal(got, want) {
			t.Errorf("%d from %d: other bytes than roaring's", c.n, c.from)
		}
		p := parsePostings(got, len(docs), false)
		if read := p.AppendDocs(nil); !slices.Equal(read, docs) {
			t.Errorf("%d from %d: other articles were read", c.n, c.from)
		}
	}
}

// BenchmarkMerge merges ten segments of which most keys are in one alone, as names are.
func BenchmarkMerge(b *testing.B) {
	d := newDice(1)
	var parts []Part
	size := 0
	for range 10 {
		s := build(b, d.articles(2000))
		size += s.Size()
		parts = append(parts, Part{Segment: s})
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Merge(io.Discard, parts, func() bool { return false }); err != nil {
			b.Fatal(err)
		}
	}
}
