package segment

import (
	"bytes"
	"encoding/binary"
)

// Dictionary holds the terms of a field in byte order, and their postings.
type Dictionary struct {
	kind     Kind
	terms    int
	blocks   []byte
	starts   []uint64 // of each block: where it begins in blocks, and where its postings begin
	postings []byte
}

// Find returns the postings of a term.
func (d *Dictionary) Find(term string) (Postings, bool) {
	t := d.Terms(term)
	if !t.Next() || string(t.Term) != term {
		return Postings{}, false
	}
	return t.Postings(), true
}

// first returns the first term of a block.
func (d *Dictionary) first(block int) []byte {
	b := d.blocks[d.starts[2*block]:]
	_, n := binary.Uvarint(b) // shares nothing
	length, m := binary.Uvarint(b[n:])
	return b[n+m : n+m+int(length)]
}

func (d *Dictionary) blockCount() int { return len(d.starts) / 2 }

// Terms iterates over the terms from one on.
func (d *Dictionary) Terms(from string) *Terms {
	t := &Terms{dictionary: d}
	low, high := 0, d.blockCount() // the last block whose first term is not behind from
	for low < high {
		m := (low + high) / 2
		if string(d.first(m)) <= from {
			low = m + 1
		} else {
			high = m
		}
	}
	t.enter(max(low-1, 0))
	for from != "" && t.Next() {
		if string(t.Term) >= from {
			t.held = true
			break
		}
	}
	return t
}

// Terms is an iterator over terms. Its fields say of the one that Next went to.
type Terms struct {
	Term     []byte // valid until the next call of Next
	Shared   int    // how many bytes it shares with the term before it
	Articles int    // that have it

	dictionary *Dictionary
	block      int    // the next one
	left       int    // terms in the block
	at         []byte // the rest of the block
	postings   uint64 // where those of the next term begin
	size       uint64 // of those of the term
	held       bool   // the term is the next one
}

// enter goes to the beginning of a block.
func (t *Terms) enter(block int) {
	d := t.dictionary
	if block >= d.blockCount() {
		t.left, t.block = 0, block
		return
	}
	t.at, t.postings = d.blocks[d.starts[2*block]:], d.starts[2*block+1]
	t.left = min(blockTerms, d.terms-block*blockTerms)
	t.block = block + 1
}

// Next goes to the next term, and reports whether there is one.
func (t *Terms) Next() bool {
	if t.held {
		t.held, t.Shared = false, 0
		return true
	}
	entered := t.left == 0
	if entered {
		if t.enter(t.block); t.left == 0 {
			return false
		}
	}
	t.left--
	shared, length := int(t.number()), int(t.number())
	suffix := t.at[:length]
	t.at = t.at[length:]
	if entered {
		t.Shared = common(t.Term, suffix)
	} else {
		t.Shared = shared
	}
	t.Term = append(t.Term[:shared], suffix...)
	t.Articles, t.size = int(t.number()), t.number()
	t.postings += t.size
	return true
}

// number reads a varint: most have one byte.
func (t *Terms) number() uint64 {
	if n := t.at[0]; n < 0x80 {
		t.at = t.at[1:]
		return uint64(n)
	}
	n, size := binary.Uvarint(t.at)
	t.at = t.at[size:]
	return n
}

// Skip goes on behind the terms that begin as the present one does with so many bytes, as far as whole blocks of them can be
// left out. The next term may still be one of them.
func (t *Terms) Skip(length int) {
	d, prefix := t.dictionary, t.Term[:length]
	block := t.block
	for block < d.blockCount() && bytes.HasPrefix(d.first(block), prefix) {
		block++
	}
	if block > t.block {
		t.enter(block - 1) // it begins with one, and may end with others
	}
}

// Postings returns those of the present term.
func (t *Terms) Postings() Postings {
	return parsePostings(t.raw(), t.Articles, t.dictionary.kind == Text)
}

// raw returns the bytes of the postings of the present term.
func (t *Terms) raw() []byte {
	return t.dictionary.postings[t.postings-t.size : t.postings : t.postings]
}

// common returns how many bytes two terms begin with alike.
func common(a, b []byte) (n int) {
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// dictionaryWriter makes a dictionary of terms that come in order.
type dictionaryWriter struct {
	terms    int
	last     []byte
	blocks   []byte
	starts   []uint64
	postings uint64 // bytes so far
}

// reset makes it one of no terms, in the room that it has.
func (w *dictionaryWriter) reset() {
	*w = dictionaryWriter{last: w.last[:0], blocks: w.blocks[:0], starts: w.starts[:0]}
}

// add adds a term with the number of articles that have it and of the bytes of its postings.
func (w *dictionaryWriter) add(term []byte, articles, size int) {
	shared := 0
	if w.terms%blockTerms == 0 {
		w.starts = append(w.starts, uint64(len(w.blocks)), w.postings)
	} else {
		shared = common(w.last, term)
	}
	w.blocks = binary.AppendUvarint(w.blocks, uint64(shared))
	w.blocks = binary.AppendUvarint(w.blocks, uint64(len(term)-shared))
	w.blocks = append(w.blocks, term[shared:]...)
	w.blocks = binary.AppendUvarint(w.blocks, uint64(articles))
	w.blocks = binary.AppendUvarint(w.blocks, uint64(size))
	w.last = append(w.last[:0], term...)
	w.terms++
	w.postings += uint64(size)
}

// write writes the sections of the dictionary.
func (w *dictionaryWriter) write(o *out, f *fieldContents) {
	f.Terms, f.Blocks, f.Starts = w.terms, section(o, w.blocks), section(o, w.starts)
}
