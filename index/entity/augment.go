package entity

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/index"
)

// How many sentences of a thousand are also learnt from in capitals and in Title Case, as headlines are written, and how
// many datelines are made up for as many.
const (
	inCapitals   = 120
	inTitleCase  = 120
	withDateline = 60
)

// augment returns the sentences, and after them copies of some as headlines, and datelines.
func augment(sentences []Sentence, random *rand.Rand) []Sentence {
	all := slices.Clone(sentences)
	for _, s := range sentences {
		switch n := random.IntN(1000); {
		case n < inCapitals:
			all = append(all, headline(s, strings.ToUpper, random))
		case n < inCapitals+inTitleCase:
			all = append(all, headline(s, titleCase, random))
		case n < inCapitals+inTitleCase+withDateline:
			all = append(all, dateline(random))
		}
	}
	return all
}

// headline returns the first 4 to 15 words of a sentence as a headline writes them, not cut within a name.
func headline(s Sentence, write func(string) string, random *rand.Rand) Sentence {
	n := min(4+random.IntN(12), len(s.Words))
	if n == 0 {
		return s
	}
	h := Sentence{}
	for _, name := range s.Names {
		if name.Start < n {
			n = max(n, name.End)
			h.Names = append(h.Names, name)
		}
	}
	if n == len(s.Words) && s.Words[n-1] == "." && !(len(h.Names) > 0 && h.Names[len(h.Names)-1].End == n) {
		n--
	}
	for _, w := range s.Words[:n] {
		h.Words = append(h.Words, write(w))
	}
	return h
}

// titleCase writes a word of a headline with a capital, unless it is a small one.
func titleCase(w string) string {
	if smallWords[hashLower(w)] {
		return w
	}
	r, size := utf8.DecodeRuneInString(w)
	return string(unicode.ToUpper(r)) + w[size:]
}

var agencies = []string{"Reuters", "AP", "AFP", "UPI", "Xinhua", "DPA"}

// dateline makes up a dateline: LONDON (Reuters) -
func dateline(random *rand.Rand) Sentence {
	cities := known().cities
	s := Sentence{}
	for _, w := range cities[random.IntN(len(cities))] {
		s.Words = append(s.Words, strings.ToUpper(w))
	}
	s.Names = []Span{{Type: index.Place, End: len(s.Words)}}
	switch random.IntN(4) {
	case 0:
		s.Words = append(s.Words, "1998-07-14")
	case 1:
		s.Words = append(s.Words, "-")
	case 2:
		s.Words = append(s.Words, ",", "Nov.", "25")
		fallthrough
	default:
		s.Words = append(s.Words, "(", agencies[random.IntN(len(agencies))], ")", "-")
		s.Names = append(s.Names, Span{Type: index.Org, Start: len(s.Words) - 3, End: len(s.Words) - 2})
	}
	return s
}
