// Package date reads the dates that news carries: those of feeds, mail, databases, wires and bylines, in thirty languages.
//
// It is strict: every character of the text must mean something, an unknown zone name is an error and never taken for UTC,
// and a date whose day and month could be either is an error that says so. A date without a zone is taken as UTC. A date
// without a time of day is that calendar day at 00:00 UTC, whatever zone stands beside it.
package date

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/index"
)

// The precisions of a date: the smallest unit that the text names.
const (
	Second = "second"
	Minute = "minute"
	Day    = "day"
	Month  = "month"
	Year   = "year"
)

// MaxBytes bounds the text of a date; the longest that news carries, JavaScript's with the name of its zone, has 80.
const MaxBytes = 128

// Error says that a text is no date. Text is shortened.
type Error struct {
	Text   string
	Detail string
}

func (e *Error) Error() string { return fmt.Sprintf("cannot read %q as a date: %s", e.Text, e.Detail) }

// Parse reads a date and says how precise it is. The time is in UTC; its missing parts are the first of their kind.
// Errors are *Error.
func Parse(text string) (t time.Time, precision string, err error) { return ParseIn(text, Unknown) }

// ParseIn is Parse for a text that writes its numbers in a known order, which is heeded where nothing else tells.
func ParseIn(text string, order Order) (t time.Time, precision string, err error) {
	s := trim(text)
	switch {
	case s == "":
		return fail(text, "it is empty")
	case len(s) > MaxBytes:
		return fail(text, "it is too long")
	}
	s = latin(s)
	p, ok := iso(s)
	if !ok {
		var detail string
		if p, detail = loose(eastern(s), order); detail != "" {
			return fail(s, detail)
		}
	}
	t, detail := p.time()
	if detail != "" {
		return fail(s, detail)
	}
	return t, p.precision(), nil
}

// Order is that of day and month in a date such as 03/04/2023.
type Order int

const (
	Unknown    Order = iota // such a date is an error
	DayFirst                // as nearly all of the world has it
	MonthFirst              // as the United States have it
)

// OrderOf returns the order in which a language, as "pt" or "en-GB" names it, writes day and month. For English it must
// have a country.
func OrderOf(language string) Order {
	primary, region, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(language, "_", "-")), "-")
	switch {
	case region == "us":
		return MonthFirst
	case primary == "en" && (region == "" || region == "ca" || region == "ph"), len(primary) != 2:
		return Unknown
	case primary == "zh", primary == "ja", primary == "ko", primary == "hu", primary == "lt", primary == "mn":
		return Unknown // the year comes first
	}
	return DayFirst
}

// Plausible says why an article cannot have been published at t, or returns nil: the first newspaper appeared in 1605, and
// publishers' clocks may run ahead of now by no more than index.DateLeeway.
func Plausible(t, now time.Time) error {
	switch {
	case t.Before(index.EarliestDate):
		return fmt.Errorf("%s lies before the first newspapers (%d)", stamp(t), index.EarliestDate.Year())
	case t.After(now.Add(index.DateLeeway)):
		return fmt.Errorf("%s lies in the future", stamp(t))
	}
	return nil
}

// Possible says why an article cannot carry the date t, or returns nil. It is Plausible but for dates ahead of now, which
// are possible up to index.MaxAhead: they are flagged (index.FlagFutureDate), not refused.
func Possible(t, now time.Time) error {
	if t.After(now) && !t.After(now.Add(index.MaxAhead)) {
		return nil
	}
	return Plausible(t, now)
}

// MaxGap is how far two dates may lie from each other as the publication of one article: zones and nights explain no more.
const MaxGap = 24 * time.Hour

// Apart reports whether two dates, each with its precision, contradict each other as the publication of one article: they lie
// more than MaxGap apart. One that names only a month or a year contradicts none.
func Apart(a time.Time, aPrecision string, b time.Time, bPrecision string) bool {
	for _, p := range [...]string{aPrecision, bPrecision} {
		if p == Month || p == Year {
			return false
		}
	}
	return !a.IsZero() && !b.IsZero() && a.Sub(b).Abs() > MaxGap
}

