package html

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/index/source/date"
	"dateline/index/source/fields"
)

// part is a number or a word of a text in which a date is looked for.
type part struct {
	word  string // in lower case; "" for a number
	n     int    // the number; -1 for a word
	width int    // digits
	sep   string // what stands before it
	at    int    // where it begins in the text
	end   int
}

// maxParts bounds how far into a text a date is looked for.
const maxParts = 60

// findDate finds the first date in a text, in the languages of months and with digits of any script, and returns it with where it
// begins. Where day and month could be either, the page's language and country decide.
func (b *builder) findDate(s string) (*dated, int) {
	parts := split(s)
	for i := range parts {
		y, m, d, used := b.dateAt(parts[i:])
		if used == 0 {
			continue
		}
		found := dayOf(y, m, d)
		if found == nil || !webYear(y) && y < 1800 {
			continue
		}
		b.timeOfDay(found, s, parts[i:], used)
		return found, parts[i].at
	}
	return nil, 0
}

// split cuts a text into its numbers and words.
func split(s string) []part {
	var parts []part
	last := 0
	for i := 0; i < len(s) && len(parts) < maxParts; {
		r, size := utf8.DecodeRuneInString(s[i:])
		digit := digitOf(r)
		switch {
		case digit >= 0:
			p := part{sep: s[last:i], at: i}
			for i < len(s) {
				r, size = utf8.DecodeRuneInString(s[i:])
				if digit = digitOf(r); digit < 0 {
					break
				}
				if p.width++; p.width <= 8 {
					p.n = p.n*10 + digit
				}
				i += size
			}
			p.end, last = i, i
			parts = append(parts, p)
		case unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r):
			p := part{n: -1, sep: s[last:i], at: i}
			for i < len(s) {
				r, size = utf8.DecodeRuneInString(s[i:])
				if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && !unicode.Is(unicode.Mc, r) {
					break
				}
				i += size
				if eastern(r) && strings.ContainsRune("年月日년월일時时點点시分분", r) {
					break
				}
			}
			p.word, p.end, last = strings.ToLower(s[p.at:i]), i, i
			parts = append(parts, p)
		default:
			i += size
		}
	}
	return parts
}

func eastern(r rune) bool { return r >= 0x3000 }

// digitOf returns the value of a decimal digit of any script, or -1.
func digitOf(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r < 0x660:
		return -1
	case r >= 0x660 && r <= 0x669:
		return int(r - 0x660)
	case r >= 0x6F0 && r <= 0x6F9:
		return int(r - 0x6F0)
	case r >= 0x966 && r <= 0x96F:
		return int(r - 0x966)
	case r >= 0x9E6 && r <= 0x9EF:
		return int(r - 0x9E6)
	case r >= 0xAE6 && r <= 0xAEF:
		return int(r - 0xAE6)
	case r >= 0xFF10 && r <= 0xFF19:
		return int(r - 0xFF10)
	}
	return -1
}

// dateAt reads a date that begins with the first of the parts, and returns how many it takes, 0 for none.
func (b *builder) dateAt(p []part) (y, m, d, used int) {
	if len(p) < 3 && !(len(p) == 1 && p[0].width == 8) {
		return 0, 0, 0, 0
	}
	if p[0].n >= 0 {
		if y, m, d, used = b.numbersAt(p); used > 0 {
			return y, m, d, used
		}
	}
	// a word may stand between two parts: "3 de mayo de 2023", "3. května 2023", "3rd of May, 2023", "2020 m. spalio 26 d."
	var got [3]part
	at := 0
	for i := 0; i < len(p) && i < 6 && at < 3; i++ {
		if p[i].n < 0 && months[p[i].word] == 0 {
			if i == 0 || !fillers[p[i].word] {
				return 0, 0, 0, 0
			}
			continue
		}
		if at > 0 && p[i].n < 0 && months[p[i].word] == months[got[at-1].word] {
			continue // "24 nisan / april 2020": one month in two languages
		}
		got[at], used = p[i], i+1
		at++
	}
	if at < 3 {
		return 0, 0, 0, 0
	}
	month := func(x part) int { return months[x.word] }
	switch a, c, e := got[0], got[1], got[2]; {
	case a.n > 0 && month(c) > 12 && e.n >= 1300 && e.n < 1500:
		y, m, d = fromPersian(e.n, month(c)-12, a.n)
		return y, m, d, used
	case month(a) > 12 || month(c) > 12:
		return 0, 0, 0, 0
	case a.n > 0 && a.width <= 2 && month(c) > 0 && e.width == 4:
		return b.year(e.n), month(c), a.n, used
	case month(a) > 0 && c.n > 0 && c.width <= 2 && e.width == 4 && !strings.Contains(e.sep, ":"):
		return b.year(e.n), month(a), c.n, used
	case a.width == 4 && month(c) > 0 && e.n > 0 && e.width <= 2:
		return b.year(a.n), month(c), e.n, used
	}
	return 0, 0, 0, 0
}

