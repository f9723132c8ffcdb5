package suggest

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dateline/index"
	"dateline/index/memory"
	"dateline/query"
)

// friday is the time of every test.
var friday = time.Date(2024, 3, 15, 12, 0, 0, 0, time.UTC)

func news(t testing.TB) *memory.Engine {
	t.Helper()
	e := memory.New(memory.Options{})
	article := func(id, title, body, source, day string, people ...string) index.Article {
		a := index.Article{ID: id, Title: title, Body: body, Source: source, Language: "en", Topics: []string{"energy"}}
		if when, err := time.Parse(time.DateOnly, day); err == nil {
			a.Published, a.Precision = index.At(when), "day"
		}
		for _, name := range people {
			a.Entities = append(a.Entities, index.Entity{Type: index.Person, Name: name, Count: 1})
		}
		return a
	}
	_, err := e.Put(t.Context(), []index.Article{
		article("a", "Oil prices rise", "The oil price rose at the port.", "HarbourGazette.com", "2024-03-14", "Ruslan Mirzaev"),
		article("b", "Oil falls", "Oil is a pride of the north.", "harbourgazette.com", "2024-03-05", "Ruslan Mirzaev", "José Ibáñez"),
		article("c", "Gas </script><b>found</b>", "A gas field.", "Reuters", "2023-05-30", `Mirko "the Cat" Dekker`),
		article("d", "Économie", "Prices of gas and oil.", "Reuters", "2023-05-01"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// asked writes what is suggested for a query with | at the caret: "type text=count".
func asked(t testing.TB, e Engine, typed string, params url.Values) []Suggestion {
	t.Helper()
	before, after, marked := strings.Cut(typed, "|")
	v := url.Values{"q": {before + after}}
	for name, values := range params {
		v[name] = values
	}
	caret := -1
	if marked {
		caret = utf8.RuneCountInString(before)
	}
	found, err := Find(t.Context(), e, Request{Params: v, Caret: caret, Now: friday})
	if err != nil {
		t.Fatalf("%s: %v", typed, err)
	}
	return found.List
}

func TestFind(t *testing.T) {
	e := news(t)
	for _, c := range []struct{ typed, want string }{
		{"oi", "query oil=3"},
		{"OI", "query oil=3"},
		{"oil pri", "query oil prices=2; query oil pride=1"},
		{"pri|", "query prices=2; query pride=1"},
		{"pri| oil", "query prices oil=2; query pride oil=1"},
		{"gas OR pri", "query gas OR pri=2; query gas OR prices=3; query gas OR pride=3"},
		{"(gas OR pri|) port", "query (gas OR prices) port=1"},
		{`"oil pri`, `query "oil prices"=1`},
		{`"oil pri|" gas`, ""},
		{"title:pri", "query title:prices=1"},
		{"mir", `person Mirko "the Cat" Dekker person:"Mirko \"the Cat\" Dekker"=1; person Ruslan Mirzaev person:"Ruslan Mirzaev"=2`},
		{"oil mir", `person Ruslan Mirzaev oil person:"Ruslan Mirzaev"=2`},
		{"ruslan mir", `person Ruslan Mirzaev person:"Ruslan Mirzaev"=2`},
		{"ibañ", `person José Ibáñez person:"José Ibáñez"=1`},
		{"-mir", `person Mirko "the Cat" Dekker -person:"Mirko \"the Cat\" Dekker"=3; person Ruslan Mirzaev -person:"Ruslan Mirzaev"=2; query -mir=4`},
		{"person:rus", `person Ruslan Mirzaev person:"Ruslan Mirzaev"=2`},
		{`person:"ruslan m`, `person Ruslan Mirzaev person:"Ruslan Mirzaev"=2`},
		{`person:"ruslan m|" gas`, ""},
		{"source:har", "source HarbourGazette.com source:HarbourGazette.com=2"},
		{"entity:ruslan", `person Ruslan Mirzaev person:"Ruslan Mirzaev"=2`},
		{"2024", "date 2024 date:2024=2"},
		{"oil 2024-03", "date March 2024 oil date:2024-03=2"},
		{"oil mar 2024", "date March 2024 oil date:2024-03=2"},
		{"14 march 2024", "date 14 March 2024 date:2024-03-14=1"},
		{"oil last we", "date last week, 2024-03-04..2024-03-10 oil date:2024-03-04..2024-03-10=1"},
		{"yest", "date yesterday date:yesterday=1"},
		{"date:2023-05", "date May 2023 date:2023-05=2"},
		{"econ", "query economie=1"},
		{"energ", "topic energy topic:energy=4"},
		{"", ""}, {" ", ""}, {"oil ", ""}, {"oil*", ""}, {"AND", ""}, {"nothinglikethis", ""}, {"words:5", ""}, {"(", ""}, {`\`, ""}, {"oil AND", ""},
	} {
		var got []string
		for _, s := range asked(t, e, c.typed, nil) {
			text := s.Type + " " + s.Text
			if s.Type == title {
				continue
			}
			if *s.Query != s.Text {
				text += " " + *s.Query
			}
			got = append(got, fmt.Sprintf("%s=%d", text, s.Count))
		}
		slices.Sort(got)
		if text := strings.Join(got, "; "); text != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.typed, text, c.want)
		}
	}
}

func TestTitles(t *testing.T) {
	e := news(t)
	for _, c := range []struct{ typed, want string }{
		{"oil", "Oil prices rise, Oil falls"}, {"oil ris", "Oil prices rise"}, {"econ", "Économie"}, {"foun", "Gas </script><b>found</b>"},
		{"oi", ""}, {`"oil`, ""}, {"person:oil", ""}, {"title:oil", "Oil prices rise, Oil falls"},
	} {
		var got []string
		for _, s := range asked(t, e, c.typed, nil) {
			if s.Type == title {
				got = append(got, s.Text)
				if s.Query != nil || s.URL != "/article/"+s.ID || s.Count != 1 {
					t.Errorf("%s: %+v", c.typed, s)
				}
			}
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%s: got %s, want %s", c.typed, text, c.want)
		}
	}
}

// TestFilters: what a suggestion counts is what the search finds that its address asks for.
func TestFilters(t *testing.T) {
	e := news(t)
	for _, params := range []url.Values{nil, {"source": {"Reuters"}, "tz": {"Europe/Berlin"}}, {"from": {"2024"}, "match": {"any"}}, {"not.source": {"Reuters"}, "size": {"50"}, "facets": {"none"}}} {
		for _, typed := range []string{"o", "oil pri", "mir", "gas OR p", "2024", "-re", "r"} {
			for _, s := range asked(t, e, typed, params) {
				if s.Query == nil {
					continue
				}
				u, err := url.Parse(s.URL)
				if err != nil {
					t.Fatal(err)
				}
				v := u.Query()
				for name := range params {
					if !slices.Equal(v[name], params[name]) {
						t.Errorf("%s: %s lost %s", typed, s.URL, name)
					}
				}
				r, err := index.ParseRequest(v, friday)
				if err != nil {
					t.Fatalf("%s: %v", s.URL, err)
				}
				if found, err := e.Search(t.Context(), r); err != nil || found.Total.Articles != s.Count || s.Count == 0 {
					t.Errorf("%s: counts %d, but finds %d, %v", s.URL, s.Count, found.Total.Articles, err)
				}
			}
		}
	}
}

func TestFaults(t *testing.T) {
	e := news(t)
	_, err := Find(t.Context(), e, Request{Params: url.Values{"q": {"oil"}, "size": {"x"}}, Now: friday})
	if p := (*index.ParamError)(nil); !errors.As(err, &p) || p.Name != "size" {
		t.Errorf("got %v", err)
	}
	if list := asked(t, e, strings.Repeat("oil ", 400)+"oi", nil); len(list) != 0 {
		t.Errorf("a long query: %d suggestions", len(list))
	}
	e.Close()
	if _, err := Find(t.Context(), e, Request{Params: url.Values{"q": {"oil"}}, Caret: -1, Now: friday}); !errors.Is(err, index.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

func TestReadDate(t *testing.T) {
	for typed, want := range map[string]string{
		"2023": "2023", "2023-05": "2023-05", "2023-05-30": "2023-05-30", "2023-13": "", "2023-02-30": "", "0000": "", "may 2023": "2023-05", "Sept. 2023": "2023-09",
		"30 may 2023": "2023-05-30", "May 30, 2023": "2023-05-30", "31 june 2023": "", "3rd June 2023": "2023-06-03", "maybe 2023": "", "today": "today", "tod": "today",
		"to": "", "last 7 days": "last7d", "last 0 days": "", "last week": "2024-03-04..2024-03-10", "this week": "2024-03-11..2024-03-17", "last month": "2024-02",
		"last year": "2023", "this year": "2024", "last": "", "": "", "oil": "",
	} {
		d, ok := readDate(typed, friday)
		if d.date != want || ok != (want != "") {
			t.Errorf("%q: got %q, want %q", typed, d.date, want)
		}
		if ok {
			if _, err := query.Parse("date:"+d.date, friday); err != nil {
				t.Errorf("date:%s: %v", d.date, err)
			}
		}
	}
}

// FuzzCaret holds that a completion changes nothing but the word at the caret, and that what is suggested can be read.
func FuzzCaret(f *testing.F) {
	for _, text := range []string{"oil pri", `"oil pri`, `person:"Rus" gas`, "(a OR b", "“oil”", "－oil", "a （b）", "\\\"x", "title:=oil", "ruslan mir", "\xff", "title:\"a b"} {
		f.Add(text, 3)
	}
	f.Fuzz(func(t *testing.T, text string, caret int) {
		p := at(text, caret)
		if p.start < 0 || p.end > len(text) || p.start > p.end {
			t.Fatalf("%q at %d: %d to %d", text, caret, p.start, p.end)
		}
		for _, p := range p.back(2) {
			q := p.with("X")
			if !strings.HasPrefix(q, text[:p.start]) || !strings.HasSuffix(strings.TrimSuffix(q, `"`), strings.TrimSuffix(text[p.end:], `"`)) {
				t.Fatalf("%q at %d became %q", text, caret, q)
			}
			if utf8.ValidString(text) && !utf8.ValidString(q) {
				t.Fatalf("%q at %d became %q, which is no text", text, caret, q)
			}
		}
		readDate(p.typed, friday)
	})
}
