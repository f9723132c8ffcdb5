package snippet

import (
	"strings"
	"testing"

	"dateline/index"
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

// titled makes an article of a title.
func titled(title, language string) *index.Article {
	return &index.Article{Title: title, Language: language}
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
		if got := show(New(c.query, nil).Title(titled(c.text, ""))); got != c.want {
			t.Errorf("%v in %q\n got %q\nwant %q", c.query, c.text, got, c.want)
		}
	}
}

func near(left, right query.Node, op query.NearOp, distance int) query.Node {
	return query.Near{Left: left, Right: right, Op: op, Distance: distance}
}

// TestUnits marks of units of several words those that take part where the unit stands.
func TestUnits(t *testing.T) {
	oilNearGas := near(one("oil"), one("gas"), query.OpNear, 2)
	for _, c := range []struct {
		query query.Node
		text  string
		want  string
	}{
		{query.Phrase{Text: "oil price", Slop: 2}, "Price oil, and oil at a high price", "[Price] [oil], and oil at a high price"},
		{query.Phrase{Text: "oil prices", Exact: true}, "Oil price, ÖIL PRICES", "Oil price, [ÖIL] [PRICES]"},
		{query.Wildcard{Text: "pr?c*"}, "Prices, precious, proxy", "[Prices], [precious], proxy"},
		{query.Wildcard{Text: "anti-terr*st"}, "Anti-terrorist, terrorist", "[Anti]-[terrorist], terrorist"},
		{query.Fuzzy{Text: "brexit", Edits: 1}, "Brexit Brexits Bretix Brxeti", "[Brexit] [Brexits] Bretix Brxeti"},
		{query.Regexp{Text: "Col(o|ou)r"}, "Color, colour, colours", "[Color], [colour], colours"},
		{query.Regexp{Text: "("}, "(", "("},
		{oilNearGas, "Oil and gas; oil, or coal, or gas", "[Oil] and [gas]; [oil], or coal, or gas"},
		{near(one("oil"), one("gas"), query.OpOrdered, 1), "Gas oil gas", "Gas [oil] [gas]"},
		{near(one("oil"), one("gas"), query.OpSentence, 0), "Oil. Gas and oil", "Oil. [Gas] and [oil]"},
		{near(one("oil"), one("gas"), query.OpParagraph, 0), "Oil. Gas\n\noil", "[Oil]. [Gas]\n\noil"},
		{near(near(one("oil"), one("gas"), query.OpNotNear, 1), one("coal"), query.OpNear, 9), "Oil or gas, coal", "[Oil] or gas, [coal]"},
		{near(near(one("oil"), one("gas"), query.OpNotNear, 1), one("coal"), query.OpNear, 9), "Oil, gas, oil, coal", "Oil, gas, oil, coal"},
		{near(phrase("oil price"), one("price"), query.OpNear, 5), "Oil price, price of oil", "[Oil] [price], [price] of oil"},
		{near(oilNearGas, one("coal"), query.OpNear, 1), "Oil gas coal", "Oil [gas] [coal]"},
		{query.Together{Text: "gas oil", Distance: 2}, "Oil gas, or oil", "[Oil] [gas], or [oil]"},
		{query.Repeat{Node: one("oil"), Times: 2}, "Oil", "Oil"},
		{query.Repeat{Node: query.Or{Nodes: []query.Node{one("oil"), one("gas")}}, Times: 2}, "Oil, gas", "[Oil], [gas]"},
		{query.Boost{Node: one("oil"), By: 2}, "Oil", "[Oil]"},
		{query.Not{Node: oilNearGas}, "Oil and gas", "Oil and gas"},
		{query.Has{Field: "title"}, "Oil", "Oil"},
		{near(in("body", "oil"), one("gas"), query.OpNear, 5), "Oil and gas", "Oil and gas"},
	} {
		if got := show(New(c.query, nil).Title(titled(c.text, "en"))); got != c.want {
			t.Errorf("%v in %q\n got %q\nwant %q", c.query, c.text, got, c.want)
		}
	}
}

