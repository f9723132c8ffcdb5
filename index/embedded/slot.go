package embedded

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/vellum/levenshtein"

	"dateline/index/analysis"
	"dateline/index/marks"
	"dateline/index/segment"
	"dateline/query"
)

// maxExpansion bounds how many distinct words of the index one pattern of a query may stand for. Each is a list of postings
// to read; a newspaper's vocabulary has some hundred thousand words, and few searches mean more than some hundred.
const maxExpansion = 20_000

// slotKind says which terms may stand in a slot.
type slotKind byte

const (
	slotStem  slotKind = iota // those with the stem of text or of a variant, in the language of the article
	slotExact                 // text
	slotRange                 // those that begin with text
	slotAuto                  // those that the automaton accepts
	slotClass                 // any, in a mention of classes; its terms are those of a marksField
)

// slot is one position of a unit: the terms that may stand there.
type slot struct {
	number    int // in the program
	kind      slotKind
	text      string    // folded; with a pattern its spelling, which tells slots apart
	also      []string  // the variants of text: other spellings of the name that it is
	machine   *machine  // of a pattern; or
	automaton automaton // of a fuzzy word
	prefix    string    // that all terms of a pattern have
	classes   marks.Set // of slotClass
	at        query.Span
}

// pattern reports whether the slot may stand for any number of words.
func (sl *slot) pattern() bool { return sl.kind == slotRange || sl.kind == slotAuto }

// key tells the slots apart whose terms are the same.
func (sl *slot) key() string {
	return strings.Join(append([]string{string('0'+rune(sl.kind)) + sl.text}, sl.also...), "\x00")
}

// use is a term of a dictionary that may stand in a slot, in articles of some languages.
type use struct {
	term      string
	languages uint32 // a bit for each analysis.Language
}

const everyLanguage = ^uint32(0)

// expand returns the terms of a dictionary that may stand in the slot, each once. languages are those that the segment's
// articles have, short the short stems of the dictionary where they are known.
func (sl *slot) expand(dict *segment.Dictionary, languages uint32, short *shortStems) ([]use, error) {
	switch sl.kind {
	case slotExact:
		if _, known := dict.Find(sl.text); !known {
			return nil, nil
		}
		return []use{{sl.text, everyLanguage}}, nil
	case slotStem:
		return sl.expandStem(dict, languages, short)
	case slotClass:
		return sl.expandClass(dict), nil
	}
	prefix := sl.prefix
	if sl.kind == slotRange {
		prefix = sl.text
	}
	automaton := sl.automaton
	var walk *walker
	if sl.machine != nil {
		walk = sl.machine.walk()
		automaton = walk
	}
	var uses []use
	err := eachTerm(dict, automaton, prefix, func(term string) error {
		if len(uses) > 2*maxExpansion { // more than deleted articles can account for
			return sl.tooMany()
		}
		uses = append(uses, use{term, everyLanguage})
		return nil
	})
	if err == nil && walk != nil && walk.full {
		err = &query.Error{At: sl.at, Detail: "the pattern takes too many steps to look through the words of the index", Hint: "write it more simply"}
	}
	return uses, err
}

// expandStem returns the terms that are inflections of the slot's word in one of the languages.
func (sl *slot) expandStem(dict *segment.Dictionary, languages uint32, short *shortStems) ([]use, error) {
	var uses []use
	at := map[string]int{}
	for l := range analysis.Language(analysis.Languages) {
		if languages&(1<<l) == 0 {
			continue
		}
		for _, text := range append([]string{sl.text}, sl.also...) {
			eachInflection(dict, l, text, short, func(term string) {
				i, known := at[term]
				if !known {
					i = len(uses)
					at[term] = i
					uses = append(uses, use{term: term})
				}
				uses[i].languages |= 1 << l
			})
		}
	}
	for i := range uses {
		if uses[i].languages == languages {
			uses[i].languages = everyLanguage
		}
	}
	// In one order in every segment, so that frequencies are added up in the same order, to the same last bit.
	slices.SortFunc(uses, func(a, b use) int { return strings.Compare(a.term, b.term) })
	return uses, nil
}

// eachInflection calls fn with each term of a dictionary that has the stem of a word in a language.
func eachInflection(dict *segment.Dictionary, l analysis.Language, word string, short *shortStems, fn func(term string)) {
	stem := l.Stem(word)
	if short != nil && len(stem) <= shortStem {
		short.each(dict, l, stem, fn)
		return
	}
	for _, prefix := range l.Ranges(stem, word) {
		_ = eachTerm(dict, nil, prefix, func(term string) error { // fails only where fn does
			if stemOf(l, term) == stem {
				fn(term)
			}
			return nil
		})
	}
}

