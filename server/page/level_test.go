package page

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestLevel(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"The Harbour Gazette", "The Harbour Gazette"},
		{"", ""},
		{"a\u202egnp.exe\u2066", "agnp.exe"},
		{"\u202aa\u202bb\u202cc\u202dd\u202ee", "abcde"},
		{"\u2066a\u2067b\u2068c\u2069d", "abcd"},
		{"سفينة\u200f! \u200eA\u061c", "سفينة\u200f! \u200eA\u061c"}, // marks open nothing
		{"a\u2065\u206ab", "a\u2065\u206ab"},
		{"\xff\u2066b", "\ufffdb"},
	} {
		if got := level(c.in); got != c.want {
			t.Errorf("level(%q) is %q, not %q", c.in, got, c.want)
		}
	}
}

// TestNothingTurnsWhatStandsBeside: what the end of its element does not end is taken out of every short text.
func TestNothingTurnsWhatStandsBeside(t *testing.T) {
	eachPage(t, func(t *testing.T, d doc) {
		for n := range d.root.Descendants() {
			if n.Type == html.ElementNode && (n.Data == "bdi" || n.Data == "q" || n.Data == "h3") && strings.ContainsFunc(text(n), turns) && !inside(n, "changed") {
				t.Errorf("<%s> has %q", n.Data, text(n))
			}
		}
	})
}

// inside: what changed between two versions may be such a character, and stands alone on its line.
func inside(n *html.Node, class string) bool {
	for ; n != nil; n = n.Parent {
		if attr(n, "class") == class {
			return true
		}
	}
	return false
}

// TestAddressesStayAsTheyAre: a source whose name turns the direction is still the one that is searched for.
func TestAddressesStayAsTheyAre(t *testing.T) {
	d := draw(t, hostileSearch())
	found := false
	for _, a := range d.all("a") {
		found = found || strings.Contains(attr(a, "href"), "%E2%80%AE") && strings.Contains(attr(a, "href"), "%E2%81%A6")
	}
	if !found {
		t.Error("no address has the name as it is")
	}
}

// TestTemplatesLevel: a further bdi is not forgotten.
func TestTemplatesLevel(t *testing.T) {
	files, err := filepath.Glob("templates/*.html")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	bare := regexp.MustCompile(`<bdi[^>]*>\{\{[.$][^}]*\}\}`)
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if s := bare.FindString(string(b)); s != "" {
			t.Errorf("%s: %s is not levelled", name, s)
		}
	}
}
