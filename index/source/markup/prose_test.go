package markup

import (
	"strings"
	"testing"
)

func TestProse(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"<p>A b.</p><p>C.</p>", "A b.\n\nC."},
		{"A\nb", "A b"},
		{"A\n\nb", "A\n\nb"},
		{"<b>A</b>\n\nb", "A b"},
		{"A<br>b<br/><br />c", "A\nb\n\nc"},
		{"A<br>\n <br>b", "A\n\nb"},
		{"<div><p> A </p></div>\n<div>b</div>", "A\n\nb"},
		{"<ul><li>A<li>b</ul>c", "A\n\nb\n\nc"},
		{"<table><tr><td>A</td><td>b</td></tr><tr><td>c</td></tr></table>", "A b\n\nc"},
		{"A<script>x</p></script>b<style>y</style><iframe>z</iframe>", "Ab"},
		{"A <svg><svg>x</svg>y</svg>b", "A b"},
		{"<pre>A\nb\n\nc</pre>", "A\nb\n\nc"},
		{"A &amp; b&nbsp;c &lt;d&gt;", "A & b c <d>"},
		{"A < b", "A < b"},
		{"A <em>b</em>, c", "A b, c"},
		{"<p></p>  <p>\n</p>", ""},
		{"", ""},
		{"</p></pre></script>A", "A"},
		{"<script>A", ""},
	} {
		if got := Prose(c.in, false); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
	if got := Prose("A\nb <i>c</i>\n\nd", true); got != "A\nb c\n\nd" {
		t.Errorf("with lines: %q", got)
	}
	if got := Line("<p>A</p>\n<p>b<br>c</p>"); got != "A b c" {
		t.Errorf("line: %q", got)
	}
}

func TestIs(t *testing.T) {
	for s, want := range map[string]bool{
		"<p>a": true, "a<br>b": true, "a <b>b</b>": true, "</div>": true, "<img src=x>": true, "<col />": true, "<A HREF='x'>a": true,
		"a < b": false, "a <b> c": false, "the <item> element": false, "the <title> tag": false, "": false, "<": false, "<<<": false, "a<3 b>": false,
		strings.Repeat("<", 1000) + "<p>": false,
	} {
		if Is(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func FuzzProse(f *testing.F) {
	f.Add("<p>A<br>b</p><pre>c\n\nd</pre>&amp;<script>x", true)
	f.Fuzz(func(t *testing.T, s string, lines bool) {
		got := Prose(s, lines)
		if got != strings.TrimSpace(got) || strings.Contains(got, "\n\n\n") || strings.Contains(got, "  ") || strings.Contains(got, " \n") {
			t.Fatalf("%q: %q", s, got)
		}
		Is(s)
	})
}
