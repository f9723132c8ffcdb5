package enginetest

import (
	"context"
	"fmt"
	"slices"

	"dateline/index"
	"dateline/index/analysis"
)

func emptyPrefixFindsAll(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	field := pick(d, index.FacetFields)
	got, err := e.Facet(ctx, r, field, pick(d, []string{"", " ", "-", "*"}))
	if err != nil {
		return err
	}
	r.Facets, r.Interval = []index.Field{field}, ""
	want, err := e.Search(ctx, r)
	if err != nil {
		return err
	}
	if text(got) != text(want.Facets[field]) {
		return fmt.Errorf("a search counts of %s %s\nby no prefix %s", field, text(want.Facets[field]), text(got))
	}
	return nil
}

// prefixFindsValues compares with what a reader would do who has the whole facet on paper. A facet has less than the largest
// number of values. Of an entity the paper shows one name, but it is found by any; see entityFoundByNames.
func prefixFindsValues(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	field := pick(d, index.FacetFields)
	prefix := d.typed(field)
	typed := analysis.NewBeginnings(prefix)
	if slices.Contains(index.EntityTypes, string(field)) {
		r.Variants = index.VariantsOff
	}
	r.Facets, r.Interval, r.FacetSize = []index.Field{field}, "", index.MaxFacetSize
	whole, err := e.Search(ctx, r)
	if err != nil {
		return err
	}
	got, err := e.Facet(ctx, r, field, prefix)
	if err != nil {
		return err
	}
	want := index.Facet{Values: []index.FacetValue{}, Missing: whole.Facets[field].Missing}
	for _, v := range whole.Facets[field].Values {
		if typed.In(analysis.Fold(v.Value)) {
			want.Values = append(want.Values, v)
			want.Distinct += min(v.Count, 1)
		}
	}
	if text(got) != text(want) {
		return fmt.Errorf("%q finds of %s %s\nwant %s", prefix, field, text(got), text(want))
	}
	r.FacetSize = 1 + d.IntN(2)
	few, err := e.Facet(ctx, r, field, prefix)
	if err != nil {
		return err
	}
	chosen := 0
	kept := slices.DeleteFunc(want.Values, func(v index.FacetValue) bool {
		chosen++
		return chosen > r.FacetSize && !v.Selected
	})
	if text(few.Values) != text(kept) || few.Distinct != want.Distinct {
		return fmt.Errorf("the %d largest of %s by %q are %s\nwant %s", r.FacetSize, field, prefix, text(few), text(kept))
	}
	return nil
}

// typedValueFinds chooses each value that a prefix finds.
func typedValueFinds(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	field := pick(d, index.FacetFields)
	r = plain(r)
	r.Filters = without(r.Filters, field)
	prefix := d.typed(field)
	facet, err := e.Facet(ctx, r, field, prefix)
	if err != nil {
		return err
	}
	for _, v := range facet.Values {
		chosen := r
		chosen.Facets = nil
		chosen.Filters.Include = others(r.Filters.Include, field)
		chosen.Filters.Include[field] = []string{v.Value}
		result, err := e.Search(ctx, chosen)
		if err != nil {
			return err
		}
		if n := result.Total.Of(r.Count); n != v.Count || n == 0 || v.Selected {
			return fmt.Errorf("%s by %q: %s, but chosen it finds %d %s", field, prefix, text(v), n, r.Count)
		}
	}
	return nil
}
