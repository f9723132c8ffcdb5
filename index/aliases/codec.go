package aliases

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc64"
	"hash/fnv"
	"math"
	"slices"
	"sync"

	"dateline/index/names"
)

// version changes with the format of a graph, and with the rules of this package.
const version = 2

// errGraph is why bytes are no graph: what follows it differs.
var errGraph = errors.New("not a graph of names that this program can use")

// probes are names that are compared to tell whether a graph was made by the same rules of package names: one pair at least
// for each kind of verdict. A new rule that none of them shows has to change the version.
var probes = [][3]string{
	{names.Person, "Ruslan Mirzaev", "Руслан Мирзаев"}, {names.Person, "R. Mirzaev", "Ruslan Mirzayev"}, {names.Person, "Mirzaev, Ruslan", "Ruslan Mirzaev"},
	{names.Person, "Bill Clinton", "William Clinton"}, {names.Person, "Marc Jones", "Marc Owen Jones"}, {names.Person, "Mirzaev", "Mirzayev"},
	{names.Person, "J. Smith", "John Smith"}, {names.Person, "Donald Trump", "Donald Trump Jr."}, {names.Person, "Louis J. Harmon Jr.", "Louis Harmon III"},
	{names.Person, "Ban Ki-moon", "Ban Kimoon"}, {names.Person, "Mohammed Hassan", "Muhammad Hasan"}, {names.Person, "Vicente Fox", "Vicente Fox Quesada"},
	{names.Person, "Jean-Claude Juncker", "Jean Juncker"},
	{names.Org, "SCO", "Shanghai Cooperation Organization"}, {names.Org, "Ministry of Finance", "Finance Ministry"}, {names.Org, "Acme Corp.", "Acme"},
	{names.Org, "Acme Group", "Acme"}, {names.Org, "UN", "United Nations"}, {names.Org, "Harbour Oil", "Harbour"}, {names.Org, "Rosneft", "Роснефть"},
	{names.Org, "Shanghai Cooperation Organization (SCO)", "SCO"}, {names.Place, "London, Ontario", "London"}, {names.Place, "Kyiv", "Kiev"},
	{names.Place, "Kharkiv, Ukraine", "Kharkiv"}, {names.Place, "Samara", "Samarra"}, {names.Place, "Khujand", "Khudjand"},
}

// rulesMark is a number that tells these rules from others.
var rulesMark = sync.OnceValue(func() uint64 {
	h := fnv.New64a()
	for _, p := range probes {
		x, y := names.Parse(p[0], p[1]), names.Parse(p[0], p[2])
		fmt.Fprintln(h, version, judge(&x, &y), x.Blocks(), y.Blocks())
	}
	return h.Sum64()
})

var crc = crc64.MakeTable(crc64.ECMA)

// MarshalBinary writes what the graph remembers, so that it need not be found again. Nothing but time is lost without it.
func (g *Graph) MarshalBinary() ([]byte, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	b := binary.LittleEndian.AppendUint64(nil, rulesMark())
	if g.names == nil {
		g.ready("")
	}
	b = appendBytes(b, []byte(g.names.typ))
	b = g.words.append(g.names.append(b))
	return binary.LittleEndian.AppendUint64(b, crc64.Checksum(b, crc)), nil
}

// UnmarshalBinary makes the graph what MarshalBinary wrote. After an error it is as it was.
func (g *Graph) UnmarshalBinary(b []byte) error {
	if len(b) < 16 || crc64.Checksum(b[:len(b)-8], crc) != binary.LittleEndian.Uint64(b[len(b)-8:]) {
		return fmt.Errorf("%w: damaged", errGraph)
	}
	d := &decoder{b: b[:len(b)-8]}
	if d.uint64() != rulesMark() {
		return fmt.Errorf("%w: made by other rules", errGraph)
	}
	typ := string(d.bytes())
	n, w := d.web(typ), d.web(typ)
	if d.bad || len(d.b) > 0 {
		return fmt.Errorf("%w: damaged", errGraph)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.names, g.words = n, w
	return nil
}

// append writes a web: its arrays, each behind its length, in little-endian order.
func (w *web) append(b []byte) []byte {
	b = appendBytes(b, w.text)
	b = appendInts(b, w.ends)
	b = appendInts(b, w.slots)
	b = appendInts(b, w.blocks)
	flat := make([]uint8, 0, 2*len(w.surnames))
	for _, s := range w.surnames {
		flat = append(flat, s[0], s[1])
	}
	b = appendBytes(b, flat)
	list := make([]uint32, 0, 3*len(w.edges))
	for _, e := range w.edges {
		list = append(list, e.a, e.b, e.v)
	}
	b = appendInts(b, list)
	list = list[:0]
	for pair, v := range w.asked {
		list = append(list, pair[0], pair[1], v)
	}
	b = appendInts(b, sortedTriples(list))
	b = binary.LittleEndian.AppendUint64(b, uint64(len(w.verdicts)))
	for _, v := range w.verdicts {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v.Score))
		b = append(b, byte(v.class))
		b = appendBytes(b, []byte(v.Reason))
	}
	return b
}

