package embedded_test

import (
	"testing"

	"dateline/index"
	"dateline/index/embedded"
	"dateline/index/enginetest"
)

// TestEngine checks engines, every other of which makes ready in the background what the next question needs.
func TestEngine(t *testing.T) {
	opened := 0
	enginetest.Run(t, func(t *testing.T) index.Engine {
		opened++
		e, err := embedded.Open(t.TempDir(), embedded.Options{Clock: enginetest.Clock, Serve: opened%2 == 0})
		if err != nil {
			t.Fatal(err)
		}
		return e
	})
}
