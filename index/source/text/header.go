package text

import (
	"strings"
	"time"

	"dateline/index/source/date"
)

// header is the first line: " date 2024-03-14 HarbourGazette.com".
type header struct {
	stamp
	source string
	fault  string // why the date cannot be, or ""
}

// stamp is a date as it was found.
type stamp struct {
	at        time.Time
	precision string
	raw       string
}

type verdict int

const (
	noHeader verdict = iota // the line is something else
	badDate                 // a header whose date cannot be
	good
)

// maxHeader bounds a header line in bytes; what is longer is a paragraph that begins with "date".
const maxHeader = 1024

// readHeader reads a header line:
//
//	header = "date" day [time [zone]] source
//
// The time must have a colon, for there are newspapers named "20 Minutes".
func readHeader(line string) (header, verdict) {
	words := strings.Fields(line)
	if len(line) > maxHeader || len(words) < 2 || !strings.EqualFold(words[0], "date") || !numeric(words[1]) {
		return header{}, noHeader
	}
	least := 1
	if len(words) > 2 && strings.Contains(words[2], ":") && words[2][0] >= '0' && words[2][0] <= '9' {
		least = 2
	}
	most := least
	if least == 2 && len(words) > 3 && words[3] == strings.ToUpper(words[3]) {
		most = 3 // it may be a zone, unlike the first word of The Echo
	}
	for n := most; ; n-- {
		raw := strings.Join(words[1:1+n], " ")
		at, precision, err := date.Parse(raw)
		if err != nil && n > least {
			continue // the third word is no zone but of the source's name
		}
		if err == nil {
			err = date.Possible(at, now())
		}
		h := header{stamp: stamp{at, precision, raw}, source: strings.Join(words[1+n:], " ")}
		if err != nil {
			h.fault = err.Error()
			return h, badDate
		}
		return h, good
	}
}

// numeric reports whether a word begins as the number of a year does.
func numeric(word string) bool {
	return len(word) >= 4 && strings.Trim(word[:4], "0123456789-/.") == "" && word[0] >= '0' && word[0] <= '9'
}

// notice is a line such as "Published March 14, 2024" or "Updated: March 15, 2024 10:15".
type notice struct {
	stamp
	updated bool
}

var openings = []struct {
	words   string
	updated bool
}{{"published", false}, {"posted", false}, {"last updated", true}, {"updated", true}}

// readNotice reads a line that holds nothing but a date of publication or of a later change, to the day at least.
func readNotice(line string) (notice, bool) {
	line = strings.TrimSpace(line)
	if len(line) > date.MaxBytes {
		return notice{}, false
	}
	for _, o := range openings {
		if len(line) <= len(o.words) || !strings.EqualFold(line[:len(o.words)], o.words) {
			continue
		}
		raw := strings.TrimLeft(line[len(o.words):], ": ")
		for _, small := range []string{"on ", "at "} {
			if len(raw) > len(small) && strings.EqualFold(raw[:len(small)], small) {
				raw = raw[len(small):]
			}
		}
		at, precision, err := date.Parse(raw)
		if err == nil && precision != date.Month && precision != date.Year {
			return notice{stamp{at, precision, raw}, o.updated}, true
		}
	}
	return notice{}, false
}
