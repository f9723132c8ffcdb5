package main

import (
	"fmt"
	"strconv"
)

// number writes n with commas between thousands.
func number(n int) string {
	s := strconv.Itoa(n)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(s) - 3; i > start; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// count writes a number with its noun.
func count(n int, noun string) string {
	switch {
	case n == 1:
	case noun == "story":
		noun = "stories"
	default:
		noun += "s"
	}
	return number(n) + " " + noun
}

// size writes bytes in the largest unit that leaves a figure before the point.
func size(bytes int64) string {
	for _, u := range []struct {
		bytes int64
		name  string
	}{{1 << 40, "TB"}, {1 << 30, "GB"}, {1 << 20, "MB"}, {1 << 10, "kB"}} {
		if bytes >= u.bytes {
			return fmt.Sprintf("%.1f %s", float64(bytes)/float64(u.bytes), u.name)
		}
	}
	return count(int(bytes), "byte")
}
