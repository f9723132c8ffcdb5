package index

import (
	"errors"
	"math/rand/v2"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/query"
)

var now = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

func parse(t *testing.T, raw string) (Request, error) {
	t.Helper()
	v, err := url.ParseQuery(raw)
	if err != nil {
		t.Fatalf("%q: %v", raw, err)
	}
	return ParseRequest(v, now)
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func TestParseRequestOfNothing(t *testing.T) {
	for _, raw := range []string{"", "q=&from=&to=&source=&not.source=&sort=&size=&facets=&interval=&missing=", "q=+&source=++"} {
		r, err := parse(t, raw)
		if err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		want := Request{Facets: FacetFields, Interval: IntervalAuto}
		if !reflect.DeepEqual(r, want) {
			t.Errorf("%q: got %+v", raw, r)
		}
		if got := r.Values().Encode(); got != "" {
			t.Errorf("%q: shown as %q", raw, got)
		}
	}
}

func TestParseRequest(t *testing.T) {
	tests := []struct {
		raw   string
		check func(Request) bool
	}{
		{"q=oil+price", func(r Request) bool { return r.Query.Text == "oil price" }},
		{"match=any", func(r Request) bool { return r.Match == query.MatchAny }},
		{"source=a.example&source=b.example&person=X", func(r Request) bool {
			return slices.Equal(r.Filters.Include[FieldSource], []string{"a.example", "b.example"}) && len(r.Filters.Include) == 2
		}},
		{"source=a&source=a&source=", func(r Request) bool { return slices.Equal(r.Filters.Include[FieldSource], []string{"a"}) }},
		{"not.agency=Reuters", func(r Request) bool {
			return slices.Equal(r.Filters.Exclude[FieldAgency], []string{"Reuters"}) && r.Filters.Include == nil
		}},
		{"missing=agency&missing=topic,author", func(r Request) bool {
			return slices.Equal(r.Filters.Missing, []Field{FieldAgency, FieldTopic, FieldAuthor})
		}},
		{"from=2023-05-01&to=2023-05-31", func(r Request) bool {
			return r.Filters.From.Equal(day(2023, 5, 1)) && r.Filters.To.Equal(day(2023, 6, 1)) && r.Filters.ToText == "2023-05-31"
		}},
		{"from=2023-05&to=2023-05", func(r Request) bool {
			return r.Filters.From.Equal(day(2023, 5, 1)) && r.Filters.To.Equal(day(2023, 6, 1))
		}},
		{"from=2023&to=2023", func(r Request) bool {
			return r.Filters.From.Equal(day(2023, 1, 1)) && r.Filters.To.Equal(day(2024, 1, 1))
		}},
		{"to=2023-05-01T10:00:00Z", func(r Request) bool {
			return r.Filters.From.IsZero() && r.Filters.To.Equal(time.Date(2023, 5, 1, 10, 0, 1, 0, time.UTC))
		}},
		{"tz=Europe/Berlin&from=2023-07&to=2023-07-31", func(r Request) bool {
			return r.Zone.String() == "Europe/Berlin" && r.Filters.From.Equal(day(2023, 7, 1).Add(-2*time.Hour)) && r.Filters.To.Equal(day(2023, 8, 1).Add(-2*time.Hour))
		}},
		{"tz=Europe/Berlin&from=2023-07-01T00:00:00Z", func(r Request) bool { return r.Filters.From.Equal(day(2023, 7, 1)) }},
		{"tz=Asia/Kolkata&q=date:today", func(r Request) bool {
			return r.Query.Root.(query.Dates).From.Equal(day(2026, 11, 22).Add(18*time.Hour + 30*time.Minute))
		}},
		{"tz=UTC", func(r Request) bool { return r.Zone == nil }},
		{"from=&from=2023", func(r Request) bool { return r.Filters.FromText == "2023" }},
		{"sort=oldest", func(r Request) bool { return r.Sort == SortOldest }},
		{"size=1", func(r Request) bool { return r.Size == 1 }},
		{"size=100", func(r Request) bool { return r.Size == 100 }},
		{"size=0", func(r Request) bool { return r.Size == -1 }},
		{"cursor=abc", func(r Request) bool { return r.Cursor == "abc" }},
		{"interval=week", func(r Request) bool { return r.Interval == Week }},
		{"interval=auto", func(r Request) bool { return r.Interval == IntervalAuto }},
		{"interval=none", func(r Request) bool { return r.Interval == "" }},
		{"facets=none", func(r Request) bool { return r.Facets == nil }},
		{"facets=source,person&facets=source", func(r Request) bool { return slices.Equal(r.Facets, []Field{FieldSource, FieldPerson}) }},
		{"facet_size=1000", func(r Request) bool { return r.FacetSize == 1000 }},
		{"count=stories", func(r Request) bool { return r.Count == Stories }},
		{"group=text", func(r Request) bool { return r.Group == Texts }},
		{"group=story", func(r Request) bool { return r.Group == Stories }},
		{"group=none", func(r Request) bool { return r.Group == "" }},
		{"explain=1", func(r Request) bool { return r.Explain }},
		{"explain=0", func(r Request) bool { return !r.Explain }},
		{"highlight=0", func(r Request) bool { return r.Unmarked }},
		{"highlight=1", func(r Request) bool { return !r.Unmarked }},
		{"around=a%2F1", func(r Request) bool { return r.Around == "a/1" }},
	}
	for _, test := range tests {
		r, err := parse(t, test.raw)
		if err != nil {
			t.Errorf("%s: %v", test.raw, err)
		} else if !test.check(r) {
			t.Errorf("%s: got %+v", test.raw, r)
		}
	}
}

func TestParseRequestFaults(t *testing.T) {
	tests := []struct{ raw, name, says, hint string }{
		{"sorce=x", "sorce", "not a parameter", "did you mean source?"},
		{"Source=x", "Source", "not a parameter", "did you mean source?"},
		{"form=2023", "form", "not a parameter", "did you mean from?"},
		{"siez=5", "siez", "not a parameter", "did you mean size?"},
		{"limit=5", "limit", "not a parameter", "did you mean size?"},
		{"query=oil", "query", "not a parameter", "did you mean q?"},
		{"facet-size=5", "facet-size", "not a parameter", "did you mean facet_size?"},
		{"not.sorce=x", "not.sorce", "not a parameter", "did you mean not.source?"},
		{"not-source=x", "not-source", "not a parameter", "did you mean not.source?"},
		{"not.lang=x", "not.lang", "not a parameter", "did you mean not.language?"},
		{"xyzzy=", "xyzzy", "not a parameter", "parameters are q, match, from, to, "},
		{"size=-1", "size", "from 0 to 100, not \"-1\"", ""},
		{"size=101", "size", "from 0 to 100, not \"101\"", ""},
		{"size=9223372036854775808", "size", "from 0 to 100", ""},
		{"size=ten", "size", "not \"ten\"", ""},
		{"size=NaN", "size", "not \"NaN\"", ""},
		{"size=5&size=6", "size", "2 times", "once"},
		{"facet_size=0", "facet_size", "from 1 to 1000", ""},
		{"match=alll", "match", "auto, all or any", "did you mean all?"},
		{"sort=date", "sort", "relevance, newest or oldest, not \"date\"", ""},
		{"sort=new", "sort", "newest", ""},
		{"interval=months", "interval", "must be auto, hour", "did you mean month?"},
		{"facets=source,sections", "facets", "must be source, agency", "did you mean section?"},
		{"facets=source,none", "facets", "not \"none\"", ""},
		{"facets=source,", "facets", "not \"\"", ""},
		{"missing=title", "missing", "not \"title\"", ""},
		{"count=text", "count", "articles, texts or stories", "did you mean texts?"},
		{"group=stories", "group", "none, text or story", ""},
		{"tz=Berlin", "tz", "must be the name of a time zone, not \"Berlin\"", "Europe/Berlin"},
		{"tz=Europe/Berlin&tz=UTC", "tz", "2 times", "once"},
		{"timezone=UTC", "timezone", "not a parameter", "did you mean tz?"},
		{"tz=Pacific/Apia&from=2011-12-30", "from", "is a day that Pacific/Apia skipped: 2011-12-30", ""},
		{"tz=Pacific/Apia&from=2011-12-32", "from", "must be a day", ""},
		{"explain=yes", "explain", "1 or 0", ""},
		{"highlight=none", "highlight", "1 or 0", ""},
		{"from=yesterday", "from", "must be a day (2023-05-30), a month", ""},
		{"from=2023-02-30", "from", "not \"2023-02-30\"", ""},
		{"to=31.12.2023", "to", "must be a day", ""},
		{"from=2024&to=2023", "from", "2024 is after to, which is 2023", "exchange"},
		{"from=2023-05-02&to=2023-05-01", "from", "is after to", "exchange"},
		{"q=%ff", "q", "not valid UTF-8", ""},
		{"source=a%c3", "source", "not valid UTF-8", ""},
		{"%ff=a", "\xff", "not a parameter", ""},
		{"sort=" + strings.Repeat("x", 1000), "sort", strings.Repeat("x", 40) + "…", ""},
	}
	for _, test := range tests {
		_, err := parse(t, test.raw)
		var p *ParamError
		if !errors.As(err, &p) {
			t.Errorf("%.60s: got %v", test.raw, err)
			continue
		}
		if p.Name != test.name || !strings.Contains(p.Detail, test.says) || !strings.Contains(p.Hint, test.hint) {
			t.Errorf("%.60s: got %+v", test.raw, *p)
		}
		if test.hint == "" && strings.HasPrefix(p.Hint, "did you mean") {
			t.Errorf("%.60s: hint %q", test.raw, p.Hint)
		}
	}
}

func TestParseRequestLimitsFilterValues(t *testing.T) {
	v := url.Values{}
	for i := range MaxFilterValues + 1 {
		v.Add("topic", strings.Repeat("x", i+1))
	}
	if _, err := ParseRequest(v, now); err == nil || !strings.Contains(err.Error(), "at most 256") {
		t.Errorf("got %v", err)
	}
	v["topic"] = v["topic"][1:]
	if _, err := ParseRequest(v, now); err != nil {
		t.Errorf("256 values: %v", err)
	}
}

func TestParseRequestPassesFaultsOfTheQuery(t *testing.T) {
	_, err := parse(t, "q=(a")
	var e *query.Error
	if !errors.As(err, &e) || e.At.End == 0 {
		t.Errorf("got %v", err)
	}
}

// TestValuesIsTheInverse checks both ways on random URLs: request to URL to request, and URL to request to URL.
func TestValuesIsTheInverse(t *testing.T) {
	pool := map[string][]string{
		"q": {"oil", `"gas oil" -x`}, "match": {"all", "any", "auto"}, "from": {"2001", "2001-02", "2001-02-03", "2001-02-03T04:05:06Z"},
		"to": {"2023", "2023-04", "2023-04-05", "2023-04-05T06:07:08Z"}, "missing": {"agency", "topic"},
		"sort": {"relevance", "newest", "oldest"}, "size": {"0", "1", "10", "100"}, "cursor": {"abc_-"},
		"interval": {"none", "hour", "year"}, "facets": {"none", "source", "topic,source"}, "facet_size": {"1", "1000"},
		"count": {"articles", "texts", "stories"}, "group": {"text", "story"}, "explain": {"1"}, "highlight": {"0"}, "around": {"https://a.org/1?x=y"},
		"tz": {"Europe/Berlin", "Asia/Kolkata"},
	}
	for _, f := range FacetFields {
		pool[string(f)], pool["not."+string(f)] = []string{"a", "b & c", "ü"}, []string{"d", "e=f"}
	}
	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 0))
	for range 500 {
		v := url.Values{}
		for name, values := range pool {
			if rnd.IntN(3) == 0 {
				v.Set(name, values[rnd.IntN(len(values))])
			}
		}
		r, err := ParseRequest(v, now)
		if err != nil {
			t.Fatalf("seed %d: %v: %v", seed, v, err)
		}
		if got := r.Values(); !reflect.DeepEqual(got, v) {
			t.Fatalf("seed %d: %v became %v", seed, v, got)
		}
		if again, err := ParseRequest(r.Values(), now); err != nil || !reflect.DeepEqual(again, r) {
			t.Fatalf("seed %d: %+v became %+v, %v", seed, r, again, err)
		}
	}
}

