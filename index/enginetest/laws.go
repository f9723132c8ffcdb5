package enginetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"dateline/index"
	"dateline/query"
)

// law is what holds for every engine, index and request.
type law struct {
	says  string
	holds func(context.Context, index.Engine, index.Request, *dice) error
}

var laws = []law{
	{"A AND B is within A", andIsWithin},
	{"NOT NOT A is A", notNot},
	{"A and NOT A part the index", notParts},
	{"NOT (A OR B) is NOT A AND NOT B", deMorgan},
	{"a printed query finds the same", printedFindsTheSame},
	{"small pages are the large page in pieces", pagesJoin},
	{"an export is all pages", exportIsAllPages},
	{"from one hit to the next is the list of the pages", nextIsTheList},
	{"an article that is no hit has no place", noHitNoPlace},
	{"hits stand in the order asked for", hitsAreOrdered},
	{"there is one hit for each text or story", groupsAreCounted},
	{"a timeline and the undated add up to the total", timelineAddsUp},
	{"a bar of a timeline, chosen, finds what it counts", barFinds},
	{"the values of a field with one value and the missing add up to the total", facetAddsUp},
	{"a facet's value finds as many as it says", facetValueFinds},
	{"a prefix without words finds the whole facet", emptyPrefixFindsAll},
	{"a prefix finds the values of which it begins words, as the facet counts them", prefixFindsValues},
	{"what is counted is what a search finds", countIsTotal},
	{"a prefix completes to what begins with it, the most frequent first", completionsBegin},
	{"a value that a prefix finds, chosen, finds as many as it says", typedValueFinds},
	{"an entity is found by each of its names", entityFoundByNames},
	{"an entity has the articles of its names, each once", entityIsUnion},
	{"without variants names are as they are written", offIsAsWritten},
	{"there are no more texts than articles, and no more stories", unitsAreFewer},
	{"the parts of an explanation add up to the score", explanationsAddUp},
	{"a suggestion finds as much as it says", suggestionFinds},
	{"a marked title is the title", markedTitleIsTitle},
	{"what is marked matches a word of the query", marksMatch},
	{"what a title has of the query's words is marked", titleIsMarked},
	{"a unit that a title is asked for is marked in it", unitIsMarked},
	{"a passage is a part of the body", passagesAreOfTheBody},
	{"a whole text is the article's, with at least the marks of the hit", wholeHasTheMarks},
	{"a phrase is within its slop", phraseIsWithinSlop},
	{"what is near is near within more", nearIsWithinMore},
	{"NEAR is the same from both sides", nearIsSymmetric},
	{"NEAR is ONEAR one way or the other", nearIsOrderedEitherWay},
	{"NOTNEAR is within its left side, and what NEAR leaves of it is within NOTNEAR", notNearParts},
	{"a sentence is within a paragraph, and that within the text", sentenceIsWithin},
	{"words together are together within more", togetherIsWithinMore},
	{"what is there more often is there", repeatIsWithin},
	{"a weight changes no matches", weightChangesNothing},
	{"has: and NOT has: part the index", hasParts},
	{"numbers of words part the index", numbersPart},
	{"a star at the end is a prefix", starIsPrefix},
	{"a fuzzy word is among its edits", fuzzyHoldsWord},
	{"a regular expression of letters is the word", literalIsWord},
	{"@entity is any of the other classes", entityIsAnyClass},
	{"a class word finds what lies in mentions, and marks it in titles", classFindsMentions},
}

// plain makes a request whose matches do not depend on what it finds: match all or any, in order of date, without groups.
func plain(r index.Request) index.Request {
	if r.Match != query.MatchAny {
		r.Match = query.MatchAll
	}
	r.Sort, r.Group, r.Interval, r.Size, r.Unmarked = index.SortNewest, "", "", 100, false
	return r
}

// matching returns the sorted ids of what a query finds with the match and the filters of r.
func matching(ctx context.Context, e index.Engine, r index.Request, text string) ([]string, error) {
	q, err := parse(text, r.Zone)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", text, err)
	}
	r = plain(r)
	r.Query = q
	list, err := exported(ctx, e, r)
	slices.Sort(list)
	return list, err
}

