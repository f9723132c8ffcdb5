// Package markdown reads articles in Markdown with front matter, as static site generators keep them, one a file.
//
// Front matter is YAML between lines of "---", TOML between "+++" or JSON between ";;;". Its names are those of package
// fields, and those of Jekyll and Hugo: a draft is rejected as one, an article whose time of publication has not come as
// embargoed.
package markdown

import (
	"io"
	"regexp"
	"strings"

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/fields"
	"dateline/index/source/record"
)

// Format is Markdown with front matter.
var Format = record.Format{Name: formatName, Sniff: sniff, Open: open}

const formatName = "markdown"

// maxFront bounds front matter in bytes. It has to end within what Sniff sees.
const maxFront = record.SniffLen

// key is a line of front matter with a name that it gives to a value.
var key = regexp.MustCompile(`(?m)^["']?([\p{L}_][\p{L}\p{N}_ -]{0,63})["']?[ \t]*[:=]`)

// sniff reports whether a stream begins with front matter in which a name stands that an article has.
func sniff(head []byte, whole bool) bool {
	front, _, kind := cut(string(head))
	if kind == "" {
		return false
	}
	for _, m := range key.FindAllStringSubmatch(front, 200) {
		if fields.Known(strings.TrimSpace(m[1])) {
			return true
		}
	}
	return kind == jsonLine && strings.Contains(front, `"`)
}

// The kinds of front matter, by the line that opens it.
const (
	yamlLine = "---"
	tomlLine = "+++"
	jsonLine = ";;;"
)

// cut parts a text into front matter and body. kind is "" when it does not begin with any, or that does not end.
func cut(s string) (front, body, kind string) {
	s = strings.TrimPrefix(s, "\ufeff")
	first, rest, found := strings.Cut(s, "\n")
	kind = strings.TrimRight(first, " \t\r")
	if !found || kind != yamlLine && kind != tomlLine && kind != jsonLine {
		return "", "", ""
	}
	for at := 0; at <= min(len(rest), maxFront); {
		line, _, more := strings.Cut(rest[at:], "\n")
		if l := strings.TrimRight(line, " \t\r"); l == kind || kind == yamlLine && l == "..." {
			end := min(at+len(line)+1, len(rest))
			return rest[:at], rest[end:], kind
		}
		if !more {
			break
		}
		at += len(line) + 1
	}
	return "", "", ""
}

func open(r io.Reader, o record.Options) record.Reader {
	return record.Whole(r, o, "file", func(raw []byte, at record.Place) (index.Article, error) {
		return article(charset.Clean(string(raw)), at, o)
	})
}
