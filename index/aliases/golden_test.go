package aliases

import (
	"os"
	"strings"
	"testing"

	"dateline/index/names"
)

// TestGolden judges each pair of testdata/names by what an archive does that has nothing but the two names, and prints
// precision and recall of what it merges.
func TestGolden(t *testing.T) {
	b, err := os.ReadFile("../../testdata/names/pairs.tsv")
	if err != nil {
		t.Fatal(err)
	}
	right, wrong, missed := 0, 0, 0
	for _, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		f := strings.Split(line, "\t")
		if strings.HasPrefix(line, "#") || len(f) < 4 {
			continue
		}
		book := bookOf(f[0], archiveOf(f[1], f[2]))
		merged, same := len(book.members) == 1 || book.lex.Len() == 1, f[3] == "same"
		switch {
		case merged && same:
			right++
		case merged:
			wrong++
			t.Logf("merged, but not the same: %s", line)
		case same:
			missed++
			if _, why := names.Same(f[0], f[1], f[2]); testing.Verbose() {
				t.Logf("not merged: %s: %s", line, why)
			}
		}
	}
	precision, recall := float64(right)/float64(right+wrong), float64(right)/float64(right+missed)
	t.Logf("precision %.3f, recall %.3f (%d right, %d wrong, %d missed)", precision, recall, right, wrong, missed)
	if precision < 0.97 || recall < 0.85 {
		t.Errorf("want at least 0.97 and 0.85")
	}
}
