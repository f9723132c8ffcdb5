package jsonl

import (
	"testing"

	"dateline/index/source/record"
	"dateline/index/source/sourcetest"
)

// The golden files have the spellings, the shapes and the faults that JSON news comes with.
func TestGolden(t *testing.T) {
	sourcetest.Golden(t, Format, record.Options{}, "testdata/*.json*")
}
