package embedded_test

import (
	"testing"

	"dateline/index"
	"dateline/index/embedded"
	"dateline/index/enginetest"
)

func TestEngine(t *testing.T) {
	enginetest.Run(t, func(t *testing.T) index.Engine {
		e, err := embedded.Open(t.TempDir(), embedded.Options{Clock: enginetest.Clock})
		if err != nil {
			t.Fatal(err)
		}
		return e
	})
}
