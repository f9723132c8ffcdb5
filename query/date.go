package query

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// dateForms is the hint of a date that cannot be read.
const dateForms = "write 2023-05-30, 2023-05, 2023, 2023-05-01..2023-05-31, >=2023-05-01, last7d (units h d w m y), today or yesterday"

// period is a stretch of time [from, to) and the spelling that String prints. A zero bound is open.
type period struct {
	from, to time.Time
	text     string
}

// Period reads a day (2023-05-30), a month (2023-05), a year (2023), all as the clocks of a zone show them, or a time as in
// RFC 3339, which is one second long. The period is [from, to), in UTC. A day that the zone skipped is none.
func Period(text string, zone *time.Location) (from, to time.Time, ok bool) {
	p, err := readPoint(text, zone)
	return p.from, p.to, err == nil
}

// dates makes a node of a written date.
func (p *parser) dates(scope string, t token) (Node, error) {
	if isEverything(t.text) {
		return p.has(scope, t.at)
	}
	d, err := readDates(scope, t.text, p.now)
	if err != nil {
		err.At = t.at
		return nil, err
	}
	field := scope
	if sided[scope] != "" {
		field = "date"
	}
	return Dates{At: t.at, Field: field, From: d.from, To: d.to, Text: d.text}, nil
}

// readDates reads all forms of a date. Faults come without a place.
func readDates(scope, text string, now time.Time) (period, *Error) {
	if text == "" {
		return period{}, badDate(text)
	}
	if side := sided[scope]; side != "" {
		return compare(side, text, now)
	}
	if isBracket(text[0]) {
		b, fault := readBrackets(text)
		if fault != nil {
			return period{}, fault
		}
		return b.period(now)
	}
	for _, op := range []string{">=", "<=", ">", "<"} {
		if rest, ok := strings.CutPrefix(text, op); ok {
			return compare(op, rest, now)
		}
	}
	if from, to, ok := strings.Cut(text, ".."); ok {
		return between(from, to, now)
	}
	if count, ok := strings.CutPrefix(strings.ToLower(text), "last"); ok {
		return last(count, now)
	}
	return point(text, now)
}

// compare reads what follows one of the operators. After a period is from its end, before it is up to its start.
func compare(op, text string, now time.Time) (period, *Error) {
	if text == "" {
		return period{}, &Error{Detail: "no date follows " + op, Hint: "write it without a space, as in " + op + "2023-05-30"}
	}
	p, err := point(text, now)
	if err != nil {
		if err.Hint == dateForms {
			err.Hint = "write one day, month, year or time here, as in 2023-05-30, 2023-05, 2023 or 2023-05-30T14:00:00Z"
		}
		return period{}, err
	}
	switch op {
	case ">=":
		return period{from: p.from, text: p.text + ".."}, nil
	case "<=":
		return period{to: p.to, text: ".." + p.text}, nil
	case ">":
		return period{from: p.to, text: ">" + p.text}, nil
	}
	if p.from.IsZero() { // a zero bound would be an open one
		return period{}, &Error{Detail: "nothing is dated before the year 1"}
	}
	return period{to: p.from, text: "<" + p.text}, nil
}

// between reads a range, both ends inclusive, one of them open if it is empty.
func between(from, to string, now time.Time) (period, *Error) {
	switch {
	case from == "" && to == "":
		return period{}, &Error{Detail: "the range of dates has no ends", Hint: dateForms}
	case to == "":
		return compare(">=", from, now)
	case from == "":
		return compare("<=", to, now)
	}
	a, err := point(from, now)
	if err != nil {
		return period{}, err
	}
	b, err := point(to, now)
	if err != nil {
		return period{}, err
	}
	if !a.from.Before(b.to) {
		return period{}, &Error{Detail: "the date runs backwards", Hint: "write " + b.text + ".." + a.text}
	}
	if a == b {
		return a, nil
	}
	return period{a.from, b.to, a.text + ".." + b.text}, nil
}

