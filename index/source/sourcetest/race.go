//go:build race

package sourcetest

// Race says that the race detector watches, under which everything takes about ten times as long: tests of much data then
// read a sample of it.
const Race = true
