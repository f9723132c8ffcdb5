package enginetest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"dateline/index"
)

// play does what a script says on an engine and returns what is not as expected.
func (s *script) play(ctx context.Context, e index.Engine) []error {
	passed.Store(0)
	var faults []error
	for i := range s.steps {
		for _, err := range s.steps[i].play(ctx, e) {
			faults = append(faults, fmt.Errorf("%s:%w", s.name, err))
		}
	}
	return faults
}

func (s *step) play(ctx context.Context, e index.Engine) []error {
	var faults []error
	check := func(got func(expectation) (string, error)) {
		for _, x := range s.expect {
			if fault := x.compare(got); fault != nil {
				faults = append(faults, fault)
			}
		}
	}
	fail := func(err error) { faults = append(faults, fmt.Errorf("%d: %w", s.line, err)) }
	switch s.verb {
	case "put":
		receipt, err := s.putAll(ctx, e)
		if err != nil {
			fail(err)
			break
		}
		check(counts(map[string]int{"indexed": receipt.Indexed, "updated": receipt.Updated, "unchanged": receipt.Unchanged, "rejected": len(receipt.Rejected)}))
	case "delete":
		n, err := e.Delete(ctx, s.ids)
		if err != nil {
			fail(err)
			break
		}
		check(counts(map[string]int{"deleted": n}))
	case "wait":
		d, err := time.ParseDuration(strings.Join(s.ids, ""))
		if err != nil {
			fail(err)
		}
		wait(d)
	case "versions":
		list, err := e.Versions(ctx, strings.Join(s.ids, " "))
		check(func(x expectation) (string, error) { return writeVersions(list, err, x) })
	case "stats":
		stats, err := e.Stats(ctx)
		if err != nil {
			fail(err)
			break
		}
		check(describe(stats))
	case "decide", "entity", "suggestions", "network":
		answer, err := s.askNames(ctx, e)
		if err != nil {
			fail(err)
			break
		}
		check(answer)
	case "complete":
		answer, err := s.complete(ctx, e)
		if err != nil {
			fail(err)
			break
		}
		check(answer)
	case "search", "export", "facet":
		a := answer{}
		if err := a.ask(ctx, e, s); err != nil {
			fail(err)
			break
		}
		check(a.get)
	}
	return faults
}

func (s *step) putAll(ctx context.Context, e index.Engine) (index.Receipt, error) {
	batch := make([]index.Article, len(s.articles))
	for i, a := range s.articles {
		batch[i] = identified(a)
	}
	return e.Put(ctx, batch)
}

// compare returns a fault when what the engine has, written as the script writes it, is not what the script says.
func (x expectation) compare(got func(expectation) (string, error)) error {
	have, err := got(x)
	if err != nil {
		return fmt.Errorf("%d: %s: %w", x.line, x.verb, err)
	}
	if want := strings.Join(strings.Fields(x.rest), " "); strings.Join(strings.Fields(have), " ") != want {
		return fmt.Errorf("%d: %s\n got %s\nwant %s", x.line, x.verb, have, want)
	}
	return nil
}

// counts writes the counts that an expectation names: "indexed=2 updated=0".
func counts(of map[string]int) func(expectation) (string, error) {
	values := map[string]string{}
	for name, n := range of {
		values[name] = strconv.Itoa(n)
	}
	return named(values)
}

// named writes those of the values that an expectation names.
func named(values map[string]string) func(expectation) (string, error) {
	return func(x expectation) (string, error) {
		pairs, err := pairsOf(x.rest)
		if err != nil {
			return "", err
		}
		var words []string
		for _, p := range pairs {
			value, ok := values[p.name]
			if !ok {
				return "", fmt.Errorf("there is no %q here", p.name)
			}
			words = append(words, p.name+"="+value)
		}
		return strings.Join(words, " "), nil
	}
}

// describe writes the statistics that an expectation names.
func describe(s index.Stats) func(expectation) (string, error) {
	values := map[string]string{
		"articles": strconv.Itoa(s.Articles), "texts": strconv.Itoa(s.Texts), "stories": strconv.Itoa(s.Stories),
		"versions": strconv.Itoa(s.Versions), "undated": strconv.Itoa(s.Undated), "sources": strconv.Itoa(s.Sources), "first": "none", "last": "none",
	}
	if !s.First.IsZero() {
		values["first"], values["last"] = index.Day.Label(s.First.Time), index.Day.Label(s.Last.Time)
	}
	for field, n := range s.Distinct {
		values["distinct."+string(field)] = strconv.Itoa(n)
	}
	for typ, n := range s.Entities {
		values["entities."+typ] = strconv.Itoa(n)
	}
	return named(values)
}

// answer is what a search or an export gave.
type answer struct {
	err   error           // of the engine
	pages []*index.Result // of a search, as many as are expected and one more
	ids   []string        // of an export
	facet *index.Facet    // of a search for values
	then  int             // pages that expectations have looked at
}

