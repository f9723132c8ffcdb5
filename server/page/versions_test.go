package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/diff"
)

// history makes versions of articles, an hour apart.
func history(articles ...index.Article) []index.Version {
	since := at("2024-03-20T12:00:00Z")
	var list []index.Version
	for i, a := range articles {
		if i > 0 {
			since = index.At(since.Add(time.Hour))
			list[i-1].Until = since
		}
		list = append(list, index.Version{Number: i + 1, Since: since, Article: a})
	}
	return list
}

func compared(id string, list []index.Version, from, to int) Versions {
	v := Versions{ID: id, List: list, From: from, To: to, Fields: diff.Articles(&list[from-1].Article, &list[to-1].Article), Stats: stats, Steps: [][]diff.Field{nil}}
	for i := 1; i < len(list); i++ {
		v.Steps = append(v.Steps, diff.Articles(&list[i-1].Article, &list[i].Article))
	}
	return v
}

// quayVersions are three versions of an article, of which two are compared.
func quayVersions(from, to int) Versions {
	a := storyArticle()
	b, c := a, a
	b.Title, b.Body = "Port Authority closes North Quay", "The Port Authority said on Friday that ships are back.\n\nA second paragraph,\nwith a line of its own.\n\nA third one."
	c.Title, c.Body, c.Authors, c.Precision = b.Title, strings.TrimSuffix(b.Body, "."), []string{"Bo Lund"}, "month"
	return compared(a.ID, history(a, b, c), from, to)
}

func hostileVersions() Versions {
	a := hostileArticle().Article
	b := a
	b.Title, b.Body, b.Lead, b.Authors = hostile+"2", "x\n\n"+hostile+"\n\ny\n\n"+hostile+hostile, "", []string{hostile + "2"}
	return compared(hostile, history(a, b, a), 1, 2)
}

func TestVersionsList(t *testing.T) {
	d := draw(t, quayVersions(2, 3))
	want := []string{
		"Version 3 the present one read Port Authority closes North Quay since 20 March 2024, 14:00 UTC1,311 words Changed: text in its spaces and marks only, authors, date of publication",
		"Version 2 read Port Authority closes North Quay since 20 March 2024, 13:00 UTCuntil 20 March 2024, 14:00 UTC1,311 words Changed: title, text +4 −1 words",
		"Version 1 read Port Authority reopens North Quay since 20 March 2024, 12:00 UTCuntil 20 March 2024, 13:00 UTC1,311 words",
	}
	if got := d.texts(".editions li"); !slices.Equal(got, want) {
		t.Errorf("versions\n%q, want\n%q", got, want)
	}
	const page = "/versions/https:%2F%2Fharbourgazette%2Ecom%2Fa%2F1"
	for label, want := range map[string]string{
		"title, text +4 −1 words": page + "?from=1&to=2#changes", "Port Authority closes North Quay": "/article/https:%2F%2Fharbourgazette%2Ecom%2Fa%2F1",
		"All versions as JSON": "/api/v1" + page, "these changes as JSON": "/api/v1/diff/https:%2F%2Fharbourgazette%2Ecom%2Fa%2F1?from=2&to=3",
	} {
		if got := d.link("main a", label); got != want {
			t.Errorf("%s leads to %s, want %s", label, got, want)
		}
	}
	for i, a := range d.all(".edition a") {
		if want := fmt.Sprintf("%s?show=%d", page, 3-i); attr(a, "href") != want {
			t.Errorf("version %d is at %s, want %s", 3-i, attr(a, "href"), want)
		}
	}
}

