package page

import (
	"bytes"
	"encoding/xml"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/compare"
	"dateline/query"
)

// threeQueries are the parameters of a comparison with a filter.
func threeQueries() url.Values {
	return url.Values{"q": {"oil price", "gas", "wheat corn"}, "source": {"The Quay"}, "tz": {"Europe/Berlin"}}
}

func comparison() *compare.Comparison {
	series := func(text string, relaxed bool, n, undated int) compare.Series {
		return compare.Series{QueryInfo: index.QueryInfo{Text: text, Canonical: text, Relaxed: relaxed}, Total: index.Total{Articles: n, Texts: n - 1, Stories: n - 2}, Undated: undated}
	}
	c := &compare.Comparison{
		Unit: index.Articles, Interval: index.Month, Any: index.Total{Articles: 1900}, All: index.Total{Articles: 1},
		Series: []compare.Series{series("oil price", false, 1234, 0), series("gas", false, 700, 2), series("wheat corn", true, 5, 0)},
		Pairs: []compare.Pair{
			{A: 0, B: 1, Query: "(oil AND price) AND gas", Total: index.Total{Articles: 34}}, {A: 0, B: 2, Query: "x"}, {A: 1, B: 2, Query: "y", Total: index.Total{Articles: 1}},
		},
	}
	for i, start := range []string{"2023-05-01", "2023-06-01", "2023-07-01", "2023-08-01"} {
		c.Buckets = append(c.Buckets, compare.Bucket{Start: start, All: 1000 * (i + 1), Counts: []int{300 * i, 200 - 50*i, i % 2}})
	}
	return c
}

func hostileComparison() Compare {
	c := comparison()
	c.Interval = hostile
	for i := range c.Series {
		c.Series[i].Text, c.Series[i].Canonical = hostile, hostile
	}
	for i := range c.Pairs {
		c.Pairs[i].Query = hostile
	}
	p := hostileSearch().Params
	p["q"], p["chart"] = []string{hostile, hostile, hostile}, []string{ChartShare}
	return Compare{Params: p, Result: c, Stats: stats}
}

func faultyComparison() Compare {
	return Compare{
		Params: url.Values{"q": {"oil", "gas AND", hostile}}, Stats: stats, Fault: &Fault{Param: hostile, Detail: hostile, Hint: hostile},
		Faults: map[int]Fault{1: {Param: "q", At: query.Span{Start: 4, End: 7}, Detail: "AND has nothing on its right", Hint: "write it in quotes"}, 2: {Detail: hostile, Hint: hostile}},
	}
}

func TestComparePage(t *testing.T) {
	d := draw(t, Compare{Params: threeQueries(), Result: comparison(), Stats: stats})
	if got := d.texts("ul.legend li"); !slices.Equal(got, []string{"oil price", "gas", "wheat corn any of the words"}) {
		t.Errorf("legend %q", got)
	}
	if got := d.link("ul.legend a", "wheat corn"); got != "/search?match=any&q=wheat+corn&source=The+Quay&tz=Europe%2FBerlin" {
		t.Error(got)
	}
	if got := d.texts("svg.lines a title"); len(got) != 9 || got[0] != "oil price, June 2023: 300 of 2,000 articles" || got[8] != "wheat corn, August 2023: 1 of 4,000 articles" {
		t.Errorf("points %q", got)
	}
	if got := attr(d.all("svg.lines a")[0], "href"); got != "/search?from=2023-06&q=oil+price&source=The+Quay&to=2023-06&tz=Europe%2FBerlin" {
		t.Error(got)
	}
	if got := attr(d.all("svg.lines polyline")[0], "points"); got != "125.0,1000.0 375.0,666.7 625.0,333.3 875.0,0.0" {
		t.Error(got)
	}
	if got := d.texts("details.table tbody tr"); got[1] != "June 202330015012,000" {
		t.Errorf("rows %q", got)
	}
	if got := d.texts("section.totals tbody tr"); got[1] != "gas7006996982" {
		t.Errorf("totals %q", got)
	}
	if got := d.texts("section.overlap tbody tr"); got[0] != "oil price and gas342.8%4.9%" || got[1] != "oil price and wheat corn00%0%" {
		t.Errorf("overlap %q", got)
	}
	if got := d.link("section.overlap td a", "34"); got != "/search?q=%28oil+AND+price%29+AND+gas&source=The+Quay&tz=Europe%2FBerlin" {
		t.Error(got)
	}
	if got := d.texts("section.overlap p")[0]; got != "1,900 articles found by one of them at least, 1 article by every one." {
		t.Error(got)
	}
	if got := d.link("p.exports a", "CSV"); got != "/api/v1/compare?format=csv&q=oil+price&q=gas&q=wheat+corn&source=The+Quay&tz=Europe%2FBerlin" {
		t.Error(got)
	}
}

