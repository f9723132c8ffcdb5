package date

import (
	"strings"
	"time"
)

// iso reads the forms that machines write: ISO 8601 and RFC 3339, extended or basic, with a T or a blank before the time,
// plain digits, and counts of seconds or milliseconds since 1970. ok is false when s has another shape. Seven digits are no
// ordinal date: they are more likely a date that was cut.
//
//	2024  2024-03  2024-03-14  20240314
//	2024-03-14T10:30  2024-03-14 10:30:00.123+02:00  20240314T103000Z  20240314103000
//	2024-W11-4  2024W114  2024-074
//	1710412200  1710412200.5  1710412200123
func iso(s string) (p parts, ok bool) {
	n := digits(s, 0)
	switch {
	case n == len(s):
		return numeral(s)
	case n == 10 && s[10] == '.' && digits(s, 11) == len(s)-11:
		return numeral(s[:10])
	case n == 4 && isWeek(s):
		return week(s)
	case n == 4 && s[4] == '-' && digits(s, 5) == 3:
		p = ordinal(number(s[:4]), number(s[5:8]))
		if len(s) == 8 {
			return p, true
		}
		return clock(p, s[8:])
	case n == 4 && s[4] == '-':
		return extended(s)
	case n == 8:
		p = ymd(s)
		return clock(p, s[8:])
	}
	return p, false
}

// numeral reads a text of nothing but digits.
func numeral(s string) (parts, bool) {
	p := nothing()
	switch len(s) {
	case 4:
		p.year = number(s)
	case 8:
		p = ymd(s)
	case 10:
		p.instant = time.Unix(int64(number(s)), 0).UTC()
	case 12, 14:
		p = ymd(s)
		return clockDigits(p, s[8:]), true
	case 13:
		p.instant = time.UnixMilli(int64(number(s))).UTC()
	default:
		return p, false
	}
	return p, true
}

// isWeek reports whether s, which begins with a year, goes on with a week.
func isWeek(s string) bool {
	s = strings.TrimPrefix(s[4:], "-")
	return len(s) >= 3 && s[0] == 'W' && digits(s, 1) >= 2
}

// week reads YYYY-Www-D or YYYYWwwD. A week without its day is no date: it belongs to two months, or years, now and then.
func week(s string) (parts, bool) {
	p := nothing()
	year, rest := number(s[:4]), strings.Replace(strings.TrimPrefix(s[4:], "-"), "-", "", 1)
	if digits(rest, 1) != 3 {
		return p, false
	}
	n, day := number(rest[1:3]), number(rest[3:4])
	january4 := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC) // is in week 1
	t := january4.AddDate(0, 0, (n-1)*7+day-1-(int(january4.Weekday())+6)%7)
	if y, w := t.ISOWeek(); y != year || w != n || day < 1 || day > 7 {
		return p, false
	}
	p.year, p.month, p.day = t.Year(), int(t.Month()), t.Day()
	if len(rest) == 4 {
		return p, true
	}
	return clock(p, rest[4:])
}

// ordinal returns the n-th day of a year. A day that the year does not have becomes one that December does not have.
func ordinal(year, n int) parts {
	p := nothing()
	p.year, p.month, p.day = year, 12, n // December has no day 366
	if t := time.Date(year, 1, n, 0, 0, 0, 0, time.UTC); n > 0 && year > 0 && t.Year() == year {
		p.month, p.day = int(t.Month()), t.Day()
	}
	return p
}

// ymd reads YYYYMMDD at the start of s.
func ymd(s string) parts {
	p := nothing()
	p.year, p.month, p.day = number(s[:4]), number(s[4:6]), number(s[6:8])
	return p
}

