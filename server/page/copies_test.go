package page

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"dateline/index"
)

// copied is a search that lists each text once, the first of which is that of 12 articles.
func copied(p url.Values) Search {
	p.Set("group", "text")
	return Search{Params: p, Result: found(), Stats: stats, Now: at("2024-03-20T12:00:00Z").Time, Copies: map[string]Copies{
		found().Hits[0].ID: {Field: "text", ID: "t1", Articles: 12, Distinct: 3, Sources: []index.FacetValue{
			{Value: "HarbourGazette.com", Count: 7}, {Value: "The Quay", Count: 4}}},
		"undated": {Field: "text", ID: "t2", Articles: 1},
	}}
}

// hostileCopies is a hostile query and its copies, with parameters that can be read.
func hostileCopies(view string) Search {
	s := hostileSearch()
	s.Params = url.Values{"q": {`"` + strings.ReplaceAll(hostile, `"`, `\"`) + `"`}, "source": {hostile}, "group": {"story"}, "view": {view}}
	s.Now = at("2024-03-20T12:00:00Z").Time
	s.Copies = map[string]Copies{hostile: {Field: "story", ID: hostile, Articles: 40, Distinct: 30, Sources: make([]index.FacetValue, 30)}}
	for i := range s.Copies[hostile].Sources {
		s.Copies[hostile].Sources[i].Value = hostile
	}
	return s
}

func TestCopies(t *testing.T) {
	d := draw(t, copied(oil()))
	if got := d.texts(".copies summary"); !slices.Equal(got, []string{"and 11 more with the same text · 12 articles of 3 sources"}) {
		t.Errorf("folded %q", got)
	}
	if got := d.texts(".copies li"); !slices.Equal(got, []string{"HarbourGazette.com 7", "The Quay 4", "and 1 more source"}) {
		t.Errorf("sources %q", got)
	}
	all := newParams(oil()).with("q", "oil price AND text:t1")
	if got, want := d.link(".copies a", "Show all of them"), all.with("q", `(oil price) AND text:t1`).URL(); got != want {
		t.Errorf("all are at %s, want %s", got, want)
	}
	if got, want := d.link(".copies a", "The Quay"), all.with("q", `(oil price) AND text:t1`).with("source", "The Quay").URL(); got != want {
		t.Errorf("those of a source are at %s, want %s", got, want)
	}
	if len(d.all("li.story")) != 0 {
		t.Error("the story is linked beside the copies")
	}
	p := oil()
	p.Set("view", viewCompact)
	if got := draw(t, copied(p)).texts(".line .same"); !slices.Equal(got, []string{"and 11 more with the same text"}) {
		t.Errorf("in a line %q", got)
	}
}

func TestCopiesOfManySources(t *testing.T) {
	d := draw(t, hostileCopies(""))
	if got := d.texts(".copies li"); len(got) != maxCopySources+1 || got[maxCopySources] != "and 10 more sources" {
		t.Errorf("%d sources, the last %q", len(got), got[len(got)-1])
	}
	if got := d.textOf(".copies .of"); got != "· 40 articles of 30 sources" {
		t.Error(got)
	}
}

func TestCopiesWithoutSources(t *testing.T) {
	s := copied(oil())
	s.Copies[found().Hits[0].ID] = Copies{Field: "story", ID: "s1", Articles: 2}
	d := draw(t, s)
	if got := d.texts("p.copies"); !slices.Equal(got, []string{"and 1 more of the same story"}) {
		t.Errorf("%q", got)
	}
}

// TestHostileSentence: what the query says is shown in the sentence about it, contained.
func TestHostileSentence(t *testing.T) {
	d := draw(t, hostileCopies(""))
	want := level(strings.Join(strings.Fields(hostile), " "))
	if got := d.textOf("p.said"); !strings.HasPrefix(got, "One article of each story with ") || !strings.Contains(got, "<script>alert(1)</script>") || !strings.Contains(got, "from "+want) {
		t.Error(got)
	}
	if got := len(d.all("p.said bdi")); got != 2 {
		t.Errorf("%d parts are of the query", got)
	}
}
