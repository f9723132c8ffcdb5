package names

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
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
// text says it stands for. Text is what Positions point into; it may be "". Entities come by count, then by name, type and the
// order of the forms. Any number of goroutines may call it; it keeps readings of names for the next article.
func Cluster(text string, forms []Form) []Entity {
	c := clusterings.Get().(*clustering)
	defer clusterings.Put(c)
	return c.cluster(text, forms)
}

// newClustering returns a clustering that has read nothing yet.
func newClustering() *clustering {
	return &clustering{surnames: map[string]int{}}
}

func (c *clustering) cluster(text string, forms []Form) []Entity {
	defer c.forget()
	c.text, c.definitions = text, Expansion(text)
	c.add(forms)
	c.decideTypes()
	c.groupPersons()
	c.groupOthers(Org)
	c.groupOthers(Place)
	return c.entities()
}

// clusterings are those that have nothing to do, with the room and the readings that they have gathered.
var clusterings = sync.Pool{New: func() any { return newClustering() }}

// clustering is the work of one Cluster: mentions in groups.
type clustering struct {
	text        string
	definitions []Definition
	readings    lexicon
	mentions    []mention
	positions   []int          // of all mentions
	which       []int          // the mention of each form
	surnames    map[string]int // of full names of people that are not dropped, and how many have it
	last        []int          // the last mention of each key of a reading, 1 for the first: see chain
	parent      []int          // of each mention, as in a union-find
	tables      [2]table
	lists       [3][]int
	sizes       []int // of the groups
	starts      []int // of the groups in grouped
	grouped     []*mention
	unsorted    []Entity
	order       []int // of these
}

// mention is all that an article has of one form.
type mention struct {
	*reading
	count     int
	positions []int
	room      int // how many positions there are
	next      int // the next mention that is written alike, -1 when there is none
	again     bool
	dropped   bool
}

// left reports whether it is a name.
func (m *mention) left() bool { return !m.dropped && len(m.Words) > 0 }

// keptMentions is how many mentions an article may have for the room it took to be kept.
const keptMentions = 4096

// forget drops what is of one article.
func (c *clustering) forget() {
	if len(c.mentions) > keptMentions || cap(c.positions) > 4*keptMentions {
		kept := c.readings
		*c = *newClustering()
		c.readings = kept
	}
	clear(c.mentions)
	clear(c.grouped)
	clear(c.unsorted)
	clear(c.surnames)
	c.text, c.definitions, c.readings.more = "", nil, nil
	c.mentions, c.grouped = c.mentions[:0], c.grouped[:0]
}

// maxForms is how many different forms of a type are compared with each other, the most frequent ones. What has more is no
// article but a list; the others stay by themselves.
const maxForms = 300

// add takes forms apart and joins those that are written the same.
func (c *clustering) add(forms []Form) {
	c.readings.article++
	c.which = c.which[:0]
	for i := range forms {
		f := &forms[i]
		at := c.mentionOf(f)
		m := &c.mentions[at]
		m.count += max(f.Count, 1, len(f.Positions))
		m.room += len(f.Positions)
		c.which = append(c.which, at)
	}
	c.addPositions(forms)
	slices.SortStableFunc(c.mentions, func(a, b mention) int { return cmp.Compare(b.count, a.count) })
	c.dropNonNames()
	c.reset()
}

// mentionOf returns the mention of a form, a new one if it is the first.
func (c *clustering) mentionOf(f *Form) int {
	r := c.readings.of(f.Type, oneSpaced(shorten(f.Text)))
	if r.article != c.readings.article {
		r.article, r.at = c.readings.article, len(c.mentions)
		c.mentions = append(c.mentions, mention{reading: r})
	}
	return r.at
}

// addPositions gives mentions the positions of their forms.
func (c *clustering) addPositions(forms []Form) {
	c.positions = c.positions[:0]
	for i := range c.mentions {
		c.mentions[i].positions, c.positions = carve(c.positions, c.mentions[i].room)
	}
	for i := range forms {
		m := &c.mentions[c.which[i]]
		m.positions = append(m.positions, forms[i].Positions...)
	}
}

// carve returns an empty slice with room for n numbers behind those of a slice, nil for none, and the slice with these.
func carve(from []int, n int) (room, rest []int) {
	if n == 0 {
		return nil, from
	}
	used := len(from)
	from = slices.Grow(from, n)[:used+n]
	return from[used : used : used+n], from
}

// oneSpaced returns a text with one space for each row of white space, none at its ends.
func oneSpaced(text string) string {
	space := true
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= utf8.RuneSelf || c < ' ' || c == ' ' && space {
			return strings.Join(strings.Fields(text), " ")
		}
		space = c == ' '
	}
	if space {
		return strings.TrimSuffix(text, " ")
	}
	return text
}

// reset puts each mention into a group of its own.
func (c *clustering) reset() {
	c.parent = c.parent[:0]
	for i := range c.mentions {
		c.parent = append(c.parent, i)
	}
}

