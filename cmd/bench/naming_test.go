package main

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestNaming measures the sample articles once each way.
func TestNaming(t *testing.T) {
	results := map[string][]naming{}
	for _, what := range []string{childNamed, childUnnamed} {
		var b bytes.Buffer
		if err := runNaming(&b, what, []string{"../../testdata/articles/text", "../../testdata/articles/reuters"}); err != nil {
			t.Fatal(err)
		}
		var n naming
		if err := json.Unmarshal(b.Bytes(), &n); err != nil {
			t.Fatal(err)
		}
		results[what] = append(results[what], n)
	}
	with, without := results[childNamed][0], results[childUnnamed][0]
	if with.Articles != without.Articles || with.Text != without.Text || with.Articles < 90 {
		t.Errorf("%+v, %+v", with, without)
	}
	if with.Mentions < 500 || without.Mentions != 0 || without.Entities == 0 || with.Entities < 10*without.Entities {
		t.Errorf("%d mentions of %d entities, without %d of %d", with.Mentions, with.Entities, without.Mentions, without.Entities)
	}
	var b bytes.Buffer
	reportNaming(&b, results[childNamed], results[childUnnamed])
	if lines := strings.Count(b.String(), "\n"); lines != 10 {
		t.Errorf("%d lines:\n%s", lines, b.String())
	}
	if got := ratiosOf([]naming{{measure: measure{Wall: 3}}, {measure: measure{Wall: 2}}}, []naming{{measure: measure{Wall: 2}}, {measure: measure{Wall: 2}}}); !slices.Equal(got, []float64{1.5, 1}) {
		t.Errorf("ratios %v", got)
	}
	if err := runNaming(&b, childNamed, []string{os.DevNull}); err == nil {
		t.Error("no articles are no error")
	}
}
