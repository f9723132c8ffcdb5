// Package memory is the plainest Engine: it keeps the articles in a map and looks at every one of them for every question.
// It is the oracle of the engines' tests and the fake of the server's.
package memory

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"time"

	"dateline/index"
	"dateline/index/aliases"
	"dateline/index/analysis"
	"dateline/index/marks"
)

// Options of New. The zero value is usable.
type Options struct {
	Clock index.Clock // nil is time.Now
}

// Engine is an index.Engine that forgets everything when it is closed.
type Engine struct {
	clock index.Clock

	mu      sync.RWMutex
	closed  bool
	kept    map[string]*entry // by id
	past    map[string][]past // earlier versions, by id, the oldest first
	changes index.Changes
	log     aliases.Log
	graphs  map[string]*aliases.Graph // by type
	books   func() *books             // of what is kept and decided
}

var _ index.Engine = (*Engine)(nil)

// New returns an empty engine.
func New(o Options) *Engine {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	e := &Engine{clock: o.Clock, kept: map[string]*entry{}, past: map[string][]past{}, graphs: map[string]*aliases.Graph{}}
	for _, typ := range index.EntityTypes {
		e.graphs[typ] = &aliases.Graph{}
	}
	e.changed()
	return e
}

// entry is an article as the engine looks at it. It is never changed once it is in the map.
type entry struct {
	article index.Article
	since   index.Time         // when a reader first saw it so
	when    index.Time         // its Instant in the zone of the search
	texts   []text             // the fields of prose
	values  map[string][]value // by exact field; those whose key is empty are left out
	aliases map[string][]alias // by type of entity
}

// text is one field of prose of an article.
type text struct {
	field  string
	tokens []token
}

type token struct {
	term, stem                    string
	language                      analysis.Language // of the article
	position, sentence, paragraph int
	classes                       marks.Set // of the mentions that it lies in
}

type value struct{ key, written string }

// exactFields are the fields that a query.Value may name.
var exactFields = append([]string{"id", "story", "text", "flag", "entity"}, fieldNames(index.FacetFields)...)

func fieldNames(fields []index.Field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = string(f)
	}
	return names
}

func newEntry(a index.Article) *entry {
	e := &entry{article: a, when: a.Published, values: map[string][]value{}, aliases: map[string][]alias{}}
	for _, f := range index.TextFields {
		e.texts = append(e.texts, text{f.Name, tokens(&a, f)})
	}
	for _, f := range exactFields {
		for _, v := range a.Values(f) {
			if key := analysis.Fold(v); key != "" {
				e.values[f] = append(e.values[f], value{key, v})
			}
		}
	}
	for _, typ := range index.EntityTypes {
		e.aliases[typ] = aliasesOf(&a, typ)
	}
	return e
}

func tokens(a *index.Article, f index.TextField) []token {
	var list []token
	text, l := f.Of(a), analysis.LanguageOf(a.Language)
	found := analysis.Tokens(nil, text)
	for _, t := range found {
		list = append(list, token{t.Term, l.Stem(t.Term), l, t.Position, t.Sentence, t.Paragraph, 0})
	}
	if slices.Contains(index.DefaultTextFields, f.Name) {
		for i, s := range new(marks.Marker).Mark(a.Entities, f.Name, text, found) {
			list[i].classes = s
		}
	}
	return list
}

// text returns a field of prose, and whether there is one of the name.
func (e *entry) text(field string) (text, bool) {
	for _, t := range e.texts {
		if t.field == field {
			return t, true
		}
	}
	return text{}, false
}

// copyOf returns the article as its JSON carries it, sharing nothing with a.
func copyOf(a index.Article) (index.Article, error) {
	var c index.Article
	text, err := json.Marshal(a)
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	if err != nil {
		return c, fmt.Errorf("copying article %q: %w", a.ID, err)
	}
	return c, nil
}

// past is an earlier version.
type past struct {
	*entry
	until index.Time
}

// same reports whether two articles are equal but for what an engine sets and where they were read from.
func same(a, b index.Article) bool {
	a.Indexed, a.Path, a.Format, a.Version, a.Changed = b.Indexed, b.Path, b.Format, b.Version, b.Changed
	one, err1 := json.Marshal(a)
	two, err2 := json.Marshal(b)
	return err1 == nil && err2 == nil && bytes.Equal(one, two)
}

// Put implements index.Engine.
func (e *Engine) Put(ctx context.Context, articles []index.Article) (index.Receipt, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.usable(ctx); err != nil {
		return index.Receipt{}, err
	}
	defer e.changed()
	var receipt index.Receipt
	for i := range articles {
		if reason, detail := index.Check(&articles[i]); reason != "" {
			receipt.Reject(i, len(articles), reason, detail)
			continue
		}
		outcome, err := e.put(articles[i])
		if err != nil {
			return index.Receipt{}, err
		}
		receipt.Count(i, len(articles), outcome)
	}
	e.changes = e.changes.Plus(index.Changes{Indexed: receipt.Indexed, Updated: receipt.Updated})
	return receipt, nil
}

// put keeps one article.
func (e *Engine) put(a index.Article) (index.Outcome, error) {
	a, err := copyOf(a)
	if err != nil {
		return index.Rejected, err
	}
	outcome := index.Indexed
	old, known := e.kept[a.ID]
	if known {
		if same(a, old.article) {
			return index.Unchanged, nil
		}
		outcome = index.Updated
	}
	now := index.At(e.clock())
	a.Indexed, a.Version, a.Changed = now, 0, index.Time{}
	since := now
	if known {
		if index.Differs(&old.article, &a) {
			e.past[a.ID] = append(e.past[a.ID], past{old, now})
		} else {
			since = old.since
		}
	}
	if n := len(e.past[a.ID]); n > 0 {
		a.Version, a.Changed = n+1, since
	}
	e.kept[a.ID] = newEntry(a)
	e.kept[a.ID].since = since
	return outcome, nil
}

