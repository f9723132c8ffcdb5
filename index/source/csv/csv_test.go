package csv

import (
	"bytes"
	stdcsv "encoding/csv"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"dateline/index"
	"dateline/index/export"
	"dateline/index/source/record"
	"dateline/index/source/sourcetest"
)

// outcome reads a stream and prints each record as title/body or, for a fault, as its reason, with number and line before it.
func outcome(r record.Reader) string {
	return sourcetest.OutcomeOf(r, true, func(a *index.Article) string { return a.Title + "/" + a.Body })
}

var tables = []struct{ name, text, want string }{
	{"commas", "title,body\na,b\nc,d\n", "1@2 a/b | 2@3 c/d"},
	{"semicolons", "title;body\na,1;b\n", "1@2 a,1/b"},
	{"tabs", "title\tbody\na\tb\n", "1@2 a/b"},
	{"bars", "title|body\na|b", "1@2 a/b"},
	{"tab and an unnamed first column", "\ttitle\tbody\n0\ta\tb\n", "1@2 a/b"},
	{"spreadsheet", "sep=;\r\nTitle;Body\r\na;b\r\n", "1@3 a/b"},
	{"byte order mark", "\ufefftitle,body\na,b\n", "1@2 a/b"},
	{"upper case and blanks", " TITLE , Body \na,b\n", "1@2 a/b"},
	{"quotes", "\"title\",\"body\"\n\"a, \"\"x\"\"\",\"b\nc\"\nd,e\n", "1@2 a, \"x\"/b\nc | 2@4 d/e"},
	{"empty quotes", "title,body\n\"\",\"b\"\n\"\"\"\",e\n", "1@2 /b | 2@3 \"/e"},
	{"empty lines", "\n\ntitle,body\n\na,b\n\n\nc,d\n\n", "1@5 a/b | 2@8 c/d"},
	{"only a header", "title,body\n", ""},
	{"wrong number of cells", "title,body\na\nb,c,d\ne,f\n", "1@2 !bad syntax | 2@3 !bad syntax | 3@4 e/f"},
	{"bare quote", "title,body\na \"x\" y,b\nc,d\n", "1@2 !bad syntax | 2@3 c/d"},
	{"something behind a quote", "title,body\n\"a\" x,b\nc,d\n", "1@2 !bad syntax | 2@3 c/d"},
	{"bare quote in a text of several lines", "title,body\n\"a\",\"b said \"\"x\" loudly\nmore text\nand more\"\nc,d\n", "1@2 !bad syntax | 2@5 c/d"},
	{"quote not closed", "title,body\na,\"b\nc,d\ne,f\n", "1@2 !bad syntax | 2@3 c/d | 3@4 e/f"},
	{"cut in a text", "title,body\na,b\nc,\"d\nmore text\nand mo", "1@2 a/b | 2@3 !truncated"},
	{"no text", "title,body\n , \n,\nc,d", "1@2 !no text | 2@3 !no text | 3@4 c/d"},
	{"bad date", "title,date\na,2024-02-30\nb,03/04/2024\nc,2024-03-14\n", "1@2 !bad date | 2@3 !bad date | 3@4 c/"},
	{"no header", "a,b\nc,d\n", "1@1 !no header"},
	{"one column", "title\na\nb\n", "1@2 a/ | 2@3 b/"},
	{"nothing", "", "1@1 !no header"},
}

func TestTables(t *testing.T) {
	for _, c := range tables {
		if got := outcome(Open(strings.NewReader(c.text), record.Options{})); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if got := outcome(Open(iotest.OneByteReader(strings.NewReader(c.text)), record.Options{})); got != c.want {
			t.Errorf("%s, byte by byte: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTooLarge(t *testing.T) {
	long := strings.Repeat("x", 300<<10)
	for _, c := range []struct{ name, text, want string }{
		{"cell", "title,body\na,b\nc," + long + "\nd,e\n", "1@2 a/b | 2@3 !too large | 3@4 d/e"},
		{"quoted cell", "title,body\na,b\nc,\"" + long + "\"\nd,e\n", "1@2 a/b | 2@3 !too large | 3@4 d/e"},
		{"header", long + ",title\na,b\n", "1@1 !no header"},
	} {
		if got := outcome(Open(strings.NewReader(c.text), record.Options{MaxRecord: 1000})); got != c.want {
			t.Errorf("%s: %.200q, want %q", c.name, got, c.want)
		}
	}
}

// A quote that is never closed costs neither the memory nor the time of the stream behind it.
func TestQuoteWithoutEnd(t *testing.T) {
	text := "title,body\na,\"b\n" + strings.Repeat("c,d\n", 2<<20)
	r := Open(strings.NewReader(text), record.Options{MaxRecord: 1 << 20})
	rows, faults := 0, 0
	for {
		_, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			faults++
		} else {
			rows++
		}
	}
	if faults != 1 || rows < 1<<20 {
		t.Errorf("%d rows and %d faults", rows, faults)
	}
	if held := r.(*reader).in.Held(); held > 4<<20 {
		t.Errorf("%d bytes held", held)
	}
}

func TestReadErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"title,body\na,b\nc,\"d", "1@2 a/b | 2@3 !truncated | error breaks off"},
		{"title,body\na,b\n", "1@2 a/b | error breaks off"},
		{"", "error breaks off"},
	} {
		r := io.MultiReader(strings.NewReader(c.text), iotest.ErrReader(errors.New("breaks off")))
		if got := outcome(Open(r, record.Options{})); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		"title,body\na,b\n":                     true,
		"id;headline;date\n1;a;2024\n":          true,
		"ID\tTitle\n1\ta":                       true,
		"title,body\n":                          true,
		"title,body\na,\"b\nc":                  false, // whole, and broken
		"date,title,body,url\na\n":              true,
		"title\na\n":                            false,
		"name,price\na,1\n":                     false,
		"a,b\nc,d\n":                            false,
		"Title, body and soul\n\nHe came, saw.": false,
		"Title, body\n\nHe came.\n":             false,
		"Sentence #,Word,POS,Tag\n1,a,b,c\n":    false,
		"{\"title\":\"a\",\"body\":\"b\"}\n":    false,
		" date 2024-03-14 HarbourGazette.com":   false,
		"":                                      false,
	} {
		if got := Sniff([]byte(text), true); got != want {
			t.Errorf("%q: sniffed %v", text, got)
		}
	}
	long := []byte("title,body\na,\"" + strings.Repeat("b ", 40<<10))
	if !Sniff(long[:record.SniffLen], false) {
		t.Error("a long first row is not sniffed")
	}
}

