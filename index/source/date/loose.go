package date

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// reader reads the forms that people write: weekday, month name, day, year, time, half of the day and zone, in any order
// that leaves no doubt.
//
//	Thu, 14 Mar 2024 15:04:05 +0100    Thursday, 14-Mar-24 15:04:05 GMT    Thu Mar 14 15:04:05 EST 2024
//	26-FEB-1987 15:01:01.79            March 14, 2024 at 3:04 p.m. ET      14th March, 2024
//	2024/03/14 15:04                   14.03.2024, 15:04 Uhr               jeudi 14 mars 2024 à 15h04
type reader struct {
	parts
	s        string // what is still to be read
	order    Order
	numbers  [3]numeric
	n        int
	before   int  // how many numbers stand before the month's name
	maybeDay bool // the month's name was "mar", which is Tuesday too in French and Spanish
	half     int  // 0 am, 12 pm, -1 not said
	zoned    bool // an offset or zone was read
	floating string
}

// numeric is a number of a day, month or year, with the character after it.
type numeric struct {
	value, width int
	sep          byte
	ordinal      bool
}

// loose reads s, or says why it cannot.
func loose(s string, order Order) (parts, string) {
	r := reader{parts: nothing(), s: s, half: -1, order: order}
	for r.s != "" {
		if detail := r.next(); detail != "" {
			return r.parts, detail
		}
	}
	if detail := r.settle(); detail != "" {
		return r.parts, detail
	}
	if detail := r.halve(); detail != "" {
		return r.parts, detail
	}
	if r.floating != "" {
		r.offset = american(r.parts, floating[strings.ToLower(r.floating)])
	}
	return r.parts, ""
}

// next reads one part of the date.
func (r *reader) next() string {
	c := r.s[0]
	switch {
	case c >= '0' && c <= '9':
		return r.number()
	case (c == '+' || c == '-') && r.hour >= 0 && !r.offsetRead() && digits(r.s, 1) > 0:
		rest, seconds, ok := offset(r.s)
		if !ok {
			return "its zone cannot be read"
		}
		r.s, r.offset, r.zoned, r.floating = rest, seconds, true, ""
		return ""
	case r.zoned && (c == '(' || c == '['):
		return r.comment()
	case strings.IndexByte(",;|/.-()'@", c) >= 0:
		r.s = r.s[1:]
		return ""
	}
	first, n := utf8.DecodeRuneInString(r.s)
	switch {
	case c < 0x20 && r.wireCode():
		r.s = ""
	case blank(first), first == '·', first == '•', first == '–', first == '—', first == '’', first == 'º', first == '°', first == 'ª':
		r.s = r.s[n:]
	case unicode.IsLetter(first):
		return r.word()
	default:
		return "it has an odd character"
	}
	return ""
}

// offsetRead reports whether the time has a numeric offset already: "GMT+0100" has a name first and then the offset.
func (r *reader) offsetRead() bool { return r.zoned && r.offset != 0 }

// comment skips what stands in brackets after a zone: "+0100 (CET)", "+01:00[Europe/Berlin]".
func (r *reader) comment() string {
	end := strings.IndexAny(r.s, ")]")
	if end < 0 {
		return "a bracket is not closed"
	}
	r.s = r.s[end+1:]
	return ""
}

