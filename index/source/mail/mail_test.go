package mail

import (
	"testing"
	"time"

	"dateline/index/source/record"
	"dateline/index/source/sourcetest"
)

var options = record.Options{Now: func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }}

const samples = "../../../testdata/articles/mail/"

// formatOf returns the format that a file is told to have, in the order in which they are tried.
func formatOf(raw []byte) (record.Format, bool) {
	if MBOX.Sniff(raw, true) {
		return MBOX, true
	}
	return EML, EML.Sniff(raw, true)
}

func TestGolden(t *testing.T) {
	sourcetest.Golden(t, EML, options, samples+"*.eml")
	sourcetest.Golden(t, MBOX, options, samples+"*.mbox")
}
