package jsonl

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"dateline/index/source/record"
	"dateline/index/source/sourcetest"
)

// read reads a text and prints each record as its title or, for a fault, as its reason, with number and line before it.
func read(text string, o record.Options) string {
	return sourcetest.Outcome(Open(strings.NewReader(text), o))
}

var shapes = []struct{ name, text, want string }{
	{"lines", "{\"title\":\"a\"}\n{\"title\":\"b\"}\n", "1@1 a | 2@2 b"},
	{"no line break at the end", "{\"title\":\"a\"}\n{\"title\":\"b\"}", "1@1 a | 2@2 b"},
	{"Windows lines", "{\"title\":\"a\"}\r\n{\"title\":\"b\"}\r\n", "1@1 a | 2@2 b"},
	{"blank lines", "\n\n{\"title\":\"a\"}\n \n\t\n{\"title\":\"b\"}\n\n", "1@3 a | 2@6 b"},
	{"byte order mark", "\ufeff{\"title\":\"a\"}\n{\"title\":\"b\"}", "1@1 a | 2@2 b"},
	{"RFC 7464", "\x1e{\"title\":\"a\"}\n\x1e{\"title\":\"b\"}\n", "1@1 a | 2@2 b"},
	{"one object", `{"title":"a"}`, "1@1 a"},
	{"printed object", "{\n  \"title\": \"a\",\n  \"x\": [\n    {\n      \"y\": 1\n    }\n  ]\n}\n", "1@1 a"},
	{"printed objects", "{\n  \"title\": \"a\"\n}\n{\n  \"title\": \"b\"\n}\n", "1@1 a | 2@4 b"},
	{"objects in one line", `{"title":"a"} {"title":"b"}{"title":"c"}`, "1@1 a | 2@1 b | 3@1 c"},
	{"objects with commas", "{\"title\":\"a\"},\n{\"title\":\"b\"}", "1@1 a | 2@2 b"},
	{"list", `[{"title":"a"},{"title":"b"}]`, "1@1 a | 2@1 b"},
	{"printed list", "[\n  {\n    \"title\": \"a\"\n  },\n  {\n    \"title\": \"b\"\n  }\n]\n", "1@2 a | 2@5 b"},
	{"list of lines", "[\n{\"title\":\"a\"},\n{\"title\":\"b\"}\n]", "1@2 a | 2@3 b"},
	{"empty list", "[]", ""},
	{"two lists", "[{\"title\":\"a\"}]\n[{\"title\":\"b\"}]", "1@1 a | 2@2 b"},
	{"brackets in strings", `[{"title":"a ]}"},{"title":"{[ \" \\"},{"title":"c\\\""}]`, `1@1 a ]} | 2@1 {[ " \ | 3@1 c\"`},
	{"articles", `{"status":"ok","totalResults":2,"articles":[{"title":"a"},{"title":"b"}]}`, "1@1 a | 2@1 b"},
	{"articles and a line break", "{\"articles\":[{\"title\":\"a\"}]}\n", "1@1 a"},
	{"pages of articles", "{\"articles\":[{\"title\":\"a\"}],\"page\":{\"n\":1}}\n{\"articles\":[{\"title\":\"b\"}],\"page\":2}\n", "1@1 a | 2@2 b"},
	{"items behind a title", `{"title":"Feed","items":[{"title":"a"}]}`, "1@1 a"},
	{"hits", `{"took":3,"hits":{"total":{"value":2},"hits":[{"_source":{"title":"a"}},{"_id":"7","_source":{"title":"b"}}]}}`, "1@1 a | 2@1 b"},
	{"response.docs", `{"response":{"numFound":1,"docs":[{"title":"a"}]},"facets":{}}`, "1@1 a"},
	{"an article with items", `{"title":"a","body":"b","items":[{"x":1}]}`, "1@1 a"},
	{"articles with items", "{\"title\":\"a\",\"items\":[{\"x\":1}],\"body\":\"b\"}\n{\"title\":\"c\"}\n", "1@1 a | 2@2 c"},
	{"nothing", "", ""},
	{"blanks", " \n\t\n", ""},
}

