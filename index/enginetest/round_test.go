package enginetest

import (
	"context"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/memory"
	"dateline/query"
)

func TestRoundIsDecidedByItsSeed(t *testing.T) {
	a, b, c := newDice(1), newDice(1), newDice(2)
	same, other := text(a.article("a")), text(c.article("a"))
	if text(b.article("a")) != same || other == same {
		t.Error("articles do not follow the seed")
	}
	one, _, _ := a.query(3)
	two, _, _ := b.query(3)
	if one != two {
		t.Errorf("one seed makes %s and %s", one, two)
	}
}

func TestDiceMakesWhatItClaims(t *testing.T) {
	d := newDice(1)
	var undated, months, empty, nothing, relaxable, classed, named int
	for range 500 {
		a := d.article("a")
		if reason, detail := index.Check(&a); reason != "" {
			t.Fatalf("%s: %s", reason, detail)
		}
		if a.Published.IsZero() {
			undated++
		}
		if a.Precision == "month" {
			months++
		}
		if a.Body == "" {
			empty++
		}
		written, q, err := d.query(3)
		if err != nil {
			t.Fatal(err)
		}
		if written == "" {
			nothing++
		}
		if q.Relaxable() {
			relaxable++
		}
		if strings.Contains(written, "@") {
			classed++
		}
		if slices.ContainsFunc(analysis.Tokens(nil, a.Title), func(t analysis.Token) bool { return inMention(&a, "title", t, query.ClassEntity) }) {
			named++
		}
	}
	for name, n := range map[string]int{"undated": undated, "months": months, "empty": empty, "nothing": nothing, "relaxable": relaxable, "classed": classed, "named": named} {
		if n < 5 || n > 300 {
			t.Errorf("%d of 500 are %s", n, name)
		}
	}
}

// TestRunArticles takes made articles for real ones.
func TestRunArticles(t *testing.T) {
	d := newDice(1)
	articles := make([]index.Article, 50)
	for i := range articles {
		articles[i] = d.article(fmt.Sprintf("n%d", i))
	}
	RunArticles(t, memory.New(memory.Options{Clock: Clock}), articles)
	r := newReader(1, articles)
	kinds := map[string]int{}
	for range 300 {
		query.Walk(r.tree(2), func(n query.Node) bool {
			kinds[fmt.Sprintf("%T", n)]++
			return true
		})
	}
	if len(kinds) < 15 {
		t.Errorf("the searches are made of %v only", kinds)
	}
	wrong := faulty{Engine: memory.New(memory.Options{Clock: Clock}), request: func(r *index.Request) { r.Query = nil }}
	oil := &query.Query{Text: "oil", Root: query.Word{Text: "oil"}}
	if _, err := r.compare(t.Context(), wrong, memory.New(memory.Options{Clock: Clock}), oil); err != nil {
		t.Errorf("two empty engines differ: %v", err)
	}
	mustPut(t, wrong, articles...)
	if _, err := r.compare(t.Context(), wrong, memory.New(memory.Options{Clock: Clock}), oil); err == nil {
		t.Error("an engine that finds everything is not noticed")
	}
}

// faulty is an engine that does one thing wrong.
type faulty struct {
	index.Engine
	request func(*index.Request)
	result  func(*index.Result)
	article func(*index.Article)
	receipt func(*index.Receipt)
	stats   func(*index.Stats)
	facet   func(*index.Facet)
	count   func([]int)

	complete func(*index.Completions)

	entity  func(*index.EntityInfo)
	suggest func([]index.Suggested)
	network func(*index.Network)
	decide  func(*index.Decision)
}

func (f faulty) Entity(ctx context.Context, typ, name string) (*index.EntityInfo, error) {
	info, err := f.Engine.Entity(ctx, typ, name)
	if err == nil && f.entity != nil {
		f.entity(info)
	}
	return info, err
}

func (f faulty) Suggestions(ctx context.Context, typ string, size int) ([]index.Suggested, int, error) {
	list, total, err := f.Engine.Suggestions(ctx, typ, size)
	if f.suggest != nil {
		f.suggest(list)
	}
	return list, total, err
}

