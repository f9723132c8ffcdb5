package rss

import (
	"testing"
	"time"

	"dateline/index/source/record"
	"dateline/index/source/sourcetest"
)

// now is the time of the tests.
func now() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }

// The golden files have the feeds of the sample articles, an export of WordPress and what can be broken about a feed.
func TestGolden(t *testing.T) {
	sourcetest.Golden(t, Format, record.Options{Now: now}, "../../../testdata/articles/rss/*", "testdata/*.xml")
}
