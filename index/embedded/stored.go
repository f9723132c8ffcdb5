package embedded

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"

	"dateline/index"
)

// A stored article is a header, where it was read from (format and path), and what it says (see saying), compressed with
// zstd. The header has what a put needs to know of the article it may replace: a hash of what it says, when it was
// indexed, and which version of the article it is.
const (
	hashBytes   = 16
	headerBytes = 1 + hashBytes + 3*8 + 4 // version of the form, hash, indexed, since and until in Unix seconds, number
	storedV3    = 3
)

// maxStoredBytes bounds what a stored article may expand to: a damaged frame must not take the memory.
const maxStoredBytes = 256 << 20

var (
	encoder, _ = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(4),
		zstd.WithEncoderCRC(false), zstd.WithWindowSize(1<<20), zstd.WithSingleSegment(true))
	decoder, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(4), zstd.WithDecoderMaxMemory(maxStoredBytes))
)

// content is what an article says: everything but when it was indexed and where it was read from. Two articles with one
// hash are unchanged to each other.
type content struct {
	bytes []byte
	hash  [hashBytes]byte
}

func contentOf(a *index.Article) content {
	b := appendSaying(make([]byte, 0, sayingBytes(a)), a)
	sum := sha256.Sum256(b)
	return content{b, [hashBytes]byte(sum[:hashBytes])}
}

// sayingBytes is about how much appendSaying writes, rather more than less: the text would be copied to have more room.
func sayingBytes(a *index.Article) int {
	n := 1024 + len(a.Title) + len(a.Lead) + len(a.Body)
	for i := range a.Entities {
		e := &a.Entities[i]
		n += 16 + len(e.Name) + 24*len(e.Aliases) + 4*len(e.Mentions)
	}
	return n
}

// replacement is what bytes that are not UTF-8 become.
var replacement = []byte("\uFFFD")

// said returns the article as it is kept: as it was put, but for bytes that are not UTF-8.
func (c *content) said(a *index.Article) index.Article {
	kept := *a
	if !bytes.Contains(c.bytes, replacement) { // as in most: no list of what it says need be made
		return kept
	}
	broken := func(s *string) bool { return !utf8.ValidString(*s) }
	if slices.ContainsFunc(saidStrings(a), broken) || slices.ContainsFunc(saidLists(a), func(s string) bool { return broken(&s) }) {
		r := &sayings{rest: c.bytes}
		r.article(&kept)
	}
	return kept
}

// saidLists returns the strings of the lists of an article that are searched.
func saidLists(a *index.Article) []string {
	list := slices.Concat(a.Authors, a.Topics, a.Flags)
	for _, e := range a.Entities {
		list = append(list, e.Name)
	}
	return list
}

// encode writes an article for storing.
func (c *content) encode(a *index.Article, l life) []byte {
	stored := make([]byte, 0, headerBytes+len(a.Path)+len(a.Format)+8+len(c.bytes)/2)
	stored = append(stored, storedV3)
	stored = append(stored, c.hash[:]...)
	for _, t := range []int64{a.Indexed.Unix(), l.since, l.until} {
		stored = binary.BigEndian.AppendUint64(stored, uint64(t))
	}
	stored = binary.BigEndian.AppendUint32(stored, l.number)
	stored = appendString(appendString(stored, a.Format), a.Path)
	return encoder.EncodeAll(c.bytes, stored)
}

// storedHeader is the header of a stored article.
type storedHeader struct {
	hash    [hashBytes]byte
	indexed index.Time
	life
}

// errStored is what a stored article gives that is not as it was written.
var errStored = errors.New("a stored article cannot be read")

func decodeHeader(stored []byte) (storedHeader, error) {
	if len(stored) < headerBytes || stored[0] != storedV3 {
		return storedHeader{}, errStored
	}
	h := storedHeader{hash: [hashBytes]byte(stored[1 : 1+hashBytes])}
	seconds := func(i int) int64 { return int64(binary.BigEndian.Uint64(stored[1+hashBytes+8*i:])) }
	h.indexed = index.At(time.Unix(seconds(0), 0))
	h.life = life{since: seconds(1), until: seconds(2), number: binary.BigEndian.Uint32(stored[headerBytes-4:])}
	return h, nil
}

