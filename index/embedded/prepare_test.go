package embedded

import (
	"reflect"
	"testing"
	"time"

	"dateline/index"
)

// TestPrompt: while an engine that serves is made ready, a prompt question has everything but names, and others wait for these.
func TestPrompt(t *testing.T) {
	e := mustOpen(t, t.TempDir(), Options{})
	mustPut(t, e, zipfArticles(50, 1))
	asked := index.CompletionRequest{Prefix: "t", Words: true, Fields: index.FacetFields}
	complete := func(prompt bool) *index.Completions {
		r := asked
		r.Prompt = prompt
		c, err := e.Complete(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	want := complete(false)
	if len(want.Words) == 0 || len(want.Values[index.FieldPerson]) == 0 || want.Pending {
		t.Fatalf("got %+v", want)
	}
	if got := complete(true); !reflect.DeepEqual(got, want) {
		t.Errorf("an engine that does not serve: %+v", got)
	}
	e.preparation.serves = true
	if got := complete(false); !reflect.DeepEqual(got, want) {
		t.Errorf("who waits: %+v", got)
	}
	without := &index.Completions{Words: want.Words, Values: map[index.Field][]index.Completion{}, Pending: true}
	for field, list := range want.Values {
		if without.Values[field] = list; isNames(string(field)) {
			without.Values[field] = []index.Completion{}
		}
	}
	if got := complete(true); !reflect.DeepEqual(got, without) {
		t.Errorf("before it is ready: %+v\nwant %+v", got, without)
	}
	e.prepare(t.Context())
	if got := complete(true); !reflect.DeepEqual(got, want) {
		t.Errorf("when it is ready: %+v", got)
	}
}

// TestServe: an engine that serves makes itself ready when it is opened, for writing and for reading, and again after a write.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	e := mustOpen(t, dir, Options{Serve: true})
	awaitPrepared(t, e)
	mustPut(t, e, zipfArticles(20, 1))
	for made := false; !made; {
		err := e.view(t.Context(), func(v *view) error {
			_, made = v.facts.counts.Load(index.Person)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Millisecond)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	awaitPrepared(t, mustOpen(t, dir, Options{ReadOnly: true, Serve: true}))
	awaitPrepared(t, mustOpen(t, t.TempDir(), Options{Serve: true}))
}

func awaitPrepared(t *testing.T, e *Engine) {
	t.Helper()
	for e.preparation.pending() {
		if t.Context().Err() != nil {
			t.Fatal("it was never ready")
		}
		time.Sleep(time.Millisecond)
	}
}

// TestClosedWhilePrepared closes engines that are being made ready.
func TestClosedWhilePrepared(t *testing.T) {
	dir := t.TempDir()
	e := mustOpen(t, dir, Options{})
	mustPut(t, e, zipfArticles(300, 1))
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	for _, o := range []Options{{Serve: true}, {Serve: true, ReadOnly: true}} {
		e := mustOpen(t, dir, o)
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestGraphsSaved: what is known of names is written when the engine is closed, however little it is.
func TestGraphsSaved(t *testing.T) {
	dir := t.TempDir()
	for n := range 3 {
		e := mustOpen(t, dir, Options{})
		mustPut(t, e, []index.Article{{ID: string(rune('a' + n)), Title: "x", Entities: []index.Entity{{Type: index.Org, Name: "Harbour " + string(rune('A'+n)), Count: 1}}}})
		if err := e.compareNames(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		if got := (&graphs{dir: dir}).graph(index.Org).Len(); got != n+1 {
			t.Errorf("%d names are remembered, want %d", got, n+1)
		}
	}
}

func TestBeginningsInOrder(t *testing.T) {
	for _, pair := range [][2]string{{"", "a"}, {"a", "b"}, {"abcdefgh", "abcdefghi"}, {"abcdefg", "abcdefh"}, {"\xff", "\xff\xff"}} {
		if head(pair[0]) > head(pair[1]) {
			t.Errorf("%q does not come before %q", pair[0], pair[1])
		}
	}
}
