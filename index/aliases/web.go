package aliases

import (
	"cmp"
	"runtime"
	"slices"
	"sort"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"dateline/index/analysis"
	"dateline/index/names"
)

// web is spellings of one type, and which of them are alike. They are numbered as they came; none is ever taken out. Per
// spelling it takes its own bytes, a number where they end, two in the table that finds it, its blocks (about six of eight
// bytes), and twelve bytes for each edge.
type web struct {
	typ      string
	text     []byte   // of all spellings, one behind the other
	ends     []uint32 // where each ends
	surnames [][2]uint8
	slots    []uint32 // of a table that finds a spelling by its hash: its number and one more, 0 where none is
	blocks   []uint64 // in order: the hash of a block's key, then a spelling that has the key
	edges    []edge   // of pairs that share a block and may be one; each once
	asked    map[[2]uint32]uint32
	verdicts []verdict // that edges and asked name by number
	numbers  map[verdict]uint32
	parsed   map[uint32]*names.Name // of what is asked for; see forget
}

// edge is two spellings, the lower number first, and the verdict on them.
type edge struct{ a, b, v uint32 }

// verdict is what comparing two names said, and what the archive makes of it.
type verdict struct {
	names.Verdict
	class class
}

func newWeb(typ string) *web {
	return &web{typ: typ, asked: map[[2]uint32]uint32{}, numbers: map[verdict]uint32{}, parsed: map[uint32]*names.Name{}}
}

// Len returns how many spellings there are.
func (w *web) Len() int { return len(w.ends) }

// spelling returns a spelling by its number.
func (w *web) spelling(i uint32) string {
	begin := uint32(0)
	if i > 0 {
		begin = w.ends[i-1]
	}
	return string(w.text[begin:w.ends[i]])
}

// surname returns the surname of a person as a term of texts, "" when it is none by itself.
func (w *web) surname(i uint32) string {
	at := w.surnames[i]
	if at[1] == 0 {
		return ""
	}
	return analysis.Term(w.spelling(i)[at[0]:][:at[1]])
}

// hash64 is FNV-1a, mixed.
func hash64[T string | []byte](s T) uint64 {
	x := uint64(14695981039346656037)
	for i := range len(s) {
		x = (x ^ uint64(s[i])) * 1099511628211
	}
	return mixed(x)
}

// mixed mixes the bits of an FNV-1a hash, the low ones of which are weak.
func mixed(x uint64) uint64 {
	x ^= x >> 32
	x *= 0xd6e8feb86659fd93
	return x ^ x>>32
}

// find returns the number of a spelling.
func (w *web) find(s string) (i uint32, ok bool) {
	if len(w.slots) == 0 {
		return 0, false
	}
	mask := uint64(len(w.slots) - 1)
	for at := hash64(s) & mask; w.slots[at] != 0; at = (at + 1) & mask {
		if i := w.slots[at] - 1; w.spells(i, s) {
			return i, true
		}
	}
	return 0, false
}

func (w *web) spells(i uint32, s string) bool {
	begin := uint32(0)
	if i > 0 {
		begin = w.ends[i-1]
	}
	return string(w.text[begin:w.ends[i]]) == s
}

// enter puts a spelling into the table, which is never more than half full.
func (w *web) enter(i uint32) {
	if 2*int(i+1) > len(w.slots) {
		size := max(64, 2*len(w.slots))
		for size < 2*int(i+1) {
			size *= 2
		}
		w.slots = make([]uint32, size)
		for j := range i {
			w.slot(j)
		}
	}
	w.slot(i)
}

func (w *web) slot(i uint32) {
	mask := uint64(len(w.slots) - 1)
	at := hash64(w.spelling(i)) & mask
	for w.slots[at] != 0 {
		at = (at + 1) & mask
	}
	w.slots[at] = i + 1
}

// chunk is how many new spellings are compared at once, to bound the memory for names taken apart: some 500 bytes each.
const chunk = 1 << 16

