package embedded

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"dateline/index"
	"dateline/query"
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
	e.preparation.serves.Store(true)
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
	got := complete(true)
	if got.Behind = false; !reflect.DeepEqual(got, want) { // it may be, where segments were merged by now
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
	for !e.preparation.opened.Load() {
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

// serving is an engine that answers as one that serves, but is prepared by the test alone.
func serving(t *testing.T) *Engine {
	t.Helper()
	e := mustOpen(t, t.TempDir(), Options{})
	e.preparation.serves.Store(true)
	return e
}

// quay is an article about somebody.
func quay(id string) index.Article {
	return index.Article{ID: id, Title: "quay " + id, Entities: []index.Entity{{Type: index.Person, Name: "Ruslan Mirzaev", Count: 1}}}
}

// quays asks in every way how many articles there are about somebody, or have a word, and returns whether the answer is behind.
func quays(t *testing.T, e *Engine, prompt bool, want int) (behind bool) {
	t.Helper()
	c, err := e.Complete(t.Context(), index.CompletionRequest{Prefix: "m", Fields: []index.Field{index.FieldPerson}, Prompt: prompt})
	if err != nil {
		t.Fatal(err)
	}
	if list := c.Values[index.FieldPerson]; len(list) != 1 || list[0].Articles != want {
		t.Errorf("prompt %v: completions %v, want %d articles", prompt, list, want)
	}
	r := oneNode(query.Word{Text: "quay"})
	r.Prompt = prompt
	found, err := e.Search(t.Context(), r)
	if err != nil || found.Total.Articles != want {
		t.Errorf("prompt %v: a search finds %+v, want %d articles, %v", prompt, found, want, err)
	}
	counts, err := e.Count(t.Context(), []index.Request{r, r})
	if err != nil || counts[0] != want || counts[1] != want {
		t.Errorf("prompt %v: counts %v, want %d, %v", prompt, counts, want, err)
	}
	return c.Behind
}

// prepared prepares the present state, until that is what prompt questions are answered of: segments are merged meanwhile, which
// makes another state of the same articles.
func prepared(t *testing.T, e *Engine, want int) {
	t.Helper()
	for e.prepare(t.Context()); quays(t, e, true, want); e.prepare(t.Context()) {
		if t.Context().Err() != nil || t.Failed() {
			t.Fatal("what is prepared stays behind")
		}
	}
	if quays(t, e, false, want) {
		t.Error("the present state is behind")
	}
}

// TestBehind: a prompt question is answered of the latest prepared state, and says so where that is not the present one; others
// are of the present.
func TestBehind(t *testing.T) {
	e := serving(t)
	mustPut(t, e, []index.Article{quay("a")})
	prepared(t, e, 1)
	for n := 2; n < 5; n++ {
		mustPut(t, e, []index.Article{quay(string(rune('a' + n)))})
		if !quays(t, e, true, n-1) || quays(t, e, false, n) {
			t.Error("what is behind does not say so, or what is not does")
		}
		prepared(t, e, n)
	}
	if _, err := e.Delete(t.Context(), []string{"a"}); err != nil {
		t.Fatal(err)
	}
	if !quays(t, e, true, 4) || quays(t, e, false, 3) {
		t.Error("after a deletion: what is behind does not say so, or what is not does")
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Complete(t.Context(), index.CompletionRequest{Prefix: "m", Prompt: true}); err != index.ErrClosed {
		t.Errorf("after closing: %v", err)
	}
}

// TestBehindAfterFailure: when writing ends by a failure, the prepared state goes with the segments that it reads.
func TestBehindAfterFailure(t *testing.T) {
	e := serving(t)
	mustPut(t, e, []index.Article{quay("a")})
	e.prepare(t.Context())
	mustPut(t, e, []index.Article{quay("b")})
	e.fail("a made-up failure", false)
	quays(t, e, true, 2)
	prepared(t, e, 2)
}

// TestPromptWhileWriting: what prompt questions count never goes back while articles come in, and becomes what there is.
func TestPromptWhileWriting(t *testing.T) {
	e := mustOpen(t, t.TempDir(), Options{Serve: true})
	mustPut(t, e, []index.Article{quay("first")})
	const articles = 40
	done := make(chan struct{})
	go func() {
		defer close(done)
		for n := range articles - 1 {
			if _, err := e.Put(t.Context(), []index.Article{quay(fmt.Sprint(n))}); err != nil {
				t.Error(err)
			}
		}
	}()
	r := oneNode(query.Word{Text: "quay"})
	r.Prompt = true
	for last, writing := 0, true; last < articles; {
		counts, err := e.Count(t.Context(), []index.Request{r})
		if err != nil || counts[0] < last || counts[0] > articles {
			t.Fatalf("%v after %d, %v", counts, last, err)
		}
		last = counts[0]
		select {
		case <-done:
			if writing = false; t.Failed() {
				return
			}
		default:
		}
		if !writing {
			time.Sleep(time.Millisecond)
		}
	}
}
