package page

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/query"
)

// TestHelpExamples: every example with a link is a query that can be read.
func TestHelpExamples(t *testing.T) {
	d := draw(t, Help{Stats: stats})
	links := d.all("main tbody a")
	if len(links) < 80 {
		t.Fatalf("only %d examples", len(links))
	}
	for _, a := range links {
		u, err := url.Parse(attr(a, "href"))
		if err != nil || u.Path != "/search" || strings.Join(strings.Fields(u.Query().Get("q")), " ") != text(a) {
			t.Errorf("%s leads to %s", text(a), attr(a, "href"))
			continue
		}
		if _, err := query.Parse(u.Query().Get("q"), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil {
			t.Errorf("%s: %v", text(a), err)
		}
	}
	for _, f := range query.Fields {
		if !slices.Contains(d.texts("tbody th code"), f.Name+":") {
			t.Errorf("the field %s is not explained", f.Name)
		}
	}
}

func TestHelpHasTheWholeLanguage(t *testing.T) {
	d := draw(t, Help{Stats: stats})
	shown := d.textOf("main")
	for line := range strings.Lines(query.Syntax) {
		if heading, ok := strings.CutPrefix(line, "## "); ok && !slices.Contains(d.texts("h3"), strings.TrimSpace(heading)) {
			t.Errorf("no section %s", heading)
		}
		if c := cells(strings.TrimSpace(line)); len(c) == 2 && !strings.HasPrefix(c[0], "---") {
			for _, s := range slices.Concat(typed(c[0]), typed(c[1])) {
				if s := strings.Join(strings.Fields(s.Text), " "); !strings.Contains(shown, s) {
					t.Errorf("no %q", s)
				}
			}
		}
	}
	if strings.Contains(shown, "`") || strings.Contains(shown, "|--") {
		t.Error("Markdown shows through")
	}
}

func TestBlocks(t *testing.T) {
	got := blocks("# T\n\nskipped\n\n## A\none `x`\ntwo\n\nthree\n| write | means |\n|---|---|\n| `a|b` `c` | d `e` |\n\n| fault | f |\n|---|---|\n| `g` | |\n")
	if len(got) != 5 || got[0].Heading != "A" {
		t.Fatalf("%+v", got)
	}
	if p := got[1].Text; len(p) != 3 || p[0].Text != "one " || p[1].Text != "x" || !p[1].Marked || p[2].Text != " two" {
		t.Errorf("paragraph %+v", p)
	}
	if p := got[2].Text; len(p) != 1 || p[0].Text != "three" {
		t.Errorf("paragraph %+v", p)
	}
	if r := got[3].Rows; len(r) != 1 || len(r[0].Examples) != 2 || r[0].Examples[0] != (link{Text: "a|b", URL: "/search?q=a%7Cb"}) {
		t.Errorf("table %+v", got[3])
	}
	if r := got[4].Rows; len(r) != 1 || r[0].Examples[0] != (link{Text: "g"}) {
		t.Errorf("table of faults %+v", got[4])
	}
}