// ask sends the step's search or export. Only a step that cannot be asked at all is an error.
func (a *answer) ask(ctx context.Context, e index.Engine, s *step) error {
	r, err := s.request()
	if isParam(err) {
		a.err = err
		return nil
	}
	if err != nil {
		return err
	}
	switch s.verb {
	case "export":
		for article, err := range e.Export(ctx, r) {
			if a.err = err; err == nil {
				a.ids = append(a.ids, article.ID)
			}
		}
	case "facet":
		a.facet, a.err = e.Facet(ctx, r, index.Field(s.field), s.query)
	default:
		a.askPages(ctx, e, r, s)
	}
	if a.err != nil && !slices.ContainsFunc(s.expect, func(x expectation) bool { return x.verb == "error" }) {
		return a.err
	}
	return nil
}

// askPages reads the first page and one more for each that is expected.
func (a *answer) askPages(ctx context.Context, e index.Engine, r index.Request, s *step) {
	more := 0
	for _, x := range s.expect {
		if x.verb == "then" {
			more++
		}
	}
	for range 1 + more {
		result, err := e.Search(ctx, r)
		if err != nil {
			a.err = err
			return
		}
		a.pages = append(a.pages, result)
		if result.Next == nil {
			return
		}
		r.Cursor = *result.Next
	}
}

// request makes the request of a search, export or facet.
func (s *step) request() (index.Request, error) {
	v := url.Values{}
	for _, p := range s.with {
		v.Add(p.name, p.value)
	}
	r, err := index.ParseRequest(v, now)
	if err != nil {
		return r, err
	}
	if s.verb == "search" && v.Get("sort") == "" {
		r.Sort = index.SortNewest
	}
	if s.verb == "facet" {
		return r, nil
	}
	if r.Query, err = parse(s.query, r.Zone); err != nil {
		return r, fmt.Errorf("query %s: %w", s.query, err)
	}
	return r, nil
}

func isParam(err error) bool {
	e := (*index.ParamError)(nil)
	return errors.As(err, &e)
}

// get writes what an expectation asks for.
func (a *answer) get(x expectation) (string, error) {
	if x.verb == "error" {
		if e := (*index.ParamError)(nil); errors.As(a.err, &e) {
			return e.Name, nil
		}
		return "", fmt.Errorf("got %v, want a fault of a parameter", a.err)
	}
	switch {
	case a.facet != nil:
		return writeValues(a.facet, x, ""), nil
	case a.pages == nil:
		return strings.Join(a.ids, " "), nil
	}
	first := a.pages[0]
	switch x.verb {
	case "hits":
		return strings.Join(ids(first.Hits), " "), nil
	case "then":
		if a.then++; a.then >= len(a.pages) {
			return "", errors.New("there is no such page")
		}
		return strings.Join(ids(a.pages[a.then].Hits), " "), nil
	case "end":
		if last := a.pages[len(a.pages)-1]; last.Next != nil || a.then < len(a.pages)-1 {
			return "", errors.New("there is another page")
		}
		return "", nil
	case "match":
		if first.Query.Relaxed {
			return string(first.Query.Match) + " relaxed", nil
		}
		return string(first.Query.Match), nil
	case "total":
		return writeTotal(first.Total, x)
	case "facet":
		return writeFacet(first, x)
	case "timeline":
		return writeTimeline(first.Timeline, x)
	case "suggestion":
		if first.Suggestion == nil {
			return "", nil
		}
		return fmt.Sprintf("%s finds %d", first.Suggestion.Query, first.Suggestion.Total), nil
	case "variants":
		return writeVariants(first.Query.Variants), nil
	case "place", "whole":
		return writeAround(first.Around, x.verb), nil
	case "clauses", "narrowing":
		return writeParts(first, x.verb), nil
	}
	return a.hit(x)
}

// hit writes what an expectation asks of one hit, which it names first.
func (a *answer) hit(x expectation) (string, error) {
	id, _, _ := strings.Cut(x.rest, " ")
	for _, p := range a.pages {
		for _, h := range p.Hits {
			if h.ID == id {
				return id + " " + writeHit(h, x.verb), nil
			}
		}
	}
	return "", fmt.Errorf("%s is no hit", id)
}

// writeParts writes what the parts of a query find: "oil 2/1, not gas 1/0", or what it finds without each filter: "source 2".
func writeParts(r *index.Result, verb string) string {
	var parts []string
	if verb == "narrowing" {
		for _, n := range r.Narrowing {
			parts = append(parts, fmt.Sprintf("%s %d", n.Filter, n.Articles))
		}
		return strings.Join(parts, ", ")
	}
	for _, c := range r.Clauses {
		not := ""
		if c.Excluded {
			not = "not "
		}
		parts = append(parts, fmt.Sprintf("%s%s %d/%d", not, c.Text, c.Articles, c.Filtered))
	}
	return strings.Join(parts, ", ")
}
