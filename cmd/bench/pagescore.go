package main

import (
	"strings"
	"time"
	"unicode"
)

// shingleLen is how many words stand in a shingle, as the article-extraction-benchmark has it.
const shingleLen = 4

// overlap is how far two texts agree: of all their shingles together, the shares that are in both, only in what was found, and
// only in what is right. The shares of a text sum to 1, so that long texts count no more than short ones.
type overlap struct{ both, extra, missing float64 }

// overlapOf compares a text with the right one in runs of n words, as evaluate.py of the article-extraction-benchmark does with
// n = 4.
func overlapOf(right, found string, n int) overlap {
	r, f := shingles(right, n), shingles(found, n)
	var o overlap
	for s, k := range r {
		o.both += float64(min(k, f[s]))
		o.missing += float64(max(0, k-f[s]))
	}
	for s, k := range f {
		o.extra += float64(max(0, k-r[s]))
	}
	if sum := o.both + o.extra + o.missing; sum > 0 {
		o.both, o.extra, o.missing = o.both/sum, o.extra/sum, o.missing/sum
	}
	return o
}

func (o overlap) precision() float64 { return share(o.both, o.extra, o.missing) }
func (o overlap) recall() float64    { return share(o.both, o.missing, o.extra) }

// share is both/(both+wrong), 1 where neither text has anything that the other lacks.
func share(both, wrong, other float64) float64 {
	switch {
	case wrong == 0 && other == 0:
		return 1
	case both == 0:
		return 0
	}
	return both / (both + wrong)
}

func (o overlap) f1() float64 { return harmonic(o.precision(), o.recall()) }

func harmonic(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// meanOverlap is the F1 of the mean precision of the pages where something was found and the mean recall of those that have a
// body, as evaluate.py computes it.
func meanOverlap(all []overlap) (f1, precision, recall float64) {
	var p, r, np, nr float64
	for _, o := range all {
		if o.both+o.extra > 0 {
			p, np = p+o.precision(), np+1
		}
		if o.both+o.missing > 0 {
			r, nr = r+o.recall(), nr+1
		}
	}
	p, r = p/max(np, 1), r/max(nr, 1)
	return harmonic(p, r), p, r
}

// shingles counts the runs of n words of a text; one that is shorter is a shingle of its own.
func shingles(text string, n int) map[string]int {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' })
	counts := map[string]int{}
	if len(words) > 0 && len(words) < n {
		counts[strings.Join(words, " ")]++
	}
	for i := 0; i+n <= len(words); i++ {
		counts[strings.Join(words[i:i+n], " ")]++
	}
	return counts
}

// plainTitle is a title with its white space and its quotation marks, dashes and apostrophes made one of a kind.
func plainTitle(s string) string {
	return strings.Join(strings.Fields(quotes.Replace(s)), " ")
}

var quotes = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`, "’", "'", "‘", "'", "‚", "'", "`", "'", "´", "'",
	"–", "-", "—", "-", "\u00ad", "", "\u200b", "", "\ufeff", "", "…", "...")

// parsePython reads a time as Python prints it.
func parsePython(s string) (t time.Time, err error) {
	for _, layout := range []string{"2006-01-02 15:04:05.999999-07:00", "2006-01-02 15:04:05.999999", "2006-01-02"} {
		if t, err = time.Parse(layout, s); err == nil {
			break
		}
	}
	return t, err
}
