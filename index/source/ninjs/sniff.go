package ninjs

import (
	"bytes"
	"strings"
)

// marks are what the names of an object's members show, one bit each.
type marks uint16

const (
	standard  marks = 1 << iota // it says that it is ninjs
	uri                         // it has an identifier
	created                     // and a date of ninjs
	lists                       // texts in lists, as since version 2
	status                      // a status of publication
	headline                    // one headline, as in version 1
	body                        // body_text and the like
	otherwise                   // it is an article as Dateline prints it
)

// of returns what a name shows.
func of(name string) marks {
	switch name = strings.ToLower(name); name {
	case "uri", "guid":
		return uri
	case "versioncreated", "firstcreated", "contentcreated":
		return created
	case "headlines", "bodies", "infosources":
		return lists
	case "pubstatus":
		return status
	case "headline":
		return headline
	case "body_text", "body_xhtml", "body_html":
		return body
	case "published_precision":
		return otherwise
	}
	return 0
}

// isNinjs reports whether an object with these marks is ninjs and no other JSON.
func (m marks) isNinjs() bool {
	switch {
	case m&otherwise != 0:
		return false
	case m&standard != 0:
		return true
	case m&created != 0:
		return m&(uri|lists|status|headline|body) != 0
	}
	return m&uri != 0 && m&(lists|status|body) != 0
}

// holders are the names under which answers of interfaces have the objects, in lower case.
var holders = map[string]bool{"data": true, "item": true, "items": true, "_items": true, "results": true, "docs": true, "articles": true, "": true}

// frame is an object or list around the place that is looked at.
type frame struct {
	isList bool
	name   string // of the member that it is
	marks  marks
	record bool // it may be a record: everything around it is a holder
}

// maxFrames bounds how deep objects are looked into; deeper ones are no records.
const maxFrames = 64

// sniff reports whether the first object of a stream, or one that it holds as answers of interfaces do, is ninjs.
func sniff(head []byte, whole bool) bool {
	head = bytes.TrimLeft(head, "\ufeff \t\r\n\x1e")
	if len(head) == 0 || head[0] != '{' && head[0] != '[' {
		return false
	}
	var open []frame
	name := ""
	for i := 0; i < len(head); {
		switch c := head[i]; c {
		case '{', '[':
			if len(open) == maxFrames {
				return false
			}
			open = append(open, enter(open, name, c == '['))
			name = ""
			i++
		case '}', ']':
			if len(open) == 0 {
				return false
			}
			top := open[len(open)-1]
			open = open[:len(open)-1]
			if top.record && top.marks.isNinjs() {
				return true
			}
			if len(open) == 0 || len(open) == 1 && open[0].isList { // the first record is read
				return false
			}
			i++
		case '"':
			text, end := quoted(head, i)
			i = end
			if top := &open[len(open)-1]; !top.isList && isName(head, i) {
				name = text
				top.marks |= of(text)
				if (text == "standard" || text == "$standard") && bytes.Contains(head[i:min(len(head), i+120)], []byte("ninjs")) {
					top.marks |= standard
				}
			}
		default:
			i++
		}
	}
	for _, f := range open { // the head ends inside them
		if f.record && f.marks.isNinjs() {
			return true
		}
	}
	return false
}

// enter returns the frame of an object or list that begins.
func enter(open []frame, name string, isList bool) frame {
	f := frame{isList: isList, name: strings.ToLower(name), record: true}
	if n := len(open); n > 0 {
		f.record = open[n-1].record && (open[n-1].isList || holders[f.name])
	}
	return f
}

// quoted returns a string that begins at i, its escapes as written, and where it ends.
func quoted(b []byte, i int) (string, int) {
	for j := i + 1; j < len(b); j++ {
		switch b[j] {
		case '\\':
			j++
		case '"':
			return string(b[i+1 : j]), j + 1
		}
	}
	return "", len(b)
}

// isName reports whether the string that ends at i is the name of a member.
func isName(b []byte, i int) bool {
	rest := bytes.TrimLeft(b[i:min(len(b), i+64)], " \t\r\n")
	return len(rest) > 0 && rest[0] == ':'
}
