package entity

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// document is a text, or several that belong together, while its names are found.
type document struct {
	model     *Model
	lists     *lists
	sentence  sentence
	cells     []cell // of all sentences
	sentences []part
	tokens    []token // of all texts
	found     []Mention
	texts     int
	viterbi   viterbi
	votes     votes
	unknown   string // without a model, the type of what is in no list
}

// part is a sentence of a document.
type part struct {
	text     int // the number of its text
	token    int // its first token, where it came as text
	from, to int // its cells
	mode     mode
}

// votes count, by the hash of a name in lower case, as what kind of name it was found. They are a hash table with linear probing, as
// each word of a row is looked up in it, and cleared for each document.
type votes struct {
	of      []vote // a power of two, of which no more than half are taken
	taken   int
	longest int // words of the longest name
}

// vote is a name and its votes. A place that is not taken has the name 0.
type vote struct {
	name   uint64
	counts [4]int32
}

func (d *document) reset() {
	d.cells, d.sentences, d.tokens, d.texts = d.cells[:0], d.sentences[:0], d.tokens[:0], 0
	d.votes.reset()
}

func (d *document) addText(text string) {
	text = text[:min(len(text), math.MaxInt32)]
	from := len(d.tokens)
	d.tokens = appendTokens(d.tokens, text)
	word := func(i int) string { k := &d.tokens[from+i]; return text[k.start:k.end] } // one for all sentences
	for from < len(d.tokens) {
		to := endOfSentence(d.tokens, from)
		d.sentence.readTokens(d.tokens[from:to], word, d.lists)
		d.add(from)
		from = to
	}
	d.texts++
}

func (d *document) addWords(words []string) {
	d.sentence.read(words, d.lists)
	d.add(0)
	d.texts++
}

// add scores the words of the sentence read last that may be of names.
func (d *document) add(token int) {
	s := &d.sentence
	p := part{text: d.texts, token: token, from: len(d.cells), mode: s.mode}
	for _, r := range s.near {
		for i := r.from; i < r.to; i++ {
			if s.candidate(i) {
				d.addCell(p, i)
			}
		}
	}
	if p.to = len(d.cells); p.to > p.from {
		d.sentences = append(d.sentences, p)
	}
}

func (d *document) addCell(p part, i int) {
	w := &d.sentence.words[i+margin]
	opens := len(d.cells) == p.from || d.cells[len(d.cells)-1].at != i-1
	d.cells = append(d.cells, cell{lower: w.lower, at: i, list: w.list, class: w.class, opens: opens})
	if d.model != nil {
		d.cells[len(d.cells)-1].scores = d.sentence.score(i, d.model)
	}
}

// label labels all words: first each sentence by itself, then those again where the others know better.
func (d *document) label() {
	if d.model == nil {
		d.labelByCapitals()
		return
	}
	for from, to := range rows(d.cells) {
		d.labelRow(d.cells[from:to])
	}
	for _, p := range d.sentences {
		for s := range d.spansOf(p) {
			d.votes.count(d.cells[p.from:p.to], s, p.mode)
		}
	}
	if d.votes.taken > 0 {
		d.labelAgain()
	}
	d.lists.fill(d.cells)
}

// labelAgain labels the rows of words again of which other sentences know a name.
func (d *document) labelAgain() {
	for _, p := range d.sentences {
		weight := int32(voteWeight)
		if p.mode != modeText {
			weight = headlineWeight
		}
		cells := d.cells[p.from:p.to]
		for from, to := range rows(cells) {
			if d.votes.weigh(cells[from:to], weight) {
				d.labelRow(cells[from:to])
			}
		}
	}
}

// labelRow labels words that stand next to each other.
func (d *document) labelRow(cells []cell) {
	d.viterbi.label(cells, d.model.steps, &d.model.spreads)
	joinNames(cells)
}

// rows yields where the rows of cells begin and end that stand next to each other.
func rows(cells []cell) func(func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		for from := 0; from < len(cells); {
			to := from + 1
			for to < len(cells) && !cells[to].opens {
				to++
			}
			if !yield(from, to) {
				return
			}
			from = to
		}
	}
}

// kind is the number under which votes count a label.
func kind(l label) int { return int(l-1) / 2 }

// full is how many votes the last word of a full name has as that of a person.
const full = 3

// count counts the name of a span, given in cells. Headlines are less sure, and count nothing.
func (v *votes) count(cells []cell, s cellSpan, m mode) {
	if m != modeText || s.name == s.to {
		return
	}
	h := uint64(0)
	for _, c := range cells[s.name:s.to] {
		h = join(h, c.lower)
	}
	k := kind(cells[s.from].label)
	v.add(h, k, 1)
	v.longest = max(v.longest, s.to-s.name)
	if k == kind(beginPerson) && s.to-s.name > 1 {
		v.add(join(0, cells[s.to-1].lower), k, full)
	}
}

func (v *votes) add(h uint64, kind int, n int32) {
	at := v.at(h)
	if at.name == 0 {
		if 2*v.taken == len(v.of) {
			v.grow()
			at = v.at(h)
		}
		v.taken++
		at.name = max(h, 1)
	}
	at.counts[kind] += n
}

// fewVotes is how many places most documents need.
const fewVotes = 512

func (v *votes) reset() {
	if len(v.of) == fewVotes {
		clear(v.of)
	} else {
		v.of = make([]vote, fewVotes)
	}
	v.taken, v.longest = 0, 0
}

func (v *votes) grow() {
	old := v.of
	v.of = make([]vote, 2*len(old))
	for i := range old {
		if old[i].name != 0 {
			*v.at(old[i].name) = old[i]
		}
	}
}

