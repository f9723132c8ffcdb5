package segment

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"
)

// Postings are those of one term: the articles that have it in ascending order, and of a field of words how often each has it
// and where.
type Postings struct {
	N      int    // articles
	dense  []byte // a bitmap, or
	sparse []byte // varints
	freqs  []byte
	large  []byte // see largeBytes
	blocks []byte
	places []byte // the positions
}

const (
	maxByte    = 255 // marks a frequency that does not fit into a byte
	largeBytes = 8   // of one of these: its place among the articles, and the frequency
)

func parsePostings(b []byte, n int, words bool) Postings {
	p := Postings{N: n}
	if n < sparseLimit {
		end := skipVarints(b, 0, n)
		p.sparse, b = b[:end], b[end:]
	} else {
		size, m := binary.Uvarint(b)
		p.dense, b = b[m:m+int(size)], b[m+int(size):]
	}
	if !words {
		return p
	}
	p.freqs, b = b[:n], b[n:]
	if bytes.IndexByte(p.freqs, maxByte) >= 0 {
		count, m := binary.Uvarint(b)
		end := m + largeBytes*int(count)
		p.large, b = b[m:end], b[end:]
	}
	if n > blockArticles {
		size := 4 * ((n + blockArticles - 1) / blockArticles)
		p.blocks, b = b[:size], b[size:]
	}
	p.places = b
	return p
}

// skipVarints returns where the n-th varint from a place ends. Those of one byte are most: eight bytes are looked at at once.
func skipVarints(b []byte, at, n int) int {
	for n >= 8 && at+8 <= len(b) {
		ends := bits.OnesCount64(^binary.LittleEndian.Uint64(b[at:]) & 0x8080808080808080)
		at, n = at+8, n-ends
	}
	for n > 0 {
		if b[at] < 0x80 {
			n--
		}
		at++
	}
	return at
}

// Docs returns the articles. The bitmap must not be changed.
func (p *Postings) Docs() *roaring.Bitmap {
	docs := roaring.New()
	if p.dense != nil {
		if _, err := docs.FromBuffer(p.dense); err != nil {
			panic(err)
		}
		return docs
	}
	var list [sparseLimit]uint32
	docs.AddMany(p.AppendDocs(list[:0]))
	return docs
}

// AppendDocs appends the articles.
func (p *Postings) AppendDocs(dst []uint32) []uint32 {
	if p.dense == nil {
		doc := uint32(0)
		for b := p.sparse; len(b) > 0; {
			n, size := binary.Uvarint(b)
			doc += uint32(n)
			b, dst = b[size:], append(dst, doc)
		}
		return dst
	}
	if list, base, ok := arrayOf(p.dense); ok {
		for ; len(list) > 0; list = list[2:] {
			dst = append(dst, base+uint32(binary.LittleEndian.Uint16(list)))
		}
		return dst
	}
	from := len(dst)
	dst = slices.Grow(dst, p.N)[:from+p.N]
	it := p.Docs().ManyIterator()
	for n := from; n < len(dst); {
		n += it.NextMany(dst[n:])
	}
	return dst
}

// Bytes returns the frequencies as they are kept: those of Large bytes are larger than that.
func (p *Postings) Bytes() []byte { return p.freqs }

// Large is the byte of a frequency that Frequency has to be asked for.
const Large = maxByte

// Frequency returns how often the i-th of the articles has the term.
func (p *Postings) Frequency(i int) int {
	f := int(p.freqs[i])
	if f < maxByte {
		return f
	}
	at := func(n int) uint32 { return binary.LittleEndian.Uint32(p.large[largeBytes*n:]) }
	n := sort.Search(len(p.large)/largeBytes, func(n int) bool { return int(at(n)) >= i })
	return int(binary.LittleEndian.Uint32(p.large[largeBytes*n+4:]))
}

// Positions reads the positions of articles in ascending order.
type Positions struct {
	Postings
	i  int // the next article's place among the articles
	at int // where its positions begin
}

// Positions returns a reader of positions.
func (p *Postings) Positions() Positions { return Positions{Postings: *p} }

// Read appends the positions of the i-th of the articles, ascending. Calls must not go back.
func (r *Positions) Read(dst []uint32, i int) []uint32 {
	r.seek(i)
	position := uint32(0)
	at := r.at
	for range r.Frequency(i) {
		n := uint64(r.places[at])
		if at++; n >= 0x80 {
			var size int
			n, size = binary.Uvarint(r.places[at-1:])
			at += size - 1
		}
		position += uint32(n)
		dst = append(dst, position)
	}
	r.i, r.at = i+1, at
	return dst
}

// seek goes to the positions of the i-th of the articles.
func (r *Positions) seek(i int) {
	if block := i / blockArticles; r.blocks != nil && block > r.i/blockArticles {
		r.i, r.at = block*blockArticles, int(binary.LittleEndian.Uint32(r.blocks[4*block:]))
	}
	skip := 0
	for ; r.i < i; r.i++ {
		skip += r.Frequency(r.i)
	}
	r.at = skipVarints(r.places, r.at, skip)
}

