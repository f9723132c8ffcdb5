// Package suggest finds what a reader may be about to type: words, names, sources, dates and titles, each with the articles
// that the query will find when it is chosen.
package suggest

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/query"
)

// Engine is what is asked of an index.Engine.
type Engine interface {
	Complete(ctx context.Context, r index.CompletionRequest) (*index.Completions, error)
	Count(ctx context.Context, requests []index.Request) ([]int, error)
	Search(ctx context.Context, r index.Request) (*index.Result, error)
}

// Suggestion is one way to go on. Suggestions stand by type, in the order of Types, and then by count, the largest first, and
// by text in byte order.
type Suggestion struct {
	Type  string     `json:"type"`
	Text  string     `json:"text"`  // what is shown
	Query *string    `json:"query"` // the whole query when it is chosen; null for a title
	ID    string     `json:"id,omitempty"`
	URL   string     `json:"url"`
	Count int        `json:"count"` // articles that the query finds, all words asked for unless the search says any, with its filters
	Unit  index.Unit `json:"unit"`
}

// Types are the types of suggestions, and how many there are of each at most.
var Types = []struct {
	Name string
	Most int
}{
	{"query", 4}, {"person", 3}, {"org", 3}, {"place", 3}, {"source", 3}, {"agency", 2}, {"author", 2}, {"topic", 2}, {"section", 1},
	{"language", 1}, {"date", 2}, {title, 3},
}

const title = "title"

// Request is a search as far as it is typed.
type Request struct {
	Params url.Values // of the search, with q; how it looks makes no difference
	Caret  int        // in characters; negative is at the end
	Now    time.Time
}

// Bounds of what is tried.
const (
	maxWords   = 10   // of which the best are shown
	maxBack    = 2    // words before the one at the caret that may belong to a name or a date
	maxText    = 1024 // bytes of a query that is worth completing
	titleFloor = 3    // letters of a word that titles are looked for by
)

// Found is what there is to suggest.
type Found struct {
	List []Suggestion
	// Pending says that the engine has just been opened and that words and names are not suggested yet, nor what is counted with
	// them; the rest is as it will be.
	Pending bool
	// Behind says that the answer is of how the index was before the latest writes, a moment ago.
	Behind bool
}

// Find finds suggestions. There are none for what cannot be read. Errors: those of index.ParseRequest for other parameters than
// q, and of the engine.
func Find(ctx context.Context, e Engine, r Request) (Found, error) {
	f := finder{ctx: ctx, engine: e, params: url.Values{}, now: r.Now}
	for name, values := range r.Params {
		if name != "q" && name != "cursor" {
			f.params[name] = values
		}
	}
	base, err := index.ParseRequest(f.params, r.Now)
	if err != nil {
		return Found{}, err
	}
	if base.Zone != nil {
		f.now = r.Now.In(base.Zone)
	}
	text := r.Params.Get("q")
	p := at(text, r.Caret)
	if len(text) > maxText || !plain(p.typed) {
		return Found{List: []Suggestion{}}, nil
	}
	if err := f.collect(p); err != nil {
		return Found{}, err
	}
	list, err := f.counted(p)
	return Found{list, f.pending, f.behind}, err
}

// finder collects suggestions.
type finder struct {
	ctx    context.Context
	engine Engine
	params url.Values
	now    time.Time
	list   []Suggestion

	pending, behind bool // see Found
}

// collect finds candidates.
func (f *finder) collect(p place) error {
	field, known := query.FieldNamed(p.field)
	if !known || field.Kind == query.KindText {
		if err := f.words(p); err != nil {
			return err
		}
	}
	if !known || field.Kind == query.KindDate {
		f.dates(p)
	}
	if p.quoted || known && field.Kind != query.KindValue {
		return nil
	}
	return f.values(p, fieldsFor(p.field))
}

// fieldsFor returns the facets whose values are suggested in a field.
func fieldsFor(field string) []index.Field {
	switch {
	case field == "entity":
		return []index.Field{index.FieldPerson, index.FieldOrg, index.FieldPlace}
	case index.IsFacet(field):
		return []index.Field{index.Field(field)}
	case field != "":
		return nil
	}
	return []index.Field{index.FieldPerson, index.FieldOrg, index.FieldPlace, index.FieldSource, index.FieldAgency, index.FieldAuthor, index.FieldTopic, index.FieldSection}
}

// note takes up how an answer of the engine stands to the present.
func (f *finder) note(c *index.Completions) {
	f.pending, f.behind = f.pending || c.Pending, f.behind || c.Behind
}

func (f *finder) add(typ, text, q string) {
	f.list = append(f.list, Suggestion{Type: typ, Text: text, Query: &q, Unit: index.Articles})
}

// words suggests words of the index, and the query as it stands.
func (f *finder) words(p place) error {
	c, err := f.engine.Complete(f.ctx, index.CompletionRequest{Prefix: p.typed, Words: true, Size: maxWords, Prompt: true})
	if err != nil {
		return err
	}
	f.note(c)
	stems := map[string]bool{}
	for _, word := range slices.Insert(c.Words, 0, index.Completion{Text: p.typed}) {
		stem := analysis.LanguageOf("en").Stem(analysis.Term(word.Text))
		if !stems[stem] { // inflections find the same
			stems[stem] = true
			q := p.withWord(word.Text)
			f.add("query", q, q)
		}
	}
	return nil
}

