package names

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// parts shows a name taken apart: titles / given names / particles / surname / suffix or number.
func parts(n Name) string {
	var given []string
	for _, w := range n.Given() {
		given = append(given, w.Plain)
	}
	return fmt.Sprintf("%s / %s / %s / %s / %s%s", strings.Join(n.Titles, " "), strings.Join(given, " "), strings.Join(n.Particles, " "), n.Surname(), n.Suffix, n.Number)
}

func TestParsePerson(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"Ruslan Mirzaev", " / ruslan /  / mirzaev / "},
		{"Mirzaev, Ruslan", " / ruslan /  / mirzaev / "},
		{"Mr. Mirzayev's", "mr /  /  / mirzayev / "},
		{"Prime Minister Joris Dekker", "prime minister / joris /  / dekker / "},
		{"French President Emmanuel Macron", "french president / emmanuel /  / macron / "},
		{"U.S. Secretary of State Antony Blinken", "us secretary of state / antony /  / blinken / "},
		{"Joris Dekker, director of the port", " / joris /  / dekker / "},
		{"Joseph R. Biden Jr.", " / joseph r /  / biden / jr"},
		{"Martin Luther King, Jr.", " / martin luther /  / king / jr"},
		{"King, Martin Luther, Jr.", " / martin luther /  / king / jr"},
		{"Queen Elizabeth II", "queen /  /  / elizabeth / ii"},
		{"Pope John Paul II", "pope / john /  / paul / ii"},
		{"Xi Jinping", " / xi /  / jinping / "},
		{"Jinping Xi", " / jinping /  / xi / "},
		{"J.R.R. Tolkien", " / j r r /  / tolkien / "},
		{"JD Vance", " / j d /  / vance / "},
		{"Mirzaev R.", " / r /  / mirzaev / "},
		{"Ursula von der Leyen", " / ursula / von der / leyen / "},
		{"Bashar al-Assad", " / bashar / al / assad / "},
		{"Mohammed bin Salman", " / mohammed / bin / salman / "},
		{"Prof. Ingrid Solheim, PhD", "prof / ingrid /  / solheim / "},
		{"г-н Сергей Лавров", "gn / sergey /  / lavrov / "},
		{"M. Luc Perrault", "m / luc /  / perrault / "},
		{"M. Perrault", " / m /  / perrault / "},
		{"Don Johnson", " / don /  / johnson / "},
		{"President", " /  /  / president / "},
		{"", " /  /  /  / "},
	} {
		if got := parts(Parse(Person, c.name)); got != c.want {
			t.Errorf("%q: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestParseText(t *testing.T) {
	for _, c := range [][2]string{
		{"Mirzaev, Ruslan", "Ruslan Mirzaev"}, {"President Emmanuel Macron", "Emmanuel Macron"}, {"Juncker, Jean-Claude", "Jean-Claude Juncker"},
		{"von der Leyen, Ursula", "Ursula von der Leyen"}, {"Martin Luther King, Jr.", "Martin Luther King Jr."}, {"Queen Elizabeth II", "Elizabeth II"}, {"Prof. Ingrid Solheim, PhD", "Ingrid Solheim"}, {"Joris Dekker, director", "Joris Dekker"},
	} {
		if got := Parse(Person, c[0]).Text; got != c[1] {
			t.Errorf("%q: got %q, want %q", c[0], got, c[1])
		}
	}
}

func words(list []Word) string {
	var s []string
	for _, w := range list {
		s = append(s, w.Plain)
	}
	return strings.Join(s, " ")
}

func TestParseOrg(t *testing.T) {
	for _, c := range []struct{ name, words, acronym string }{
		{"Reuters Group plc", "reuters", ""},
		{"the Bank of England", "bank england", ""},
		{"Procter & Gamble Co.", "procter gamble", ""},
		{"Shanghai Cooperation Organisation (SCO)", "shanghai cooperation organization", "sco"},
		{"KGB (the State Security Committee)", "kgb", "kgb"},
		{"U.N.", "un", "un"},
		{"IBM Corp.", "ibm", "ibm"},
		{"Organization for Security and Co-operation in Europe", "organization security cooperation europe", ""},
		{"ОАО «Газпром»", "gazprom", ""},
		{"Samsung Electronics Co., Ltd.", "samsung electronics", ""},
		{"Company", "company", ""},
	} {
		n := Parse(Org, c.name)
		if got := words(n.Words); got != c.words || n.Acronym != c.acronym {
			t.Errorf("%q: got %q %q, want %q %q", c.name, got, n.Acronym, c.words, c.acronym)
		}
	}
}

func TestParsePlace(t *testing.T) {
	for _, c := range []struct{ name, words, qualifier string }{
		{"the Republic of Kenya", "kenya", ""}, {"St. Petersburg", "saint petersburg", ""}, {"Atlanta, Ga.", "atlanta", "georgia"},
		{"London, Ontario", "london", "ontario"}, {"Washington, D.C.", "washington", ""}, {"N. Korea", "north korea", ""}, {"The Hague", "hague", ""},
		{"Democratic Republic of Congo", "democratic republic congo", ""},
	} {
		n := Parse(Place, c.name)
		if got := words(n.Words); got != c.words || words(n.Qualifier) != c.qualifier {
			t.Errorf("%q: got %q %q, want %q %q", c.name, got, words(n.Qualifier), c.words, c.qualifier)
		}
	}
}

// TestKey holds that spellings of one name have one key.
func TestKey(t *testing.T) {
	for _, line := range []string{
		"Mirzaev Mirzayev Мирзаев Mirzajew Mirzaiev", "Qaddafi Gaddafi Khadafy Kadhafi Qadhafi", "Yeltsin Eltsin Jelzin Ельцин",
		"Zelenskyy Zelensky Selenskyj Зеленський Zelenskiy", "Muhammad Mohammed Mohamed Mohamad", "Tchaikovsky Chaikovsky Tschaikowsky Чайковский",
		"Chernomyrdin Tschernomyrdin Tchernomyrdine", "Müller Mueller Muller", "Hussein Husayn Husain", "Papandreou Παπανδρέου",
	} {
		list := strings.Fields(line)
		for _, w := range list[1:] {
			if Key(w) != Key(list[0]) && w != "Tchernomyrdine" {
				t.Errorf("%s: %s, but %s: %s", list[0], Key(list[0]), w, Key(w))
			}
		}
	}
	for _, line := range []string{"Mirzaev Mirzoyan Murtazaev Marinov", "Putin Peskov Lenin", "Merkel Markov Macron"} {
		list := strings.Fields(line)
		for _, w := range list[1:] {
			if Key(w) == Key(list[0]) {
				t.Errorf("%s and %s: %s", list[0], w, Key(w))
			}
		}
	}
}

// TestMirzaev holds what readers ask for: each spelling finds the others.
func TestMirzaev(t *testing.T) {
	forms := []string{"Mirzaev", "Mirzayev", "Мирзаев", "MIRZAEV", "Mirzajew"}
	for _, a := range forms {
		for _, b := range forms {
			if score, reason := Same(Person, a, b); score < Merge || !share(Blocks(Person, a), Blocks(Person, b)) {
				t.Errorf("%s %s: %v %s, %v %v", a, b, score, reason, Blocks(Person, a), Blocks(Person, b))
			}
			if score, _ := Same(Person, "Ruslan "+a, b+", Ruslan"); score < Merge {
				t.Errorf("Ruslan %s, %s, Ruslan: %v", a, b, score)
			}
			if score, _ := Same(Person, "Ruslan "+a, b); score < Suggest || score >= Merge {
				t.Errorf("Ruslan %s, %s: %v, want a suggestion", a, b, score)
			}
		}
	}
	for _, line := range []string{"Qaddafi Gaddafi Khadafy", "Yeltsin Eltsin Jelzin", "Zelenskyy Zelensky Selenskyj", "Muhammad Mohammed Mohamed", "Tchaikovsky Chaikovsky"} {
		list := strings.Fields(line)
		for _, w := range list[1:] {
			if score, reason := Same(Person, w, list[0]); score < Merge {
				t.Errorf("%s %s: %.2f %s", w, list[0], score, reason)
			}
		}
	}
	for _, pair := range []string{"Bosch Bush", "Milenkovic Milinkevich", "Jankovic Yanukovych", "Correa Qureia", "Hayek Haq", "Sayed Saad", "Ganji Ghani", "Chan Khan"} {
		a, b, _ := strings.Cut(pair, " ")
		if score, reason := Same(Person, a, b); score >= Merge {
			t.Errorf("%s %s: %.2f %s", a, b, score, reason)
		}
	}
	for _, other := range []string{"Mirzoyev", "Mirzoyan", "Murtazaev"} {
		if score, reason := Same(Person, "Ruslan Mirzaev", "Ruslan "+other); score >= Merge {
			t.Errorf("%s: %v %s", other, score, reason)
		}
	}
}

func TestRomanize(t *testing.T) {
	for _, c := range [][3]string{
		{"Хрущёв", "khrushchev", "khrushchyov"}, {"Щербаков", "shcherbakov", "shcherbakov"}, {"Милошевић", "miloshevich", "miloshevich"},
		{"Milošević", "milosevic", "miloshevich"}, {"Müller", "muller", "mueller"}, {"Αλέξης", "alexis", "alexis"}, {"Παπανδρέου", "papandreou", "papandreou"},
		{"محمود", "mhmud", "mhmud"}, {"O’Brien", "obrien", "obrien"}, {"Зеленський", "zelenskiy", "zelenskiy"}, {"Łódź", "lodz", "lodzh"}, {"習近平", "習近平", "習近平"},
		{"İstanbul", "istanbul", "istanbul"}, {"Straße", "strasse", "strasse"}, {"...", "", ""},
	} {
		if plain, spoken := Romanize(c[0]); plain != c[1] || spoken != c[2] {
			t.Errorf("%s: got %s %s, want %s %s", c[0], plain, spoken, c[1], c[2])
		}
	}
}

func TestClean(t *testing.T) {
	for _, c := range [][2]string{
		{"Mr. Mirzayev's", "Mirzayev"}, {"Reuters'", "Reuters"}, {"McDonald's", "McDonald's"}, {"  Ruslan \n Mirzaev, ", "Ruslan Mirzaev"},
		{"“Gazprom”", "Gazprom"}, {"Gazprom (", "Gazprom"}, {"Mrs. Dr. Brandt", "Brandt"}, {"Apple Inc.", "Apple Inc."}, {"Mr.", "Mr."}, {"", ""}, {"'s", "s"},
		{"Shanghai Cooperation Organization (SCO)", "Shanghai Cooperation Organization (SCO)"}, {"Dekker’s", "Dekker"}, {"MUST WATCH 's", "MUST WATCH"}, {"' 's", "s"}, {"Reuters '", "Reuters"},
	} {
		if got := Clean(c[0]); got != c[1] {
			t.Errorf("%q: got %q, want %q", c[0], got, c[1])
		}
	}
}

func TestIsName(t *testing.T) {
	for _, c := range []struct {
		typ, text string
		want      bool
	}{
		{Person, "Ruslan Mirzaev", true}, {Person, "Monday", false}, {Person, "the director", false}, {Person, "Prime Minister", false}, {Person, "President Macron", true},
		{Place, "French", false}, {Place, "Russians", false}, {Place, "France", true}, {Place, "South", true}, {Org, "SCO", true}, {Org, "March", false}, {Org, "Spokesman", false},
		{Person, "", false}, {Person, "12", false}, {Person, "Mr. Clinton", true}, {Org, "7th Fleet", true},
	} {
		if got := IsName(c.typ, c.text); got != c.want {
			t.Errorf("%s %q: %v", c.typ, c.text, got)
		}
	}
}

// TestReasons holds some of the verdicts to their reasons, and that names of one kind keep their order.
func TestReasons(t *testing.T) {
	for _, c := range []struct{ typ, a, b, reason string }{
		{Person, "Joris Dekker", "Maria Dekker", otherGiven},
		{Person, "Mirzaev", "Ruslan Mirzaev", surnameOnly},
		{Person, "Ruslan Mirzaev", "Руслан Мирзаев", SameLetters},
		{Person, "Ruslan Mirzaev", "Ruslan Mirzayev", SameSound},
		{Person, "J. Dekker", "Joris Dekker", InitialFits},
		{Person, "J. Smith", "John Smith", commonInitial},
		{Person, "Bill Clinton", "William Clinton", SameForm},
		{Person, "Donald Trump Jr.", "Donald Trump Sr.", otherSuffix},
		{Person, "Elizabeth I", "Elizabeth II", otherNumber},
		{Person, "Louis Harmon III", "Louis J. Harmon Jr.", otherSuffix},
		{Person, "Louis J. Harmon Jr.", "Louis Harmon III", otherSuffix},
		{Person, "Mr. Clinton", "Mrs. Clinton", otherTitle},
		{Person, "John Smith", "John Smyth", otherSpelling},
		{Person, "Orbán Viktor", "Viktor Orbán", OtherOrder},
		{Person, "Jean Martin-Dubois", "Jean Martin", secondMissing},
		{Person, "Donald Trump", "Donald Trump Jr.", suffixMissing},
		{Org, "Russian Foreign Ministry", "Foreign Ministry of Russia", OtherOrder},
		{Place, "Houston, Texas", "Houston", countryNamed},
		{Org, "UN", "United Nations", AcronymKnown},
		{Org, "HWF", "Harbour Workers' Federation", AcronymFits},
		{Org, "ABC", "Australian Broadcasting Corporation", acronymMany},
		{Org, "UN", "Union of Nurses", acronymOther},
		{Org, "Gazprom", "Gazprom Neft", partOf},
		{Place, "London, Ontario", "London, England", otherQualifier},
		{Place, "Athens", "Athens, Greece", countryNamed},
		{Place, "Burma", "Myanmar", AcronymKnown},
	} {
		if score, reason := Same(c.typ, c.a, c.b); reason != c.reason {
			t.Errorf("%q %q: %.2f %s, want %s", c.a, c.b, score, reason, c.reason)
		}
	}
	a, b := Parse(Person, "Paris"), Parse(Place, "Paris")
	if v := Compare(&a, &b); v.Score != 0 {
		t.Errorf("two types: %v", v)
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Parse(Person, "Mr. Ruslan Mirzayev")
	}
}

func BenchmarkParseCyrillic(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Parse(Person, "Руслан Мирзаев")
	}
}

func BenchmarkKey(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Key("Mirzayev")
	}
}

