package diff

import (
	"time"

	"dateline/index"
)

// Field is how a field of two versions of an article differs.
type Field struct {
	Field    string    `json:"field"`
	Changed  bool      `json:"changed"`
	Inserted int       `json:"inserted"` // words of title, lead and body; values of the other fields
	Deleted  int       `json:"deleted"`
	Segments []Segment `json:"segments"` // of title, lead and body words; of the other fields each a value
}

// Articles compares two versions of an article: every field by which index.Differs tells them apart, in the order in which
// pages show them.
func Articles(a, b *index.Article) []Field {
	return []Field{
		prose("title", a.Title, b.Title), prose("lead", a.Lead, b.Lead), prose("body", a.Body, b.Body),
		values("authors", a.Authors, b.Authors), values("source", one(a.Source), one(b.Source)),
		values("section", one(a.Section), one(b.Section)), values("published", published(a), published(b)),
		values("topics", a.Topics, b.Topics), values("url", one(a.URL), one(b.URL)),
	}
}

func prose(name, a, b string) Field {
	f := Field{Field: name, Changed: a != b, Segments: Words(a, b)}
	f.Inserted, f.Deleted = Count(f.Segments)
	return f
}

func values(name string, a, b []string) Field {
	f := Field{Field: name, Segments: Values(a, b)}
	for _, s := range f.Segments {
		switch s.Kind {
		case Insert:
			f.Inserted++
		case Delete:
			f.Deleted++
		}
	}
	f.Changed = f.Inserted+f.Deleted > 0
	return f
}

func one(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

// published writes the date no more precisely than it is known.
func published(a *index.Article) []string {
	if a.Published.IsZero() {
		return nil
	}
	layout := map[string]string{"year": "2006", "month": "2006-01", "day": time.DateOnly, "minute": "2006-01-02T15:04Z"}[a.Precision]
	if layout == "" {
		layout = time.RFC3339
	}
	return one(a.Published.UTC().Format(layout))
}
