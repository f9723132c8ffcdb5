package enginetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/query"
)

// contract checks what package index says of each method apart from what is found.
func (s suite) contract(t *testing.T) {
	for _, c := range []struct {
		name string
		test func(*testing.T, index.Engine)
	}{
		{"empty index", emptyIndex},
		{"articles come back whole", comeBackWhole},
		{"unknown id", unknownID},
		{"receipts", receipts},
		{"outcomes", outcomes},
		{"changes", countsChanges},
		{"later of one id wins", laterWins},
		{"unchanged", unchanged},
		{"rejections", rejections},
		{"callers keep what they pass", callersKeep},
		{"delete", deletes},
		{"requests that cannot be", impossibleRequests},
		{"cursors that do not fit", foreignCursors},
		{"nothing is null", nothingIsNull},
		{"no hits wanted", noHitsWanted},
		{"values of a facet", valuesOfFacet},
		{"empty filters", emptyFilters},
		{"paging goes on after changes", pagingGoesOn},
		{"relaxed pages stay relaxed", relaxedPagesStay},
		{"export is of one state", exportOfOneState},
		{"export stops when told", exportStops},
		{"cancelled", cancelled},
		{"closed", closed},
		{"foul text", foulText},
		{"foul mentions", foulMentions},
		{"many articles", manyArticles},
	} {
		s.check(t, "contract", c.name, c.test)
	}
}

// short makes an article with a title, a source and a day.
func short(id, title, source, day string) index.Article {
	a := index.Article{ID: id, Title: title, Source: source}
	if day != "" {
		if err := setDate(&a, day); err != nil {
			panic(err)
		}
	}
	return identified(a)
}

func mustPut(t *testing.T, e index.Engine, articles ...index.Article) index.Receipt {
	t.Helper()
	receipt, err := e.Put(t.Context(), articles)
	if err != nil {
		t.Fatalf("Put: %v", err)
	}
	return receipt
}

func mustSearch(t *testing.T, e index.Engine, text string, r index.Request) *index.Result {
	t.Helper()
	result, err := search(t.Context(), e, text, r)
	if err != nil {
		t.Fatalf("Search %s: %v", text, err)
	}
	return result
}

func mustGet(t *testing.T, e index.Engine, id string) index.Article {
	t.Helper()
	a, err := e.Get(t.Context(), id)
	if err != nil {
		t.Fatalf("Get %q: %v", id, err)
	}
	return a
}

// wantHits checks the ids that a query finds, newest first.
func wantHits(t *testing.T, e index.Engine, text string, want ...string) {
	t.Helper()
	result := mustSearch(t, e, text, index.Request{Sort: index.SortNewest, Match: query.MatchAll, Size: index.MaxSize})
	if got := ids(result.Hits); !slices.Equal(got, want) {
		t.Errorf("query %q: got %q, want %q", text, got, want)
	}
	if result.Total.Articles != len(want) {
		t.Errorf("query %q: the total is %d, want %d", text, result.Total.Articles, len(want))
	}
}

func emptyIndex(t *testing.T, e index.Engine) {
	wantHits(t, e, "")
	wantHits(t, e, "oil")
	wantHits(t, e, "NOT oil")
	result := mustSearch(t, e, "oil price", index.Request{Facets: index.FacetFields, Interval: index.IntervalAuto})
	if result.Query.Relaxed || result.Query.Match != query.MatchAll || len(result.Facets) != len(index.FacetFields) || len(result.Timeline.Buckets) != 0 {
		t.Errorf("got %s", text(result))
	}
	stats, err := e.Stats(t.Context())
	if err != nil || stats.Articles != 0 || !stats.First.IsZero() || stats.Distinct[index.FieldSource] != 0 {
		t.Errorf("Stats: got %s, %v", text(stats), err)
	}
	if n, err := e.Delete(t.Context(), []string{"a"}); n != 0 || err != nil {
		t.Errorf("Delete: got %d, %v", n, err)
	}
}

