package doctor_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/doctor"
	"dateline/index/memory"
	"dateline/query"
)

// archive has 60 articles about oil, 40 of them of 2023, one with a typing error, and some others.
func archive(t *testing.T) index.Engine {
	t.Helper()
	e := memory.New(memory.Options{})
	var articles []index.Article
	add := func(title, source string, year int) {
		articles = append(articles, index.Article{
			ID: fmt.Sprintf("a%03d", len(articles)), Title: title, Source: source, Precision: "year",
			Published: index.At(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)),
		})
	}
	for i := range 60 {
		add("The government sets the oil price", []string{"Harbour Gazette", "Inland Observer"}[i%2], 2022+min(i/20, 1))
	}
	add("A goverment in Rotterdam", "Harbour Gazette", 2024)
	add("The comet of Kiruna, and the prime minister", "Inland Observer", 2024)
	add("Prise de la Bastille", "Courrier", 2024)
	if r, err := e.Put(context.Background(), articles); err != nil || len(r.Rejected) > 0 {
		t.Fatal(r, err)
	}
	return e
}

// TestExamine: each case is a search, what each clause finds alone and with the filters, what the query finds without each
// filter, and the suggestion.
func TestExamine(t *testing.T) {
	e := archive(t)
	for _, c := range []struct{ params, clauses, narrowing, suggestion string }{
		// Enough is found: nothing is said.
		{"q=oil", "", "", ""},
		{"q=", "", "", ""},
		// A word with a typing error, that nothing has or that one article has, too.
		{"q=govermnent", "govermnent 0 0", "", "government 60"},
		{"q=goverment", "goverment 1 1", "", "government 60"},
		{"q=oil+prize", "oil 60 60; prize 0 0", "", "oil price 60"},
		{"q=title:oul+-gsa", "title:oul 0 0; not gsa 0 0", "", "title:oil -gsa 60"},
		{`q="oil+prce"~2+goverment^2`, `"oil prce"~2 0 0; goverment 1 1`, "", `"oil price"~2 government^2 60`},
		{"q=near5:\"oil+prise\"", `near5:"oil prise" 0 0`, "", `near5:"oil price" 60`},
		// Two words, each known, that no article has together; and a correction that would find nothing with them.
		{"q=comet+oil&match=all", "comet 1 1; oil 60 60", "", ""},
		{"q=comet+prise&match=all", "comet 1 1; prise 1 1", "", ""},
		// Nothing is like it: what is left without it.
		{"q=oil+xylophone", "oil 60 60; xylophone 0 0", "", ""},
		{"q=oil+xylophone&match=all", "oil 60 60; xylophone 0 0", "", "oil 60"},
		// Two errors, one of them a word that an article has.
		{"q=govermnent+prise", "govermnent 0 0; prise 1 1", "", "government price 60"},
		{"q=xylophone", "xylophone 0 0", "", ""},
		// A class word is no word that could be misspelt.
		{"q=oil+@place&match=all", "oil 60 60; @place 0 0", "", "oil 60"},
		{`q="govermnent+@place"~2+OR+near9:"prise+oil"`, `"govermnent @place"~2 0 0; near9:"prise oil" 0 0`, "", `"government @place"~2 OR near9:"price oil" 60`},
		{"q=oil+source:Nobody", "oil 60 60; source:Nobody 0 0", "", "oil 60"},
		// Filters take the rest.
		{"q=oil&from=2024", "oil 60 0", "date 60", ""},
		{"q=oil&source=Courrier&not.source=Inland+Observer&missing=agency", "oil 60 0", "source 30; not.source 0; missing=agency 0", ""},
		{"q=comet&source=Courrier&to=2023", "comet 1 0", "date 0; source 0", ""},
		{"q=oul&source=Harbour+Gazette", "oul 0 0", "source 0", "oil 30"},
		{"q=oil&source=Courrier&source=", "oil 60 0", "source 60", ""},
		// Groups are looked at part by part.
		{"q=(comet+OR+xylophone)+AND+NOT+kiruna", "comet 1 1; xylophone 0 0; not kiruna 1 1", "", ""},
		// Numbers and short words are not taken for errors.
		{"q=9999", "9999 0 0", "", ""},
		{"q=ol", "ol 0 0", "", ""},
	} {
		v, err := url.ParseQuery(c.params)
		if err != nil {
			t.Fatal(err)
		}
		r, err := index.ParseRequest(v, time.Now())
		if err != nil {
			t.Fatal(c.params, err)
		}
		result, err := e.Search(context.Background(), r)
		if err != nil {
			t.Fatal(err)
		}
		if result.Clauses == nil || result.Narrowing == nil {
			t.Errorf("%s: a list is null", c.params)
		}
		clauses, narrowing, suggestion := write(result)
		if clauses != c.clauses || narrowing != c.narrowing || suggestion != c.suggestion {
			t.Errorf("%s\n got %s | %s | %s\nwant %s | %s | %s", c.params, clauses, narrowing, suggestion, c.clauses, c.narrowing, c.suggestion)
		}
		if result.Suggestion != nil {
			checkSuggestion(t, e, r, result.Suggestion)
		}
	}
}

