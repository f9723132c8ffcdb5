package sourcetest

import "testing"

// SkipWatched skips a test of much data under the race detector that runs on one goroutine: there is nothing to watch, and it takes
// ten times as long. .ci/run runs the tests of its package without the detector as well.
func SkipWatched(t testing.TB) {
	if Race {
		t.Helper()
		t.Skip("SKIPPED under the race detector, which has nothing to watch here: .ci/run runs it without")
	}
}
