package page

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"dateline/index"
)

// number writes n with a comma between thousands.
func number(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// count writes a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}

// units names what a number counts.
func units(n int, u index.Unit) string {
	one, many := unitNames(u)
	return count(n, one, many)
}

func unitNames(u index.Unit) (one, many string) {
	switch u {
	case index.Texts:
		return "distinct text", "distinct texts"
	case index.Stories:
		return "story", "stories"
	}
	return "article", "articles"
}

// millis writes a time in milliseconds with no more digits than mean something.
func millis(ms float64) string {
	if ms < 10 {
		return strconv.FormatFloat(ms, 'f', 1, 64) + " ms"
	}
	return number(int(ms+0.5)) + " ms"
}

// How dates are shown, and how machines read them, by precision.
const (
	layoutYear   = "2006"
	layoutMonth  = "January 2006"
	layoutDay    = "2 January 2006"
	layoutMinute = "2 January 2006, 15:04 UTC"
	layoutSecond = "2 January 2006, 15:04:05 UTC"
)

// date is an instant as a page shows it.
type date struct {
	Text    string // "" when unknown
	Machine string // for the datetime attribute
}

// newDate writes t no more precisely than it is known.
func newDate(t index.Time, precision string) date {
	if t.IsZero() {
		return date{}
	}
	u := t.UTC()
	switch precision {
	case "year":
		return date{u.Format(layoutYear), u.Format("2006")}
	case "month":
		return date{u.Format(layoutMonth), u.Format("2006-01")}
	case "day":
		return date{u.Format(layoutDay), u.Format(time.DateOnly)}
	case "minute":
		return date{u.Format(layoutMinute), u.Format(time.RFC3339)}
	}
	if u.Second() == 0 {
		return date{u.Format(layoutMinute), u.Format(time.RFC3339)}
	}
	return date{u.Format(layoutSecond), u.Format(time.RFC3339)}
}

// span writes the days from first to last.
func span(first, last time.Time) string {
	a, b := first.UTC().Format(layoutDay), last.UTC().Format(layoutDay)
	if a == b {
		return a
	}
	return a + " – " + b
}

// bucketLabel names a bucket of a timeline in words.
func bucketLabel(i index.Interval, t time.Time) string {
	switch i {
	case index.Hour:
		return fmt.Sprintf("%s–%s", t.Format("2 January 2006, 15:04"), i.Next(t).Add(-time.Minute).Format("15:04 MST"))
	case index.Week:
		return "Week of " + t.Format(layoutDay)
	case index.Month:
		return t.Format(layoutMonth)
	case index.Quarter:
		return fmt.Sprintf("Quarter %d of %d", (int(t.Month())+2)/3, t.Year())
	case index.Year:
		return t.Format(layoutYear)
	}
	return t.Format(layoutDay)
}

// tick names a bucket under the chart, where room is short.
func tick(i index.Interval, t time.Time) string {
	switch i {
	case index.Hour:
		return t.Format("2 Jan, 15:00")
	case index.Month:
		return t.Format("Jan 2006")
	case index.Quarter:
		return fmt.Sprintf("Q%d %d", (int(t.Month())+2)/3, t.Year())
	case index.Year:
		return t.Format(layoutYear)
	}
	return t.Format("2 Jan 2006")
}

// plainTitle takes the characters out of a text that would turn the writing direction of the window's title.
func plainTitle(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, s)), " ")
}

// sentence makes a fault's detail, which has no full stop, a sentence.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	r := []rune(s)
	r[0] = unicode.ToUpper(r[0])
	return ended(string(r))
}

// ended puts a full stop where a text has no mark at its end.
func ended(s string) string {
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") {
		return s
	}
	return s + "."
}

// languages names the languages that newspapers of the world are most often in; others are shown by their code.
var languages = map[string]string{
	"ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
	"en": "English", "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
	"hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch",
	"no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sr": "Serbian",
	"sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}

// shown is how a page writes a value of a field.
func shown(f index.Field, value string) string {
	if name := languages[strings.ToLower(value)]; f == index.FieldLanguage && name != "" {
		return name
	}
	return value
}

// share writes a fraction in percent, with two digits at least where it is small. Something is never nothing, and not all is never
// all.
func share(f float64) string {
	switch pc := 100 * f; {
	case pc == 0:
		return "0%"
	case pc < 0.01:
		return "under 0.01%"
	case pc < 1:
		return strconv.FormatFloat(pc, 'g', 2, 64) + "%"
	case pc < 10:
		return strings.TrimSuffix(strconv.FormatFloat(pc, 'f', 1, 64), ".0") + "%"
	case pc >= 99.5 && pc < 100:
		return "over 99%"
	default:
		return strconv.FormatFloat(pc, 'f', 0, 64) + "%"
	}
}
