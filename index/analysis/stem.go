package analysis

import (
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// Stem returns the stem of a term: two terms with one stem are inflections of one word. It is the English Snowball stemmer
// (Porter2, https://snowballstem.org/algorithms/english/stemmer.html) on terms of ASCII letters; others are their own stem.
func Stem(term string) string {
	for i := range len(term) {
		if c := term[i]; c < 'a' || c > 'z' {
			return term
		}
	}
	if len(term) < 3 {
		return term
	}
	env := snowballstem.NewEnv(term)
	english.Stem(env)
	return env.Current()
}

// StemPrefix returns a prefix that every term with the stem has, so that a sorted dictionary need only be looked through
// from there. Besides, Irregular names the terms with the stem that do not begin with it.
func StemPrefix(stem string) string {
	// Porter2 takes endings off and may put back one letter (hop-ing: hope, cr-ies: cri), or write -ble for -bility; it
	// changes no letter of the first two.
	if len(stem) > 2 {
		stem = stem[:len(stem)-1]
	}
	return stem
}

// Irregular returns the terms that Porter2 maps to the stem by its list of exceptions and that do not begin with StemPrefix.
func Irregular(stem string) []string { return irregular[stem] }

var irregular = map[string][]string{"die": {"dying"}, "lie": {"lying"}, "tie": {"tying"}}
