package enginetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"dateline/index"
	"dateline/query"
)

// dice makes random articles and searches. What it makes is decided by the seed alone.
type dice struct {
	*rand.Rand
	zoned bool // requests have time zones, and dates are near where clocks were changed
}

func newDice(seed uint64) *dice { return &dice{Rand: rand.New(rand.NewPCG(seed, 0))} }

// one reports true once in n.
func (d *dice) one(n int) bool { return d.IntN(n) == 0 }

func pick[T any](d *dice, list []T) T { return list[d.IntN(len(list))] }

// often picks like pick, but the first of the list most: half of all from the first quarter.
func often[T any](d *dice, list []T) T {
	if d.one(2) {
		return list[d.IntN((len(list)+3)/4)]
	}
	return pick(d, list)
}

// words are what texts and queries are made of: few enough to meet, and each of them hard in its way.
var words = []string{
	"oil", "price", "prices", "Price", "port", "the", "to", "be", // often
	"pricing", "PRICED", "economy", "economies", "economic", "hope", "hoping", "hopping", "dying", "die", "skies", "news",
	"U.S.", "US", "us", "U.S.A.", "Ph.D.", "J.K.", "e.g.", "reuters.com", "AT&T", "S&P", "R&D",
	"café", "cafe", "Café's", "CAFÉ", "cafe\u0301", "naïve", "Straße", "strasse", "Łódź", "lodz", "cœur", "İstanbul", "istanbul",
	"don't", "don’t", "dont", "O'Neill", "O’Neill", "l'eau", "dell'arte", "Belarus's", "readers'",
	"anti-terrorist", "e-mail", "email", "well_known", "24/7", "B-52", "covid19", "G20",
	"1,000", "1000", "1,000,000", "3.5", "3,5", "2023", "$5bn", "½", "m²",
	"Mirzaev", "Mirzayev", "石油", "石油価格", "カタカナ", "한국어", "Мирзаев", "мирзаев", "Ёлка", "елка", "Ελλάς", "ΕΛΛΑΣ", "שָׁלוֹם", "हिन्दी",
	"Haus", "Häuser", "Preise", "Preisen", "élection", "élections", "prix", "нефть", "нефти", "цены", "ценам",
	"ｏｉｌ", "ﬁrst", "first", "a", "x", "AND", "or", "not", "repeat", "repeat", strings.Repeat("long", 40),
}

// separators stand between words: most leave them neighbours, blank lines part paragraphs.
var separators = []string{" ", " ", " ", " ", ", ", ". ", " — ", "\n", "-", "/", " “", "” ", "\n\n", " \n \n"}

// prose makes a text of up to most words, perhaps none.
func (d *dice) prose(most int) string {
	var b strings.Builder
	for i := range d.IntN(most + 1) {
		if i > 0 {
			b.WriteString(pick(d, separators))
		}
		b.WriteString(often(d, words))
	}
	return b.String()
}

// values are exact values, by field, with several spellings of one.
var values = map[index.Field][]string{
	index.FieldSource:   {"HarbourGazette.com", "harbourgazette.com", "www.HarbourGazette.com", "Reuters", "REUTERS", "Café Press", "cafe press", "A \"quoted\" one", "", " "},
	index.FieldAgency:   {"", "", "Reuters", "AP", "ap", "Sputnik"},
	index.FieldPerson:   {"Ruslan Mirzaev", "ruslan  mirzaev", "Ruslan Mirzayev", "R. Mirzaev", "Mirzayev", "Руслан Мирзаев", "Aleksei Mirzaev", "José María Ibáñez", "Jose Maria Ibanez", "O’Neill", "O'Neill", "习近平", "x"},
	index.FieldOrg:      {"UN", "U.N.", "United Nations", "HPA", "Harbour Police Association", "AT&T", "Nord Stream AG", "NORD STREAM AG"},
	index.FieldPlace:    {"Rotterdam", "Łódź", "Lodz", "İstanbul", "Istanbul", "Zürich", "Kyiv", "Kiev"},
	index.FieldAuthor:   {"Anna O'Neill", "anna o’neill", "José Ibáñez", "Staff", "STAFF", "staff"},
	index.FieldLanguage: {"en", "en", "en", "de", "fr", "ru", "zh", ""},
	index.FieldSection:  {"", "World", "world", "Business: Markets", "a=b"},
	index.FieldTopic:    {"oil", "Oil", "OIL", "energy", "grün", "gruen", "a,b", "c\\d"},
}

