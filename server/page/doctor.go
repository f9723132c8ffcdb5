package page

import (
	"strings"

	"dateline/index"
	"dateline/query"
)

// diagnosis shows what each part of a query finds that found little, and what the filters take away.
type diagnosis struct {
	Clauses  []clause
	Filtered bool // some filter applies, so that the two numbers of a clause differ
	Filters  []choice
	Open     bool // it is what the page is about: nothing was found
}

// clause is a part of the query.
type clause struct {
	Text, URL       string // the address searches for the part alone, with the filters
	Excluded        bool
	Alone, Filtered string
	Nothing         bool   // it matches nothing by itself
	Without         string // address of the search without it; "" where it is all that is asked for
}

// newDiagnosis takes the query as it was parsed, nil when it is not known.
func newDiagnosis(p params, q *query.Query, r *index.Result) *diagnosis {
	if len(r.Clauses) == 0 {
		return nil
	}
	d := &diagnosis{Filtered: len(r.Narrowing) > 0}
	for _, c := range r.Clauses {
		d.Clauses = append(d.Clauses, clause{
			Text: c.Text, URL: p.with("q", c.Text).URL(), Excluded: c.Excluded, Alone: number(c.Articles),
			Filtered: number(c.Filtered), Nothing: c.Articles == 0 && !c.Excluded,
			Without: withoutClause(p, q, c.At),
		})
	}
	for _, n := range r.Narrowing {
		if n.Articles > r.Total.Articles {
			d.Filters = append(d.Filters, choice{Text: "Without the filter by " + filterName(n.Filter) + ": " + units(n.Articles, index.Articles), URL: p.withoutFilter(n.Filter).URL()})
		}
	}
	if len(d.Clauses) == 1 && len(d.Filters) == 0 && !d.Filtered {
		return nil // the total says it already
	}
	return d
}

// withoutClause is the address of the search without the part of the query that stands at a place, or "" when nothing else is
// asked for.
func withoutClause(p params, q *query.Query, at query.Span) string {
	if q == nil {
		return ""
	}
	left := false
	rest := query.Replace(q.Root, func(n query.Node) query.Node {
		if n.Span() == at {
			left = true
			return nil
		}
		return n
	})
	if rest == nil || !left {
		return ""
	}
	return p.with("q", rest.String()).URL()
}

// nothing lists the parts of the query that match nothing by themselves.
func (d *diagnosis) nothing() []clause {
	var list []clause
	if d == nil {
		return nil
	}
	for _, c := range d.Clauses {
		if c.Nothing {
			list = append(list, c)
		}
	}
	return list
}

// filterName names the parameter of a filter for readers.
func filterName(filter string) string {
	if filter == "date" {
		return "date"
	}
	if field, ok := strings.CutPrefix(filter, "missing="); ok {
		return "articles without " + fieldNames[index.Field(field)].one
	}
	field, isNot := strings.CutPrefix(filter, "not.")
	if isNot {
		return "excluded " + fieldNames[index.Field(field)].one
	}
	return fieldNames[index.Field(field)].one
}

// withoutFilter returns the parameters without one filter, as index.Narrowing names it.
func (p params) withoutFilter(filter string) params {
	if filter == "date" {
		return p.without("from", "to")
	}
	if field, ok := strings.CutPrefix(filter, "missing="); ok {
		return p.remove("missing", field)
	}
	return p.without(filter)
}
