package page

import (
	"time"

	"dateline/index"
)

// age says how long before now something was published: "3 hours ago", "yesterday", "2 years ago", "in 4 days". Days are those of
// the zone; what is dated to the month or the year only is so many of these ago. It is "" for the undated, and without a now.
func age(t index.Time, precision string, now time.Time, zone *time.Location) string {
	if t.IsZero() || now.IsZero() {
		return ""
	}
	now = now.In(zone)
	then := t.In(zone)
	if index.Floating(precision) { // 14 March is 14 March everywhere
		then = t.UTC()
	}
	months := (now.Year()-then.Year())*12 + int(now.Month()) - int(then.Month())
	switch precision {
	case "year":
		return distance(now.Year()-then.Year(), "year", "years", "this year", "last year", "next year")
	case "month":
		return distance(months, "month", "months", "this month", "last month", "next month")
	}
	if d := now.Sub(then); !index.Floating(precision) && d.Abs() < 24*time.Hour {
		return clockAge(d)
	}
	switch days := dayNumber(now) - dayNumber(then); {
	case max(days, -days) < 14:
		return distance(days, "day", "days", "today", "yesterday", "tomorrow")
	case max(days, -days) < 60:
		return distance(days/7, "week", "weeks", "", "", "")
	case days > 0 && now.Day() < then.Day():
		months--
	case days < 0 && now.Day() > then.Day():
		months++
	}
	if max(months, -months) < 24 {
		return distance(months, "month", "months", "", "", "")
	}
	return distance(months/12, "year", "years", "", "", "")
}

// clockAge is the age of less than a day.
func clockAge(d time.Duration) string {
	switch a := d.Abs(); {
	case a < time.Minute:
		return "just now"
	case a < time.Hour:
		return distance(int(d/time.Minute), "minute", "minutes", "", "", "")
	}
	return distance(int(d/time.Hour), "hour", "hours", "", "", "")
}

// distance says a number of units before now, or after it where it is below 0. Names of the nearest are said where they are given.
func distance(n int, one, many, none, last, next string) string {
	switch {
	case n == 0 && none != "":
		return none
	case n == 1 && last != "":
		return last
	case n == -1 && next != "":
		return next
	case n < 0:
		return "in " + count(-n, one, many)
	}
	return count(n, one, many) + " ago"
}

// dayNumber counts the days of a calendar.
func dayNumber(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}
