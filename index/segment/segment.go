// Package segment is the file of a segment: a set of articles that never changes, with their words, values, numbers and what
// is stored of them, laid out so that a search reads it where it lies.
//
// # Layout
//
// All integers are little-endian; "varint" is that of encoding/binary. Every section begins at a multiple of 8 bytes.
//
//	magic      8 bytes
//	sections   in any order; the contents says where each is
//	contents   JSON, see contents
//	trailer    offset of the contents (8 bytes), its length (4), and the CRC-32 (IEEE) of all bytes before it (4, big-endian)
//
// Articles are numbered from 0. The sections that every segment has: the ids one behind the other with the places where they
// begin, the articles in the order of their ids and the rank of each in it, and what is stored of each article.
//
// A field of words (Text) has a dictionary and postings; one of exact values (Keys) the same without frequencies and
// positions, and a column: the keys of each article by number, in order of the keys. A field of numbers (Number) has
// one an article: the least of all, and how much larger each is.
//
// A dictionary is blocks of blockTerms terms in byte order. A term is written as the number of bytes that it shares with the
// term before it in the block, the number of the others, these, how many articles have it, and how many bytes its postings
// have: all varints. Postings lie one behind the other in the order of their terms:
//
//	articles      fewer than sparseLimit: varints, each the difference to the one before; else the number of bytes (varint) of
//	              a Roaring bitmap in its portable format, and the bitmap
//	              (of Keys no more)
//	frequencies   a byte for each article; 255 for those of 255 and more
//	large ones    if there are any: how many (varint), and for each its place among the articles and its frequency (4 bytes
//	              each)
//	places        of more than blockArticles articles: for each block of so many 4 bytes, where its positions begin
//	positions     for each article as many varints as its frequency, each the difference to the one before
package segment

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"unsafe"
)

const (
	magic         = "datelin3"
	trailerBytes  = 16
	blockTerms    = 16
	sparseLimit   = 64
	blockArticles = 128
)

// Kind says what a field holds.
type Kind string

// The kinds of fields.
const (
	Text   Kind = "text"   // words and their positions
	Keys   Kind = "keys"   // exact values
	Number Kind = "number" // one integer an article
)

// Field is a field of the articles of a segment.
type Field struct {
	Name string
	Kind Kind
}

// contents says where everything is.
type contents struct {
	Articles   int             `json:"articles"`
	IDs        span            `json:"ids"`
	IDStarts   span            `json:"id_starts"` // uint32, one more than articles
	IDOrder    span            `json:"id_order"`  // uint32
	IDRanks    span            `json:"id_ranks"`  // uint32
	Stored     span            `json:"stored"`
	StoredEnds span            `json:"stored_starts"` // uint64, one more than articles
	Fields     []fieldContents `json:"fields"`
}

// fieldContents says where a field is.
type fieldContents struct {
	Name     string `json:"name"`
	Kind     Kind   `json:"kind"`
	Terms    int    `json:"terms,omitempty"`
	Blocks   span   `json:"blocks,omitzero"`
	Starts   span   `json:"starts,omitzero"` // of the blocks: uint64 pairs, in Blocks and in Postings
	Postings span   `json:"postings,omitzero"`
	Keys     int    `json:"keys,omitempty"` // distinct
	Wide     bool   `json:"wide,omitempty"` // the column has 4 bytes for a key, else 2
	Offsets  span   `json:"offsets,omitzero"`
	Column   span   `json:"column,omitzero"`
	Least    int64  `json:"least,omitempty"` // of the numbers, which are kept as what they are larger
	Width    int    `json:"width,omitempty"` // of one of these, in bytes: 1, 2, 4 or 8
	Numbers  span   `json:"numbers,omitzero"`
}

// span is a section: where it begins and how many bytes it has.
type span [2]uint64

func (s span) of(b []byte) []byte { return b[s[0] : s[0]+s[1] : s[0]+s[1]] }

