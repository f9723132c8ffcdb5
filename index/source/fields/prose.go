package fields

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"dateline/index/source/charset"
	"dateline/index/source/markup"
)

// line returns a text in one line with single blanks.
func (b *builder) line(s string) string {
	s = charset.Clean(s)
	if b.exported {
		return s
	}
	return fold(s)
}

// fold puts a text into one line with single blanks. One that is so already is not copied.
func fold(s string) string {
	for i := range len(s) {
		c := s[i]
		if c == '\n' || c == '\t' || c == '\r' || c >= 0x80 || c == ' ' && (i == 0 || i == len(s)-1 || s[i+1] == ' ') {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

// paragraphs returns a text with its lines trimmed and one blank line between paragraphs, its markup taken away.
func (b *builder) paragraphs(s string) string {
	s = charset.Clean(s)
	if b.exported {
		return s
	}
	if markup.Is(s) {
		return markup.Prose(s, true)
	}
	out := make([]byte, 0, len(s))
	blank := 0
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			blank++
			continue
		}
		if len(out) > 0 {
			out = append(out, "\n\n"[:min(blank, 1)+1]...)
		}
		out, blank = append(out, line...), 0
	}
	return string(out)
}

// hashed returns an id in place of one that is too long to be kept.
func hashed(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256:" + hex.EncodeToString(sum[:])
}
