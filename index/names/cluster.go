package names

import (
	"cmp"
	"slices"
	"strings"
)

// Form is a name as an article has it.
type Form struct {
	Type      string
	Text      string
	Count     int   // how often, at least 1
	Positions []int // where it begins in the text, in bytes; may be fewer than Count, or none
}

// Entity is the people, organisation or place that forms name.
type Entity struct {
	Type      string
	Name      string   // the fullest good form
	Aliases   []string // the other forms, the most frequent first
	Count     int
	Positions []int // ascending
}

// Cluster puts the forms of one article together, and drops what is no name: weekdays, months, bare titles, demonyms. Within
// an article a surname means the one person of that surname, a short name the one that it shortens, and an acronym what the
// text says it stands for. Text is what Positions point into; it may be "". Entities come by count, then by name.
func Cluster(text string, forms []Form) []Entity {
	c := clustering{text: text, definitions: Expansion(text)}
	c.add(forms)
	c.decideTypes()
	c.groupPersons()
	c.groupOthers(Org)
	c.groupOthers(Place)
	return c.entities()
}

// clustering is the work of one Cluster: mentions in groups.
type clustering struct {
	text        string
	definitions []Definition
	mentions    []mention
	parent      []int // of each mention, as in a union-find
}

// mention is a form, cleaned and taken apart.
type mention struct {
	form    Form
	name    Name
	dropped bool
}

// maxForms is how many different forms of a type are compared with each other, the most frequent ones. What has more is no
// article but a list; the others stay by themselves.
const maxForms = 300

// add takes forms apart and joins those that are written the same.
func (c *clustering) add(forms []Form) {
	index := map[[2]string]int{}
	for _, f := range forms {
		f.Count = max(f.Count, 1, len(f.Positions))
		f.Text = strings.Join(strings.Fields(shorten(f.Text)), " ")
		key := [2]string{f.Type, f.Text}
		if i, ok := index[key]; ok {
			have := &c.mentions[i].form
			have.Count += f.Count
			have.Positions = append(slices.Clip(have.Positions), f.Positions...)
			continue
		}
		index[key] = len(c.mentions)
		c.mentions = append(c.mentions, mention{form: f, name: Parse(f.Type, f.Text)})
	}
	slices.SortStableFunc(c.mentions, func(a, b mention) int { return cmp.Compare(b.form.Count, a.form.Count) })
	c.dropNonNames()
	c.reset()
}

// reset puts each mention into a group of its own.
func (c *clustering) reset() {
	c.parent = make([]int, len(c.mentions))
	for i := range c.parent {
		c.parent[i] = i
	}
}

// dropNonNames marks what names nobody, unless it is the surname of somebody with a full name: May of Theresa May.
func (c *clustering) dropNonNames() {
	surnames := map[string]bool{}
	for i := range c.mentions {
		if n := &c.mentions[i].name; n.Type == Person && len(n.Words) > 1 {
			surnames[n.Surname()] = true
		}
	}
	for i := range c.mentions {
		m := &c.mentions[i]
		m.dropped = !IsName(m.form.Type, m.form.Text) && !(m.name.Lone() && surnames[m.name.Surname()])
	}
}

// IsName reports whether a mention can be a name of its type by itself: not a weekday, a month, a bare title or role, nor the
// adjective of a country.
func IsName(typ, mention string) bool {
	tokens := tokenizeOrg(Clean(mention))
	if len(tokens) == 0 {
		return false
	}
	if len(tokens) == 1 {
		word := tokens[0].folded
		if _, ok := demonyms[word]; ok || isDemonymPlural(word) {
			return false
		}
	}
	for _, t := range tokens {
		if !emptyWord(typ, t.folded) {
			return true
		}
	}
	return false
}

// isDemonymPlural reports whether a word is of Russians, Germans.
func isDemonymPlural(word string) bool {
	stem, ok := strings.CutSuffix(word, "s")
	_, known := demonyms[stem]
	return ok && known
}

// emptyWord reports whether a word names nothing of its type.
func emptyWord(typ, word string) bool {
	switch {
	case calendar[word] || stops[word] || isDigits(word):
		return true
	case typ == Person:
		return titles[word] && !doubtful[word]
	}
	return courtesies[word] || typ == Org && roles[word]
}