// values suggests values by what was typed, with words before it where there are such.
func (f *finder) values(p place, fields []index.Field) error {
	for _, p := range p.back(maxBack) {
		c, err := f.engine.Complete(f.ctx, index.CompletionRequest{Prefix: p.typed, Fields: fields, Size: 5, Prompt: true})
		if err != nil {
			return err
		}
		f.note(c)
		found := false
		for _, field := range fields {
			list := c.Values[field]
			for _, v := range list[:min(len(list), most(string(field))+1)] {
				found = true
				f.add(string(field), v.Text, p.with(query.Value{Field: string(field), Text: v.Text}.String()))
			}
		}
		if found {
			return nil
		}
	}
	return nil
}

func most(typ string) int {
	for _, t := range Types {
		if t.Name == typ {
			return t.Most
		}
	}
	return 0
}

// dates suggests the date that was typed.
func (f *finder) dates(p place) {
	if p.quoted {
		return
	}
	for _, p := range p.back(maxBack) {
		if d, ok := readDate(p.typed, f.now); ok {
			f.add("date", d.text, p.with(cmp.Or(p.field, "date")+":"+d.date))
			return
		}
	}
}

// counted leaves the suggestions that find something, with how many articles they find, and adds titles.
func (f *finder) counted(p place) ([]Suggestion, error) {
	kept, requests := f.readable()
	titles, hasTitles := f.titleRequest(p)
	if hasTitles = hasTitles && !f.pending; hasTitles {
		requests = append(requests, titles)
	}
	counts, err := f.count(requests)
	if err != nil {
		return nil, err
	}
	for i := range kept {
		kept[i].Count = counts[i]
	}
	list := best(kept)
	if hasTitles && counts[len(counts)-1] > 0 {
		found, err := f.titles(titles)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

// count counts what requests find. Where one of them costs too much, each is counted by itself, and that one finds nothing.
func (f *finder) count(requests []index.Request) ([]int, error) {
	counts, err := f.engine.Count(f.ctx, requests)
	if _, costs := err.(*query.Error); !costs {
		return counts, err
	}
	counts = make([]int, len(requests))
	for i, r := range requests {
		n, err := f.engine.Count(f.ctx, []index.Request{r})
		if _, costs := err.(*query.Error); costs {
			continue
		}
		if err != nil {
			return nil, err
		}
		counts[i] = n[0]
	}
	return counts, nil
}

// readable leaves the suggestions whose query can be read, each query once, with their requests.
func (f *finder) readable() (kept []Suggestion, requests []index.Request) {
	seen := map[string]bool{}
	for _, s := range f.list {
		if seen[*s.Query] {
			continue
		}
		seen[*s.Query] = true
		r, at, ok := f.request(*s.Query)
		if !ok || f.pending && !nameless(r) {
			continue
		}
		s.URL = at
		kept, requests = append(kept, s), append(requests, r)
	}
	return kept, requests
}

// request returns the search for a query, and its address.
func (f *finder) request(q string) (r index.Request, address string, ok bool) {
	v := url.Values{"q": {q}}
	for name, values := range f.params {
		v[name] = values
	}
	r, err := index.ParseRequest(v, f.now)
	if err != nil {
		return r, "", false
	}
	if r.Match != query.MatchAny {
		r.Match = query.MatchAll
	}
	r.Prompt = true
	return r, "/search?" + v.Encode(), true
}

// best orders what finds something, and leaves the best of each type.
func best(list []Suggestion) []Suggestion {
	kept := []Suggestion{}
	for _, t := range Types {
		var some []Suggestion
		for _, s := range list {
			if s.Type == t.Name && s.Count > 0 {
				some = append(some, s)
			}
		}
		slices.SortFunc(some, func(a, b Suggestion) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Text, b.Text))
		})
		kept = append(kept, some[:min(len(some), t.Most)]...)
	}
	return kept
}

// titleRequest asks for titles that have what was typed: the last word may go on.
func (f *finder) titleRequest(p place) (index.Request, bool) {
	words := strings.Fields(p.typed)
	if p.quoted || p.field != "" && p.field != title || len(words) != 1 || len([]rune(p.typed)) < titleFloor {
		return index.Request{}, false
	}
	all := p.back(len(p.text))
	typed := all[0].typed
	r, _, ok := f.request("title:(" + typed + "*)")
	r.Sort, r.Size, r.Facets, r.Interval, r.Unmarked, r.Explain, r.Group = index.SortNewest, most(title), nil, "", true, false, ""
	return r, ok
}

// titles suggests the newest articles of a request.
func (f *finder) titles(r index.Request) (list []Suggestion, err error) {
	found, err := f.engine.Search(f.ctx, r)
	if err != nil {
		return nil, err
	}
	for _, h := range found.Hits {
		list = append(list, Suggestion{Type: title, Text: h.Title, ID: h.ID, URL: "/article/" + index.EscapeID(h.ID), Count: 1, Unit: index.Articles})
	}
	return list, nil
}