func TestShapes(t *testing.T) {
	for _, c := range shapes {
		if got := read(c.text, record.Options{}); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if got := sourcetest.Outcome(Open(iotest.OneByteReader(strings.NewReader(c.text)), record.Options{})); got != c.want {
			t.Errorf("%s, byte by byte: %s, want %s", c.name, got, c.want)
		}
	}
}

var brokenShapes = []struct{ name, text, want string }{
	{"cut line", "{\"title\":\"a\"}\n{\"title\":\"b\n{\"title\":\"c\"}\n", "1@1 a | 2@2 !bad syntax | 3@3 c"},
	{"first line cut", "{\"title\":\"a\n{\"title\":\"b\"}\n", "1@1 !bad syntax | 2@2 b"},
	{"first line cut behind a value", "{\"title\":\"a\"\n{\"title\":\"b\"}\n", "1@1 !bad syntax | 2@2 b"},
	{"tail of a line first", "tle\":\"a\"}\n{\"title\":\"b\"}\n", "1@1 !bad syntax | 2@2 b"},
	{"last line cut", "{\"title\":\"a\"}\n{\"title\":\"b", "1@1 a | 2@2 !truncated"},
	{"bad escape", "{\"title\":\"a\"}\n{\"title\":\"\\x\"}\n{\"title\":\"c\"}", "1@1 a | 2@2 !bad syntax | 3@3 c"},
	{"two objects in a later line", "{\"title\":\"a\"}\n{\"title\":\"b\"}{\"title\":\"c\"}\n", "1@1 a | 2@2 !bad syntax"},
	{"line without an object", "{\"title\":\"a\"}\n[1]\n7\n\"x\"\nnull\n{\"title\":\"c\"}", "1@1 a | 2@2 !bad syntax | 3@3 !bad syntax | 4@4 !bad syntax | 5@5 !bad syntax | 6@6 c"},
	{"no text", "{\"title\":\"a\"}\n{}\n{\"title\":\" \",\"body\":null}\n", "1@1 a | 2@2 !no text | 3@3 !no text"},
	{"printed object cut", "{\n  \"title\": \"a\"\n}\n{\n  \"title\": \"b\"\n", "1@1 a | 2@4 !truncated"},
	{"printed object with a line break in a text", "{\n  \"title\": \"a\n\"\n}\n{\n  \"title\": \"b\"\n}\n", "1@1 !bad syntax | 2@5 b"},
	{"list cut", `[{"title":"a"},{"title":"b`, "1@1 a | 2@1 !truncated"},
	{"list cut between", `[{"title":"a"},`, "1@1 a | 2@1 !truncated"},
	{"list with a broken member", "[\n {\"title\":\"a\"},\n {\"title\":\"b},\n {\"title\":\"c\"}\n]", "1@2 a | 2@3 !bad syntax | 3@4 c"},
	{"broken member in one line", `[{"title":"a"},{"title":"b, "x":"y"},{"title":"c"},{"title":"d"}]`, "1@1 a | 2@1 !bad syntax | 3@1 c | 4@1 d"},
	{"last member broken", "[\n {\"title\":\"a\"},\n {\"title\":\"b},\n]", "1@2 a | 2@3 !bad syntax"},
	{"wrong bracket", `[{"title":"a","x":[1},{"title":"b"}]`, "1@1 !bad syntax | 2@1 b"},
	{"bracket missing", "[\n{\"title\":\"a\",\"x\":{\"y\":1},\n{\"title\":\"b\"}]", "1@2 !bad syntax | 2@3 b"},
	{"other members", `[1,"x, {",{"title":"a"},[{"title":"no"}],null,{"title":"b"}]`,
		"1@1 !bad syntax | 2@1 !bad syntax | 3@1 a | 4@1 !bad syntax | 5@1 !bad syntax | 6@1 b"},
	{"bad date", "{\"title\":\"a\",\"date\":\"0001-01-01\"}\n{\"title\":\"b\",\"date\":\"2999-01-01\"}\n{\"title\":\"c\",\"date\":\"soon\"}\n{\"title\":\"d\",\"date\":\"\"}",
		"1@1 !bad date | 2@2 !bad date | 3@3 !bad date | 4@4 d"},
	{"deep", "{\"title\":\"a\"}\n{\"title\":\"b\",\"x\":" + strings.Repeat("[", 64) + strings.Repeat("]", 64) + "}\n{\"title\":\"c\",\"x\":" +
		strings.Repeat("[", 63) + strings.Repeat("]", 63) + "}", "1@1 a | 2@2 !bad syntax | 3@3 c"},
	{"very deep", "[{\"title\":\"a\",\"x\":" + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + "},{\"title\":\"b\"}]", "1@1 !bad syntax | 2@1 b"},
}