// year turns the years of the Thai calendar into common ones.
func (b *builder) year(y int) int {
	if y > 2400 && y < 2700 && b.language != "" && strings.HasPrefix(strings.ToLower(b.language), "th") {
		return y - 543
	}
	return y
}

// numbersAt reads a date of three numbers.
func (b *builder) numbersAt(p []part) (y, m, d, used int) {
	a := p[0]
	if a.width == 8 && webYear(a.n/10000) {
		return a.n / 10000, a.n / 100 % 100, a.n % 100, 1
	}
	if len(p) >= 5 && a.width == 4 && p[1].word != "" && strings.ContainsAny(p[1].word, "年년") && p[3].word != "" && strings.ContainsAny(p[3].word, "月월") && p[4].n > 0 {
		return a.n, p[2].n, p[4].n, 5
	}
	if len(p) < 3 || p[1].n < 0 || p[2].n < 0 || !dateSeparator(p[1].sep) || strings.TrimSpace(p[1].sep) != strings.TrimSpace(p[2].sep) {
		return 0, 0, 0, 0
	}
	switch {
	case a.width == 4 && p[1].width <= 2 && p[2].width <= 2:
		if a.n >= 1300 && a.n < 1500 {
			y, m, d = fromPersian(a.n, p[1].n, p[2].n)
			return y, m, d, 3
		}
		return b.year(a.n), p[1].n, p[2].n, 3
	case a.width <= 2 && p[1].width <= 2 && p[2].width == 4:
		if p[2].n >= 1300 && p[2].n < 1500 {
			y, m, d = fromPersian(p[2].n, p[1].n, a.n)
			return y, m, d, 3
		}
		m, d = b.order(a.n, p[1].n, p[1].sep)
		return b.year(p[2].n), m, d, 3
	case a.width == 2 && p[1].width == 2 && p[2].width == 2 && a.n <= 31 && (len(p) == 3 || !strings.HasPrefix(p[3].sep, ":")) && strings.TrimSpace(p[1].sep) != ":":
		if a.n > 12 && p[1].n <= 12 && p[2].n > 31 || b.firstIsYear() && p[2].n <= 31 {
			return 2000 + a.n, p[1].n, p[2].n, 3
		}
		m, d = b.order(a.n, p[1].n, p[1].sep)
		if p[2].n > 60 {
			return 1900 + p[2].n, m, d, 3
		}
		return 2000 + p[2].n, m, d, 3
	}
	return 0, 0, 0, 0
}

// firstIsYear reports whether the page's language writes the year before the month.
func (b *builder) firstIsYear() bool {
	switch fields.LanguageCode(b.language) {
	case "ja", "ko", "zh", "hu", "lt":
		return true
	}
	return false
}

func dateSeparator(s string) bool {
	switch strings.TrimSpace(s) {
	case "/", ".", "-", "–", "／", "．":
		return len(s) <= 4
	}
	return false
}

// order tells the month from the day of two numbers.
func (b *builder) order(first, second int, sep string) (m, d int) {
	switch {
	case first > 12:
		return second, first
	case second > 12:
		return first, second
	case strings.Contains(sep, "."):
		return second, first
	case b.monthFirst():
		return first, second
	}
	return second, first
}

