//go:build !race

package analysis

// race says that the race detector watches.
const race = false
