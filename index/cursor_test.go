package index

import (
	"encoding/base64"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"dateline/query"
)

func TestCursorReadsBack(t *testing.T) {
	day := At(time.Date(1866, 2, 3, 4, 5, 6, 0, time.UTC))
	for _, c := range []Cursor{
		{Match: query.MatchAll, ID: "a"},
		{Match: query.MatchAny, Score: 0.1 + 0.2, Published: day, ID: "https://a.example/?b=c&d=\"é\""},
		{Match: query.MatchAll, Score: math.SmallestNonzeroFloat64, ID: strings.Repeat("\x00\xff", MaxIDBytes/2)},
	} {
		r := Request{Sort: SortOldest}
		r.Cursor = c.Encode(r)
		got, err := DecodeCursor(r)
		if err != nil || got != c {
			t.Errorf("%+v came back as %+v, %v", c, got, err)
		}
	}
}

func TestCursorHoldsForWhatKeepsTheOrder(t *testing.T) {
	filters := Filters{From: time.Unix(0, 0), Include: map[Field][]string{"source": {"AP", "AFP"}, "org": {""}}, Missing: []Field{"agency", "org"}}
	asked := Request{Query: &query.Query{Text: "oil"}, Filters: filters, Sort: SortNewest}
	cursor := Cursor{Match: query.MatchAll, ID: "a"}.Encode(asked)
	for name, change := range map[string]func(*Request){
		"nothing":            func(*Request) {},
		"size":               func(r *Request) { r.Size = 50 },
		"facets":             func(r *Request) { r.Facets, r.FacetSize, r.Count = FacetFields, 3, Texts },
		"interval":           func(r *Request) { r.Interval = Day },
		"defaults spelt out": func(r *Request) { r.Match, r.Group, r.Zone = query.MatchAuto, Articles, time.UTC },
		"filters reordered": func(r *Request) {
			r.Filters.Include = map[Field][]string{"source": {"AFP", "", "AP", "AP"}}
			r.Filters.Missing = []Field{"org", "agency"}
		},
	} {
		r := asked
		change(&r)
		r.Cursor = cursor
		if _, err := DecodeCursor(r); err != nil {
			t.Errorf("after a change of %s: %v", name, err)
		}
	}
}

func TestCursorOfAnotherSearch(t *testing.T) {
	asked := Request{Filters: Filters{Include: map[Field][]string{"source": {"AP"}}}}
	cursor := Cursor{Match: query.MatchAny, ID: "a"}.Encode(asked)
	for name, change := range map[string]func(*Request){
		"query":   func(r *Request) { r.Query = &query.Query{Text: "oil", Root: query.Word{Text: "oil"}} },
		"match":   func(r *Request) { r.Match = query.MatchAll },
		"sort":    func(r *Request) { r.Sort = SortOldest },
		"group":   func(r *Request) { r.Group = Texts },
		"from":    func(r *Request) { r.Filters.From = time.Unix(0, 0) },
		"to":      func(r *Request) { r.Filters.To = time.Unix(0, 0) },
		"include": func(r *Request) { r.Filters.Include = map[Field][]string{"source": {"AP", "AFP"}} },
		"exclude": func(r *Request) {
			r.Filters.Include, r.Filters.Exclude = nil, r.Filters.Include
		},
		"missing": func(r *Request) { r.Filters.Missing = []Field{"source"} },
		"zone":    func(r *Request) { r.Zone = berlin },
	} {
		r := asked
		change(&r)
		r.Cursor = cursor
		wantParam(t, "after a change of "+name, r)
	}
}

func TestCursorThatIsNone(t *testing.T) {
	r := Request{}
	good := Cursor{Match: query.MatchAll, ID: "a"}.Encode(r)
	encode := base64.RawURLEncoding.EncodeToString
	for _, text := range []string{
		"x", "!!!", good[:len(good)-1], good + "A", good + "=", strings.Repeat("A", maxCursor+1),
		encode([]byte(`{}`)), encode([]byte(`null`)), encode([]byte(`{"o":"` + r.order() + `","m":"all","s":1e999,"i":"YQ=="}`)),
		encode([]byte(`{"o":"` + r.order() + `","m":"auto","i":"YQ=="}`)), encode([]byte(`{"o":"` + r.order() + `","m":"all","i":""}`)),
	} {
		wantParam(t, text, Request{Cursor: text})
	}
}

func wantParam(t *testing.T, name string, r Request) {
	t.Helper()
	c, err := DecodeCursor(r)
	if e := (*ParamError)(nil); !errors.As(err, &e) || e.Name != "cursor" {
		t.Errorf("%s: got %+v, %v; want a fault of cursor", name, c, err)
	}
}

func FuzzDecodeCursor(f *testing.F) {
	f.Add(Cursor{Match: query.MatchAll, Score: 1.5, Published: At(time.Unix(1e9, 0)), ID: "a"}.Encode(Request{}))
	f.Add("e30")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := DecodeCursor(Request{Cursor: text})
		if err != nil {
			return
		}
		again, err := DecodeCursor(Request{Cursor: c.Encode(Request{})})
		if err != nil || again != c {
			t.Errorf("%q was read as %+v and then as %+v, %v", text, c, again, err)
		}
	})
}
