package embedded

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"dateline/query"
)

// accepts runs an automaton over a term.
func accepts(a automaton, term string) bool {
	state := a.Start()
	for i := range len(term) {
		if !a.CanMatch(state) {
			return false
		}
		state = a.Accept(state, term[i])
	}
	return a.IsMatch(state)
}

// randomTerm makes a term of few letters, so that many are near each other; some are not ASCII.
func randomTerm(d *rand.Rand, most int) string {
	letters := []rune("abcä石")
	var b strings.Builder
	for range 1 + d.IntN(most) {
		b.WriteRune(letters[d.IntN(len(letters))])
	}
	return b.String()
}

// TestFuzzyIsDistance holds that the automaton and query.Distance say the same.
func TestFuzzyIsDistance(t *testing.T) {
	d := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		word, edits := randomTerm(d, 7), 1+d.IntN(2)
		sl, err := fuzzySlot(word, edits, query.Span{})
		if err != nil {
			t.Fatal(err)
		}
		for range 50 {
			term := randomTerm(d, 8)
			if got, want := accepts(sl.automaton, term), query.Distance(word, term) <= edits; got != want {
				t.Fatalf("%s~%d and %s: the automaton says %v, the distance is %d", word, edits, term, got, query.Distance(word, term))
			}
		}
	}
}

// TestRegexpIsGos holds that the automaton accepts what Go's regexp matches from end to end, and that all of that begins with
// the prefix.
func TestRegexpIsGos(t *testing.T) {
	d := rand.New(rand.NewPCG(3, 4))
	for _, pattern := range []string{
		"a", "ab|ba", "(a|b)c", "a.c", "a.*", ".*a", "ä+", "[ab]+c?", "a{2,3}", "a*?b", "^abc$", "^(a|c)", "(ab(c|ä))", "a|", "[^a]*", "(?:a)b", "石.?", "a^b", "a$|b", "(^|a)b", "a(b|$)", "(.*a){3}.{2}", `[ä石]\pL`,
	} {
		sl, err := regexpSlot(pattern, query.Span{})
		if err != nil {
			t.Errorf("%s: %v", pattern, err)
			continue
		}
		re := regexp.MustCompile("^(?:" + pattern + ")$")
		for range 400 {
			term := randomTerm(d, 5)
			want := re.MatchString(term)
			if got := accepts(sl.machine.walk(), term); got != want {
				t.Errorf("%s on %s: got %v, want %v", pattern, term, got, want)
			}
			if want && !strings.HasPrefix(term, sl.prefix) {
				t.Errorf("%s has the prefix %s, but matches %s", pattern, sl.prefix, term)
			}
		}
	}
	for _, pattern := range []string{`a\bb`, "(", strings.Repeat("(ab|ba|c+d)", 80), "(.*a){20}(.{60}){9}"} {
		_, err := regexpSlot(pattern, query.Span{Start: 2, End: 4})
		if fault, ok := err.(*query.Error); !ok || fault.At.Start != 2 {
			t.Errorf("%s: got %v, want a fault with its place", pattern, err)
		}
	}
}

func TestWildcardSlot(t *testing.T) {
	for pattern, terms := range map[string]string{
		"wom?n": "woman women -womn -womaan -xwoman", "w*n": "wn woman w.n -wna", "*ing": "ing rising -ingot", "a.b*": "a.b a.bc -axb", "石?": "石油 -石",
	} {
		sl, err := wildcardSlot(pattern, query.Span{})
		if err != nil {
			t.Fatal(err)
		}
		for term := range strings.FieldsSeq(terms) {
			term, not := strings.CutPrefix(term, "-")
			if accepts(sl.machine.walk(), term) == not {
				t.Errorf("%s on %s: got %v", pattern, term, not)
			}
		}
	}
}
