// Package analysis says how prose becomes terms, once for all engines.
//
// A term is a word as written, without case and accents. Inflection is not taken off when an article is indexed: a query
// looks up every term of the index that has the stem of the word asked for (see Language.Stem), so that exact words and
// patterns find words as they were written, and one index serves the stemmers of all languages.
//
// What Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese write is not parted into words but into characters, each a
// token with its marks. A word of a query is then a phrase of characters and finds just what overlapping pairs of them
// would find, and single characters too: 한국 stands in 한국은, 油 in 石油.
package analysis

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// Version changes whenever the same text gives other terms; an index made with another version must be rebuilt.
const Version = 2

// Token is one word of a text.
type Token struct {
	Term      string // normalised; at most MaxTermBytes
	Start     int    // in bytes of the text
	End       int
	Position  int // from 1; words of different paragraphs are ParagraphGap further apart
	Sentence  int // from 0; see endsSentence
	Paragraph int // from 0; paragraphs are parted by blank lines, which end a sentence as well
	Number    int // of the term: until Tokenizer.Trim, tokens of one term and no others have one number, below Tokenizer.Terms
}

const (
	// ParagraphGap is how many positions a blank line counts as, so that a phrase does not run across it, while words near
	// each other may stand on both sides.
	ParagraphGap = 1
	// MaxTermBytes cuts longer words, in texts and queries alike, so that a long word is found by its beginning.
	MaxTermBytes = 128
	// acronymPart is the longest run of letters on each side of the & of one word: AT&T, S&P, H&M.
	acronymPart = 3
)

// Tokens appends the words of text to dst.
//
// A word is a run of letters, digits and marks. It goes on over an apostrophe between letters (don't; a possessive 's is
// dropped; l'eau and O'Neill are two words), over the full stops of an acronym (U.S. is the word us), over & between short
// runs (AT&T), and over the separators of a number (1,000 is 1000; 3.5 stays), and over soft hyphens and joiners. Every letter
// and digit belongs to a word.
func Tokens(dst []Token, text string) []Token {
	var t Tokenizer
	return t.Tokens(dst, text)
}

// Words counts the words of a text.
func Words(text string) int {
	n, s := 0, scanner{text: text}
	for s.next() {
		n++
	}
	return n
}

// EachWord yields where the words of a text lie, in bytes. [Term] makes their terms.
func EachWord(text string) iter.Seq2[int, int] {
	return func(yield func(start, end int) bool) {
		s := scanner{text: text}
		for s.next() && yield(s.start, s.end) {
		}
	}
}

// Tokenizer makes tokens as Tokens does, and keeps the terms it has made, so that a frequent word is allocated once. It is
// for one goroutine.
type Tokenizer struct {
	numbers map[string]int // of the terms
	terms   []string
	buf     []byte
}

// internLimit is how many terms Trim leaves a Tokenizer: those of some thousand articles.
const internLimit = 1 << 17

// Terms returns how many terms the Tokenizer keeps: the numbers of tokens are below.
func (t *Tokenizer) Terms() int { return len(t.terms) }

// Term returns the term with a number.
func (t *Tokenizer) Term(number int) string { return t.terms[number] }

// Trim forgets the terms when there are many, so that a Tokenizer that is used for ever does not grow for ever.
func (t *Tokenizer) Trim() {
	if len(t.terms) > internLimit {
		t.numbers, t.terms = nil, nil
	}
}

// Tokens appends the words of text to dst.
func (t *Tokenizer) Tokens(dst []Token, text string) []Token {
	if t.numbers == nil {
		t.numbers = make(map[string]int)
	}
	s := scanner{text: text}
	for s.next() {
		n := t.number(text[s.start:s.end])
		dst = append(dst, Token{
			Term: t.terms[n], Start: s.start, End: s.end,
			Position: s.position, Sentence: s.sentence, Paragraph: s.paragraph, Number: n,
		})
	}
	return dst
}

// number normalises a word and returns the number of its term.
func (t *Tokenizer) number(word string) int {
	t.buf = appendTerm(t.buf[:0], word)
	if len(t.buf) == 0 { // nothing but marks that normalisation drops
		t.buf = append(t.buf, word...)
	}
	n, ok := t.numbers[string(t.buf)]
	if !ok {
		n = len(t.terms)
		term := string(t.buf)
		t.terms, t.numbers[term] = append(t.terms, term), n
	}
	return n
}

