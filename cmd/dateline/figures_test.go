package main

import (
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/ingest"
)

func TestFigures(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{number(0), "0"}, {number(999), "999"}, {number(1000), "1,000"}, {number(1234567), "1,234,567"}, {number(-100), "-100"}, {number(-1000), "-1,000"},
		{count(1, "article"), "1 article"}, {count(0, "article"), "0 articles"}, {count(2, "story"), "2 stories"}, {count(1, "story"), "1 story"},
		{size(1), "1 byte"}, {size(1023), "1,023 bytes"}, {size(1536), "1.5 kB"}, {size(5 << 30), "5.0 GB"},
		{fit("short", 8), "short   "}, {fit("Überlänge", 5), "Über…"},
		{oneLine("a\x1b[31m\nb\u0085"), "a [31m b "},
	} {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
}

func TestWhen(t *testing.T) {
	at := index.At(time.Date(2024, 3, 14, 9, 30, 5, 0, time.UTC))
	for _, test := range []struct {
		at        index.Time
		precision string
		want      string
	}{
		{at, "second", "2024-03-14 09:30:05"}, {at, "minute", "2024-03-14 09:30"}, {at, "day", "2024-03-14"},
		{at, "month", "2024-03"}, {at, "year", "2024"}, {index.Time{}, "", "undated"},
	} {
		if got := when(&index.Hit{Published: test.at, Precision: test.precision}, time.UTC); got != test.want {
			t.Errorf("%s: %q, want %q", test.precision, got, test.want)
		}
	}
	east := time.FixedZone("", 15*60*60)
	for precision, want := range map[string]string{"minute": "2024-03-15 00:30", "day": "2024-03-14"} {
		if got := when(&index.Hit{Published: at, Precision: precision}, east); got != want {
			t.Errorf("%s in the east: %q, want %q", precision, got, want)
		}
	}
}

func TestProgressLine(t *testing.T) {
	for _, test := range []struct {
		p    ingest.Progress
		want string
	}{
		{ingest.Progress{}, "0 articles, 0/s"},
		{ingest.Progress{Articles: 3000, Elapsed: 2 * time.Second}, "3,000 articles, 1,500/s"},
		{
			ingest.Progress{Articles: 3000, Rejected: 2, Bytes: 25, Total: 100, Elapsed: 2 * time.Second},
			"3,000 articles, 1,500/s, 2 rejected, 6s left",
		},
		{ingest.Progress{Articles: 1, Bytes: 100, Total: 100, Elapsed: time.Second}, "1 article, 1/s"},
	} {
		if got := progressLine(test.p); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

func TestBar(t *testing.T) {
	var b strings.Builder
	bar := newBar(&b)
	bar(ingest.Progress{Articles: 10, Bytes: 50, Total: 100, Elapsed: time.Second})
	bar(ingest.Progress{Articles: 20, Bytes: 100, Total: 100, Elapsed: time.Second, Done: true})
	if s := b.String(); !strings.Contains(s, "[####################] 100 %  20 articles, 20/s") {
		t.Errorf("the last line of the bar is missing: %q", s)
	}
}

func TestUnknownCommand(t *testing.T) {
	all := (&program{}).commands()
	for _, test := range []struct{ name, want string }{
		{"serach", `there is no command "serach"; did you mean "search"?`},
		{"del", `there is no command "del"; did you mean "delete"?`},
		{"idnex", `there is no command "idnex"; did you mean "index"?`},
		{"frobnicate", `there is no command "frobnicate"`},
		{"", `there is no command ""`},
	} {
		if got := unknownCommand(test.name, all); got != test.want {
			t.Errorf("%s, want %s", got, test.want)
		}
	}
}
