package suggest

import (
	"context"
	"net/url"
	"reflect"
	"slices"
	"testing"

	"dateline/index"
	"dateline/index/memory"
	"dateline/query"
)

// waking is an engine whose names are still being made ready: whoever asks for them waits for ever.
type waking struct {
	*memory.Engine
	t *testing.T
}

func (w waking) Complete(ctx context.Context, r index.CompletionRequest) (*index.Completions, error) {
	c, err := w.Engine.Complete(ctx, r)
	if err == nil && !r.Prompt {
		w.t.Errorf("%q: does not ask for what there is", r.Prefix)
	}
	if err == nil {
		c.Pending = true
		for _, typ := range index.EntityTypes {
			if field := index.Field(typ); c.Values[field] != nil {
				c.Values[field] = []index.Completion{}
			}
		}
	}
	return c, err
}

func (w waking) Count(ctx context.Context, requests []index.Request) ([]int, error) {
	for _, r := range requests {
		if !nameless(r) {
			w.t.Errorf("%s waits for names", r.Query)
		}
	}
	return w.Engine.Count(ctx, requests)
}

func (w waking) Search(context.Context, index.Request) (*index.Result, error) {
	w.t.Error("titles wait for names")
	return nil, index.ErrNotFound
}

// TestPending: while names are made ready, what is suggested of the rest is the same, and it is said that there is more to come.
func TestPending(t *testing.T) {
	e := news(t)
	for _, params := range []url.Values{nil, {"source": {"Reuters"}}, {"person": {"Ruslan Mirzaev"}}, {"not.person": {"Ruslan Mirzaev"}}} {
		for typed, rest := range map[string]bool{
			"o": false, "oil pri": false, "mir": false, "har": true, "re": true, "source:re": true, "2024": true, "energ": true,
			"(date:2023 OR -re": true, "oil re": false, "person:m": false, "entity:m": false, "person:x re": false,
		} {
			v := url.Values{"q": {typed}}
			for name, values := range params {
				v[name] = values
			}
			r := Request{Params: v, Caret: -1, Now: friday}
			got, err := Find(t.Context(), waking{e, t}, r)
			if err != nil {
				t.Fatal(err)
			}
			all, err := Find(t.Context(), e, r)
			if err != nil || all.Pending {
				t.Fatal(all, err)
			}
			want := slices.DeleteFunc(all.List, func(s Suggestion) bool {
				return slices.Contains([]string{"query", "person", "org", "place", title}, s.Type) || !rest || len(v["person"])+len(v["not.person"]) > 0
			})
			if !got.Pending || !reflect.DeepEqual(got.List, want) {
				t.Errorf("%s %v: got %+v\nwant %+v", typed, params, got, want)
			}
		}
	}
}

func TestNameless(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "date:2024": true, "source:Reuters": true, "source:Reuters OR -topic:energy date:2024": true, "oil": false, "source:a oil": false,
		"person:a": false, "entity:a": false, "-org:a": false, "source:a +place:b": false, "has:person": false, "words:>5": false, `"a b"`: false,
	} {
		q, err := query.Parse(text, friday)
		if err != nil {
			t.Fatal(err)
		}
		if got := nameless(index.Request{Query: q, Match: query.MatchAll}); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