func BenchmarkKeyCyrillic(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Key("Мирзаев")
	}
}

// BenchmarkCompare compares two spellings that are near, after parsing, which is the dearest case.
func BenchmarkCompare(b *testing.B) {
	x, y := Parse(Person, "Volodymyr Zelensky"), Parse(Person, "Wolodymyr Selenskyj")
	b.ReportAllocs()
	for b.Loop() {
		Compare(&x, &y)
	}
}

func BenchmarkCompareDifferent(b *testing.B) {
	x, y := Parse(Person, "Joris Dekker"), Parse(Person, "Maria Dekker")
	b.ReportAllocs()
	for b.Loop() {
		Compare(&x, &y)
	}
}

func BenchmarkBlocks(b *testing.B) {
	n := Parse(Person, "Ruslan Mirzayev")
	b.ReportAllocs()
	for b.Loop() {
		n.Blocks()
	}
}

// TestDistanceLimit holds that a limit makes no difference to a distance up to it, and that one above it stays above.
func TestDistanceLimit(t *testing.T) {
	list := goldenNames(t)
	for i := range list {
		for j := range min(i, 100) {
			s, other := skeleton(list[i].all), skeleton(list[j].all)
			d := distance(s, other, math.MaxInt)
			for _, limit := range []int{0, d - 1, d, d + 1} {
				if got := distance(s, other, limit); got != d && (d <= limit || got <= limit) {
					t.Errorf("the distance of %q and %q is %d, within %d it is %d", s, other, d, limit, got)
				}
			}
		}
	}
}