// monthFirst reports whether the page writes the month before the day: English of the United States does, and the Philippines.
func (b *builder) monthFirst() bool {
	for _, s := range [...]string{b.language, b.get("og:locale"), b.get("content-language")} {
		s = strings.ToLower(strings.ReplaceAll(s, "_", "-"))
		switch {
		case s == "en-us" || s == "en-ph" || s == "es-us":
			return b.host("") || !b.host(".uk", ".au", ".nz", ".in", ".ie", ".za", ".pk", ".ng", ".ke", ".my", ".sg")
		case strings.HasPrefix(s, "en-"), s != "" && !strings.HasPrefix(s, "en"):
			return false
		}
	}
	return !b.host(".uk", ".au", ".nz", ".in", ".ie", ".za", ".pk", ".ng", ".ke", ".my", ".sg", ".eu", ".de", ".fr", ".it", ".es", ".ru", ".br", ".mx", ".ar")
}

// host reports whether the page's host ends so; "" asks whether it is not known.
func (b *builder) host(ends ...string) bool {
	h := first(fields.Host(b.a.URL), fields.Host(b.o.URL))
	for _, e := range ends {
		if e == "" && h == "" || e != "" && strings.HasSuffix(h, e) {
			return true
		}
	}
	return false
}

// timeOfDay adds the time of day that stands behind the date: "3 May 2023, 10:00 CET", "2023-05-03T10:00:00Z".
func (b *builder) timeOfDay(d *dated, s string, p []part, used int) {
	for i := used; i+1 < len(p) && i < used+4; i++ {
		if i+2 < len(p) && hours[p[i+1].word] { // "07h15", "9時05分"
			p = slices.Concat(p[:i+1], p[i+2:])
			p[i+1].sep = ":"
		}
		if p[i].n < 0 || p[i].width > 2 || p[i].n > 23 || p[i+1].n < 0 || p[i+1].width != 2 || p[i+1].n > 59 {
			continue
		}
		if sep := p[i+1].sep; sep != ":" && sep != "h" && sep != "." {
			continue
		}
		clock, end := fmt.Sprintf("%02d:%02d", p[i].n, p[i+1].n), i+2
		if end < len(p) && p[end].width == 2 && p[end].sep == ":" && p[end].n < 60 {
			clock, end = fmt.Sprintf("%s:%02d", clock, p[end].n), end+1
		}
		rest := s[p[end-1].end:]
		for _, zone := range [...]string{zoneOf(rest), ""} {
			if at, unit, err := date.Parse(strings.TrimSpace(d.at.Format("2006-01-02") + " " + clock + " " + zone)); err == nil {
				d.at, d.unit = at, unit
				return
			}
		}
	}
}

// hours are words that part the hour from the minute.
var hours = map[string]bool{"h": true, "時": true, "时": true, "點": true, "点": true, "시": true}

// zoneOf returns the half of the day and the zone at the beginning of s, in a form that package date reads, or "".
func zoneOf(s string) string {
	s = strings.TrimLeft(s, " \u00a0")
	out := ""
	if len(s) >= 2 && (strings.EqualFold(s[:2], "am") || strings.EqualFold(s[:2], "pm")) {
		out, s = strings.ToLower(s[:2])+" ", strings.TrimLeft(s[2:], " ")
	} else if len(s) >= 4 && (strings.EqualFold(s[:4], "a.m.") || strings.EqualFold(s[:4], "p.m.")) {
		out, s = strings.ToLower(s[:1])+"m ", strings.TrimLeft(s[4:], " ")
	}
	if len(s) >= 5 && (s[0] == '+' || s[0] == '-') {
		n := 5
		if s[3] == ':' && len(s) >= 6 {
			n = 6
		}
		return out + s[:n]
	}
	n := 0
	for n < len(s) && n < 5 && s[n] >= 'A' && s[n] <= 'Z' {
		n++
	}
	if n >= 2 && n <= 4 || n == 1 && s[0] == 'Z' {
		return out + s[:n]
	}
	return strings.TrimSpace(out)
}

// fromPersian turns a date of the solar calendar of Iran and Afghanistan into a common one, after Borkowski's rule of 33 years,
// which holds from 1244 to 1472.
func fromPersian(y, m, d int) (int, int, int) {
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return 0, 0, 0
	}
	days := (y-1)*365 + (8*(y-1)+29)/33 // leap days before the year
	if m <= 7 {
		days += (m - 1) * 31
	} else {
		days += 186 + (m-7)*30
	}
	t := persianEpoch.AddDate(0, 0, days+d-1)
	return t.Year(), int(t.Month()), t.Day()
}
