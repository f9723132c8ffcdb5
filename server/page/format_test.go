package page

import (
	"testing"
	"time"

	"dateline/index"
)

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{
		0: "0", 7: "7", 999: "999", 1000: "1,000", 12345: "12,345", 123456: "123,456", 1234567: "1,234,567", -1234: "-1,234",
	} {
		if got := number(n); got != want {
			t.Errorf("number(%d) = %s, want %s", n, got, want)
		}
	}
	if got := units(1, index.Stories) + " " + units(2, index.Texts) + " " + units(0, ""); got != "1 story 2 distinct texts 0 articles" {
		t.Error(got)
	}
}

func TestMillis(t *testing.T) {
	for ms, want := range map[float64]string{0: "0.0 ms", 3.14159: "3.1 ms", 12.5: "13 ms", 2345.4: "2,345 ms"} {
		if got := millis(ms); got != want {
			t.Errorf("millis(%v) = %s, want %s", ms, got, want)
		}
	}
}

func TestDateShowsItsPrecision(t *testing.T) {
	when := at("2024-03-04T05:06:07Z")
	for precision, want := range map[string]date{
		"year":   {"2024", "2024"},
		"month":  {"March 2024", "2024-03"},
		"day":    {"4 March 2024", "2024-03-04"},
		"minute": {"4 March 2024, 05:06 UTC", "2024-03-04T05:06:07Z"},
		"second": {"4 March 2024, 05:06:07 UTC", "2024-03-04T05:06:07Z"},
		"":       {"4 March 2024, 05:06:07 UTC", "2024-03-04T05:06:07Z"},
	} {
		if got := newDate(when, precision); got != want {
			t.Errorf("%s: %v, want %v", precision, got, want)
		}
	}
	if got := newDate(index.Time{}, "day"); got != (date{}) {
		t.Errorf("an unknown date shows as %v", got)
	}
	if got := newDate(at("2024-03-04T05:06:00Z"), "second").Text; got != "4 March 2024, 05:06 UTC" {
		t.Errorf("a full minute shows as %s", got)
	}
}

func TestSpan(t *testing.T) {
	a, b := time.Date(1987, 2, 26, 15, 0, 0, 0, time.UTC), time.Date(1987, 10, 20, 0, 0, 0, 0, time.UTC)
	if got := span(a, b); got != "26 February 1987 – 20 October 1987" {
		t.Error(got)
	}
	if got := span(a, a.Add(time.Hour)); got != "26 February 1987" {
		t.Error(got)
	}
}

func TestSentence(t *testing.T) {
	for in, want := range map[string]string{
		"": "", " a quote is open ": "A quote is open.", "did you mean x?": "Did you mean x?", "ü": "Ü.", "Done.": "Done.",
	} {
		if got := sentence(in); got != want {
			t.Errorf("sentence(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPlainTitle(t *testing.T) {
	if got := plainTitle(" a\u202eb\n\x00c\u2066 d\u200f "); got != "ab c d" {
		t.Errorf("%q", got)
	}
}

func TestShare(t *testing.T) {
	for f, want := range map[float64]string{
		0: "0%", 0.00001: "under 0.01%", 0.00000001: "under 0.01%", 0.00012: "0.012%", 0.0025: "0.25%", 0.03: "3%", 0.0312: "3.1%", 0.0996: "10%", 0.00999: "1%", 0.5: "50%", 0.994: "99%", 0.994999: "99%", 0.995: "over 99%", 0.9999: "over 99%", 0.999999999: "over 99%", 1: "100%",
	} {
		if got := share(f); got != want {
			t.Errorf("%v is %s, want %s", f, got, want)
		}
	}
}
