package embedded

import (
	"strconv"
	"strings"
	"time"

	bleve "github.com/blevesearch/bleve_index_api"

	"dateline/index"
	"dateline/index/analysis"
)

// The layout of a document. Besides the fields of prose (proseField) and the exact fields (valueFields), whose terms
// are made by valueTerm, each article has one term in each of these.
const (
	fieldID      = "_id"
	fieldArticle = "article" // stored only: the whole article, compressed; see stored.go
	fieldSecond  = "second"  // publication, timeTerm; absent when undated
	fieldIndexed = "indexed" // timeTerm
	fieldLengths = "lengths" // words in each field of prose, lengthsTerm
)

// proseField is the name of a field of prose: author is a field of both kinds.
func proseField(name string) string { return "prose." + name }

// breaksField is the name of the field that says where sentences and paragraphs of a field of prose begin: the positions of
// their first words, those of the first of all left out.
func breaksField(name string) string { return "breaks." + name }

// The terms of a breaksField.
const (
	sentenceTerm  = "s"
	paragraphTerm = "p"
)

// valueFields are the exact fields that queries and facets read. The entity field of the language is person, org and place
// together; id is Bleve's own field.
var valueFields = []string{
	"source", "agency", "person", "org", "place", "author", "language", "section", "topic", "story", "text",
}

// valueSeparator stands between the key of a value and the value as written, so that a dictionary yields both: all
// spellings of a key lie together.
const valueSeparator = "\x00"

// valueTerm makes the term of a value with its key. A value that is its own key stands once.
func valueTerm(key, written string) string {
	if key == written {
		return key + valueSeparator
	}
	return key + valueSeparator + written
}

// cutValueTerm returns the key and the value of a valueTerm.
func cutValueTerm(term string) (key, written string) {
	key, written, _ = strings.Cut(term, valueSeparator)
	if written == "" {
		written = key
	}
	return key, written
}

// valueTerms makes the terms of exact values: each key, as written. A value with an empty key is none.
func valueTerms(written []string) (terms []string) {
	for _, w := range written {
		if key := analysis.Fold(w); key != "" {
			terms = append(terms, valueTerm(key, w))
		}
	}
	return terms
}

// timeTerm writes an instant so that byte order is time order: seconds since year 1, in 10 hexadecimal digits.
func timeTerm(t time.Time) string {
	s := strconv.FormatInt(t.Unix()-yearOne, 16)
	return "0000000000"[:10-len(s)] + s
}

var yearOne = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// parseTimeTerm returns the Unix seconds of a timeTerm.
func parseTimeTerm(term string) (int64, error) {
	n, err := strconv.ParseInt(term, 16, 64)
	return n + yearOne, err
}

// lengthsTerm writes the number of words of each field of prose, in the order of index.TextFields, in base 36.
func lengthsTerm(lengths []int) string {
	parts := make([]string, len(lengths))
	for i, n := range lengths {
		parts[i] = strconv.FormatInt(int64(n), 36)
	}
	return strings.Join(parts, ".")
}

// parseLengthsTerm reads what lengthsTerm wrote into lengths.
func parseLengthsTerm(term string, lengths []uint32) error {
	for i := range lengths {
		part, rest, _ := strings.Cut(term, ".")
		n, err := strconv.ParseUint(part, 36, 32)
		if err != nil {
			return err
		}
		lengths[i], term = uint32(n), rest
	}
	return nil
}

// document is an analysed article, ready for Bleve. It implements the Document of bleve_index_api. Everything is computed
// before, by the writer that made it, so that Bleve's own analysis finds nothing to do.
type document struct {
	id     string
	fields []*field
	bytes  int // of text
}

func (d *document) ID() string                                 { return d.id }
func (d *document) Size() int                                  { return d.bytes }
func (d *document) HasComposite() bool                         { return false }
func (d *document) VisitComposite(bleve.CompositeFieldVisitor) {}
func (d *document) NumPlainTextBytes() uint64                  { return uint64(d.bytes) }
func (d *document) StoredFieldsBytes() uint64                  { return 0 }
func (d *document) Indexed() bool                              { return true }

// AddIDField adds the id, which Bleve asks for when it takes the document.
func (d *document) AddIDField() {
	f := termField(fieldID, bleve.IndexField|bleve.StoreField, d.id)
	f.value = []byte(d.id)
	d.fields = append(d.fields, f)
}

// VisitFields calls the visitor with each field.
func (d *document) VisitFields(visit bleve.FieldVisitor) {
	for _, f := range d.fields {
		visit(f)
	}
}

// field is one field of a document. It implements the Field of bleve_index_api.
type field struct {
	name    string
	value   []byte // what is stored
	options bleve.FieldIndexingOptions
	length  int // in words
	terms   bleve.TokenFrequencies
}

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return f.value }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) Analyze()                                         {}
func (f *field) Options() bleve.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                              { return f.length }
func (f *field) AnalyzedTokenFrequencies() bleve.TokenFrequencies { return f.terms }
func (f *field) NumPlainTextBytes() uint64                        { return uint64(len(f.value)) }

// keyword are the options of an exact field: no frequencies, no positions. Its column is made from its dictionary.
const keyword = bleve.IndexField | bleve.SkipFreqNorm