// TestCompareForm: without script queries are added, changed and removed, and the filters stay.
func TestCompareForm(t *testing.T) {
	d := draw(t, Compare{Params: threeQueries(), Result: comparison(), Stats: stats})
	var values []string
	for _, n := range d.all("form.queries input[name=q]") {
		values = append(values, attr(n, "value"))
	}
	if !slices.Equal(values, []string{"oil price", "gas", "wheat corn", ""}) {
		t.Errorf("boxes %q", values)
	}
	if got := attr(d.all("form.queries a.remove")[1], "href"); got != "/compare?q=oil+price&q=wheat+corn&source=The+Quay&tz=Europe%2FBerlin" {
		t.Error(got)
	}
	for name, want := range map[string]string{"source": "The Quay", "tz": "Europe/Berlin", "from": ""} {
		if got := attr(d.one("form.queries input[name="+name+"]"), "value"); got != want {
			t.Errorf("%s is sent as %q", name, got)
		}
	}
	for n, boxes := range map[int]int{0: 2, 1: 2, 2: 3, 4: 5, 5: 5} {
		d := draw(t, Compare{Params: url.Values{"q": slices.Repeat([]string{"a"}, n)}, Stats: stats})
		if got := len(d.all("form.queries input[name=q]")); got != boxes || len(d.all("a.remove")) != n || !strings.Contains(d.textOf("p.intro"), "two to five") {
			t.Errorf("%d queries: %d boxes", n, got)
		}
	}
	if got := draw(t, Search{Params: oil(), Result: found(), Stats: stats}).link("div.under a", "Compare with another query"); got != "/compare?from=2023-05&not.topic=sport&q=oil+price&source=HarbourGazette.com&source=The+Quay" {
		t.Errorf("a search leads to %s", got)
	}
}

func TestCompareFaults(t *testing.T) {
	d := draw(t, faultyComparison())
	boxes := d.all("form.queries input[aria-invalid=true]")
	if len(boxes) != 2 || attr(boxes[0], "id") != "q2" || attr(boxes[0], "aria-describedby") != "faultq2" {
		t.Fatalf("%d faulty boxes", len(boxes))
	}
	if got := d.textOf("#faultq2"); got != "gas AND AND has nothing on its right. Write it in quotes." || d.textOf("#faultq2 mark") != "AND" {
		t.Error(got)
	}
	if d.one("p[role=alert]"); len(d.all("svg.lines")) != 0 {
		t.Error("a chart in spite of the fault")
	}
}

func TestCompareBounds(t *testing.T) {
	c := comparison()
	c.Buckets = nil
	if d := draw(t, Compare{Params: threeQueries(), Result: c, Stats: stats}); !strings.Contains(d.textOf("section.dates"), "Nothing dated was found.") {
		t.Error(d.textOf("section.dates"))
	}
	for _, b := range days(make([]int, maxBars+1)...).Buckets {
		c.Buckets = append(c.Buckets, compare.Bucket{Start: b.Start, Counts: []int{1, 0, 0}})
	}
	c.Interval = index.Day
	if d := draw(t, Compare{Params: threeQueries(), Result: c, Stats: stats}); !strings.Contains(d.textOf("section.dates"), "501 buckets are too many to draw") {
		t.Error(d.textOf("section.dates"))
	}
	c.Buckets = c.Buckets[:200]
	d := draw(t, Compare{Params: threeQueries(), Result: c, Stats: stats})
	if all, faint := len(d.all("svg.lines a")), len(d.all("svg.lines a.faint")); all != 200 || all-faint != maxDots {
		t.Errorf("%d points, %d of them faint", all, faint)
	}
}

