package index

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"time"

	"dateline/query"
)

// floatingPrecisions are those of dates without a time of day.
var floatingPrecisions = []string{"day", "month", "year"}

// Floating reports whether an article of a precision is dated by a calendar, so that where it lies depends on the zone. One
// without a precision is an instant.
func Floating(precision string) bool { return slices.Contains(floatingPrecisions, precision) }

// Instant returns when the article was published, as a search in a zone has it: zero when it is undated.
func (a *Article) Instant(zone *time.Location) Time {
	if a.Published.IsZero() || !Floating(a.Precision) {
		return a.Published
	}
	return At(query.Instant(a.Published.Time, zoneOf(zone)))
}

// InZone is Article.Instant for columns: it takes and returns Unix seconds of a dated article. A later floating time is never
// an earlier instant.
func InZone(unix int64, floating bool, zone *time.Location) int64 {
	if !floating || zone == nil || zone == time.UTC {
		return unix
	}
	return query.Instant(time.Unix(unix, 0), zone).Unix()
}

// FloatingFrom returns the first floating time, in Unix seconds, that in a zone is not before an instant. So the floating
// articles of a stretch of instants [a, b) are those of [FloatingFrom(a), FloatingFrom(b)), and nobody has to move each of
// them into the zone:
//
//	InZone(t, true, zone) >= unix  if and only if  t >= FloatingFrom(unix, zone)
func FloatingFrom(unix int64, zone *time.Location) int64 {
	if zone == nil || zone == time.UTC {
		return unix
	}
	_, offset := time.Unix(unix, 0).In(zone).Zone()
	shown := unix + int64(offset)
	if InZone(shown, true, zone) == unix && InZone(shown-1, true, zone) < unix {
		return shown
	}
	const reach = 52 * 60 * 60 // more than any two zones' clocks have been apart
	return shown - reach + int64(sort.Search(2*reach, func(i int) bool { return InZone(shown-reach+int64(i), true, zone) >= unix }))
}

// zoneOf is the zone of a request.
func zoneOf(zone *time.Location) *time.Location {
	if zone == nil {
		return time.UTC
	}
	return zone
}

// zoneName has the form of a name in the time zone database. What else a system keeps beside it (right/, posix/, localtime)
// is no zone that another machine would know.
var zoneName = regexp.MustCompile(`^[A-Z][A-Za-z0-9_+-]{0,40}(/[A-Z][A-Za-z0-9_+-]{0,40}){0,2}$`)

// named reports whether a zone has a name that says which it is.
func named(zone string) bool { return zoneName.MatchString(zone) && zone != "Local" }

// LoadZone returns the zone of a name of the time zone database, such as Europe/Berlin, or a *ParamError of tz.
func LoadZone(name string) (*time.Location, error) {
	if zone := loadZone(name); zone != nil {
		return zone, nil
	}
	e := &ParamError{Name: "tz", Detail: "must be the name of a time zone, not " + cut(name),
		Hint: "write it as the time zone database does: Europe/Berlin, Asia/Kolkata, UTC"}
	for _, meant := range []string{spelt(name), strings.ToUpper(cutTo(name, 40))} {
		if loadZone(meant) != nil {
			e.Hint = fmt.Sprintf("did you mean %s?", meant)
		}
	}
	return nil, e
}

func loadZone(name string) *time.Location {
	if !named(name) {
		return nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return zone
}

// spelt writes a name as those of the database are, each part with a capital letter and without blanks.
func spelt(name string) string {
	letters := []rune(strings.ToLower(strings.ReplaceAll(strings.TrimSpace(cutTo(name, 40)), " ", "_")))
	for i := range letters {
		if i == 0 || letters[i-1] == '/' || letters[i-1] == '_' {
			letters[i] = []rune(strings.ToUpper(string(letters[i])))[0]
		}
	}
	return string(letters)
}
