package page

import (
	"strings"
	"time"

	"dateline/index"
	"dateline/query"
)

// saidRun is a run of a sentence: the page's words, or those of the query.
type saidRun struct {
	Text string
	Data bool
}

// sayQuery says a query in plain words, as what follows "Articles": "with oil and price, from reuters.com". It is "" for a
// query that matches every article. match is how words side by side combine.
func sayQuery(q *query.Query, match query.Match, zone *time.Location) string {
	return plainly(speaker{zone}.condition(q.Tree(match), false))
}

// saySearch says a search in a sentence. match is what the engine used.
func saySearch(r index.Request, match query.Match) []saidRun {
	zone := r.Zone
	if zone == nil {
		zone = time.UTC
	}
	s := speaker{zone}
	conditions := nonempty(append([]string{s.condition(r.Query.Tree(match), false)}, s.filters(r.Filters)...))
	start := map[index.Unit]string{index.Texts: "One article of each text", index.Stories: "One article of each story"}[r.Group]
	if start == "" {
		start = "Articles"
		if len(conditions) == 0 {
			start = "All articles"
		}
	}
	if len(conditions) > 0 {
		start += " " + join(conditions, "")
	}
	parts := append([]string{start}, order(r)...)
	if r.Variants == index.VariantsOff {
		parts = append(parts, "names only as written")
	}
	return runsOf(join(parts, "") + ".")
}

// filters says each filter as a condition.
func (s speaker) filters(f index.Filters) []string {
	var list []string
	for _, field := range index.FacetFields {
		if v := nonempty(f.Include[field]); len(v) > 0 {
			list = append(list, valueWords(string(field), v))
		}
		if v := nonempty(f.Exclude[field]); len(v) > 0 {
			list = append(list, "not "+valueWords(string(field), v))
		}
	}
	for _, field := range f.Missing {
		list = append(list, "without "+hasWords(string(field)))
	}
	if !f.From.IsZero() || !f.To.IsZero() {
		list = append(list, "published "+s.period(f.From, f.To, ""))
	}
	return list
}

// order says in which order the articles come, and of which time the index is.
func order(r index.Request) []string {
	ranked := index.HasWords(r.Query.Tree(query.MatchAll))
	var list []string
	switch {
	case r.Sort == index.SortOldest:
		list = append(list, "oldest first")
	case r.Sort == index.SortNewest || !ranked:
		list = append(list, "newest first")
	case r.Recency.HalfLife > 0:
		list = append(list, "best and newer ones first")
	default:
		list = append(list, "best first")
	}
	if !r.AsOf.IsZero() {
		zone := r.Zone
		if zone == nil {
			zone = time.UTC
		}
		list = append(list, "as the index was "+asOfWords(r.AsOf.In(zone)))
	}
	return list
}

// Data stands between two marks in a sentence that is being made, so that the page can set it apart.
const dataStart, dataEnd = "\x02", "\x03"

func data(s string) string {
	return dataStart + strings.NewReplacer(dataStart, "", dataEnd, "").Replace(s) + dataEnd
}

// plainly is a sentence without the marks.
func plainly(s string) string { return strings.NewReplacer(dataStart, "", dataEnd, "").Replace(s) }

// runsOf parts a sentence at its marks.
func runsOf(s string) []saidRun {
	var list []saidRun
	put := func(text string, isData bool) {
		if text != "" {
			list = append(list, saidRun{text, isData})
		}
	}
	for s != "" {
		before, rest, _ := strings.Cut(s, dataStart)
		text, after, _ := strings.Cut(rest, dataEnd)
		put(before, false)
		put(text, true)
		s = after
	}
	return list
}