// TestLineMarks: the lines differ in each of colour, shape and dashes, and are seen in both schemes and on white.
func TestLineMarks(t *testing.T) {
	sheet, err := staticFiles.ReadFile("static/css/30-chart.css")
	if err != nil {
		t.Fatal(err)
	}
	_, schemes, _ := strings.Cut(string(sheet), ":root")
	light, dark, ok := strings.Cut(schemes, "prefers-color-scheme: dark")
	if !ok {
		t.Fatal("the schemes are not where they were")
	}
	colours := func(part string) map[string]string {
		c := map[string]string{}
		for _, m := range colour.FindAllStringSubmatch(part, -1) {
			c[m[1]] = m[2]
		}
		return c
	}
	seen := map[string]bool{}
	for _, m := range lineMarks {
		for ground, ink := range map[string]string{"fcfbf9": colours(light)[m.Class], "16181b": colours(dark)[m.Class], "ffffff": strings.TrimPrefix(m.Ink, "#")} {
			if len(ink) != 6 || contrast(ink, ground) < 3 {
				t.Errorf("%s: %q on %s", m.Class, ink, ground)
			}
		}
		for _, s := range []string{m.Class, "path " + m.Path, "dash " + m.Dash, m.Ink} {
			if seen[s] {
				t.Errorf("two lines with %s", s)
			}
			seen[s] = true
		}
	}
	if len(lineMarks) != compare.Most {
		t.Errorf("%d marks for %d queries", len(lineMarks), compare.Most)
	}
}

func TestCompareSVGGolden(t *testing.T) {
	var b bytes.Buffer
	if err := RenderSVG(&b, threeQueries(), comparison()); err != nil {
		t.Fatal(err)
	}
	const file = "testdata/compare.svg"
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), want) {
		t.Errorf("the file is not %s; look at the difference after go test -update", file)
	}
}

// TestCompareSVGStandsAlone: the file is XML, holds nothing active and nothing of elsewhere, and says the queries, whatever they are.
func TestCompareSVGStandsAlone(t *testing.T) {
	for name, c := range map[string]Compare{
		"plain": {Params: threeQueries(), Result: comparison()}, "hostile": hostileComparison(), "nothing": {Result: &compare.Comparison{Series: comparison().Series}},
	} {
		if name == "hostile" {
			c.Result.Series[0].Text = hostile + "\x00\x1b\ufffe\x01"
		}
		var b bytes.Buffer
		if err := RenderSVG(&b, c.Params, c.Result); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "var(") || strings.Contains(b.String(), "\u202e") {
			t.Errorf("%s: needs a style sheet, or turns the line", name)
		}
		text := checkSVG(t, name, b.Bytes())
		if !strings.Contains(text, strings.TrimSpace(plainTitle(c.Result.Series[1].Text))) {
			t.Errorf("%s: the query is not in %q", name, text)
		}
	}
}

// checkSVG reads the whole file strictly and returns its text.
func checkSVG(t *testing.T, name string, svg []byte) string {
	t.Helper()
	allowed := []string{"svg", "title", "rect", "text", "g", "path", "polyline"}
	var text strings.Builder
	for dec := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := dec.Token()
		if err == io.EOF {
			return text.String()
		} else if err != nil {
			t.Fatalf("%s: %v in\n%s", name, err, svg)
		}
		switch n := token.(type) {
		case xml.CharData:
			text.Write(n)
		case xml.StartElement:
			if !slices.Contains(allowed, n.Name.Local) || n.Name.Space != "http://www.w3.org/2000/svg" {
				t.Errorf("%s: an element %v", name, n.Name)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" || a.Name.Local == "style" {
					t.Errorf("%s: <%s %s>", name, n.Name.Local, a.Name.Local)
				}
			}
		}
	}
}
