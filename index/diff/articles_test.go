package diff

import (
	"slices"
	"testing"
	"time"

	"dateline/index"
)

func dated(year int, precision string) index.Article {
	return index.Article{Published: index.At(time.Date(year, 1, 2, 3, 4, 5, 0, time.UTC)), Precision: precision}
}

func TestArticles(t *testing.T) {
	a := index.Article{Title: "Harbour reopens", Body: "The crane stands.", Authors: []string{"Ada Quist", "Bo Lund"}, Source: "The Quay", Topics: []string{"ports"}}
	b := index.Article{Title: "Harbour closes", Body: "The crane fell.", Lead: "A storm.", Authors: []string{"Bo Lund"}, Source: "AP", Section: "World", URL: "https://ap.example/1"}
	want := map[string]string{
		"title": "Harbour [-reopens-]{+closes+}", "lead": "{+A storm.+}", "body": "The crane [-stands-]{+fell+}.", "authors": "[-Ada Quist-]Bo Lund",
		"source": "[-The Quay-]{+AP+}", "section": "{+World+}", "published": "", "topics": "[-ports-]", "url": "{+https://ap.example/1+}",
	}
	var names []string
	for _, f := range Articles(&a, &b) {
		names = append(names, f.Field)
		if got := show(f.Segments); got != want[f.Field] || f.Changed != (f.Field != "published") || f.Segments == nil {
			t.Errorf("%s: %q, changed %v", f.Field, got, f.Changed)
		}
	}
	if !slices.Equal(names, []string{"title", "lead", "body", "authors", "source", "section", "published", "topics", "url"}) {
		t.Error(names)
	}
}

func TestPublished(t *testing.T) {
	for precision, want := range map[string]string{
		"year": "2024", "month": "2024-01", "day": "2024-01-02", "minute": "2024-01-02T03:04Z", "second": "2024-01-02T03:04:05Z", "": "2024-01-02T03:04:05Z",
	} {
		a, b := index.Article{}, dated(2024, precision)
		for _, f := range Articles(&a, &b) {
			if f.Field == "published" && show(f.Segments) != "{+"+want+"+}" {
				t.Errorf("%s: %s", precision, show(f.Segments))
			}
		}
	}
}

// TestWhatDiffersIsShown: every difference that makes a version is a changed field.
func TestWhatDiffersIsShown(t *testing.T) {
	base := dated(2024, "minute")
	base.Authors, base.Topics, base.Title = []string{"a"}, []string{"b"}, "t"
	for name, change := range map[string]func(a *index.Article){
		"url": func(a *index.Article) { a.URL = "u" }, "source": func(a *index.Article) { a.Source = "s" }, "title": func(a *index.Article) { a.Title = "t " },
		"lead": func(a *index.Article) { a.Lead = "l" }, "body": func(a *index.Article) { a.Body = "\n" }, "section": func(a *index.Article) { a.Section = "s" },
		"published": func(a *index.Article) { a.Precision = "second" }, "authors": func(a *index.Article) { a.Authors = []string{"a", "a"} },
		"topics": func(a *index.Article) { a.Topics = nil },
	} {
		b := base
		change(&b)
		for _, f := range Articles(&base, &b) {
			if f.Changed != (f.Field == name) || !index.Differs(&base, &b) {
				t.Errorf("a change of %s: %s is changed: %v", name, f.Field, f.Changed)
			}
		}
	}
	if same := Articles(&base, &base); slices.ContainsFunc(same, func(f Field) bool { return f.Changed }) {
		t.Error(same)
	}
}
