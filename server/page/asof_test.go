package page

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"dateline/index"
)

// past is the search oil as of a time.
func past(as string, more ...string) url.Values {
	p := oil()
	p.Set("as_of", as)
	for i := 0; i < len(more); i += 2 {
		p.Set(more[i], more[i+1])
	}
	return p
}

func TestAsOfBanner(t *testing.T) {
	for _, c := range []struct {
		params url.Values
		want   string
	}{
		{past("2024-03-20T12:00:00Z"), "The index as it was on 20 March 2024, 12:00 UTC. Back to the present"},
		{past("2024-03-20T12:00:01Z"), "The index as it was on 20 March 2024, 12:00:01 UTC. Back to the present"},
		{past("2024-03-20T23:59:59Z"), "The index as it was at the end of 20 March 2024. Back to the present"},
		{past("2024-03-20T22:59:59Z", "tz", "Europe/Berlin"), "The index as it was at the end of 20 March 2024. Back to the present"},
		{past("2024-03-20T22:00:00Z", "tz", "Europe/Berlin"), "The index as it was on 20 March 2024, 23:00 CET. Back to the present"},
	} {
		d := draw(t, Search{Params: c.params, Result: found(), Stats: stats})
		if got := d.textOf("p.asof"); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
		if got := d.link("p.asof a", "Back to the present"); strings.Contains(got, "as_of") || !strings.Contains(got, "q=oil+price") {
			t.Errorf("the way back is %s", got)
		}
	}
	if d := draw(t, Search{Params: oil(), Result: found(), Stats: stats}); len(d.all(".asof")) != 0 {
		t.Error("the present has a banner")
	}
}

func TestAsOfBox(t *testing.T) {
	for as, want := range map[string][2]string{
		"": {"date", ""}, "2024-03-20T23:59:59Z": {"date", "2024-03-20"}, "2024-03-20T12:00:00Z": {"text", "2024-03-20T12:00:00Z"},
	} {
		d := draw(t, Search{Params: past(as), Result: found(), Stats: stats})
		box := d.one("input#as_of")
		if got := [2]string{attr(box, "type"), attr(box, "value")}; got != want || attr(box, "form") != "search" {
			t.Errorf("%s: %q, want %q", as, got, want)
		}
		if open := len(d.all("details.past[open]")); open != 0 && as == "" || open == 0 && as != "" {
			t.Errorf("%s: %d boxes are open", as, open)
		}
		if n := len(d.all("input[name=as_of]")); n != 1 {
			t.Errorf("%s: the form sends it %d times", as, n)
		}
	}
}

// TestLinksStayInThePast: what leads from a search of the past to another search, or to an article, stays there.
func TestLinksStayInThePast(t *testing.T) {
	r := found()
	r.Hits[0].Version = 2
	d := draw(t, Search{Params: past("2024-03-20T12:00:00Z"), Result: r, Stats: stats})
	for _, a := range d.all("main a") {
		u, err := url.Parse(attr(a, "href"))
		if err != nil {
			t.Fatal(err)
		}
		way := text(a) == "Back to the present" || strings.HasPrefix(text(a), "As the index was") || strings.HasPrefix(text(a), "Same story") // of which the first two leave, and the other begins anew
		if (u.Path == "/search" || u.Path == "/api/v1/export") && !way && u.Query().Get("as_of") != "2024-03-20T12:00:00Z" {
			t.Errorf("%s leads to %s", text(a), u)
		}
	}
	var got []string
	for _, a := range d.all("ol.hits h3 a") {
		got = append(got, attr(a, "href"))
	}
	if !slices.Equal(got, []string{"/versions/https:%2F%2Fharbourgazette%2Ecom%2F2024%2Fquay%3Fa=1&b=2?show=2", "/versions/undated?show=1"}) {
		t.Errorf("hits lead to %q", got)
	}
}

func TestEntityOfThePast(t *testing.T) {
	e := mirzaev()
	e.Params = url.Values{"as_of": {"2024-03-20T12:00:00Z"}}
	d := draw(t, e)
	if got := d.textOf("p.asof"); got != "The index as it was on 20 March 2024, 12:00 UTC. Back to the present" {
		t.Error(got)
	}
	for _, a := range d.all("ol.hits h3 a") {
		if !strings.Contains(attr(a, "href"), "?show=") {
			t.Errorf("a hit leads to %s", attr(a, "href"))
		}
	}
}

func TestFutureLink(t *testing.T) {
	newest := url.Values{"sort": {"newest"}}
	for _, c := range []struct {
		params url.Values
		n      int
		want   string
		url    string
	}{
		{newest, 0, "", ""},
		{newest, 1, "1 article dated in the future comes last; order them by date", "/search?future=1&sort=newest"},
		{newest, 1200, "1,200 articles dated in the future come last; order them by date", "/search?future=1&sort=newest"},
		{url.Values{"sort": {"newest"}, "future": {"1"}}, 0, "Put articles dated in the future last", "/search?sort=newest"},
		{url.Values{"q": {"oil"}, "future": {"1"}}, 0, "", ""},
	} {
		got := futureLink(newParams(c.params), c.n)
		if got.Text != c.want || got.URL != c.url {
			t.Errorf("%v, %d: %v", c.params, c.n, got)
		}
		d := draw(t, Search{Params: c.params, Result: found(), Stats: stats, Future: c.n})
		if shown := slices.Contains(d.texts("p.whylink a"), c.want); shown != (c.want != "") {
			t.Errorf("%v, %d: shown %v", c.params, c.n, shown)
		}
	}
}

func TestHitThatWasChanged(t *testing.T) {
	r := found()
	r.Hits[0].Version, r.Hits[0].Changed = 3, at("2024-03-20T14:00:00Z")
	d := draw(t, Search{Params: oil(), Result: r, Stats: stats})
	if got := d.texts("ol.hits .changed"); !slices.Equal(got, []string{"changed 20 March 2024, 14:00 UTC"}) {
		t.Error(got)
	}
	const want = "/versions/https:%2F%2Fharbourgazette%2Ecom%2F2024%2Fquay%3Fa=1&b=2?from=2&to=3#changes"
	if got := d.link("ol.hits .changed a", "changed 20 March 2024, 14:00 UTC"); got != want {
		t.Error(got)
	}
}

func TestFlags(t *testing.T) {
	all := []string{index.FlagDateConflict, index.FlagFutureDate, index.FlagMetadataOnly, "new-flag"}
	want := []string{
		"Date doubtful: the record names two days of publication, more than a day apart.",
		"Dated in the future: published later than it was read, so orders by date put it last.",
		"No text: the format of its record carries none.", "new-flag.",
	}
	r, a := found(), storyArticle()
	r.Hits[1].Flags, a.Flags = all, all
	if got := draw(t, Search{Params: oil(), Result: r, Stats: stats}).texts("ol.hits .flags li"); !slices.Equal(got, want) {
		t.Errorf("a hit has %q", got)
	}
	if got := draw(t, Article{Article: a, Stats: stats}).texts(".full .flags li"); !slices.Equal(got, want) {
		t.Errorf("an article has %q", got)
	}
}