// The golden files are read with the columns in many spellings, lists, and what Dateline has no name for.
func TestGolden(t *testing.T) {
	sourcetest.Golden(t, Format, record.Options{}, "testdata/*.csv")
}

// A table that Dateline exported comes back, as far as a table can tell.
func TestExportComesBack(t *testing.T) {
	for _, a := range []index.Article{
		{ID: "1", URL: "https://a.example/1", Source: "Harbour Gazette", Agency: "AP", Title: "=A title, \"quoted\"", Lead: "-1 °C", Body: "One.\n\n  Two; three.",
			Authors: []string{"Ann Roe", "Doe, Jo"}, Dateline: "Delft", Published: index.At(time.Date(2024, 3, 14, 0, 0, 0, 0, time.UTC)), Precision: "day",
			DateFrom: "field:published", Language: "en", Section: "World", Topics: []string{"a, b", "c"}, Format: "text",
			Entities: []index.Entity{{Type: "person", Name: "Roe, Ann", Count: 1}, {Type: "place", Name: "Delft", Count: 1}, {Type: "place", Name: "Oslo", Count: 1}}},
		{ID: "2", Title: "Only a title", Format: "jsonl"},
		{ID: "3", Body: "'Only' a body", Format: "jsonl"},
	} {
		printed := a
		printed.Words, printed.Story, printed.Text, printed.Path, printed.Indexed = 4, "s", "t", "a.txt", index.At(time.Now())
		var text bytes.Buffer
		w, err := export.NewWriter(&text, "csv")
		if err == nil {
			err = w.Write(&printed)
		}
		if err != nil {
			t.Fatal(err)
		}
		if !Sniff(text.Bytes(), true) {
			t.Errorf("not sniffed: %s", &text)
		}
		rec, err := Open(&text, record.Options{}).Next()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := rec.Decode(); err != nil || !reflect.DeepEqual(got, a) {
			t.Errorf("%v\n got %#v\nwant %#v", err, got, a)
		}
	}
}

// What a strict reader of RFC 4180 makes of a table, this one makes of it too.
func FuzzRead(f *testing.F) {
	for _, c := range tables {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		whole := outcome(Open(strings.NewReader(text), record.Options{MaxRecord: 500}))
		bytewise := outcome(Open(iotest.OneByteReader(strings.NewReader(text)), record.Options{MaxRecord: 500}))
		if whole != bytewise {
			t.Fatalf("%q: %s, byte by byte %s", text, whole, bytewise)
		}
		Sniff([]byte(text), true)
		strict := stdcsv.NewReader(strings.NewReader("title,body\n" + text))
		strict.FieldsPerRecord = 2
		rows, err := strict.ReadAll()
		if err != nil || len(text) > 400 || strings.Contains(text, "\r") {
			return
		}
		r := Open(strings.NewReader("title,body\n"+text), record.Options{})
		for _, row := range rows[1:] {
			rec, err := r.Next()
			if err != nil {
				t.Fatalf("%q: %v, want %q", text, err, row)
			}
			if rec.Line == 0 || rec.Decode == nil {
				t.Fatalf("%q: %+v", text, rec)
			}
		}
		if _, err := r.Next(); err != io.EOF {
			t.Fatalf("%q: more than the %d rows", text, len(rows)-1)
		}
	})
}

func TestSplit(t *testing.T) {
	for row, want := range map[string][]string{
		"a,b":                   {"a", "b"},
		"a,\r\n":                {"a", ""},
		",":                     {"", ""},
		"\"a\",\"\"\n":          {"a", ""},
		"\"a\"\"\",\"b\n,c\"\n": {"a\"", "b\n,c"},
	} {
		if got := split(row, ','); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", row, got, want)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	var text strings.Builder
	text.WriteString("id,date,title,source,url,body\n")
	body := strings.Repeat("The port authority said, on Thursday, that \"\"the quay\"\" is open.\n\n", 40)
	for i := range 2000 {
		fmt.Fprintf(&text, "%d,2024-03-14T10:30:00Z,\"Port, reopened\",Harbour Gazette,https://harbour.example/%d,\"%s\"\n", i, i, body)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		for r := Open(strings.NewReader(text.String()), record.Options{}); ; {
			rec, err := r.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			if _, err := rec.Decode(); err != nil {
				b.Fatal(err)
			}
		}
	}
}
