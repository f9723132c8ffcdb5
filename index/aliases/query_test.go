package aliases

import (
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/names"
)

// labels returns names as they are shown, in byte order.
func labels(b *Book, list []uint32) string {
	var names []string
	for _, i := range list {
		names = append(names, b.lex.Label(int(i)))
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func TestFilterAndQuery(t *testing.T) {
	b := bookOf(index.Person, archiveOf("Ruslan Mirzaev 3 = Mirzaev, the director", "Руслан Мирзаев = Мирзаев", "Aleksei Mirzaev", "Mirzaev", "Anna Berg", "Carl Dahl"),
		"merge|Nobody Yet|Anna Berg", "rename|Carl Dahl|The Chairman")
	for _, c := range []struct{ value, filter, query, aliases string }{
		{"ruslan mirzaev", "Ruslan Mirzaev, Руслан Мирзаев", "Ruslan Mirzaev, Руслан Мирзаев", ""},
		{"Ruslan Mirzayev", "", "Ruslan Mirzaev, Руслан Мирзаев", ""},
		{"Mirzaev", "Mirzaev", "Aleksei Mirzaev, Mirzaev, Ruslan Mirzaev, Руслан Мирзаев", "mirzaev"},
		{"Мирзаев", "", "Ruslan Mirzaev, Руслан Мирзаев", "мирзаев"},
		{"Mirzayev", "", "Aleksei Mirzaev, Mirzaev, Ruslan Mirzaev, Руслан Мирзаев", ""},
		{"The Director", "", "Ruslan Mirzaev, Руслан Мирзаев", "the director"},
		{"director", "", "", ""},
		{"nobody yet", "Anna Berg", "Anna Berg", ""},
		{"the chairman", "Carl Dahl", "Carl Dahl", ""},
		{"Dahl", "", "Carl Dahl", ""},
		{"Ruslan", "", "", ""},
		{"", "", "", ""},
		{"Joris", "", "", ""},
	} {
		filter, ok := b.Filter(c.value)
		if got := labels(b, filter); got != c.filter || ok != (c.filter != "") {
			t.Errorf("filter %q: %s %v, want %s", c.value, got, ok, c.filter)
		}
		query, aliases := b.Query(c.value)
		if got := labels(b, query); got != c.query || strings.Join(aliases, ", ") != c.aliases {
			t.Errorf("query %q: %s and %q, want %s and %q", c.value, got, aliases, c.query, c.aliases)
		}
	}
}

func TestEntity(t *testing.T) {
	b := bookOf(index.Person, archiveOf("Ruslan Mirzaev 3 = Mirzaev, director", "Ruslan Mirzayev = mirzaev, Ruslan Mirzaev", "Руслан Мирзаев", "Anna Berg 2", "A. Berg", "Mirzaev"),
		"merge|Anna Berg|Ruslan Mirzaev", "apart|Aleksei Mirzaev|Ruslan Mirzaev", "apart|Ruslan Mirzaev|A. Berg")
	info, ok := b.Entity("anna berg")
	want := index.EntityInfo{
		Type: index.Person, Name: "Ruslan Mirzaev",
		Names: []index.NameForm{{Name: "Ruslan Mirzaev", Articles: 3}, {Name: "Anna Berg", Articles: 2, Reason: "decided"},
			{Name: "Ruslan Mirzayev", Articles: 1, Reason: "the same but for transliteration"}, {Name: "Руслан Мирзаев", Articles: 1, Reason: "the same letters"}},
		Aliases: []index.NameForm{{Name: "Mirzaev", Articles: 4}, {Name: "director", Articles: 3}},
		Suggestions: []index.Suggested{{Type: index.Person, Name: "Ruslan Mirzaev", Other: "Mirzaev", Articles: [2]int{7, 1}, Score: 0.6,
			Reason: "a surname alone may be anybody's of that name", Shared: []string{}}},
		Apart: []string{"A. Berg", "Aleksei Mirzaev"},
	}
	if !ok || text(info) != text(want) {
		t.Errorf("got  %s\nwant %s", text(info), text(want))
	}
	if _, ok := b.Entity("Nobody"); ok {
		t.Error("nobody is somebody")
	}
}

func TestSuggestions(t *testing.T) {
	for _, c := range []struct {
		typ       string
		names     []string
		decisions []string
		want      string
	}{
		{index.Person, []string{"Veldkamp 9", "Joris Veldkamp 2"}, nil, "Veldkamp ~ Joris Veldkamp 0.60"},
		{index.Person, []string{"Veldkamp 9", "Joris Veldkamp 2", "Anna Veldkamp"}, nil, ""},
		{index.Person, []string{"Mr. Veldkamp 9", "Joris Veldkamp 2"}, nil, ""},
		{index.Person, []string{"Veldkamp", "Joris Veldkamp 2", "J. Veldkamp"}, nil, "Joris Veldkamp ~ Veldkamp 0.60"},
		{index.Person, []string{"Joris Veldkamp 3", "J. Veldkamp 2", "Jan Veldkamp"}, nil, "Joris Veldkamp ~ J. Veldkamp 0.95, J. Veldkamp ~ Jan Veldkamp 0.95"},
		{index.Person, []string{"Joris Veldkamp 3", "J. Veldkamp 2", "Jan Veldkamp"}, []string{"apart|Jan Veldkamp|J. Veldkamp"}, ""},
		{index.Person, []string{"Joris Veldkamp 3", "J. Veldkamp 2", "Jan Veldkamp"}, []string{"hide|J. Veldkamp"}, ""},
		{index.Person, []string{"Joris Veldkamp 3", "J. Veldkamp 2"}, []string{"split|J. Veldkamp"}, ""},
		{index.Person, []string{"Joris Veldkamp 3", "J. Veldkamp 2"}, []string{"apart|J. Veldkamp|Joris Veldkamp"}, ""},
		{index.Org, []string{"HPA 4", "Harbour Police Association"}, nil, "HPA ~ Harbour Police Association 0.70"},
		{index.Place, []string{"South Africa 4", "Southern Africa"}, nil, "South Africa ~ Southern Africa 0.80"},
	} {
		b := bookOf(c.typ, archiveOf(c.names...), c.decisions...)
		list, total := b.Suggestions(100)
		var got []string
		for _, s := range list {
			got = append(got, s.Name+" ~ "+s.Other+" "+strings.TrimSpace(strings.ReplaceAll(text(round(s.Score)), "\"", "")))
		}
		if strings.Join(got, ", ") != c.want || total != len(list) {
			t.Errorf("%q: %q, want %s", c.names, got, c.want)
		}
		if few, again := b.Suggestions(1); len(few) > 1 || again != total {
			t.Errorf("one of %d: %v", again, few)
		}
	}
}

func TestVariants(t *testing.T) {
	a := archiveOf("Ruslan Mirzaev 3 = Mirzaev", "Ruslan Mirzayev 2", "Руслан Мирзаев", "Vincent Price 2", "Jan Preis", "Bob Dylan 4", "Robert Zimmerman", "Anna Zimmerman 9",
		"Luiz Inacio Lula da Silva 5 = Lula", "Ana Silva 2", "Muhammad", "Mohammed 2", "Cat Stevens 3", "Yusuf Islam 2", "Carl Dahl = Boss", "Erik Fors = Boss")
	people := bookOf(index.Person, a, "merge|Robert Zimmerman|Bob Dylan", "merge|Cat Stevens|Yusuf Islam")
	orgs := bookOf(index.Org, archiveOf("OPEC 5 = OPEP", "Rosneft 2", "Роснефть"))
	w := NewWords(people, orgs)
	articles := map[string]int{"price": 30, "preis": 20, "mirzaev": 3, "mirzayev": 2, "dylan": 4, "zimmerman": 9, "boss": 2, "harbour": 4}
	for term, want := range map[string]string{
		"mirzaev": "mirzayev мирзаев", "mirzayev": "mirzaev мирзаев", "мирзаев": "mirzaev mirzayev",
		"mirsajew": "mirzaev mirzayev мирзаев",
		"price":    "", "preis": "",
		"dylan": "", "zimmerman": "", "stevens": "islam", "islam": "stevens",
		"lula": "", "silva": "",
		"muhammad": "mohammed", "boss": "dahl fors", "dahl": "boss",
		"opec": "opep", "rosneft": "роснефть", "harbour": "", "nobody": "",
	} {
		if got := strings.Join(w.Variants(term, func(term string) int { return articles[term] }), " "); got != want {
			t.Errorf("%s: %q, want %q", term, got, want)
		}
		if want != "" && !w.Named(term) && articles[term] > 0 {
			t.Errorf("%s has variants, but is no name", term)
		}
	}
	if !w.Named("mirzaev") || !w.Named("boss") || w.Named("harbour") || w.Named("mirsajew") {
		t.Error("other words are names than those of names and of aliases")
	}
	if got := w.Variants("mirsajew", func(term string) int { return 9 }); len(got) > 0 {
		t.Errorf("of a word that texts have, and no name: %q", got)
	}
	if got := w.Variants("mirzaev", func(term string) int { return 9 }); len(got) > 0 {
		t.Errorf("of a word that is a name in a third of its articles: %q", got)
	}
}

// TestStrictures shows for each what it is for: two names that package names would merge, and the archive does not.
func TestStrictures(t *testing.T) {
	pairs := [][3]string{
		{index.Org, "HPA", "Harbour Police Association"}, {index.Place, "Baa1", "Ba1"}, {index.Org, "Market", "Markit"}, {index.Person, "Dan W.", "Daniel W."},
		{index.Person, "John Noble", "Jean Noble"}, {index.Person, "Tim Jones", "Timothy Jones"}, {index.Person, "Erik Smith", "Eric Smith"},
		{index.Person, "Mary White", "Mary Jo White"}, {index.Person, "Joe Leonard", "J. Wayne Leonard"}, {index.Person, "S. Still", "Shawn Steel"},
		{index.Person, "Tom Bradley", "Bradley Thomas"}, {index.Person, "Jones", "van Jones"}, {index.Org, "Kynect", "Kinect"}, {index.Org, "News", "News Corp"},
		{index.Org, "LA Times", "Times"}, {index.Org, "Access", "Access International"}, {index.Org, "State Council", "Council of State"},
		{index.Place, "South Africa", "Southern Africa"}, {index.Place, "Salisbury", "Harare"}, {index.Place, "Kantor", "Cantor"},
		{index.Place, "East L.A.", "East"}, {index.Person, "Jean Lee", "Jack Lee"}, {index.Org, "Broadcasting Group", "Broadcasting Corp"}, {index.Place, "M.D.", "Md."}, {index.Place, "Port of Spain", "Spain"}, {index.Place, "West Chester", "Westchester"},
	}
	used := map[string]bool{}
	for _, p := range pairs {
		x, y := names.Parse(p[0], p[1]), names.Parse(p[0], p[2])
		v := names.Compare(&x, &y)
		if got := len(entities(bookOf(p[0], archiveOf(p[1], p[2])))); got != 0 {
			t.Errorf("%q are one", p)
		}
		for _, s := range strictures {
			if v.Merges() && (s.typ == "" || s.typ == p[0]) && (s.reason == "" || s.reason == v.Reason) && s.applies(&x, &y) {
				used[s.example] = true
			}
		}
		t.Logf("%q: %.2f %s", p, v.Score, v.Reason)
	}
	for _, s := range strictures {
		if !used[s.example] {
			t.Errorf("no pair shows %q", s.example)
		}
	}
	for _, p := range [][3]string{
		{index.Person, "Marc Owen Jones", "Marc Jones"}, {index.Person, "Bill Keitel", "William Keitel"}, {index.Person, "Mohamed al-Hamli", "Mohammed al-Hamli"},
		{index.Org, "Al Shabaab", "Al-Shabaab"}, {index.Org, "Tata", "Tata Group"}, {index.Place, "St. Gallen", "St Gallen"},
		{index.Place, "Hong Kong", "hong-kong"}, {index.Place, "Guinea-Bissau", "Guinea Bissau"},
	} {
		if got := entities(bookOf(p[0], archiveOf(p[1], p[2]))); len(got) != 1 {
			t.Errorf("%q are not one", p)
		}
	}
}
