package index

import "slices"

// Version is what an article said for some time. An article that is put again with another URL, source, title, lead, body,
// section, date of publication, authors or topics keeps what it said before as an earlier version (Differs). One that differs in
// other things alone, such as its entities, Extra or Updated, is replaced.
type Version struct {
	Number  int     `json:"number"` // from 1, the oldest
	Since   Time    `json:"since"`  // when it was first put
	Until   Time    `json:"until"`  // when the next one took its place; null of the present one
	Article Article `json:"article"`
}

// At reports whether the version was the one that the index had at a time.
func (v *Version) At(t Time) bool {
	return !v.Since.After(t.Time) && (v.Until.IsZero() || t.Before(v.Until.Time))
}

// Differs reports whether a reader sees a difference between two articles of one id.
func Differs(a, b *Article) bool {
	return a.URL != b.URL || a.Source != b.Source || a.Title != b.Title || a.Lead != b.Lead || a.Body != b.Body ||
		a.Section != b.Section || !a.Published.Equal(b.Published.Time) || a.Precision != b.Precision ||
		!slices.Equal(a.Authors, b.Authors) || !slices.Equal(a.Topics, b.Topics)
}
