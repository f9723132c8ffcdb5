package analysis

import (
	"sync"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
)

// stemmer is a Snowball algorithm (https://snowballstem.org/algorithms/), fitted to terms, which have no accents.
type stemmer struct {
	name     string
	script   script
	snowball func(*snowballstem.Env) bool
	prepare  func(term string) string                 // nil or what the algorithm is given instead of the term
	endings  []rewrite                                // what the algorithm is given instead of an ending of the term
	finish   func(stem string) string                 // nil or what is still to be done to its stem
	written  []rewrite                                // endings of stems: the term may have the other there; see Ranges
	variants func(dst []string, stem string) []string // nil or other beginnings; see Ranges
}

var stemmers = [Languages]stemmer{
	Unknown:    {name: "unknown"},
	Unstemmed:  {name: "unstemmed"},
	English:    {name: "English", script: latin, snowball: english.Stem, written: englishWritten},
	German:     {name: "German", script: latin, snowball: german.Stem, endings: germanEndings},
	French:     {name: "French", script: latin, snowball: french.Stem, endings: frenchEndings, written: frenchWritten},
	Spanish:    {name: "Spanish", script: latin, snowball: spanish.Stem, endings: spanishEndings, finish: spanishFinish, written: spanishWritten},
	Portuguese: {name: "Portuguese", script: latin, snowball: portuguese.Stem, endings: portugueseEndings, written: portugueseWritten},
	Italian:    {name: "Italian", script: latin, snowball: italian.Stem, written: italianWritten},
	Dutch:      {name: "Dutch", script: latin, snowball: dutch.Stem, finish: dutchFinish, written: dutchWritten, variants: dutchVariants},
	Russian:    {name: "Russian", script: cyrillic, snowball: russian.Stem},
	Arabic:     {name: "Arabic", script: arabicScript, snowball: arabic.Stem, prepare: arabicPrepare, finish: arabicFinish, variants: arabicVariants},
	Danish:     {name: "Danish", script: latin, snowball: danish.Stem},
	Swedish:    {name: "Swedish", script: latin, snowball: swedish.Stem},
	Norwegian:  {name: "Norwegian", script: latin, snowball: norwegian.Stem},
	Finnish:    {name: "Finnish", script: latin, snowball: finnish.Stem, variants: finnishVariants},
	Hungarian:  {name: "Hungarian", script: latin, snowball: hungarian.Stem, endings: hungarianEndings, written: hungarianWritten},
	Romanian:   {name: "Romanian", script: latin, snowball: romanian.Stem, endings: romanianEndings, written: romanianWritten},
}

// Stem returns the stem of a term: in an article of the language, two terms with one stem are inflections of one word.
// A stem is a key, not a word, and stemming it again may give another. Terms of fewer than three letters, with digits, or
// in another script than the language's are their own stem.
func (l Language) Stem(term string) string {
	l = l.of(term)
	s := &stemmers[l]
	if s.snowball == nil || !s.script.holds(term) || len(term) < stemLeast*len(s.script.first) {
		return term
	}
	env := envs.Get().(*snowballstem.Env)
	env.SetCurrent(s.prepared(term))
	s.snowball(env)
	stem := env.Current()
	envs.Put(env)
	if s.endings != nil {
		stem = unaccented(stem)
	}
	if s.finish != nil {
		stem = s.finish(stem)
	}
	if stem == "" {
		return term
	}
	return stem
}

// prepared returns what the algorithm is given instead of the term.
func (s *stemmer) prepared(term string) string {
	if s.prepare != nil {
		return s.prepare(term)
	}
	return rewritten(term, s.endings)
}

// stemLeast is how many letters a term must have to be stemmed.
const stemLeast = 3

// envs spares an allocation for each word.
var envs = sync.Pool{New: func() any { return snowballstem.NewEnv("") }}

// of returns the language whose stemmer is for the term: Unknown goes by the script.
func (l Language) of(term string) Language {
	switch {
	case l >= Languages:
		return Unstemmed
	case l != Unknown:
		return l
	case latin.holds(term):
		return English
	case cyrillic.holds(term):
		return Russian
	case arabicScript.holds(term):
		return Arabic
	}
	return Unstemmed
}

// script is the letters that a stemmer is for, as they are in terms, in bytes of UTF-8: between first and last.
type script struct {
	first, last string
}

var (
	latin        = script{"a", "z"}
	cyrillic     = script{"а", "я"} // the Russian alphabet: ё is е in terms
	arabicScript = script{"ء", "ي"}
)

// holds reports whether a term is letters of the script and nothing else.
func (s script) holds(term string) bool {
	size := len(s.first)
	if len(term)%size != 0 {
		return false
	}
	for i := 0; i < len(term); i += size {
		if c := term[i : i+size]; c < s.first || c > s.last {
			return false
		}
	}
	return true
}