// equalSets checks that two queries find the same.
func equalSets(ctx context.Context, e index.Engine, r index.Request, a, b string) error {
	one, err := matching(ctx, e, r, a)
	if err != nil {
		return err
	}
	two, err := matching(ctx, e, r, b)
	if err != nil {
		return err
	}
	if !slices.Equal(one, two) {
		return fmt.Errorf("%s\nfinds %q\n%s\nfinds %q", a, one, b, two)
	}
	return nil
}

// operands returns the request's query and another one in parentheses, and whether both say anything.
func operands(r index.Request, d *dice) (a, b string, ok bool) {
	_, other, err := d.query(2)
	if err != nil || r.Query.String() == "" || other.String() == "" {
		return "", "", false
	}
	return "(" + r.Query.String() + ")", "(" + other.String() + ")", true
}

func andIsWithin(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	a, b, ok := operands(r, d)
	if !ok {
		return nil
	}
	both, err := matching(ctx, e, r, a+" AND "+b)
	if err != nil {
		return err
	}
	one, err := matching(ctx, e, r, a)
	if err != nil {
		return err
	}
	for _, id := range both {
		if !slices.Contains(one, id) {
			return fmt.Errorf("%s AND %s finds %q, which %s does not", a, b, id, a)
		}
	}
	return nil
}

func notNot(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	a, _, ok := operands(r, d)
	if !ok {
		return nil
	}
	return equalSets(ctx, e, r, a, "NOT (NOT "+a+")")
}

func notParts(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	a, _, ok := operands(r, d)
	if !ok {
		return nil
	}
	counts := [3]int{}
	for i, text := range []string{a, "NOT " + a, ""} {
		list, err := matching(ctx, e, r, text)
		if err != nil {
			return err
		}
		counts[i] = len(list)
	}
	if counts[0]+counts[1] != counts[2] {
		return fmt.Errorf("%s finds %d, NOT %d, everything %d", a, counts[0], counts[1], counts[2])
	}
	return nil
}

func deMorgan(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	a, b, ok := operands(r, d)
	if !ok {
		return nil
	}
	if err := equalSets(ctx, e, r, "NOT ("+a+" OR "+b+")", "NOT "+a+" AND NOT "+b); err != nil {
		return err
	}
	return equalSets(ctx, e, r, "NOT ("+a+" AND "+b+")", "NOT "+a+" OR NOT "+b)
}

func printedFindsTheSame(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	return equalSets(ctx, e, r, r.Query.Text, r.Query.String())
}

func pagesJoin(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	r.Interval, r.Facets = "", nil
	small, large := r, r
	small.Size, large.Size = 1+d.IntN(3), index.MaxSize
	got, _, err := allPages(ctx, e, small)
	if err != nil {
		return err
	}
	want, _, err := allPages(ctx, e, large)
	if err != nil {
		return err
	}
	if !slices.Equal(ids(got), ids(want)) {
		return fmt.Errorf("pages of %d\n give %q\nof %d %q", small.Size, ids(got), large.Size, ids(want))
	}
	return nil
}

func exportIsAllPages(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	r.Interval, r.Facets = "", nil
	if r.Sort != index.SortOldest { // a search without words would answer from the newest, an export from the oldest
		r.Sort = index.SortNewest
	}
	hits, _, err := allPages(ctx, e, r)
	if err != nil {
		return err
	}
	list, err := exported(ctx, e, r)
	if err != nil {
		return err
	}
	if !slices.Equal(ids(hits), list) {
		return fmt.Errorf("export %q\npages %q", list, ids(hits))
	}
	return nil
}

func hitsAreOrdered(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	r.Interval, r.Facets = "", nil
	hits, first, err := allPages(ctx, e, r)
	if err != nil {
		return err
	}
	if byScore(r, first) {
		return scoresFall(hits)
	}
	for i := 1; i < len(hits); i++ {
		a, b := hits[i-1], hits[i]
		if cmp.Or(compareDates(index.Dated(a.Published, a.Flags, r.Future), index.Dated(b.Published, b.Flags, r.Future), r.Sort == index.SortOldest), strings.Compare(a.ID, b.ID)) >= 0 {
			return fmt.Errorf("%q of %v stands before %q of %v", a.ID, a.Published, b.ID, b.Published)
		}
	}
	return nil
}

