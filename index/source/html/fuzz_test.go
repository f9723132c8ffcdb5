package html

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dateline/index/source/record"
)

// FuzzArticle holds of any markup that it gives an article with a title or a body, or a fault; that the article has no more text
// than the page, no markup that a page could run, and no date that cannot be.
func FuzzArticle(f *testing.F) {
	files, _ := filepath.Glob("../../../testdata/articles/html/*.html")
	for _, name := range files {
		if raw, err := os.ReadFile(name); err == nil && len(raw) < 3000 {
			f.Add(string(raw), "https://a.example/x")
		}
	}
	f.Add(pageOf(ld(`{"@type":"NewsArticle","datePublished":"2024-03-14"`), "<time>14 mars 2024</time>"), "")
	f.Add("<p>1399/04/02<script>{\"datePublished\":\"2024", ":")
	f.Add("<table><tr><td><b><p><ul><li>x<br><br>y", "http://[::1")
	f.Fuzz(func(t *testing.T, markup, address string) {
		o := record.Options{URL: address, Now: func() time.Time { return time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC) }}
		Sniff([]byte(markup), true)
		a, err := Article(markup, record.Place{Number: 1}, o)
		if err != nil {
			if _, ok := err.(*record.Fault); !ok {
				t.Fatal(err)
			}
			return
		}
		again, err := Article(markup, record.Place{Number: 1}, o)
		if err != nil || again.Body != a.Body || again.Title != a.Title || again.Published != a.Published || strings.Join(again.Authors, "|") != strings.Join(a.Authors, "|") {
			t.Fatal("not the same twice")
		}
		switch {
		case a.Title == "" && a.Body == "":
			t.Fatal("neither title nor body")
		case len(a.Body) > 3*len(markup)+100: // an entity may stand for more bytes than it has
			t.Fatalf("%d bytes of body out of %d", len(a.Body), len(markup))
		case utf8.ValidString(markup) && !utf8.ValidString(a.Title+a.Body+a.Lead):
			t.Fatal("text that is no UTF-8")
		case strings.HasPrefix(a.Body, "\n") || strings.Contains(a.Body, "\n\n\n"):
			t.Fatalf("paragraphs: %q", a.Body)
		case a.URL != "" && !strings.HasPrefix(a.URL, "http"):
			t.Fatalf("address: %q", a.URL)
		case !a.Published.IsZero() && (a.DateFrom == "" || a.Precision == ""):
			t.Fatal("a date from nowhere")
		}
	})
}
