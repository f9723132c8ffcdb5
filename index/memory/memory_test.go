package memory_test

import (
	"testing"

	"dateline/index"
	"dateline/index/enginetest"
	"dateline/index/memory"
)

func TestEngine(t *testing.T) {
	enginetest.Run(t, func(*testing.T) index.Engine { return memory.New(memory.Options{Clock: enginetest.Clock}) })
}
