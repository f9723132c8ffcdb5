package markdown

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds within which what opens is closed: the address of a link or a tag, how many brackets lie in each other, and the
// backticks around code. What lies beyond them stands for itself.
const (
	maxAddress  = 1000
	maxBrackets = 32
	maxTicks    = 16
)

// inline returns a paragraph without its markup: emphasis, code and links leave their text, pictures and tags nothing.
func inline(s string, refs map[string]bool) string {
	if !strings.ContainsAny(s, "*_~`[]<&\\") {
		return lines(s)
	}
	r := run{s: s, refs: refs, out: make([]byte, 0, len(s)), ticks: map[int]bool{}}
	for r.at < len(s) {
		r.next()
	}
	return lines(html.UnescapeString(string(r.compact())))
}

// lines trims each line and puts single blanks between its words.
func lines(s string) string {
	kept := make([]string, 0, 1)
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// run is the state of reading a paragraph.
type run struct {
	s        string
	at       int
	refs     map[string]bool
	out      []byte
	brackets []bracket
	open     [3][]int    // the delimiters that may still be closed, by sign, as places in marks
	marks    []delimiter // all delimiters, in their order
	ticks    map[int]bool
}

// bracket is one that may open a link or a picture.
type bracket struct {
	out     int // where it stands in out
	marks   int // how many delimiters stood before it
	picture bool
}

// delimiter is a row of signs of emphasis.
type delimiter struct {
	out, size, dropped int
}

const signs = "*_~"

// next reads one sign or the text up to the next one.
func (r *run) next() {
	rest := r.s[r.at:]
	switch c := rest[0]; c {
	case '\\':
		r.escape(rest)
	case '`':
		r.code(rest)
	case '*', '_', '~':
		r.emphasis(rest)
	case '!':
		if strings.HasPrefix(rest, "![") {
			r.bracket(2)
			return
		}
		r.keep(1)
	case '[':
		r.bracket(1)
	case ']':
		r.link()
	case '<':
		r.tag(rest)
	default:
		n := strings.IndexAny(rest, "\\`*_~![]<")
		if n < 0 {
			n = len(rest)
		}
		r.keep(n)
	}
}

// keep copies n bytes.
func (r *run) keep(n int) {
	r.out = append(r.out, r.s[r.at:r.at+n]...)
	r.at += n
}

func (r *run) escape(rest string) {
	if len(rest) > 1 && rest[1] < utf8.RuneSelf && (unicode.IsPunct(rune(rest[1])) || unicode.IsSymbol(rune(rest[1]))) {
		r.at++
	}
	r.keep(min(1, len(r.s)-r.at))
}

// code keeps the text between two rows of as many backticks. Where a row is not closed, no other of its length behind it is.
func (r *run) code(rest string) {
	n := len(rest) - len(strings.TrimLeft(rest, "`"))
	row := rest[:n]
	if n > maxTicks || r.ticks[n] {
		r.keep(n)
		return
	}
	for from := n; ; {
		i := strings.Index(rest[from:], row)
		if i < 0 {
			r.ticks[n] = true
			r.keep(n)
			return
		}
		from += i
		size := len(rest[from:]) - len(strings.TrimLeft(rest[from:], "`"))
		if size == n {
			r.out = append(r.out, strings.TrimSpace(rest[n:from])...)
			r.at += from + n
			return
		}
		from += size
	}
}

// emphasis reads a row of signs, which opens, closes or stands for itself by what is around it.
func (r *run) emphasis(rest string) {
	c := rest[0]
	n := len(rest) - len(strings.TrimLeft(rest, rest[:1]))
	before, _ := utf8.DecodeLastRuneInString(r.s[:r.at])
	after, _ := utf8.DecodeRuneInString(rest[n:])
	opens, closes := n < len(rest) && !unicode.IsSpace(after), r.at > 0 && !unicode.IsSpace(before)
	if c == '_' && r.at > 0 && n < len(rest) && word(before) && word(after) || c == '~' && n != 2 {
		opens, closes = false, false
	}
	sign := strings.IndexByte(signs, c)
	m := delimiter{out: len(r.out), size: n}
	r.keep(n)
	if closes {
		for stack := r.open[sign]; len(stack) > 0 && m.dropped < m.size; stack = r.open[sign] {
			o := &r.marks[stack[len(stack)-1]]
			k := min(m.size-m.dropped, o.size-o.dropped)
			m.dropped += k
			if o.dropped += k; o.dropped == o.size {
				r.open[sign] = stack[:len(stack)-1]
			}
		}
	}
	r.marks = append(r.marks, m)
	if opens && m.dropped < m.size {
		r.open[sign] = append(r.open[sign], len(r.marks)-1)
	}
}

func word(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// bracket reads "[" or "![".
func (r *run) bracket(n int) {
	if len(r.brackets) == maxBrackets { // the outermost will have to stand for itself
		r.brackets = r.brackets[:copy(r.brackets, r.brackets[1:])]
	}
	r.brackets = append(r.brackets, bracket{out: len(r.out), marks: len(r.marks), picture: n == 2})
	r.keep(n)
}

// link reads "]" and what follows it: (address), [label] or nothing. A link leaves its text, a picture and the mark of a
// footnote nothing; what is none stands as it is.
func (r *run) link() {
	if len(r.brackets) == 0 {
		r.keep(1)
		return
	}
	b := r.brackets[len(r.brackets)-1]
	r.brackets = r.brackets[:len(r.brackets)-1]
	mark := 1
	if b.picture {
		mark = 2
	}
	text := string(r.out[b.out+mark : min(len(r.out), b.out+mark+200)])
	n := r.target(r.s[r.at+1:], text)
	if n < 0 {
		r.keep(1)
		return
	}
	r.at += 1 + n
	if b.picture || strings.HasPrefix(text, "^") {
		r.out = r.out[:b.out]
		r.forget(b.marks)
		return
	}
	r.out = append(r.out[:b.out], r.out[b.out+mark:]...)
	for i := b.marks; i < len(r.marks); i++ {
		r.marks[i].out -= mark
	}
}

// forget drops the delimiters from the n-th on.
func (r *run) forget(n int) {
	r.marks = r.marks[:n]
	for sign, stack := range r.open {
		for len(stack) > 0 && stack[len(stack)-1] >= n {
			stack = stack[:len(stack)-1]
		}
		r.open[sign] = stack
	}
}

// target returns how long the target of a link is that s begins with, or -1 when the brackets before it are no link.
func (r *run) target(s, text string) int {
	if strings.HasPrefix(s, "(") {
		depth := 0
		for i := 0; i < min(len(s), maxAddress); i++ {
			switch s[i] {
			case '\\':
				i++
			case '(':
				depth++
			case ')':
				if depth--; depth == 0 {
					return i + 1
				}
			}
		}
	}
	if strings.HasPrefix(s, "[") {
		label, _, found := strings.Cut(s[1:min(len(s), 200)], "]")
		if found && (r.refs[strings.ToLower(label)] || label == "" && r.refs[strings.ToLower(text)]) {
			return len(label) + 2
		}
	}
	if r.refs[strings.ToLower(text)] || strings.HasPrefix(text, "^") && !strings.ContainsAny(text, " \n") {
		return 0
	}
	return -1
}

// tag drops a tag of HTML, and keeps the address of <https://…>.
func (r *run) tag(rest string) {
	end := strings.IndexByte(rest[:min(len(rest), maxAddress)], '>')
	if end < 2 {
		r.keep(1)
		return
	}
	inside := rest[1:end]
	switch c := inside[0]; {
	case strings.Contains(inside, "://") && !strings.ContainsAny(inside, " \n\"="), strings.Contains(inside, "@") && !strings.ContainsAny(inside, " \n\"="):
		r.out = append(r.out, inside...)
	case c == '/' || c == '!' || c == '?' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		if isBreak(inside) {
			r.out = append(r.out, '\n')
		}
	default:
		r.keep(1)
		return
	}
	r.at += end + 1
}

// isBreak reports whether a tag ends a line.
func isBreak(tag string) bool {
	name := strings.ToLower(strings.TrimRight(strings.TrimLeft(tag, "/"), " /"))
	return name == "br" || name == "p" || name == "div" || name == "li" || name == "tr"
}

// compact returns the text without the delimiters that were opened and closed.
func (r *run) compact() []byte {
	kept := r.out[:0]
	from := 0
	for _, m := range r.marks {
		if m.dropped == 0 {
			continue
		}
		kept = append(kept, r.out[from:m.out]...)
		from = m.out + m.dropped
	}
	return append(kept, r.out[from:]...)
}
