// Package soup reads XML as feed readers do: record by record, and whatever is broken about it.
package soup

import (
	"bytes"
	"strings"
)

// kind is what a token is.
type kind int

const (
	partial kind = iota // the token goes on behind what was read
	text
	start
	end
	cdata
	other // a comment, a processing instruction or a declaration
)

// token is a piece of markup. Its places count from where the scan began.
type token struct {
	kind             kind
	size             int // of the token
	nameFrom, nameTo int // of a start or an end tag
	empty            bool
}

// scanner cuts markup into tokens. What is not closed is no markup: its first bracket is text, and what follows is read anew.
type scanner struct {
	// none has, for each way of closing, up to where it is known that there is no such end, so that a text full of openings is
	// not searched again for each of them.
	none [len(closings)]int
}

// The closings of what is not a tag.
var closings = [...]string{"-->", "]]>", "?>", "]"}

const (
	ofComment = iota
	ofCDATA
	ofInstruction
	ofSubset // of a document type
)

// advance tells the scanner that n bytes before what it sees next are gone.
func (s *scanner) advance(n int) {
	for i := range s.none {
		s.none[i] = max(0, s.none[i]-n)
	}
}

// scan reads the token at b[at:]. all says that nothing follows b, or that what follows is not to be waited for.
func (s *scanner) scan(b []byte, at int, all bool) token {
	t := s.markup(b, at, all)
	if t.kind == text {
		return token{kind: text, size: textEnd(b, at+t.size) - at}
	}
	return t
}

// textEnd returns where the text that goes on at b[i:] ends: before the next bracket that may open something.
func textEnd(b []byte, i int) int {
	for {
		n := bytes.IndexByte(b[i:], '<')
		if n < 0 {
			return len(b)
		}
		if i += n; i+1 == len(b) || opens(b[i+1]) {
			return i
		}
		i++
	}
}

// opens reports whether a character behind a bracket makes it one of markup.
func opens(c byte) bool { return c == '/' || c == '!' || c == '?' || nameStart(c) }

func nameStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':' || c >= 0x80
}

// markup reads markup at b[at:]. A text token of it is only the first byte of one.
func (s *scanner) markup(b []byte, at int, all bool) token {
	b2 := b[at:]
	switch {
	case len(b2) == 0:
		return token{}
	case b2[0] != '<':
		return token{kind: text, size: 1}
	case len(b2) == 1 && !all:
		return token{}
	case len(b2) == 1 || !opens(b2[1]):
		return token{kind: text, size: 1}
	case !all && len(b2) < len("<![CDATA[") && b2[1] == '!':
		return token{}
	case bytes.HasPrefix(b2, []byte("<!--")):
		return s.closed(b, at, all, 4, ofComment)
	case bytes.HasPrefix(b2, []byte("<![CDATA[")):
		return s.closed(b, at, all, len("<![CDATA["), ofCDATA)
	case b2[1] == '?':
		return s.instruction(b, at, all)
	case b2[1] == '!':
		return s.declaration(b, at, all)
	}
	return tag(b2, all)
}

// closed reads what ends with one of the closings.
func (s *scanner) closed(b []byte, at int, all bool, opening, closing int) token {
	from := max(at+opening, s.none[closing])
	if from <= len(b) {
		if n := bytes.Index(b[from:], []byte(closings[closing])); n >= 0 {
			k := other
			if closing == ofCDATA {
				k = cdata
			}
			return token{kind: k, size: from + n + len(closings[closing]) - at}
		}
		s.none[closing] = max(from, len(b)-len(closings[closing])+1)
	}
	if all {
		return token{kind: text, size: 1}
	}
	return token{}
}

// maxNear is how far the bracket is looked for that closes a declaration or an instruction at once.
const maxNear = 4 << 10

// instruction reads a processing instruction. One that is closed by a plain bracket before anything else opens ends there.
func (s *scanner) instruction(b []byte, at int, all bool) token {
	near := b[at+2 : min(len(b), at+maxNear)]
	if n := bytes.IndexAny(near, "<>"); n >= 0 && near[n] == '>' {
		return token{kind: other, size: 2 + n + 1}
	}
	return s.closed(b, at, all, 2, ofInstruction)
}

// declaration reads a document type, with what stands in its square brackets, or what else begins so.
func (s *scanner) declaration(b []byte, at int, all bool) token {
	near := b[at+2 : min(len(b), at+maxNear)]
	n := bytes.IndexAny(near, "<>[")
	switch {
	case n < 0 && !all && len(near) < maxNear-2:
		return token{}
	case n < 0 || near[n] == '<':
		return token{kind: text, size: 1}
	case near[n] == '>':
		return token{kind: other, size: 2 + n + 1}
	}
	t := s.closed(b, at, all, 2+n, ofSubset)
	if t.kind != other {
		return t
	}
	for i := at + t.size; ; i++ {
		switch {
		case i == len(b) && !all:
			return token{}
		case i == len(b) || b[i] > ' ' && b[i] != '>':
			return token{kind: text, size: 1}
		case b[i] == '>':
			return token{kind: other, size: i + 1 - at}
		}
	}
}

// maxTag bounds a tag: pictures within addresses make them long.
const maxTag = 1 << 20

// tag reads a tag. It ends at its bracket, or where another opens before: a quote that is not closed by then does not count.
func tag(b []byte, all bool) token {
	b = b[:min(len(b), maxTag)]
	all = all || len(b) == maxTag
	t := token{kind: start, nameFrom: 1}
	if b[1] == '/' {
		t.kind, t.nameFrom = end, 2
	}
	i := t.nameFrom
	for i < len(b) && !nameEnd(b[i]) {
		i++
	}
	t.nameTo = i
	last := byte(0)
	for ; i < len(b); i++ {
		switch c := b[i]; {
		case c == '>':
			t.size, t.empty = i+1, last == '/' && t.kind == start
			return t
		case c == '<':
			t.size = i
			return t
		case (c == '"' || c == '\'') && last == '=':
			n, closed := quoted(b[i+1:], c, all)
			if !closed && i+1+n == len(b) && !all {
				return token{}
			}
			if closed {
				i += n + 1
			}
			last = c
		case c > ' ':
			last = c
		}
	}
	switch {
	case !all:
		return token{}
	case t.kind == end: // the stream's last bracket is missing
		t.size = len(b)
		return t
	}
	return token{kind: text, size: 1}
}

// quoted returns how far a value in quotes goes, and whether the quote is closed before something opens. Whether a bracket at the
// end of b opens something is only known when all is there.
func quoted(b []byte, quote byte, all bool) (n int, closed bool) {
	for i, c := range b {
		if c == quote {
			return i, true
		}
		if last := i+1 == len(b); c == '<' && (last && all || !last && opens(b[i+1])) {
			return i, false
		}
	}
	return len(b), false
}

func nameEnd(c byte) bool { return c <= ' ' || c == '>' || c == '/' || c == '<' || c == '=' }

// Local returns a name without its prefix, in small letters.
func Local(name string) string {
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	return strings.ToLower(name)
}