// extended reads YYYY-MM, YYYY-MM-DD and what follows.
func extended(s string) (parts, bool) {
	p := nothing()
	p.year = number(s[:4])
	if digits(s, 5) != 2 {
		return p, false
	}
	p.month = number(s[5:7])
	if len(s) == 7 {
		return p, true
	}
	if s[7] != '-' || digits(s, 8) != 2 {
		return p, false
	}
	p.day = number(s[8:10])
	if len(s) == 10 {
		return p, true
	}
	return clock(p, s[10:])
}

// clock reads the time and zone that follow a day, with the T, the blank or the zone that comes first.
func clock(p parts, s string) (parts, bool) {
	switch s[0] {
	case 'T', 't', ' ', '_':
	case 'Z', '+', '-': // the day of a zone, as XML Schema has it: it stays that calendar day
		rest, _, ok := offset(s)
		return p, ok && rest == ""
	default:
		return p, false
	}
	s = s[1:]
	n := digits(s, 0)
	if n == 4 || n == 6 {
		p = clockDigits(p, s[:n])
		s = s[n:]
	} else if s, p = clockColons(p, s); p.minute < 0 {
		return p, false
	}
	s = fraction(&p, s)
	for s != "" && s[0] == ' ' {
		s = s[1:]
	}
	if s == "" {
		return p, true
	}
	rest, seconds, ok := offset(s)
	p.offset = seconds
	return p, ok && rest == ""
}

// clockDigits reads hhmm or hhmmss.
func clockDigits(p parts, s string) parts {
	p.hour, p.minute = number(s[:2]), number(s[2:4])
	if len(s) == 6 {
		p.second = number(s[4:])
	}
	return p
}

// clockColons reads hh:mm or hh:mm:ss and returns the rest; the minute stays -1 when there is no such time.
func clockColons(p parts, s string) (string, parts) {
	n := digits(s, 0)
	if n < 1 || n > 2 || len(s) < n+3 || s[n] != ':' || digits(s, n+1) != 2 {
		return s, p
	}
	p.hour, p.minute = number(s[:n]), number(s[n+1:n+3])
	s = s[n+3:]
	if n = digits(s, 1); len(s) >= 2 && s[0] == ':' && (n == 1 || n == 2) {
		p.second = number(s[1 : 1+n])
		s = s[1+n:]
	}
	return s, p
}

// fraction reads a fraction of a second, if one is there, and returns the rest. Digits below a nanosecond are dropped.
func fraction(p *parts, s string) string {
	if p.second < 0 || len(s) < 2 || s[0] != '.' && s[0] != ',' || digits(s, 1) == 0 {
		return s
	}
	n := digits(s, 1)
	unit := 100_000_000
	for _, c := range []byte(s[1 : 1+n]) {
		p.nano += int(c-'0') * unit
		unit /= 10
	}
	return s[1+n:]
}

// offset reads Z, +hh, +hhmm or +hh:mm and returns the rest and the seconds east of UTC. -00:00 is UTC, as in RFC 3339.
func offset(s string) (rest string, seconds int, ok bool) {
	if s[0] == 'Z' || s[0] == 'z' {
		return s[1:], 0, true
	}
	if s[0] != '+' && s[0] != '-' {
		return s, 0, false
	}
	n, hours, minutes := digits(s, 1), 0, 0
	switch {
	case n == 1 || n == 2:
		hours = number(s[1 : 1+n])
		rest = s[1+n:]
		if len(rest) >= 3 && rest[0] == ':' && digits(rest, 1) == 2 {
			minutes, rest = number(rest[1:3]), rest[3:]
		}
	case n == 4:
		hours, minutes, rest = number(s[1:3]), number(s[3:5]), s[5:]
	default:
		return s, 0, false
	}
	seconds = hours*3600 + minutes*60
	if s[0] == '-' {
		seconds = -seconds
	}
	return rest, seconds, minutes < 60
}

// digits counts the ASCII digits of s from i on.
func digits(s string, i int) int {
	n := 0
	for i+n < len(s) && s[i+n] >= '0' && s[i+n] <= '9' {
		n++
	}
	return n
}

// number reads a text of at most 18 digits.
func number(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