// decodeArticle reads what encode wrote.
func decodeArticle(stored []byte) (index.Article, error) {
	var a index.Article
	h, err := decodeHeader(stored)
	if err != nil {
		return a, err
	}
	r := &sayings{rest: stored[headerBytes:]}
	a.Indexed, a.Format, a.Path = h.indexed, r.string(), r.string()
	if r.rest, err = decoder.DecodeAll(r.rest, nil); err != nil {
		return a, fmt.Errorf("%w: %w", errStored, err)
	}
	r.article(&a)
	if r.bad || len(r.rest) > 0 {
		return index.Article{}, errStored
	}
	h.life.mark(&a)
	return a, nil
}

// appendSaying writes what an article says, fields in the order below: strings and lists with their length before them,
// times as Unix seconds, all numbers as varints. Absent and empty are the same.
func appendSaying(b []byte, a *index.Article) []byte {
	for _, s := range saidStrings(a) {
		b = appendString(b, *s)
	}
	b = appendStrings(appendStrings(appendStrings(b, a.Authors), a.Topics), a.Flags)
	b = appendTime(appendTime(b, a.Published), a.Updated)
	b = binary.AppendVarint(b, int64(a.Words))
	b = binary.AppendUvarint(b, uint64(len(a.Entities)))
	m := mentions{fields: mentioned(a)}
	for i := range a.Entities {
		b = m.appendEntity(b, &a.Entities[i])
	}
	b = binary.AppendUvarint(b, uint64(len(a.Extra)))
	for _, name := range slices.Sorted(maps.Keys(a.Extra)) {
		value := a.Extra[name]
		if len(value) == 0 {
			value = json.RawMessage("null") // as JSON writes it
		}
		b = appendString(appendString(b, name), string(value))
	}
	return b
}

// saidStrings are the fields of an article that are one string.
func saidStrings(a *index.Article) []*string {
	return []*string{
		&a.ID, &a.URL, &a.Source, &a.Agency, &a.Title, &a.Lead, &a.Body, &a.Dateline, &a.Precision, &a.DateFrom, &a.Language,
		&a.Section, &a.Story, &a.Text,
	}
}

// appendString writes a string; bytes that are not UTF-8 become U+FFFD each, as in JSON.
func appendString(b []byte, s string) []byte {
	s = valid(s)
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// valid returns a string as it is kept.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}

func appendStrings(b []byte, list []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, s := range list {
		b = appendString(b, s)
	}
	return b
}

// appendTime writes 0 for no time, else one more than the seconds since year 1, which are never negative.
func appendTime(b []byte, t index.Time) []byte {
	if t.IsZero() {
		return binary.AppendUvarint(b, 0)
	}
	return binary.AppendUvarint(b, uint64(t.Unix()-yearOne)+1)
}

var yearOne = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// sayings reads what appendSaying wrote. After the first thing that does not fit it is bad and yields nothing.
type sayings struct {
	rest []byte
	bad  bool
}

func (r *sayings) article(a *index.Article) {
	for _, s := range saidStrings(a) {
		*s = r.string()
	}
	a.Authors, a.Topics, a.Flags = r.strings(), r.strings(), r.strings()
	a.Published, a.Updated = r.time(), r.time()
	a.Words = r.int()
	a.Entities, a.Extra = nil, nil
	m := mentions{fields: mentioned(a)}
	for range r.count() {
		a.Entities = append(a.Entities, r.entity(&m))
	}
	n := r.count()
	if n > 0 {
		a.Extra = map[string]json.RawMessage{}
	}
	for range n {
		name := r.string()
		a.Extra[name] = json.RawMessage(r.string())
	}
}

// count reads a number of things that take at least a byte each.
func (r *sayings) count() int {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 || n > uint64(len(r.rest)) {
		r.bad, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[size:]
	return int(n)
}

func (r *sayings) string() string {
	n := r.count()
	if n > len(r.rest) {
		r.bad, r.rest = true, nil
		return ""
	}
	s := string(r.rest[:n])
	r.rest = r.rest[n:]
	return s
}

func (r *sayings) strings() (list []string) {
	for range r.count() {
		list = append(list, r.string())
	}
	return list
}

func (r *sayings) int() int {
	n, size := binary.Varint(r.rest)
	if size <= 0 {
		r.bad, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[size:]
	return int(n)
}

func (r *sayings) time() index.Time {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 {
		r.bad, r.rest = true, nil
		return index.Time{}
	}
	r.rest = r.rest[size:]
	if n == 0 {
		return index.Time{}
	}
	return index.At(time.Unix(int64(n-1)+yearOne, 0))
}