// TestClasses marks the names that class words stand for, where the unit stands.
func TestClasses(t *testing.T) {
	a := &index.Article{
		Title: "Öl: Mirzaev took bribe, says Ruslan Temirov of Port Authority in Rotterdam; bribe denied", Language: "en",
		Entities: []index.Entity{
			{Type: index.Person, Name: "Ruslan Temirov", Mentions: []index.Mention{{Field: "title", Start: 29, End: 43}, {Field: "body", Start: 4, End: 11}}},
			{Type: index.Place, Name: "Rotterdam", Mentions: []index.Mention{{Field: "title", Start: 65, End: 74}, {Field: "title", Start: 65, End: 900}}},
			{Type: index.Person, Name: "Mirzaev", Mentions: []index.Mention{{Field: "title", Start: 4, End: 11}}},
			{Type: index.Org, Name: "Port Authority", Mentions: []index.Mention{{Field: "title", Start: 47, End: 61}}},
		},
	}
	for _, c := range []struct {
		query query.Node
		want  string
	}{
		{one("@person"), "Öl: [Mirzaev] took bribe, says [Ruslan] [Temirov] of Port Authority in Rotterdam; bribe denied"},
		{in("title", "@org"), "Öl: Mirzaev took bribe, says Ruslan Temirov of [Port] [Authority] in Rotterdam; bribe denied"},
		{in("body", "@person"), a.Title},
		{in("url", "@person"), a.Title},
		{near(one("bribe"), one("@Person"), query.OpNear, 2), "Öl: [Mirzaev] took [bribe], says [Ruslan] Temirov of Port Authority in Rotterdam; bribe denied"},
		{query.Together{Text: "bribe, @place", Distance: 2}, "Öl: Mirzaev took bribe, says Ruslan Temirov of Port Authority in [Rotterdam]; [bribe] denied"},
		{phrase("says @entity @entity of"), "Öl: Mirzaev took bribe, [says] [Ruslan] [Temirov] [of] Port Authority in Rotterdam; bribe denied"},
		{query.Phrase{Text: "@person @place", Slop: 4}, "Öl: Mirzaev took bribe, says Ruslan [Temirov] of Port Authority in [Rotterdam]; bribe denied"},
		{query.Prefix{Text: "@pers"}, a.Title},
	} {
		if got := show(New(c.query, nil).Title(a)); got != c.want {
			t.Errorf("%v\n got %q\nwant %q", c.query, got, c.want)
		}
	}
	if got := show(New(one("@person"), nil).Title(titled(a.Title, "en"))); got != a.Title {
		t.Errorf("without mentions: %q", got)
	}
}

// TestLanguages asks one matcher for articles of several languages.
func TestLanguages(t *testing.T) {
	m := New(query.Or{Nodes: []query.Node{one("haus"), one("price")}}, nil)
	for l, want := range map[string]string{
		"de": "[Haus] [Häuser] [price] priced",
		"en": "[Haus] Häuser [price] [priced]",
		"":   "[Haus] Häuser [price] [priced]",
	} {
		if got := show(m.Title(titled("Haus Häuser price priced", l))); got != want {
			t.Errorf("%v: got %q, want %q", l, got, want)
		}
	}
}