// compareDates orders two hits by date, the undated last.
func compareDates(a, b index.Time, oldest bool) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	case oldest:
		return a.Compare(b.Time)
	}
	return b.Compare(a.Time)
}

func groupsAreCounted(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	r.Interval, r.Facets = "", nil
	hits, first, err := allPages(ctx, e, r)
	if err != nil {
		return err
	}
	if want := first.Total.Of(r.Group); len(hits) != want {
		return fmt.Errorf("%d hits, but %d %s in total %+v", len(hits), want, r.Group, first.Total)
	}
	return nil
}

func timelineAddsUp(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	r.Interval = pick(d, []index.Interval{index.IntervalAuto, index.Year, index.Month})
	result, err := e.Search(ctx, r)
	if paramOf(err) == "interval" {
		return nil
	}
	if err != nil {
		return err
	}
	sum := result.Timeline.Undated
	for _, b := range result.Timeline.Buckets {
		if sum += b.Count; b.Count > b.All {
			return fmt.Errorf("bucket %s counts %d of %d", b.Start, b.Count, b.All)
		}
	}
	total := result.Total.Of(r.Count)
	if articles := r.Count == "" || r.Count == index.Articles; sum < total || articles && sum > total {
		return fmt.Errorf("the timeline of %s has %d, the total is %+v", r.Count, sum, result.Total)
	}
	if n := len(result.Timeline.Buckets); n > 0 && (result.Timeline.Buckets[0].Count == 0 || result.Timeline.Buckets[n-1].Count == 0) {
		return fmt.Errorf("the timeline begins or ends with an empty bucket: %s", text(result.Timeline.Buckets))
	}
	return nil
}

func facetAddsUp(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	field := pick(d, []index.Field{index.FieldSource, index.FieldAgency, index.FieldLanguage, index.FieldSection})
	r = plain(r)
	r.Count, r.Facets, r.FacetSize, r.Filters = "", []index.Field{field}, index.MaxFacetSize, without(r.Filters, field)
	result, err := e.Search(ctx, r)
	if err != nil {
		return err
	}
	facet := result.Facets[field]
	sum := facet.Missing
	for _, v := range facet.Values {
		sum += v.Count
	}
	if sum != result.Total.Articles || len(facet.Values) != facet.Distinct {
		return fmt.Errorf("%s adds up to %d of %d: %s", field, sum, result.Total.Articles, text(facet))
	}
	return nil
}

// without returns filters without those of one field.
func without(f index.Filters, field index.Field) index.Filters {
	f.Include, f.Exclude = others(f.Include, field), others(f.Exclude, field)
	f.Missing = slices.DeleteFunc(slices.Clone(f.Missing), func(m index.Field) bool { return m == field })
	return f
}

func others(filters map[index.Field][]string, field index.Field) map[index.Field][]string {
	left := map[index.Field][]string{}
	for f, values := range filters {
		if f != field {
			left[f] = values
		}
	}
	return left
}

func facetValueFinds(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	field := pick(d, index.FacetFields)
	r = plain(r)
	r.Count, r.Facets, r.Filters = pick(d, []index.Unit{index.Articles, index.Texts, index.Stories}), []index.Field{field}, without(r.Filters, field)
	result, err := e.Search(ctx, r)
	if err != nil {
		return err
	}
	unit := r.Count
	for _, v := range result.Facets[field].Values {
		r.Filters.Include[field] = []string{v.Value}
		chosen, err := e.Search(ctx, r)
		if err != nil {
			return err
		}
		if n := chosen.Total.Of(unit); n != v.Count {
			return fmt.Errorf("%s %q counts %d %s, but chosen it finds %d", field, v.Value, v.Count, unit, n)
		}
		if again := chosen.Facets[field].Values; !slices.ContainsFunc(again, func(w index.FacetValue) bool {
			return w == index.FacetValue{Value: v.Value, Count: v.Count, Selected: true, Names: v.Names}
		}) {
			return fmt.Errorf("%s %q is chosen and counts %d, but the facet says %s", field, v.Value, v.Count, text(again))
		}
	}
	return nil
}

