package page

import (
	"fmt"
	"strings"
	"testing"

	"dateline/index"
)

// segmented reads "Oil [price]: the [price]".
func segmented(text string) (list []index.Segment) {
	for i, piece := range strings.FieldsFunc(text, func(r rune) bool { return r == '[' || r == ']' }) {
		marked := i%2 == 1
		if strings.HasPrefix(text, "[") {
			marked = !marked
		}
		list = append(list, index.Segment{Text: piece, Marked: marked})
	}
	return list
}

// written writes runs: mentions in (), matches in [] with their number where they begin.
func written(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		if r.URL != "" {
			b.WriteString("(")
		}
		for _, p := range r.Parts {
			if p.Marked {
				fmt.Fprintf(&b, "[%s %s]", p.ID, p.Text)
			} else {
				b.WriteString(p.Text)
			}
		}
		if r.URL != "" {
			b.WriteString(")")
		}
	}
	return b.String()
}

func TestProse(t *testing.T) {
	const text = "Øre Quist said Quay Bank pays."
	for _, c := range []struct{ name, mentions, marks, want string }{
		{"nothing", "", text, text},
		{"a match", "", "Øre [Quist] said Quay Bank pays.", "Øre [m1 Quist] said Quay Bank pays."},
		{"neighbours are one match", "", "Øre Quist said [Quay] [Bank] pays.", "Øre Quist said [m1 Quay Bank] pays."},
		{"at both ends", "", "[Øre] Quist said Quay Bank [pays].", "[m1 Øre] Quist said Quay Bank [m2 pays]."},
		{"a match within a mention", "org B 15 24 Quay Bank", "Øre Quist said Quay [Bank] pays.", "Øre Quist said (Quay [m1 Bank]) pays."},
		{"a mention within a match", "org B 20 24 Bank", "Øre Quist said [Quay] [Bank] [pays].", "Øre Quist said [m1 Quay ]([ Bank])[  pays]."},
		{"across the end of a mention", "org B 15 24 Quay Bank", "Øre Quist said Quay [Bank] [pays].", "Øre Quist said (Quay [m1 Bank])[  pays]."},
		{"across the beginning of a mention", "org B 15 24 Quay Bank", "Øre Quist [said] [Quay] Bank pays.", "Øre Quist [m1 said ]([ Quay] Bank) pays."},
		{"the same", "person Q 4 9 Quist", "Øre [Quist] said Quay Bank pays.", "Øre ([m1 Quist]) said Quay Bank pays."},
		{"another text", "", "Øre [Quist] said", text},
	} {
		a := index.Article{Body: text, Entities: readMentions(t, c.mentions)}
		p := newProse(a, true, &index.Marks{Body: segmented(c.marks)})
		if got := written(p.body()[0]); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		p.names = false
		if got := written(p.body()[0]); strings.ContainsAny(got, "()") {
			t.Errorf("%s: names that nobody asked for: %s", c.name, got)
		}
	}
}

// TestProseOfFields: matches are numbered through title, lead and paragraphs, and none goes from one paragraph into the next.
func TestProseOfFields(t *testing.T) {
	a := index.Article{Title: "Oil", Lead: "No oil.", Body: "\nOil\n\n\noil, oil\n\noil"}
	p := newProse(a, false, &index.Marks{Title: segmented("[Oil]"), Lead: segmented("No [oil]."), Body: segmented("\n[Oil]\n\n\n[oil], [oil]\n\n[oil]")})
	got := []string{written(p.field("title", a.Title, "")), written(p.field("lead", a.Lead, ""))}
	for _, runs := range p.body() {
		got = append(got, written(runs))
	}
	if want := "[m1 Oil]|No [m2 oil].|[m3 Oil]|[m4 oil], [m5 oil]|[m6 oil]"; strings.Join(got, "|") != want || p.count != 6 {
		t.Errorf("%q with %d matches, want %q", got, p.count, want)
	}
	if got := written(p.field("title", "", "(no title)")); got != "(no title)" {
		t.Errorf("without a title: %q", got)
	}
}

// FuzzProse: whatever is marked and mentioned, the text is shown whole, once, and each match has one anchor.
func FuzzProse(f *testing.F) {
	f.Add("Øre Quist\n\nsaid", 3, 9, 4, 12)
	f.Add("\n\na\n\n\nb\xff c", 0, 1, 2, 3)
	f.Fuzz(func(t *testing.T, body string, cut, cut2, start, end int) {
		body = strings.ToValidUTF8(body, "?")
		chars := []rune(body)
		cut, cut2 = min(max(cut, 0), len(chars)), min(max(cut2, 0), len(chars))
		cut, cut2 = min(cut, cut2), max(cut, cut2)
		marks := index.Marks{Body: []index.Segment{{Text: string(chars[:cut])}, {Text: string(chars[cut:cut2]), Marked: true}, {Text: string(chars[cut2:])}}}
		a := index.Article{Body: body}
		if 0 <= start && start < end && end <= len(chars) {
			a.Entities = []index.Entity{{Type: index.Person, Name: "x", Mentions: []index.Mention{{Field: "body", Start: start, End: end, Text: string(chars[start:end])}}}}
		}
		all := newProse(a, true, &marks)
		lines := paragraphs(body)
		for i, runs := range all.body() {
			shown, anchors := "", 0
			for _, r := range runs {
				for _, p := range r.Parts {
					if shown += p.Text; p.ID != "" {
						anchors++
					}
				}
			}
			if shown != lines[i].text || anchors > 1 {
				t.Errorf("%q became %q with %d anchors", lines[i].text, shown, anchors)
			}
		}
	})
}
