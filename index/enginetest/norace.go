//go:build !race

package enginetest

// race says that the race detector watches.
const race = false
