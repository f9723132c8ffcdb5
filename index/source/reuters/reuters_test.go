package reuters

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode"

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/record"
	"dateline/index/source/sourcetest"
)

func TestMain(m *testing.M) {
	now = func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }
	os.Exit(m.Run())
}

// outcome is what became of one record.
type outcome struct {
	place   record.Place
	article index.Article
	fault   *record.Fault
}

// readAll reads a stream to its end and returns the error that ended it.
func readAll(r io.Reader, o record.Options) (list []outcome, err error) {
	in := Format.Open(r, o)
	for {
		rec, err := in.Next()
		var fault *record.Fault
		switch {
		case errors.As(err, &fault):
			list = append(list, outcome{place: fault.Place, fault: fault})
			continue
		case err != nil:
			return list, err
		}
		a, err := rec.Decode()
		if err != nil && !errors.As(err, &fault) {
			return list, err
		}
		list = append(list, outcome{rec.Place, a, fault})
	}
}

func TestGolden(t *testing.T) {
	sourcetest.Golden(t, Format, record.Options{}, "testdata/*.sgm")
}

// wrap makes a document of elements, each given as attributes and content.
func wrap(elements ...string) string {
	return "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n" + strings.Join(elements, "\n") + "\n"
}

func whole(id string) string {
	return `<REUTERS NEWID="` + id + `">` + "\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TEXT><TITLE>T" + id + "</TITLE></TEXT>\n</REUTERS>"
}

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     string // "number:line id-or-reason" of each record
	}{
		{"nothing", "", ""},
		{"no element", wrap("<REUTERSX>", "text"), ""},
		{"two", wrap(whole("1"), whole("2")), "1:2 1, 2:6 2"},
		{"no end tag", wrap(`<REUTERS NEWID="1">`+"\n<TEXT>", whole("2")), "1:2 bad syntax, 2:4 2"},
		{"cut off", wrap(whole("1"), `<REUTERS NEWID="2"><TEXT>half`), "1:2 1, 2:6 truncated"},
		{"cut tag", wrap(whole("1")) + "<REUTERS", "1:2 1"},
		{"no NEWID", wrap(`<REUTERS OLDID="7"><TEXT><TITLE>T</TITLE></TEXT></REUTERS>`, whole("2")), "1:2 bad syntax, 2:3 2"},
		{"no TEXT", wrap(`<REUTERS NEWID="1"></REUTERS>`, whole("2")), "1:2 no text, 2:3 2"},
		{"half a TEXT", wrap(`<REUTERS NEWID="1"><TEXT><TITLE>T</TITLE></REUTERS>`, whole("2")), "1:2 no text, 2:3 2"},
		{"empty TEXT", wrap(`<REUTERS NEWID="1"><TEXT TYPE="UNPROC">&#2; &#3;</TEXT></REUTERS>`), "1:2 no text"},
		{"bad date", wrap(strings.Replace(whole("1"), "26-FEB", "31-FEB", 1), whole("2")), "1:2 bad date, 2:6 2"},
		{"bad hour", wrap(strings.Replace(whole("1"), "15:01", "25:01", 1)), "1:2 bad date"},
		{"year 1", wrap(strings.Replace(whole("1"), "1987", "0001", 1)), "1:2 bad date"},
		{"year 2999", wrap(strings.Replace(whole("1"), "1987", "2999", 1)), "1:2 bad date"},
		{"too large", wrap(`<REUTERS NEWID="1"><TEXT><TITLE>`+strings.Repeat("T", 5000)+`</TITLE></TEXT></REUTERS>`, whole("2")), "1:2 too large, 2:3 2"},
		{"much too large", wrap(`<REUTERS NEWID="1"><TEXT><TITLE>`+strings.Repeat("T\n", 2*step)+`</TITLE></TEXT></REUTERS>`, whole("2")), "1:2 too large, 2:131075 2"},
	} {
		for _, r := range []io.Reader{strings.NewReader(c.in), iotest.OneByteReader(strings.NewReader(c.in))} {
			list, err := readAll(r, record.Options{MaxRecord: 4000})
			var got []string
			for _, o := range list {
				what := o.article.ID
				if o.fault != nil {
					what = o.fault.Reason
				}
				got = append(got, fmt.Sprintf("%d:%d %s", o.place.Number, o.place.Line, what))
			}
			if s := strings.Join(got, ", "); s != c.want || err != io.EOF {
				t.Errorf("%s: %s, %v; want %s", c.name, s, err, c.want)
			}
		}
	}
}