// roles are words that are often taken for organisations by themselves.
var roles = fieldSet("president minister director chairman spokesman spokeswoman senator governor mayor ceo")

func isDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

func (c *clustering) root(i int) int {
	for c.parent[i] != i {
		c.parent[i] = c.parent[c.parent[i]]
		i = c.parent[i]
	}
	return i
}

func (c *clustering) join(i, j int) {
	i, j = c.root(i), c.root(j)
	c.parent[max(i, j)] = min(i, j)
}

// of returns the mentions of a type that are left, by number, at most maxForms.
func (c *clustering) of(typ string) (list []int) {
	for i := range c.mentions {
		if m := &c.mentions[i]; len(list) < maxForms && !m.dropped && m.form.Type == typ && len(m.name.Words) > 0 {
			list = append(list, i)
		}
	}
	return list
}

// groupPersons joins full names that are one, then what shortens exactly one of them.
func (c *clustering) groupPersons() {
	var full, short []int
	for _, i := range c.of(Person) {
		if c.mentions[i].name.Lone() {
			short = append(short, i)
		} else {
			full = append(full, i)
		}
	}
	t := c.table(full)
	t.joinMerged()
	t.joinOnly(full, fitsPerson)
	t.joinOnly(short, fitsSurname)
	c.table(short).joinMerged()
	t.joinOnly(c.alone(short), fitsGiven)
}

// alone returns those mentions that are in no group with another.
func (c *clustering) alone(list []int) (alone []int) {
	size := map[int]int{}
	for i := range c.mentions {
		size[c.root(i)]++
	}
	for _, i := range list {
		if size[c.root(i)] == 1 {
			alone = append(alone, i)
		}
	}
	return alone
}

// table has the scores of some mentions with each other.
type table struct {
	*clustering
	list    []int
	scores  [][]float64     // by places in list; below zero where two names are surely two
	refused map[[2]int]bool // roots of groups that contradict each other, which they never cease to
}

func (c *clustering) table(list []int) *table {
	t := &table{c, list, make([][]float64, len(list)), map[[2]int]bool{}}
	for x, i := range list {
		t.scores[x] = make([]float64, len(list))
		for y, j := range list[:x] {
			score := articleScore(&c.mentions[i].name, &c.mentions[j].name)
			t.scores[x][y], t.scores[y][x] = score, score
		}
	}
	return t
}

// articleScore is the score of two names within one article: people of different names are surely two, -1, unless one name
// is a part of the other.
func articleScore(a, b *Name) float64 {
	score := Compare(a, b).Score
	if a.Type == Person && score == 0 && !endsWith(a.Words, b.Words) && !endsWith(b.Words, a.Words) {
		return -1
	}
	return score
}

// joinMerged joins those that may be merged by rule, unless one of them fits two that are surely two: George Bush, where
// both George W. and George H. W. are.
func (t *table) joinMerged() {
	for x, i := range t.list {
		for y, j := range t.list[:x] {
			if t.scores[x][y] >= Merge && t.root(i) != t.root(j) && !t.torn(x, y) && !t.contradicts(x, j) {
				t.join(i, j)
			}
		}
	}
}

// torn reports whether a third name is one with x and surely not y, or the other way round.
func (t *table) torn(x, y int) bool {
	for z := range t.list {
		a, b := t.scores[x][z], t.scores[y][z]
		if z != x && z != y && (a >= Merge && b < 0 || b >= Merge && a < 0) {
			return true
		}
	}
	return false
}

// contradicts reports whether the groups of place x of the list and of mention j have two names that are surely two.
func (t *table) contradicts(x, j int) bool {
	roots := [2]int{t.root(t.list[x]), t.root(j)}
	if t.refused[roots] {
		return true
	}
	others := t.members(roots[1])
	for _, a := range t.members(roots[0]) {
		for _, b := range others {
			if t.scores[a][b] < 0 {
				t.refused[roots] = true
				return true
			}
		}
	}
	return false
}

// members returns the places in the list of the group of a root.
func (t *table) members(root int) (places []int) {
	for a, i := range t.list {
		if t.root(i) == root {
			places = append(places, a)
		}
	}
	return places
}