func comeBackWhole(t *testing.T, e index.Engine) {
	a := whole("a")
	mustPut(t, e, a)
	got := mustGet(t, e, "a")
	if !got.Indexed.Equal(Clock().Truncate(time.Second)) {
		t.Errorf("Indexed is %v, which is not the time of the Put in seconds", got.Indexed)
	}
	a.Published, a.Updated, a.Indexed = index.At(a.Published.Time), index.At(a.Updated.Time), got.Indexed
	if text(got) != text(a) {
		t.Errorf("got  %s\nwant %s", text(got), text(a))
	}
	for exported, err := range e.Export(t.Context(), index.Request{}) {
		if err != nil || text(exported) != text(a) {
			t.Errorf("Export: got %s, %v\nwant %s", text(exported), err, text(a))
		}
	}
}

// whole returns an article with something in every field.
func whole(id string) index.Article {
	zone := time.FixedZone("", 5*3600+1800)
	return index.Article{
		ID: id, URL: "https://a.example/?b=<c>&d", Source: "Harbour Gazette", Agency: "Sputnik", Title: "Port & “Quay” <b>",
		Lead: "A lead.", Body: "One\n\nTwo\u2028three \U0001F6A2", Authors: []string{"B", "A", "B"}, Dateline: "Rotterdam",
		Published: index.Time{Time: time.Date(2024, 3, 14, 1, 2, 3, 456, zone)}, Precision: "second", DateFrom: "header",
		Updated: index.Time{Time: time.Date(2024, 3, 15, 0, 0, 0, 999, time.UTC)}, Indexed: index.At(time.Unix(0, 0)),
		Language: "en", Section: "World", Topics: []string{"z", "a"}, Words: 3, Story: "s", Text: "t", Format: "text", Path: "a/b.txt",
		Entities: []index.Entity{
			{Type: index.Place, Name: "Rotterdam", Aliases: []string{"R'dam"}, Count: 2},
			{Type: index.Person, Name: "Ruslan Mirzaev", Count: 1, Mentions: []index.Mention{{Field: "body", Start: 0, End: 3, Text: "One"}}},
		},
		Extra: map[string]json.RawMessage{"n": json.RawMessage(`12345678901234567890`), "o": json.RawMessage(`{"b":1,"a":[null]}`)},
	}
}

func unknownID(t *testing.T, e index.Engine) {
	mustPut(t, e, short("a", "oil", "AP", ""))
	for _, id := range []string{"b", "A", "", "a ", "a\x00", strings.Repeat("x", 2000)} {
		if a, err := e.Get(t.Context(), id); !errors.Is(err, index.ErrNotFound) {
			t.Errorf("Get %q: got %s, %v; want ErrNotFound", id, text(a), err)
		}
	}
}

func receipts(t *testing.T, e index.Engine) {
	a, b, c := short("a", "oil", "AP", "2024"), short("b", "gas", "AP", "2024"), short("c", "gold", "AP", "2024")
	newer := b
	newer.Title = "gas falls"
	for _, step := range []struct {
		batch []index.Article
		want  string
	}{
		{nil, "0 0 0"},
		{[]index.Article{a, b}, "2 0 0"},
		{[]index.Article{a, newer, c}, "1 1 1"},
		{[]index.Article{a, newer, c}, "0 0 3"},
		{[]index.Article{c, c}, "0 0 2"},
	} {
		r := mustPut(t, e, step.batch...)
		if got := fmt.Sprintf("%d %d %d", r.Indexed, r.Updated, r.Unchanged); got != step.want || len(r.Rejected) != 0 {
			t.Errorf("batch %s: got %s and %d rejected, want %s", text(step.batch), got, len(r.Rejected), step.want)
		}
	}
	wantHits(t, e, "gas", "b")
	wantHits(t, e, "title:falls", "b")
}

func laterWins(t *testing.T, e index.Engine) {
	first, second := short("a", "first words", "AP", "2024"), short("a", "second words", "AFP", "2024")
	r := mustPut(t, e, first, second, second)
	if r.Indexed != 1 || r.Updated != 1 || r.Unchanged != 1 {
		t.Errorf("got %+v, want one indexed, one updated, one unchanged", r)
	}
	wantHits(t, e, "first")
	wantHits(t, e, "second", "a")
	if got := mustGet(t, e, "a"); got.Source != "AFP" {
		t.Errorf("got the source %q, want the later article's", got.Source)
	}
	// Back and forth within a batch: both are changes, though in the end the article is what it was.
	if r = mustPut(t, e, first, second); r.Updated != 2 {
		t.Errorf("got %+v, want two updated", r)
	}
	wantHits(t, e, "words", "a")
}

