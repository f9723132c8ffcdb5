package query

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

var codeSpan = regexp.MustCompile("`[^`]+`")

// TestSyntaxPage parses every example of syntax.md: what its tables say to write, what they say it means, and the faults.
func TestSyntaxPage(t *testing.T) {
	page, err := os.ReadFile("syntax.md")
	if err != nil {
		t.Fatal(err)
	}
	left, right, examples := "", "", 0
	for line := range strings.Lines(string(page)) {
		cells := cells(line)
		switch {
		case cells == nil:
			left = ""
		case left == "":
			left, right = cells[0], cells[1]
		default:
			examples += checkRow(t, left, right, cells)
		}
	}
	if examples < 100 {
		t.Errorf("only %d examples were found", examples)
	}
}

// cells parts a row of a table, leaving alone bars inside code.
func cells(line string) []string {
	line = strings.TrimSpace(line)
	if !strings.HasPrefix(line, "|") {
		return nil
	}
	var parts []string
	code, from := false, 1
	for i := 1; i < len(line); i++ {
		switch line[i] {
		case '`':
			code = !code
		case '|':
			if !code {
				parts = append(parts, strings.TrimSpace(line[from:i]))
				from = i + 1
			}
		}
	}
	return parts
}

func checkRow(t *testing.T, left, right string, cells []string) int {
	codes := codeSpan.FindAllString(cells[0], -1)
	for _, code := range codes {
		text := strings.Trim(code, "`")
		q, err := Parse(text, noon)
		switch {
		case left == "fault" && err == nil:
			t.Errorf("%s is no fault", text)
		case left == "fault":
			checkFault(t, text, err.(*Error))
		case err != nil:
			t.Errorf("%s\n%v", Caret(text, err.(*Error)), err)
		case right == "canonical":
			if want := strings.Trim(cells[1], "`"); q.String() != want {
				t.Errorf("%s prints %s, not %s", text, q, want)
			}
		case left == "write" && codeSpan.FindString(cells[1]) == cells[1] && cells[1] != "":
			if want := mustParse(t, strings.Trim(cells[1], "`")); sexpr(q.Root) != sexpr(want.Root) {
				t.Errorf("%s is %s, not %s", text, sexpr(q.Root), sexpr(want.Root))
			}
		}
	}
	return len(codes)
}

// TestSyntaxFields holds that the page names every field.
func TestSyntaxFields(t *testing.T) {
	page, err := os.ReadFile("syntax.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range Fields {
		if !strings.Contains(string(page), "`"+f.Name+":`") {
			t.Errorf("syntax.md does not name %s:", f.Name)
		}
	}
}
