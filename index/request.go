package index

import (
	"fmt"
	"slices"
	"time"

	"dateline/query"
)

// Resolve returns the request with its defaults spelt out, or a *ParamError when an engine cannot answer it. Every engine
// calls it first. A negative Size stays negative; Query and Interval stay as they are.
func (r Request) Resolve() (Request, error) {
	r.Match = orDefault(r.Match, query.MatchAuto)
	r.Sort = orDefault(r.Sort, SortRelevance)
	r.Count = orDefault(r.Count, Articles)
	r.Group = orDefault(r.Group, Articles)
	r.Variants = orDefault(r.Variants, VariantsMerged)
	r.Size = orDefault(r.Size, DefaultSize)
	r.FacetSize = orDefault(r.FacetSize, DefaultFacetSize)
	r.Zone = zoneOf(r.Zone)
	r.Recency = r.Recency.resolve(r.Filters, time.Now())
	units := []Unit{Articles, Texts, Stories}
	for _, err := range []error{
		oneOf("match", r.Match, []query.Match{query.MatchAuto, query.MatchAll, query.MatchAny}),
		oneOf("sort", r.Sort, []Sort{SortRelevance, SortNewest, SortOldest}),
		oneOf("count", r.Count, units),
		oneOf("group", r.Group, units),
		oneOf("variants", r.Variants, []Variants{VariantsMerged, VariantsOff}),
		oneOf("interval", r.Interval, append([]Interval{"", IntervalAuto}, Intervals...)),
		within("size", r.Size, min(r.Size, 0), MaxSize),
		within("facet_size", r.FacetSize, 1, MaxFacetSize),
		r.checkFacets(),
		checkZone(r.Zone),
		r.Filters.check(),
		r.Recency.check(),
		r.checkAround(),
	} {
		if err != nil {
			return Request{}, err
		}
	}
	return r, nil
}

// ResolveFacet is Resolve for Engine.Facet: the request that counts the facet of a field and nothing else.
func (r Request) ResolveFacet(field Field, prefix string) (Request, error) {
	switch n := len(prefix); {
	case !IsFacet(string(field)):
		return Request{}, notAllowed("field", string(field), FacetFields)
	case n > MaxValueBytes:
		return Request{}, &ParamError{Name: "prefix", Detail: fmt.Sprintf("has %d bytes; no value has more than %d", n, MaxValueBytes)}
	}
	return Request{
		Query: r.Query, Match: r.Match, Filters: r.Filters, Size: -1, Facets: []Field{field}, FacetSize: r.FacetSize, Count: r.Count,
		Zone: r.Zone, Variants: r.Variants, AsOf: r.AsOf,
	}.Resolve()
}

// checkZone refuses zones that have no name, which no other machine could be asked for.
func checkZone(zone *time.Location) error {
	if named(zone.String()) {
		return nil
	}
	return &ParamError{Name: "tz", Detail: fmt.Sprintf("is a zone without a name of the time zone database: %q", zone)}
}

func (r Request) checkFacets() error {
	for _, f := range r.Facets {
		if err := oneOf("facets", f, FacetFields); err != nil {
			return err
		}
	}
	return nil
}

func (f Filters) check() error {
	for field, values := range f.Include {
		if err := checkFilter(string(field), field, values); err != nil {
			return err
		}
	}
	for field, values := range f.Exclude {
		if err := checkFilter("not."+string(field), field, values); err != nil {
			return err
		}
	}
	for _, field := range f.Missing {
		if err := oneOf("missing", field, FacetFields); err != nil {
			return err
		}
	}
	return nil
}

func checkFilter(name string, field Field, values []string) error {
	if !IsFacet(string(field)) {
		return &ParamError{Name: name, Detail: "there is no such filter"}
	}
	if len(values) > MaxFilterValues {
		return &ParamError{Name: name, Detail: fmt.Sprintf("has %d values; at most %d are taken", len(values), MaxFilterValues)}
	}
	return nil
}

func orDefault[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

func oneOf[T ~string](name string, v T, known []T) error {
	if slices.Contains(known, v) {
		return nil
	}
	return &ParamError{Name: name, Detail: fmt.Sprintf("%q is not known", string(v))}
}

func within(name string, n, least, most int) error {
	if n >= least && n <= most {
		return nil
	}
	return &ParamError{Name: name, Detail: fmt.Sprintf("must be between %d and %d, not %d", max(least, 1), most, n)}
}

// HasWords reports whether a lowered tree has a word, phrase or the like outside of every Not: something to rank by. A
// request for SortRelevance whose tree has none is answered as SortNewest.
func HasWords(tree query.Node) bool {
	switch n := tree.(type) {
	case query.Boost:
		return HasWords(n.Node)
	case query.And:
		return slices.ContainsFunc(n.Nodes, HasWords) || slices.ContainsFunc(n.Optional, HasWords)
	case query.Or:
		return slices.ContainsFunc(n.Nodes, HasWords)
	}
	return query.IsProse(tree)
}
