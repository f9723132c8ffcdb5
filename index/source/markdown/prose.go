package markdown

import (
	"regexp"
	"strings"
)

// read returns the paragraphs of a Markdown text without its markup, and its title when the first of them is a heading of
// the first level. Headings and the points of lists are paragraphs; the rows of a table are lines of one. Code in blocks,
// pictures, tags and what generators run ({{< >}}, {% %}) are left out.
//
// It reads line by line and never looks back, so that no text takes longer than its length: parsers of the whole of
// CommonMark, which nest whatever is nested, need minutes for some files of a few kilobytes.
func read(text string) (paragraphs []string, title string) {
	b := blocks{refs: map[string]bool{}}
	lines := strings.Split(withoutRuns(text), "\n")
	for _, line := range lines {
		if !strings.Contains(line, "]:") {
			continue
		}
		if m := definition.FindStringSubmatch(line); m != nil && m[1][0] != '^' {
			b.refs[strings.ToLower(m[1])] = true
		}
	}
	for _, line := range lines {
		b.read(line)
	}
	b.end()
	return b.paragraphs, b.title
}

// runs are what generators and browsers run or skip; each is cut out to its end.
var runs = [...][2]string{{"<!--", "-->"}, {"{{<", ">}}"}, {"{{%", "%}}"}, {"{%", "%}"}, {"<script", "</script>"}, {"<style", "</style>"}}

func withoutRuns(s string) string {
	for _, r := range runs {
		if !strings.Contains(s, r[0]) {
			continue
		}
		var b strings.Builder
		for {
			before, after, found := strings.Cut(s, r[0])
			_, rest, ended := strings.Cut(after, r[1])
			if !found || !ended {
				break
			}
			b.WriteString(before)
			s = rest
		}
		b.WriteString(s)
		s = b.String()
	}
	return s
}

// blocks is the state of reading the lines of a text.
type blocks struct {
	paragraphs []string
	title      string
	refs       map[string]bool // the labels that links may name

	open  []string // the lines of the paragraph that is open, with what parts each from the next: "\n" or " "
	row   bool     // they are rows of a table
	fence string   // what closes the code that is open
	list  bool     // indented lines belong to a point of a list
}

var (
	heading    = regexp.MustCompile(`^(#{1,6})(?:[ \t]+(.*?))?[ \t]*#*[ \t]*$`)
	point      = regexp.MustCompile(`^(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?`)
	rule       = regexp.MustCompile(`^(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$`)
	underline  = regexp.MustCompile(`^(?:=+|-+)$`)
	tableRule  = regexp.MustCompile(`^[|:\- \t]*-[|:\- \t]*\|[|:\- \t]*$|^\|[|:\- \t]*-[|:\- \t]*$`)
	definition = regexp.MustCompile(`^ {0,3}\[([^\]]{1,200})\]:[ \t]*(.*)$`)
	attributes = regexp.MustCompile(`^(?:\{:.*\}|:::.*|\[toc\]|\[\[_TOC_\]\])$`)
)

// is reports whether a line fits a pattern, which begins with one of the signs.
func is(pattern *regexp.Regexp, line, signs string) bool {
	return line != "" && strings.IndexByte(signs, line[0]) >= 0 && pattern.MatchString(line)
}

// read reads a line.
func (b *blocks) read(line string) {
	indent := len(line) - len(strings.TrimLeft(line, " \t"))
	if strings.HasPrefix(line, "\t") {
		indent += 3
	}
	s := strings.TrimSpace(line)
	for strings.HasPrefix(s, ">") {
		s, indent = strings.TrimLeft(s[1:], " \t"), 0
	}
	switch {
	case b.fence != "":
		if strings.HasPrefix(s, b.fence) && strings.Trim(s, b.fence[:1]) == "" {
			b.fence = ""
		}
	case strings.HasPrefix(s, "```") || strings.HasPrefix(s, "~~~"):
		b.end()
		b.fence = s[:len(s)-len(strings.TrimLeft(s, s[:1]))]
	case s == "":
		b.end()
	case indent >= 4 && len(b.open) == 0 && !b.list: // code
	case is(underline, s, "=-") && len(b.open) > 0 && !b.row:
		b.heading(strings.HasPrefix(s, "="))
	case is(rule, s, "-_*"), is(attributes, s, "{:["):
		b.end()
	default:
		b.text(s, line, indent)
	}
}

// text reads a line that has some.
func (b *blocks) text(s, line string, indent int) {
	if is(heading, s, "#") {
		m := heading.FindStringSubmatch(s)
		b.end()
		b.open = append(b.open, m[2])
		b.heading(len(m[1]) == 1)
		return
	}
	if len(b.open) == 0 && is(definition, s, "[") {
		m := definition.FindStringSubmatch(s)
		if m[1][0] == '^' { // a footnote
			b.add(m[2], false)
		}
		return
	}
	if is(point, s, "-*+0123456789") {
		b.end()
		b.list = true
		s = s[len(point.FindString(s)):]
	} else if indent == 0 && len(b.open) == 0 {
		b.list = false
	}
	switch {
	case is(tableRule, s, "|:-"):
		b.row = true
		if n := len(b.open); n > 0 {
			b.open[n-1] = "\n"
		}
		return
	case strings.HasPrefix(s, "|"):
		if !b.row {
			b.end()
		}
		b.row = true
	}
	b.add(s, strings.HasSuffix(line, "  ") || strings.HasSuffix(line, `\`))
}

// add puts a line to the paragraph that is open. breaks says that the next is to stand on a line of its own.
func (b *blocks) add(s string, breaks bool) {
	after := " "
	if b.row {
		s = cells(s)
	}
	if b.row || breaks {
		s, after = strings.TrimSuffix(s, `\`), "\n"
	}
	b.open = append(b.open, s, after)
}

// cells joins the cells of a row.
func cells(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ReplaceAll(s, `\|`, "\x00"), "|", " ")), " ")
}

// end closes the paragraph that is open, and reports whether it has text.
func (b *blocks) end() bool {
	text := strings.ReplaceAll(strings.Join(b.open, ""), "\x00", "|")
	b.open, b.row = b.open[:0], false
	if text = inline(text, b.refs); text == "" {
		return false
	}
	b.paragraphs = append(b.paragraphs, text)
	return true
}

// heading closes a heading. The first paragraph of all, when it is of the first level, is the title.
func (b *blocks) heading(first bool) {
	if b.end() && first && len(b.paragraphs) == 1 {
		b.title = b.paragraphs[0]
	}
}
