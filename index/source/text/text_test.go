package text

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/record"
	"dateline/index/source/sourcetest"
)

func TestMain(m *testing.M) {
	now = func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }
	os.Exit(m.Run())
}

func read(in string, o record.Options) (index.Article, error) {
	r := Format.Open(charset.NewReader(strings.NewReader(in), ""), o)
	rec, err := r.Next()
	if err != nil {
		return index.Article{}, err
	}
	if rec.Number != 1 || rec.Line != 1 {
		return index.Article{}, errors.New("a wrong place")
	}
	if _, err := r.Next(); err != io.EOF {
		return index.Article{}, errors.New("a second record")
	}
	return rec.Decode()
}

func TestGolden(t *testing.T) {
	sourcetest.Golden(t, Format, record.Options{Source: "the user's"}, "testdata/*.txt")
}

func TestHeader(t *testing.T) {
	for _, c := range []struct{ line, at, precision, source string }{
		{" date 2023-05-30 UrduPoint.com", "2023-05-30T00:00:00Z", "day", "UrduPoint.com"},
		{"DATE\t2023-05-30  The  Quay ", "2023-05-30T00:00:00Z", "day", "The Quay"},
		{"date 2023-05-30 20 Minutes", "2023-05-30T00:00:00Z", "day", "20 Minutes"},
		{"date 2023-05-30 18:40 Quay", "2023-05-30T18:40:00Z", "minute", "Quay"},
		{"date 2023-05-30 18:40:01 UTC Quay", "2023-05-30T18:40:01Z", "second", "Quay"},
		{"date 2023-05-30 18:40 The Quay", "2023-05-30T18:40:00Z", "minute", "The Quay"},
		{"date 2023-05-30 18:40 ABC News", "2023-05-30T18:40:00Z", "minute", "ABC News"},
		{"date 2023-05-30T18:40:01+02:00 Quay", "2023-05-30T16:40:01Z", "second", "Quay"},
		{"date 2023-05 Quay", "2023-05-01T00:00:00Z", "month", "Quay"},
		{"date 2023-05-30", "2023-05-30T00:00:00Z", "day", "the user's"},
		{"date 1600-01-01 Relation", "1600-01-01T00:00:00Z", "day", "Relation"},
		{"date 2026-11-24 Quay", "2026-11-24T00:00:00Z", "day", "Quay"},
	} {
		a, err := read(c.line+"\n\nTitle\n", record.Options{Source: "the user's"})
		if err != nil || a.Published.Format(time.RFC3339) != c.at || a.Precision != c.precision || a.Source != c.source || a.DateFrom != "header" {
			t.Errorf("%q: %v %s %q %v", c.line, a.Published, a.Precision, a.Source, err)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		name, in, reason string
		line             int
	}{
		{"nothing", "", record.Empty, 1},
		{"blanks", " \n\t\r\n\uFEFF", record.Empty, 1},
		{"no header", "Title\n\nBody\n", record.NoHeader, 1},
		{"no date in the header", "date  Quay\n\nTitle\n", record.NoHeader, 1},
		{"a sentence", "Date palms grow here.\n\nTitle\n", record.NoHeader, 1},
		{"year 1", "date 0001-01-01 Quay\n\nTitle\n", record.BadDate, 1},
		{"year 2999", "\n\n date 2999-01-01 Quay\n\nTitle\n", record.BadDate, 3},
		{"month 13", "date 2023-13-01 Quay\n\nTitle\n", record.BadDate, 1},
		{"day 31", "date 2023-02-31 Quay\n\nTitle\n", record.BadDate, 1},
		{"hour 25", "date 2023-02-01 25:00 Quay\n\nTitle\n", record.BadDate, 1},
		{"a century and a month on", "date 2126-12-26 Quay\n\nTitle\n", record.BadDate, 1},
		{"header only", "date 2023-02-01 Quay\n\n \n", record.NoText, 1},
		{"notice only", "date 2023-02-01 Quay\n\nPublished May 30, 2023\n", record.NoText, 1},
		{"too large", "date 2023-02-01 Quay\n\n" + strings.Repeat("word ", 3000), record.TooLarge, 1},
	} {
		a, err := read(c.in, record.Options{MaxRecord: 10_000})
		var f *record.Fault
		if !errors.As(err, &f) || f.Reason != c.reason || f.Line != c.line || f.Number != 1 || f.Detail == "" {
			t.Errorf("%s: %+v, %+v", c.name, a, err)
		}
	}
}

func TestWithoutHeader(t *testing.T) {
	for _, c := range []struct{ name, in, source, from, at string }{
		{"notice", "Title\n\nPublished March 14, 2024 10:15\n\nBody", "Quay", "published", "2024-03-14T10:15:00Z"},
		{"dateline", "Title\n\nOSLO (Quay / NTB - 14th March, 2024) Ships", "Quay", "dateline", "2024-03-14T00:00:00Z"},
		{"dateline without a year", "Title\n\nOSLO, March 14 (NTB) - Ships", "Quay", "", ""},
		{"impossible notice", "Title\n\nPublished March 14, 2999\n\nBody", "Quay", "", ""},
		{"no source", "Title\n\nPublished March 14, 2024\n\nBody", "", "", ""},
		{"no date", "Title\n\nBody", "Quay", "", ""},
	} {
		a, err := read(c.in, record.Options{Source: c.source})
		var f *record.Fault
		switch {
		case c.from == "":
			if !errors.As(err, &f) || f.Reason != record.NoHeader {
				t.Errorf("%s: %+v, %v", c.name, a, err)
			}
		case err != nil || a.DateFrom != c.from || a.Published.Format(time.RFC3339) != c.at || a.Source != c.source || a.Title != "Title":
			t.Errorf("%s: %+v, %v", c.name, a, err)
		}
	}
}

func TestReadErrorEndsTheStream(t *testing.T) {
	broken := errors.New("broken")
	r := Format.Open(io.MultiReader(strings.NewReader("date 2024-03-14 Quay\n\nTi"), iotest.ErrReader(broken)), record.Options{})
	if _, err := r.Next(); !errors.Is(err, broken) {
		t.Error(err)
	}
	if _, err := r.Next(); err != io.EOF {
		t.Error(err)
	}
}

// endless is a stream without a line end that counts what is taken of it.
type endless struct{ n int64 }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	e.n += int64(len(p))
	return len(p), nil
}

