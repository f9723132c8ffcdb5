package enginetest

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"dateline/index"
)

// writeTotal writes a total as "3 texts=2 stories=1", with those units that the expectation names.
func writeTotal(t index.Total, x expectation) (string, error) {
	have := strconv.Itoa(t.Articles)
	for _, w := range strings.Fields(x.rest)[1:] {
		name, _, _ := strings.Cut(w, "=")
		switch u := index.Unit(name); u {
		case index.Texts, index.Stories:
			have += fmt.Sprintf(" %s=%d", u, t.Of(u))
		default:
			return "", fmt.Errorf("%q is no unit of a total: write texts or stories", name)
		}
	}
	return have, nil
}

// writeFacet writes a facet as "source AP=3* Reuters=2- missing=1 distinct=4".
func writeFacet(r *index.Result, x expectation) (string, error) {
	field, _, _ := strings.Cut(x.rest, " ")
	facet := r.Facets[index.Field(field)]
	if facet == nil {
		return "", fmt.Errorf("the answer has no facet %q", field)
	}
	return writeValues(facet, x, field), nil
}

// writeValues writes the values of a facet as "AP=3* Reuters=2- missing=1 distinct=4": * is selected, - excluded. Missing and
// distinct stand only where the expectation names them.
func writeValues(facet *index.Facet, x expectation, name string) string {
	words := []string{name}
	for _, v := range facet.Values {
		word := fmt.Sprintf("%s=%d", quoted(v.Value), v.Count)
		if v.Selected {
			word += "*"
		}
		if v.Excluded {
			word += "-"
		}
		words = append(words, word)
	}
	if strings.Contains(" "+x.rest, " missing=") {
		words = append(words, fmt.Sprintf("missing=%d", facet.Missing))
	}
	if strings.Contains(" "+x.rest, " distinct=") {
		words = append(words, fmt.Sprintf("distinct=%d", facet.Distinct))
	}
	return strings.Join(words, " ")
}

// quoted writes a value in quotes when a script could not read it back without.
func quoted(value string) string {
	if value == "" || strings.ContainsAny(value, " \t\n\"\\") {
		return strconv.Quote(value)
	}
	return value
}

// writeTimeline writes a timeline as "month 2024-03-01=2/5 2024-04-01=0/1 undated=1": matches, then all.
func writeTimeline(t *index.Timeline, x expectation) (string, error) {
	if t == nil {
		if x.rest == "none" {
			return "none", nil
		}
		return "", fmt.Errorf("the answer has no timeline")
	}
	words := []string{string(t.Interval)}
	for _, b := range t.Buckets {
		words = append(words, fmt.Sprintf("%s=%d/%d", b.Start, b.Count, b.All))
	}
	if strings.Contains(x.rest, " undated=") {
		words = append(words, fmt.Sprintf("undated=%d", t.Undated))
	}
	return strings.Join(words, " "), nil
}

// writeHit writes the title of a hit with its marks, the marked words of its passages, or its story as articles/sources.
func writeHit(h index.Hit, verb string) string {
	switch verb {
	case "title":
		return marked(h.Highlights.Title)
	case "story":
		return fmt.Sprintf("%d/%d", h.Story.Articles, h.Story.Sources)
	}
	var words []string
	for _, passage := range h.Highlights.Body {
		for _, s := range passage {
			if s.Marked {
				words = append(words, s.Text)
			}
		}
	}
	return strings.Join(words, " ")
}

// writeAround writes the place of the article that a search is asked to look around, or its texts with their marks.
func writeAround(a *index.Around, verb string) string {
	switch {
	case a == nil:
		return "none"
	case verb == "whole":
		return a.ID + " " + marked(a.Marks.Title) + " | " + marked(a.Marks.Lead) + " | " + marked(a.Marks.Body)
	}
	return fmt.Sprintf("%d after %s before %s", a.Position, cmp.Or(idOf(a.Previous), "-"), cmp.Or(idOf(a.Next), "-"))
}

// marked writes segments with brackets around the marked ones.
func marked(segments []index.Segment) string {
	var b strings.Builder
	for _, s := range segments {
		if s.Marked {
			b.WriteString("[" + s.Text + "]")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// writeVersions writes the titles of versions, or since when or until when each was the present one.
func writeVersions(list []index.Version, err error, x expectation) (string, error) {
	switch {
	case x.verb == "error" && errors.Is(err, index.ErrNotFound):
		return "not found", nil
	case err != nil:
		return "", err
	}
	var words []string
	for i := range list {
		v := &list[i]
		if v.Number != i+1 {
			return "", fmt.Errorf("version %d has the number %d", i+1, v.Number)
		}
		word := map[string]string{"titles": strconv.Quote(v.Article.Title), "since": moment(v.Since), "until": moment(v.Until)}[x.verb]
		words = append(words, word)
	}
	return strings.Join(words, " "), nil
}

func moment(t index.Time) string {
	if t.IsZero() {
		return "now"
	}
	return t.Format(time.RFC3339)
}
