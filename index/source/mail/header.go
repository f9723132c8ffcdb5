package mail

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/index/source/charset"
)

// field is one header field, unfolded, its value still in its bytes.
type field struct {
	name  string
	value []byte
	odd   bool // no header stands here: a line without a name
}

// header is the fields of a message or part, in their order.
type header []field

// maxFields bounds the fields of a header; mail that many hosts relayed has a hundred.
const maxFields = 1000

// splitHeader parts a message into its header and what follows the first blank line. Lines that are no field are passed
// over, but for the first, which is kept as odd; when there are more of them than fields, the header ends there.
func splitHeader(b []byte) (h header, body []byte) {
	for len(b) > 0 {
		line, rest, _ := bytes.Cut(b, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		name, value, ok := bytes.Cut(line, []byte(":"))
		name = bytes.TrimRight(name, " \t")
		switch {
		case len(line) == 0:
			return h, rest
		case (line[0] == ' ' || line[0] == '\t') && len(h) > 0:
			if len(bytes.TrimSpace(line)) > 0 {
				h[len(h)-1].fold(line)
			}
		case ok && isName(name) && len(h) < maxFields:
			h = append(h, field{name: string(name), value: slices.Clip(bytes.TrimSpace(value[:min(len(value), maxField)]))})
		case len(h) == 0 && !bytes.HasPrefix(line, []byte("From ")) && !bytes.HasPrefix(line, []byte(">From ")):
			h = append(h, field{odd: true})
		}
		b = rest
	}
	return h, nil
}

// maxField bounds the value of a field; what is beyond it is dropped.
const maxField = 64 << 10

func (f *field) fold(line []byte) {
	if len(f.value) < maxField {
		f.value = append(append(f.value, ' '), bytes.TrimSpace(line)...)
	}
}

// isName reports whether a header can have the name.
func isName(b []byte) bool {
	for _, c := range b {
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return len(b) > 0 && len(b) <= 80
}

// get returns the first value of a name, whatever its case, or "".
func (h header) get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.name, name) && len(f.value) > 0 {
			return string(f.value)
		}
	}
	return ""
}

// mediaType returns the type in small letters and its parameters. What mime cannot read is read as far as it goes.
func mediaType(value string) (string, map[string]string) {
	typ, params, err := mime.ParseMediaType(value)
	if err == nil {
		return typ, params
	}
	typ, rest, _ := strings.Cut(value, ";")
	params = map[string]string{}
	for _, m := range parameter.FindAllStringSubmatch(rest, 20) {
		params[strings.ToLower(m[1])] = m[2] + m[3]
	}
	return strings.ToLower(strings.TrimSpace(typ)), params
}

var parameter = regexp.MustCompile(`([A-Za-z-]+)\s*=\s*(?:"([^"]*)"?|([^\s;"]+))`)

// encodedWord is a word of RFC 2047: =?charset?B or Q?text?=. Writers leave blanks in it, against the rule.
var encodedWord = regexp.MustCompile(`=\?([^?\s*]{1,40})(?:\*[^?\s]*)?\?([BbQq])\?([^?]*)\?=`)

// text decodes the value of a field. Bytes beyond ASCII are UTF-8 or in the charset of the message. Neighbouring words of
// one charset are decoded as one, for they may part a character.
func text(value, fallback string) string {
	if !strings.Contains(value, "=?") {
		return charset.Clean(utf8Of([]byte(value), fallback))
	}
	var out strings.Builder
	var held []byte // decoded and not yet converted
	var label string
	flush := func() {
		out.WriteString(utf8Of(held, label))
		held = held[:0]
	}
	end := 0
	for _, m := range encodedWord.FindAllStringSubmatchIndex(value, -1) {
		between := value[end:m[0]]
		next := strings.ToLower(value[m[2]:m[3]])
		joined := end > 0 && strings.TrimSpace(between) == ""
		if !joined || next != label {
			flush()
		}
		if !joined {
			out.WriteString(utf8Of([]byte(between), fallback))
		}
		label, end = next, m[1]
		held = append(held, wordBytes(value[m[4]], value[m[6]:m[7]])...)
	}
	flush()
	out.WriteString(utf8Of([]byte(value[end:]), fallback))
	return charset.Clean(out.String())
}

func wordBytes(encoding byte, s string) []byte {
	if encoding == 'B' || encoding == 'b' {
		return fromBase64([]byte(s))
	}
	return fromQuoted([]byte(strings.ReplaceAll(s, "_", " ")))
}

// utf8Of converts bytes in a charset. Valid UTF-8 stays, whatever the label says, unless it is ASCII that stands for more.
func utf8Of(b []byte, label string) string {
	if ascii(b) && !strings.HasPrefix(strings.ToLower(label), "iso-2022") && !strings.HasPrefix(strings.ToLower(label), "hz") || utf8.Valid(b) && !ascii(b) {
		return string(b)
	}
	out, _ := io.ReadAll(charset.NewReader(bytes.NewReader(b), label)) // reads memory: there is no error
	return string(out)
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// decode takes a transfer encoding off. An unknown one is none.
func decode(b []byte, encoding string) []byte {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return fromBase64(b)
	case "quoted-printable":
		return fromQuoted(b)
	}
	return b
}

// fromBase64 decodes what it can: line ends, blanks and strange bytes are passed over, a cut end is dropped.
func fromBase64(b []byte) []byte {
	kept := make([]byte, 0, len(b))
	for _, c := range b {
		switch {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/':
			kept = append(kept, c)
		case c == '-':
			kept = append(kept, '+')
		case c == '_':
			kept = append(kept, '/')
		}
	}
	if len(kept)%4 == 1 {
		kept = kept[:len(kept)-1]
	}
	n, _ := base64.RawStdEncoding.Decode(kept, kept) // all are of the alphabet
	return kept[:n]
}

// fromQuoted decodes quoted-printable. An equals sign that begins no code stands for itself.
func fromQuoted(b []byte) []byte {
	if bytes.IndexByte(b, '=') < 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] != '=' {
			out = append(out, b[i])
			continue
		}
		if n := softBreak(b[i+1:]); n > 0 {
			i += n
			continue
		}
		if i+2 < len(b) {
			hi, lo := hexDigit(b[i+1]), hexDigit(b[i+2])
			if hi >= 0 && lo >= 0 {
				out = append(out, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		out = append(out, '=')
	}
	return out
}

// softBreak returns how many bytes of b are blanks and a line end: a line that goes on in the next.
func softBreak(b []byte) int {
	n := 0
	for n < len(b) && n < 80 && (b[n] == ' ' || b[n] == '\t' || b[n] == '\r') {
		n++
	}
	if n < len(b) && b[n] == '\n' {
		return n + 1
	}
	return 0
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}
