// Package charset turns the bytes of news files into clean UTF-8.
package charset

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	nethtml "golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	utext "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
)

// headLen is how many bytes are looked at to tell an encoding: a page's worth of text shows every one that can be told.
const headLen = 16 << 10

// NewReader returns a reader of r's text in UTF-8, without a byte order mark. What the bytes show goes before what is
// declared: a mark, then UTF-16 and UTF-32 by their zero bytes, then UTF-8 that can be nothing else, then the declared charset (a
// label as HTML and HTTP use it; "" or an unknown one for none), and last UTF-8 with Windows-1252 for what is not valid.
// Text is never refused. r is first read at the first Read.
func NewReader(r io.Reader, declared string) io.Reader {
	return &reader{in: r, declared: declared}
}

type reader struct {
	in       io.Reader
	declared string
	out      io.Reader // nil until the encoding is known
}

func (r *reader) Read(p []byte) (int, error) {
	if r.out == nil {
		br := bufio.NewReaderSize(r.in, headLen)
		head, err := br.Peek(headLen) // an error comes again after the last byte
		enc, mark := tell(head, err == io.EOF, r.declared)
		_, _ = br.Discard(mark)
		if enc == nil {
			r.out = &mixed{in: br}
		} else {
			r.out = transform.NewReader(br, enc.NewDecoder())
		}
	}
	return r.out.Read(p)
}

// tell returns the encoding of a text that begins with head and the length of its byte order mark. A nil encoding stands
// for UTF-8 with Windows-1252 in it.
func tell(head []byte, whole bool, declared string) (encoding.Encoding, int) {
	if enc, mark, ok := byMark(head); ok {
		return enc, mark
	}
	if order := zeroOrder(head); order != nil {
		return utf16In(order), 0
	}
	if order := zeroOrder32(head); order != nil {
		return utf32In(order), 0
	}
	enc, name := nethtml.Lookup(declared)
	switch {
	case enc == nil || name == "utf-8" || name == "windows-1252" || name == "replacement":
		return nil, 0
	case strings.HasPrefix(name, "utf-16"):
		return nil, 0 // UTF-16 shows zero bytes; this is a text that was converted and kept its old declaration
	case provesUTF8(head, whole, multibyte(name)):
		return nil, 0
	}
	return enc, 0
}

func byMark(head []byte) (enc encoding.Encoding, mark int, ok bool) {
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		return nil, 3, true
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE, 0, 0}):
		return utf32In(binary.LittleEndian), 4, true
	case bytes.HasPrefix(head, []byte{0, 0, 0xFE, 0xFF}):
		return utf32In(binary.BigEndian), 4, true
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return utf16In(binary.LittleEndian), 2, true
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return utf16In(binary.BigEndian), 2, true
	}
	return nil, 0, false
}

func utf16In(order binary.ByteOrder) encoding.Encoding {
	if order == binary.BigEndian {
		return utext.UTF16(utext.BigEndian, utext.IgnoreBOM)
	}
	return utext.UTF16(utext.LittleEndian, utext.IgnoreBOM)
}

func utf32In(order binary.ByteOrder) encoding.Encoding {
	if order == binary.BigEndian {
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	}
	return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
}

// zeroOrder returns the byte order of UTF-16 without a mark, or nil. Blanks, digits and line ends have a zero byte in every
// script's UTF-16, always on the same side; and read so, the text has hardly a character that text does not have. A few
// zero bytes among nothing but ASCII are stray ones: in UTF-16 every second byte would be zero.
func zeroOrder(head []byte) binary.ByteOrder {
	var zeros [2]int
	ascii := 0
	for i, b := range head {
		switch {
		case b == 0:
			zeros[i&1]++
		case b >= ' ' && b < 0x7F || b == '\n' || b == '\r' || b == '\t':
			ascii++
		}
	}
	units := len(head) / 2
	enough := max(1, units/50)
	if ascii*20 > (len(head)-zeros[0]-zeros[1])*19 {
		enough = max(1, units/2)
	}
	switch {
	case units < 4:
	case zeros[1] >= enough && zeros[1] > 20*zeros[0] && reads16(head, binary.LittleEndian):
		return binary.LittleEndian
	case zeros[0] >= enough && zeros[0] > 20*zeros[1] && reads16(head, binary.BigEndian):
		return binary.BigEndian
	}
	return nil
}

// reads16 reports whether at most one in fifty characters is none of text.
func reads16(head []byte, order binary.ByteOrder) bool {
	units := make([]uint16, len(head)/2)
	for i := range units {
		units[i] = order.Uint16(head[2*i:])
	}
	odd := 0
	for _, r := range utf16.Decode(units) {
		if isOdd(r) {
			odd++
		}
	}
	return odd*50 <= len(units)
}

// isOdd reports whether a character is none of text.
func isOdd(r rune) bool {
	return r == utf8.RuneError || !unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r)
}

// zeroOrder32 returns the byte order of UTF-32 without a mark, or nil: the two high bytes of nearly
// every character are zero, and at most one character in fifty is none of text. Numbers of four bytes are hardly ever so, for
// small ones are controls.
func zeroOrder32(head []byte) binary.ByteOrder {
	if len(head) < 16 || head[0] != 0 && head[3] != 0 {
		return nil
	}
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		chars, odd := len(head)/4, 0
		for i := 0; i < chars && odd*50 <= chars; i++ {
			if r := order.Uint32(head[4*i:]); r > 0xFFFF || isOdd(rune(r)) {
				odd++
			}
		}
		if odd*50 <= chars {
			return order
		}
	}
	return nil
}

// provesUTF8 reports whether head is valid UTF-8 and has so many characters beyond ASCII that it is so by no chance. One
// is enough against a charset of single bytes; pairs of bytes in EUC and the like are valid UTF-8 now and then.
func provesUTF8(head []byte, whole, multibyte bool) bool {
	if !whole {
		head = head[:fullRunes(head)]
	}
	if !utf8.Valid(head) {
		return false
	}
	wide, need := 0, 1
	if multibyte {
		need = 4
	}
	for _, b := range head {
		if b >= 0xC0 {
			wide++
		}
	}
	return wide >= need
}

func multibyte(name string) bool {
	switch name {
	case "big5", "euc-jp", "euc-kr", "gb18030", "gbk", "iso-2022-jp", "shift_jis", "hz-gb-2312":
		return true
	}
	return false
}

// fullRunes returns how many bytes of b can be read without the beginning of a character that b's end cuts off.
func fullRunes(b []byte) int {
	for i := len(b) - 1; i >= 0 && i >= len(b)-utf8.UTFMax; i-- {
		if utf8.RuneStart(b[i]) {
			if utf8.FullRune(b[i:]) {
				return len(b)
			}
			return i
		}
	}
	return len(b)
}
