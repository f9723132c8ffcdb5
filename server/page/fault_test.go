package page

import (
	"testing"

	"dateline/query"
)

func TestQueryFault(t *testing.T) {
	p := oil()
	p.Set("q", "öl AND OR price")
	d := draw(t, Search{Params: p, Stats: stats, Fault: &Fault{
		Param: "q", At: query.Span{Start: 7, End: 9}, Detail: "OR has nothing on its left", Hint: "write öl OR price",
	}})
	if got := d.textOf("p.faulty"); got != "öl AND OR price" {
		t.Error(got)
	}
	if got := d.textOf("p.faulty mark"); got != "OR" {
		t.Error(got)
	}
	if got := d.textOf("#fault"); got != "OR has nothing on its left. Write öl OR price." {
		t.Error(got)
	}
	box := d.one("input#q")
	if attr(box, "value") != "öl AND OR price" || attr(box, "aria-invalid") != "true" || attr(box, "aria-describedby") != "fault" {
		t.Errorf("the box is %v", box.Attr)
	}
	sent := params{}
	for _, n := range d.all("form#search input") {
		sent = sent.add(attr(n, "name"), attr(n, "value"))
	}
	if got := sent.URL(); got != newParams(p).URL() {
		t.Errorf("the corrected query would go to %s, want %s", got, newParams(p).URL())
	}
}

func TestQueryFaultWithoutPlace(t *testing.T) {
	p := oil()
	d := draw(t, Search{Params: p, Stats: stats, Fault: &Fault{Param: "q", Detail: "the query is too long"}})
	if got := d.textOf("p.faulty"); got != "oil price" || len(d.all("p.faulty mark")) != 0 {
		t.Errorf("%q with %q marked", got, d.texts("p.faulty mark"))
	}
	d = draw(t, Search{Stats: stats, Fault: &Fault{Param: "q", Detail: "the query is too long"}})
	if len(d.all("p.faulty")) != 0 || d.textOf("#fault") != "The query is too long." {
		t.Error(d.textOf("main"))
	}
}

func TestParamFault(t *testing.T) {
	p := oil()
	p.Set("size", "1000")
	d := draw(t, Search{Params: p, Stats: stats, Fault: &Fault{Param: "size", Detail: "must be between 1 and 100, not 1000"}})
	if got := d.textOf("#fault"); got != "size must be between 1 and 100, not 1000." {
		t.Error(got)
	}
	if got := d.link("main a", "Search without it"); got != link1("size=") {
		t.Error(got)
	}
	if len(d.all("input[aria-invalid]"))+len(d.all("form#search input[name=size]")) != 0 {
		t.Error("the box is blamed, or the fault is sent again")
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		text                  string
		at                    query.Span
		before, guilty, after string
	}{
		{"añb", query.Span{Start: 1, End: 2}, "a", "ñ", "b"},
		{"ab", query.Span{Start: 2, End: 2}, "ab", "\u00a0", ""},
		{"ab", query.Span{Start: 1, End: 9}, "a", "b", ""},
		{"ab", query.Span{Start: -3, End: -5}, "", "\u00a0", "ab"},
		{"ab", query.Span{Start: 7, End: 8}, "ab", "\u00a0", ""},
	} {
		before, guilty, after := cut(c.text, c.at)
		if before != c.before || guilty != c.guilty || after != c.after {
			t.Errorf("cut(%q, %v) = %q %q %q", c.text, c.at, before, guilty, after)
		}
	}
}

func FuzzCut(f *testing.F) {
	f.Add("oil AND", 4, 7)
	f.Add("ü\xff", 1, 1)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		before, guilty, after := cut(text, query.Span{Start: start, End: end})
		whole := string([]rune(text))
		if guilty == "" || before+guilty+after != whole && (guilty != "\u00a0" || before+after != whole) {
			t.Errorf("%q became %q, %q, %q", text, before, guilty, after)
		}
	})
}
