package aliases

import (
	"slices"
	"strings"
	"testing"

	"dateline/index"
)

// TestSurnames holds of whom a surname alone is.
func TestSurnames(t *testing.T) {
	for _, c := range []struct {
		what      string
		names     string
		decisions string
		want      string
	}{
		{"whom all articles call so", "Anna Berg 6 = Berg; Berg 9", "", "Anna Berg = Berg"},
		{"nine in ten", "Anna Berg 18 = Berg; Karl Berg 2 = Berg; Berg 9", "", "Anna Berg = Berg"},
		{"not nine in ten", "Anna Berg 17 = Berg; Karl Berg 2 = Berg; Berg 9", "", ""},
		{"too few to tell", "Anna Berg 4 = Berg; Berg 9", "", ""},
		{"nobody is called so", "Anna Berg 90; Berg 9", "", ""},
		{"under all spellings", "Ruslan Mirzaev 3 = Mirzaev; Ruslan Mirzayev 3 = Mirzaev; Mirzaev 2; Mirzayev 1", "",
			"Ruslan Mirzaev = Ruslan Mirzayev = Mirzaev = Mirzayev"},
		{"the user says whose it is", "Anna Berg 6 = Berg; Karl Berg 1; Berg 9", "merge|Berg|Karl Berg", "Karl Berg = Berg"},
		{"the user took it out", "Anna Berg 6 = Berg; Berg 9", "split|Berg", ""},
		{"the user says that it is not his", "Anna Berg 6 = Berg; Berg 9", "apart|Berg|Anna Berg", ""},
	} {
		var decisions []string
		if c.decisions != "" {
			decisions = strings.Split(c.decisions, ";")
		}
		b := bookOf(index.Person, archiveOf(strings.Split(c.names, "; ")...), decisions...)
		if got := strings.Join(entities(b), "; "); got != c.want {
			t.Errorf("%s: %s\ngot  %q\nwant %q", c.what, c.names, got, c.want)
		}
	}
}

// TestSurnameReason says why a surname is one with a full name, which is shown even where fewer have it.
func TestSurnameReason(t *testing.T) {
	b := bookOf(index.Person, archiveOf("Anna Berg 6 = Berg", "Berg 9"))
	info, ok := b.Entity("berg")
	if !ok || info.Name != "Anna Berg" || len(info.Names) != 2 || info.Names[1].Reason != calledSo {
		t.Errorf("%+v", info)
	}
	if len(info.Suggestions) != 0 {
		t.Errorf("suggested: %+v", info.Suggestions)
	}
}

// TestSurnameSuggested suggests whom four articles in five mean by a surname, where that is not enough for a rule.
func TestSurnameSuggested(t *testing.T) {
	for _, c := range []struct {
		names string
		want  bool
	}{
		{"Anna Berg 8; Karl Berg 2; Berg 3", true},
		{"Anna Berg 7; Karl Berg 2; Berg 3", false},
	} {
		b := bookOf(index.Person, archiveOf(strings.Split(c.names, "; ")...))
		list, _ := b.Suggestions(10)
		got := slices.ContainsFunc(list, func(s index.Suggested) bool { return s.Name == "Anna Berg" && s.Other == "Berg" })
		if got != c.want || !c.want && len(list) > 0 {
			t.Errorf("%s: %+v", c.names, list)
		}
	}
}

// TestCertainIsNotTorn joins names that are written alike though a third name is near to one of them only.
func TestCertainIsNotTorn(t *testing.T) {
	b := bookOf(index.Org, archiveOf("Harbour Insurance Group 40", "Harbour Insurance Group Inc 50", "HIG 8", "HIG Bank 5"))
	if got := strings.Join(entities(b), "; "); !strings.Contains(got, "Harbour Insurance Group Inc = Harbour Insurance Group") {
		t.Error(got)
	}
}
