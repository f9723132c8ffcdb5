package markup

import (
	"strings"
	"testing"

	"golang.org/x/net/html/atom"
)

func TestText(t *testing.T) {
	for _, c := range []struct{ name, fragment, want string }{
		{"plain", "One.\n\nTwo.", "One.\n\nTwo."},
		{"paragraphs", "<p>One.</p><p>Two.</p>", "One.\n\nTwo."},
		{"blank lines", "<p>One.</p>\n\n\n\n<p> Two. </p>", "One.\n\nTwo."},
		{"line breaks", "One.<br>Two.<br/><br>Three.", "One.\nTwo.\n\nThree."},
		{"inline", "<b>O</b>ne <a href='x'>two</a>.", "One two."},
		{"lists", "<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"},
		{"cells", "<table><tr><td>One</td><td>two</td></tr><tr><td>Three</td></tr></table>", "One two\n\nThree"},
		{"entities", "Fish &amp; chips &lt;b&gt; &#8211; &nbsp;x", "Fish & chips <b> – x"},
		{"scripts", "One<script>alert('<p>x</p>')</script><style>p{}</style><noscript>y</noscript><template><p>z</p></template> two", "One\n\ntwo"},
		{"handlers", `<img src=x onerror="alert(1)">One<svg onload=alert(1)>`, "One"},
		{"broken", "<p>One<p>Two</b></div", "One\n\nTwo"},
		{"comments", "One<!-- <p>no</p> --> two", "One two"},
		{"white space", "<p>One\n  two\tthree</p>", "One two three"},
		{"blank lines in it", "One <b>two</b>\n \nthree", "One two\n\nthree"},
		{"nothing", "<p> </p>", ""},
	} {
		if got := Text(c.fragment); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func TestIs(t *testing.T) {
	for text, want := range map[string]bool{
		"<p>x": true, "x<br>y": true, "x <b>y</b>": true, "<!doctype html>": true, "": false, "x": false, "3 < 4": false, "<3 you": false,
	} {
		if Is(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

func TestIsBlock(t *testing.T) {
	if !IsBlock(atom.P) || !IsBlock(atom.Li) || IsBlock(atom.A) || IsBlock(atom.Span) {
		t.Error("paragraphs and items are blocks, links are not")
	}
}

// FuzzText holds of any text that what comes of it has no more than it, its paragraphs as they should be, and is the same when
// it is read twice.
func FuzzText(f *testing.F) {
	for _, s := range []string{"<p>One<p>Two", "One<br>Two", "<script>x", "a &lt; b", "<!--", "<p\x00>\xff</p>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, fragment string) {
		got := Text(fragment)
		if strings.Contains(got, "\n\n\n") || strings.TrimSpace(got) != got || Text(fragment) != got || len(got) > 4*len(fragment) {
			t.Errorf("%q: %q", fragment, got)
		}
	})
}
