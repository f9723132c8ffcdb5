package main

import (
	"os"
	"testing"
)

// TestBothWork runs both engines on the sample articles, so that the comparison does not rot.
func TestBothWork(t *testing.T) {
	if err := compareSearch(1, []string{"../../testdata/articles/text"}); err != nil {
		t.Error(err)
	}
	for _, what := range []string{"plain", "dateline"} {
		if err := runChild(what, []string{"../../testdata/articles/text"}); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	report([]measure{{Articles: 1, Text: 1, CPU: 2}}, []measure{{Articles: 1, Text: 1, CPU: 1}})
	if _, err := read([]string{os.DevNull}); err == nil {
		t.Error("no articles are no error")
	}
}
