// Package silence finds the days on which one that otherwise publishes regularly published nothing.
//
// What is regular is told by the days themselves: from one day with articles to the next it is usually one day for a daily, seven
// for a weekly. A gap is a run of at least Factor times as many days without any article as the median of these, so that the
// weekends of a paper of workdays are none, nor the summer of a yearbook.
package silence

import (
	"slices"
	"time"

	"dateline/index"
)

// The rule.
const (
	Factor    = 5
	LeastDays = 10 // days with articles, before which nothing is regular
)

// Report says how regularly days have articles, and where they do not.
type Report struct {
	Days   int   `json:"days"`   // that have articles
	Median int   `json:"median"` // days from one of them to the next: 1 is every day; the lower of two in the middle, 0 where there are too few
	Least  int   `json:"least"`  // days without any that make a gap
	Gaps   []Gap `json:"gaps"`   // in their order
}

// Gap is a run of days without any article. Days are inclusive, as YYYY-MM-DD.
type Gap struct {
	From string `json:"from"`
	To   string `json:"to"`
	Days int    `json:"days"`
	Open bool   `json:"open"` // it lasts until the last day looked at
}

// Find looks for gaps in a timeline of days. until is the last day to look at, as YYYY-MM-DD: what is later does not count, and
// days from the last article to it are a gap as others are. "" is the last day with articles.
func Find(days []index.Bucket, until string) Report {
	with := dated(days, until)
	r := Report{Days: len(with), Gaps: []Gap{}}
	if len(with) < LeastDays {
		return r
	}
	between := make([]int, 0, len(with))
	for i := range with[1:] {
		between = append(between, daysFrom(with[i], with[i+1]))
	}
	sorted := slices.Sorted(slices.Values(between))
	r.Median = sorted[(len(sorted)-1)/2]
	r.Least = Factor * r.Median
	for i, n := range between {
		r.add(with[i], n-1, false)
	}
	if end, err := time.Parse(time.DateOnly, until); err == nil {
		r.add(with[len(with)-1], daysFrom(with[len(with)-1], end), true)
	}
	return r
}

// dated returns the days that count anything.
func dated(days []index.Bucket, until string) []time.Time {
	var list []time.Time
	for _, b := range days {
		day, err := time.Parse(time.DateOnly, b.Start)
		if err == nil && b.Count > 0 && (until == "" || b.Start <= until) {
			list = append(list, day)
		}
	}
	return list
}

func daysFrom(a, b time.Time) int { return int(b.Sub(a) / (24 * time.Hour)) }

// add adds the days after one, if they are enough.
func (r *Report) add(last time.Time, days int, open bool) {
	if days >= r.Least {
		r.Gaps = append(r.Gaps, Gap{From: last.AddDate(0, 0, 1).Format(time.DateOnly), To: last.AddDate(0, 0, days).Format(time.DateOnly), Days: days, Open: open})
	}
}