// Segment is a segment that can be read. What it returns lies in the segment and must be neither changed nor read after
// Close. It may be used from many goroutines at once. A segment whose bytes are damaged may make its methods panic: whoever
// opens one that came from elsewhere compares its checksum first.
type Segment struct {
	bytes    []byte
	articles int
	ids      []byte
	idStarts []uint32
	order    []uint32
	ranks    []uint32
	stored   []byte
	ends     []uint64
	texts    map[string]*Dictionary
	keys     map[string]*Dictionary
	columns  map[string]*Column
	numbers  map[string]*numbers
	unmap    func() error
}

var errFormat = errors.New("not a segment of a Dateline index")

// Read reads a segment in memory.
func Read(b []byte) (*Segment, error) {
	if len(b) < len(magic)+trailerBytes || string(b[:len(magic)]) != magic {
		return nil, errFormat
	}
	if one := uint16(1); *(*byte)(unsafe.Pointer(&one)) != 1 {
		return nil, errors.New("segments are read on little-endian machines only")
	}
	trailer := b[len(b)-trailerBytes:]
	from, n := binary.LittleEndian.Uint64(trailer), uint64(binary.LittleEndian.Uint32(trailer[8:]))
	if from > uint64(len(b)) || n > uint64(len(b))-from {
		return nil, errFormat
	}
	var c contents
	if err := json.Unmarshal(b[from:from+n], &c); err != nil {
		return nil, fmt.Errorf("%w: %w", errFormat, err)
	}
	s := &Segment{
		bytes: b, articles: c.Articles, ids: c.IDs.of(b), idStarts: cast[uint32](c.IDStarts.of(b)), order: cast[uint32](c.IDOrder.of(b)),
		ranks: cast[uint32](c.IDRanks.of(b)), stored: c.Stored.of(b), ends: cast[uint64](c.StoredEnds.of(b)),
		texts: map[string]*Dictionary{}, keys: map[string]*Dictionary{}, columns: map[string]*Column{}, numbers: map[string]*numbers{},
	}
	for _, f := range c.Fields {
		s.field(b, f)
	}
	return s, nil
}

func (s *Segment) field(b []byte, f fieldContents) {
	dictionary := &Dictionary{
		kind: f.Kind, terms: f.Terms, blocks: f.Blocks.of(b), starts: cast[uint64](f.Starts.of(b)), postings: f.Postings.of(b),
	}
	switch f.Kind {
	case Text:
		s.texts[f.Name] = dictionary
	case Keys:
		s.keys[f.Name] = dictionary
		c := &Column{Keys: f.Keys, Offsets: cast[uint32](f.Offsets.of(b))}
		if f.Wide {
			c.Wide = cast[uint32](f.Column.of(b))
		} else {
			c.Narrow = cast[uint16](f.Column.of(b))
		}
		s.columns[f.Name] = c
	case Number:
		s.numbers[f.Name] = &numbers{f.Least, f.Width, f.Numbers.of(b)}
	}
}

// cast reads bytes as the numbers that they are.
func cast[T uint16 | uint32 | uint64 | int64](b []byte) []T {
	if len(b) == 0 {
		return nil
	}
	var t T
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(b))), len(b)/int(unsafe.Sizeof(t)))
}

// Count returns the number of articles.
func (s *Segment) Count() int { return s.articles }

// Size returns the number of bytes of the segment.
func (s *Segment) Size() int { return len(s.bytes) }

// Close releases the memory of a segment that was opened from a file.
func (s *Segment) Close() error {
	if s.unmap == nil {
		return nil
	}
	unmap := s.unmap
	s.unmap = nil
	return unmap()
}

// ID returns the id of an article.
func (s *Segment) ID(article uint32) []byte { return s.ids[s.idStarts[article]:s.idStarts[article+1]] }

// Ranks returns the place of each article's id in their order.
func (s *Segment) Ranks() []uint32 { return s.ranks }

// Behind returns how many ids are not behind an id in byte order, it being among them or not.
func (s *Segment) Behind(id string) int {
	low, high := 0, s.articles
	for low < high {
		m := (low + high) / 2
		if string(s.ID(s.order[m])) <= id {
			low = m + 1
		} else {
			high = m
		}
	}
	return low
}