func TestReadErrorComesLast(t *testing.T) {
	broken := errors.New("broken")
	list, err := readAll(io.MultiReader(strings.NewReader(wrap(whole("1"), `<REUTERS NEWID="2">`)), iotest.ErrReader(broken)), record.Options{})
	if !errors.Is(err, broken) || len(list) != 2 || list[0].article.ID != "1" || list[1].fault.Reason != record.Truncated {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestPlace(t *testing.T) {
	for in, want := range map[string][2]string{
		"    SALVADOR, Feb 26 - ":                           {"Salvador", ""},
		"    PORTLAND, Ore., Feb 26 -\n    ":                {"Portland, Ore.", ""},
		"    des moines, april 7 - ":                        {"Des Moines", ""},
		"    PONCE, Puerto rico, April 9 -\n    ":           {"Ponce, Puerto Rico", ""},
		"    LAKE SUCCESS, N.Y. March 3 - ":                 {"Lake Success, N.Y.", ""},
		"    WILMINGTON, Del, Feb 26 - ":                    {"Wilmington, Del", ""},
		"    TAFT, Calif., Apri l7 - ":                      {"Taft, Calif.", ""},
		"    BELGRADE, March 2O - ":                         {"Belgrade", ""},
		"    ROCKVILLE, Md, - March 6 -\n    ":              {"Rockville, Md", ""},
		"    WASHINGTON, March 12, Reuter - ":               {"Washington", ""},
		"    NEW YORK, Juen 19 -\n    ":                     {"New York", ""},
		"    RPT --LUDWIGSHAFEN, West Germany, March 30 - ": {"Ludwigshafen, West Germany", ""},
		"    ****SANTO DOMINGO, March 4 - ":                 {"Santo Domingo", ""},
		"    TOKYO - ":                                      {"Tokyo", ""},
		"    BAGUIO, Philippines - ":                        {"Baguio, Philippines", ""},
		"    TORONTO, June 29 - Echoes of a Bang -- ":       {"Toronto", "Echoes of a Bang -- "},
		"    ANKARA, March 8 - Engineers repair the Iraq-":  {"Ankara", "Engineers repair the Iraq-"},
		" As of April 7  - ":                                {"", "As of April 7  -"},
		" MAR8  --     --":                                  {"", " MAR8  --     --"},
		"    Fob Gulf edible oils - ":                       {"", "    Fob Gulf edible oils -"},
		"":                                                  {"", ""},
	} {
		if name, rest := place(in); name != want[0] || strings.TrimSpace(rest) != strings.TrimSpace(want[1]) {
			t.Errorf("%q: %q %q", in, name, rest)
		}
	}
}

func TestAuthors(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "    By Ann Lee, Reuters": "Ann Lee", "by ANN LEE": "Ann Lee", "By Ann Lee  and  Bo Chan": "Ann Lee|Bo Chan",
		"BY ANN LEE AND BO CHAN, REUTERS": "Ann Lee|Bo Chan", "By Ann Lee Reuters": "Ann Lee", "By Reuters": "", "By TED D'AFFLISIO": "Ted D'Afflisio",
	} {
		if got := strings.Join(authors(in), "|"); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func TestParagraphs(t *testing.T) {
	for in, want := range map[string]string{
		"":                                       "",
		"one\ntwo\n    three\n\nfour\n Reuter\n": "one two\n\nthree\n\nfour",
		"an anti-\nnoise law -\nold":             "an anti-noise law - old",
		"end. REUTER\n":                          "end.",
		"more ships\n MORE\n":                    "more ships",
		"Reunion":                                "Reunion",
		"a\n JAN   1   2\n FEB   3   4\nb":       "a\n\nJAN   1   2\nFEB   3   4\nb",
	} {
		if got := paragraphs(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestSniff(t *testing.T) {
	for in, want := range map[string]bool{
		"": false, "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">": true, "\n <REUTERS TOPICS=\"NO\">": true, "<REUTERSX>": false, "<!DOCTYPE html>": false,
	} {
		if Format.Sniff([]byte(in), true) != want {
			t.Errorf("%q", in)
		}
	}
}

// endless repeats an element that never ends.
type endless struct{ n int64 }

var filler = bytes.Repeat([]byte("x"), step)

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, filler)
	if e.n == 0 {
		copy(p, `<REUTERS NEWID="1">`)
	}
	if e.n += int64(n); e.n > 128<<20 {
		return 0, io.EOF
	}
	return n, nil
}

func TestEndlessElement(t *testing.T) {
	r := Format.Open(&endless{}, record.Options{MaxRecord: 1 << 20}).(*reader)
	_, err := r.Next()
	var fault *record.Fault
	if !errors.As(err, &fault) || fault.Reason != record.TooLarge {
		t.Fatal(err)
	}
	if _, err := r.Next(); err != io.EOF {
		t.Fatal(err)
	}
	if cap(r.buf) > 16<<20 {
		t.Errorf("%d bytes were held of 128 MiB", cap(r.buf))
	}
}

// shared returns the files of the collection, or skips the test.
func shared(t testing.TB) []string {
	dir := os.Getenv("DATELINE_SHARED")
	if dir == "" {
		dir = "../../../../shared"
	}
	files, _ := filepath.Glob(filepath.Join(dir, "data/reuters21578/*.sgm.gz"))
	if len(files) != 22 {
		t.Skip("SKIPPED: Reuters-21578 is not there: set DATELINE_SHARED")
	}
	return files
}

// unpack returns the text of the whole collection.
func unpack(t testing.TB, files []string) [][]byte {
	var list [][]byte
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(charset.NewReader(z, ""))
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
		list = append(list, raw)
	}
	return list
}

func TestCollection(t *testing.T) {
	seen := map[string]bool{}
	kinds := map[string]int{}
	files := shared(t)
	if sourcetest.Race {
		files = files[:3]
	}
	for _, raw := range unpack(t, files) {
		list, err := readAll(bytes.NewReader(raw), record.Options{})
		if err != io.EOF {
			t.Fatal(err)
		}
		dates := rawDates(raw)
		for i, o := range list {
			if o.fault != nil {
				kinds[o.fault.Reason]++
				continue
			}
			a := o.article
			kinds[a.Precision]++
			seen[a.ID] = true
			checkArticle(t, a)
			if i >= len(dates) || !strings.Contains(dates[i], a.Published.Format("15:04:05")) || !strings.Contains(dates[i], strings.ToUpper(a.Published.Format("2-Jan-2006"))) {
				t.Errorf("%s: dated %s of %q", a.ID, a.Published, dates[i])
			}
		}
	}
	// One element has an empty text; the date of one is called guesswork.
	if sourcetest.Race {
		return
	}
	if len(seen) != 21_577 || kinds[record.NoText] != 1 || kinds["day"] != 1 || kinds["second"] != 21_576 {
		t.Errorf("%d articles, %v", len(seen), kinds)
	}
}

// rawDates returns the DATE elements as they stand there, read in another way than the reader does.
func rawDates(raw []byte) []string {
	var list []string
	for _, part := range strings.Split(string(raw), "<DATE>")[1:] {
		s, _, _ := strings.Cut(part, "</DATE>")
		list = append(list, s)
	}
	return list
}

func checkArticle(t *testing.T, a index.Article) {
	for name, s := range map[string]string{"title": a.Title, "body": a.Body} {
		bad := strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' })
		if bad || strings.Contains(s, "&#") || strings.Contains(s, "&lt;") || strings.Contains(s, "&amp;") || strings.Contains(s, "\n\n\n") || s != strings.TrimSpace(s) {
			t.Errorf("%s: %s %q", a.ID, name, s)
		}
	}
	if strings.Contains(a.Body, "Blah blah") || strings.HasSuffix(a.Body, "Reuter") || strings.HasSuffix(a.Body, "REUTER") || a.Source != "Reuters" {
		t.Errorf("%s: %q", a.ID, a.Body[max(0, len(a.Body)-60):])
	}
}

func FuzzReuters(f *testing.F) {
	f.Add([]byte(wrap(whole("1"), `<REUTERS NEWID="2"><TEXT TYPE="UNPROC">A&#3; - X`+"\n   B\n JAN   1   2</TEXT></REUTERS>")))
	f.Add([]byte(`<REUTERS NEWID="2"><DATE>1-MAR-1987 605:12:19</DATE><TEXT><TITLE>a</TITLE><DATELINE>  NEW YORK, March 2O - b-</DATELINE><BODY>c REUTER</BODY>`))
	f.Fuzz(func(t *testing.T, in []byte) {
		list, err := readAll(bytes.NewReader(in), record.Options{MaxRecord: 1 << 16})
		if err != io.EOF {
			t.Fatal(err)
		}
		for i, o := range list {
			if o.place.Number != i+1 || o.place.Line < 1 {
				t.Fatalf("%+v", o)
			}
			if o.fault == nil && (o.article.ID == "" || o.article.Title+o.article.Body == "" || charset.Clean(o.article.Body) != o.article.Body) {
				t.Fatalf("%+v", o)
			}
		}
	})
}

func BenchmarkCollection(b *testing.B) {
	raw := unpack(b, shared(b)[:4])
	n := 0
	for _, r := range raw {
		n += len(r)
	}
	b.SetBytes(int64(n))
	for b.Loop() {
		for _, r := range raw {
			if _, err := readAll(bytes.NewReader(r), record.Options{}); err != io.EOF {
				b.Fatal(err)
			}
		}
	}
}