func (f faulty) Network(ctx context.Context, r index.Request, o index.NetworkOptions) (*index.Network, error) {
	n, err := f.Engine.Network(ctx, r, o)
	if err == nil && f.network != nil {
		f.network(n)
	}
	return n, err
}

func (f faulty) Decide(ctx context.Context, list []index.Decision) ([]index.Decision, error) {
	if f.decide != nil {
		list = slices.Clone(list)
		for i := range list {
			f.decide(&list[i])
		}
	}
	return f.Engine.Decide(ctx, list)
}

func (f faulty) Facet(ctx context.Context, r index.Request, field index.Field, prefix string) (*index.Facet, error) {
	if f.request != nil {
		f.request(&r)
	}
	facet, err := f.Engine.Facet(ctx, r, field, prefix)
	if err == nil && f.facet != nil {
		f.facet(facet)
	}
	return facet, err
}

func (f faulty) Complete(ctx context.Context, r index.CompletionRequest) (*index.Completions, error) {
	c, err := f.Engine.Complete(ctx, r)
	if err == nil && f.complete != nil {
		f.complete(c)
	}
	return c, err
}

func (f faulty) Count(ctx context.Context, requests []index.Request) ([]int, error) {
	counts, err := f.Engine.Count(ctx, requests)
	if f.count != nil {
		f.count(counts)
	}
	return counts, err
}

func (f faulty) Search(ctx context.Context, r index.Request) (*index.Result, error) {
	if f.request != nil {
		f.request(&r)
	}
	result, err := f.Engine.Search(ctx, r)
	if err == nil && f.result != nil {
		f.result(result)
	}
	return result, err
}

func (f faulty) Export(ctx context.Context, r index.Request) iter.Seq2[index.Article, error] {
	if f.request != nil {
		f.request(&r)
	}
	return f.Engine.Export(ctx, r)
}

func (f faulty) Put(ctx context.Context, articles []index.Article) (index.Receipt, error) {
	if f.article != nil {
		articles = slices.Clone(articles)
		for i := range articles {
			f.article(&articles[i])
		}
	}
	r, err := f.Engine.Put(ctx, articles)
	if f.receipt != nil {
		f.receipt(&r)
	}
	return r, err
}

func (f faulty) Stats(ctx context.Context) (index.Stats, error) {
	s, err := f.Engine.Stats(ctx)
	if f.stats != nil {
		f.stats(&s)
	}
	return s, err
}

func facets(change func(*index.Facet)) func(*index.Result) {
	return func(r *index.Result) {
		for _, f := range r.Facets {
			change(f)
		}
	}
}

func eachValue(change func(*index.FacetValue)) func(*index.Result) {
	return facets(func(f *index.Facet) {
		for i := range f.Values {
			change(&f.Values[i])
		}
	})
}

