package memory

import (
	"runtime/debug"
	"testing"
)

func TestBound(t *testing.T) {
	gc, most := debug.SetGCPercent(100), debug.SetMemoryLimit(1<<40)
	defer func() {
		debug.SetGCPercent(gc)
		debug.SetMemoryLimit(most)
	}()
	for _, test := range []struct {
		gogc, memlimit string
		percent        int
		limit          int64
	}{
		{"", "", percent, limit},
		{"50", "", 100, limit}, // the runtime has read them when the program began
		{"", "1GiB", percent, 1 << 40},
	} {
		debug.SetGCPercent(100)
		debug.SetMemoryLimit(1 << 40)
		t.Setenv("GOGC", test.gogc)
		t.Setenv("GOMEMLIMIT", test.memlimit)
		Bound()
		if p, l := debug.SetGCPercent(100), debug.SetMemoryLimit(-1); p != test.percent || l != test.limit {
			t.Errorf("GOGC=%s GOMEMLIMIT=%s: %d %% and %d bytes, want %d %% and %d", test.gogc, test.memlimit, p, l, test.percent, test.limit)
		}
	}
}
