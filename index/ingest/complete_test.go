package ingest

import (
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/source/record"
)

// TestComplete: what is added to an article is cleaned and enriched as what its record has, and judged as well.
func TestComplete(t *testing.T) {
	s := newShelf(t)
	o := Options{formats: []record.Format{bars}, KeepRejects: 9, MaxArticle: 100}
	o.Complete = func(a *index.Article) {
		switch a.ID {
		case "a":
			a.Body = " The port\x00 is open again. \n"
		case "b":
			a.Body = strings.Repeat("x", 101)
		}
	}
	sum, err := Stream(t.Context(), s, strings.NewReader("#a|2024-01-01|Port|short\n#b|2024-01-01|Port|short\n"), "x", o)
	if err != nil || sum.Indexed != 1 || sum.Rejected != 1 || sum.Rejects[0].Reason != record.TooLarge {
		t.Errorf("%+v, %v", sum, err)
	}
	if a := s.articles["a"]; a.Body != "The port is open again." || a.Words != 5 {
		t.Errorf("%+v", a)
	}
}