// Versions implements index.Engine.
func (e *Engine) Versions(ctx context.Context, id string) ([]index.Version, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if err := e.usable(ctx); err != nil {
		return nil, err
	}
	now, ok := e.kept[id]
	if !ok {
		return nil, index.ErrNotFound
	}
	var list []index.Version
	for i, p := range append(slices.Clone(e.past[id]), past{entry: now}) {
		a, err := copyOf(p.article)
		if err != nil {
			return nil, err
		}
		list = append(list, index.Version{Number: i + 1, Since: p.since, Until: p.until, Article: a})
	}
	return list, nil
}

// Get implements index.Engine.
func (e *Engine) Get(ctx context.Context, id string) (index.Article, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if err := e.usable(ctx); err != nil {
		return index.Article{}, err
	}
	found, ok := e.kept[id]
	if !ok {
		return index.Article{}, index.ErrNotFound
	}
	return copyOf(found.article)
}

// Delete implements index.Engine.
func (e *Engine) Delete(ctx context.Context, ids []string) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.usable(ctx); err != nil {
		return 0, err
	}
	defer e.changed()
	before := len(e.kept)
	for _, id := range ids {
		delete(e.kept, id)
		delete(e.past, id)
	}
	n := before - len(e.kept)
	e.changes.Deleted += n
	return n, nil
}

// Search implements index.Engine.
func (e *Engine) Search(ctx context.Context, r index.Request) (*index.Result, error) {
	begin := time.Now()
	r, err := r.Resolve()
	if err != nil {
		return nil, err
	}
	st, err := e.snapshot(ctx, r.Zone, r.AsOf)
	if err != nil {
		return nil, err
	}
	result, err := answer(ctx, r, st)
	if err != nil {
		return nil, err
	}
	result.TookMS = float64(time.Since(begin).Microseconds()) / 1000
	return result, nil
}

// Export implements index.Engine.
func (e *Engine) Export(ctx context.Context, r index.Request) iter.Seq2[index.Article, error] {
	return func(yield func(index.Article, error) bool) {
		hits, err := e.exported(ctx, r)
		for i := 0; i < len(hits) && err == nil; i++ {
			var a index.Article
			if err = ctx.Err(); err == nil {
				a, err = copyOf(hits[i].article)
			}
			if err == nil && !yield(a, nil) {
				return
			}
		}
		if err != nil {
			yield(index.Article{}, err)
		}
	}
}

// exported returns what Export yields, in order.
func (e *Engine) exported(ctx context.Context, r index.Request) ([]hit, error) {
	r.Size, r.Cursor, r.Facets, r.Interval = 0, "", nil, ""
	r, err := r.Resolve()
	if err != nil {
		return nil, err
	}
	s, err := e.find(ctx, r)
	if err != nil {
		return nil, err
	}
	if r.Sort == index.SortRelevance && !index.HasWords(s.tree) {
		s.sort = index.SortOldest
	}
	return s.ordered(), nil
}

// Close implements index.Engine.
func (e *Engine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed, e.kept = true, nil
	return nil
}

// usable returns why the engine cannot serve a call. The caller holds the lock.
func (e *Engine) usable(ctx context.Context) error {
	if e.closed {
		return index.ErrClosed
	}
	return ctx.Err()
}

// state is the index as a search sees it.
type state struct {
	all     []*entry // by id
	books   func() *books
	changes index.Changes
	// versions are how many earlier versions the articles have.
	versions int
}

// changed forgets the books, which are of another state. The caller holds the lock.
func (e *Engine) changed() {
	all, decided := e.sorted(), e.log.Decided()
	e.books = sync.OnceValue(func() *books { return newBooks(all, e.graphs, decided) })
}

// sorted returns every article, by id. The caller holds the lock.
func (e *Engine) sorted() []*entry {
	return slices.SortedFunc(maps.Values(e.kept), func(a, b *entry) int { return cmp.Compare(a.article.ID, b.article.ID) })
}

// at returns what the index had at a time, by id. The caller holds the lock.
func (e *Engine) at(t time.Time) (all []*entry) {
	for _, now := range e.sorted() {
		for _, p := range append(slices.Clone(e.past[now.article.ID]), past{entry: now}) {
			if v := (index.Version{Since: p.since, Until: p.until}); v.At(index.Time{Time: t}) {
				all = append(all, p.entry)
			}
		}
	}
	return all
}

// snapshot returns the index as a search in a zone has it, at a time, or now if that is zero.
func (e *Engine) snapshot(ctx context.Context, zone *time.Location, asOf time.Time) (*state, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if err := e.usable(ctx); err != nil {
		return nil, err
	}
	st := &state{all: e.sorted(), books: e.books, changes: e.changes}
	if !asOf.IsZero() {
		all, decided := e.at(asOf), e.log.Decided()
		st.all, st.books = slices.Clone(all), sync.OnceValue(func() *books { return newBooks(all, e.graphs, decided) })
	}
	for _, list := range e.past {
		st.versions += len(list)
	}
	for i, one := range st.all {
		if when := one.article.Instant(zone); when != one.when {
			moved := *one
			moved.when = when
			st.all[i] = &moved
		}
	}
	return st, nil
}
