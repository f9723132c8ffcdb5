package page

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"dateline/index"
)

// marked writes runs with the mentions in brackets: "[person Ada Quist: Quist] said".
func marked(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		if r.URL == "" {
			b.WriteString(r.Text)
			continue
		}
		fmt.Fprintf(&b, "[%s %s]", strings.TrimPrefix(r.URL, EntityPath), r.Text)
	}
	return b.String()
}

func TestMentions(t *testing.T) {
	const text = "Øre Quist said Quay Bank pays."
	for _, c := range []struct {
		name     string
		mentions string // type, name, start, end, text
		want     string
	}{
		{"none", "", text},
		{"characters, not bytes", "person Q 4 9 Quist", "Øre [person/Q Quist] said Quay Bank pays."},
		{"in order", "org B 15 24 Quay Bank\nperson Q 4 9 Quist", "Øre [person/Q Quist] said [org/B Quay Bank] pays."},
		{"at both ends", "place O 0 3 Øre\nplace P 25 30 pays.", "[place/O Øre] Quist said Quay Bank [place/P pays.]"},
		{"the longest of those that begin together", "place Q 15 19 Quay\norg B 15 24 Quay Bank", "Øre Quist said [org/B Quay Bank] pays."},
		{"the first of those that overlap", "org B 15 24 Quay Bank\nplace K 20 24 Bank", "Øre Quist said [org/B Quay Bank] pays."},
		{"neighbours", "person O 0 3 Øre\nperson Q 3 9  Quist", "[person/O Øre][person/Q  Quist] said Quay Bank pays."},
		{"beyond the end", "person Q 25 31 pays.\nperson Q 90 99 x", text},
		{"before the beginning", "person Q -2 3 Øre", text},
		{"backwards and empty", "person Q 9 4 Quist\nperson Q 4 4 ", text},
		{"other text there", "person Q 4 9 Kuist", text},
		{"another type", "topic Q 4 9 Quist", text},
		{"a name that has no page", "person .. 4 9 Quist", text},
		{"huge", fmt.Sprintf("person Q 4 %d Quist\nperson Q %d 9 Quist", math.MaxInt, math.MinInt), text},
	} {
		m := newMentions(readMentions(t, c.mentions), "body")
		if got := marked(m.cut(text, 0)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// readMentions reads a mention of the body a line.
func readMentions(t *testing.T, lines string) (list []index.Entity) {
	for line := range strings.Lines(lines) {
		var typ, name string
		var start, end int
		line = strings.TrimSuffix(line, "\n")
		if _, err := fmt.Sscanf(line, "%s %s %d %d", &typ, &name, &start, &end); err != nil {
			t.Fatal(err)
		}
		text := strings.SplitN(line, " ", 5)[4]
		list = append(list, index.Entity{Type: typ, Name: name, Mentions: []index.Mention{{Field: "body", Start: start, End: end, Text: text}}})
	}
	return list
}

// TestMentionsOfParagraphs: offsets are of the whole body, blank lines included, and nothing leads from one paragraph into the next.
func TestMentionsOfParagraphs(t *testing.T) {
	const body = "\nÉmile Quist said.\n\n\n\nQuist\nagain.\n\nBank"
	entities := readMentions(t, "person Q 1 12 Émile Quist\nperson Q 22 27 Quist\norg B 36 40 Bank")
	entities = append(entities, index.Entity{Type: index.Org, Name: "X", Mentions: []index.Mention{
		{Field: "body", Start: 28, End: 40, Text: "again.\n\nBank"}, {Field: "title", Start: 13, End: 17, Text: "said"}}})
	m := newMentions(entities, "body")
	var got []string
	for _, p := range paragraphs(body) {
		got = append(got, marked(m.cut(p.text, p.before)))
	}
	if want := "[person/Q Émile Quist] said.|[person/Q Quist]\nagain.|Bank"; strings.Join(got, "|") != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestEntityURL(t *testing.T) {
	for _, c := range []struct{ typ, name, want string }{
		{"person", "Ruslan Mirzaev", "/entity/person/Ruslan%20Mirzaev"}, {"org", "AC/DC", "/entity/org/AC%2FDC"},
		{"place", "St. John's", "/entity/place/St%2E%20John%27s"}, {"person", "Мирзаев", "/entity/person/%D0%9C%D0%B8%D1%80%D0%B7%D0%B0%D0%B5%D0%B2"},
		{"org", "a?b#c%d", "/entity/org/a%3Fb%23c%25d"}, {"person", "...", "/entity/person/%2E%2E%2E"}, {"person", "//evil.example", "/entity/person/%2F%2Fevil%2Eexample"},
		{"person", "..", ""}, {"person", ".", ""}, {"person", " ", ""}, {"person", "", ""}, {"topic", "x", ""}, {"", "x", ""},
	} {
		if got := EntityURL(c.typ, c.name); got != c.want {
			t.Errorf("%s %q: %s, want %s", c.typ, c.name, got, c.want)
		}
	}
}

// mentioned is an article that names entities in each of its fields.
func mentioned() index.Article {
	a := storyArticle()
	a.Body = "Mr. Mirzaev said on Thursday that ships are back.\n\nRotterdam was quiet."
	in := func(field, text string) index.Mention {
		whole := map[string]string{"title": a.Title, "lead": a.Lead, "body": a.Body}[field]
		at := strings.Index(whole, text) // the texts are ASCII
		return index.Mention{Field: field, Start: at, End: at + len(text), Text: text}
	}
	a.Entities[0].Mentions = []index.Mention{in("body", "Mirzaev")}
	a.Entities[1].Mentions = []index.Mention{in("title", "Port Authority")}
	a.Entities[2].Mentions = []index.Mention{in("body", "Rotterdam"), {Field: "lead", Start: 0, End: 7, Text: "Repairs"}}
	return a
}

func TestArticleMentions(t *testing.T) {
	d := draw(t, Article{Article: mentioned(), Stats: stats})
	for selector, want := range map[string]string{
		"h1 a.mention.org":         "/entity/org/Port%20Authority",
		".lead a.mention.place":    "/entity/place/Rotterdam",
		".body p a.mention.person": "/entity/person/Ruslan%20Mirzaev",
	} {
		if got := attr(d.one(selector), "href"); got != want {
			t.Errorf("%s leads to %s, want %s", selector, got, want)
		}
	}
	if got := attr(d.one(".body a.person"), "title"); got != "Person: Ruslan Mirzaev" {
		t.Error(got)
	}
	if got := d.textOf("h1"); got != "Port Authority reopens North Quay" {
		t.Error(got)
	}
	if got := d.texts(".body p"); got[1] != "Mr. Mirzaev said on Thursday that ships are back." || got[2] != "Rotterdam was quiet." {
		t.Errorf("%q", got)
	}
}

// FuzzMentions: whatever offsets a record has, the text is shown whole, once.
func FuzzMentions(f *testing.F) {
	f.Add("Øre Quist\n\nsaid", "Quist", 4, 9, 0, 3)
	f.Add("\n\na\n\n\nb\xff", "a", -1, 2, 3, 99)
	f.Fuzz(func(t *testing.T, body, text string, start, end, start2, end2 int) {
		m := newMentions([]index.Entity{{Type: index.Person, Name: "x", Mentions: []index.Mention{
			{Field: "body", Start: start, End: end, Text: text}, {Field: "body", Start: start2, End: end2, Text: text}}}}, "body")
		for _, p := range paragraphs(body) {
			shown := ""
			for _, r := range m.cut(p.text, p.before) {
				if r.URL != "" && r.Text != text {
					t.Errorf("%q is a mention", r.Text)
				}
				shown += r.Text
			}
			if want := string([]rune(p.text)); shown != want {
				t.Errorf("%q became %q", want, shown)
			}
		}
	})
}