// TestRoundNotices plays rounds on engines that are wrong in one thing each.
func TestRoundNotices(t *testing.T) {
	if race {
		t.Skip("SKIPPED under the race detector, which has nothing to watch here: .ci/run runs it without")
	}
	for name, f := range map[string]faulty{
		"total of texts":   {result: func(r *index.Result) { r.Total.Texts = r.Total.Articles }},
		"total of stories": {result: func(r *index.Result) { r.Total.Stories = r.Total.Texts }},
		"hits reversed":    {result: func(r *index.Result) { slices.Reverse(r.Hits) }},
		"last hit lost":    {result: func(r *index.Result) { r.Hits = r.Hits[:max(0, len(r.Hits)-1)] }},
		"scores":           {result: func(r *index.Result) { slices.SortFunc(r.Hits, byID) }},
		"canonical":        {result: func(r *index.Result) { r.Query.Canonical = r.Query.Text }},
		"relaxed not said": {result: func(r *index.Result) { r.Query.Relaxed = false }},
		"next lost":        {result: func(r *index.Result) { r.Next = nil }},
		"facet missing":    {result: facets(func(f *index.Facet) { f.Missing = 0 })},
		"facet distinct":   {result: facets(func(f *index.Facet) { f.Distinct = len(f.Values) })},
		"facet order":      {result: facets(func(f *index.Facet) { slices.Reverse(f.Values) })},
		"facet label":      {result: eachValue(func(v *index.FacetValue) { v.Value = strings.ToLower(v.Value) })},
		"facet selected":   {result: eachValue(func(v *index.FacetValue) { v.Selected = false })},
		"facet excluded":   {result: eachValue(func(v *index.FacetValue) { v.Excluded = false })},
		"facet of nothing": {result: facets(func(f *index.Facet) {
			f.Values = slices.DeleteFunc(f.Values, func(v index.FacetValue) bool { return v.Count == 0 })
		})},
		"timeline holes":        {result: func(r *index.Result) { dropEmpty(r.Timeline) }},
		"timeline undated":      {result: func(r *index.Result) { changeTimeline(r.Timeline, func(tl *index.Timeline) { tl.Undated = 0 }) }},
		"timeline all":          {result: func(r *index.Result) { dropAll(r.Timeline) }},
		"marks lost":            {result: func(r *index.Result) { unmark(r.Hits) }},
		"story size":            {result: func(r *index.Result) { resize(r.Hits) }},
		"exclude ignored":       {request: func(r *index.Request) { r.Filters.Exclude = nil }},
		"include ignored":       {request: func(r *index.Request) { r.Filters.Include = nil }},
		"missing ignored":       {request: func(r *index.Request) { r.Filters.Missing = nil }},
		"from ignored":          {request: func(r *index.Request) { r.Filters.From = time.Time{} }},
		"to ignored":            {request: func(r *index.Request) { r.Filters.To = time.Time{} }},
		"to included":           {request: func(r *index.Request) { include(&r.Filters.To) }},
		"group ignored":         {request: func(r *index.Request) { r.Group = "" }},
		"unit ignored":          {request: func(r *index.Request) { r.Count = "" }},
		"interval too much":     {request: func(r *index.Request) { r.Interval = index.IntervalAuto }},
		"oldest is newest":      {request: func(r *index.Request) { newest(r) }},
		"any is all":            {request: func(r *index.Request) { never(r) }},
		"text lost":             {article: func(a *index.Article) { a.Lead = "" }},
		"precision lost":        {article: func(a *index.Article) { a.Precision = "day" }},
		"mentions lost":         {article: func(a *index.Article) { unmention(a) }},
		"names once":            {article: func(a *index.Article) { a.Topics = slices.Compact(slices.Clone(a.Topics)) }},
		"updates called new":    {receipt: func(r *index.Receipt) { r.Indexed, r.Updated = r.Indexed+r.Updated, 0 }},
		"rejections not said":   {receipt: func(r *index.Receipt) { r.Rejected = nil }},
		"typed value lost":      {facet: func(f *index.Facet) { f.Values = f.Values[:len(f.Values)/2] }},
		"typed distinct":        {facet: func(f *index.Facet) { f.Distinct = len(f.Values) }},
		"completed words":       {complete: func(c *index.Completions) { c.Words = c.Words[:len(c.Words)/2] }},
		"completed values":      {complete: func(c *index.Completions) { c.Values[index.FieldPerson] = []index.Completion{} }},
		"variants not said":     {result: func(r *index.Result) { r.Query.Variants = []index.WordVariants{} }},
		"variants ignored":      {request: func(r *index.Request) { r.Variants = "" }},
		"variants off":          {request: func(r *index.Request) { r.Variants = index.VariantsOff }},
		"names not counted":     {result: eachValue(func(v *index.FacetValue) { v.Names = 0 })},
		"aliases lost":          {article: func(a *index.Article) { unalias(a) }},
		"entity total":          {entity: func(e *index.EntityInfo) { e.Total.Texts = e.Total.Articles }},
		"entity reasons":        {entity: func(e *index.EntityInfo) { e.Names[len(e.Names)-1].Reason = "" }},
		"entity aliases":        {entity: func(e *index.EntityInfo) { e.Aliases = []index.NameForm{} }},
		"apart not said":        {entity: func(e *index.EntityInfo) { e.Apart = []string{} }},
		"shared not said":       {suggest: func(list []index.Suggested) { unshare(list) }},
		"network of everything": {network: func(n *index.Network) { n.Total = 0 }},
		"network order":         {network: func(n *index.Network) { slices.Reverse(n.Nodes) }},
		"network edges":         {network: func(n *index.Network) { n.Edges = n.Edges[:len(n.Edges)/2] }},
		"network strength":      {network: func(n *index.Network) { weaken(n.Nodes) }},
		"merge the other way":   {decide: func(d *index.Decision) { turn(d) }},
		"hide is show":          {decide: func(d *index.Decision) { unhide(d) }},
		"undo the last only":    {decide: func(d *index.Decision) { d.Undoes = 0 }},
		"statistics of sources": {stats: func(s *index.Stats) { s.Sources++ }},
	} {
		const rounds = 8 // names that were said to be apart are rare
		f.Engine = memory.New(memory.Options{Clock: Clock})
		found := false
		for seed := uint64(1); seed <= rounds && !found; seed++ {
			found = len(playRound(t.Context(), f, newDice(seed), 1)) > 0
			f.Engine = memory.New(memory.Options{Clock: Clock})
		}
		if !found {
			t.Errorf("%d rounds did not notice: %s", rounds, name)
		}
	}
}

