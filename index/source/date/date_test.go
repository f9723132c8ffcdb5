package date

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// good are texts with the instant and the precision that they mean.
var good = []struct{ text, want, precision string }{
	// machines
	{"2024-03-14T10:30:00Z", "2024-03-14T10:30:00Z", Second},
	{"2024-03-14t10:30:00z", "2024-03-14T10:30:00Z", Second},
	{"2024-03-14T10:30:00+02:00", "2024-03-14T08:30:00Z", Second},
	{"2024-03-14T10:30:00+0200", "2024-03-14T08:30:00Z", Second},
	{"2024-03-14T10:30:00-05", "2024-03-14T15:30:00Z", Second},
	{"2024-03-14T10:30:00 -0530", "2024-03-14T16:00:00Z", Second},
	{"2024-03-14T10:30:00.123456789123Z", "2024-03-14T10:30:00.123456789Z", Second},
	{"2024-03-14T10:30:00,5", "2024-03-14T10:30:00.5Z", Second},
	{"2024-03-14T10:30:00", "2024-03-14T10:30:00Z", Second},
	{"2024-03-14 10:30:00", "2024-03-14T10:30:00Z", Second},
	{"2024-03-14 10:30:00.000000", "2024-03-14T10:30:00Z", Second},
	{"2024-03-14 10:30:00 UTC", "2024-03-14T10:30:00Z", Second},
	{"2024-03-14 10:30:00 +0000 UTC", "2024-03-14T10:30:00Z", Second},
	{"2024-03-14 10:30:00.5 +0100 CET", "2024-03-14T09:30:00.5Z", Second},
	{"2024-03-14T10:30:00+01:00[Europe/Berlin]", "2024-03-14T09:30:00Z", Second},
	{"2024-03-14T10:30", "2024-03-14T10:30:00Z", Minute},
	{"2024-03-14T10:30Z", "2024-03-14T10:30:00Z", Minute},
	{"2024-03-14T1030", "2024-03-14T10:30:00Z", Minute},
	{"20240314T103000Z", "2024-03-14T10:30:00Z", Second},
	{"20240314T103000+0100", "2024-03-14T09:30:00Z", Second},
	{"20200305", "2020-03-05T00:00:00Z", Day},
	{"20200305103000", "2020-03-05T10:30:00Z", Second},
	{"202003051030", "2020-03-05T10:30:00Z", Minute},
	{"2024-03-14", "2024-03-14T00:00:00Z", Day},
	{"2024-03-14Z", "2024-03-14T00:00:00Z", Day},
	{"2024-03-14+01:00", "2024-03-14T00:00:00Z", Day},
	{"2024-03-14T24:00:00Z", "2024-03-15T00:00:00Z", Second},
	{"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", Second},
	{"2024-02-29", "2024-02-29T00:00:00Z", Day},
	{"2023-05", "2023-05-01T00:00:00Z", Month},
	{"2023", "2023-01-01T00:00:00Z", Year},
	{"0001-01-01", "0001-01-01T00:00:00Z", Day},
	{"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", Second},
	{"2999-12-31", "2999-12-31T00:00:00Z", Day},
	{"1583404200", "2020-03-05T10:30:00Z", Second},
	{"1583404200.75", "2020-03-05T10:30:00Z", Second},
	{"1583404200123", "2020-03-05T10:30:00.123Z", Second},
	{"  \u00a0\x052024-03-14\x05\x1e\u200b ", "2024-03-14T00:00:00Z", Day},
	// mail and feeds
	{"Thu, 14 Mar 2024 10:30:00 GMT", "2024-03-14T10:30:00Z", Second},
	{"Thu, 14 Mar 2024 10:30:00 +0100", "2024-03-14T09:30:00Z", Second},
	{"Thu, 14 Mar 2024 10:30:00 +0100 (CET)", "2024-03-14T09:30:00Z", Second},
	{"Thu, 14 Mar 24 10:30 EST", "2024-03-14T15:30:00Z", Minute},
	{"Sun, 6 Nov 1994 08:49:37 UT", "1994-11-06T08:49:37Z", Second},
	{"Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z", Second},
	{"14 Mar 2024 10:30:00 PDT", "2024-03-14T17:30:00Z", Second},
	{"Mon Jan 2 15:04:05 2006", "2006-01-02T15:04:05Z", Second},
	{"Mon Jan  2 15:04:05 MST 2006", "2006-01-02T22:04:05Z", Second},
	{"Mon Jan 02 15:04:05 -0700 2006", "2006-01-02T22:04:05Z", Second},
	{"Thu Mar 14 2024 15:04:05 GMT+0100 (Central European Standard Time)", "2024-03-14T14:04:05Z", Second},
	{"Thu Mar 14 2024 15:04:05 GMT+0000 (Greenwich Mean Time)", "2024-03-14T15:04:05Z", Second},
	{"2024-03-14T10:30:00 IST", "2024-03-14T05:00:00Z", Second},
	// wires
	{"26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01.79Z", Second},
	{" 9-APR-1987 09:59:59.9", "1987-04-09T09:59:59.9Z", Second},
	{"9-MAR-1987  15:01:01.79", "1987-03-09T15:01:01.79Z", Second},
	{"  9-MAR-1987 15:01:01.79\x05\x1e", "1987-03-09T15:01:01.79Z", Second},
	{"26-MAR-1987 14:26:41.79\t\t\tRM V Y", "1987-03-26T14:26:41.79Z", Second},
	// bylines
	{"March 14, 2024", "2024-03-14T00:00:00Z", Day},
	{"Mar. 14, 2024", "2024-03-14T00:00:00Z", Day},
	{"MARCH 14 2024", "2024-03-14T00:00:00Z", Day},
	{"14 March 2024", "2024-03-14T00:00:00Z", Day},
	{"14th March, 2024", "2024-03-14T00:00:00Z", Day},
	{"the 1st of March, 2024", "2024-03-01T00:00:00Z", Day},
	{"March 3rd, 2024", "2024-03-03T00:00:00Z", Day},
	{"Thursday, March 14, 2024", "2024-03-14T00:00:00Z", Day},
	{"Thursday 14 March 2024", "2024-03-14T00:00:00Z", Day},
	{"2024 March 14", "2024-03-14T00:00:00Z", Day},
	{"14-Mar-2024", "2024-03-14T00:00:00Z", Day},
	{"14/Mar/2024 10:30:00", "2024-03-14T10:30:00Z", Second},
	{"Sept. 3, 2021", "2021-09-03T00:00:00Z", Day},
	{"Mar 14, 2024 3:04 pm EST", "2024-03-14T20:04:00Z", Minute},
	{"Mar 14, 2024 3:04 p.m. EDT", "2024-03-14T19:04:00Z", Minute},
	{"March 14, 2024 at 3:04pm ET", "2024-03-14T19:04:00Z", Minute}, // summer time from 10 March
	{"March 9, 2024 at 3:04pm ET", "2024-03-09T20:04:00Z", Minute},
	{"April 4, 1987 at 3:00 PM PT", "1987-04-04T23:00:00Z", Minute},
	{"April 5, 1987 at 3:00 PM PT", "1987-04-05T22:00:00Z", Minute},
	{"10:30 AM ET, Thu March 14, 2024", "2024-03-14T14:30:00Z", Minute},
	{"12:05 am, 14 March 2024", "2024-03-14T00:05:00Z", Minute},
	{"12:05 pm, 14 March 2024", "2024-03-14T12:05:00Z", Minute},
	{"3 p.m. March 14, 2024", "2024-03-14T15:00:00Z", Minute},
	{"Thu 14 Mar 2024 15.30 GMT", "2024-03-14T15:30:00Z", Minute},
	{"14 March 2024 – 15:04 (BST)", "2024-03-14T14:04:00Z", Minute},
	{"May 2023", "2023-05-01T00:00:00Z", Month},
	{"May, 2023", "2023-05-01T00:00:00Z", Month},
	// numbers
	{"2024/03/14", "2024-03-14T00:00:00Z", Day},
	{"2024/3/4 15:04", "2024-03-04T15:04:00Z", Minute},
	{"2024-3-4", "2024-03-04T00:00:00Z", Day},
	{"14.03.2024", "2024-03-14T00:00:00Z", Day},
	{"03.04.2024", "2024-04-03T00:00:00Z", Day}, // dots: day first
	{"14.3.2024, 15:04 Uhr", "2024-03-14T15:04:00Z", Minute},
	{"14.03.2024 15.04 Uhr", "2024-03-14T15:04:00Z", Minute},
	{"14/03/2024", "2024-03-14T00:00:00Z", Day},
	{"03/14/2024", "2024-03-14T00:00:00Z", Day},
	{"03/03/2024", "2024-03-03T00:00:00Z", Day},
	{"03/14/2024 3:04:05 PM", "2024-03-14T15:04:05Z", Second},
	{"05/2023", "2023-05-01T00:00:00Z", Month},
	// other languages
	{"14. März 2024", "2024-03-14T00:00:00Z", Day},
	{"Donnerstag, den 14. März 2024 um 15:04 Uhr", "2024-03-14T15:04:00Z", Minute},
	{"am 14. Ma\u0308rz 2024", "2024-03-14T00:00:00Z", Day},
	{"1er août 2018", "2018-08-01T00:00:00Z", Day},
	{"jeudi 14 mars 2024 à 15h04", "2024-03-14T15:04:00Z", Minute},
	{"mar. 12 mars 2024", "2024-03-12T00:00:00Z", Day},
	{"14 févr. 2024", "2024-02-14T00:00:00Z", Day},
	{"14 de marzo de 2024", "2024-03-14T00:00:00Z", Day},
	{"miércoles, 3 de enero de 2024, 09:15 h", "2024-01-03T09:15:00Z", Minute},
	{"giovedì 14 marzo 2024 alle ore 15:04", "2024-03-14T15:04:00Z", Minute},
	{"quinta-feira, 14 de março de 2024 às 15h04", "2024-03-14T15:04:00Z", Minute},
	{"donderdag 14 maart 2024 om 15:04 uur", "2024-03-14T15:04:00Z", Minute},
	{"четверг, 14 марта 2024 г., 15:04 MSK", "2024-03-14T12:04:00Z", Minute},
	{"май 2023", "2023-05-01T00:00:00Z", Month},
	{"3 Mai 2023", "2023-05-03T00:00:00Z", Day},
}

