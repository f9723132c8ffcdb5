// Package rising finds what articles name more often of late than before.
//
// The last days of an index, its window, are compared with the days before it. A value that is found in k articles of the window
// and in b of those before has risen when its share of the articles of the window exceeds that of the articles before by more than
// chance explains. That is told by the log-likelihood ratio G² of the table of both times, with and without the value
// (index.LogLikelihood; Dunning, Accurate methods for the statistics of surprise and coincidence, 1993), which holds for small
// counts too. Shares and not counts are compared, so that a source that is new, or days that are not there, make nothing rise.
package rising

import (
	"cmp"
	"context"
	"slices"
	"time"

	"dateline/index"
)

// Window is how many days are compared with how many before them.
type Window struct {
	Name         string
	Days, Before int
}

// Windows are those that may be asked for. What lies before is whole weeks of the shorter ones, so that no weekday counts for more.
var Windows = []Window{{"1d", 1, 7}, {"7d", 7, 28}, {"30d", 30, 120}}

// Preferred are the windows in the order in which they are tried when none is asked for: a week first.
var Preferred = []Window{Windows[1], Windows[2], Windows[0]}

// WindowOf returns the window of a name.
func WindowOf(name string) (Window, bool) {
	i := slices.IndexFunc(Windows, func(w Window) bool { return w.Name == name })
	if i < 0 {
		return Window{}, false
	}
	return Windows[i], true
}

// Fields are those whose values may rise, in the order in which they are listed.
var Fields = []index.Field{index.FieldPerson, index.FieldOrg, index.FieldPlace, index.FieldTopic}

// What is listed.
const (
	LeastCount    = 3    // articles of the window: fewer are an accident
	LeastStrength = 6.63 // G² that chance exceeds in one of a hundred values (χ² with one degree of freedom)
	Looked        = index.MaxFilterValues
	Listed        = 6 // values of a field
)

// Report is what rises at the end of an index. Days are inclusive, as YYYY-MM-DD in UTC.
type Report struct {
	Window     string `json:"window"`
	From       string `json:"from"`
	To         string `json:"to"`
	BeforeFrom string `json:"before_from"`
	BeforeTo   string `json:"before_to"`
	Articles   int    `json:"articles"` // of the window
	Before     int    `json:"before"`   // of the days before
	Lists      []List `json:"lists"`    // of the fields of which any value rises
}

// List are the values of a field that rise, the strongest first, then by count and value: at most Listed, of the Looked largest of the window.
type List struct {
	Field  index.Field `json:"field"`
	Values []Value     `json:"values"`
}

// Value is one of them.
type Value struct {
	Value    string  `json:"value"`
	Count    int     `json:"count"`    // articles of the window
	Before   int     `json:"before"`   // articles of the days before
	Strength float64 `json:"strength"` // G²
}

// Enough reports whether an index whose articles lie between two days, the newest and the first, has two windows of them.
func (w Window) Enough(newest, first index.Time) bool {
	if newest.IsZero() || first.IsZero() {
		return false
	}
	return !day(first.Time).After(day(newest.Time).AddDate(0, 0, 1-2*w.Days))
}

func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// First is Find for the first of some windows in which anything rises; where nothing does in any, for the first with anything to
// compare.
func First(ctx context.Context, e index.Engine, windows []Window, newest, first index.Time) (found *Report, err error) {
	for _, w := range windows {
		r, err := Find(ctx, e, w, newest, first)
		if err != nil {
			return nil, err
		}
		if found == nil || r != nil && len(r.Lists) > 0 {
			found = r
		}
		if r != nil && len(r.Lists) > 0 {
			break
		}
	}
	return found, nil
}

// Find compares a window that ends with the day of the newest article with what lies before it. It is nil when the index does not
// reach back far enough, or has nothing in the days before. newest is the latest publication that can be, not one of the future.
func Find(ctx context.Context, e index.Engine, w Window, newest, first index.Time) (*Report, error) {
	if !w.Enough(newest, first) {
		return nil, nil
	}
	end := day(newest.Time).AddDate(0, 0, 1)
	begin := end.AddDate(0, 0, -w.Days)
	now, before := between(begin, end), between(begin.AddDate(0, 0, -w.Before), begin)
	found, err := e.Search(ctx, index.Request{Filters: now, Size: -1, Facets: Fields, FacetSize: Looked, Sort: index.SortNewest})
	if err != nil {
		return nil, err
	}
	earlier, err := e.Search(ctx, index.Request{Filters: before, Size: -1, Sort: index.SortNewest})
	if err != nil || earlier.Total.Articles == 0 {
		return nil, err
	}
	r := &Report{
		Window: w.Name, From: now.FromText, To: now.ToText, BeforeFrom: before.FromText, BeforeTo: before.ToText,
		Articles: found.Total.Articles, Before: earlier.Total.Articles, Lists: []List{},
	}
	for _, f := range Fields {
		if err := r.add(ctx, e, f, found.Facets[f], before); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// between are the filters of the days from one to the one before another, as a reader writes them.
func between(from, to time.Time) index.Filters {
	return index.Filters{From: from, To: to, FromText: from.Format(time.DateOnly), ToText: to.AddDate(0, 0, -1).Format(time.DateOnly)}
}

// add counts the values of a field in the days before, and lists those that rise.
func (r *Report) add(ctx context.Context, e index.Engine, f index.Field, c *index.Facet, before index.Filters) error {
	if c == nil {
		return nil
	}
	var names []string
	for _, v := range c.Values {
		if v.Count >= LeastCount {
			names = append(names, v.Value)
		}
	}
	if len(names) == 0 {
		return nil
	}
	// A value that is selected is always listed, with its true count; the filter of a field does not narrow the field itself.
	before.Include = map[index.Field][]string{f: names}
	facet, err := e.Facet(ctx, index.Request{Filters: before, FacetSize: 1}, f, "")
	if err != nil {
		return err
	}
	earlier := map[string]int{}
	for _, v := range facet.Values {
		earlier[v.Value] = v.Count
	}
	if values := r.risen(c.Values[:len(names)], earlier); len(values) > 0 {
		r.Lists = append(r.Lists, List{f, values})
	}
	return nil
}

// risen returns the values whose share has risen by more than chance.
func (r *Report) risen(now []index.FacetValue, earlier map[string]int) []Value {
	var list []Value
	for _, v := range now {
		before := earlier[v.Value]
		strength := index.LogLikelihood(v.Count, v.Count+before, r.Articles, r.Articles+r.Before)
		if strength >= LeastStrength {
			list = append(list, Value{v.Value, v.Count, before, strength})
		}
	}
	slices.SortFunc(list, func(a, b Value) int {
		return cmp.Or(cmp.Compare(b.Strength, a.Strength), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return list[:min(len(list), Listed)]
}
