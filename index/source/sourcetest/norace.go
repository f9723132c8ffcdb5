//go:build !race

package sourcetest

// Race says that the race detector watches.
const Race = false
