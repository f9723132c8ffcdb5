package analysis

import (
	"regexp"
	"strings"
	"testing"
)

func TestWildcard(t *testing.T) {
	for _, c := range []struct{ word, want string }{ // wild tokens in brackets
		{"wom?n", "[wom?n]"},
		{"w*n", "[w*n]"},
		{"*ing", "[*ing]"},
		{"anti-terr*st", "anti [terr*st]"},
		{"CAF?", "[caf?]"},
		{"Straß?", "[strass?]"},
		{"Éle*ção", "[ele*cao]"},
		{"U.S.*", "[us*]"},
		{"?.K.", "[?k]"},
		{"AT&*", "[at&*]"},
		{"don't*", "[dont*]"},
		{"l'*", "l [*]"},
		{"O'Ne?l's", "o [ne?l]"},
		{"1,00?", "1 [00?]"},
		{"20??", "[20??]"},
		{"*", "[*]"},
		{"**", "[**]"},
		{"? ?", "[?] [?]"},
		{"石*", "石"},
		{"*石*油", "石 油"},
		{"石?油", "石 [?] 油"},
		{"ap*-*", "[ap*] [*]"},
		{"\uA000*\uA001?", "[\uA000*\uA001?]"},
		{"plain word", "plain word"},
		{"-", ""},
	} {
		var got []string
		for _, p := range Wildcard(c.word) {
			if p.Wild {
				p.Text = "[" + p.Text + "]"
			}
			got = append(got, p.Text)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %s, want %s", c.word, s, c.want)
		}
	}
}

// FuzzWildcard: a text without wildcards has the patterns that it has tokens.
func FuzzWildcard(f *testing.F) {
	for _, s := range []string{"anti-terr*st U.S.?", "石*油", "ﬁ½*", "*'s"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, word string) {
		for _, p := range Wildcard(word) {
			if p.Wild != strings.ContainsAny(p.Text, "*?") || !strings.ContainsAny(word, "*?") && p.Wild {
				t.Fatalf("%q has the pattern %+v", word, p)
			}
		}
		if strings.ContainsAny(word, "*?") {
			return
		}
		var got []string
		for _, p := range Wildcard(word) {
			got = append(got, p.Text)
		}
		if want := terms(word); strings.Join(got, " ") != want {
			t.Fatalf("%q has the patterns %q, but the terms %q", word, got, want)
		}
	})
}

func TestFoldPattern(t *testing.T) {
	for _, c := range []struct{ re, want string }{
		{`Caf[éÈ]s?`, `caf[ee]s?`},
		{`Straße`, `strasse`},
		{`Straß?e`, `stra(?:ss)?e`},
		{`\d+\W\S\pL\p{Lu}\P{Greek}\x{C9}\xC9É\.`, `\d+\W\S\pL\p{Lu}\P{Greek}\x{C9}\xC9e\.`},
		{`[[:Upper:]À-Ü]`, `[[:Upper:]a-u]`},
		{`[^É[:alpha:]Ñ]`, `[^e[:alpha:]n]`},
		{`(?i)ABC|(?P<Name>É)|(?U:X)`, `(?i)abc|(?P<Name>e)|(?U:x)`},
		{`\QA.É\E.É`, `\Qa.e\E.e`},
		{"Cafe\u0301+", "cafe+"},
		{"\u0301+", "\u0301+"},
		{`Ёлка Й`, `елка й`},
		{`[A-Z]{2,3}`, `[a-z]{2,3}`},
		{`[Z-a]`, `[Z-a]`}, // folded it would not compile
		{`½`, `1/2`},
		{`\`, `\`},
		{`[Ä`, `[a`},
		{`(?P<Ä`, `(?P<Ä`},
	} {
		if got := FoldPattern(c.re); got != c.want {
			t.Errorf("%s: got %s, want %s", c.re, got, c.want)
		}
	}
}

func FuzzFoldPattern(f *testing.F) {
	for _, s := range []string{`Caf[éÈ]s?`, `\QÉ\E(?P<A>ß+)`, `[[:alpha:]\d-Ü]`, "x\u030c*", `⑴{2}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, re string) {
		folded := FoldPattern(re)
		if compiles(re) && !compiles(folded) {
			t.Fatalf("%q compiles, but folded, %q, it does not", re, folded)
		}
	})
}

// TestFoldPatternMatchesTerms: an expression that is a word matches the word's term.
func TestFoldPatternMatchesTerms(t *testing.T) {
	for word := range strings.FieldsSeq("Straßenbahn CAFÉ Œuvre Łódź ЁЖ российский ÆØÅ İzmir ΕΛΛΆΣ العـراق ﬁrst ガス") {
		re := regexp.MustCompile("^(?:" + FoldPattern(word) + ")$")
		if !re.MatchString(Term(word)) {
			t.Errorf("%s does not match %s", re, Term(word))
		}
	}
}

func TestTerm(t *testing.T) {
	for word, want := range map[string]string{"Élan": "elan", "anti-Terror": "anti-terror", "O'Neill": "oneill", "ـ": "ـ", "": ""} {
		if got := Term(word); got != want {
			t.Errorf("Term(%q) = %q, want %q", word, got, want)
		}
	}
	if n := len(Term(strings.Repeat("é", 1000))); n > MaxTermBytes {
		t.Errorf("a term of %d bytes", n)
	}
}
