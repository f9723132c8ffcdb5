package page

import (
	"strings"

	"dateline/index"
)

// block is a heading, a paragraph or a table of a text in Markdown. Marked segments are code.
type block struct {
	Heading string
	Text    []index.Segment
	Head    []string
	Rows    []row
}

// row is one line of a table: examples, each with its search, and what they mean.
type row struct {
	Examples []link
	Means    []index.Segment
}

// blocks reads what query.Syntax has of Markdown, from its first section on: headings of the second level, paragraphs, and
// tables of two columns, the first of which holds examples in code spans.
func blocks(text string) []block {
	var list []block
	var before string // the line before
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		cells := cells(line)
		heading, isHeading := strings.CutPrefix(line, "## ")
		last := len(list) - 1
		switch {
		case isHeading:
			list = append(list, block{Heading: heading})
		case last < 0 || line == "":
		case len(cells) == 2 && !strings.HasPrefix(before, "|"):
			list = append(list, block{Head: cells})
		case len(cells) == 2 && strings.HasPrefix(cells[0], "---"):
		case len(cells) == 2:
			list[last].Rows = append(list[last].Rows, newRow(cells, list[last].Head[0] == "write"))
		case before != "" && list[last].Text != nil:
			list[last].Text = append(list[last].Text, typed(" "+line)...)
		default:
			list = append(list, block{Text: typed(line)})
		}
		before = line
	}
	return list
}

// newRow makes links of the examples that can be searched for; those of faults cannot.
func newRow(cells []string, searched bool) row {
	r := row{Means: typed(cells[1])}
	for _, s := range typed(cells[0]) {
		if !s.Marked {
			continue
		}
		l := link{Text: s.Text}
		if searched {
			l.URL = params{}.with("q", s.Text).URL()
		}
		r.Examples = append(r.Examples, l)
	}
	return r
}

// cells parts the line of a table at its bars, but for those inside code. It returns nil for other lines.
func cells(line string) []string {
	if !strings.HasPrefix(line, "|") {
		return nil
	}
	var list []string
	code, begin := false, 1
	for i := 1; i < len(line); i++ {
		switch {
		case line[i] == '`':
			code = !code
		case line[i] == '|' && !code:
			list = append(list, strings.TrimSpace(line[begin:i]))
			begin = i + 1
		}
	}
	return list
}

// typed parts a text at its backquotes. What stands between them is marked.
func typed(text string) []index.Segment {
	var list []index.Segment
	code := false
	for part := range strings.SplitSeq(text, "`") {
		if part != "" {
			list = append(list, index.Segment{Text: part, Marked: code})
		}
		code = !code
	}
	return list
}
