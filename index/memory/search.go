package memory

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/doctor"
	"dateline/index/snippet"
	"dateline/query"
)

// search is a request and what it found.
type search struct {
	index.Request
	state   *state // the whole index
	naming  *naming
	tree    query.Node
	leaves  leaves
	match   query.Match // all or any
	relaxed bool
	found   []*entry // what matches with all filters
	sort    index.Sort
	rank    *ranker // nil before ordered is called
}

// find looks for the matches of a resolved request in the present state.
func (e *Engine) find(ctx context.Context, r index.Request) (*search, error) {
	st, err := e.snapshot(ctx, r.Zone, r.AsOf)
	if err != nil {
		return nil, err
	}
	return find(ctx, r, st, nil)
}

// find looks for the matches of a resolved request. The words combine as the page before had them, where there was one.
func find(ctx context.Context, r index.Request, st *state, before *index.Cursor) (*search, error) {
	if r.Query == nil {
		r.Query = &query.Query{}
	}
	s := &search{Request: r, state: st, naming: st.books().naming(r.Variants), sort: r.Sort}
	s.leaves = newLeaves(s.naming)
	switch {
	case before != nil:
		s.Recency.Origin = before.Origin.Time
		s.use(before.Match)
	case r.Match == query.MatchAuto:
		s.relax()
	default:
		s.use(r.Match)
	}
	s.relaxed = r.Match == query.MatchAuto && s.match == query.MatchAny
	if s.sort == index.SortRelevance && !index.HasWords(s.tree) {
		s.sort = index.SortNewest
	}
	return s, ctx.Err()
}

// relax finds the matches of all words or, where there are none, of any.
func (s *search) relax() {
	s.use(query.MatchAll)
	if len(s.found) > 0 || !s.Query.Relaxable() {
		return
	}
	if s.use(query.MatchAny); len(s.found) == 0 {
		s.use(query.MatchAll)
	}
}

// use finds the matches when words combine as m says.
func (s *search) use(m query.Match) {
	s.match, s.tree = m, s.Query.Tree(m)
	s.found = s.base("")
}

// base returns what matches the query and every filter but those of one field.
func (s *search) base(except index.Field) []*entry {
	var found []*entry
	for _, e := range s.state.all {
		if s.naming.passes(e, s.Filters, except) && s.leaves.matches(e, s.tree) {
			found = append(found, e)
		}
	}
	return found
}

// hit is a match with its score.
type hit struct {
	*entry
	score float64
}