// dropNonNames marks what names nobody, unless it is the surname of somebody with a full name: May of Theresa May.
func (c *clustering) dropNonNames() {
	for i := range c.mentions {
		c.countSurname(&c.mentions[i], 1)
	}
	for i := range c.mentions {
		m := &c.mentions[i]
		m.dropped = !m.named && !(m.Lone() && c.surnames[m.Surname()] > 0)
	}
	for i := range c.mentions {
		if m := &c.mentions[i]; m.dropped {
			c.countSurname(m, -1)
		}
	}
}

// countSurname counts the surname of a full name in or out.
func (c *clustering) countSurname(m *mention, by int) {
	if m.surname != "" {
		c.surnames[m.surname] += by
	}
}

// IsName reports whether a mention can be a name of its type by itself: not a weekday, a month, a bare title or role, nor the
// adjective of a country.
func IsName(typ, mention string) bool {
	return plainWord(mention) && unlisted(mention) || isName(typ, Clean(mention))
}

// plainWord reports whether a mention is one word of ASCII letters, which needs no cleaning.
func plainWord(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return s != ""
}

// unlisted reports whether a word is in no list, and the plural of no demonym.
func unlisted(word string) bool {
	w := spellingOf(word)
	return w.lists == 0 && !isDemonymPlural(w.folded)
}

func isName(typ, clean string) bool {
	var buf [someTokens]token
	tokens := appendTokens(buf[:0], clean)
	if len(tokens) == 0 {
		return false
	}
	if len(tokens) == 1 && (tokens[0].lists.in(inDemonyms) || isDemonymPlural(tokens[0].folded)) {
		return false
	}
	for i := range tokens {
		if !tokens[i].empty(typ) {
			return true
		}
	}
	return false
}

// isDemonymPlural reports whether a word is of Russians, Germans.
func isDemonymPlural(word string) bool {
	stem, ok := strings.CutSuffix(word, "s")
	return ok && listed[stem].in(inDemonyms)
}

// empty reports whether a word names nothing of a type.
func (t *token) empty(typ string) bool {
	switch {
	case t.lists.in(inCalendar|inStops) || isDigits(t.folded):
		return true
	case typ == Person:
		return t.lists&(inTitles|inDoubtful) == inTitles
	}
	return t.lists.in(inCourtesies) || typ == Org && t.lists.in(inRoles)
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

// of appends the mentions of a type that are left, by number, at most maxForms.
func (c *clustering) of(list []int, typ string) []int {
	for i := range c.mentions {
		if m := &c.mentions[i]; len(list) < maxForms && m.typ == typ && m.left() {
			list = append(list, i)
		}
	}
	return list
}

// groupPersons joins full names that are one, then what shortens exactly one of them.
func (c *clustering) groupPersons() {
	all, full, short := c.of(c.lists[0][:0], Person), c.lists[1][:0], c.lists[2][:0]
	for _, i := range all {
		if c.mentions[i].Lone() {
			short = append(short, i)
		} else {
			full = append(full, i)
		}
	}
	t := c.table(&c.tables[0], full)
	t.joinMerged()
	t.joinOwn(fitsPerson)
	t.joinOthers(short, fitsSurname)
	c.table(&c.tables[1], short).joinMerged()
	t.joinOthers(c.alone(all[:0], short), fitsGiven)
	c.lists = [...][]int{all, full, short}
}

// alone appends those mentions that are in no group with another.
func (c *clustering) alone(alone, list []int) []int {
	c.countGroups()
	for _, i := range list {
		if c.sizes[c.root(i)] == 1 {
			alone = append(alone, i)
		}
	}
	return alone
}

// countGroups sets the sizes of the groups, by their roots, of the mentions that are left.
func (c *clustering) countGroups() {
	c.sizes = append(c.sizes[:0], c.parent...)
	clear(c.sizes)
	for i := range c.mentions {
		if c.mentions[i].left() {
			c.sizes[c.root(i)]++
		}
	}
}

// groupOthers joins organisations or places.
func (c *clustering) groupOthers(typ string) {
	list := c.of(c.lists[0][:0], typ)
	t := c.table(&c.tables[0], list)
	t.joinMerged()
	c.joinDefined(list)
	t.joinOwn(fitsOther)
	c.lists[0] = list
}

// joinDefined joins acronyms with what the text says they stand for.
func (c *clustering) joinDefined(list []int) {
	for _, d := range c.definitions {
		short, long := c.readings.of(Org, d.Acronym), c.readings.of(Org, d.Long)
		a, b := -1, -1
		for _, i := range list {
			n := &c.mentions[i].Name
			if n.short && n.Acronym == short.all {
				a = i
			} else if !n.short && (n.all == long.all || Compare(n, &long.Name).Merges()) {
				b = i
			}
		}
		if a >= 0 && b >= 0 {
			c.join(a, b)
		}
	}
}
