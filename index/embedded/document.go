package embedded

import (
	"bytes"
	"slices"

	bleve "github.com/blevesearch/bleve_index_api"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/marks"
	"dateline/index/segment"
)

// The fields of numbers of an article.
const (
	fieldSecond  = "second"  // publication, in Unix seconds; 0 when there is none
	fieldDating  = "dating"  // how well the publication is known
	fieldIndexed = "indexed" // Unix seconds
	fieldAhead   = "ahead"   // 1 for what is flagged as of the future
	fieldSince   = "since"   // Unix seconds: see life
	fieldUntil   = "until"
	fieldNumber  = "number" // 0 for the first version
)

// The numbers of fieldDating.
const (
	datedToSecond = iota
	datedToDay    // at best
	datedNever
)

// proseField is the name of a field of prose: author is a field of both kinds.
func proseField(name string) string { return "prose." + name }

// breaksField is the name of the field that says where sentences and paragraphs of a field of prose begin: the positions of
// their first words, those of the first of all left out.
func breaksField(name string) string { return "breaks." + name }

// marksField is the name of the field that says which words of a field of prose lie in mentions: their positions, under the
// term of their classes.
func marksField(name string) string { return "marks." + name }

// markTerm is the term of words that are of just the classes of a set, so that no position is under two terms.
func markTerm(s marks.Set) string { return string('0' + rune(s)) }

// marked reports whether a field of prose has mentions.
func marked(name string) bool { return slices.Contains(index.DefaultTextFields, name) }

// lengthField is the name of the field of the number of words in a field of prose.
func lengthField(name string) string { return "words." + name }

// The terms of a breaksField.
const (
	sentenceTerm  = "s"
	paragraphTerm = "p"
)

// valueFields are the exact fields that queries and facets read. The entity field of the language is person, org and place
// together; the id is the segment's own. The last are other names in the articles: see aliasField.
var valueFields = []string{
	"source", "agency", "person", "org", "place", "author", "language", "section", "topic", "story", "text", "flag",
	aliasField(index.Person), aliasField(index.Org), aliasField(index.Place),
}

// schema are the fields of a segment.
var schema = schemaOf()

func schemaOf() (fields []segment.Field) {
	for _, f := range index.TextFields {
		fields = append(fields,
			segment.Field{Name: proseField(f.Name), Kind: segment.Text},
			segment.Field{Name: breaksField(f.Name), Kind: segment.Text},
			segment.Field{Name: lengthField(f.Name), Kind: segment.Number})
		if marked(f.Name) {
			fields = append(fields, segment.Field{Name: marksField(f.Name), Kind: segment.Text})
		}
	}
	for _, name := range valueFields {
		fields = append(fields, segment.Field{Name: name, Kind: segment.Keys})
	}
	for _, name := range []string{fieldSecond, fieldDating, fieldIndexed, fieldAhead, fieldSince, fieldUntil, fieldNumber} {
		fields = append(fields, segment.Field{Name: name, Kind: segment.Number})
	}
	return fields
}

// document is an article in a batch, for Bleve. It implements the Document of bleve_index_api. Everything that is searched is
// in the segment that its batch makes, so Bleve's own analysis finds nothing to do.
type document struct {
	id    string
	batch *builder
	bytes int // of text
}

func (d *document) ID() string                                 { return d.id }
func (d *document) Size() int                                  { return d.bytes }
func (d *document) HasComposite() bool                         { return false }
func (d *document) VisitComposite(bleve.CompositeFieldVisitor) {}
func (d *document) NumPlainTextBytes() uint64                  { return uint64(d.bytes) }
func (d *document) StoredFieldsBytes() uint64                  { return 0 }
func (d *document) Indexed() bool                              { return true }
func (d *document) AddIDField()                                {}
func (d *document) VisitFields(bleve.FieldVisitor)             {}

// builder makes the segments of batches, one after the other. It is for one goroutine.
type builder struct {
	builder    *segment.Builder
	tok        analysis.Tokenizer
	tokens     []analysis.Token
	marker     marks.Marker
	breakTerms [2]uint32             // sentenceTerm and paragraphTerm in the tokenizer's numbers
	markTerms  [marks.All + 1]uint32 // likewise; the first is of no words
	prose      []proseFields
	values     []int        // by the order of valueFields
	names      []nameFields // by the order of index.EntityTypes
	name, term []byte       // of a value
	second     int
	dating     int
	indexed    int
	ahead      int
	since      int
	until      int
	version    int
}

// proseFields are the numbers of the fields that a field of prose makes.
type proseFields struct {
	name                         string
	words, breaks, marks, length int
}

// nameFields are the numbers of the fields that a type of entities makes.
type nameFields struct{ names, aliases int }