// wireCode reports whether the rest is what the Reuters wire put after its dates: control codes and a few capitals.
func (r *reader) wireCode() bool {
	if r.second < 0 || len(r.s) > 16 {
		return false
	}
	for _, c := range []byte(r.s) {
		if c > 0x20 && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}

// number reads a time of day, or a number that settle will find a place for.
func (r *reader) number() string {
	n := digits(r.s, 0)
	if n > 4 {
		return "it has a number that is no part of a date"
	}
	value, rest := number(r.s[:n]), r.s[n:]
	if n <= 2 && r.isTime(rest) {
		return r.time(value, rest)
	}
	if r.n == len(r.numbers) {
		return "it has too many numbers"
	}
	x := numeric{value: value, width: n}
	if rest != "" {
		x.sep = rest[0]
	}
	for _, suffix := range [...]string{"st", "nd", "rd", "th", "er", "ER", "ST", "ND", "RD", "TH"} {
		if strings.HasPrefix(rest, suffix) && !letterAt(rest, len(suffix)) {
			x.ordinal, rest = true, rest[len(suffix):]
			break
		}
	}
	if n == 4 {
		rest = strings.TrimPrefix(rest, "م") // anno Domini
	}
	if letterAt(rest, 0) && !x.ordinal && rest[0] != 'T' {
		return "a number runs into a word"
	}
	r.numbers[r.n] = x
	r.n++
	r.s = rest
	return ""
}

// isTime reports whether a number that is followed by rest is the hour of a time of day.
func (r *reader) isTime(rest string) bool {
	if r.hour >= 0 || rest == "" {
		return false
	}
	if rest[0] == ':' {
		return true
	}
	if (rest[0] == 'h' || rest[0] == 'H') && (digits(rest, 1) == 2 || !letterAt(rest, 1)) {
		return true
	}
	if rest[0] == '.' && digits(rest, 1) == 2 {
		if half, _ := halfOfDay(strings.TrimLeft(rest[3:], " \u00a0\u202f")); half >= 0 {
			return true // "5.30pm"
		}
	}
	if rest[0] == '.' && digits(rest, 1) == 2 && r.n >= 2 && !(len(rest) > 3 && rest[3] == '.') {
		return r.month >= 0 || r.n == 3 // the date is complete: "14 Mar 2024 15.30 GMT"
	}
	word := strings.TrimLeft(rest, " \u00a0\u202f")
	half, _ := halfOfDay(word)
	return half >= 0 || strings.HasPrefix(word, "Uhr") || strings.HasPrefix(word, "uur")
}

// halfOfDay reads am, pm, a.m. or p.m. at the start of s and returns the rest; half is -1 when there is none.
func halfOfDay(s string) (half int, rest string) {
	if s == "" {
		return -1, s
	}
	switch s[0] {
	case 'a', 'A':
		half = 0
	case 'p', 'P':
		half = 12
	default:
		return -1, s
	}
	rest = strings.TrimPrefix(s[1:], ".")
	if rest == "" || rest[0] != 'm' && rest[0] != 'M' || letterAt(rest, 1) {
		return -1, s
	}
	return half, strings.TrimPrefix(rest[1:], ".")
}

// time reads what follows the hour.
func (r *reader) time(hour int, rest string) string {
	r.hour = hour
	if c := rest[0]; c == ':' || c == '.' || c == 'h' || c == 'H' {
		n := digits(rest, 1)
		if n == 2 {
			r.minute = number(rest[1:3])
		} else if c == ':' {
			return "its time of day cannot be read"
		}
		rest = rest[1+n:]
		if (c == ':' || c == '.') && len(rest) >= 3 && rest[0] == c && digits(rest, 1) == 2 {
			r.second = number(rest[1:3])
			rest = fraction(&r.parts, rest[3:])
		}
	}
	half, after := halfOfDay(strings.TrimLeft(rest, " \u00a0\u202f"))
	if half >= 0 {
		r.half, rest = half, after
	}
	r.s = rest
	return ""
}

// word reads a run of letters.
func (r *reader) word() string {
	end := strings.IndexFunc(r.s, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsMark(c) })
	if end < 0 {
		end = len(r.s)
	}
	text := r.s[:end]
	r.s = r.s[end:]
	w, known := lookup(text)
	switch {
	case known && w.kind == isMonth:
		return r.monthName(text, w.value)
	case known && w.kind == isWeekday, known && w.kind == isFiller:
		return ""
	case known && w.kind == isLead && r.n == 0 && r.month < 0 && r.hour < 0:
		r.s = strings.TrimPrefix(r.s, ":")
		return ""
	case r.month < 0 && strings.EqualFold(text, "tháng"):
		return r.vietnamese()
	case known && w.kind == isHalf && r.hour < 0: // "am 14. März"
		return ""
	case known && w.kind == isHalf && r.half < 0:
		r.half = w.value
		return ""
	}
	return r.zone(text, w, known)
}

// vietnamese reads the number of the month behind "tháng".
func (r *reader) vietnamese() string {
	rest := strings.TrimLeft(r.s, " ")
	n := digits(rest, 0)
	if n < 1 || n > 2 {
		return "its month has no number"
	}
	r.month, r.before, r.s = number(rest[:n]), r.n, rest[n:]
	return ""
}

func (r *reader) monthName(text string, month int) string {
	if r.month >= 0 && !r.maybeDay {
		return "it names two months"
	}
	if foldString(text) == "listopada" && r.n > 0 && r.numbers[r.n-1].sep == '.' {
		return "listopada is October in Croatian and November in Polish"
	}
	r.month, r.before = month, r.n
	r.maybeDay = len(text) == 3 && month == 3 && r.n == 0
	return ""
}

// zone reads the name of a zone. After a numeric offset a name adds nothing, so it need not be known.
func (r *reader) zone(text string, w word, known bool) string {
	if r.offsetRead() && len(text) <= 5 && strings.ToUpper(text) == text {
		return ""
	}
	switch {
	case known && w.kind == isZone:
		if !r.zoned {
			r.offset, r.zoned = w.value, true
		}
	case r.hour >= 0 && !r.zoned && floats(text):
		r.floating, r.zoned = text, true
	case text == "T" && r.hour < 0:
	case r.hour >= 0 && strings.ToUpper(text) == text:
		return "the zone " + shorten(text) + " is not known"
	default:
		return "the word " + shorten(text) + " is not known"
	}
	return ""
}