// period makes a range of two ends in brackets; one that leaves an end out begins after the day, month or year written, or ends
// before it, as > and < do.
func (b brackets) period(now time.Time) (period, *Error) {
	below, above := "<=", ">="
	if !b.withTo {
		below = "<"
	}
	if !b.withFrom {
		above = ">"
	}
	switch {
	case b.from == "*":
		return compare(below, b.to, now)
	case b.to == "*":
		return compare(above, b.from, now)
	case b.withFrom && b.withTo:
		return between(b.from, b.to, now)
	}
	low, err := compare(above, b.from, now)
	if err != nil {
		return period{}, err
	}
	high, err := compare(below, b.to, now)
	if err != nil {
		return period{}, err
	}
	from, to := strings.Trim(low.text, ".>"), strings.Trim(high.text, ".<")
	if _, err := between(from, to, now); err != nil {
		return period{}, err
	}
	if !low.from.Before(high.to) {
		return period{}, &Error{Detail: "nothing lies in this range", Hint: "write " + from + ".." + to + " to have both ends in it"}
	}
	open, shut := "[", "]"
	if !b.withFrom {
		open = "{"
	}
	if !b.withTo {
		shut = "}"
	}
	return period{low.from, high.to, open + from + " TO " + to + shut}, nil
}

// point reads one day, month, year or time, or a name for a day.
func point(text string, now time.Time) (period, *Error) {
	y, m, d := now.Date()
	day := func(n int) time.Time { return dayIn(y, m, d+n, now.Location()) }
	switch name := strings.ToLower(text); name {
	case "today":
		return period{day(0), day(1), name}, nil
	case "yesterday":
		return period{day(-1), day(0), name}, nil
	}
	return readPoint(text, now.Location())
}

// readPoint reads what Period does, and says what is wrong.
func readPoint(text string, zone *time.Location) (period, *Error) {
	in := dayReader{zone}
	switch shape(text) {
	case "dddd":
		return in.read(text, text+"-01-01", 1, 0, 0)
	case "dddd-dd":
		return in.read(text, text+"-01", 0, 1, 0)
	case "dddd-dd-dd":
		return in.read(text, text, 0, 0, 1)
	}
	t, err := time.Parse(time.RFC3339, strings.ToUpper(text))
	if err != nil {
		return period{}, badDate(text)
	}
	t = t.UTC().Truncate(time.Second)
	if t.Year() < 1 || t.Year() > 9999 {
		return period{}, &Error{Detail: "the year is not between 1 and 9999"}
	}
	return period{t, t.Add(time.Second), t.Format(time.RFC3339)}, nil
}

// dayReader reads days of a zone.
type dayReader struct{ zone *time.Location }

// read reads a day as YYYY-MM-DD; the period reaches the given time further.
func (r dayReader) read(text, day string, years, months, days int) (period, *Error) {
	y, _ := strconv.Atoi(day[:4])
	m, _ := strconv.Atoi(day[5:7])
	d, _ := strconv.Atoi(day[8:])
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	switch {
	case y == 0:
		return period{}, &Error{Detail: "there is no year 0"}
	case m < 1 || m > 12:
		return period{}, &Error{Detail: fmt.Sprintf("there is no month %s", day[5:7]), Hint: "write the month before the day, as in 2023-05-30"}
	case t.Day() != d:
		n := time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
		return period{}, &Error{Detail: fmt.Sprintf("%s %d has no day %s", time.Month(m), y, day[8:]), Hint: fmt.Sprintf("it has %d days", n)}
	}
	from, to := Instant(t, r.zone), Instant(t.AddDate(years, months, days), r.zone)
	if !from.Before(to) {
		return period{}, &Error{Detail: fmt.Sprintf("there was no %s in %s", t.Format("2 January 2006"), r.zone),
			Hint: "the clocks went from the day before to the day after"}
	}
	return period{from, to, text}, nil
}