// ordered returns the hits in order, one for each group.
func (s *search) ordered() []hit {
	s.rank = newRanker(s.state.all, s.tree, s.leaves, s.Recency)
	if s.sort != index.SortRelevance {
		s.rank.recency = index.Recency{}
	}
	hits := make([]hit, len(s.found))
	for i, e := range s.found {
		hits[i] = hit{e, s.rank.score(e)}
	}
	slices.SortFunc(hits, s.compare)
	if s.Group == index.Articles {
		return hits
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(hits, func(h hit) bool {
		id := h.unit(s.Group)
		again := seen[id]
		seen[id] = true
		return again
	})
}

// compare orders two hits: undated articles, and those flagged as of the future, last in both orders by date, ties by id.
func (s *search) compare(a, b hit) int {
	byID := strings.Compare(a.article.ID, b.article.ID)
	if s.sort == index.SortRelevance {
		return cmp.Or(cmp.Compare(b.score, a.score), byID)
	}
	one, two := index.Dated(a.article.Published, a.article.Flags, s.Future), index.Dated(b.article.Published, b.article.Flags, s.Future)
	switch {
	case one.IsZero() && !two.IsZero():
		return 1
	case two.IsZero() && !one.IsZero():
		return -1
	case s.sort == index.SortOldest:
		return cmp.Or(one.Compare(two.Time), byID)
	}
	return cmp.Or(two.Compare(one.Time), byID)
}

// unit returns what tells the text, the story or the article apart that the article counts as.
func (e *entry) unit(u index.Unit) string {
	field := ""
	switch u {
	case index.Texts:
		field = "text"
	case index.Stories:
		field = "story"
	}
	for _, v := range e.values[field] {
		return v.key
	}
	return "\x00" + e.article.ID // no key begins so
}

// count returns the number of articles, texts or stories among entries.
func count(entries []*entry, u index.Unit) int {
	ids := map[string]bool{}
	for _, e := range entries {
		ids[e.unit(u)] = true
	}
	return len(ids)
}

// answer answers a resolved request.
func answer(ctx context.Context, r index.Request, st *state) (*index.Result, error) {
	var before *index.Cursor
	if r.Cursor != "" {
		c, err := index.DecodeCursor(r)
		if err != nil {
			return nil, err
		}
		before = &c
	}
	s, err := find(ctx, r, st, before)
	if err != nil {
		return nil, err
	}
	result := &index.Result{
		Query:  index.QueryInfo{Text: s.Query.Text, Canonical: s.Query.String(), Match: s.match, Relaxed: s.relaxed, Variants: s.variants()},
		Total:  index.Total{Articles: len(s.found), Texts: count(s.found, index.Texts), Stories: count(s.found, index.Stories)},
		Facets: map[index.Field]*index.Facet{},
	}
	s.page(result, before)
	result.Around = s.around()
	for _, field := range r.Facets {
		result.Facets[field] = s.facet(field, analysis.Beginnings{})
	}
	if r.Interval != "" {
		if result.Timeline, err = s.timeline(); err != nil {
			return nil, err
		}
	}
	return result, doctor.Examine(ctx, patient{st, s.naming}, s.Request, result)
}

// page fills in the hits that come after the page before, and the next cursor.
func (s *search) page(result *index.Result, before *index.Cursor) {
	result.Hits = []index.Hit{}
	if s.Size < 0 {
		return
	}
	hits := s.ordered()
	if before != nil {
		last := hit{&entry{article: index.Article{ID: before.ID, Published: before.Published}}, before.Score}
		hits = slices.DeleteFunc(hits, func(h hit) bool { return s.compare(h, last) <= 0 })
	}
	if len(hits) > s.Size {
		hits = hits[:s.Size]
		last := hits[s.Size-1]
		c := index.Cursor{Match: s.match, Score: last.score, Published: index.Dated(last.article.Published, last.article.Flags, s.Future), ID: last.article.ID,
			Origin: index.At(s.Recency.Origin)}
		next := c.Encode(s.Request)
		result.Next = &next
	}
	marks := snippet.New(s.tree, s.naming.variants)
	defer marks.Free()
	for i, h := range hits {
		shown := s.show(h, marks)
		if s.Explain {
			place := 0
			if before == nil && s.sort == index.SortRelevance {
				place = i + 1
			}
			shown.Explanation = s.rank.explain(place, h.entry)
		}
		result.Hits = append(result.Hits, shown)
	}
}

// around says where an article stands in the whole list, and what is marked in it.
func (s *search) around() *index.Around {
	i := slices.IndexFunc(s.state.all, func(e *entry) bool { return s.Around != "" && e.article.ID == s.Around })
	if i < 0 {
		return nil
	}
	marks := snippet.New(s.tree, s.naming.variants)
	defer marks.Free()
	r := &index.Around{ID: s.Around, Marks: marks.Whole(&s.state.all[i].article)}
	hits := s.ordered()
	at := slices.IndexFunc(hits, func(h hit) bool { return h.article.ID == s.Around })
	if at > 0 {
		r.Previous = index.NeighbourOf(&hits[at-1].article)
	}
	if at >= 0 && at+1 < len(hits) {
		r.Next = index.NeighbourOf(&hits[at+1].article)
	}
	r.Position = at + 1
	return r
}

// show makes a hit as the result has it.
func (s *search) show(h hit, marks *snippet.Matcher) index.Hit {
	a := &h.article
	shown := index.TitleAlone(a.Title)
	if !s.Unmarked {
		shown = index.Highlights{Title: marks.Title(a), Body: marks.Body(a)}
	}
	return index.Hit{
		ID: a.ID, URL: a.URL, Title: a.Title, Source: a.Source, Agency: a.Agency, Published: a.Published,
		Precision: a.Precision, Language: a.Language, Lead: a.Lead, Score: h.score,
		Highlights: shown, People: a.Names(index.Person), Orgs: a.Names(index.Org), Places: a.Names(index.Place),
		Story: s.story(h.entry), Flags: a.Flags, Version: a.Version, Changed: a.Changed,
	}
}

// story sizes the story of an article over the whole index.
func (s *search) story(of *entry) index.StoryInfo {
	info := index.StoryInfo{ID: of.article.Story}
	sources := map[string]bool{}
	for _, e := range s.state.all {
		if e.unit(index.Stories) != of.unit(index.Stories) {
			continue
		}
		info.Articles++
		if e.article.Source != "" {
			sources[analysis.Fold(e.article.Source)] = true
		}
	}
	delete(sources, "")
	info.Sources = len(sources)
	return info
}