// some picks a few values of a field, perhaps with repetitions.
func (d *dice) some(field index.Field, most int) []string {
	var list []string
	for range d.IntN(most + 1) {
		list = append(list, pick(d, values[field]))
	}
	return list
}

// typed makes a prefix for values of a field.
func (d *dice) typed(field index.Field) string { return d.beginnings(pick(d, values[field])) }

// beginnings makes a prefix for a value: the beginnings of some of its words, in any order and case.
func (d *dice) beginnings(value string) string {
	words := strings.Fields(value)
	d.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	for i, w := range words {
		letters := []rune(w)
		words[i] = string(letters[:1+d.IntN(len(letters))])
	}
	text := strings.Join(words[:d.IntN(len(words)+1)], " ")
	if d.one(3) {
		text = strings.ToUpper(text)
	}
	return text
}

// identities are ids that are hard to keep, to sort or to write.
var identities = []string{"A", "a", "B", "b10", "b9", "https://a.example/?q=1&b=\"é\"#x", "ä", "z z", "0", "石油", "%41", "a/b", "../c", "AND"}

// identity picks one of about n ids.
func (d *dice) identity(n int) string {
	if d.one(4) {
		return pick(d, identities)
	}
	return fmt.Sprintf("n%d", d.IntN(n))
}

// moments are where dates are thrown around: two newsy weeks, and far away.
var moments = []string{"2024-03-14", "2024-03-14", "2024-03-14", "2024-03-11", "2024-02-29", "2023-12-31", "1987-10-19", "1600-01-01", "9999-12-31"}

// zoneNames are the zones of requests: none most of all, then those with summer time, half hours, days and midnights that are
// skipped, and offsets with seconds.
var zoneNames = []string{"", "", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Africa/Monrovia", "America/Sao_Paulo",
	"Australia/Lord_Howe"}

// changes are days on which clocks were changed in one of the zones, and the days beside them.
var changes = []string{"2024-03-31", "2024-03-31", "2024-03-30", "2024-04-01", "2024-10-27", "2024-11-03", "2024-04-06", "2018-11-04", "2018-02-17",
	"2011-12-29", "2011-12-30", "2011-12-31", "1972-01-07"}

// zone draws the zone of a request.
func (d *dice) zone() *time.Location {
	if name := pick(d, zoneNames); d.zoned && name != "" {
		return zoneNamed(name)
	}
	return nil
}