// TestZonesNotice plays rounds with time zones on an engine that knows none, and asks the law about bars.
func TestZonesNotice(t *testing.T) {
	for name, f := range map[string]faulty{
		"zone ignored": {request: func(r *index.Request) { r.Zone = nil }},
		"all floating": {article: func(a *index.Article) {
			a.Precision = map[bool]string{true: a.Precision, false: "day"}[a.Precision == "year"]
		}},
	} {
		f.Engine = memory.New(memory.Options{Clock: Clock})
		if len(playRound(t.Context(), f, &dice{newDice(1).Rand, true}, 1)) == 0 {
			t.Errorf("a round did not notice: %s", name)
		}
	}
	f := faulty{Engine: memory.New(memory.Options{Clock: Clock}), result: func(r *index.Result) {
		changeTimeline(r.Timeline, func(tl *index.Timeline) {
			for i := range tl.Buckets {
				tl.Buckets[i].Count++
			}
		})
	}}
	mustPut(t, f, short("a", "oil", "AP", "2024-03-14"))
	if barFinds(t.Context(), f, index.Request{Query: &query.Query{}}, newDice(1)) == nil {
		t.Error("the law about bars did not notice that they count too much")
	}
}

func changeTimeline(tl *index.Timeline, change func(*index.Timeline)) {
	if tl != nil {
		change(tl)
	}
}

func dropEmpty(tl *index.Timeline) {
	changeTimeline(tl, func(tl *index.Timeline) {
		tl.Buckets = slices.DeleteFunc(tl.Buckets, func(b index.Bucket) bool { return b.Count == 0 })
	})
}

func dropAll(tl *index.Timeline) {
	changeTimeline(tl, func(tl *index.Timeline) {
		for i := range tl.Buckets {
			tl.Buckets[i].All = tl.Buckets[i].Count
		}
	})
}

func unmark(hits []index.Hit) {
	for i := range hits {
		hits[i].Highlights.Title = []index.Segment{{Text: hits[i].Title}}
	}
}

// unmention leaves only the mentions in titles.
func unmention(a *index.Article) {
	a.Entities = slices.Clone(a.Entities)
	for i := range a.Entities {
		a.Entities[i].Mentions = slices.DeleteFunc(slices.Clone(a.Entities[i].Mentions), func(m index.Mention) bool { return m.Field != "title" })
	}
}

func unalias(a *index.Article) {
	a.Entities = slices.Clone(a.Entities)
	for i := range a.Entities {
		a.Entities[i].Aliases = nil
	}
}

func unshare(list []index.Suggested) {
	for i := range list {
		list[i].Shared = []string{}
	}
}