// stamp prints a time as shortly as it can be said.
func stamp(t time.Time) string {
	if h, m, s := t.Clock(); h == 0 && m == 0 && s == 0 {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}

func fail(text, detail string) (time.Time, string, error) {
	return time.Time{}, "", &Error{Text: shorten(text), Detail: detail}
}

// shorten cuts a text for a message, at a whole character.
func shorten(text string) string {
	const most = 48
	if len(text) <= most {
		return text
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}

// trim cuts blanks, control codes and invisible characters off both ends.
func trim(s string) string {
	for s != "" {
		r, n := utf8.DecodeRuneInString(s)
		if !blank(r) {
			break
		}
		s = s[n:]
	}
	for s != "" {
		r, n := utf8.DecodeLastRuneInString(s)
		if !blank(r) {
			break
		}
		s = s[:len(s)-n]
	}
	return s
}

// blank reports whether r is white space, a control code or invisible.
func blank(r rune) bool {
	switch {
	case r <= 0x20, r >= 0x7f && r <= 0xa0: // controls and the no-break space
		return true
	case r >= 0x2000 && r <= 0x200f, r >= 0x2028 && r <= 0x202f, r >= 0x2060 && r <= 0x2069, r == 0x3000, r == 0xfeff:
		return true
	}
	return false
}

// parts are what a text says of an instant. A part it does not name is -1.
type parts struct {
	year, month, day     int
	hour, minute, second int
	nano                 int
	offset               int       // seconds east of UTC
	instant              time.Time // when the text counts seconds; then nothing else is set
}

func nothing() parts {
	return parts{year: -1, month: -1, day: -1, hour: -1, minute: -1, second: -1}
}

func (p *parts) precision() string {
	switch {
	case p.second >= 0 || !p.instant.IsZero():
		return Second
	case p.hour >= 0:
		return Minute
	case p.day >= 0:
		return Day
	case p.month >= 0:
		return Month
	}
	return Year
}

// time makes an instant of the parts, or says why there is none.
func (p *parts) time() (time.Time, string) {
	if !p.instant.IsZero() {
		return p.instant, ""
	}
	if detail := p.impossible(); detail != "" {
		return time.Time{}, detail
	}
	month, day := max(p.month, 1), max(p.day, 1)
	if p.hour < 0 {
		return time.Date(p.year, time.Month(month), day, 0, 0, 0, 0, time.UTC), ""
	}
	t := time.Date(p.year, time.Month(month), day, p.hour, max(p.minute, 0), max(p.second, 0), p.nano, time.UTC)
	t = t.Add(-time.Duration(p.offset) * time.Second)
	if y := t.Year(); y < 1 || y > 9999 { // JSON has no such time
		return time.Time{}, fmt.Sprintf("there is no year %d in UTC", y)
	}
	return t, ""
}

// impossible says which part of the date is out of range. 24:00 is the end of a day, and second 60 a leap second.
func (p *parts) impossible() string {
	switch {
	case p.year < 0:
		return "it has no year"
	case p.year < 1 || p.year > 9999:
		return fmt.Sprintf("there is no year %d", p.year)
	case p.month == 0 || p.month > 12:
		return fmt.Sprintf("there is no month %d", p.month)
	case p.day >= 0 && (p.day < 1 || p.day > days(p.year, p.month)):
		return fmt.Sprintf("%s %d has no day %d", time.Month(p.month), p.year, p.day)
	case p.hour > 24 || p.hour == 24 && (p.minute > 0 || p.second > 0 || p.nano > 0):
		return fmt.Sprintf("there is no hour %d", p.hour)
	case p.minute > 59:
		return fmt.Sprintf("there is no minute %d", p.minute)
	case p.second > 60:
		return fmt.Sprintf("there is no second %d", p.second)
	case p.offset < -12*3600 || p.offset > 14*3600:
		return "no zone is that far from UTC"
	case p.hour >= 0 && p.day < 0:
		return "it has a time of day but no day"
	}
	return ""
}

// days returns the number of days of a month.
func days(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}
