package names

import (
	"fmt"
	"hash/fnv"
	"os"
	"strings"
	"testing"
)

// pair is a line of testdata/names/pairs.tsv.
type pair struct {
	typ, a, b string
	same      bool
	kind      string
	heldOut   bool // the rules were not looked at with it
}

func readPairs(t testing.TB) (pairs []pair) {
	t.Helper()
	b, err := os.ReadFile("../../testdata/names/pairs.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		f := strings.Split(line, "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(f) != 5 || f[3] != "same" && f[3] != "not" {
			t.Fatalf("line %d: %q", i+1, line)
		}
		h := fnv.New32a()
		h.Write([]byte(f[0] + f[1] + f[2]))
		pairs = append(pairs, pair{f[0], f[1], f[2], f[3] == "same", f[4], h.Sum32()%2 == 1})
	}
	return pairs
}

// figures are how many pairs of a kind were found, and how many found are right.
type figures struct{ right, wrong, missed int }

func (f *figures) count(found, same bool) {
	switch {
	case found && same:
		f.right++
	case found:
		f.wrong++
	case same:
		f.missed++
	}
}

func (f figures) precision() float64 { return float64(f.right) / float64(max(f.right+f.wrong, 1)) }
func (f figures) recall() float64    { return float64(f.right) / float64(max(f.right+f.missed, 1)) }

func (f figures) String() string {
	return fmt.Sprintf("precision %.3f, recall %.3f (%d right, %d wrong, %d missed)", f.precision(), f.recall(), f.right, f.wrong, f.missed)
}

// TestGolden prints precision and recall of merging, and of merging and suggesting, on the pairs that the rules were tuned
// with, on those held out, and by type. Run it with -v; -args says which tuned pairs fail.
func TestGolden(t *testing.T) {
	merged, suggested := map[string]*figures{}, map[string]*figures{}
	for _, p := range readPairs(t) {
		score, reason := Same(p.typ, p.a, p.b)
		half := "tuned"
		if p.heldOut {
			half = "held out"
		} else if (score >= Merge) != p.same || score >= Suggest && !p.same {
			t.Logf("%s %q %q %s (%s): %.2f %s", p.typ, p.a, p.b, map[bool]string{true: "same", false: "not"}[p.same], p.kind, score, reason)
		}
		for _, key := range []string{"all", half, p.typ} {
			if merged[key] == nil {
				merged[key], suggested[key] = &figures{}, &figures{}
			}
			merged[key].count(score >= Merge, p.same)
			suggested[key].count(score >= Suggest, p.same)
		}
	}
	for _, key := range []string{"tuned", "held out", Person, Org, Place, "all"} {
		t.Logf("%-8s  merge %v; with suggestions %v", key, merged[key], suggested[key])
	}
	for _, key := range []string{"all", "held out"} {
		if m := merged[key]; m.precision() < 0.97 || m.recall() < 0.85 {
			t.Errorf("%s: %v, want at least 0.97 and 0.85", key, m)
		}
	}
}