func TestParse(t *testing.T) {
	for _, c := range good {
		got, precision, err := Parse(c.text)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if s := got.Format(time.RFC3339Nano); s != c.want || precision != c.precision || got.Location() != time.UTC {
			t.Errorf("%q: %s to the %s, want %s to the %s", c.text, s, precision, c.want, c.precision)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, c := range []struct{ text, detail string }{
		{"", "empty"},
		{" \x00\t", "empty"},
		{strings.Repeat("1 May 2020 ", 20), "too long"},
		{"2024-02-30", "February 2024 has no day 30"},
		{"2023-02-29", "has no day 29"},
		{"2024-13-01", "no month 13"},
		{"2024-00-01", "no month 0"},
		{"2024-01-00", "has no day 0"},
		{"0000-01-01", "no year 0"},
		{"2024-03-14T25:00:00Z", "no hour 25"},
		{"2024-03-14T24:00:01Z", "no hour 24"},
		{"2024-03-14T10:60:00Z", "no minute 60"},
		{"2024-03-14T10:30:61Z", "no second 61"},
		{"2024-03-14T10:30:00+15:00", "no zone"},
		{"31 April 2024", "April 2024 has no day 31"},
		{"30 Feb 2024", "has no day 30"},
		{"03/04/2024", "day or month first"},
		{"3-4-2024 10:00", "day or month first"},
		{"03/04/24", "four digits"},
		{"13/13/2024", "no month 13"},
		{"March 14", "no year"},
		{"14 March 10:30", "no year"},
		{"Thursday", "not a whole date"},
		{"10:30", "not a whole date"},
		{"March 14, 24", "four digits"},
		{"14 March April 2024", "two months"},
		{"14 Marchember 2024", "the word Marchember"},
		{"14 March 2024 10:30 QXT", "the zone QXT is not known"},
		{"Mon, 14 Mar 2024 10:30:00 Europe/Berlin", "Europe"},
		{"yesterday", "the word yesterday"},
		{"2 hours ago", "no year"},
		{"123", "not"},
		{"12345", "no part of a date"},
		{"May 2023 10:00", "no year"},
		{"2023 10:00", "not a whole date"},
		{"14 March 2024 15:00 am", "morning"},
		{"14 March 2024 15:3", "time of day"},
		{"14 March 2024 1 2", "too many"},
		{"14 March 2024 !", "odd character"},
		{"14March2024", "runs into a word"},
		{"14 March 2024 10:30 +0100 (CET", "not closed"},
		{"14 March 2024 10:30 +01000", "zone"},
		{"\xff14 March 2024", "odd character"},
		{"0001-01-01T00:00:00+01:00", "no year 0 in UTC"},
		{"9999-12-31T23:00:00-05:00", "no year 10000 in UTC"},
	} {
		got, precision, err := Parse(c.text)
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(e.Detail, c.detail) || precision != "" || !got.IsZero() {
			t.Errorf("%q: %v %s, error %v, want one with %q", c.text, got, precision, err, c.detail)
		}
	}
}

func TestErrorQuotesShortened(t *testing.T) {
	_, _, err := Parse(strings.Repeat("ä", 60))
	if err == nil || len(err.Error()) > 200 || !strings.Contains(err.Error(), "ää…") || !utf8.ValidString(err.Error()) {
		t.Errorf("error %v", err)
	}
}

func TestPlausible(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct{ text, want string }{
		{"2026-11-23", ""},
		{"1600-01-01", ""},
		{"1605", ""},
		{"2026-11-25T12:00:00Z", ""},
		{"2026-11-25T12:00:01Z", "2026-11-25T12:00:01Z lies in the future"},
		{"2999-01-01", "2999-01-01 lies in the future"},
		{"0001-01-01", "0001-01-01 lies before the first newspapers (1600)"},
		{"1599-12-31", "1599-12-31 lies before"},
	} {
		at, _, err := Parse(c.text)
		if err != nil {
			t.Fatal(err)
		}
		err = Plausible(at, now)
		if got := message(err); !strings.HasPrefix(got, c.want) || (c.want == "") != (err == nil) {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestPossible(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"2026-11-23": "", "2026-11-26": "", "2038-01-19": "", "1605": "",
		"2199-01-01": "2199-01-01 lies in the future", "1599-12-31": "1599-12-31 lies before the first newspapers (1600)",
	} {
		at, _, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := message(Possible(at, now)); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// A printed time of any shape in use parses back to itself.
func TestParsePrinted(t *testing.T) {
	at := time.Date(1987, 10, 9, 4, 5, 7, 0, time.UTC)
	for _, layout := range []string{time.RFC3339, time.RFC1123, time.RFC1123Z, time.RFC850, time.ANSIC, time.UnixDate, time.RubyDate,
		time.DateTime, "Jan 2, 2006 3:04:05 PM", "2-Jan-2006 15:04:05", "20060102T150405Z0700", time.StampMilli + " 2006"} {
		for day := range 800 {
			want := at.AddDate(0, 0, day)
			got, precision, err := Parse(want.Format(layout))
			if err != nil || !got.Equal(want) || precision != Second {
				t.Fatalf("%s: %v %s %v", want.Format(layout), got, precision, err)
			}
		}
	}
}

func TestNoAllocations(t *testing.T) {
	for _, text := range []string{"2024-03-14T10:30:00+02:00", "Thu, 14 Mar 2024 10:30:00 GMT", "26-FEB-1987 15:01:01.79", "14. März 2024"} {
		if n := testing.AllocsPerRun(100, func() { Parse(text) }); n > 0 {
			t.Errorf("%q: %v allocations", text, n)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range good {
		f.Add(c.text)
	}
	f.Add("03/04/2024")
	f.Add("令和6年3月14日（木）午後3時4分")
	f.Add("2020-W53-7T10:30Z")
	f.Add("ngày ३० tháng 5 năm 2023")
	f.Fuzz(func(t *testing.T, text string) {
		at, precision, err := Parse(text)
		if err != nil {
			if len(err.Error()) > 300 || !at.IsZero() || precision != "" {
				t.Fatalf("%q: %v %q %v", text, at, precision, err)
			}
			return
		}
		if at.Location() != time.UTC || precision == "" {
			t.Fatalf("%q: %v %q", text, at, precision)
		}
		again, _, err := Parse(at.Format(time.RFC3339Nano))
		if err != nil || !again.Equal(at) {
			t.Fatalf("%q: %v, again %v, %v", text, at, again, err)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, text := range []string{"2024-03-14T10:30:00+02:00", "Thu, 14 Mar 2024 10:30:00 GMT", "26-FEB-1987 15:01:01.79", "14 de março de 2024"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Parse(text)
			}
		})
	}
}