// begin begins a batch.
func (b *builder) begin() {
	if b.builder == nil {
		b.builder = segment.NewBuilder(schema, func(n uint32) string { return b.tok.Term(int(n)) })
		field := b.builder.Field
		for _, f := range index.TextFields {
			b.prose = append(b.prose, proseFields{
				name: f.Name, words: field(proseField(f.Name)), breaks: field(breaksField(f.Name)), marks: field(marksField(f.Name)),
				length: field(lengthField(f.Name)),
			})
		}
		for _, name := range valueFields {
			b.values = append(b.values, field(name))
		}
		for _, typ := range index.EntityTypes {
			b.names = append(b.names, nameFields{field(typ), field(aliasField(typ))})
		}
		b.second, b.dating, b.indexed = field(fieldSecond), field(fieldDating), field(fieldIndexed)
		b.ahead, b.since, b.until, b.version = field(fieldAhead), field(fieldSince), field(fieldUntil), field(fieldNumber)
	}
	b.builder.Reset()
	b.tok.Trim()
	for i, term := range []string{sentenceTerm, paragraphTerm} {
		b.breakTerms[i] = b.number(term)
	}
	for s := range b.markTerms {
		b.markTerms[s] = b.number(markTerm(marks.Set(s)))
	}
}

// number returns the tokenizer's number of a term that is one token.
func (b *builder) number(term string) uint32 {
	b.tokens = b.tok.Tokens(b.tokens[:0], term)
	return uint32(b.tokens[0].Number)
}

// document analyses a version of an article.
func (b *builder) document(a *index.Article, l life, stored []byte) *document {
	id := l.key(a.ID)
	b.builder.Add(id, stored)
	for i, f := range index.TextFields {
		b.text(b.prose[i], f.Of(a), a.Entities)
	}
	for i, name := range valueFields {
		if isNames(name) {
			continue
		}
		for _, written := range a.Values(name) {
			b.term = analysis.AppendFold(b.term[:0], written)
			b.value(b.values[i], written)
		}
	}
	for i := range a.Entities {
		b.entity(&a.Entities[i])
	}
	switch {
	case a.Published.IsZero():
		b.builder.Number(b.dating, datedNever)
	case index.Floating(a.Precision):
		b.builder.Number(b.dating, datedToDay)
		fallthrough
	default:
		b.builder.Number(b.second, a.Published.Unix())
	}
	b.builder.Number(b.indexed, a.Indexed.Unix())
	b.builder.Number(b.since, l.since)
	if slices.Contains(a.Flags, index.FlagFutureDate) {
		b.builder.Number(b.ahead, 1)
	}
	if l.until != 0 {
		b.builder.Number(b.until, l.until)
	}
	if l.number > 1 {
		b.builder.Number(b.version, int64(l.number))
	}
	return &document{id: id, batch: b, bytes: len(a.Title) + len(a.Lead) + len(a.Body)}
}

// value adds a value whose key is b.term; one with an empty key is none.
func (b *builder) value(field int, written string) {
	if len(b.term) == 0 {
		return
	}
	b.term = segment.AppendWritten(b.term, written)
	b.builder.Value(field, b.term)
}

// entity adds the name of an entity, and its forms besides.
func (b *builder) entity(e *index.Entity) {
	typ := slices.Index(index.EntityTypes, e.Type)
	if typ < 0 {
		return
	}
	b.name = analysis.AppendFold(b.name[:0], e.Name)
	if len(b.name) == 0 {
		return
	}
	fields := b.names[typ]
	b.term = append(b.term[:0], b.name...)
	b.value(fields.names, e.Name)
	for _, alias := range e.Aliases {
		b.term = analysis.AppendFold(b.term[:0], alias)
		if len(b.term) > 0 && !bytes.Equal(b.term, b.name) {
			b.term = append(append(b.term, aliasEnd...), b.name...)
			b.value(fields.aliases, alias)
		}
	}
}

// text adds a field of prose. Offsets are not indexed: what is shown is analysed again.
func (b *builder) text(f proseFields, text string, entities []index.Entity) {
	if text == "" {
		return
	}
	b.tokens = b.tok.Tokens(b.tokens[:0], text)
	b.builder.Number(f.length, int64(len(b.tokens)))
	marking := marked(f.name) && b.marker.Begin(entities, f.name, text)
	for i := range b.tokens {
		t := &b.tokens[i]
		b.builder.Word(f.words, uint32(t.Number), uint32(t.Position))
		if marking {
			if s := b.marker.Next(t.Start, t.End); s != 0 {
				b.builder.Word(f.marks, b.markTerms[s], uint32(t.Position))
			}
		}
		if i == 0 {
			continue
		}
		last := &b.tokens[i-1]
		if t.Sentence != last.Sentence {
			b.builder.Word(f.breaks, b.breakTerms[0], uint32(t.Position))
		}
		if t.Paragraph != last.Paragraph {
			b.builder.Word(f.breaks, b.breakTerms[1], uint32(t.Position))
		}
	}
}
