package index

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Limits of completions.
const (
	DefaultCompletions = 10
	MaxCompletions     = 50
)

// CompletionRequest is what a reader has begun to type.
type CompletionRequest struct {
	Prefix string
	Fields []Field // whose values are looked for
	Words  bool    // words are looked for
	Size   int     // at most so many words, and values of each field; 0 is DefaultCompletions
	Prompt bool    // do not wait for what an engine that serves makes when it is opened and after writes: see Completions
}

// Completions are what may be meant by what was begun.
type Completions struct {
	Words  []Completion           `json:"words"`
	Values map[Field][]Completion `json:"values"` // of each field that was asked for
	// Pending says that the names of the index are still being made ready: of a prompt request there are no values of
	// EntityTypes yet, and to count or to search for words or names would wait. All else is as it will be.
	Pending bool `json:"pending,omitempty"`
	// Behind says that a prompt request was answered of how the index was before the latest writes, a moment ago.
	Behind bool `json:"behind,omitempty"`
}

// Completion is a word or a value.
type Completion struct {
	Text string `json:"text"`
	// Articles orders completions, the most first, then by Text in byte order. Of a value it is what the facet counts in the
	// whole index. Of a word it adds up the articles with exactly that term in each of DefaultTextFields, so that those of titles
	// count more; what a search for it finds, inflected and in other spellings, is for Count to say.
	Articles int `json:"articles"`
}

// CompareCompletions orders completions.
func CompareCompletions(a, b Completion) int {
	return cmp.Or(cmp.Compare(b.Articles, a.Articles), strings.Compare(a.Text, b.Text))
}

// Resolve returns the request with its defaults spelt out, or a *ParamError when an engine cannot answer it.
func (r CompletionRequest) Resolve() (CompletionRequest, error) {
	r.Size = orDefault(r.Size, DefaultCompletions)
	r.Fields = slices.Clone(r.Fields)
	if n := len(r.Prefix); n > MaxValueBytes {
		return r, &ParamError{Name: "prefix", Detail: fmt.Sprintf("has %d bytes; no value has more than %d", n, MaxValueBytes)}
	}
	for _, f := range r.Fields {
		if !IsFacet(string(f)) {
			return r, notAllowed("fields", string(f), FacetFields)
		}
	}
	return r, within("size", r.Size, 1, MaxCompletions)
}

// ResolveCount is Resolve for Engine.Count: what says which articles match, and nothing else.
func (r Request) ResolveCount() (Request, error) {
	return Request{Query: r.Query, Match: r.Match, Filters: r.Filters, Size: -1, Zone: r.Zone, Variants: r.Variants, AsOf: r.AsOf, Prompt: r.Prompt}.Resolve()
}