// add returns the numbers of spellings, new ones compared with all others.
func (w *web) add(list []string) []uint32 {
	ids := make([]uint32, len(list))
	first := uint32(w.Len())
	for k, s := range list {
		i, ok := w.find(s)
		if !ok {
			i = uint32(w.Len())
			w.text = append(w.text, s...)
			w.ends = append(w.ends, uint32(len(w.text)))
			w.enter(i)
		}
		ids[k] = i
	}
	for n := uint32(w.Len()); first < n; first += chunk {
		w.relate(first, min(first+chunk, n))
	}
	return ids
}

// relate compares the spellings from first to end with each other and with those before.
func (w *web) relate(first, end uint32) {
	fresh := make([]names.Name, end-first)
	sketches := make([]names.Sketch, end-first)
	keys := make([][]uint32, end-first)
	surnames := make([][2]uint8, end-first)
	parallel(len(fresh), func(k int) {
		s := w.spelling(first + uint32(k))
		fresh[k] = names.Parse(w.typ, s)
		sketches[k], keys[k] = fresh[k].Sketch(), blockHashes(&fresh[k])
		if w.typ == names.Person {
			surnames[k] = surnameIn(s, &fresh[k])
		}
	})
	w.surnames = append(w.surnames, surnames...)
	w.block(first, keys)
	partners := make([][]uint32, len(fresh))
	parallel(len(fresh), func(k int) { partners[k] = w.before(first+uint32(k), keys[k]) })
	old := w.parseOld(first, partners)
	found := make([][]edgeTo, len(fresh))
	parallel(len(fresh), func(k int) {
		for _, j := range partners[k] {
			other := old[j]
			if j >= first {
				if sketches[k].Apart(&sketches[j-first]) {
					continue
				}
				other = &fresh[j-first]
			}
			if v := judge(&fresh[k], other); v.Score >= names.Suggest {
				found[k] = append(found[k], edgeTo{j, v})
			}
		}
	})
	for k, list := range found {
		for _, e := range list {
			w.edges = append(w.edges, edge{e.to, first + uint32(k), w.number(e.verdict)})
		}
	}
}

type edgeTo struct {
	to      uint32
	verdict verdict
}

// parallelRow is how many numbers a goroutine takes at once, so that what stands next to each other in memory is worked on by one.
const parallelRow = 64

// parallel calls f with 0 to n-1 on all cores.
func parallel(n int, f func(int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n/parallelRow+1) {
		wait.Go(func() {
			for {
				to := int(next.Add(parallelRow))
				for i := to - parallelRow; i < min(to, n); i++ {
					f(i)
				}
				if to >= n {
					return
				}
			}
		})
	}
	wait.Wait()
}

