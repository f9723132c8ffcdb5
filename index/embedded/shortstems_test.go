package embedded

import (
	"slices"
	"testing"

	"dateline/index"
	"dateline/index/analysis"
)

// TestShortStems: the terms that a word with a short stem stands for are the same with the tables as without them, in every
// language.
func TestShortStems(t *testing.T) {
	e := mustOpen(t, t.TempDir(), Options{})
	text := "a as ass asses at ate aing aed uingly is ie ies ied ying ye s st sts sting by bying us use uses used een eens ene mae mais os osos io ia ii и ий ая её ям σ τους å ån öar ет"
	var words []string
	for _, token := range analysis.Tokens(nil, text) {
		words = append(words, token.Term)
	}
	list := []index.Article{{ID: "none", Title: text, Body: text}}
	for l := range analysis.Language(analysis.Languages) {
		list = append(list, index.Article{ID: l.String(), Title: text, Body: "u " + text, Language: l.String()})
	}
	mustPut(t, e, list)
	err := e.view(t.Context(), func(v *view) error {
		find := func(word string) (all [][]use) {
			for _, s := range v.segments {
				for field := range textFieldCount {
					if !defaultFields.has(field) {
						continue
					}
					sl := &slot{kind: slotStem, text: word}
					uses, err := sl.expand(s.dictionary(sl, field), s.speaks().languages, s.short[field].Load())
					if err != nil {
						t.Fatal(err)
					}
					all = append(all, uses)
				}
			}
			return all
		}
		var before [][][]use
		for _, w := range words {
			before = append(before, find(w))
		}
		if err := v.makeShortStems(t.Context()); err != nil {
			return err
		}
		kept := 0
		for _, s := range v.segments {
			for field := range textFieldCount {
				if at := s.short[field].Load(); at != nil {
					for _, of := range at {
						kept += len(of)
					}
				}
			}
		}
		if kept == 0 {
			t.Error("there are no short stems")
		}
		for i, w := range words {
			if after := find(w); !slices.EqualFunc(after, before[i], func(a, b []use) bool { return slices.Equal(a, b) }) {
				t.Errorf("%s stands for %v, and for %v without tables", w, after, before[i])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestShortTermsAreStems: a term that is no longer than a short stem is its own, as shortStems.each takes for granted.
func TestShortTermsAreStems(t *testing.T) {
	var terms []string
	for a := rune(1); a < 0x800; a++ {
		terms = append(terms, string(a))
		if a < 0x80 {
			for b := rune(1); b < 0x80; b++ {
				terms = append(terms, string(a)+string(b))
			}
		}
	}
	for _, term := range terms {
		for l := range analysis.Language(analysis.Languages) {
			if stem := l.Stem(term); len(term) <= shortStem && stem != term {
				t.Errorf("the stem of %q is %q", term, stem)
			}
		}
	}
}
