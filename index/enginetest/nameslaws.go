package enginetest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dateline/index"
	"dateline/index/analysis"
)

// entityFoundByNames looks for an entity by each of its names.
func entityFoundByNames(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	r.AsOf = time.Time{} // an Entity is of the present
	typ := pick(d, index.EntityTypes)
	r.Variants, r.FacetSize = index.VariantsMerged, index.MaxFacetSize
	all, err := e.Facet(ctx, r, index.Field(typ), "")
	if err != nil || len(all.Values) == 0 {
		return err
	}
	v := pick(d, all.Values)
	info, err := e.Entity(ctx, typ, v.Value)
	if err == index.ErrNotFound && v.Selected {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s %q: %w", typ, v.Value, err)
	}
	if v.Names != len(info.Names) && !(v.Names == 0 && len(info.Names) == 1) {
		return fmt.Errorf("%s has %d names: %s", text(v), len(info.Names), text(info))
	}
	for _, n := range info.Names {
		if found, err := e.Facet(ctx, r, index.Field(typ), n.Name); err != nil || !slices.Contains(found.Values, v) {
			return fmt.Errorf("%s %q does not find %s but %s, %v", typ, n.Name, text(v), text(found), err)
		}
	}
	return nil
}

// entityIsUnion compares an entity with what its names find, each by itself.
func entityIsUnion(ctx context.Context, e index.Engine, _ index.Request, d *dice) error {
	typ := pick(d, index.EntityTypes)
	info, err := e.Entity(ctx, typ, pick(d, values[index.Field(typ)]))
	if err == index.ErrNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	r := index.Request{Filters: index.Filters{Include: map[index.Field][]string{index.Field(typ): {info.Name}}}, Size: 100}
	result, err := e.Search(ctx, r)
	if err != nil {
		return err
	}
	if result.Total != info.Total {
		return fmt.Errorf("%s finds %s", text(info), text(result.Total))
	}
	r.Variants, r.Filters.Include[index.Field(typ)] = index.VariantsOff, nil
	for _, n := range info.Names {
		r.Filters.Include[index.Field(typ)] = append(r.Filters.Include[index.Field(typ)], n.Name)
	}
	union, err := e.Search(ctx, r)
	if err != nil {
		return err
	}
	if union.Total != info.Total || text(ids(union.Hits)) != text(ids(result.Hits)) {
		return fmt.Errorf("%s finds %q, its names by themselves %q", text(info), ids(result.Hits), ids(union.Hits))
	}
	return nil
}

// undo takes back a decision in both, after which every answer of the engine is what it was.
func (r *round) undo(ctx context.Context, req index.Request) {
	req = plain(req)
	before, err1 := everything(ctx, r.engine, req)
	decision := r.decision()
	for decision.Action == index.ActionUndo {
		decision = r.decision()
	}
	for _, d := range []index.Decision{decision, {Action: index.ActionUndo}} {
		for _, e := range []index.Engine{r.engine, r.oracle} {
			if _, err := e.Decide(ctx, []index.Decision{d}); err != nil && d.Action == index.ActionUndo {
				r.fault("undo of %s: %v", text(decision), err)
			} else if err != nil {
				return // which the oracle finds too; see decide
			}
		}
	}
	after, err2 := everything(ctx, r.engine, req)
	if before != after || err1 != nil || err2 != nil {
		a, b := aroundDifference(after, before)
		r.fault("%s, undone, leaves\n%s, %v\nbefore it was\n%s, %v", text(decision), a, err2, b, err1)
	}
}

// everything writes what depends on decisions.
func everything(ctx context.Context, e index.Engine, r index.Request) (string, error) {
	result, err := e.Search(ctx, r)
	if err != nil {
		return "", err
	}
	result.TookMS = 0
	suggested, err := suggestionsOf(ctx, e, "", 100)
	if err != nil {
		return "", err
	}
	network, err := e.Network(ctx, index.Request{Query: r.Query}, index.NetworkOptions{Edges: true})
	if err != nil {
		return "", err
	}
	return text(result) + text(suggested) + text(network), nil
}

// offIsAsWritten holds that without variants every value of a facet of names is one that an article writes.
func offIsAsWritten(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	typ := pick(d, index.EntityTypes)
	r = plain(r)
	r.Variants, r.Facets, r.FacetSize, r.Filters = index.VariantsOff, []index.Field{index.Field(typ)}, index.MaxFacetSize, index.Filters{}
	result, err := e.Search(ctx, r)
	if err != nil {
		return err
	}
	if len(result.Query.Variants) > 0 {
		return fmt.Errorf("variants are off, but there are %s", text(result.Query.Variants))
	}
	for _, v := range result.Facets[index.Field(typ)].Values {
		r.Filters.Include = map[index.Field][]string{index.Field(typ): {v.Value}}
		found, err := e.Search(ctx, r)
		if err != nil {
			return err
		}
		for _, h := range found.Hits {
			names := map[string][]string{index.Person: h.People, index.Org: h.Orgs, index.Place: h.Places}[typ]
			if !slices.ContainsFunc(names, func(n string) bool { return analysis.Fold(n) == analysis.Fold(v.Value) }) {
				return fmt.Errorf("%s %q finds %q, which has %q", typ, v.Value, h.ID, names)
			}
		}
	}
	return nil
}
