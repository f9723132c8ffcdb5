package embedded_test

import (
	"testing"

	"dateline/index/embedded"
	"dateline/index/enginetest"
)

// TestRealArticles compares the engine with the memory engine on articles of news agencies and newspapers.
func TestRealArticles(t *testing.T) {
	articles := enginetest.RealArticles(t)
	e, err := embedded.Open(t.TempDir(), embedded.Options{Clock: enginetest.Clock})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	enginetest.RunArticles(t, e, articles)
}
