package snippet

import (
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/query"
)

// show writes segments with the marked ones in brackets.
func show(segments []index.Segment) string {
	var b strings.Builder
	for _, s := range segments {
		if s.Marked {
			b.WriteString("[" + s.Text + "]")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func one(text string) query.Node         { return query.Word{Text: text} }
func in(field, text string) query.Node   { return query.Word{Field: field, Text: text} }
func phrase(text string) query.Node      { return query.Phrase{Text: text} }
func prefix(text string) query.Node      { return query.Prefix{Text: text} }
func and(nodes ...query.Node) query.Node { return query.And{Nodes: nodes} }

func TestTitle(t *testing.T) {
	for _, c := range []struct {
		query query.Node
		text  string
		want  string
	}{
		{one("price"), "Oil Prices: no price for oil", "Oil [Prices]: no [price] for oil"},
		{phrase("oil price"), "Oil price, price of oil, oil prices", "[Oil] [price], price of oil, [oil] [prices]"},
		{phrase("oil price"), "Price oil", "Price oil"},
		{prefix("econ"), "Économie and the economist", "[Économie] and the [economist]"},
		{prefix("oil pri"), "Oil prices, oil", "[Oil] [prices], oil"},
		{in("body", "oil"), "Oil", "Oil"},
		{in("title", "oil"), "Oil", "[Oil]"},
		{and(one("oil"), query.Not{Node: one("gas")}), "Oil and gas", "[Oil] and gas"},
		{query.And{Nodes: []query.Node{one("oil")}, Optional: []query.Node{one("gas")}}, "Oil and gas", "[Oil] and [gas]"},
		{one("U.S."), "The U.S., the US and us", "The [U.S]., the [US] and [us]"},
		{one("anti-terrorist"), "Anti-terrorist body", "[Anti]-[terrorist] body"},
		{query.Value{Field: "source", Text: "oil"}, "Oil", "Oil"},
		{query.All{}, "Oil", "Oil"},
		{one("oil"), "", ""},
		{and(phrase("a b"), phrase("b c")), "a b c", "[a] [b] [c]"},
	} {
		if got := show(New(c.query).Title(c.text, analysis.Unknown)); got != c.want {
			t.Errorf("%v in %q\n got %q\nwant %q", c.query, c.text, got, c.want)
		}
	}
}

const body = "ROTTERDAM - The port reopened on Thursday after storm repairs that took nine weeks and cost the city dearly. " +
	"Engineers had replaced four cranes.\n\n" +
	"The mayor thanked the crews and the unions, who had worked through the nights of February without a pause. " +
	"She said that the price of the works would be shared.\n\n" +
	"Ships of the northern line come back in April; the southern line, which lost its berth to the silt, waits until the " +
	"dredgers are done. Insurers dispute the price and the cause of the damage, and a court in the city will hear them."

func TestBody(t *testing.T) {
	for _, c := range []struct {
		name  string
		query query.Node
		want  []string
	}{
		{"no match shows the beginning, within the first paragraph", one("zebra"), []string{
			"ROTTERDAM - The port reopened on Thursday after storm repairs that took nine weeks and cost the city dearly. " +
				"Engineers had replaced four cranes."}},
		{"one word: one passage, from its sentence to the paragraph's end", one("cranes"), []string{
			"Engineers had replaced four [cranes]."}},
		{"two words far apart: a passage each", and(one("cranes"), one("insurer")), []string{
			"Engineers had replaced four [cranes].",
			"[Insurers] dispute the price and the cause of the damage, and a court in the city will hear them."}},
		{"a passage begins with its paragraph", one("northern"), []string{
			"Ships of the [northern] line come back in April; the southern line, which lost its berth to the silt, waits until the " +
				"dredgers are done. Insurers dispute the price and the cause of the damage, and a court in the city will"}},
		{"two words together before one alone", and(one("price"), one("insurers")), []string{
			"[Insurers] dispute the [price] and the cause of the damage, and a court in the city will hear them."}},
	} {
		var got []string
		for _, p := range New(c.query).Body(body, analysis.Unknown) {
			got = append(got, show(p))
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
	const initials = "The plan of the U.S. and of J. Smith was shown."
	if got := show(New(one("smith")).Body(strings.Repeat("x", 200)+". "+initials, analysis.Unknown)[0]); got != strings.Replace(initials, "Smith", "[Smith]", 1) {
		t.Errorf("initials: got %q", got)
	}
	for text, want := range map[string]string{
		"He asked “Why?” (“Because.”) “The [cranes] fell,” she said.": "“The [cranes] fell,” she said.",
		"石油价格上涨。市场下[跌]！":                                              "市场下[跌]！",
	} {
		plain := strings.NewReplacer("[", "", "]", "").Replace(text)
		asked := text[strings.Index(text, "[")+1 : strings.Index(text, "]")]
		if got := show(New(one(asked)).Body(strings.Repeat("x", 200)+" "+plain, analysis.Unknown)[0]); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := New(one("x")).Body("", analysis.Unknown); got == nil || len(got) != 0 {
		t.Errorf("passages of no text: %v, want an empty list", got)
	}
}

func FuzzBody(f *testing.F) {
	f.Add(body, "price", "the")
	f.Add("a\n\nb a. b 石油a", "石油", "b")
	f.Add(strings.Repeat("ä ", 300), "a", "zz")
	f.Fuzz(func(t *testing.T, text, a, b string) {
		m := New(and(one(a), prefix(b), phrase(a+" "+b)))
		last := -1
		for _, p := range m.Body(text, analysis.Unknown) {
			plain := strings.NewReplacer().Replace(join(p))
			at := strings.Index(text[max(last, 0):], plain)
			if at < 0 {
				t.Fatalf("passage %q is no part of %q behind the one before", plain, text)
			}
			last = max(last, 0) + at + len(plain)
		}
		if got := join(m.Title(text, analysis.Unknown)); got != text {
			t.Fatalf("title %q came back as %q", text, got)
		}
	})
}

func join(segments []index.Segment) string {
	s := ""
	for _, x := range segments {
		s += x.Text
	}
	return s
}

func BenchmarkBody(b *testing.B) {
	text := strings.Repeat(body+"\n\n", 4)
	q := and(one("price"), one("insurers"), phrase("northern line"))
	b.ReportAllocs()
	for b.Loop() {
		New(q).Body(text, analysis.Unknown)
	}
}