func unchanged(t *testing.T, e index.Engine) {
	a := whole("a")
	mustPut(t, e, a)
	stored := mustGet(t, e, "a")
	again := a
	again.Indexed, again.Path, again.Format = index.At(time.Unix(1e9, 0)), "elsewhere.txt", "jsonl"
	if r := mustPut(t, e, again, stored); r.Unchanged != 2 {
		t.Errorf("got %+v for the same article from elsewhere, want it unchanged", r)
	}
	if got := mustGet(t, e, "a"); text(got) != text(stored) {
		t.Errorf("an unchanged article was written: got %s, want %s", text(got), text(stored))
	}
	for name, change := range map[string]func(*index.Article){
		"title":     func(a *index.Article) { a.Title += "." },
		"case":      func(a *index.Article) { a.Title = strings.ToUpper(a.Title) },
		"lead":      func(a *index.Article) { a.Lead = "" },
		"published": func(a *index.Article) { a.Published = index.At(a.Published.Add(time.Second)) },
		"authors":   func(a *index.Article) { a.Authors = []string{"A", "B", "B"} },
		"entities":  func(a *index.Article) { a.Entities = a.Entities[:1] },
		"extra":     func(a *index.Article) { a.Extra = nil },
		"story":     func(a *index.Article) { a.Story = "other" },
		"words":     func(a *index.Article) { a.Words++ },
	} {
		changed := a
		change(&changed)
		if r := mustPut(t, e, changed); r.Updated != 1 {
			t.Errorf("got %+v for another %s, want an update", r, name)
		}
		mustPut(t, e, a)
	}
}

func rejections(t *testing.T, e index.Engine) {
	kept := short("kept", "oil", "AP", "2024")
	mustPut(t, e, kept)
	bad := []index.Article{
		{Title: "no id"},
		{ID: strings.Repeat("x", index.MaxIDBytes+1), Title: "long id"},
		{ID: "kept"},
		{ID: "huge", Body: strings.Repeat("word ", index.MaxArticleBytes/5+1)},
		{ID: "old", Title: "t", Published: index.Time{Time: time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC)}},
		{ID: "value", Title: "t", Source: strings.Repeat("x", index.MaxValueBytes+1)},
		{ID: "values", Title: "t", Topics: slices.Repeat([]string{"x"}, index.MaxValues+1)},
	}
	var batch []index.Article
	var want []index.Rejection
	for i, a := range bad {
		batch = append(batch, a, short(fmt.Sprintf("good%d", i), "fine", "AP", "2024"))
		reason, detail := index.Check(&a)
		want = append(want, index.Rejection{Index: 2 * i, Reason: reason, Detail: detail})
	}
	r := mustPut(t, e, batch...)
	if text(r.Rejected) != text(want) || r.Indexed != len(bad) || r.Updated+r.Unchanged != 0 {
		t.Errorf("got %s\nwant %d indexed and rejected %s", text(r), len(bad), text(want))
	}
	wantHits(t, e, "oil", "kept")
	longest := short(strings.Repeat("x", index.MaxIDBytes), "longest", strings.Repeat("s", index.MaxValueBytes), "2024")
	if r := mustPut(t, e, longest); r.Indexed != 1 {
		t.Errorf("an article at the limits: got %s", text(r))
	}
	wantHits(t, e, "longest", longest.ID)
	wantHits(t, e, "source:"+longest.Source, longest.ID)
}

