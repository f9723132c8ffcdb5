package page

import (
	"io"
	"strconv"
	"strings"
	"time"

	"dateline/index"
)

// Paths of the pages about sources.
const (
	SourcesPath = "/sources"
	SourcePath  = "/source/"
)

// DefaultSources is how many sources a page lists.
const DefaultSources = 50

// SourceURL is the address of a source's page, or "" where it can have none, as of an entity.
func SourceURL(name string) string {
	if strings.TrimSpace(name) == "" || name == "." || name == ".." {
		return ""
	}
	return SourcePath + index.EscapeID(name)
}

// aboutSource leads to a source's page.
func aboutSource(name string) link {
	return link{Text: name, URL: SourceURL(name), Kind: fieldNames[index.FieldSource].one}
}

// aboutURL is the address of the page about a value of a field, or "".
func aboutURL(f index.Field, value string) string {
	if f == index.FieldSource {
		return SourceURL(value)
	}
	return EntityURL(string(f), value)
}

// SourceRow is a source in a list.
type SourceRow struct {
	Name     string         `json:"name"`
	Articles int            `json:"articles"`
	Undated  int            `json:"undated"`
	First    index.Time     `json:"first"` // null when no article has a date that can be
	Last     index.Time     `json:"last"`
	Days     []index.Bucket `json:"timeline"`
}

// Sources is the page of all sources, the largest first.
type Sources struct {
	Name       string // what is looked for, or ""
	Page, Size int    // from 1; how many there are on a page
	Total      int    // how many were found
	Interval   index.Interval
	Rows       []SourceRow
	Stats      index.Stats
}

// sourcesView is what sources.html draws.
type sourcesView struct {
	frame
	Name           string
	All            string
	Found          string
	Explain        string // what the bars are
	Rows           []sourceRow
	Undated        bool // any of them has undated articles
	None           string
	Previous, Next string
}

// sourceRow is a source with its numbers and its bars.
type sourceRow struct {
	Name, Count link
	Undated     string
	First, Last date
	Bars        []bar
}

// Render writes the page.
func (s Sources) Render(w io.Writer) error {
	p := params{path: SourcesPath}
	if s.Name != "" {
		p = p.with("name", s.Name)
	}
	if s.Size != DefaultSources && s.Size != 0 {
		p = p.with("size", strconv.Itoa(s.Size))
	}
	v := sourcesView{frame: newFrame("Sources", s.Stats).on(SourcesPath), Name: s.Name, All: SourcesPath, Found: count(s.Total, "source", "sources"), None: "No article names its source."}
	v.NoIndex = !p.empty() || s.Page > 1
	if s.Name != "" {
		v.None = "No source has such a name."
	}
	starts := s.span()
	if len(starts) > 0 {
		v.Explain = "The bars show the articles by " + string(s.Interval) + ", " + span(starts[0], s.Interval.Next(starts[len(starts)-1]).AddDate(0, 0, -1)) + "; each source has its own scale."
	}
	for _, x := range s.Rows {
		v.Rows, v.Undated = append(v.Rows, newSourceRow(x, starts)), v.Undated || x.Undated > 0
	}
	if s.Page > 1 {
		v.Previous = p.with("page", strconv.Itoa(s.Page-1)).URL()
	}
	if s.Page*s.Size < min(s.Total, index.MaxFacetSize) {
		v.Next = p.with("page", strconv.Itoa(max(s.Page, 1)+1)).URL()
	}
	return render(w, "sources.html", v)
}

// maxSparks bounds the bars of a row.
const maxSparks = 200

// span are the buckets from the first to the last that any row has, none when they are too many to draw. Days dated in the future
// are cut off.
func (s Sources) span() []time.Time {
	first, last := "", ""
	for _, x := range s.Rows {
		if n := len(x.Days); n > 0 && !x.Last.IsZero() {
			if first == "" || x.Days[0].Start < first {
				first = x.Days[0].Start
			}
			last = max(last, s.Interval.Label(s.Interval.Floor(x.Last.UTC())))
		}
	}
	var starts []time.Time
	begin, end := bucketStart(first, time.UTC), bucketStart(last, time.UTC)
	if begin.IsZero() || end.IsZero() {
		return nil
	}
	for t := begin; !t.After(end); t = s.Interval.Next(t) {
		if starts = append(starts, t); len(starts) > maxSparks {
			return nil
		}
	}
	return starts
}

func newSourceRow(x SourceRow, starts []time.Time) sourceRow {
	v := sourceRow{
		Name: aboutSource(x.Name), Count: link{Text: number(x.Articles), URL: filterLink(params{}, index.FieldSource, x.Name).URL},
		First: newDate(x.First, "day"), Last: newDate(x.Last, "day"),
	}
	if x.Undated > 0 {
		v.Undated = number(x.Undated)
	}
	counts, most := map[string]int{}, 1
	for _, b := range x.Days {
		counts[b.Start] = b.Count
		most = max(most, b.Count)
	}
	for i, t := range starts {
		if n := counts[t.Format(time.DateOnly)]; n > 0 {
			var b bar
			b.place(i, len(starts), float64(n)/float64(most))
			v.Bars = append(v.Bars, b)
		}
	}
	return v
}
