package enginetest

import (
	"context"
	"fmt"
	"time"

	"dateline/index"
	"dateline/query"
)

// period is query.Period in the zone of a request.
func period(text string, zone *time.Location) (from, to time.Time, ok bool) {
	if zone == nil {
		zone = time.UTC
	}
	return query.Period(text, zone)
}

// barFinds chooses a bar of a timeline as a page does: from and to are what its label stands for.
func barFinds(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	unit := r.Count
	r = plain(r)
	r.Facets, r.Interval = nil, pick(d, index.Intervals)
	r.Filters.From, r.Filters.To, r.Filters.FromText, r.Filters.ToText = time.Time{}, time.Time{}, "", ""
	whole, err := e.Search(ctx, r)
	if paramOf(err) == "interval" {
		return nil
	}
	if err != nil || len(whole.Timeline.Buckets) == 0 {
		return err
	}
	n := d.IntN(len(whole.Timeline.Buckets))
	bar := whole.Timeline.Buckets[n]
	if d.one(2) {
		bar = whole.Timeline.Buckets[0]
	}
	r.Interval = ""
	if !choose(&r.Filters, whole.Timeline.Interval, bar.Start, r.Zone) {
		return nil
	}
	chosen, err := e.Search(ctx, r)
	if err != nil {
		return err
	}
	if got := chosen.Total.Of(unit); got != bar.Count {
		return fmt.Errorf("the bar %s of %s in %s counts %d %s, but chosen, from %s to %s, it finds %d", bar.Start, whole.Timeline.Interval,
			r.Zone, bar.Count, unit, r.Filters.FromText, r.Filters.ToText, got)
	}
	return nil
}

// choose sets the bounds that stand for a bar. After the year 9999 there are none.
func choose(f *index.Filters, i index.Interval, label string, zone *time.Location) bool {
	f.FromText, f.ToText = label, label
	if day, err := time.Parse(time.DateOnly, label); err == nil {
		f.ToText = i.Next(day).AddDate(0, 0, -1).Format(time.DateOnly)
	} else if hour, err := time.Parse(time.RFC3339, label); err == nil {
		if zone == nil {
			zone = time.UTC
		}
		f.ToText = i.Next(hour.In(zone)).Add(-time.Second).Format(time.RFC3339)
	}
	_, to, ok := period(f.ToText, zone)
	from, _, known := period(f.FromText, zone)
	f.From, f.To = from, to
	return ok && known
}