// floats reports whether a zone's name leaves open whether summer time holds.
func floats(name string) bool {
	_, ok := floating[strings.ToLower(name)]
	return ok
}

// settle finds out which number is the day, the month and the year.
func (r *reader) settle() string {
	a := r.numbers[:r.n]
	if r.month >= 0 {
		return r.settleNamed(a)
	}
	switch {
	case r.n == 1 && a[0].width == 4 && r.hour < 0:
		r.year = a[0].value
		return ""
	case r.n == 2 && r.hour < 0 && a[0].width == 4 && a[1].width <= 2:
		r.year, r.month = a[0].value, a[1].value
		return ""
	case r.n == 2 && r.hour < 0 && a[1].width == 4 && a[0].width <= 2:
		r.month, r.year = a[0].value, a[1].value
		return ""
	case r.n < 3:
		return "it is not a whole date"
	case a[0].width == 4 && a[1].width <= 2 && a[2].width <= 2:
		r.year, r.month, r.day = a[0].value, a[1].value, a[2].value
		return ""
	case a[2].width != 4 || a[0].width > 2 || a[1].width > 2:
		return "its year is not written with four digits"
	}
	return r.settleNumbers(a)
}

// settleNumbers tells the day from the month in 14/03/2024. With dots the day comes first everywhere; with other signs
// only a number above 12 can tell.
func (r *reader) settleNumbers(a []numeric) string {
	first, second := a[0].value, a[1].value
	r.year, r.day, r.month = a[2].value, first, second
	switch {
	case a[0].sep == '.' && a[1].sep == '.', first > 12, first == second:
	case r.order == DayFirst && first <= 12 && second <= 12:
	case second > 12, r.order == MonthFirst:
		r.day, r.month = second, first
	default:
		return "it may be day or month first; write the month's name, or the year first"
	}
	return ""
}

// settleNamed places the numbers around the name of a month.
func (r *reader) settleNamed(a []numeric) string {
	switch {
	case len(a) == 1 && a[0].width == 4 && r.hour < 0:
		r.year = a[0].value
		return ""
	case len(a) == 1:
		return "it has no year"
	case len(a) != 2:
		return "it is not a whole date"
	}
	day, year := a[0], a[1]
	if day.width == 4 { // 2024 March 14
		day, year = year, day
	}
	switch {
	case day.width > 2, year.width == 3 || year.width == 1, year.ordinal:
		return "its day or year cannot be told"
	case year.width == 4:
		r.year = year.value
	case r.before == 1: // RFC 850: 06-Nov-94
		r.year = century(year.value)
	default:
		return "its year is not written with four digits"
	}
	r.day = day.value
	return ""
}

// century completes a year of two digits as RFC 850's readers do: 69 to 99 are in the 20th century.
func century(year int) int {
	if year >= 69 {
		return 1900 + year
	}
	return 2000 + year
}

// halve applies am and pm.
func (r *reader) halve() string {
	switch {
	case r.half < 0:
		return ""
	case r.hour > 12 && r.half == 12: // 15:04 pm says it twice
		return ""
	case r.hour > 12:
		return "its hour is not in the morning"
	}
	r.hour = r.hour%12 + r.half
	return ""
}

// american returns the offset of a zone of the United States whose standard time is the given hours from UTC, by the rule
// for summer time of the date's year. The hour of the change itself is not looked at: it is between 1 and 3 at night.
func american(p parts, standard int) int {
	from, to := summer(p.year)
	if day := p.month*100 + p.day; day >= from && day < to {
		standard++
	}
	return standard * 3600
}

// summer returns the first day of summer time of a year and the day after its last, as month*100+day. The three rules are
// those of the Uniform Time Act of 1966 and its changes of 1986 and 2005.
func summer(year int) (from, to int) {
	switch {
	case year >= 2007:
		return 300 + sunday(year, 3, 8), 1100 + sunday(year, 11, 1)
	case year >= 1987:
		return 400 + sunday(year, 4, 1), 1000 + sunday(year, 10, 25)
	}
	return 400 + sunday(year, 4, 24), 1000 + sunday(year, 10, 25)
}

// sunday returns the day of the first Sunday on or after a day.
func sunday(year, month, day int) int {
	return day + (7-int(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Weekday()))%7
}

// letterAt reports whether a letter stands at s[i:].
func letterAt(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	c, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(c)
}