// termField makes a field of exact terms. Bleve takes the terms from the keys of the map.
func termField(name string, options bleve.FieldIndexingOptions, terms ...string) *field {
	f := &field{name: name, options: options, length: len(terms), terms: make(bleve.TokenFrequencies, len(terms))}
	for _, t := range terms {
		tf := &bleve.TokenFreq{}
		tf.SetFrequency(1)
		f.terms[t] = tf
	}
	return f
}

// builder makes documents. It is for one goroutine.
type builder struct {
	tok    analysis.Tokenizer
	tokens []analysis.Token
	counts []int                  // by the tokens' numbers, of the field being built; zero between fields
	slots  []int                  // by the tokens' numbers: where the term's frequency is
	places []*bleve.TokenLocation // by position: Bleve only reads them, so all documents share them
}

// maxSharedPlaces bounds what a builder keeps; positions beyond, which few articles have, are made each time.
const maxSharedPlaces = 1 << 15

// place returns a location at a position.
func (b *builder) place(position int) *bleve.TokenLocation {
	if position >= maxSharedPlaces {
		return &bleve.TokenLocation{Position: position}
	}
	for len(b.places) <= position {
		slab := make([]bleve.TokenLocation, 1024)
		for i := range slab {
			slab[i].Position = len(b.places)
			b.places = append(b.places, &slab[i])
		}
	}
	return b.places[position]
}

// document analyses an article.
func (b *builder) document(a *index.Article, stored []byte) *document {
	d := &document{id: a.ID, bytes: len(a.Title) + len(a.Lead) + len(a.Body)}
	d.fields = append(d.fields, &field{name: fieldArticle, value: stored, options: bleve.StoreField})
	lengths := make([]int, len(index.TextFields))
	for i, tf := range index.TextFields {
		if f := b.text(proseField(tf.Name), tf.Of(a)); f != nil {
			d.fields = append(d.fields, f)
			lengths[i] = f.length
			if breaks := b.breaks(breaksField(tf.Name)); breaks != nil {
				d.fields = append(d.fields, breaks)
			}
		}
	}
	for _, name := range valueFields {
		if terms := valueTerms(a.Values(name)); len(terms) > 0 {
			d.fields = append(d.fields, termField(name, keyword, terms...))
		}
	}
	if !a.Published.IsZero() {
		d.fields = append(d.fields, termField(fieldSecond, keyword, timeTerm(a.Published.Time)))
	}
	d.fields = append(d.fields,
		termField(fieldIndexed, keyword, timeTerm(a.Indexed.Time)),
		termField(fieldLengths, keyword, lengthsTerm(lengths)))
	return d
}

// text makes a field of prose, or nil when there is no word in it. Offsets are not indexed: what is shown is analysed again.
func (b *builder) text(name, text string) *field {
	b.tokens = b.tok.Tokens(b.tokens[:0], text)
	if len(b.tokens) == 0 {
		return nil
	}
	distinct := b.count()
	terms := make(bleve.TokenFrequencies, distinct)
	frequencies := make([]bleve.TokenFreq, 0, distinct)
	pointers := make([]*bleve.TokenLocation, len(b.tokens))
	free := 0 // of pointers
	for i := range b.tokens {
		t := &b.tokens[i]
		if n := b.counts[t.Number]; n > 0 {
			b.counts[t.Number], b.slots[t.Number] = 0, len(frequencies)
			frequencies = append(frequencies, bleve.TokenFreq{Locations: pointers[free : free : free+n]})
			tf := &frequencies[len(frequencies)-1]
			tf.SetFrequency(n)
			terms[t.Term] = tf
			free += n
		}
		tf := &frequencies[b.slots[t.Number]]
		tf.Locations = append(tf.Locations, b.place(t.Position))
	}
	return &field{
		name: name, options: bleve.IndexField | bleve.IncludeTermVectors, length: len(b.tokens), terms: terms,
	}
}

// breaks makes the field of the breaks in the text analysed last, or nil when there are none.
func (b *builder) breaks(name string) *field {
	f := &field{name: name, options: bleve.IndexField | bleve.IncludeTermVectors, terms: bleve.TokenFrequencies{}}
	add := func(term string, position int) {
		tf := f.terms[term]
		if tf == nil {
			tf = &bleve.TokenFreq{}
			f.terms[term] = tf
		}
		tf.Locations = append(tf.Locations, b.place(position))
		tf.SetFrequency(len(tf.Locations))
		f.length++
	}
	for i := 1; i < len(b.tokens); i++ {
		last, t := &b.tokens[i-1], &b.tokens[i]
		if t.Sentence != last.Sentence {
			add(sentenceTerm, t.Position)
		}
		if t.Paragraph != last.Paragraph {
			add(paragraphTerm, t.Position)
		}
	}
	if f.length == 0 {
		return nil
	}
	return f
}

// count counts the tokens of each term, and returns the number of terms.
func (b *builder) count() (distinct int) {
	if n := b.tok.Terms(); n > len(b.counts) {
		b.counts = append(b.counts, make([]int, n-len(b.counts))...)
		b.slots = append(b.slots, make([]int, n-len(b.slots))...)
	}
	for i := range b.tokens {
		n := b.tokens[i].Number
		if b.counts[n] == 0 {
			distinct++
		}
		b.counts[n]++
	}
	return distinct
}