// shape writes d for each digit, so that a form can be told from its look. Long texts are no dates.
func shape(text string) string {
	const longest = len("dddd-dd-dd")
	if len(text) > longest {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return 'd'
		}
		return r
	}, text)
}

// badDate is the fault of a text that has no form of a date; it knows the forms of other languages.
func badDate(text string) *Error {
	e := &Error{Detail: fmt.Sprintf("%q is not a date", short(text)), Hint: dateForms}
	switch shape(text) {
	case "":
		if text == "" {
			e.Detail = "the date is empty"
		}
	case "dddddddd":
		e.Hint = "write " + text[:4] + "-" + text[4:6] + "-" + text[6:]
	case "dddd/dd/dd", "dddd.dd.dd", "dddd/dd", "dddd.dd":
		e.Hint = "write " + strings.NewReplacer("/", "-", ".", "-").Replace(text)
	case "dd.dd.dddd", "dd/dd/dddd", "dd-dd-dddd", "d.d.dddd", "d/d/dddd", "dd.d.dddd", "d/dd/dddd":
		e.Hint = "write the year, the month and the day, as in 2023-05-30"
	case "dddd-d-d", "dddd-d", "dddd-dd-d", "dddd-d-dd":
		e.Hint = "write months and days with two digits, as in 2023-05-03"
	}
	switch {
	case strings.HasPrefix(text, "last"):
		e.Detail = fmt.Sprintf("%s is not one day, month or year", short(text))
		e.Hint = "write date:last7d, by itself"
	case strings.HasPrefix(strings.ToLower(text), "now"):
		e.Hint = "write date:last7d, by itself, for the last seven days; units are h d w m y"
	case strings.HasPrefix(text, "["), strings.HasPrefix(text, "{"):
		e.Hint = "write a range as 2023-05-01..2023-05-31, after date:"
	case strings.ContainsAny(text, "Tt") && strings.Contains(text, ":"):
		e.Hint = "write a time with seconds and zone, as in 2023-05-30T14:00:00Z"
	}
	return e
}

// last reads what follows "last" in last7d and its like. Hours count from now, longer units from the start of the day that
// long ago. The end is open: publishers' clocks run ahead of ours.
func last(count string, now time.Time) (period, *Error) {
	unit := strings.TrimLeft(count, "0123456789")
	n, err := strconv.Atoi(strings.TrimSuffix(count, unit))
	switch {
	case err != nil && !errors.Is(err, strconv.ErrRange), len(unit) != 1, !strings.Contains("hdwmy", unit):
		return period{}, &Error{Detail: fmt.Sprintf("%q is not a date", "last"+short(count)),
			Hint: "write last and a number of h, d, w, m or y, as in last7d"}
	case n < 1, n > maxLast:
		return period{}, &Error{Detail: fmt.Sprintf("the number after last is not between 1 and %s", thousands(maxLast))}
	}
	from := ago(now, n, unit[0])
	if from.Year() < 1 {
		return period{}, &Error{Detail: "nothing is dated before the year 1"}
	}
	return period{from: from, text: fmt.Sprintf("last%d%s", n, unit)}, nil
}

// maxLast bounds the number in last7d; ten thousand of any unit but hours is longer than there have been newspapers.
const maxLast = 9999

func ago(now time.Time, n int, unit byte) time.Time {
	y, m, d := now.Date()
	switch unit {
	case 'h':
		return now.Add(-time.Duration(n) * time.Hour).Truncate(time.Second).UTC()
	case 'd':
		d -= n
	case 'w':
		d -= 7 * n
	case 'm':
		y, m, d = monthsAgo(y, m, d, n)
	case 'y':
		y, m, d = monthsAgo(y, m, d, 12*n)
	}
	return dayIn(y, m, d, now.Location())
}

// monthsAgo returns the day so many months before one: the same of that month, or the last one of a shorter month. A month
// before 31 March is 28 February.
func monthsAgo(y int, m time.Month, d, n int) (int, time.Month, int) {
	end := time.Date(y, m-time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC)
	return end.Year(), end.Month(), min(d, end.Day())
}
