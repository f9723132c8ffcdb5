package names

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// variants are other ways to write a name, which are the same name.
func variants(typ, name string) []string {
	list := []string{name, strings.ToUpper(name), "  " + strings.ReplaceAll(name, " ", "  ") + " ", name + "'s", "“" + name + "”", bare(name)}
	if typ != Person {
		return list
	}
	list = append(list, "Mr. "+name, "Prime Minister "+name, "Dr. "+name)
	if given, surname, ok := strings.Cut(name, " "); ok && !strings.ContainsAny(surname, " ,.") && !strings.Contains(given, ".") && Parse(typ, name).Number == "" {
		list = append(list, surname+", "+given, strings.ToUpper(given[:1])+". "+surname)
	}
	return list
}

// TestLaws holds on all golden names that comparison is reflexive and symmetric and always gives a reason, and that case,
// accents, possessives and honorifics change nothing.
func TestLaws(t *testing.T) {
	for _, p := range readPairs(t) {
		score, reason := Same(p.typ, p.a, p.b)
		if back, why := Same(p.typ, p.b, p.a); back != score || why != reason {
			t.Errorf("%q %q: %v %q, but back %v %q", p.a, p.b, score, reason, back, why)
		}
		if score < 0 || score > 1 || reason == "" {
			t.Errorf("%q %q: %v %q", p.a, p.b, score, reason)
		}
		for _, name := range []string{p.a, p.b} {
			if self, why := Same(p.typ, name, name); self != 1 {
				t.Errorf("%s %q itself: %v %s", p.typ, name, self, why)
			}
		}
		if v, _ := Same(p.typ, strings.ToLower(p.a), p.b); p.typ == Person && !strings.ContainsAny(p.a, "IVX") && v != score {
			t.Errorf("%q in lower case, %q: %v, was %v", p.a, p.b, v, score)
		}
		if v, _ := Same(p.typ, "the "+p.a, p.b); p.typ != Person && v != score {
			t.Errorf("the %q, %q: %v, was %v", p.a, p.b, v, score)
		}
		if v, _ := Same(p.typ, p.a, p.b+"'s"); v != score {
			t.Errorf("%q, %q's: %v, was %v", p.a, p.b, v, score)
		}
		if v, why := Same(p.typ, "Dr. "+p.a, p.b); p.typ == Person && !strings.Contains(p.a, ",") && v != score {
			t.Errorf("Dr. %q, %q: %v, was %v (%s)", p.a, p.b, v, score, why)
		}
	}
}

// TestSuffixesBothWays holds that it does not matter which of two names comes first, whatever suffixes and numbers they have.
func TestSuffixesBothWays(t *testing.T) {
	endings := []string{"", " Jr.", " Sr.", " II", " III", " Jr. III"}
	for _, p := range readPairs(t) {
		if p.typ != Person {
			continue
		}
		for _, x := range endings {
			for _, y := range endings {
				score, why := Same(p.typ, p.a+x, p.b+y)
				if back, reason := Same(p.typ, p.b+y, p.a+x); back != score || reason != why {
					t.Errorf("%q %q: %v %s, but back %v %s", p.a+x, p.b+y, score, why, back, reason)
				}
			}
		}
	}
}

func TestVariantsAreSame(t *testing.T) {
	for _, n := range goldenNames(t) {
		for _, text := range variants(n.Type, n.Text) {
			if score, reason := Same(n.Type, n.Text, text); score < Suggest {
				t.Errorf("%s %q %q: %v %s", n.Type, n.Text, text, score, reason)
			}
		}
	}
}

// FuzzSame holds the laws, and that blocks cover what is merged, on any two texts; a kilobyte takes no longer than anything
// that people wait for.
func FuzzSame(f *testing.F) {
	for _, p := range readPairs(f) {
		f.Add(uint8(len(p.typ)), p.a, p.b)
	}
	f.Add(uint8(0), strings.Repeat("ch", 500), strings.Repeat("sch ", 250))
	f.Fuzz(func(t *testing.T, kind uint8, a, b string) {
		if len(a) > 1024 || len(b) > 1024 {
			return
		}
		typ := []string{Person, Org, Place}[kind%3]
		began := time.Now()
		x, y := Parse(typ, a), Parse(typ, b)
		v := Compare(&x, &y)
		if took := time.Since(began); took > time.Second {
			t.Errorf("took %v", took)
		}
		if back := Compare(&y, &x); back.Score != v.Score {
			t.Errorf("%q %q: %v, back %v", a, b, v, back)
		}
		if v.Score < 0 || v.Score > 1 || v.Reason == "" {
			t.Errorf("%v", v)
		}
		if len(x.Words) > 0 && utf8.ValidString(a) {
			if self := Compare(&x, &x); self.Score < Merge {
				t.Errorf("%q itself: %v", a, self)
			}
		}
		if v.Merges() && len(x.Words) > 0 && !share(x.Blocks(), y.Blocks()) {
			t.Errorf("%q %q: %v, but no block: %q %q", a, b, v, x.Blocks(), y.Blocks())
		}
		for _, k := range x.Blocks() {
			if len(k) > 2*MaxBytes*2 {
				t.Errorf("a key of %d bytes", len(k))
			}
		}
	})
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"Mr. Mirzayev's", "“Reuters”", "SCO (", "''", "Mr. Mr. ", "McDonald's"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Clean(s)
		if len(once) > len(s) {
			t.Errorf("%q became longer: %q", s, once)
		}
	})
}
