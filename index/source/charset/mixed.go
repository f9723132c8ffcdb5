package charset

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// chunk is how much text is held to find the ends of its lines.
const chunk = 64 << 10

// mixed reads UTF-8 that may hold lines in Windows-1252, as files do that were put together from several.
//
// It judges by the line. In a line with more broken bytes than UTF-8 characters every byte beyond ASCII is Windows-1252,
// for letters of it may stand in an order that happens to be UTF-8 ("ß" and a closing quotation mark). In any other line
// the UTF-8 characters are kept and only the broken bytes are Windows-1252, for that is UTF-8 that was damaged. A line
// longer than a chunk is judged by the chunk.
type mixed struct {
	in   io.Reader
	raw  [chunk]byte
	n    int    // bytes of raw that are filled
	used int    // bytes of raw that out stands for
	out  []byte // decoded and not yet read
	own  []byte // space for decoded text
	err  error
}

func (m *mixed) Read(p []byte) (int, error) {
	for len(m.out) == 0 {
		if m.used > 0 {
			m.n = copy(m.raw[:], m.raw[m.used:m.n])
			m.used = 0
		}
		if m.err != nil && m.n == 0 {
			return 0, m.err
		}
		m.fill()
	}
	n := copy(p, m.out)
	m.out = m.out[n:]
	return n, nil
}

// fill reads once and decodes what may be judged: whole lines, or everything when there is no room or nothing to come.
func (m *mixed) fill() {
	for tries := 0; m.err == nil && m.n < chunk; tries++ {
		k, err := m.in.Read(m.raw[m.n:])
		m.n, m.err = m.n+k, err
		if k > 0 {
			break
		}
		if tries == 100 && err == nil {
			m.err = io.ErrNoProgress
		}
	}
	text := m.raw[:m.n]
	switch end := bytes.LastIndexByte(text, '\n') + 1; {
	case end > 0:
		text = text[:end]
	case m.err != nil:
	case m.n < chunk:
		return
	default:
		if full := fullRunes(text); full > 0 {
			text = text[:full]
		}
	}
	m.used = len(text)
	if utf8.Valid(text) {
		m.out = text
		return
	}
	m.own = m.own[:0]
	for line := range bytes.Lines(text) {
		m.own = appendLine(m.own, line)
	}
	m.out = m.own
}

// appendLine appends a line as UTF-8.
func appendLine(dst, line []byte) []byte {
	good, bad := 0, 0
	for rest := line; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		rest = rest[size:]
	}
	if bad == 0 {
		return append(dst, line...)
	}
	for rest := line; len(rest) > 0; {
		size := 1
		if rest[0] < utf8.RuneSelf {
			dst = append(dst, rest[0])
		} else if r, n := utf8.DecodeRune(rest); n > 1 && good >= bad {
			dst, size = utf8.AppendRune(dst, r), n
		} else {
			dst = utf8.AppendRune(dst, windows1252(rest[0]))
		}
		rest = rest[size:]
	}
	return dst
}

// windows1252 returns the character of a byte. The five bytes that have none become U+FFFD.
func windows1252(b byte) rune {
	if b < 0x80 || b > 0x9F {
		return rune(b)
	}
	return high[b-0x80]
}

var high = [32]rune{
	'€', utf8.RuneError, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', utf8.RuneError, 'Ž', utf8.RuneError,
	utf8.RuneError, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', utf8.RuneError, 'ž', 'Ÿ',
}
