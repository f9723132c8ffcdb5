package reuters

import (
	"bytes"
	"html"
	"strings"

	"dateline/index/source/charset"
)

// element is the source of one <REUTERS> element.
type element []byte

// attributes returns the attributes of the first tag: NAME="VALUE", in their order.
func (e element) attributes() [][2]string {
	tag, _, _ := bytes.Cut(e, []byte(">"))
	var list [][2]string
	rest := string(tag)
	for {
		name, after, ok := strings.Cut(rest, `="`)
		if !ok {
			return list
		}
		value, next, ok := strings.Cut(after, `"`)
		if i := strings.LastIndexAny(name, " \t\r\n"); ok && i >= 0 {
			list = append(list, [2]string{name[i+1:], plain(value)})
		}
		rest = next
	}
}

// inner returns what stands between <name ...> and </name>, and the tag itself. Text has no "<" but as a reference.
func (e element) inner(name string) (inner element, tag string, ok bool) {
	for from := 0; ; {
		i := bytes.Index(e[from:], []byte("<"+name))
		if i < 0 {
			return nil, "", false
		}
		i += from
		from = i + 1 + len(name)
		if from < len(e) && e[from] != '>' && e[from] != ' ' {
			continue // <TEXT is no <T
		}
		open := bytes.IndexByte(e[i:], '>')
		if open < 0 {
			return nil, "", false
		}
		open += i + 1
		n := bytes.Index(e[open:], []byte("</"+name+">"))
		if n < 0 {
			return nil, "", false
		}
		return e[open : open+n], string(e[i:open]), true
	}
}

// list returns the values of <name><D>a</D><D>b</D></name>.
func (e element) list(name string) []string {
	in, _, _ := e.inner(name)
	values := []string{}
	for len(in) > 0 {
		i := bytes.Index(in, []byte("<D>"))
		if i < 0 {
			break
		}
		in = in[i+len("<D>"):]
		n := bytes.Index(in, []byte("</D>"))
		if n < 0 {
			n = len(in)
		}
		if v := oneLine(plain(string(in[:n]))); v != "" {
			values = append(values, v)
		}
		in = in[n:]
	}
	return values
}

// plain resolves the character references of a text and cleans it. References to control characters, which steered the
// printers, vanish; "^M", which stands for a carriage return in some texts, too.
func plain(s string) string {
	if strings.Contains(s, "^M") {
		s = strings.ReplaceAll(s, "^M\n", "\n")
	}
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	return charset.Clean(s)
}

// oneLine joins the words of a text with single blanks.
func oneLine(s string) string {
	s = strings.TrimSpace(s)
	if strings.Contains(s, "  ") || strings.ContainsAny(s, "\t\n") {
		s = strings.Join(strings.Fields(s), " ")
	}
	return s
}