func callersKeep(t *testing.T, e index.Engine) {
	a := whole("a")
	want := text(a)
	mustPut(t, e, a)
	if text(a) != want {
		t.Errorf("Put changed its argument to %s, want %s", text(a), want)
	}
	a.Authors[0], a.Entities[0].Name, a.Topics[0] = "changed", "changed", "changed"
	got := mustGet(t, e, "a")
	if strings.Contains(text(got), "changed") {
		t.Error("a change of what was put shows in the index")
	}
	got.Authors[0], got.Entities[0].Aliases[0] = "changed", "changed"
	if strings.Contains(text(mustGet(t, e, "a")), "changed") {
		t.Error("a change of what Get returned shows in the index")
	}
}

func deletes(t *testing.T, e index.Engine) {
	mustPut(t, e, short("a", "oil", "AP", "2024-03-14"), short("b", "oil", "AFP", "2024-03-13"), short("c", "oil", "AP", "2024-03-12"))
	if n, err := e.Delete(t.Context(), []string{"b", "x", "b"}); n != 1 || err != nil {
		t.Errorf("got %d, %v; want 1 deleted", n, err)
	}
	wantHits(t, e, "oil", "a", "c")
	wantHits(t, e, "source:AFP")
	if _, err := e.Get(t.Context(), "b"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("Get of a deleted article: %v", err)
	}
	if n, err := e.Delete(t.Context(), nil); n != 0 || err != nil {
		t.Errorf("Delete of nothing: got %d, %v", n, err)
	}
	if r := mustPut(t, e, short("b", "oil", "AFP", "2024-03-13")); r.Indexed != 1 {
		t.Errorf("an article put again after Delete: got %+v, want it indexed", r)
	}
	wantHits(t, e, "oil", "a", "b", "c")
}

func impossibleRequests(t *testing.T, e index.Engine) {
	mustPut(t, e, short("a", "oil", "AP", "0002-01-01"), short("b", "oil", "AP", "9998-01-01"))
	for _, c := range []struct {
		param string
		r     index.Request
	}{
		{"size", index.Request{Size: index.MaxSize + 1}},
		{"facet_size", index.Request{FacetSize: index.MaxFacetSize + 1, Facets: index.FacetFields}},
		{"sort", index.Request{Sort: "best"}},
		{"facets", index.Request{Facets: []index.Field{"title"}}},
		{"interval", index.Request{Interval: "decade"}},
		{"interval", index.Request{Interval: index.Hour}},
		{"interval", index.Request{Interval: index.Month}},
		{"count", index.Request{Count: "words"}},
		{"group", index.Request{Group: "source"}},
		{"match", index.Request{Match: "most"}},
		{"tz", index.Request{Zone: time.FixedZone("", 3600)}},
		{"missing", index.Request{Filters: index.Filters{Missing: []index.Field{"title"}}}},
	} {
		result, err := e.Search(t.Context(), c.r)
		if paramOf(err) != c.param {
			t.Errorf("%+v: got %s, %v; want a fault of %s", c.r, text(result), err, c.param)
		}
	}
	result := mustSearch(t, e, "", index.Request{Interval: index.IntervalAuto, Size: index.MaxSize})
	if got := result.Timeline.Interval; got != index.Year || len(result.Timeline.Buckets) != 9997 {
		t.Errorf("auto over ten thousand years is %s in %d buckets, want 9997 years", got, len(result.Timeline.Buckets))
	}
}

func foreignCursors(t *testing.T, e index.Engine) {
	mustPut(t, e, short("a", "oil", "AP", "2024"), short("b", "oil", "AP", "2024"), short("c", "gas", "AP", "2024"))
	first := mustSearch(t, e, "oil", index.Request{Size: 1, Sort: index.SortNewest})
	if first.Next == nil {
		t.Fatal("there is no second page")
	}
	for name, r := range map[string]index.Request{
		"no cursor":     {Cursor: "x", Sort: index.SortNewest},
		"other order":   {Cursor: *first.Next, Sort: index.SortOldest},
		"other match":   {Cursor: *first.Next, Sort: index.SortNewest, Match: query.MatchAny},
		"other filters": {Cursor: *first.Next, Sort: index.SortNewest, Filters: index.Filters{Missing: []index.Field{index.FieldAgency}}},
		"other zone":    {Cursor: *first.Next, Sort: index.SortNewest, Zone: zoneNamed("Europe/Berlin")},
		"other group":   {Cursor: *first.Next, Sort: index.SortNewest, Group: index.Texts},
	} {
		if _, err := search(t.Context(), e, "oil", r); paramOf(err) != "cursor" {
			t.Errorf("%s: got %v, want a fault of cursor", name, err)
		}
	}
	if _, err := search(t.Context(), e, "gas", index.Request{Cursor: *first.Next, Sort: index.SortNewest}); paramOf(err) != "cursor" {
		t.Errorf("other query: got %v, want a fault of cursor", err)
	}
	second := mustSearch(t, e, "oil", index.Request{Cursor: *first.Next, Sort: index.SortNewest, Facets: index.FacetFields, Count: index.Texts})
	if got := ids(second.Hits); !slices.Equal(got, []string{"b"}) || second.Next != nil {
		t.Errorf("the second page has %q, want b and no third", got)
	}
}