func TestValuesOfRequestsMadeInCode(t *testing.T) {
	to := time.Date(2023, 5, 2, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		r    Request
		want string
	}{
		{Request{}, "facets=none&interval=none"},
		{Request{Size: -7, Facets: FacetFields, Interval: IntervalAuto}, "size=0"},
		{Request{Filters: Filters{From: day(2023, 5, 1), To: to}, Facets: FacetFields, Interval: IntervalAuto},
			"from=2023-05-01T00:00:00Z&to=2023-05-01T23:59:59Z"},
		{Request{Filters: Filters{From: to.Add(1), To: to.Add(2)}, Facets: FacetFields, Interval: IntervalAuto},
			"from=2023-05-02T00:00:01Z&to=2023-05-02T00:00:00Z"},
		{Request{Zone: berlin, Filters: Filters{From: day(2023, 1, 1).Add(-time.Hour), FromText: "2023", To: day(2023, 1, 2), ToText: "2023-01-01"}, Facets: FacetFields,
			Interval: IntervalAuto}, "from=2023&to=2023-01-01T23:59:59Z&tz=Europe/Berlin"},
		{Request{Zone: time.UTC, Facets: FacetFields, Interval: IntervalAuto}, ""},
		{Request{Filters: Filters{From: to, FromText: "2022"}, Facets: FacetFields, Interval: IntervalAuto}, "from=2023-05-02T00:00:00Z"},
		{Request{Query: &query.Query{Root: query.Prefix{Text: "econ"}}, Facets: FacetFields, Interval: IntervalAuto}, "q=econ*"},
		{Request{Query: &query.Query{}, Facets: FacetFields, Interval: IntervalAuto}, ""},
	}
	for _, test := range tests {
		got, _ := url.QueryUnescape(test.r.Values().Encode())
		if got != test.want {
			t.Errorf("%+v: got %q, want %q", test.r, got, test.want)
		}
	}
	r, err := ParseRequest(tests[2].r.Values(), now)
	if err != nil || !r.Filters.To.Equal(to) {
		t.Errorf("to came back as %v, %v", r.Filters.To, err)
	}
}

