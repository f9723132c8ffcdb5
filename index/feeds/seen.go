package feeds

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// seen are the items that a feed showed last, as hashes of their ids, the oldest first.
type seen struct {
	order []string
	has   map[string]bool
}

// A hash has 48 bits: among the few hundred of a feed no two are ever alike. In the file it is hashChars characters.
const (
	hashBytes = 6
	hashChars = 8
)

// minSeen is how many items of a feed are remembered, or twice as many as it shows. What it shows again after more than those
// is found in the index.
const minSeen = 100

func hashOf(id string) string {
	sum := sha256.Sum256([]byte(id))
	return base64.RawURLEncoding.EncodeToString(sum[:hashBytes])
}

func readSeen(text string) *seen {
	s := &seen{has: map[string]bool{}}
	for ; len(text) >= hashChars; text = text[hashChars:] {
		s.put(text[:hashChars])
	}
	return s
}

// put adds a hash and reports whether it is new.
func (s *seen) put(hash string) bool {
	if s.has[hash] {
		return false
	}
	s.has[hash] = true
	s.order = append(s.order, hash)
	return true
}

// text writes the newest, as many as are kept of a feed that shows a number of items.
func (s *seen) text(shown int) string {
	keep := max(minSeen, 2*shown)
	return strings.Join(s.order[max(len(s.order)-keep, 0):], "")
}
