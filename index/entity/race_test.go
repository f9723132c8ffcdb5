//go:build race

package entity_test

// race says that the race detector watches.
const race = true
