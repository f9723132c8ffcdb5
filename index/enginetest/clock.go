package enginetest

import (
	"sync/atomic"
	"time"

	"dateline/index"
)

// Clock is the time of the engines under test: it stands still but where a test moves it, so that versions of articles have
// times that are known. Tests do not run in parallel.
func Clock() time.Time { return now.Add(time.Duration(passed.Load()) * time.Second) }

var _ index.Clock = Clock

// passed are the seconds that have passed since now.
var passed atomic.Int64

// wait lets time pass.
func wait(d time.Duration) { passed.Add(int64(d / time.Second)) }
