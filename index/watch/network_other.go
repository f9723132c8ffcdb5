//go:build !linux

package watch

// noEvents says why no events can be expected of a path; where file systems cannot be told apart, all are taken to have them.
func noEvents(string) string { return "" }
