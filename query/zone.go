package query

import "time"

// reach is more than the clocks of any zone have ever been from UTC: Manila's were 15 h 56 min behind until 1844.
const reach = 26 * time.Hour

// Instant returns the first instant at which the clocks of a zone show the date and time that civil shows in UTC, or a later
// one. So a day begins at its midnight; where the clocks skip midnight, at the time that they go on with; where they show it
// twice, at the first; and a day that they skip as a whole, as Samoa did 30 December 2011, begins with the next. A later
// civil time is never an earlier instant. The result is in UTC.
func Instant(civil time.Time, zone *time.Location) time.Time {
	civil = civil.UTC()
	if zone == time.UTC {
		return civil
	}
	for t := civil.Add(-reach).In(zone); ; {
		begin, end := t.ZoneBounds()
		if !end.IsZero() && !end.After(t) { // package time's mistake on the last day of leap years from 2040 on
			end = t.Add(24 * time.Hour)
		}
		_, offset := t.Zone()
		shown := civil.Add(-time.Duration(offset) * time.Second)
		if !begin.IsZero() && shown.Before(begin) {
			shown = begin
		}
		if end.IsZero() || shown.Before(end) {
			return shown.UTC()
		}
		t = end
	}
}

// dayIn returns the instant at which a day begins in a zone. Days and months beyond their ends count on, as in time.Date.
func dayIn(y int, m time.Month, d int, zone *time.Location) time.Time {
	return Instant(time.Date(y, m, d, 0, 0, 0, 0, time.UTC), zone)
}