// TestValuesOwnsItsLists keeps a link builder from changing the request that it started from.
func TestValuesOwnsItsLists(t *testing.T) {
	r, _ := parse(t, "source=a&source=b")
	r.Values()["source"][0] = "changed"
	if r.Filters.Include[FieldSource][0] != "a" {
		t.Error("Values shares its lists with the request")
	}
	r.Facets[0] = "changed"
	if FacetFields[0] != FieldSource {
		t.Error("ParseRequest gave out FacetFields itself")
	}
}

func FuzzParseRequest(f *testing.F) {
	for _, seed := range []string{"q=a&from=2023&to=2024", "size=5&facets=none", "not.source=x&missing=topic", "q=%ff&&=;", "tz=Pacific/Apia&from=2011&q=date:last2d"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		v, err := url.ParseQuery(raw)
		if err != nil {
			t.Skip()
		}
		r, err := ParseRequest(v, now)
		if err != nil {
			return
		}
		again, err := ParseRequest(r.Values(), now)
		if err != nil || !reflect.DeepEqual(again, r) {
			t.Errorf("%q: %+v became %+v, %v", raw, r, again, err)
		}
	})
}

func TestWebAddress(t *testing.T) {
	for text, want := range map[string]string{
		"https://a.org/b": "a.org", "HTTP://A.org:80": "A.org:80", "https://user@a.org": "a.org",
		"javascript:alert(1)": "", "ftp://a.org/": "", "https:a.org": "", "https://": "", "//a.org": "", "a.org": "", " https://a.org": "", "": "",
	} {
		got := ""
		if u := WebAddress(text); u != nil {
			got = u.Host
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
