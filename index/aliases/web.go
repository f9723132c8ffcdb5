package aliases

import (
	"cmp"
	"math/bits"
	"runtime"
	"slices"
	"strings"
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
func (w *web) spelling(i uint32) string { return string(w.bytes(i)) }

func (w *web) bytes(i uint32) []byte { return w.text[w.begin(i):w.ends[i]] }

// begin returns where a spelling begins.
func (w *web) begin(i uint32) uint32 {
	if i == 0 {
		return 0
	}
	return w.ends[i-1]
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
func (w *web) find(s string) (i uint32, ok bool) { return w.at(hash64(s), s) }

// at returns the number of a spelling that has a hash.
func (w *web) at(hash uint64, s string) (i uint32, ok bool) {
	if len(w.slots) == 0 {
		return 0, false
	}
	mask := uint64(len(w.slots) - 1)
	for at := hash & mask; w.slots[at] != 0; at = (at + 1) & mask {
		if i := w.slots[at] - 1; string(w.bytes(i)) == s {
			return i, true
		}
	}
	return 0, false
}

// enter puts a spelling that has a hash into the table, which is never more than half full.
func (w *web) enter(i uint32, hash uint64) {
	if 2*int(i+1) > len(w.slots) {
		size := max(64, 2*len(w.slots))
		for size < 2*int(i+1) {
			size *= 2
		}
		w.slots = make([]uint32, size)
		for j := range i {
			w.slot(j, hash64(w.bytes(j)))
		}
	}
	w.slot(i, hash)
}

func (w *web) slot(i uint32, hash uint64) {
	mask := uint64(len(w.slots) - 1)
	at := hash & mask
	for w.slots[at] != 0 {
		at = (at + 1) & mask
	}
	w.slots[at] = i + 1
}

// chunk is how many new spellings are compared at once, to bound the memory for names taken apart: some 500 bytes each.
const chunk = 1 << 17

// add returns the numbers of spellings, new ones compared with all others.
func (w *web) add(list []string) []uint32 {
	ids := make([]uint32, len(list))
	first := uint32(w.Len())
	for k, s := range list {
		hash := hash64(s)
		i, ok := w.at(hash, s)
		if !ok {
			i = uint32(w.Len())
			w.text = append(w.text, s...)
			w.ends = append(w.ends, uint32(len(w.text)))
			w.enter(i, hash)
		}
		ids[k] = i
	}
	for n := uint32(w.Len()); first < n; first += chunk {
		w.relate(first, min(first+chunk, n))
	}
	return ids
}

// apart is spellings taken apart.
type apart struct {
	names    []names.Name
	sketches []names.Sketch
}

func newApart(n int) *apart { return &apart{make([]names.Name, n), make([]names.Sketch, n)} }

// take takes a spelling apart that has the place k among them.
func (a *apart) take(k int, typ, s string) *names.Name {
	a.names[k] = names.Parse(typ, s)
	a.sketches[k] = a.names[k].Sketch()
	return &a.names[k]
}

// relate compares the spellings from first to end with each other and with those before.
func (w *web) relate(first, end uint32) {
	size := int(end - first)
	fresh, keys, surnames := newApart(size), make([][]uint64, size), make([][2]uint8, size)
	begin := w.begin(first)
	text := string(w.text[begin:w.ends[end-1]])
	parallel(size, func(k int) {
		i := first + uint32(k)
		s := text[w.begin(i)-begin : w.ends[i]-begin]
		n := fresh.take(k, w.typ, s)
		keys[k] = n.BlockHashes()
		if w.typ == names.Person {
			surnames[k] = surnameIn(s, n)
		}
	})
	w.surnames = append(w.surnames, surnames...)
	w.block(first, keys)
	shared := w.shared(first, size)
	old, places := w.parseOld(first)
	found := make([][]edgeTo, size)
	parallel(size, func(k int) {
		var room [64]uint32
		for _, j := range w.before(room[:0], first+uint32(k), shared.of(k)) {
			others, at := fresh, j-first
			if j < first {
				others, at = old, places[j]
			}
			if fresh.sketches[k].Apart(&others.sketches[at]) {
				continue
			}
			if v := judge(&fresh.names[k], &others.names[at]); v.Score >= names.Suggest {
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

// blockOf returns the block of a key by its hash: 32 bits of it, in the place where blocks have them. Keys that happen to share them
// cost a comparison.
func blockOf(hash uint64) uint64 { return mixed(hash) >> 32 << 32 }

// surnameIn returns where the surname of a name stands in it, and its length, 0 when it is not a word there.
func surnameIn(s string, n *names.Name) (at [2]uint8) {
	surname := n.Surname()
	if surname == "" {
		return at
	}
	if start := strings.LastIndexByte(s, ' ') + 1; len(s) <= names.MaxBytes && isLower(s[start:], surname) {
		return [2]uint8{uint8(start), uint8(len(s) - start)}
	}
	for start, end := range analysis.EachWord(s[:min(len(s), names.MaxBytes)]) {
		if plain, _ := names.Romanize(analysis.Term(s[start:end])); plain == surname && utf8.ValidString(s[start:end]) {
			at = [2]uint8{uint8(start), uint8(end - start)} // the last one
		}
	}
	return at
}

// isLower reports whether a word, of ASCII letters only, is another in lower case.
func isLower(word, lower string) bool {
	if len(word) != len(lower) {
		return false
	}
	for i := range len(word) {
		if c := word[i] | 0x20; c < 'a' || c > 'z' || c != lower[i] {
			return false
		}
	}
	return true
}

// block enters the blocks of the spellings from first on.
func (w *web) block(first uint32, keys [][]uint64) {
	n := 0
	for _, list := range keys {
		n += len(list)
	}
	fresh := make([]uint64, 0, n)
	for k, list := range keys {
		for _, h := range list {
			fresh = append(fresh, blockOf(h)|uint64(first+uint32(k)))
		}
	}
	fresh = slices.Compact(sorted64(fresh))
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

// sorted64 returns numbers in order, the first bits of which are as good as random: it deals them out by those, some eight each,
// and sorts what each has got.
func sorted64(list []uint64) []uint64 {
	some := bits.Len(uint(len(list) / 8))
	ends := make([]uint32, 1<<some+1)
	for _, x := range list {
		ends[x>>(64-some)+1]++
	}
	for i := range len(ends) - 1 {
		ends[i+1] += ends[i]
	}
	sorted := make([]uint64, len(list))
	for _, x := range list { // whose place is the end of those before
		at := &ends[x>>(64-some)]
		sorted[*at] = x
		*at++
	}
	parallel(len(ends)-1, func(i int) {
		begin := uint32(0)
		if i > 0 {
			begin = ends[i-1]
		}
		slices.Sort(sorted[begin:ends[i]])
	})
	return sorted
}

// eachBlock yields where blocks begin and end.
func (w *web) eachBlock(yield func(begin, end int) bool) {
	for begin := 0; begin < len(w.blocks); {
		end, block := begin+1, w.blocks[begin]>>32
		for end < len(w.blocks) && w.blocks[end]>>32 == block {
			end++
		}
		if !yield(begin, end) {
			return
		}
		begin = end
	}
}

// lists are lists of numbers, one behind the other.
type lists struct{ ends, all []uint32 }

func (l *lists) of(k int) []uint32 {
	if k == 0 {
		return l.all[:l.ends[0]]
	}
	return l.all[l.ends[k-1]:l.ends[k]]
}

// shared returns, for each of the spellings from first on, where those of its blocks begin that have one before it.
func (w *web) shared(first uint32, size int) *lists {
	ends := make([]uint32, size+1)
	each := func(f func(k uint32, begin int)) {
		for begin, end := range w.eachBlock {
			for _, b := range w.blocks[begin+1 : end] {
				if i := uint32(b); i >= first {
					f(i-first, begin)
				}
			}
		}
	}
	each(func(k uint32, _ int) { ends[k+1]++ })
	for k := range size {
		ends[k+1] += ends[k]
	}
	l := &lists{ends[:size], make([]uint32, ends[size])}
	each(func(k uint32, begin int) { // the place of the first is the end of those before
		l.all[ends[k]] = uint32(begin)
		ends[k]++
	})
	return l
}

// before appends the spellings below i that are in blocks, by where these begin, to an empty list, in order.
func (w *web) before(list []uint32, i uint32, begins []uint32) []uint32 {
	for _, begin := range begins {
		block := w.blocks[begin] >> 32 << 32
		for _, b := range w.blocks[begin:] {
			if b >= block|uint64(i) {
				break
			}
			list = append(list, uint32(b))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// parseOld takes apart those spellings below first that share a block with one from first on, and returns their places.
func (w *web) parseOld(first uint32) (old *apart, places []uint32) {
	if first == 0 {
		return nil, nil
	}
	var list []uint32
	places = make([]uint32, first)
	for begin, end := range w.eachBlock {
		for _, b := range w.blocks[begin:end] {
			if i := uint32(b); i < first && uint32(w.blocks[end-1]) >= first && places[i] == 0 {
				places[i] = 1
				list = append(list, i)
			}
		}
	}
	old = newApart(len(list))
	parallel(len(list), func(k int) {
		places[list[k]] = uint32(k)
		old.take(k, w.typ, w.spelling(list[k]))
	})
	return old, places
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
	var begins []uint32
	for _, h := range n.BlockHashes() {
		block := blockOf(h)
		begin, _ := slices.BinarySearch(w.blocks, block)
		if begin < len(w.blocks) && w.blocks[begin]>>32 == block>>32 {
			begins = append(begins, uint32(begin))
		}
	}
	for _, i := range w.before(nil, uint32(w.Len()), begins) {
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
		kept.enter(n, hash64(s))
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
