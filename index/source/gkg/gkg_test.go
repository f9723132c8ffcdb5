package gkg

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"dateline/index"
	"dateline/index/source/record"
	"dateline/index/source/sourcetest"
)

var options = record.Options{Now: func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }}

const samples = "../../../testdata/articles/gkg/"

func TestGolden(t *testing.T) {
	sourcetest.Golden(t, Format, options, samples+"*.csv")
}

// row makes a line of a record with a title and other columns.
func row(columns map[int]string) string {
	c := cells{recordID: "20240314120000-7", seen: "20240314120000", collection: "1", sourceName: "quay.example",
		document: "https://quay.example/a", extras: "<PAGE_TITLE>Ships</PAGE_TITLE>"}
	for i, s := range columns {
		c[i] = s
	}
	return strings.Join(c[:], "\t") + "\n"
}

// one reads the only record of a text.
func one(in string) (index.Article, error) {
	rec, err := open(strings.NewReader(in), options).Next()
	if err != nil {
		return index.Article{}, err
	}
	return rec.Decode()
}

func TestPublished(t *testing.T) {
	for _, c := range []struct{ name, extras, at, precision, from string }{
		{"the page's own", "20240314093010", "2024-03-14T09:30:10Z", "second", "gkg:PAGE_PRECISEPUBTIMESTAMP"},
		{"days before", "20240301000000", "2024-03-01T00:00:00Z", "second", "gkg:PAGE_PRECISEPUBTIMESTAMP"},
		{"a zone ahead", "20240314220000", "2024-03-14T22:00:00Z", "second", "gkg:PAGE_PRECISEPUBTIMESTAMP"},
		{"behind the slot", "20240401000000", "2024-03-14T12:00:00Z", "minute", "gkg:V2.1DATE"},
		{"broken", "2024031", "2024-03-14T12:00:00Z", "minute", "gkg:V2.1DATE"},
		{"before there were papers", "00010101000000", "2024-03-14T12:00:00Z", "minute", "gkg:V2.1DATE"},
		{"none", "", "2024-03-14T12:00:00Z", "minute", "gkg:V2.1DATE"},
	} {
		in := "<PAGE_TITLE>Ships</PAGE_TITLE><PAGE_PRECISEPUBTIMESTAMP>" + c.extras + "</PAGE_PRECISEPUBTIMESTAMP>"
		a, err := one(row(map[int]string{extras: in}))
		if err != nil || a.Published.Format(time.RFC3339) != c.at || a.Precision != c.precision || a.DateFrom != c.from {
			t.Errorf("%s: %v %s %s, %v", c.name, a.Published, a.Precision, a.DateFrom, err)
		}
	}
	if _, err := one(row(map[int]string{seen: "00000000000000"})); err == nil || !strings.HasPrefix(err.Error(), record.BadDate) {
		t.Error(err)
	}
}

func TestFaults(t *testing.T) {
	limited := options
	limited.MaxRecord = 2000
	good := row(nil)
	in := good + "20240314120000-8\tx\n" + strings.Repeat("y", 5000) + "\n" + strings.TrimSuffix(good, "\n") + "\tz\n\n" +
		row(map[int]string{extras: ""}) + good + "20240314120000-9\t20240314120000\t1\tcut"
	want := []string{"", record.BadSyntax, record.TooLarge, record.BadSyntax, record.NoText, "", record.Truncated}
	r := open(iotest.OneByteReader(strings.NewReader(in)), limited)
	for i, reason := range want {
		rec, err := r.Next()
		if err == nil {
			_, err = rec.Decode()
		}
		var f *record.Fault
		if reason == "" && err != nil || reason != "" && (!errors.As(err, &f) || f.Reason != reason || f.Number != i+1 || f.Line < i+1) {
			t.Errorf("record %d: %v, want %q", i+1, err, reason)
		}
	}
	if _, err := r.Next(); err != io.EOF {
		t.Error(err)
	}
}

func TestReadErrorEndsTheStream(t *testing.T) {
	broken := errors.New("broken")
	r := open(io.MultiReader(strings.NewReader(row(nil)+"20240314"), iotest.ErrReader(broken)), options)
	if _, err := r.Next(); err != nil {
		t.Error(err)
	}
	if _, err := r.Next(); err == nil || !strings.HasPrefix(err.Error(), record.Truncated) {
		t.Error(err)
	}
	if _, err := r.Next(); !errors.Is(err, broken) {
		t.Error(err)
	}
}

func TestEntitiesAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&b, "Person %d,%d;", i, i)
	}
	b.WriteString(strings.Repeat("x", 5000) + ",1")
	a, err := one(row(map[int]string{enhancedPersons: b.String(), themes: strings.ReplaceAll(b.String(), ",", "_")}))
	if err != nil || len(a.Entities) != most || len(a.Topics) != most {
		t.Errorf("%d entities, %d topics, %v", len(a.Entities), len(a.Topics), err)
	}
	a.ID = "id"
	if reason, detail := index.Check(&a); reason != "" {
		t.Error(reason, detail)
	}
}

func TestSniff(t *testing.T) {
	good := row(nil)
	for in, want := range map[string]bool{
		good: true, "\ufeff" + good: true, "broken\n" + good: true, good[:60]: true, "GKGRECORDID\tV2.1DATE\tx\n" + good: true,
		"": false, "date\ttitle\tbody\n": false, "20240314120000-7,20240314120000,1,x\n": false, "1\n2\n3\n4\n" + good: false,
		"20240314120000\t20240314120000\t1\tx\n": false, " date 2024-03-14 Quay\n": false,
	} {
		if got := Format.Sniff([]byte(in), true); got != want {
			t.Errorf("%.40q: %v", in, got)
		}
	}
}

func FuzzGKG(f *testing.F) {
	f.Add([]byte(row(nil)))
	f.Add([]byte(row(map[int]string{extras: "<PAGE_TITLE>A &amp; B</PAGE_TITLE><X>y</X><", enhancedLocations: "1#Peru#PE#PE##1#2#PE#9;##;4#a"})))
	f.Add([]byte("GKGRECORDID\tV2.1DATE\n\n" + row(map[int]string{translation: "srclc:fra;eng:x", persons: "a;b,1"})))
	f.Fuzz(func(t *testing.T, in []byte) {
		Format.Sniff(in, true)
		o := options
		o.MaxRecord = 4 << 10
		last := 0
		sourcetest.Each(t, open(bytes.NewReader(in), o), func(at record.Place, a *index.Article, _ *record.Fault) {
			if a != nil && (a.Title == "" || len(a.Flags) != 1) {
				t.Fatalf("%+v", a)
			}
			if at.Line <= last {
				t.Fatalf("%+v after line %d", at, last)
			}
			last = at.Line
		})
	})
}

func BenchmarkRead(b *testing.B) {
	raw, err := os.ReadFile(samples + "20240315091500.gkg.csv")
	if err != nil {
		b.Fatal(err)
	}
	raw = bytes.Repeat(raw, 200)
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		r := open(bytes.NewReader(raw), options)
		for {
			rec, err := r.Next()
			if err == io.EOF {
				break
			} else if err == nil {
				_, _ = rec.Decode()
			}
		}
	}
}