func TestBroken(t *testing.T) {
	for _, c := range brokenShapes {
		if got := read(c.text, record.Options{}); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if got := sourcetest.Outcome(Open(iotest.OneByteReader(strings.NewReader(c.text)), record.Options{})); got != c.want {
			t.Errorf("%s, byte by byte: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestTooLarge(t *testing.T) {
	long := `{"title":"` + strings.Repeat("x", 400<<10) + `"}`
	limit := record.Options{MaxRecord: 1000}
	for _, c := range []struct{ name, text, want string }{
		{"line", "{\"title\":\"a\"}\n" + long + "\n{\"title\":\"c\"}\n", "1@1 a | 2@2 !too large | 3@3 c"},
		{"short of the window", "{\"title\":\"a\"}\n" + long[len(long)-2000:] + "\n{\"title\":\"c\"}\n", "1@1 a | 2@2 !too large | 3@3 c"},
		{"last line", "{\"title\":\"a\"}\n" + long, "1@1 a | 2@2 !too large"},
		{"first line", long + "\n{\"title\":\"b\"}", "1@1 !too large | 2@2 b"},
		{"member", "[{\"title\":\"a\"}," + long + ",{\"title\":\"c\"}]", "1@1 a | 2@1 !too large | 3@1 c"},
		{"never ends", "[{\"title\":\"a\"}," + long[:len(long)-1], "1@1 a | 2@1 !too large"},
	} {
		if got := read(c.text, limit); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	exact := `{"title":"` + strings.Repeat("x", 1000-12) + `"}`
	for _, text := range []string{exact, exact + "\n", exact + "\n{}", "[" + exact + "]"} {
		if got := read(text, limit); strings.Contains(got, "too large") {
			t.Errorf("a record of just the limit: %.60s", got)
		}
	}
}

// endless is a stream without end.
type endless struct{ text string }

func (e endless) Read(b []byte) (int, error) {
	n := 0
	for n < len(b) {
		n += copy(b[n:], e.text)
	}
	return n, nil
}

// A record without end is consumed in bounded memory: what is held never passes the limit and a window.
func TestBoundedMemory(t *testing.T) {
	const size, limit = 3 << 20, 512 << 10
	for _, head := range []string{"{\"title\":\"a\"}\n{\"x\":\"", "[{\"title\":\"a\"},{\"x\":\"", "[{\"title\":\"a\"},", "{\"title\":\"a\"}\n"} {
		for _, fill := range []string{"x", "{", "[", ",", "\\", "1 ", "[1,"} {
			r := Open(io.MultiReader(strings.NewReader(head), io.LimitReader(endless{strings.Repeat(fill, 512)}, size)), record.Options{MaxRecord: limit})
			if _, err := r.Next(); err != nil {
				t.Fatalf("%q: %v", head, err)
			}
			for range 100 {
				if _, err := r.Next(); err == io.EOF {
					break
				}
			}
			var held int
			switch r := r.(type) {
			case *lines:
				held = r.in.Held()
			case *stream:
				held = r.in.Held()
			}
			if held > 4*limit {
				t.Errorf("%q and %q: %d bytes held", head, fill, held)
			}
		}
	}
}

func TestReadErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"{\"title\":\"a\"}\n{\"title\":\"b", "1@1 a | 2@2 !truncated | error breaks off"},
		{"{\"title\":\"a\"}\n", "1@1 a | error breaks off"},
		{"[{\"title\":\"a\"},{\"title\":\"b", "1@1 a | 2@1 !truncated | error breaks off"},
		{"[{\"title\":\"a\"},", "1@1 a | error breaks off"},
		{"", "error breaks off"},
	} {
		r := io.MultiReader(strings.NewReader(c.text), iotest.ErrReader(errors.New("breaks off")))
		if got := sourcetest.Outcome(Open(r, record.Options{})); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

func TestSniff(t *testing.T) {
	for _, c := range shapes {
		if want := strings.TrimSpace(c.text) != ""; Sniff([]byte(c.text), true) != want {
			t.Errorf("%s: sniffed %v", c.name, !want)
		}
	}
	for text, want := range map[string]bool{
		`{"title":"a`: true, `[{"title"`: true, "{}": true, "tle\":\"a\"}\n{\"title\":\"b\"}\n": true,
		"{ braces } in prose": false, "[Photo] A quay": false, "[1,2]": false, "{": false, "[": false,
		"title,body\na,b\n": false, " date 2024-03-14 HarbourGazette.com\n\nTitle": false, "<html>{\"a\":1}": false,
		"Prose.\n{not json}\n": false, "\"title\"": false,
	} {
		if got := Sniff([]byte(text), true); got != want {
			t.Errorf("%q: sniffed %v", text, got)
		}
	}
}

func TestPlaces(t *testing.T) {
	r := Open(strings.NewReader("\n{\"title\":\"a\"}\n\n  {\"title\":\"b\"}\n"), record.Options{})
	for _, want := range []record.Place{{Number: 1, Line: 2, Offset: 1}, {Number: 2, Line: 4, Offset: 16}} {
		rec, err := r.Next()
		if err != nil || rec.Number != want.Number || rec.Line != want.Line {
			t.Errorf("%+v, %v, want %+v", rec.Place, err, want)
		}
	}
}

// What was cut out may be decoded after the reader has gone on.
func TestDecodeLater(t *testing.T) {
	for _, sep := range []string{"\n", ","} {
		var text strings.Builder
		for i := range 2000 {
			fmt.Fprintf(&text, `{"title":"t%d","body":%q}%s`, i, strings.Repeat("x", 100), sep)
		}
		r := Open(strings.NewReader("["+strings.TrimSuffix(text.String(), sep)+"]"), record.Options{})
		if sep == "\n" {
			r = Open(strings.NewReader(text.String()), record.Options{})
		}
		var records []record.Record
		for {
			rec, err := r.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			records = append(records, rec)
		}
		for i, rec := range records {
			if a, err := rec.Decode(); err != nil || a.Title != fmt.Sprintf("t%d", i) || len(a.Body) != 100 {
				t.Fatalf("record %d: %v %v", i, a, err)
			}
		}
		if len(records) != 2000 {
			t.Errorf("%d records", len(records))
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, c := range shapes {
		f.Add(c.text)
	}
	for _, c := range brokenShapes {
		if len(c.text) < 1000 {
			f.Add(c.text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		whole := read(text, record.Options{MaxRecord: 500})
		if bytewise := sourcetest.Outcome(Open(iotest.OneByteReader(strings.NewReader(text)), record.Options{MaxRecord: 500})); bytewise != whole {
			t.Fatalf("byte by byte %s, whole %s", bytewise, whole)
		}
		if strings.Contains(whole, "error") && !strings.Contains(text, "error") {
			t.Fatalf("%q: %s", text, whole)
		}
	})
}