// joinOnly joins each of some mentions with the group in the table that it fits, if there is exactly one.
func (t *table) joinOnly(some []int, fits func(short, full *Name) bool) {
	for _, i := range some {
		if j := t.only(i, fits); j >= 0 && !t.parted(i, j) {
			t.join(i, j)
		}
	}
}

// only returns a mention of the one group that mention i fits, -1 when there is none or several.
func (t *table) only(i int, fits func(short, full *Name) bool) int {
	found := -1
	for _, j := range t.list {
		if t.root(i) == t.root(j) || !fits(&t.mentions[i].name, &t.mentions[j].name) {
			continue
		}
		if found >= 0 && t.root(found) != t.root(j) {
			return -1
		}
		found = j
	}
	return found
}

// parted reports whether mention i is in the table, and its group has a name that is surely not of j's group.
func (t *table) parted(i, j int) bool {
	x := slices.Index(t.list, i)
	return x >= 0 && t.contradicts(x, j)
}

// fitsPerson reports whether one full name shortens another: an initial of a common surname, Lula da Silva.
func fitsPerson(short, full *Name) bool {
	if len(short.Words) > len(full.Words) {
		return false
	}
	v := Compare(short, full)
	return v.Score >= Suggest && (v.Reason == commonInitial || v.Reason == firstMissing || v.Reason == hyphenMissing || v.Reason == secondMissing || v.Reason == otherSpelling) ||
		v.Score == 0 && endsWith(full.Words, short.Words)
}

// endsWith reports whether a row of words ends in a shorter one, or begins with it, as Gabriel García Márquez with Gabriel
// García.
func endsWith(row, part []Word) bool {
	if len(row) <= len(part) {
		return false
	}
	front, back := true, true
	for i := range part {
		front = front && part[i].Plain == row[i].Plain
		back = back && part[i].Plain == row[len(row)-len(part)+i].Plain
	}
	return front || back
}

// fitsSurname reports whether a name alone is the surname of a full one.
func fitsSurname(short, full *Name) bool {
	v := Compare(short, full)
	return v.Reason == surnameOnly && v.Score >= Suggest
}

// fitsGiven reports whether a name alone is the given name of a full one, as written.
func fitsGiven(short, full *Name) bool {
	l, _ := compareWords(&short.Words[0], &full.Words[0])
	return l >= alike && !full.ordered
}

// groupOthers joins organisations or places.
func (c *clustering) groupOthers(typ string) {
	list := c.of(typ)
	t := c.table(list)
	t.joinMerged()
	c.joinDefined(list)
	t.joinOnly(list, fitsOther)
}

// joinDefined joins acronyms with what the text says they stand for.
func (c *clustering) joinDefined(list []int) {
	for _, d := range c.definitions {
		short, long := Parse(Org, d.Acronym), Parse(Org, d.Long)
		a, b := -1, -1
		for _, i := range list {
			n := &c.mentions[i].name
			if n.short && n.Acronym == short.all {
				a = i
			} else if !n.short && (n.all == long.all || Compare(n, &long).Merges()) {
				b = i
			}
		}
		if a >= 0 && b >= 0 {
			c.join(a, b)
		}
	}
}

// fitsOther reports whether a name shortens another of an article: an acronym that archives doubt, or a name without words
// like Company. It is no part of a name that stands for something else: Gazprom is not Gazprom Neft, nor SCO SCO RATS.
func fitsOther(short, full *Name) bool {
	v := Compare(short, full)
	switch v.Reason {
	case acronymMany, acronymShort, genericName, weakWords, qualifierNamed:
		return v.Score >= Suggest && len(short.all) <= len(full.all)
	case partOf:
		return !short.short && len(short.Words) < len(full.Words) && genericRest(short, full)
	}
	return false
}

// genericRest reports whether a name begins with another, and goes on with words that only say what it is.
func genericRest(short, full *Name) bool {
	if short.Type != Org || len(short.Words) == 1 && (generic[short.all] || turning[short.all]) {
		return false
	}
	for i := range full.Words {
		w := full.Words[i].Plain
		if i < len(short.Words) {
			if short.Words[i].Plain != w {
				return false
			}
		} else if !generic[w] && !turning[w] && !filler[w] {
			return false
		}
	}
	return true
}
