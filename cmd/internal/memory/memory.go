// Package memory sets how much of it programs that index may take.
package memory

import (
	"os"
	"runtime/debug"
)

// What Bound sets.
const (
	percent = 400       // GOGC
	limit   = 400 << 20 // GOMEMLIMIT, in bytes
)

// Bound lets the heap grow before it is collected, which saves an eighth of the processor time, and makes the collector work
// harder near what a batch in each writer needs. It is no hard limit, and the user's own settings go before it.
func Bound() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(limit)
	}
}
