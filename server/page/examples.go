package page

import (
	"dateline/index"
	"dateline/query"
)

// Example is a search that the help shows.
type Example struct{ Text, Means string }

// Examples are what the help shows of the index itself.
type Examples struct {
	Own   []Example      // searches for what the index has most of
	Found map[string]int // articles that a query finds, of those that were counted in time
}

// Texts are the queries of the index's own examples.
func (e Examples) Texts() []string {
	var texts []string
	for _, x := range e.Own {
		texts = append(texts, x.Text)
	}
	return texts
}

// OwnExample asks for the value that a field has most often.
func OwnExample(f index.Field, value string) Example {
	return Example{query.Value{Field: string(f), Text: value}.String(), "the " + fieldNames[f].one + " of most articles here, in all spellings"}
}

// MonthExample asks for the month of a time.
func MonthExample(t index.Time) Example {
	u := t.UTC()
	return Example{"date:" + u.Format("2006-01"), u.Format(layoutMonth) + ", the last month that has articles here"}
}

// FirstExamples are the queries that the help begins with.
func FirstExamples() []string {
	var texts []string
	for _, cells := range first {
		for _, s := range typed(cells[0]) {
			if s.Marked {
				texts = append(texts, s.Text)
			}
		}
	}
	return texts
}

// found writes how many articles the first example of a row finds here, "" when nobody counted.
func (e Examples) found(r row) string {
	if len(r.Examples) == 0 {
		return ""
	}
	n, counted := e.Found[r.Examples[0].Text]
	if !counted {
		return ""
	}
	return number(n)
}
