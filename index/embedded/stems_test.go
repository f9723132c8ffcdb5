package embedded

import (
	"fmt"
	"sync"
	"testing"

	"dateline/index/analysis"
)

// TestStemOf asks for more stems than are remembered, from several goroutines, in every language.
func TestStemOf(t *testing.T) {
	var wait sync.WaitGroup
	for g := range 3 {
		wait.Go(func() {
			for n := range len(stems) / 8 {
				for l := range analysis.Language(analysis.Languages) {
					term := fmt.Sprintf("running%dings", (n+g)%5000)
					if n%2 == 0 {
						term = "houses"
					}
					if got, want := stemOf(l, term), l.Stem(term); got != want {
						t.Errorf("%s: the stem of %s is %s, want %s", l, term, got, want)
						return
					}
				}
			}
		})
	}
	wait.Wait()
}
