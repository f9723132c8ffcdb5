package suggest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dated is a date that was typed: how it is shown, and as the query language has it.
type dated struct{ text, date string }

var (
	isoDate   = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d)?)?$`)
	lastDays  = regexp.MustCompile(`^last (\d{1,3}) days?$`)
	monthYear = regexp.MustCompile(`^(\pL{3,9})\.?,? (\d{4})$`)
	dayMonth  = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)? (\pL{3,9})\.?,? (\d{4})$`)
	monthDay  = regexp.MustCompile(`^(\pL{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$`)
)

// readDate reads a date as people type it, in full or as the beginning of "last week", at a time that is in the reader's zone.
func readDate(typed string, now time.Time) (dated, bool) {
	typed = strings.ToLower(strings.Join(strings.Fields(typed), " "))
	if isoDate.MatchString(typed) {
		return read(typed)
	}
	if m := monthYear.FindStringSubmatch(typed); m != nil {
		return read(fmt.Sprintf("%s-%02d", m[2], monthOf(m[1])))
	}
	if m := dayMonth.FindStringSubmatch(typed); m != nil {
		return read(fmt.Sprintf("%s-%02d-%02s", m[3], monthOf(m[2]), m[1]))
	}
	if m := monthDay.FindStringSubmatch(typed); m != nil {
		return read(fmt.Sprintf("%s-%02d-%02s", m[3], monthOf(m[1]), m[2]))
	}
	if m := lastDays.FindStringSubmatch(typed); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil && n > 0 {
			return dated{"last " + m[1] + " days", "last" + m[1] + "d"}, true
		}
	}
	return named(typed, now)
}

// read shows a day, a month or a year; days that no calendar has are none.
func read(date string) (dated, bool) {
	for layout, shown := range map[string]string{"2006": "2006", "2006-01": "January 2006", "2006-01-02": "2 January 2006"} {
		if t, err := time.Parse(layout, date); err == nil && t.Year() > 0 {
			return dated{t.Format(shown), date}, true
		}
	}
	return dated{}, false
}

// monthOf returns the month that a word begins the English name of, 0 for none.
func monthOf(word string) int {
	for m := time.January; m <= time.December; m++ {
		if strings.HasPrefix(strings.ToLower(m.String()), word) {
			return int(m)
		}
	}
	if word == "sept" {
		return int(time.September)
	}
	return 0
}

// named reads a name of a day, week, month or year, of which the beginning is enough. Weeks begin on Monday.
func named(typed string, now time.Time) (dated, bool) {
	y, m, d := now.Date()
	noon := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 12, 0, 0, 0, time.UTC) } // no zone skips it
	monday := noon(y, m, d-(int(now.Weekday())+6)%7)
	week := func(monday time.Time) string {
		return monday.Format(time.DateOnly) + ".." + monday.AddDate(0, 0, 6).Format(time.DateOnly)
	}
	for _, n := range []dated{
		{"today", "today"}, {"yesterday", "yesterday"},
		{"last week", week(monday.AddDate(0, 0, -7))}, {"last month", noon(y, m-1, 1).Format("2006-01")}, {"last year", noon(y-1, m, 1).Format("2006")},
		{"this week", week(monday)}, {"this month", noon(y, m, 1).Format("2006-01")}, {"this year", noon(y, m, 1).Format("2006")},
	} {
		least := 3 // letters, or the first of the second word
		if i := strings.Index(n.text, " "); i > 0 {
			least = i + 2
		}
		if strings.HasPrefix(n.text, typed) && len(typed) >= least {
			if !strings.HasSuffix(n.text, "day") {
				n.text += ", " + n.date
			}
			return n, true
		}
	}
	return dated{}, false
}