// expandClass returns the terms of words that are of one of the slot's classes, among others.
func (sl *slot) expandClass(dict *segment.Dictionary) (uses []use) {
	for s := marks.Set(1); s <= marks.All; s++ {
		if _, known := dict.Find(markTerm(s)); known && s&sl.classes != 0 {
			uses = append(uses, use{markTerm(s), everyLanguage})
		}
	}
	return uses
}

func (sl *slot) tooMany() error {
	e := &query.Error{At: sl.at, Hint: "write more letters of the word, or name a field"}
	e.Detail = fmt.Sprintf("this stands for more than %d different words of the index, each of which costs the search time", maxExpansion)
	return e
}

// automaton accepts or refuses terms byte by byte, as the automata of vellum do.
type automaton interface {
	Start() int
	IsMatch(state int) bool
	CanMatch(state int) bool
	Accept(state int, b byte) int
}

// eachTerm calls fn with each term of a dictionary that begins with a prefix and that the automaton accepts, in order; a nil
// automaton accepts all.
func eachTerm(dict *segment.Dictionary, a automaton, prefix string, fn func(term string) error) error {
	terms := dict.Terms(prefix)
	var states []int // behind each byte of the term
	if a != nil {
		states = append(states, a.Start())
	}
	for terms.Next() && len(terms.Term) >= len(prefix) && string(terms.Term[:len(prefix)]) == prefix {
		if a != nil {
			// As far as the automaton came on the last term, it stands behind the bytes that the two share.
			states = states[:min(terms.Shared+1, len(states))]
			if states = advance(a, states, terms.Term); !a.CanMatch(states[len(states)-1]) {
				terms.Skip(len(states) - 1)
				continue
			}
			if !a.IsMatch(states[len(states)-1]) {
				continue
			}
		}
		if err := fn(string(terms.Term)); err != nil {
			return err
		}
	}
	return nil
}

// advance moves the automaton on to the end of a term, or to where it can match no more.
func advance(a automaton, states []int, term []byte) []int {
	state := states[len(states)-1]
	for _, b := range term[len(states)-1:] {
		if !a.CanMatch(state) {
			break
		}
		state = a.Accept(state, b)
		states = append(states, state)
	}
	return states
}

// regexpSlot makes a slot of a regular expression over folded terms.
func regexpSlot(pattern string, at query.Span) (*slot, error) {
	var m *machine
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err == nil {
		m, err = newMachine(re)
	}
	if err != nil {
		return nil, &query.Error{At: at, Detail: "the regular expression cannot be searched for: " + err.Error(), Hint: "write it more simply, or several with OR"}
	}
	return &slot{kind: slotAuto, text: pattern, machine: m, prefix: literalPrefix(re), at: at}, nil
}

// literalPrefix returns letters that every match begins with.
func literalPrefix(re *syntax.Regexp) string {
	switch {
	case re.Op == syntax.OpCapture:
		return literalPrefix(re.Sub[0])
	case re.Op == syntax.OpConcat:
		return literalPrefix(re.Sub[0])
	case re.Op == syntax.OpLiteral && re.Flags&syntax.FoldCase == 0:
		return string(re.Rune)
	}
	return ""
}

// wildcardSlot makes a slot of a folded word with * and ?.
func wildcardSlot(pattern string, at query.Span) (*slot, error) {
	var b strings.Builder
	for _, r := range pattern {
		switch r {
		case '*':
			b.WriteString(".*")
		case '?':
			b.WriteString(".")
		default:
			b.WriteString(regexpQuote(r))
		}
	}
	return regexpSlot(b.String(), at)
}

func regexpQuote(r rune) string {
	if strings.ContainsRune(`\.+*?()|[]{}^$`, r) {
		return `\` + string(r)
	}
	return string(r)
}

// levenshteins make the automata of fuzzy words, by the number of edits: to insert, delete, replace, or swap neighbours
// (Schulz and Mihov, Fast string correction with Levenshtein automata, 2002). Making one takes some milliseconds.
var levenshteins = [3]func() (*levenshtein.LevenshteinAutomatonBuilder, error){
	1: levenshteinOnce(1), 2: levenshteinOnce(2),
}

func levenshteinOnce(edits uint8) func() (*levenshtein.LevenshteinAutomatonBuilder, error) {
	return sync.OnceValues(func() (*levenshtein.LevenshteinAutomatonBuilder, error) {
		return levenshtein.NewLevenshteinAutomatonBuilder(edits, true)
	})
}

// fuzzySlot makes a slot of the terms that at most edits edits make of a folded word.
func fuzzySlot(word string, edits int, at query.Span) (*slot, error) {
	builder, err := levenshteins[edits]()
	if err != nil {
		return nil, err
	}
	a, err := builder.BuildDfa(word, uint8(edits))
	if err != nil {
		return nil, &query.Error{At: at, Detail: "the word is too long to look for others like it: " + err.Error(), Hint: "write it without ~"}
	}
	return &slot{kind: slotAuto, text: fmt.Sprintf("%s~%d", word, edits), automaton: a, at: at}, nil
}