// blockHashes returns the blocks of a name. Keys that happen to share a hash cost a comparison.
func blockHashes(n *names.Name) []uint32 {
	var room [16]uint64
	hashes := n.AppendBlocks(room[:0])
	list := make([]uint32, len(hashes))
	for i, h := range hashes {
		list[i] = uint32(mixed(h) >> 32)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// surnameIn returns where the surname of a name stands in it, and its length, 0 when it is not a word there.
func surnameIn(s string, n *names.Name) (at [2]uint8) {
	surname := n.Surname()
	if surname == "" {
		return at
	}
	for start, end := range analysis.EachWord(s[:min(len(s), names.MaxBytes)]) {
		if plain, _ := names.Romanize(analysis.Term(s[start:end])); plain == surname && utf8.ValidString(s[start:end]) {
			at = [2]uint8{uint8(start), uint8(end - start)} // the last one
		}
	}
	return at
}

// block enters the blocks of the spellings from first on.
func (w *web) block(first uint32, keys [][]uint32) {
	var fresh []uint64
	for k, list := range keys {
		for _, h := range list {
			fresh = append(fresh, uint64(h)<<32|uint64(first+uint32(k)))
		}
	}
	slices.Sort(fresh)
	merged := make([]uint64, 0, len(w.blocks)+len(fresh))
	for _, b := range w.blocks {
		for len(fresh) > 0 && fresh[0] < b {
			merged = append(merged, fresh[0])
			fresh = fresh[1:]
		}
		merged = append(merged, b)
	}
	w.blocks = append(merged, fresh...)
}

// before returns the spellings below i that are in one of the blocks, in order.
func (w *web) before(i uint32, keys []uint32) (list []uint32) {
	for _, h := range keys {
		begin := uint64(h) << 32
		at := sort.Search(len(w.blocks), func(k int) bool { return w.blocks[k] >= begin })
		for ; at < len(w.blocks) && w.blocks[at] < begin|uint64(i); at++ {
			list = append(list, uint32(w.blocks[at]))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// parseOld takes apart those of the partners that are below first.
func (w *web) parseOld(first uint32, partners [][]uint32) map[uint32]*names.Name {
	old := map[uint32]*names.Name{}
	var list []uint32
	for _, some := range partners {
		for _, j := range some {
			if _, known := old[j]; j < first && !known {
				old[j] = nil
				list = append(list, j)
			}
		}
	}
	parsed := make([]names.Name, len(list))
	parallel(len(list), func(k int) { parsed[k] = names.Parse(w.typ, w.spelling(list[k])) })
	for k, j := range list {
		old[j] = &parsed[k]
	}
	return old
}

// number returns the number of a verdict.
func (w *web) number(v verdict) uint32 {
	n, ok := w.numbers[v]
	if !ok {
		n = uint32(len(w.verdicts))
		w.numbers[v] = n
		w.verdicts = append(w.verdicts, v)
	}
	return n
}

// ask returns the verdict on two spellings that have no edge.
func (w *web) ask(a, b uint32) verdict {
	pair := [2]uint32{min(a, b), max(a, b)}
	n, ok := w.asked[pair]
	if !ok {
		n = w.number(judge(w.parse(pair[0]), w.parse(pair[1])))
		w.asked[pair] = n
	}
	return w.verdicts[n]
}

func (w *web) parse(i uint32) *names.Name {
	n := w.parsed[i]
	if n == nil {
		parsed := names.Parse(w.typ, w.spelling(i))
		n = &parsed
		w.parsed[i] = n
	}
	return n
}

// forget drops the names that were taken apart to be asked for.
func (w *web) forget() { clear(w.parsed) }

// like returns the spellings that a name may be merged with by rule, in order.
func (w *web) like(name string) (list []uint32) {
	n := names.Parse(w.typ, name)
	for _, i := range w.before(uint32(w.Len()), blockHashes(&n)) {
		other := names.Parse(w.typ, w.spelling(i))
		if judge(&n, &other).class != suggests {
			list = append(list, i)
		}
	}
	return list
}

// better orders two verdicts on one pair of names: the better one first.
func better(a, b verdict) int {
	return cmp.Or(cmp.Compare(b.class, a.class), cmp.Compare(b.Score, a.Score), cmp.Compare(a.Reason, b.Reason))
}

// wasteful reports whether the web has many more spellings than are needed.
func (w *web) wasteful(needed int) bool { return w.Len() > 2*needed+4096 }

// only returns a web of those of the spellings that this one has.
func (w *web) only(list []string) *web {
	kept := newWeb(w.typ)
	renumbered := make([]uint32, w.Len()) // and one more, 0 when it is dropped
	for _, s := range list {
		i, ok := w.find(s)
		if !ok || renumbered[i] != 0 {
			continue
		}
		n := uint32(kept.Len())
		kept.text = append(kept.text, s...)
		kept.ends = append(kept.ends, uint32(len(kept.text)))
		kept.surnames = append(kept.surnames, w.surnames[i])
		kept.enter(n)
		renumbered[i] = n + 1
	}
	for _, b := range w.blocks {
		if n := renumbered[uint32(b)]; n != 0 {
			kept.blocks = append(kept.blocks, b>>32<<32|uint64(n-1))
		}
	}
	slices.Sort(kept.blocks)
	for _, e := range w.edges {
		if a, b := renumbered[e.a], renumbered[e.b]; a != 0 && b != 0 {
			kept.edges = append(kept.edges, edge{min(a, b) - 1, max(a, b) - 1, kept.number(w.verdicts[e.v])})
		}
	}
	return kept
}
