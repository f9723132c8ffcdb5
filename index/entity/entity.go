// Package entity finds the people, organisations and places that a text names.
//
// What it knows it has learnt from English news (the public-domain part of the Groningen Meaning Bank, mostly Voice of
// America) and from lists.txt. Running text, headlines in Title Case and in CAPITALS are read; text without capital letters
// has no names for it. Other languages have no model: see [For] for what is done for them, and for which.
//
// Each word gets one of nine labels: outside of names, or the beginning or the inside of a person, an organisation, a place
// or a demonym (Iraqi, French: what belongs to a place). The labels of a sentence are those whose weights add up to most, as
// found by Viterbi's algorithm; the weights are those of a structured averaged perceptron (Collins, EMNLP 2002). What one
// sentence makes plain helps in the others of the text: after "Denzel Washington" a bare Washington there is a person.
package entity

import (
	_ "embed"
	"sync"

	"dateline/index"
)

// Mention is a name in a text: its bytes are text[Start:End].
type Mention struct {
	Type       string // index.Person, index.Org or index.Place
	Start, End int
	Demonym    bool // the word is of a place and does not name it: Iraqi, French, South Koreans
}

// Span is a name in a sentence of given words: those from Start up to End. A person's Start is at the title (President
// Barack Obama), Name at the name itself. Where there is only a title (the Prime Minister), Name is End.
type Span struct {
	Type             string
	Start, Name, End int
	Demonym          bool
}

// Sentence is a sentence as words, with the names in it, for training and measuring. Name of the spans is not looked at.
type Sentence struct {
	Words []string
	Names []Span
}

// Finder finds names. Any number of goroutines may use one.
type Finder struct {
	model *Model
	lists *lists
	pool  sync.Pool // of *document
}

//go:embed model.bin
var modelFile []byte

var embedded = sync.OnceValue(func() *Model {
	m, err := ReadModel(modelFile)
	if err != nil {
		panic("entity: model.bin: " + err.Error()) // a broken program
	}
	return m
})

// New returns a finder with the model that is in the program.
func New() *Finder { return NewFinder(embedded()) }

// NewFinder returns a finder with a model.
func NewFinder(m *Model) *Finder {
	f := &Finder{model: m, lists: known()}
	f.pool.New = func() any { return &document{model: f.model, lists: f.lists} }
	return f
}

// Find appends the mentions in a text, in their order; none overlap. Paragraphs are parted by a blank line. The time and
// memory that it takes grow with the length of the text, whatever is in it.
func (f *Finder) Find(dst []Mention, text string) []Mention {
	return append(dst, f.FindAll(text)[0]...)
}

// FindAll returns the mentions in each of several texts that belong together, such as the title, the lead and the body of an
// article: what one of them makes plain helps in the others. Of a text of more than 2 GiB only those are read.
func (f *Finder) FindAll(texts ...string) [][]Mention {
	d := f.pool.Get().(*document)
	defer f.put(d)
	d.reset()
	for _, text := range texts {
		d.addText(text)
	}
	d.label()
	return d.mentions(len(texts))
}

// FindWords returns the names in each of several sentences of one text that are given as words, cut as the Penn Treebank
// cuts them: punctuation and 's are words of their own, U.S. is one word.
func (f *Finder) FindWords(sentences [][]string) [][]Span {
	d := f.pool.Get().(*document)
	defer f.put(d)
	d.reset()
	for _, words := range sentences {
		d.addWords(words)
	}
	d.label()
	return d.spans(len(sentences))
}

// keptCells is how large a document may have grown and still be kept for the next one: that of about 400 KB of text.
const keptCells = 50_000

func (f *Finder) put(d *document) {
	d.sentence.text = nil // it holds the text
	if cap(d.cells) <= keptCells {
		f.pool.Put(d)
	}
}

// label is what a word is: outside of names, or the beginning or the inside of one.
type label uint8

const (
	outside label = iota
	beginPerson
	insidePerson
	beginOrg
	insideOrg
	beginPlace
	insidePlace
	beginDemonym
	insideDemonym
	labels int = iota
)

// begins reports whether the label begins a name; every second one does.
func (l label) begins() bool { return l&1 == 1 }

// inside returns the label of the further words of the same name.
func (l label) inside() label {
	if l.begins() {
		return l + 1
	}
	return l
}

// may reports whether the label may follow another: the inside of a name follows only its beginning or its inside.
func (l label) may(follow label) bool {
	return l == outside || l.begins() || follow == l || follow == l-1
}

var typeOf = [labels]string{"", index.Person, index.Person, index.Org, index.Org, index.Place, index.Place, index.Place, index.Place}

// beginning returns the label that begins a name.
func beginning(typ string, demonym bool) label {
	switch {
	case typ == index.Person:
		return beginPerson
	case typ == index.Org:
		return beginOrg
	case demonym:
		return beginDemonym
	}
	return beginPlace
}