// sortedTriples puts what a map gave in any order in one.
func sortedTriples(list []uint32) []uint32 {
	edges := triples(list)
	slices.SortFunc(edges, func(e, f edge) int { return slices.Compare([]uint32{e.a, e.b}, []uint32{f.a, f.b}) })
	sorted := list[:0]
	for _, e := range edges {
		sorted = append(sorted, e.a, e.b, e.v)
	}
	return sorted
}

func triples(list []uint32) []edge {
	edges := make([]edge, 0, len(list)/3)
	for ; len(list) >= 3; list = list[3:] {
		edges = append(edges, edge{list[0], list[1], list[2]})
	}
	return edges
}

func appendBytes(b, data []byte) []byte {
	b = binary.LittleEndian.AppendUint64(b, uint64(len(data)))
	return append(b, data...)
}

func appendInts[T uint32 | uint64](b []byte, list []T) []byte {
	b = binary.LittleEndian.AppendUint64(b, uint64(len(list)))
	b, err := binary.Append(b, binary.LittleEndian, list)
	if err != nil {
		panic("aliases: " + err.Error()) // never of a slice of numbers
	}
	return b
}

// decoder reads what append wrote. What it returns is right unless it is bad at the end.
type decoder struct {
	b   []byte
	bad bool
}

// take returns the next n pieces of some bytes.
func (d *decoder) take(n uint64, size int) []byte {
	if d.bad || n > uint64(len(d.b)/size) {
		d.bad = true
		return nil
	}
	piece := d.b[:int(n)*size]
	d.b = d.b[len(piece):]
	return piece
}

func (d *decoder) uint64() uint64 {
	if piece := d.take(1, 8); piece != nil {
		return binary.LittleEndian.Uint64(piece)
	}
	return 0
}

func (d *decoder) bytes() []byte { return slices.Clone(d.take(d.uint64(), 1)) }

func readInts[T uint32 | uint64](d *decoder) []T {
	var zero T
	n := d.uint64()
	piece := d.take(n, binary.Size(zero))
	if d.bad {
		return nil
	}
	list := make([]T, n)
	if _, err := binary.Decode(piece, binary.LittleEndian, list); err != nil {
		d.bad = true
	}
	return list
}

func (d *decoder) web(typ string) *web {
	w := newWeb(typ)
	w.text, w.ends, w.slots, w.blocks = d.bytes(), readInts[uint32](d), readInts[uint32](d), readInts[uint64](d)
	for flat := d.bytes(); len(flat) >= 2; flat = flat[2:] {
		w.surnames = append(w.surnames, [2]uint8{flat[0], flat[1]})
	}
	w.edges = triples(readInts[uint32](d))
	asked := triples(readInts[uint32](d))
	for n := d.uint64(); n > 0 && !d.bad; n-- {
		v := verdict{names.Verdict{Score: math.Float64frombits(d.uint64())}, suggests}
		if c := d.take(1, 1); c != nil {
			v.class = class(c[0])
		}
		v.Reason = string(d.bytes())
		w.number(v)
	}
	for _, e := range asked {
		w.asked[[2]uint32{e.a, e.b}] = e.v
	}
	d.bad = d.bad || !w.sound(asked)
	return w
}

// sound reports whether all numbers lie within what they count.
func (w *web) sound(asked []edge) bool {
	n := uint32(len(w.ends))
	if len(w.surnames) != len(w.ends) || len(w.slots)&(len(w.slots)-1) != 0 || len(w.slots) < 2*len(w.ends) {
		return false
	}
	if !slices.IsSorted(w.ends) || n > 0 && int(w.ends[n-1]) != len(w.text) || !slices.IsSorted(w.blocks) {
		return false
	}
	within := func(e edge) bool { return e.a < n && e.b < n && int(e.v) < len(w.verdicts) }
	taken := 0
	for _, s := range w.slots {
		if s > n {
			return false
		}
		taken += int(min(s, 1))
	}
	for _, b := range w.blocks {
		if uint32(b) >= n {
			return false
		}
	}
	for i, s := range w.surnames {
		if int(s[0])+int(s[1]) > len(w.spelling(uint32(i))) {
			return false
		}
	}
	bad := func(e edge) bool { return !within(e) }
	return taken == int(n) && !slices.ContainsFunc(w.edges, bad) && !slices.ContainsFunc(asked, bad)
}