func TestVersionsCompared(t *testing.T) {
	d := draw(t, quayVersions(1, 2))
	for selector, want := range map[string]string{
		"#changes-title": "From version 1 to version 2", ".legend": "taken out put in",
		"#changes details summary": "2 unchanged paragraphs" /* its two lines count each by itself */, "#changes details div": "A second paragraph, with a line of its own.",
	} {
		if got := d.textOf(selector); got != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
	if got := d.texts("#changes h3"); !slices.Equal(got, []string{"Title +1 −1 words", "Text +4 −1 words"}) {
		t.Errorf("changed fields %q", got)
	}
	if got := d.texts("#changes .body del"); !slices.Equal(got, []string{"reopens", "Thursday"}) {
		t.Errorf("taken out %q", got)
	}
	if got := d.texts("#changes .body ins"); !slices.Equal(got, []string{"closes", "Friday", "A third one."}) {
		t.Errorf("put in %q", got)
	}
	d = draw(t, quayVersions(1, 3))
	if got := d.texts(".changed li"); !slices.Equal(got, []string{"Ada Quist", "Bo Lund", "2024-03-14", "2024-03"}) {
		t.Errorf("values %q", got)
	}
	if got := d.texts("p.explain"); !slices.Equal(got, []string{"Unchanged: summary, source, section, topics, address."}) {
		t.Errorf("explained %q", got)
	}
}

// TestChangesAreSpoken: what colour and line say is also said.
func TestChangesAreSpoken(t *testing.T) {
	d := draw(t, quayVersions(1, 3))
	for _, selector := range []string{".body del", ".body ins", ".changed del", ".changed ins"} {
		for _, n := range d.all("#changes " + selector) {
			first, last := n.FirstChild, n.LastChild
			said := map[string]string{"del": "[taken out: ", "ins": "[put in: "}[n.Data]
			if attr(first, "class") != "hidden" || first.FirstChild.Data != said || attr(last, "class") != "hidden" || last.FirstChild.Data != "]" {
				t.Errorf("%s is not said of %q", selector, text(n))
			}
		}
	}
}

func TestVersionsForm(t *testing.T) {
	d := draw(t, quayVersions(1, 3))
	form := d.one("form.compare")
	if attr(form, "method") != "get" || attr(form, "action") != "/versions/https:%2F%2Fharbourgazette%2Ecom%2Fa%2F1" {
		t.Errorf("the form is %v", form.Attr)
	}
	for name, want := range map[string]string{"from": "1", "to": "3"} {
		if got := len(d.all("select#" + name + " option")); got != 3 {
			t.Errorf("%d options of %s", got, name)
		}
		if got := attr(d.one("select[name="+name+"] option[selected]"), "value"); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}

func TestOneVersion(t *testing.T) {
	list := history(storyArticle())
	d := draw(t, compared("x", list, 1, 1))
	if len(d.all("form.compare")) != 0 || len(d.all("#changes")) != 0 || d.textOf("p.explain") != "The index knows no other version of this article." {
		t.Error(d.texts("main"))
	}
	two := compared("x", history(storyArticle(), storyArticle()), 1, 2)
	if got := draw(t, two).texts("p.explain"); !slices.Equal(got, []string{"These two say the same."}) {
		t.Error(got)
	}
}

func TestManyVersions(t *testing.T) {
	articles := make([]index.Article, MaxVersions+20)
	for i := range articles {
		articles[i] = index.Article{Title: fmt.Sprint("Title ", i)}
	}
	v := compared("x", history(articles...), 3, 4)
	v.Steps = nil // not counted
	d := draw(t, v)
	if got := len(d.all(".editions li")); got != MaxVersions {
		t.Errorf("%d versions are listed", got)
	}
	if got := d.texts("p.explain")[0]; got != "20 earlier versions are not listed here." {
		t.Error(got)
	}
	if got := d.texts(".changes")[0]; got != "Changed: what was changed" {
		t.Error(got)
	}
	if got := attr(d.one("select#from option[selected]"), "value"); got != "3" {
		t.Errorf("the version compared is not among the choices, but %s", got)
	}
}

func TestTooManyDifferences(t *testing.T) {
	f := diff.Field{Field: "body", Changed: true, Segments: make([]diff.Segment, maxParts+1)}
	v := quayVersions(1, 2)
	v.Fields = []diff.Field{f}
	if d := draw(t, v); len(d.all("#changes .body")) != 0 || !strings.Contains(d.texts("p.explain")[0], "too many differences") {
		t.Error("they are shown")
	}
}

func TestLines(t *testing.T) {
	same := func(s string) diff.Segment { return diff.Segment{Text: s, Kind: diff.Same} }
	ins := func(s string) diff.Segment { return diff.Segment{Text: s, Kind: diff.Insert} }
	del := func(s string) diff.Segment { return diff.Segment{Text: s, Kind: diff.Delete} }
	for _, c := range []struct {
		name string
		list []diff.Segment
		want string
	}{
		{"nothing", nil, ""},
		{"paragraphs", []diff.Segment{same("One.\n\nTwo.")}, "One.|Two."},
		{"a word", []diff.Segment{same("One.\n\nTwo "), del("a"), ins("b"), same(" c.\n\nThree.")}, "One.|Two -a+b c.|Three."},
		{"a paragraph more", []diff.Segment{same("One."), ins("\n\nTwo.")}, "One.|+Two."},
		{"paragraphs replaced", []diff.Segment{del("One.\n\nTwo."), ins("Three.\n\nFour.")}, "-One.|-Two.|+Three.|+Four."},
		{"paragraphs joined", []diff.Segment{same("One."), del("\n\n"), ins(" "), same("Two.")}, "One.-¶|+ Two."},
		{"a paragraph parted", []diff.Segment{same("One."), ins("\n\n"), same("Two.")}, "One.+¶|Two."},
		{"blanks", []diff.Segment{same("One. "), ins(" "), same("Two.")}, "One. + Two."},
	} {
		var got []string
		for _, line := range lines(c.list) {
			s := ""
			for _, part := range line {
				s += map[diff.Kind]string{diff.Insert: "+", diff.Delete: "-"}[part.Kind] + part.Text
			}
			got = append(got, s)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: %q, want %s", c.name, got, c.want)
		}
	}
}

func TestArticleWithVersions(t *testing.T) {
	a := storyArticle()
	a.Version, a.Changed = 3, at("2024-03-20T14:00:00Z")
	d := draw(t, Article{Article: a, Stats: stats})
	if got := d.textOf(".byline"); !strings.Contains(got, "Changed20 March 2024, 14:00 UTC, 3 versions") {
		t.Error(got)
	}
	if got := d.link(".byline a", "3 versions"); got != "/versions/https:%2F%2Fharbourgazette%2Ecom%2Fa%2F1" {
		t.Error(got)
	}
	if len(d.all(".asof")) != 0 {
		t.Error("the present article is shown as a version")
	}
}

func TestArticleAsItWas(t *testing.T) {
	list := quayVersions(1, 2).List
	d := draw(t, Article{Article: list[0].Article, Shown: &list[0], Stats: stats})
	if got := d.textOf("p.asof"); got != "Version 1, an earlier one: from 20 March 2024, 12:00 UTC until 20 March 2024, 13:00 UTC. All versions · The present article" {
		t.Error(got)
	}
	if got := d.link("p.asof a", "The present article"); got != "/article/https:%2F%2Fharbourgazette%2Ecom%2Fa%2F1" {
		t.Error(got)
	}
	if len(d.all("meta[name=robots]")) != 1 {
		t.Error("crawlers may keep what is not said any more")
	}
	d = draw(t, Article{Article: list[2].Article, Shown: &list[2], Stats: stats})
	if got := d.textOf("p.asof"); !strings.HasPrefix(got, "Version 3, the present one since 20 March 2024, 14:00 UTC.") {
		t.Error(got)
	}
}