func write(r *index.Result) (clauses, narrowing, suggestion string) {
	var parts, filters []string
	for _, c := range r.Clauses {
		not := ""
		if c.Excluded {
			not = "not "
		}
		parts = append(parts, fmt.Sprintf("%s%s %d %d", not, c.Text, c.Articles, c.Filtered))
	}
	for _, n := range r.Narrowing {
		filters = append(filters, fmt.Sprintf("%s %d", n.Filter, n.Articles))
	}
	if r.Suggestion != nil {
		suggestion = fmt.Sprintf("%s %d", r.Suggestion.Query, r.Suggestion.Total)
	}
	return strings.Join(parts, "; "), strings.Join(filters, "; "), suggestion
}

// checkSuggestion holds that a suggested query finds as much as it says.
func checkSuggestion(t *testing.T, e index.Engine, r index.Request, s *index.Suggestion) {
	t.Helper()
	v := r.Values()
	v.Set("q", s.Query)
	again, err := index.ParseRequest(v, time.Now())
	if err != nil {
		t.Fatalf("the suggestion %s: %v", s.Query, err)
	}
	result, err := e.Search(context.Background(), again)
	if err != nil || result.Total.Articles != s.Total || result.Query.Relaxed {
		t.Errorf("the suggestion %s finds %+v, %v; it says %d", s.Query, result.Total, err, s.Total)
	}
}

// TestExamineRelaxed: when any of the words is all that is found, the words together are what is to be mended.
func TestExamineRelaxed(t *testing.T) {
	r, err := index.ParseRequest(url.Values{"q": {"oil prise"}}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	result, err := archive(t).Search(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	if !result.Query.Relaxed || result.Total.Articles != 61 {
		t.Fatalf("found %+v", result.Query)
	}
	if _, _, suggestion := write(result); suggestion != "oil price 60" {
		t.Errorf("suggested is %q", suggestion)
	}
}

// slow is a patient that answers too late.
type slow struct{}

func (slow) Count(ctx context.Context, _ query.Node, _ index.Filters) (int, error) {
	<-ctx.Done()
	return 0, ctx.Err()
}

func (slow) Like(ctx context.Context, _ string, _ int) ([]doctor.Word, error) { return nil, ctx.Err() }

// TestExamineTooLong: an examination that takes too long is left out; a search that is given up is given up.
func TestExamineTooLong(t *testing.T) {
	r := index.Request{Query: &query.Query{Root: query.Word{Text: "oil"}}}
	result := &index.Result{}
	if err := doctor.Examine(t.Context(), slow{}, r, result); err != nil || len(result.Clauses) != 0 || result.Clauses == nil {
		t.Errorf("got %+v, %v", result.Clauses, err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := doctor.Examine(gone, slow{}, r, result); err == nil {
		t.Error("a search that was given up goes on")
	}
}