func unitsAreFewer(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	r = plain(r)
	r.FacetSize = index.MaxFacetSize
	counts := map[index.Unit]map[string]int{}
	for _, unit := range []index.Unit{index.Articles, index.Texts, index.Stories} {
		r.Count = unit
		result, err := e.Search(ctx, r)
		if err != nil {
			return err
		}
		counts[unit] = map[string]int{"": result.Total.Of(unit)}
		for field, facet := range result.Facets {
			for _, v := range facet.Values {
				counts[unit][string(field)+" "+v.Value] = v.Count
			}
		}
	}
	for what, n := range counts[index.Articles] {
		for _, unit := range []index.Unit{index.Texts, index.Stories} {
			if fewer := counts[unit][what]; fewer > n || fewer == 0 && n > 0 {
				return fmt.Errorf("%q: %d %s of %d articles", what, fewer, unit, n)
			}
		}
	}
	return nil
}

func explanationsAddUp(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	r.Interval, r.Facets, r.Explain = "", nil, true
	result, err := e.Search(ctx, r)
	if err != nil {
		return err
	}
	for _, h := range result.Hits {
		if h.Explanation == nil {
			return fmt.Errorf("%q is not explained", h.ID)
		}
		sum := 0.0
		for _, p := range h.Explanation.Parts {
			sum += p.Score
		}
		if math.Abs(sum-h.Score) > rounding*max(1, h.Score) {
			return fmt.Errorf("%q: the parts add up to %v, the score is %v: %s", h.ID, sum, h.Score, text(h.Explanation))
		}
	}
	return nil
}

func suggestionFinds(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	r.Interval, r.Facets = "", nil
	result, err := e.Search(ctx, r)
	if err != nil || result.Suggestion == nil {
		return err
	}
	if r.Query, err = parse(result.Suggestion.Query, r.Zone); err != nil {
		return fmt.Errorf("the suggestion %s: %w", result.Suggestion.Query, err)
	}
	again, err := e.Search(ctx, r)
	if err != nil {
		return err
	}
	if again.Total.Articles != result.Suggestion.Total || again.Query.Relaxed {
		return fmt.Errorf("%s is said to find %d, and finds %d", result.Suggestion.Query, result.Suggestion.Total, again.Total.Articles)
	}
	return nil
}

func markedTitleIsTitle(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	r.Interval, r.Facets = "", nil
	result, err := e.Search(ctx, r)
	if err != nil {
		return err
	}
	for _, h := range result.Hits {
		whole := ""
		for _, s := range h.Highlights.Title {
			whole += s.Text
		}
		if whole != h.Title {
			return fmt.Errorf("the title %q is shown as %q", h.Title, whole)
		}
		if h.Highlights.Title == nil || h.Highlights.Body == nil {
			return fmt.Errorf("%q: highlights are null and not empty: %s", h.ID, text(h.Highlights))
		}
		if r.Unmarked && (len(h.Highlights.Body) > 0 || slices.ContainsFunc(h.Highlights.Title, func(s index.Segment) bool { return s.Marked })) {
			return fmt.Errorf("%q: there are highlights, and none were asked for: %s", h.ID, text(h.Highlights))
		}
	}
	return nil
}

func passagesAreOfTheBody(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	r.Interval, r.Facets = "", nil
	result, err := e.Search(ctx, r)
	if err != nil {
		return err
	}
	for _, h := range result.Hits {
		a, err := articleAt(ctx, e, h.ID, r.AsOf)
		if err != nil {
			return err
		}
		for _, passage := range h.Highlights.Body {
			whole := ""
			for _, s := range passage {
				whole += s.Text
			}
			if whole == "" || !strings.Contains(a.Body, whole) {
				return fmt.Errorf("%q: the passage %q is not in the body %q", h.ID, whole, a.Body)
			}
		}
	}
	return nil
}

// articleAt returns an article as it was at a time.
func articleAt(ctx context.Context, e index.Engine, id string, at time.Time) (index.Article, error) {
	if at.IsZero() {
		return e.Get(ctx, id)
	}
	list, err := e.Versions(ctx, id)
	for i := range list {
		if list[i].At(index.At(at)) {
			return list[i].Article, nil
		}
	}
	return index.Article{}, errors.Join(err, fmt.Errorf("%q has no version of %s", id, at))
}