// TestNearPassage shows of words near each other the place where they are, not their first ones.
func TestNearPassage(t *testing.T) {
	far := strings.Repeat("Nothing else happened in the port on that day. ", 8)
	text := "The price fell. " + far + "Insurers stayed. " + far + "Insurers dispute the price. " + far
	for _, q := range []query.Node{
		near(one("price"), one("insurers"), query.OpNear, 3),
		query.Together{Text: "price insurers", Distance: 4},
		query.Phrase{Text: "insurers price", Slop: 2},
		near(one("price"), one("insurers"), query.OpParagraph, 0),
	} {
		const want = "[Insurers] dispute the [price]. "
		if got := New(q, nil).Body(&index.Article{Body: text, Language: "en"}); !strings.HasPrefix(show(got[0]), want) || len(got) != 1 {
			t.Errorf("%v: got %d passages, the first %q", q, len(got), show(got[0]))
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
		for _, p := range New(c.query, nil).Body(&index.Article{Body: body}) {
			got = append(got, show(p))
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
	const initials = "The plan of the U.S. and of J. Smith was shown."
	if got := show(New(one("smith"), nil).Body(&index.Article{Body: strings.Repeat("x", 200) + ". " + initials})[0]); got != strings.Replace(initials, "Smith", "[Smith]", 1) {
		t.Errorf("initials: got %q", got)
	}
	for text, want := range map[string]string{
		"He asked “Why?” (“Because.”) “The [cranes] fell,” she said.": "“The [cranes] fell,” she said.",
		"石油价格上涨。市场下[跌]！":                                              "市场下[跌]！",
	} {
		plain := strings.NewReplacer("[", "", "]", "").Replace(text)
		asked := text[strings.Index(text, "[")+1 : strings.Index(text, "]")]
		if got := show(New(one(asked), nil).Body(&index.Article{Body: strings.Repeat("x", 200) + " " + plain})[0]); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := New(one("x"), nil).Body(&index.Article{}); got == nil || len(got) != 0 {
		t.Errorf("passages of no text: %v, want an empty list", got)
	}
}

func FuzzBody(f *testing.F) {
	f.Add(body, "price", "the")
	f.Add("a\n\nb a. b 石油a", "石油", "b")
	f.Add(strings.Repeat("ä ", 300), "a", "zz")
	f.Fuzz(func(t *testing.T, text, a, b string) {
		m := New(and(one(a), prefix(b), phrase(a+" "+b), near(one(a), query.Fuzzy{Text: b, Edits: 1}, query.OpNear, 3),
			query.Wildcard{Text: a + "*" + b}, query.Phrase{Text: a + " " + b, Slop: 3}, near(one(a), one(b), query.OpSentence, 0)), nil)
		last := -1
		for _, p := range m.Body(&index.Article{Body: text}) {
			plain := strings.NewReplacer().Replace(join(p))
			at := strings.Index(text[max(last, 0):], plain)
			if at < 0 {
				t.Fatalf("passage %q is no part of %q behind the one before", plain, text)
			}
			last = max(last, 0) + at + len(plain)
		}
		if got := join(m.Title(titled(text, ""))); got != text {
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
		New(q, nil).Body(&index.Article{Body: text})
	}
}

// BenchmarkHostile asks for much in texts that repeat one word.
func BenchmarkHostile(b *testing.B) {
	text := strings.Repeat("oil ", 100_000)
	var many []query.Node
	for i := range 1000 {
		many = append(many, query.Wildcard{Text: "o*" + strings.Repeat("*", i%7)})
	}
	for name, q := range map[string]query.Node{
		"phrase":    query.Phrase{Text: "oil oil oil", Slop: 1000},
		"near":      near(one("oil"), prefix("oi"), query.OpNear, 1000),
		"together":  query.Together{Text: "oil oils oiled oiling oil's oill", Distance: 1000},
		"patterns":  query.Or{Nodes: many},
		"sentences": near(one("oil"), one("oil"), query.OpSentence, 0),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				New(q, nil).Body(&index.Article{Body: text, Language: "en"})
			}
		})
	}
}

// TestVariantsAreMarked marks the variants of words that are asked for by their stem, in the language of the article.
func TestVariantsAreMarked(t *testing.T) {
	variants := func(term string) []string {
		return map[string][]string{"mirzaev": {"mirzayev", "мирзаев"}, "price": {"preis"}}[term]
	}
	for _, c := range []struct {
		query          query.Node
		text, language string
		want           string
	}{
		{one("mirzaev"), "Mirzayev, Мирзаев and Mirzaev", "en", "[Mirzayev], [Мирзаев] and [Mirzaev]"},
		{one("mirzayev"), "Mirzayev and Mirzaev", "en", "[Mirzayev] and Mirzaev"},
		{phrase("director mirzaev"), "Director Mirzayev, Mirzayev", "en", "[Director] [Mirzayev], Mirzayev"},
		{query.Phrase{Text: "mirzaev", Exact: true}, "Mirzayev, Mirzaev", "en", "Mirzayev, [Mirzaev]"},
		{prefix("mirzaev"), "Mirzayev, Mirzaevs", "en", "Mirzayev, [Mirzaevs]"},
		{one("price"), "Preise und Price", "de", "[Preise] und [Price]"},
		{query.Not{Node: one("mirzaev")}, "Mirzayev", "en", "Mirzayev"},
	} {
		if got := show(New(c.query, variants).Title(titled(c.text, c.language))); got != c.want {
			t.Errorf("%v in %q\n got %q\nwant %q", c.query, c.text, got, c.want)
		}
	}
}

func TestWhole(t *testing.T) {
	a := index.Article{Title: "Oil price", Lead: "", Body: strings.Repeat("Gas fell. ", 300) + "Oil prices rose.\n\nNo price, no oil."}
	m := New(phrase("oil price"), nil)
	defer m.Free()
	whole := m.Whole(&a)
	if got, want := show(whole.Body), strings.Repeat("Gas fell. ", 300)+"[Oil] [prices] rose.\n\nNo price, no oil."; got != want {
		t.Errorf("got %q", got)
	}
	if got := show(whole.Title); got != "[Oil] [price]" || whole.Lead == nil || len(whole.Lead) != 0 {
		t.Errorf("got the title %q and the lead %v", got, whole.Lead)
	}
}
