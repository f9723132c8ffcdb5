// Package story finds copies of a text, and the story they belong to.
package story

import (
	"crypto/sha256"
	"encoding/base32"
	"unicode"
	"unicode/utf8"
)

// Text returns the id of a distinct text: 16 characters, equal for two articles when their titles and bodies are equal but
// for case, white space and punctuation. It is the first 80 bits of the SHA-256 of the letters, digits and marks: with
// ten million texts the chance of any collision is 4 in 10^11.
func Text(title, body string) string {
	h := sha256.New()
	buf := make([]byte, 0, 4096)
	for _, part := range [...]string{title, body} {
		for _, r := range part {
			if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
				buf = utf8.AppendRune(buf, unicode.ToLower(r))
			}
			if len(buf) > cap(buf)-utf8.UTFMax {
				h.Write(buf)
				buf = buf[:0]
			}
		}
		buf = append(buf, 0)
	}
	h.Write(buf)
	return encoding.EncodeToString(h.Sum(nil)[:10])
}

// encoding writes ids in lower-case letters and digits, which need no escape in a query or an address.
var encoding = base32.NewEncoding("0123456789abcdefghijklmnopqrstuv").WithPadding(base32.NoPadding)
