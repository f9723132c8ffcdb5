package cite_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/cite"
)

func article() index.Article {
	return index.Article{
		ID: "a", URL: "https://gazette.example/a?x=1&y=50%25", Source: "www.Gazette.example", Title: "Öl & gas: 50% {up}", Lead: "In short.",
		Authors: []string{"Ada Quist", "Quist, Ada", "Sand and Sons"}, Dateline: "Rotterdam", Language: "en",
		Published: index.At(time.Date(2024, 3, 14, 10, 5, 0, 0, time.UTC)), Precision: "minute",
	}
}

func TestWrite(t *testing.T) {
	a := article()
	for format, want := range map[cite.Format]string{
		cite.BibTeX: `@article{gazetteexample2024gas,
  author = {Ada Quist and {Quist, Ada} and {Sand and Sons}},
  title = {{Öl \& gas: 50\% \textbraceleft{}up\textbraceright{}}},
  journal = {www.Gazette.example},
  year = {2024},
  month = mar,
  day = {14},
  url = {https://gazette.example/a?x=1&y=50%25},
  language = {en}
}
`,
		cite.RIS: strings.ReplaceAll(`TY  - NEWS
AU  - Ada Quist
AU  - Quist, Ada
AU  - Sand and Sons
TI  - Öl & gas: 50% {up}
T2  - www.Gazette.example
PY  - 2024
DA  - 2024/03/14/
CY  - Rotterdam
AB  - In short.
LA  - en
UR  - https://gazette.example/a?x=1&y=50%25
ER  - 
`, "\n", "\r\n"),
	} {
		if got := cite.Write(format, &a); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", format, got, want)
		}
	}
}

func TestCSL(t *testing.T) {
	a := article()
	var list []map[string]any
	if err := json.Unmarshal([]byte(cite.Write(cite.CSL, &a)), &list); err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	x := list[0]
	if x["type"] != "article-newspaper" || x["title"] != a.Title || x["URL"] != a.URL || len(x["author"].([]any)) != 3 {
		t.Errorf("got %v", x)
	}
}

// TestDates: no day where only the month is known, and nothing where nothing is.
func TestDates(t *testing.T) {
	for _, c := range []struct{ precision, bib, ris, csl, line string }{
		{"year", "year = {2024},\n  url", "DA  - 2024///\r", "[[2024]]", "2024. https"},
		{"month", "month = mar,\n  url", "DA  - 2024/03//\r", "[[2024,3]]", ". March 2024. https"},
		{"day", "day = {14}", "DA  - 2024/03/14/\r", "[[2024,3,14]]", ". 14 March 2024. https"},
		{"second", "day = {14}", "DA  - 2024/03/14/\r", "[[2024,3,14]]", ". 14 March 2024. https"},
	} {
		a := article()
		a.Precision = c.precision
		for format, want := range map[cite.Format]string{cite.BibTeX: c.bib, cite.RIS: c.ris, cite.CSL: c.csl} {
			got := cite.Write(format, &a)
			if format == cite.CSL {
				got = strings.Join(strings.Fields(got), "")
			}
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in\n%s", c.precision, want, got)
			}
		}
		if got := cite.Line(&a); !strings.Contains(got, c.line) {
			t.Errorf("%s: no %q in %s", c.precision, c.line, got)
		}
	}
	a := article()
	a.Published = index.Time{}
	for _, f := range cite.Formats {
		if got := cite.Write(f.Format, &a); strings.Contains(got, "0001") || strings.Contains(got, "issued") || strings.Contains(got, "year") {
			t.Errorf("undated:\n%s", got)
		}
	}
}

func TestLine(t *testing.T) {
	a := article()
	if got, want := cite.Line(&a), "Ada Quist, Quist, Ada, Sand and Sons. “Öl & gas: 50% {up}”. www.Gazette.example. 14 March 2024. https://gazette.example/a?x=1&y=50%25"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	a.URL = "javascript:alert(1)"
	for _, f := range cite.Formats {
		if got := cite.Line(&a) + cite.Write(f.Format, &a); strings.Contains(got, "javascript") {
			t.Errorf("leads to %s", got)
		}
	}
	if got := cite.Line(&index.Article{}); got != "“(no title)”." {
		t.Error(got)
	}
}

func TestKey(t *testing.T) {
	for _, c := range []struct{ source, title, want string }{
		{"The Quay", "A port", "theport"}, {"", "", "article"}, {"Известия", "Нефть", "article"}, {`"}{\ %`, "../../x y", "article"},
		{strings.Repeat("x", 99), "", strings.Repeat("x", 20)},
	} {
		if got := cite.Key(&index.Article{Source: c.source, Title: c.title}); got != c.want {
			t.Errorf("%q %q: got %q, want %q", c.source, c.title, got, c.want)
		}
	}
}

// FuzzWrite: no field reaches out of itself, whatever the record says.
func FuzzWrite(f *testing.F) {
	f.Add("Title}, evil = {x", "https://a.example/}\r\nER  - ", "Ada\r\nTY  - BOOK", "\\")
	f.Add("{{{", "\u2028AU  - x", "and", "%")
	f.Fuzz(func(t *testing.T, title, address, author, source string) {
		a := index.Article{Title: title, URL: address, Authors: []string{author, author}, Source: source, Lead: title}
		checkBraces(t, cite.Write(cite.BibTeX, &a))
		for line := range strings.SplitSeq(strings.TrimSuffix(cite.Write(cite.RIS, &a), "\r\n"), "\r\n") {
			if len(line) < 6 || line[2:6] != "  - " || strings.ContainsAny(line, "\r\n\v\f\u0085\u2028\u2029") {
				t.Errorf("the line %q", line)
			}
		}
		if n := strings.Count("\n"+cite.Write(cite.RIS, &a), "\nTY  - "); n != 1 {
			t.Errorf("%d records of RIS", n)
		}
		if !json.Valid([]byte(cite.Write(cite.CSL, &a))) {
			t.Error("no JSON")
		}
	})
}

// checkBraces walks through an entry as BibTeX does: it ends with its last brace, and each field begins a line of depth 1.
func checkBraces(t *testing.T, entry string) {
	depth := 0
	for i, c := range entry {
		switch c {
		case '{':
			depth++
		case '}':
			depth--
		case '\n':
			if last := i == len(entry)-1; depth != 1 && !last {
				t.Fatalf("a line ends at depth %d: %s", depth, entry)
			}
		}
		if depth == 0 && i > len("@article") && i < len(entry)-2 {
			t.Fatalf("ends too early: %s", entry)
		}
	}
	if depth != 0 {
		t.Fatalf("depth %d at the end of %s", depth, entry)
	}
}

// TestParts: no part runs into another, and together they are the line.
func TestParts(t *testing.T) {
	for _, c := range []struct {
		what string
		a    index.Article
		want []cite.Part
	}{
		{"nothing", index.Article{}, []cite.Part{{Text: "(no title)", Quoted: true, End: "."}}},
		{"points", index.Article{Authors: []string{"A. Jr.", " ", "B. Jr."}, Title: "Why?...", Source: "The Quay."},
			[]cite.Part{{Text: "A. Jr.", End: ", "}, {Text: "B. Jr", End: ". "}, {Text: "Why?...", Quoted: true, End: ". "}, {Text: "The Quay", End: "."}}},
		{"an address", index.Article{Title: "One", URL: "https://quay.example/1."}, []cite.Part{{Text: "One", Quoted: true, End: ". "}, {Text: "https://quay.example/1."}}},
	} {
		if got := cite.Parts(&c.a); !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, not %+v", c.what, got, c.want)
		}
	}
}