func weaken(nodes []index.Node) {
	for i := range nodes {
		nodes[i].Strength = math.Abs(nodes[i].Strength)
	}
}

func turn(d *index.Decision) {
	if d.Action == index.ActionMerge {
		d.Name, d.Other = d.Other, d.Name
	}
}

func unhide(d *index.Decision) {
	if d.Action == index.ActionHide {
		d.Action = index.ActionShow
	}
}

func resize(hits []index.Hit) {
	for i := range hits {
		hits[i].Story.Articles = 1
	}
}

func include(to *time.Time) {
	if !to.IsZero() {
		*to = to.Add(time.Second)
	}
}

func newest(r *index.Request) {
	if r.Sort == index.SortOldest {
		r.Sort = index.SortNewest
	}
}

func never(r *index.Request) {
	if r.Match == query.MatchAny {
		r.Match = query.MatchAll
	}
}

// TestLawsNotice asks the laws alone: they need no oracle to see these.
func TestLawsNotice(t *testing.T) {
	for name, f := range map[string]faulty{
		"hits reversed":    {result: func(r *index.Result) { slices.Reverse(r.Hits) }},
		"facet missing":    {result: facets(func(f *index.Facet) { f.Missing = 0 })},
		"facet counts":     {result: eachValue(func(v *index.FacetValue) { v.Count++ })},
		"timeline undated": {result: func(r *index.Result) { changeTimeline(r.Timeline, func(tl *index.Timeline) { tl.Undated = 0 }) }},
		"group ignored":    {request: func(r *index.Request) { r.Group = "" }},
		"marks lost":       {result: func(r *index.Result) { unmark(r.Hits) }},
		"all marked":       {result: func(r *index.Result) { markAll(r.Hits) }},
		"passages":         {result: func(r *index.Result) { shout(r.Hits) }},
		"counts":           {count: func(counts []int) { counts[0]++ }},
		"typed missing":    {facet: func(f *index.Facet) { f.Missing = 0 }},
		"typed order":      {facet: func(f *index.Facet) { slices.Reverse(f.Values) }},
		"typed zeros": {facet: func(f *index.Facet) {
			f.Values = slices.DeleteFunc(f.Values, func(v index.FacetValue) bool { return v.Count == 0 })
		}},
	} {
		if lawsNotice(t, f) == nil {
			t.Errorf("no law noticed: %s", name)
		}
	}
	if err := lawsNotice(t, faulty{}); err != nil {
		t.Errorf("a law is broken by an engine without faults: %v", err)
	}
}

func lawsNotice(t *testing.T, f faulty) error {
	f.Engine = memory.New(memory.Options{Clock: Clock})
	r := &round{dice: newDice(1), engine: f, oracle: memory.New(memory.Options{Clock: Clock})}
	for range 10 {
		r.write(t.Context())
	}
	for range 100 {
		_, q, err := r.query(2)
		if err != nil {
			t.Fatal(err)
		}
		for _, law := range laws {
			if err := law.holds(t.Context(), f, r.request(q), r.dice); err != nil {
				return fmt.Errorf("%s: %w", law.says, err)
			}
		}
	}
	return nil
}

func markAll(hits []index.Hit) {
	for i := range hits {
		hits[i].Highlights.Title = []index.Segment{{Text: hits[i].Title, Marked: true}}
	}
}

func shout(hits []index.Hit) {
	for i := range hits {
		hits[i].Highlights.Body = [][]index.Segment{{{Text: hits[i].Title + "!?"}}}
	}
}

func TestAcceptedDifferences(t *testing.T) {
	defer func(before []Difference) { Accepted = before }(Accepted)
	Accepted = []Difference{{Engine: "*memory.Engine", Test: "scripts/phrases", Reason: "none"}}
	if accepted("*memory.Engine", "scripts/phrases") != "none" || accepted("*other.Engine", "scripts/phrases") != "" ||
		accepted("*memory.Engine", "scripts/words") != "" {
		t.Error("a difference is accepted elsewhere than it says")
	}
}