// scanner finds the words of a text.
type scanner struct {
	text       string
	pos        int // where to go on
	start, end int // of the word found
	position   int
	sentence   int
	paragraph  int
	newlines   int  // with nothing but white space between them
	blank      bool // there is a blank line since the last word
}

// next finds the next word and reports whether there is one. Most of most texts is ASCII, which is looked up by byte.
func (s *scanner) next() bool {
	from := s.pos
	for s.pos < len(s.text) {
		if s.text[s.pos] == ' ' { // what stands before most words
			s.pos++
			continue
		}
		r, size := s.rune(s.pos)
		if class(r) > classMark {
			s.position++
			if s.blank || s.pos-from > len(" ") && s.text[from:s.pos] != ", " {
				s.place(from)
			}
			s.newlines = 0
			s.word(r, size)
			return true
		}
		if r == '\n' {
			s.newlines++
			s.blank = s.blank || s.newlines > 1
		} else if r > ' ' && r != '\u00a0' {
			s.newlines = 0
		}
		s.pos += size
	}
	return false
}

// place counts the sentence and paragraph of the word at pos, and its position behind a blank line. Nothing since from was
// a word.
func (s *scanner) place(from int) {
	switch {
	case s.position == 1:
	case s.blank:
		s.position += ParagraphGap
		s.sentence++
		s.paragraph++
	case s.endsSentence(from, s.pos):
		s.sentence++
	}
	s.blank = false
}

// word takes the word that begins at pos with r.
func (s *scanner) word(r rune, size int) {
	s.start = s.pos
	c := class(r)
	end := s.pos + size
	if c == classSingle {
		end = s.marks(end)
	} else {
		end = s.run(end)
		end = s.join(end)
	}
	s.end, s.pos = end, end
	s.possessive()
}

// run goes on over letters, digits and marks and returns where they end.
func (s *scanner) run(i int) int {
	for i < len(s.text) {
		if c := s.text[i]; c < utf8.RuneSelf {
			if asciiClass[c] == classOther {
				return i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s.text[i:])
		if c := class(r); c == classOther || c == classSingle {
			return i
		}
		i += size
	}
	return i
}

func (s *scanner) marks(i int) int {
	for i < len(s.text) {
		r, size := s.rune(i)
		if class(r) != classMark {
			return i
		}
		i += size
	}
	return i
}

// join goes on over the joiners that a word may contain, from the end of its first run.
func (s *scanner) join(end int) int {
	last := s.start // start of the latest run
	for end < len(s.text) {
		if c := s.text[end]; c <= ' ' { // what stands behind most words
			return end
		}
		joiner, size := s.rune(end)
		after := end + size
		if after >= len(s.text) {
			return end
		}
		r, _ := s.rune(after)
		if c := class(r); c != classLetter && c != classDigit {
			return end
		}
		next := s.run(after)
		if !s.joins(joiner, s.text[last:end], s.text[after:next]) {
			return end
		}
		last, end = after, next
	}
	return end
}

// joins reports whether a joiner between two runs keeps them one word.
func (s *scanner) joins(joiner rune, left, right string) bool {
	switch joiner {
	case '\'', '’', 'ʼ', 'ʻ', '＇':
		return letters(left) && letters(right) && !elided(left)
	case '.':
		if digits(left) && digits(right) {
			return true
		}
		return utf8.RuneCountInString(left) == 1 && utf8.RuneCountInString(right) == 1 && letters(left) && letters(right)
	case ',':
		return digits(left) && len(left) <= 3 && digits(right) && len(right) == 3
	case '&':
		return short(left) && short(right)
	}
	return false
}

// possessive leaves the 's at a word's end out of the token; the scan goes on behind it.
func (s *scanner) possessive() {
	word := s.text[s.start:s.end]
	if c := word[len(word)-1]; c != 's' && c != 'S' {
		return
	}
	for _, suffix := range [...]string{"'s", "’s", "ʼs", "＇s", "'S", "’S"} {
		if len(word) > len(suffix) && strings.HasSuffix(word, suffix) {
			s.end -= len(suffix)
			return
		}
	}
}

func (s *scanner) rune(i int) (rune, int) {
	if c := s.text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s.text[i:])
}
