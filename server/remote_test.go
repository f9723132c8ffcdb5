package server

import (
	"context"
	"errors"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/embedded"
	"dateline/index/enginetest"
	"dateline/index/memory"
	"dateline/index/remote"
	"dateline/query"
)

// openRemote returns the engine of a server over an engine, on a real connection.
func openRemote(t *testing.T, engine index.Engine) *remote.Engine {
	t.Helper()
	h := httptest.NewServer(New(engine, quiet()))
	t.Cleanup(h.Close)
	e, err := remote.Open(t.Context(), h.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// TestRemoteIsAnEngine holds the server and package remote together to the contract of engines.
func TestRemoteIsAnEngine(t *testing.T) {
	enginetest.RunFar(t, func(t *testing.T) index.Engine {
		return openRemote(t, memory.New(memory.Options{Clock: enginetest.Clock}))
	})
}

// TestRemoteRealArticles compares a server over the embedded engine with the memory engine on real articles.
func TestRemoteRealArticles(t *testing.T) {
	articles := enginetest.RealArticles(t)
	e, err := embedded.Open(t.TempDir(), embedded.Options{Clock: enginetest.Clock})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	enginetest.RunArticles(t, openRemote(t, e), articles)
}

// TestFaultsSurviveTheWay compares what the engine behind a server returns with what the engine in front of it does.
func TestFaultsSurviveTheWay(t *testing.T) {
	for _, want := range faults {
		f := newFake()
		e := openRemote(t, f)
		f.err = want
		_, got := e.Search(t.Context(), index.Request{})
		if problemOf(want).Status == 504 { // as the caller's own deadline would, with the server named
			if !errors.Is(got, context.DeadlineExceeded) {
				t.Errorf("%v became %v", want, got)
			}
			continue
		}
		var other *remote.Error
		switch {
		case errors.Is(want, index.ErrNotFound):
			want = index.ErrNotFound
		case errors.As(got, &other):
			if p := problemOf(want); other.Status != p.Status || !strings.HasPrefix(other.Detail, p.Detail) || other.Hint != p.Hint {
				t.Errorf("%v became %v", want, got)
			}
			continue
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%#v became %#v", want, got)
		}
	}
}

// TestOddIDsSurviveTheWay puts, gets and deletes articles whose ids are hard on URLs.
func TestOddIDsSurviveTheWay(t *testing.T) {
	e := openRemote(t, memory.New(memory.Options{}))
	for _, id := range []string{"https://a.example/x?y=1#z", "..", ".", "../..", "a//b/", "/", "%2F", "a b+c", "ü\u0000\n", ";:@&=", `"\`, strings.Repeat("é", 256)} {
		if _, err := e.Put(t.Context(), []index.Article{{ID: id, Title: "t"}}); err != nil {
			t.Fatal(err)
		}
		if a, err := e.Get(t.Context(), id); err != nil || a.ID != id {
			t.Errorf("%q: got %q, %v", id, a.ID, err)
		}
		if n, err := e.Delete(t.Context(), []string{id}); n != 1 || err != nil {
			t.Errorf("%q: deleted %d, %v", id, n, err)
		}
	}
}

// TestEntitiesSurviveTheWay compares what the engine behind a server is asked and answers with what the engine in front of it is
// and does.
func TestEntitiesSurviveTheWay(t *testing.T) {
	f := newFake()
	e := openRemote(t, f)
	ctx := t.Context()
	for _, name := range []string{"Ruslan Mirzaev", "AC/DC", "..", "Мирзаев?", "a//b/\n\x00"} {
		want := index.EntityInfo{
			Type: index.Org, Name: name, Hidden: true, Total: index.Total{Articles: 3, Texts: 2, Stories: 1},
			Names: []index.NameForm{{Name: name, Articles: 3}, {Name: "B", Articles: 1, Reason: "decided"}}, Aliases: []index.NameForm{{Name: "C", Articles: 1}},
			Suggestions: []index.Suggested{{Type: index.Org, Name: name, Other: "D", Articles: [2]int{3, 1}, Together: 1, Score: 1. / 3, Reason: "r", Shared: []string{"E"}}},
			Apart:       []string{"F"},
		}
		f.infos = map[string]index.EntityInfo{"org/" + name: want}
		if got, err := e.Entity(ctx, index.Org, name); err != nil || !reflect.DeepEqual(*got, want) {
			t.Errorf("%q: %+v, %v", name, got, err)
		}
		f.suggested = want.Suggestions
		got, total, err := e.Suggestions(ctx, index.Org, 7)
		if err != nil || total != 1 || !reflect.DeepEqual(got, f.suggested) || f.askedTyp != index.Org || f.askedSize != 7 {
			t.Errorf("%q: %+v, %d, %v", name, got, total, err)
		}
		log, err := e.Decide(ctx, []index.Decision{{Number: 9, Undone: true, Action: index.ActionMerge, Type: index.Org, Name: name, Other: "B", By: "ada", Time: index.At(noon.AddDate(-1, 0, 0))}})
		if want := (index.Decision{Number: len(f.log), Action: index.ActionMerge, Type: index.Org, Name: name, Other: "B", By: "ada", Time: index.At(noon.AddDate(-1, 0, 0))}); err != nil || len(log) != 1 || !reflect.DeepEqual(log[0], want) {
			t.Errorf("%q: %+v, %v", name, log, err)
		}
	}
	if log, err := e.Decisions(ctx); err != nil || !reflect.DeepEqual(log, f.log) || len(log) != 5 {
		t.Errorf("%+v, %v", log, err)
	}
	_, err := e.Decide(ctx, []index.Decision{{Name: "a"}, {Action: index.ActionHide, Name: "impossible"}})
	var fault *index.DecisionError
	if !errors.As(err, &fault) || *fault != (index.DecisionError{Index: 1, Detail: "hide cannot be", Hint: "do not"}) {
		t.Errorf("%v", err)
	}
	for _, name := range []string{"", "Nobody", "\xff", strings.Repeat("x", 2000)} {
		if _, err := e.Entity(ctx, index.Person, name); !errors.Is(err, index.ErrNotFound) {
			t.Errorf("%.20q: %v", name, err)
		}
	}
	var param *index.ParamError
	if _, err := e.Entity(ctx, "people", "x"); !errors.As(err, &param) || param.Name != "type" {
		t.Errorf("%v", err)
	}
	if _, _, err := e.Suggestions(ctx, "people", 1); !errors.As(err, &param) || param.Name != "type" {
		t.Errorf("%v", err)
	}
}

// TestNetworksSurviveTheWay compares requests and answers likewise.
func TestNetworksSurviveTheWay(t *testing.T) {
	f := newFake()
	e := openRemote(t, f)
	f.nodes = index.Network{
		Unit: index.Texts, Total: 5, Nodes: []index.Node{{Type: index.Person, Name: "A", Count: 2, All: 3, Strength: 1. / 3}, {Type: index.Org, Name: "B", Count: 1, All: 1, Strength: -1e-9}},
		Edges: []index.Edge{{A: 0, B: 1, Count: 1, Strength: 2.5}},
	}
	berlin, err := index.LoadZone("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	q, err := query.Parse("oil", noon)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []index.NetworkOptions{{}, {Types: []string{index.Org, index.Person}, Size: 500, Edges: true, By: index.OrderStrength}, {Size: 1, By: index.OrderCount}} {
		r := index.Request{
			Query: q, Match: query.MatchAny, Count: index.Texts, Zone: berlin, Variants: index.VariantsOff, Size: 5, Sort: index.SortOldest, Cursor: "not passed on",
			Filters: index.Filters{Include: map[index.Field][]string{index.FieldPerson: {"A/B"}}, Missing: []index.Field{index.FieldAgency}},
		}
		got, err := e.Network(t.Context(), r, o)
		if err != nil || !reflect.DeepEqual(*got, f.nodes) || !reflect.DeepEqual(f.options, o) {
			t.Errorf("%+v, asked for %+v, %v", got, f.options, err)
		}
		r.Size, r.Sort, r.Cursor = 0, "", ""
		if asked := f.asked; asked.Values().Encode() != r.Values().Encode() {
			t.Errorf("asked of %s", asked.Values().Encode())
		}
	}
	var param *index.ParamError
	for name, o := range map[string]index.NetworkOptions{"types": {Types: []string{"people"}}, "nodes": {Size: 501}, "by": {By: "size"}} {
		if _, err := e.Network(t.Context(), index.Request{}, o); !errors.As(err, &param) || param.Name != name {
			t.Errorf("%+v: %v", o, err)
		}
	}
	if _, err := e.Network(t.Context(), index.Request{Count: "words"}, index.NetworkOptions{}); !errors.As(err, &param) || param.Name != "count" {
		t.Errorf("%v", err)
	}
}