func nothingIsNull(t *testing.T, e index.Engine) {
	mustPut(t, e, index.Article{ID: "a", Title: "oil"}, index.Article{ID: "b", Body: "oil"})
	for _, q := range []string{"", "oil", "nowhere"} {
		result := mustSearch(t, e, q, index.Request{Facets: index.FacetFields, Interval: index.IntervalAuto})
		for _, part := range []any{result.Hits, result.Facets, result.Timeline} {
			if s := strings.ReplaceAll(text(part), `"published":null`, ""); strings.Contains(s, "null") {
				t.Errorf("query %q: a list is null: %s", q, s)
			}
		}
		if bare := mustSearch(t, e, q, index.Request{}); bare.Facets == nil || len(bare.Facets) != 0 || bare.Timeline != nil {
			t.Errorf("query %q without facets and timeline: got %s and %s", q, text(bare.Facets), text(bare.Timeline))
		}
	}
}

func noHitsWanted(t *testing.T, e index.Engine) {
	mustPut(t, e, short("a", "oil", "AP", "2024"), short("b", "oil", "AP", "2024"))
	result := mustSearch(t, e, "oil", index.Request{Size: -1, Facets: []index.Field{index.FieldSource}})
	if len(result.Hits) != 0 || result.Next != nil || result.Total.Articles != 2 || result.Facets[index.FieldSource].Values[0].Count != 2 {
		t.Errorf("got %s", text(result))
	}
}

// valuesOfFacet looks for values where scripts cannot: in an empty index, with requests that say what a facet does not look at,
// and with those that cannot be.
func valuesOfFacet(t *testing.T, e index.Engine) {
	empty, err := e.Facet(t.Context(), index.Request{}, index.FieldOrg, "x")
	if err != nil || text(empty) != `{"values":[],"distinct":0,"missing":0}` {
		t.Errorf("of nothing: %s, %v", text(empty), err)
	}
	mustPut(t, e, short("a", "oil", "Harbour Gazette", "2024"), short("b", "oil", "AP", "2024"))
	include := []string{"Harbour Gazette", "AP", "Nobody"}
	ignored := index.Request{Cursor: "x", Size: 1000, Sort: "best", Group: "source", Interval: "decade", Facets: []index.Field{"title"},
		Filters: index.Filters{Include: map[index.Field][]string{index.FieldSource: include}}}
	got, err := e.Facet(t.Context(), ignored, index.FieldSource, " GAZ ")
	if err != nil || text(got) != `{"values":[{"value":"Harbour Gazette","count":1,"selected":true}],"distinct":1,"missing":0}` {
		t.Errorf("by GAZ: %s, %v", text(got), err)
	}
	if text(include) != `["Harbour Gazette","AP","Nobody"]` || len(ignored.Filters.Include) != 1 {
		t.Errorf("the caller's filters became %q", ignored.Filters.Include)
	}
	for _, c := range []struct {
		param, prefix string
		field         index.Field
		r             index.Request
	}{
		{"field", "a", "title", index.Request{}},
		{"field", "a", "", index.Request{}},
		{"prefix", strings.Repeat("a", index.MaxValueBytes+1), index.FieldSource, index.Request{}},
		{"facet_size", "a", index.FieldSource, index.Request{FacetSize: index.MaxFacetSize + 1}},
		{"count", "a", index.FieldSource, index.Request{Count: "words"}},
		{"missing", "a", index.FieldSource, index.Request{Filters: index.Filters{Missing: []index.Field{"title"}}}},
	} {
		if facet, err := e.Facet(t.Context(), c.r, c.field, c.prefix); paramOf(err) != c.param {
			t.Errorf("%s of %q: got %s, %v; want a fault of %s", c.prefix, c.field, text(facet), err, c.param)
		}
	}
}