func TestEndlessStream(t *testing.T) {
	e := &endless{}
	_, err := Format.Open(e, record.Options{MaxRecord: 1 << 20}).Next()
	var f *record.Fault
	if !errors.As(err, &f) || f.Reason != record.TooLarge || e.n > 4<<20 {
		t.Errorf("%v after %d bytes", err, e.n)
	}
}

func TestSniff(t *testing.T) {
	for in, want := range map[string]bool{
		"": false, " date 2024-03-14 Quay\n": true, "date 2024-03-14": true, "\uFEFF\n\ndate 0001-01-01 Quay\n": true,
		"date,title\n2024,x\n": false, "date Quay\n": false, "{\"date\":\"2024-03-14\"}": false, "Date palms grow.\n": false,
	} {
		if got := Format.Sniff([]byte(in), true); got != want {
			t.Errorf("%.40q: %v", in, got)
		}
	}
	if Format.Sniff([]byte(" date 2024-03-1"), false) {
		t.Error("half a line was taken for a header")
	}
}

func TestSeed(t *testing.T) {
	dir := os.Getenv("DATELINE_SHARED")
	if dir == "" {
		dir = "../../../../shared"
	}
	files, _ := filepath.Glob(filepath.Join(dir, "data/seed/*.txt"))
	if len(files) == 0 {
		t.Skip("SKIPPED: no shared data: set DATELINE_SHARED")
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		a, err := read(string(raw), record.Options{})
		if err != nil || a.Title == "" || a.Source == "" || a.Dateline == "" || a.Agency == "" || a.Published.IsZero() ||
			strings.Contains(a.Body, "Published ") || strings.Contains(a.Body, "\n\n\n") {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add([]byte(" date 2024-03-14 Quay\n\nTitle\n\nPublished March 14, 2024 10:15\n\nOSLO (NTB) - Ships"), "")
	f.Add([]byte("Title\n\nOSLO (Quay / NTB - 14th March, 2024) Ships\r\n"), "Quay")
	f.Fuzz(func(t *testing.T, in []byte, source string) {
		a, err := read(string(in), record.Options{Source: source, MaxRecord: 1 << 16})
		Format.Sniff(in, true)
		var fault *record.Fault
		switch {
		case errors.As(err, &fault):
			if fault.Reason == "" || fault.Line < 1 {
				t.Fatalf("%+v", fault)
			}
		case err != nil:
			t.Fatal(err)
		case a.Title == "" || a.Published.IsZero() || a.DateFrom == "" || a.Precision == "" || charset.Clean(a.Body) != a.Body ||
			strings.Contains(a.Body, "\n\n\n"):
			t.Fatalf("%+v", a)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	in := " date 2024-03-14 Quay\n\nTitle of it\n\nPublished March 14, 2024\n\nOSLO (Quay / NTB - 14th March, 2024) Ships\n\n" +
		strings.Repeat("Ships came and went all day long, the harbour master said.\n\n", 60)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		if _, err := read(in, record.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
