package page

import (
	"time"

	"dateline/index"
	"dateline/query"
)

// bucketSpan are the parameters from and to of the search for what a bucket counts. The first and the last bucket may reach
// beyond the dates of the search, which then bound it.
func bucketSpan(p params, i index.Interval, start time.Time, first, last bool) (from, to string) {
	from, to = bounds(i, start)
	if first {
		if a, _, ok := query.Period(from, p.zone()); ok {
			if b, _, ok := query.Period(p.get("from"), p.zone()); ok && b.After(a) {
				from = p.get("from")
			}
		}
	}
	if last {
		if _, a, ok := query.Period(to, p.zone()); ok {
			if _, b, ok := query.Period(p.get("to"), p.zone()); ok && b.Before(a) {
				to = p.get("to")
			}
		}
	}
	return from, to
}

// wider are the ways back out of a span of dates: to the day, the month or the year around it, whichever is the next, and to all
// dates. The interval is the page's to choose again.
func wider(p params) []choice {
	if p.get("from") == "" && p.get("to") == "" {
		return nil
	}
	free := p.without("interval", "from", "to")
	all := choice{Text: "All dates", URL: free.URL()}
	first, _, ok := query.Period(p.get("from"), p.zone())
	_, end, ok2 := query.Period(p.get("to"), p.zone())
	if !ok || !ok2 || !first.Before(end) {
		return []choice{all}
	}
	first = first.In(p.zone())
	for _, i := range []index.Interval{index.Day, index.Month, index.Year} {
		start := i.Floor(first)
		next := i.Next(start)
		if next.Before(end) || start.Equal(first) && next.Equal(end) {
			continue
		}
		from, to := bounds(i, start)
		return []choice{{Text: "Back to " + bucketLabel(i, start), URL: free.with("from", from).with("to", to).URL()}, all}
	}
	return []choice{all}
}
