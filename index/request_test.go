package index

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"dateline/query"
)

func TestResolveSpellsDefaultsOut(t *testing.T) {
	r, err := Request{}.Resolve()
	if err != nil {
		t.Fatal(err)
	}
	if r.Match != query.MatchAuto || r.Sort != SortRelevance || r.Size != 10 || r.FacetSize != 10 || r.Count != Articles || r.Group != Articles {
		t.Errorf("got %+v", r)
	}
	if r, err = (Request{Size: -5}).Resolve(); err != nil || r.Size >= 0 {
		t.Errorf("a negative size became %d, %v", r.Size, err)
	}
}

func TestResolveRefuses(t *testing.T) {
	many := make([]string, MaxFilterValues+1)
	for _, c := range []struct {
		param string
		r     Request
	}{
		{"match", Request{Match: "some"}},
		{"sort", Request{Sort: "random"}},
		{"size", Request{Size: MaxSize + 1}},
		{"facet_size", Request{FacetSize: MaxFacetSize + 1}},
		{"facet_size", Request{FacetSize: -1}},
		{"facets", Request{Facets: []Field{FieldSource, "body"}}},
		{"interval", Request{Interval: "decade"}},
		{"count", Request{Count: "words"}},
		{"group", Request{Group: "source"}},
		{"title", Request{Filters: Filters{Include: map[Field][]string{"title": {"a"}}}}},
		{"source", Request{Filters: Filters{Include: map[Field][]string{FieldSource: many}}}},
		{"not.source", Request{Filters: Filters{Exclude: map[Field][]string{FieldSource: many}}}},
		{"missing", Request{Filters: Filters{Missing: []Field{"body"}}}},
	} {
		_, err := c.r.Resolve()
		if e := (*ParamError)(nil); !errors.As(err, &e) || e.Name != c.param {
			t.Errorf("%+v: got %v, want a fault of %s", c.r, err, c.param)
		}
	}
}

func TestHasWords(t *testing.T) {
	oil, source := query.Word{Text: "oil"}, query.Value{Field: "source", Text: "AP"}
	for _, c := range []struct {
		tree query.Node
		want bool
	}{
		{nil, false}, {query.All{}, false}, {source, false}, {query.Dates{Field: "date"}, false},
		{oil, true}, {query.Phrase{Text: "oil price"}, true}, {query.Prefix{Text: "oi"}, true},
		{query.Not{Node: oil}, false}, {query.Not{Node: query.Not{Node: oil}}, false},
		{query.And{Nodes: []query.Node{source, query.Not{Node: oil}}}, false},
		{query.And{Nodes: []query.Node{source}, Optional: []query.Node{oil}}, true},
		{query.Or{Nodes: []query.Node{source, query.And{Nodes: []query.Node{oil}}}}, true},
	} {
		if got := HasWords(c.tree); got != c.want {
			t.Errorf("%#v: got %v, want %v", c.tree, got, c.want)
		}
	}
}

func TestCheckExtraAndID(t *testing.T) {
	for _, c := range []struct {
		a    Article
		want string
	}{
		{Article{ID: "a\xff", Title: "t"}, "bad id"},
		{Article{ID: "a", Title: "t", Extra: map[string]json.RawMessage{"x": json.RawMessage("{")}}, "bad extra"},
		{Article{ID: "a", Title: "t", Extra: map[string]json.RawMessage{"x": nil, "y": json.RawMessage("[1]")}}, ""},
	} {
		if got, _ := Check(&c.a); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.a, got, c.want)
		}
	}
}

func TestResolveFacet(t *testing.T) {
	asked := Request{Query: &query.Query{}, Filters: Filters{Missing: []Field{FieldTopic}}, Count: Texts, Match: query.MatchAny,
		Sort: SortNewest, Size: 1000, Cursor: "x", Facets: []Field{"nothing"}, Interval: "never", Group: Stories, Explain: true}
	r, err := asked.ResolveFacet(FieldPerson, "x")
	if err != nil || !slices.Equal(r.Facets, []Field{FieldPerson}) || r.Size >= 0 || r.Count != Texts || r.Match != query.MatchAny ||
		r.Query != asked.Query || r.FacetSize != DefaultFacetSize || r.Cursor != "" || r.Interval != "" || r.Explain {
		t.Errorf("got %+v, %v", r, err)
	}
	for _, c := range []struct {
		r           Request
		field       Field
		prefix      string
		name, fault string
	}{
		{Request{}, "sections", "", "field", "did you mean section?"},
		{Request{Count: "words"}, FieldTopic, "", "count", "not known"},
		{Request{}, FieldTopic, strings.Repeat("x", MaxValueBytes+1), "prefix", "no value has more than 1024"},
	} {
		_, err := c.r.ResolveFacet(c.field, c.prefix)
		if e := (*ParamError)(nil); !errors.As(err, &e) || e.Name != c.name || !strings.Contains(e.Error(), c.fault) {
			t.Errorf("%s of %s: %v", c.prefix, c.field, err)
		}
	}
}