// emptyFilters filters by nothing, in every way there is.
func emptyFilters(t *testing.T, e index.Engine) {
	mustPut(t, e, short("a", "oil", "AP", "2024"), short("b", "oil", " ", "2024"), short("c", "oil", "", "2024"))
	empty := map[index.Field][]string{index.FieldSource: {"", " ", "\t"}, index.FieldTopic: {}, index.FieldOrg: nil}
	for _, f := range []index.Filters{{Include: empty}, {Exclude: empty}, {Include: empty, Exclude: empty, Missing: []index.Field{}}} {
		result := mustSearch(t, e, "oil", index.Request{Filters: f, Sort: index.SortNewest})
		if got := ids(result.Hits); !slices.Equal(got, []string{"a", "b", "c"}) {
			t.Errorf("%+v: got %q, want everything", f, got)
		}
	}
	r := index.Request{Filters: index.Filters{Missing: []index.Field{index.FieldSource}}, Sort: index.SortNewest}
	if got := ids(mustSearch(t, e, "", r).Hits); !slices.Equal(got, []string{"b", "c"}) {
		t.Errorf("without a source are %q, want b and c", got)
	}
}

// pagingGoesOn deletes what the cursor stands on, and puts articles before and behind it.
func pagingGoesOn(t *testing.T, e index.Engine) {
	for _, day := range []string{"2024-03-10", "2024-03-11", "2024-03-12", "2024-03-13"} {
		mustPut(t, e, short(day, "oil", "AP", day))
	}
	r := index.Request{Size: 2, Sort: index.SortOldest}
	first := mustSearch(t, e, "oil", r)
	if _, err := e.Delete(t.Context(), []string{"2024-03-11"}); err != nil {
		t.Fatal(err)
	}
	mustPut(t, e, short("before", "oil", "AP", "2024-03-09"), short("after", "oil", "AP", "2024-03-12"))
	r.Cursor, r.Size = *first.Next, 10
	second := mustSearch(t, e, "oil", r)
	if got, want := ids(second.Hits), []string{"2024-03-12", "after", "2024-03-13"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// relaxedPagesStay puts an article that has all words between two pages: the second goes on with any of them, as the first.
func relaxedPagesStay(t *testing.T, e index.Engine) {
	mustPut(t, e, short("a", "oil", "AP", "2024"), short("b", "gas", "AP", "2024"))
	r := index.Request{Size: 1, Sort: index.SortNewest}
	first := mustSearch(t, e, "oil gas", r)
	if !first.Query.Relaxed || first.Next == nil {
		t.Fatalf("got %s and the next page %v", text(first.Query), first.Next)
	}
	mustPut(t, e, short("c", "oil gas", "AP", "2024"))
	r.Cursor = *first.Next
	second := mustSearch(t, e, "oil gas", r)
	if !second.Query.Relaxed || second.Query.Match != query.MatchAny || !slices.Equal(ids(second.Hits), []string{"b"}) {
		t.Errorf("the second page is of %s and has %q, want any and b", text(second.Query), ids(second.Hits))
	}
}

func exportOfOneState(t *testing.T, e index.Engine) {
	mustPut(t, e, short("a", "oil", "AP", "2024-01"), short("b", "oil", "AP", "2024-02"), short("c", "oil", "AP", "2024-03"), short("d", "oil", "AP", ""))
	var got []string
	for a, err := range e.Export(t.Context(), index.Request{Size: 1000, Cursor: "x", Interval: "decade"}) {
		if err != nil {
			t.Fatal(err)
		}
		if len(got) == 0 {
			if _, err := e.Delete(t.Context(), []string{"c"}); err != nil {
				t.Fatal(err)
			}
			mustPut(t, e, short("e", "oil", "AP", "2024-04"))
		}
		got = append(got, a.ID)
	}
	if want := []string{"a", "b", "c", "d"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q, which was there when it began", got, want)
	}
	wantHits(t, e, "oil", "e", "b", "a", "d")
}

func exportStops(t *testing.T, e index.Engine) {
	mustPut(t, e, short("a", "oil", "AP", "2024-01"), short("b", "oil", "AP", "2024-02"), short("c", "oil", "AP", "2024-03"))
	n := 0
	for range e.Export(t.Context(), index.Request{}) {
		n++
		break
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last error
	for _, err := range e.Export(ctx, index.Request{}) {
		n++
		cancel()
		last = err
	}
	if n < 3 || !errors.Is(last, context.Canceled) {
		t.Errorf("a cancelled export ended with %v after %d", last, n)
	}
	for a, err := range e.Export(t.Context(), index.Request{Sort: "best"}) {
		if paramOf(err) != "sort" || a.ID != "" {
			t.Errorf("got %s, %v; want a fault of sort", text(a), err)
		}
	}
	mustPut(t, e, short("d", "oil", "AP", "2024-04")) // nothing is held any more
}

// everyError calls every method that may fail, and returns what each gave.
func everyError(ctx context.Context, e index.Engine) map[string]error {
	errs := map[string]error{"Export": nil}
	_, errs["Put"] = e.Put(ctx, []index.Article{short("b", "oil", "AP", "2024")})
	_, errs["Get"] = e.Get(ctx, "a")
	_, errs["Delete"] = e.Delete(ctx, []string{"a"})
	_, errs["Search"] = e.Search(ctx, index.Request{})
	_, errs["Facet"] = e.Facet(ctx, index.Request{}, index.FieldSource, "a")
	_, errs["Stats"] = e.Stats(ctx)
	_, errs["Entity"] = e.Entity(ctx, index.Person, "a")
	_, _, errs["Suggestions"] = e.Suggestions(ctx, "", 1)
	_, errs["Network"] = e.Network(ctx, index.Request{}, index.NetworkOptions{})
	_, errs["Decide"] = e.Decide(ctx, []index.Decision{{Action: index.ActionHide, Type: index.Person, Name: "a"}})
	_, errs["Decisions"] = e.Decisions(ctx)
	for _, err := range e.Export(ctx, index.Request{}) {
		errs["Export"] = err
	}
	return errs
}

func cancelled(t *testing.T, e index.Engine) {
	mustPut(t, e, short("a", "oil", "AP", "2024"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, err := range everyError(ctx, e) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a cancelled context: got %v", name, err)
		}
	}
	if _, err := e.Get(t.Context(), "a"); err != nil {
		t.Errorf("after a cancelled Delete: %v", err)
	}
}

func closed(t *testing.T, e index.Engine) {
	ctx := t.Context()
	mustPut(t, e, short("a", "oil", "AP", "2024"))
	if err := e.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	if err := e.Close(); err != nil {
		t.Errorf("a second Close: %v", err)
	}
	for name, err := range everyError(ctx, e) {
		if !errors.Is(err, index.ErrClosed) {
			t.Errorf("%s after Close: got %v, want ErrClosed", name, err)
		}
	}
}

// foulText checks that what is no text does not hide what is.
func foulText(t *testing.T, e index.Engine) {
	mustPut(t, e,
		index.Article{ID: "a", Title: "alpha \xff beta\x00gamma", Body: "delta\x1b[31m epsilon \u2067zeta\u2069 \ufeffeta"},
		index.Article{ID: "b", Title: strings.Repeat("x", 100_000), Body: strings.Repeat("\u0301", 1000) + " theta"},
		index.Article{ID: "c", Title: "…—!", Source: "\xff", Topics: []string{"", " ", "\u0301"}})
	for word, id := range map[string]string{"alpha": "a", "beta": "a", "gamma": "a", "delta": "a", "epsilon": "a", "zeta": "a", "eta": "a", "theta": "b"} {
		wantHits(t, e, word, id)
	}
	wantHits(t, e, strings.Repeat("x", 200), "b")
	wantHits(t, e, `title:"alpha beta"`, "a")
	result := mustSearch(t, e, "id:c", index.Request{Facets: []index.Field{index.FieldTopic}})
	if f := result.Facets[index.FieldTopic]; len(f.Values) != 0 || f.Missing != 1 {
		t.Errorf("values without a key are counted: %s", text(f))
	}
}

// manyArticles goes past the sizes of pages and batches.
// foulMentions puts mentions that lie nowhere: they are kept, and found is only what lies in the text.
func foulMentions(t *testing.T, e index.Engine) {
	a := index.Article{ID: "a", Title: "Öl for Ruslan", Body: "Nobody.", Entities: []index.Entity{
		{Type: index.Person, Name: "Ruslan", Count: 1, Mentions: []index.Mention{
			{Field: "title", Start: 7, End: 13, Text: "Temirov"}, {Field: "title", Start: 7, End: 13, Text: "Ruslan"}, {Field: "title", Start: 13, End: 7},
			{Field: "title", Start: -5, End: 3}, {Field: "title", Start: 0, End: 14, Text: "x"}, {Field: "body", Start: math.MinInt, End: math.MaxInt},
			{Field: "body", Start: 7, End: 7}, {Field: "body", Start: 1 << 40, End: 1<<40 + 1, Text: "far"}, {Field: "headline", Start: 0, End: 3}, {},
		}},
		{Type: "thing", Name: "Nobody", Count: 1, Mentions: []index.Mention{{Field: "body", Start: 0, End: 6, Text: "Nobody"}}},
	}}
	mustPut(t, e, a)
	if got, want := text(index.Article{Entities: mustGet(t, e, "a").Entities}), text(index.Article{Entities: a.Entities}); got != want {
		t.Errorf("got the entities of %s, want those of %s", got, want)
	}
	if r := mustPut(t, e, mustGet(t, e, "a")); r.Unchanged != 1 {
		t.Errorf("got %+v for the article as it is kept, want it unchanged", r)
	}
	wantHits(t, e, "title:@person", "a")
	wantHits(t, e, `"for @person"`, "a")
	wantHits(t, e, "body:@entity")
	wantHits(t, e, "öl NEAR/1 @person")
	result, err := search(t.Context(), e, "@person", index.Request{})
	if err != nil {
		t.Fatal(err)
	}
	if got := text(result.Hits[0].Highlights.Title); got != `[{"t":"Öl for ","m":false},{"t":"Ruslan","m":true}]` {
		t.Errorf("got the title %s", got)
	}
}

func manyArticles(t *testing.T, e index.Engine) {
	const n = 1200
	batch := make([]index.Article, n)
	for i := range batch {
		batch[i] = short(fmt.Sprintf("a%04d", i), fmt.Sprintf("oil number%d", i), fmt.Sprintf("source%d", i%7), fmt.Sprintf("2024-03-%02d", 1+i%28))
	}
	if r := mustPut(t, e, batch...); r.Indexed != n {
		t.Fatalf("got %+v", r)
	}
	r := index.Request{Size: index.MaxSize, Sort: index.SortOldest, Facets: []index.Field{index.FieldSource}, Interval: index.Day}
	hits, first, err := allPages(t.Context(), e, r)
	if err != nil {
		t.Fatal(err)
	}
	if len(hits) != n || hits[0].ID != "a0000" || hits[1].ID != "a0028" || hits[n-1].ID != "a1175" || first.Total.Articles != n {
		t.Errorf("got %d hits, %s %s ... %s, total %d", len(hits), hits[0].ID, hits[1].ID, hits[len(hits)-1].ID, first.Total.Articles)
	}
	if f := first.Facets[index.FieldSource]; f.Distinct != 7 || f.Values[0].Count != 172 || f.Values[6].Count != 171 {
		t.Errorf("got the facet %s", text(f))
	}
	if b := first.Timeline.Buckets; len(b) != 28 || b[0].Count != 43 || b[27].All != 42 {
		t.Errorf("got the timeline %s", text(b))
	}
}