func zoneNamed(name string) *time.Location {
	zone, err := index.LoadZone(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// child makes other dice of the same kind.
func (d *dice) child() *dice { return &dice{newDice(d.Uint64()).Rand, d.zoned} }

// day draws a day.
func (d *dice) day() string {
	if d.zoned && !d.one(3) {
		return often(d, changes)
	}
	return often(d, moments)
}

// publish dates an article, or does not.
func (d *dice) publish(a *index.Article) {
	if d.one(6) {
		return
	}
	t, err := time.Parse(time.DateOnly, d.day())
	if err != nil {
		panic(err)
	}
	a.Precision, a.DateFrom = "day", "dice"
	switch d.IntN(5) {
	case 0:
		t, a.Precision = index.Month.Floor(t), "month"
	case 1:
		t, a.Precision = index.Year.Floor(t), "year"
	case 2:
		t, a.Precision = t.Add(time.Duration(d.IntN(86400))*time.Second), "second"
	case 3:
		t, a.Precision = t.Add(time.Duration(pick(d, []int{0, 1, 43200, 86399}))*time.Second), "second"
	}
	if d.zoned && d.one(8) {
		a.Precision = pick(d, []string{"", "minute"})
	}
	a.Published = index.At(t)
}

// article makes an article.
func (d *dice) article(id string) index.Article {
	a := index.Article{
		ID: id, Title: d.prose(8), Lead: d.prose(6), Body: d.prose(40), Dateline: pick(d, []string{"", "Rotterdam", "Łódź, Poland"}),
		URL:    pick(d, []string{"", "https://www.reuters.com/oil-price/2024", "http://a.example/Caf%C3%A9?x=1"}),
		Source: pick(d, values[index.FieldSource]), Agency: pick(d, values[index.FieldAgency]),
		Language: pick(d, values[index.FieldLanguage]), Section: pick(d, values[index.FieldSection]),
		Authors: d.some(index.FieldAuthor, 3), Topics: d.some(index.FieldTopic, 4),
		Text: pick(d, []string{"", "t1", "t2", "t3", "T3", "t4", "t5"}), Story: pick(d, []string{"", "s1", "s2", "s3"}),
	}
	for _, typ := range []string{index.Person, index.Org, index.Place} {
		for _, name := range d.some(index.Field(typ), 3) {
			a.Entities = append(a.Entities, index.Entity{Type: typ, Name: name, Count: 1, Aliases: d.aliases(typ)})
		}
	}
	if a.Title+a.Lead+a.Body == "" {
		a.Title = pick(d, words)
	}
	for i := range a.Entities {
		for range d.IntN(3) {
			a.Entities[i].Mentions = append(a.Entities[i].Mentions, d.mention(&a))
		}
	}
	d.publish(&a)
	for _, flag := range []string{index.FlagDateConflict, index.FlagFutureDate} {
		if d.one(8) {
			a.Flag(flag)
		}
	}
	return a
}

// formsOf are other forms that articles have for what they name, by type.
var formsOf = map[string][]string{
	index.Person: {"Mirzaev", "Mirzayev", "Мирзаев", "Mr. Mirzaev", "Ibáñez", "oil", ""},
	index.Org:    {"UN", "HPA", "H.P.A.", "Nord Stream"},
	index.Place:  {"Istanbul", "Киев", "port"},
}

// aliases makes other forms of an entity, mostly none.
func (d *dice) aliases(typ string) (list []string) {
	for range d.IntN(5) - 2 {
		list = append(list, pick(d, formsOf[typ]))
	}
	return list
}

// mention makes a mention somewhere in an article. Some are in none of its fields, or not within them.
func (d *dice) mention(a *index.Article) index.Mention {
	name := pick(d, []string{"title", "title", "lead", "body", "body", "url", ""})
	runes := []rune(fieldOf(a, name))
	m := index.Mention{Field: name, Start: d.IntN(len(runes) + 1)}
	m.End = min(m.Start+1+d.IntN(14), len(runes))
	switch {
	case d.one(10):
		m.Start, m.End = m.Start-d.IntN(3)*len(runes), m.End+d.IntN(2)*100
	case d.one(4):
		m.Text = pick(d, words)
	default:
		m.Text = string(runes[m.Start:m.End])
	}
	return m
}

// fieldOf returns a field of prose.
func fieldOf(a *index.Article, name string) string {
	for _, f := range index.TextFields {
		if f.Name == name {
			return f.Of(a)
		}
	}
	return ""
}

// query makes the text of a query, of at most depth operators inside one another, and parses it.
func (d *dice) query(depth int) (string, *query.Query, error) {
	text := ""
	if !d.one(8) {
		text = d.clauses(depth)
	}
	q, err := query.Parse(text, now)
	if err != nil {
		return text, nil, fmt.Errorf("the random query %s is refused: %w", text, err)
	}
	return text, q, nil
}

func (d *dice) clauses(depth int) string {
	if depth == 0 || d.one(4) {
		return d.leaf()
	}
	n := 2 + d.IntN(2)
	parts := make([]string, n)
	for i := range parts {
		parts[i] = d.clause(depth - 1)
	}
	switch d.IntN(6) {
	case 0, 1:
		return strings.Join(parts, " AND ")
	case 2:
		return strings.Join(parts, " OR ")
	case 3:
		for i := range parts {
			parts[i] = pick(d, []string{"", "+", "-"}) + parts[i]
		}
	}
	return strings.Join(parts, " ")
}

// clause makes a leaf or a group.
func (d *dice) clause(depth int) string {
	if depth == 0 || d.one(2) {
		return d.leaf()
	}
	group := "(" + d.clauses(depth) + ")"
	if d.one(3) {
		return "(NOT " + group + ")"
	}
	return group
}

// leaf makes one word, phrase, pattern, nearness, value, range or the like.
func (d *dice) leaf() string {
	switch d.IntN(16) {
	case 0:
		return d.valueLeaf()
	case 1:
		return d.dateLeaf()
	case 2:
		return d.condition()
	case 3, 4, 5:
		return d.unit()
	case 6:
		return "(" + d.unit() + ")^" + pick(d, []string{"2", "0.5", "3"})
	case 7, 8:
		return d.textField() + d.phrase()
	case 9:
		return d.textField() + pick(d, prefixes) + "*"
	case 10:
		return d.textField() + pick(d, classWords)
	}
	return d.textField() + bare(often(d, words))
}

// unit makes one that is more than a word and a phrase.
func (d *dice) unit() string {
	field := d.textField()
	switch d.IntN(6) {
	case 0:
		return d.side(field)
	case 1:
		return valid(field, fmt.Sprintf("near%d:%s", 1+d.IntN(6), quote(d.together(2+d.IntN(3)))))
	case 2:
		return valid(field, fmt.Sprintf("repeat%d:%s", 2+d.IntN(3), bare(often(d, words))))
	case 3:
		return valid("", fmt.Sprintf("repeat%d:(%s OR %s)", 2+d.IntN(3), field+bare(often(d, words)), d.pattern(field)))
	}
	return d.near(field)
}

// near makes a nearness in parentheses. Its sides have the field in common.
func (d *dice) near(field string) string {
	text := d.side(field)
	for range 1 + d.IntN(2) {
		text += " " + d.nearness() + " " + d.side(field)
	}
	if _, err := query.Parse(text, now); err != nil {
		text = field + "oil"
	}
	return "(" + text + ")"
}

func (d *dice) nearness() string {
	op := pick(d, []string{"NEAR", "NEAR", "ONEAR", "NOTNEAR", "SENTENCE", "PARAGRAPH"})
	if strings.HasSuffix(op, "NEAR") {
		op += fmt.Sprintf("/%d", 1+d.IntN(5))
	}
	return op
}

// side makes what may stand beside an operator of nearness.
func (d *dice) side(field string) string {
	switch d.IntN(8) {
	case 0:
		return valid(field, pick(d, []string{"", "="})+quote(d.together(2+d.IntN(2)))+pick(d, []string{"", "~1", "~2", "~4"}))
	case 1:
		return d.pattern(field)
	case 2:
		return "(" + d.side(field) + " OR " + d.side(field) + ")"
	case 3:
		return "(" + field + bare(d.frequent()) + " " + field + bare(d.frequent()) + ")"
	case 4:
		if d.one(3) {
			return d.near(field)
		}
	}
	return field + bare(d.frequent())
}

// classWords stand for names.
var classWords = []string{"@entity", "@person", "@Org", "@place"}

// frequent picks a word that most texts have, so that it meets others.
func (d *dice) frequent() string {
	switch d.IntN(8) {
	case 0, 1:
		return often(d, words)
	case 2:
		return pick(d, classWords)
	}
	return pick(d, words[:8])
}

// together joins a few words that may well stand together.
func (d *dice) together(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = d.frequent()
	}
	return strings.Join(list, " ")
}

// patterns fit some of the words.
var patterns = []string{
	"pric*", "pri*e", "pri?e", "?rice", "*ing", "p*t", "ho?ing", "c?f?", "café?s", "e*l", "U.S.*", "anti-terr*st", "wo*", "пр*", "це??",
	"oil~1", "oils~", "price~", "prize~2", "port~1", "cafee~", "hoping~2", "Strasse~", "цена~", "oli~1",
	"/oil/", "/pric(e|es|ing)/", "/h.p.*/", "/CAFÉ/", "/(to|be|the)/", "/[op][oi].*l?/", `/\d*000/`, "/straße/", "/ц.*/",
}

func (d *dice) pattern(field string) string { return valid(field, pick(d, patterns)) }

// condition makes one that asks neither for words nor for values.
func (d *dice) condition() string {
	if d.one(2) {
		return pick(d, []string{"words:>5", "words:..3", "words:10..20", "words:0", "words:<1"})
	}
	return "has:" + pick(d, conditions)
}

var conditions = []string{
	"title", "lead", "body", "author", "dateline", "url", "source", "agency", "person", "org", "place", "entity", "language",
	"section", "topic", "story", "text", "flag", "date", "indexed", "changed",
}

// valid returns a text in a field if it can be parsed, which some words and signs together cannot, else another.
func valid(field, text string) string {
	if _, err := query.Parse(field+text, now); err != nil {
		return field + "oil"
	}
	return field + text
}

var prefixes = []string{"pri", "oi", "econ", "us", "caf", "Café", "1000", "石油", "мир", "hop", "longlong", "rep", "stras"}

// bare writes a word as a query can have it without quotes, or in quotes. What is no word to the parser becomes another.
func bare(word string) string {
	for _, text := range []string{word, quote(word)} {
		q, err := query.Parse(text, now)
		if err != nil {
			continue
		}
		switch q.Root.(type) {
		case query.Word, query.Phrase:
			return text
		}
	}
	return "oil"
}

func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

func (d *dice) textField() string {
	if d.one(2) {
		return ""
	}
	return pick(d, index.TextFields).Name + ":"
}

// phrase takes words as texts have them, so that some stand somewhere.
func (d *dice) phrase() string {
	list := make([]string, 1+d.IntN(3))
	for i := range list {
		list[i] = often(d, words)
	}
	return bare(strings.Join(list, " "))
}

func (d *dice) valueLeaf() string {
	switch d.IntN(6) {
	case 0:
		return "id:" + quote(d.identity(30))
	case 1:
		return "entity:" + quote(pick(d, values[pick(d, []index.Field{index.FieldPerson, index.FieldOrg, index.FieldPlace})]))
	case 2:
		return pick(d, []string{"text:t1", "text:T3", "story:s1", "story:S2"})
	}
	field := pick(d, index.FacetFields)
	list := slices.DeleteFunc(slices.Clone(values[field]), func(v string) bool { return strings.TrimSpace(v) == "" })
	return string(field) + ":" + quote(pick(d, list))
}

func (d *dice) dateLeaf() string {
	if d.zoned && d.one(2) {
		return pick(d, []string{"date:", "date:", "date:>=", "after:", "before:", "indexed:<"}) + pick(d, []string{"2024-03-31", "2024-10", "2018-11-04", "2011-12", "2011-12-31"})
	}
	return pick(d, []string{
		"date:2024-03-14", "date:2024-03", "date:2024", "date:2023-12-31..2024-03-11", "date:>=2024-03-14", "after:2024-02-29",
		"before:2024-03-14", "date:last7d", "date:1600", "indexed:>=2000-01-01", "indexed:2000",
	})
}
