package names

import "slices"

// table has the scores of some mentions of one type with each other. Most of them have nothing in common, and are not kept.
type table struct {
	*clustering
	list     []int
	sketches []Sketch        // of list
	near     [][]score       // by places in list, those of them that are not apart, ascending
	apart    float64         // the score of two that are apart: below zero where they are surely two
	two      bool            // there are such
	refused  map[[2]int]bool // roots of groups that contradict each other, which they never cease to
}

// score is that with the mention at a place of a table's list.
type score struct {
	at   int
	with float64
}

// table fills a table, in the room that it has.
func (c *clustering) table(t *table, list []int) *table {
	n := len(list)
	*t = table{clustering: c, list: list, sketches: t.sketches[:0], near: slices.Grow(t.near[:0], n)[:n]}
	if n > 0 && c.mentions[list[0]].typ == Person {
		t.apart = -1
	}
	for x, i := range list {
		t.near[x] = t.near[x][:0]
		m := &c.mentions[i]
		sketch := m.sketch
		for y := range t.sketches {
			if sketch.Apart(&t.sketches[y]) {
				t.two = t.two || t.apart < 0
				continue
			}
			s := articleScore(&m.Name, &c.mentions[list[y]].Name)
			t.two = t.two || s < 0
			if s != t.apart {
				t.near[x] = append(t.near[x], score{y, s})
				t.near[y] = append(t.near[y], score{x, s})
			}
		}
		t.sketches = append(t.sketches, sketch)
	}
	return t
}

func (t *table) score(x, y int) float64 {
	for _, s := range t.near[x] {
		if s.at == y {
			return s.with
		}
	}
	if x == y {
		return 0
	}
	return t.apart
}

// articleScore is the score of two names within one article: people of different names are surely two, -1, unless one name
// is a part of the other.
func articleScore(a, b *Name) float64 {
	if a.Type == Person && personsApart(a, b) {
		return -1
	}
	score := Compare(a, b).Score
	if a.Type == Person && score == 0 && !endsWith(a.Words, b.Words) && !endsWith(b.Words, a.Words) {
		return -1
	}
	return score
}

// personsApart reports whether nothing of two people agrees that may be a surname, nor, where one has more words, all letters or
// how they begin, so that the score of Compare is 0. It sees more than Sketch.Apart.
func personsApart(a, b *Name) bool {
	if len(a.Words) == 0 || len(b.Words) == 0 {
		return false
	}
	first, last := &a.Words[0], &a.Words[len(a.Words)-1]
	other, surname := &b.Words[0], &b.Words[len(b.Words)-1]
	if last.signs.meets(&surname.signs) || last.signs.meets(&other.signs) || first.signs.meets(&surname.signs) {
		return false
	}
	return len(a.Words) == len(b.Words) || !first.signs.meets(&other.signs) && a.allKey() != b.allKey()
}

// joinMerged joins those that may be merged by rule, unless one of them fits two that are surely two: George Bush, where
// both George W. and George H. W. are.
func (t *table) joinMerged() {
	for x, i := range t.list {
		for _, s := range t.near[x] {
			if j := t.list[s.at]; s.at < x && s.with >= Merge && t.root(i) != t.root(j) && !t.torn(x, s.at) && !t.contradicts(x, j) {
				t.join(i, j)
			}
		}
	}
}

// torn reports whether a third name is one with x and surely not y, or the other way round.
func (t *table) torn(x, y int) bool { return t.two && (t.tears(x, y) || t.tears(y, x)) }

// tears reports whether a third name is one with x and surely not y.
func (t *table) tears(x, y int) bool {
	for _, s := range t.near[x] {
		if s.with >= Merge && s.at != y && t.score(y, s.at) < 0 {
			return true
		}
	}
	return false
}

// contradicts reports whether the groups of place x of the list and of mention j have two names that are surely two.
func (t *table) contradicts(x, j int) bool {
	if !t.two {
		return false
	}
	roots := [2]int{t.root(t.list[x]), t.root(j)}
	if t.refused[roots] {
		return true
	}
	for a, i := range t.list {
		if t.root(i) == roots[0] && t.partedFrom(a, roots[1]) {
			if t.refused == nil {
				t.refused = map[[2]int]bool{}
			}
			t.refused[roots] = true
			return true
		}
	}
	return false
}

// partedFrom reports whether the name at place a is surely not one of the group of a root.
func (t *table) partedFrom(a, root int) bool {
	for b, j := range t.list {
		if t.root(j) == root && t.score(a, b) < 0 {
			return true
		}
	}
	return false
}

// joinOwn joins each mention of the table with the group that it fits, if there is exactly one.
func (t *table) joinOwn(fits func(short, full *Name) bool) {
	for x, i := range t.list {
		found := -1
		for _, s := range t.near[x] {
			if j := t.list[s.at]; possible(t.mentions[i].typ, s.with) && !t.fitting(i, j, &found, fits) {
				break
			}
		}
		if found >= 0 && !t.contradicts(x, found) {
			t.join(i, found)
		}
	}
}

// joinOthers joins each of some people that are not in the table, of one word, with the group in it that they fit, if there is
// exactly one.
func (t *table) joinOthers(some []int, fits func(short, full *Name) bool) {
	for _, i := range some {
		found, signs := -1, t.mentions[i].sketch.all
		for y := range t.sketches {
			if s := &t.sketches[y]; (signs.meets(&s.first) || signs.meets(&s.last)) && !t.fitting(i, t.list[y], &found, fits) {
				break
			}
		}
		if found >= 0 {
			t.join(i, found)
		}
	}
}

// fitting notes that mention i fits j of the table, where it does. It reports false, and that i fits none, where it fits two groups.
func (t *table) fitting(i, j int, found *int, fits func(short, full *Name) bool) bool {
	switch {
	case t.root(i) == t.root(j) || !fits(&t.mentions[i].Name, &t.mentions[j].Name):
	case *found >= 0 && t.root(*found) != t.root(j):
		*found = -1
		return false
	default:
		*found = j
	}
	return true
}

// possible reports whether the score of two names of a type leaves it possible that one fits the other, by fitsPerson or
// fitsOther, which is dearer to find out.
func possible(typ string, score float64) bool {
	if typ == Person {
		return score >= Suggest || score == 0
	}
	return score > 0
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
	if !short.Words[0].signs.meets(&full.Words[len(full.Words)-1].signs) {
		return false
	}
	v := Compare(short, full)
	return v.Reason == surnameOnly && v.Score >= Suggest
}

// fitsGiven reports whether a name alone is the given name of a full one, as written.
func fitsGiven(short, full *Name) bool {
	if !short.Words[0].signs.meets(&full.Words[0].signs) {
		return false
	}
	l, _ := compareWords(&short.Words[0], &full.Words[0])
	return l >= alike && !full.ordered
}

// fitsOther reports whether a name shortens another of an article: an acronym that archives doubt, or a name without words
// like Company. It is no part of a name that stands for something else: Gazprom is not Gazprom Neft, nor SCO SCO RATS.
func fitsOther(short, full *Name) bool {
	v := Compare(short, full)
	switch v.Reason {
	case acronymMany, acronymShort, genericName, WeakWords, qualifierNamed:
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