// Find returns the article with an id.
func (s *Segment) Find(id string) (article uint32, ok bool) {
	n := s.Behind(id)
	if n == 0 || string(s.ID(s.order[n-1])) != id {
		return 0, false
	}
	return s.order[n-1], true
}

// Stored returns what is stored of an article.
func (s *Segment) Stored(article uint32) []byte { return s.stored[s.ends[article]:s.ends[article+1]] }

// Text returns the dictionary of a field of words, an empty one where there is none.
func (s *Segment) Text(field string) *Dictionary { return orEmpty(s.texts[field], Text) }

// Keys returns the dictionary of a field of exact values, an empty one where there is none.
func (s *Segment) Keys(field string) *Dictionary { return orEmpty(s.keys[field], Keys) }

func orEmpty(d *Dictionary, k Kind) *Dictionary {
	if d == nil {
		return &Dictionary{kind: k}
	}
	return d
}

// Column returns the keys of each article in a field of exact values; nil where no article has any.
func (s *Segment) Column(field string) *Column { return s.columns[field] }

// Numbers returns the number of each article in a field of numbers, 0 where there is none. It makes the list.
func (s *Segment) Numbers(field string) []int64 {
	list, n := make([]int64, s.articles), s.numbers[field]
	for i := range list {
		list[i] = n.at(uint32(i))
	}
	return list
}

// numbers are those of a field.
type numbers struct {
	least int64
	width int
	above []byte
}

func (n *numbers) at(article uint32) int64 {
	if n == nil {
		return 0
	}
	switch n.width {
	case 1:
		return n.least + int64(n.above[article])
	case 2:
		return n.least + int64(binary.LittleEndian.Uint16(n.above[2*article:]))
	case 4:
		return n.least + int64(binary.LittleEndian.Uint32(n.above[4*article:]))
	}
	return n.least + int64(binary.LittleEndian.Uint64(n.above[8*article:]))
}

// fields returns the fields of the segment in the order of their names.
func (s *Segment) fields() (list []Field) {
	for name := range s.texts {
		list = append(list, Field{name, Text})
	}
	for name := range s.keys {
		list = append(list, Field{name, Keys})
	}
	for name := range s.numbers {
		list = append(list, Field{name, Number})
	}
	return list
}

// Column holds the keys of each article of a segment, numbered from 0 in byte order, those of one article ascending.
type Column struct {
	Keys int // how many there are
	// Offsets says where the keys of each article begin: those of article a are the ones from Offsets[a] to Offsets[a+1]. It
	// is nil when no article has more than one: then the a-th is that of article a, and Keys stands for none.
	Offsets []uint32
	Narrow  []uint16 // the keys, when there are fewer than 65,536
	Wide    []uint32 // else
}

// Of appends the keys of an article.
func (c *Column) Of(dst []uint32, article uint32) []uint32 {
	from, to := article, article+1
	if c.Offsets != nil {
		from, to = c.Offsets[article], c.Offsets[article+1]
	}
	for i := from; i < to; i++ {
		if k := c.at(i); k < uint32(c.Keys) {
			dst = append(dst, k)
		}
	}
	return dst
}

func (c *Column) at(i uint32) uint32 {
	if c.Wide != nil {
		return c.Wide[i]
	}
	return uint32(c.Narrow[i])
}

// KeyEnd parts the key of a value from the value as written: see Value.
const KeyEnd = 0

// Value makes the term of a value: its key, KeyEnd and, where it differs from the key, the value as written. So all
// spellings of a key lie together.
func Value(key, written string) string {
	return string(AppendWritten([]byte(key), written))
}

// AppendWritten makes the term of a value of its key, as Value does.
func AppendWritten(key []byte, written string) []byte {
	same := string(key) == written
	term := append(key, KeyEnd)
	if same {
		return term
	}
	return append(term, written...)
}

// CutValue returns the key and the value of a term that Value made.
func CutValue(term []byte) (key, written []byte) {
	key, written, _ = bytes.Cut(term, []byte{KeyEnd})
	if len(written) == 0 {
		written = key
	}
	return key, written
}
