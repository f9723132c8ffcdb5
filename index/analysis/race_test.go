//go:build race

package analysis

// race says that the race detector watches, under which everything takes about ten times as long.
const race = true
