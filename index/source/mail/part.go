package mail

import (
	"bytes"
	"strings"

	"dateline/index/source/charset"
)

// Bounds of a message's tree. Newsletters are three deep, forwarded ones six; digests have a few hundred parts.
const (
	maxDepth = 16
	maxParts = 1000
)

// part is a part of a message that holds no others.
type part struct {
	header
	typ    string
	params map[string]string
	body   []byte // still encoded
}

// attachment is what Extra says of a part that is not read.
type attachment struct {
	Name  string `json:"name,omitempty"`
	Type  string `json:"type"`
	Bytes int    `json:"bytes"` // as encoded
}

// tree reads the parts of one message.
type tree struct {
	parts       int
	charset     string // the first that a text names
	attachments []attachment
	deep        bool // something lay too deep or was one too many, and was left out
}

// read returns the text of a part and of those within it. digest says that parts without a type are messages.
func (t *tree) read(h header, body []byte, depth int, digest bool) prose {
	if t.parts++; t.parts > maxParts || depth > maxDepth {
		t.deep = true
		return prose{}
	}
	p := part{header: h, body: body}
	p.typ, p.params = mediaType(h.get("Content-Type"))
	if p.typ == "" && digest {
		p.typ = "message/rfc822"
	}
	if kind, ok := strings.CutPrefix(p.typ, "multipart/"); ok {
		if pieces := split(body, p.params["boundary"]); len(pieces) > 0 {
			return t.multipart(kind, pieces, depth)
		}
		p.typ = "text/plain" // a boundary that nothing has
	}
	return t.leaf(p)
}

// multipart joins the texts of parts, or takes the one that says most of alternatives.
func (t *tree) multipart(kind string, pieces [][]byte, depth int) prose {
	var all prose
	for _, piece := range pieces {
		h, body := splitHeader(piece)
		one := t.read(h, body, depth+1, kind == "digest")
		switch {
		case kind == "alternative":
			all = all.or(one)
		case kind == "related" || kind == "signed":
			if all.empty() { // what follows belongs to the first
				all = one
			}
		default:
			all = all.and(one)
		}
	}
	return all
}

// split returns what stands between the lines of a boundary. The last part of a message that was cut ends with it.
func split(body []byte, boundary string) (pieces [][]byte) {
	if boundary == "" || len(boundary) > 200 {
		return nil
	}
	mark := []byte("--" + boundary)
	start := -1 // of the part that is open
	for at := 0; at < len(body); {
		i := bytes.Index(body[at:], mark)
		if i < 0 {
			break
		}
		i += at
		at = i + len(mark)
		end, _, _ := bytes.Cut(body[at:min(len(body), at+200)], []byte("\n"))
		rest := strings.TrimRight(string(end), " \t\r")
		if i > 0 && body[i-1] != '\n' || rest != "" && rest != "--" {
			continue
		}
		if start >= 0 {
			pieces = append(pieces, body[start:max(start, i-1)])
		}
		start = min(at+len(end)+1, len(body))
		if rest == "--" {
			return pieces
		}
		if len(pieces) > maxParts {
			return pieces
		}
	}
	if start >= 0 && start < len(body) {
		pieces = append(pieces, body[start:])
	}
	return pieces
}

// leaf reads a part without others in it: a text, or an attachment.
func (t *tree) leaf(p part) prose {
	disposition, params := mediaType(p.get("Content-Disposition"))
	html := p.typ == "text/html" || p.typ == "application/xhtml+xml"
	plain := p.typ == "text/plain" || p.typ == "" || p.typ == "text" || p.typ == "text/markdown"
	if disposition == "attachment" || !html && !plain {
		t.attach(p, params["filename"])
		return prose{}
	}
	if t.charset == "" {
		t.charset = p.params["charset"]
	}
	b := decode(p.body, p.get("Content-Transfer-Encoding"))
	label := p.params["charset"]
	if html && label == "" {
		label = charset.Declared(b)
	}
	text := charset.Clean(utf8Of(b, label))
	if html {
		return readHTML(text)
	}
	return readPlain(text, strings.EqualFold(p.params["format"], "flowed"), strings.EqualFold(p.params["delsp"], "yes"))
}

func (t *tree) attach(p part, name string) {
	if name == "" {
		name = p.params["name"]
	}
	if p.typ == "text/x-amp-html" && name == "" { // the same text again
		return
	}
	t.attachments = append(t.attachments, attachment{Name: text(name, ""), Type: p.typ, Bytes: len(p.body)})
}