// postingsWriter makes the postings of one term after the other.
type postingsWriter struct {
	words  bool
	docs   []uint32
	freqs  []byte
	large  []byte
	blocks []byte
	places []byte
	buf    []byte
}

func (w *postingsWriter) reset() {
	w.docs, w.freqs, w.large = w.docs[:0], w.freqs[:0], w.large[:0]
	w.blocks, w.places = w.blocks[:0], w.places[:0]
}

// add adds an article, and its frequency where the field is one of words; its positions are to be appended to places.
func (w *postingsWriter) add(doc uint32, frequency int) {
	w.docs = append(w.docs, doc)
	if w.words {
		w.frequency(frequency, len(w.places))
	}
}

// frequency adds the frequency of the next article, whose positions begin at a place.
func (w *postingsWriter) frequency(n, at int) {
	i := len(w.freqs)
	if i%blockArticles == 0 {
		w.blocks = binary.LittleEndian.AppendUint32(w.blocks, uint32(at))
	}
	w.freqs = append(w.freqs, byte(min(n, maxByte)))
	if n >= maxByte {
		w.large = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(w.large, uint32(i)), uint32(n))
	}
}

// copy adds all articles of other postings, whose numbers grow by base.
func (w *postingsWriter) copy(p *Postings, base uint32) {
	from := len(w.docs)
	w.docs = p.AppendDocs(w.docs)
	for i := range w.docs[from:] {
		w.docs[from+i] += base
	}
	if !w.words {
		return
	}
	at, skip := 0, 0 // in p.places; positions not yet passed over
	for i := range p.freqs {
		if len(w.freqs)%blockArticles == 0 {
			at, skip = skipVarints(p.places, at, skip), 0
		}
		n := p.Frequency(i)
		w.frequency(n, len(w.places)+at)
		skip += n
	}
	w.places = append(w.places, p.places...)
}

// bytes returns the postings. They are valid until the next call.
func (w *postingsWriter) bytes() []byte {
	b := w.buf[:0]
	if len(w.docs) < sparseLimit {
		last := uint32(0)
		for _, doc := range w.docs {
			b = binary.AppendUvarint(b, uint64(doc-last))
			last = doc
		}
	} else {
		b = appendDense(b, w.docs)
	}
	b = append(b, w.freqs...)
	if len(w.large) > 0 {
		b = append(binary.AppendUvarint(b, uint64(len(w.large)/largeBytes)), w.large...)
	}
	if w.words && len(w.docs) > blockArticles {
		b = append(b, w.blocks...)
	}
	w.buf = append(b, w.places...)
	return w.buf
}

// Most bitmaps are one array: up to maxArray articles whose numbers differ in the lower 16 bits alone. Its header, of the portable
// format of Roaring, is the cookie and a count of 1 (4 bytes each), the upper 16 bits, the number of articles less 1 (2 bytes each),
// and where the array begins (4).
const (
	maxArray    = 4096
	arrayHeader = 16
	arrayCookie = 12346
)

// appendDense appends a bitmap with its length before it, the same bytes as package roaring makes.
func appendDense(b []byte, docs []uint32) []byte {
	n, key := len(docs), docs[0]>>16
	if n <= maxArray && docs[n-1]>>16 == key {
		b = binary.AppendUvarint(b, uint64(arrayHeader+2*n))
		b = binary.LittleEndian.AppendUint32(b, arrayCookie)
		b = binary.LittleEndian.AppendUint32(b, 1)
		b = binary.LittleEndian.AppendUint32(b, uint32(n-1)<<16|key)
		b = binary.LittleEndian.AppendUint32(b, arrayHeader)
		for _, doc := range docs {
			b = binary.LittleEndian.AppendUint16(b, uint16(doc))
		}
		return b
	}
	bitmap := roaring.New()
	bitmap.AddMany(docs)
	b = binary.AppendUvarint(b, bitmap.GetSerializedSizeInBytes())
	dense, err := bitmap.ToBytes()
	if err != nil {
		panic(err) // into memory
	}
	return append(b, dense...)
}

// arrayOf returns the numbers of a bitmap of one array, 2 bytes each, and what is to be added to each; ok is false for others.
func arrayOf(dense []byte) (list []byte, base uint32, ok bool) {
	if len(dense) < arrayHeader || binary.LittleEndian.Uint32(dense) != arrayCookie || binary.LittleEndian.Uint32(dense[4:]) != 1 {
		return nil, 0, false
	}
	head := binary.LittleEndian.Uint32(dense[8:])
	list = dense[arrayHeader:]
	return list, head << 16, len(list) == 2*(int(head>>16)+1) && len(list) <= 2*maxArray
}