// at returns the place of a name, one that is not taken where it has no votes.
func (v *votes) at(h uint64) *vote {
	h = max(h, 1)
	mask := uint64(len(v.of) - 1)
	for i := h * multiplier >> bits.LeadingZeros64(mask); ; i++ {
		if at := &v.of[i&mask]; at.name == h || at.name == 0 {
			return at
		}
	}
}

// multiplier spreads names over the places: multiplicative hashing (Dietzfelbinger and others, Journal of Algorithms 25, 1997), by
// another number in each process, so that nobody writes a text whose names all have one place.
var multiplier = rand.Uint64() | 1

// maxVoted is how many words of a name are compared with the votes.
const maxVoted = 5

// weigh adds to the scores of a row of words that other sentences have found to be a name, and reports whether other labels may
// be the best now. They are not where each label that has gained is the one that its word has.
func (v *votes) weigh(cells []cell, weight int32) (other bool) {
	for i := 0; i < len(cells); {
		n, k, votes := v.longestAt(cells[i:])
		if n == 0 {
			i++
			continue
		}
		l := label(2*k + 1)
		for end := i + n; i < end; i++ {
			cells[i].scores[l] += votes * weight
			other = other || cells[i].label != l || cells[i].joined
			l = l.inside()
		}
	}
	return other
}

// longestAt returns the length of the longest known name that cells begin with, its kind and how many votes it has.
func (v *votes) longestAt(cells []cell) (n, kind int, votes int32) {
	h := uint64(0)
	for i := range min(v.longest, maxVoted, len(cells)) {
		h = join(h, cells[i].lower)
		if at := v.at(h); at.name != 0 {
			if k, w := decide(at.counts); w > 0 {
				n, kind, votes = i+1, k, w
			}
		}
	}
	return n, kind, votes
}

// What each vote adds, in steps of the model's weights; in headlines, which say less by themselves, more. No more than
// maxVotes count.
const (
	voteWeight     = 8 * scale
	headlineWeight = 36 * scale
	maxVotes       = 4
)

// decide returns the kind that at least two thirds of the votes are for, and how many; none where there is but one vote.
func decide(counts [4]int32) (kind int, votes int32) {
	total := counts[0] + counts[1] + counts[2] + counts[3]
	for k, n := range counts {
		if n > counts[kind] {
			kind = k
		}
	}
	if total < 2 || counts[kind]*3 < total*2 {
		return 0, 0
	}
	return kind, min(counts[kind], maxVotes)
}

// cellSpan is a name in the cells of a sentence: those from from to to, its title up to name.
type cellSpan struct{ from, name, to int }

// spansOf yields the names of a sentence.
func (d *document) spansOf(p part) func(func(cellSpan) bool) {
	return func(yield func(cellSpan) bool) {
		cells := d.cells[p.from:p.to]
		for i := 0; i < len(cells); {
			if !cells[i].label.begins() {
				i++
				continue
			}
			s := cellSpan{i, i, i + 1}
			for s.to < len(cells) && !cells[s.to].opens && cells[s.to].label == cells[i].label.inside() {
				s.to++
			}
			s.name = d.nameFrom(cells, s.from, s.to)
			if !yield(s) {
				return
			}
			i = s.to
		}
	}
}

// title returns how many words of a person's name are titles; all of them when it is no name at all, such as a month.
func (d *document) title(cells []cell) (n int) {
	for n < len(cells) && cells[n].list&inTitles != 0 {
		n++
	}
	last := cells[len(cells)-1].list
	if n == len(cells) && last&(inLast|inFirst) != 0 {
		n--
	}
	if n == len(cells)-1 && last&inTimes != 0 && !d.votes.person(cells[n].lower) {
		n = len(cells)
	}
	return n
}

// person reports whether a word is known as the last one of a person's full name.
func (v *votes) person(lower uint64) bool {
	return v.at(join(0, lower)).counts[kind(beginPerson)] >= full
}

// spans returns the names of the sentences, as words.
func (d *document) spans(n int) [][]Span {
	all := make([][]Span, n)
	for _, p := range d.sentences {
		cells := d.cells[p.from:p.to]
		for s := range d.spansOf(p) {
			at := func(i int) int { return cells[s.from].at + i - s.from }
			typ, demonym := d.lists.typeOf(cells[s.from:s.to])
			all[p.text] = append(all[p.text], Span{typ, at(s.from), at(s.name), at(s.to), demonym})
		}
	}
	return all
}

// mentions returns the names of the texts, without titles.
func (d *document) mentions(n int) [][]Mention {
	all, found, text := make([][]Mention, n), d.found[:0], 0
	begins := make([]int, n+1) // of each text, in found
	for _, p := range d.sentences {
		for ; text < p.text; text++ {
			begins[text+1] = len(found)
		}
		cells := d.cells[p.from:p.to]
		for s := range d.spansOf(p) {
			if s.name == s.to {
				continue
			}
			typ, demonym := d.lists.typeOf(cells[s.from:s.to])
			first, last := d.tokens[p.token+cells[s.name].at], d.tokens[p.token+cells[s.to-1].at]
			found = append(found, Mention{typ, int(first.start), int(last.end), demonym})
		}
	}
	for ; text < n; text++ {
		begins[text+1] = len(found)
	}
	d.found = found
	list := slices.Clone(found)
	for i := range all {
		if begins[i] < begins[i+1] {
			all[i] = list[begins[i]:begins[i+1]:begins[i+1]]
		}
	}
	return all
}
