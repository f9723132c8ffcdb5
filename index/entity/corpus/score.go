package corpus

import (
	"dateline/index"
	"dateline/index/entity"
)

// Count is how many names were found, were to be found, and are both, from their first to their last word and of the type.
type Count struct{ Found, Marked, Both int }

// Precision is the part of the names found that are right.
func (c Count) Precision() float64 { return ratio(c.Both, c.Found) }

// Recall is the part of the names marked that were found.
func (c Count) Recall() float64 { return ratio(c.Both, c.Marked) }

// F1 is the harmonic mean of the two.
func (c Count) F1() float64 { return ratio(2*c.Both, c.Found+c.Marked) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// Score counts by type.
type Score map[string]Count

// Types are the types that are counted, in the order of tables.
var Types = []string{index.Person, index.Org, index.Place}

// Add counts the names of a sentence.
func (s Score) Add(found, marked []entity.Span) {
	type name struct {
		typ        string
		start, end int
	}
	in := map[name]bool{}
	for _, m := range marked {
		in[name{m.Type, m.Start, m.End}] = true
		c := s[m.Type]
		c.Marked++
		s[m.Type] = c
	}
	for _, f := range found {
		c := s[f.Type]
		c.Found++
		if in[name{f.Type, f.Start, f.End}] {
			c.Both++
		}
		s[f.Type] = c
	}
}

// All returns the count of all types.
func (s Score) All() (sum Count) {
	for _, t := range Types {
		c := s[t]
		sum.Found, sum.Marked, sum.Both = sum.Found+c.Found, sum.Marked+c.Marked, sum.Both+c.Both
	}
	return sum
}

// A Labeller finds the names in sentences of one text; [entity.Finder.FindWords] is one.
type Labeller func(sentences [][]string) [][]entity.Span

// ScoreGMB counts the names that a labeller finds in sentences, each by itself, as the Groningen Meaning Bank marks them:
// with titles, demonyms as places.
func ScoreGMB(find Labeller, sentences []entity.Sentence) Score {
	score := Score{}
	for _, s := range sentences {
		score.Add(find([][]string{s.Words})[0], s.Names)
	}
	return score
}

// ScoreCoNLL counts the names that a labeller finds in articles as CoNLL marks them: people without titles, and demonyms not
// as places; they are MISC there, which is left out.
func ScoreCoNLL(find Labeller, articles [][]entity.Sentence) Score {
	score := Score{}
	for _, a := range articles {
		words := make([][]string, len(a))
		for i, s := range a {
			words[i] = s.Words
		}
		for i, found := range find(words) {
			score.Add(asCoNLL(found), a[i].Names)
		}
	}
	return score
}

func asCoNLL(found []entity.Span) (kept []entity.Span) {
	for _, f := range found {
		if f.Start = f.Name; f.Start < f.End && !f.Demonym {
			kept = append(kept, f)
		}
	}
	return kept
}
