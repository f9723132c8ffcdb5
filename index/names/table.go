package names

import "slices"

// table has the scores of some mentions with each other.
type table struct {
	*clustering
	list    []int
	scores  []float64       // by places in list, row by row; below zero where two names are surely two
	two     bool            // there are such
	refused map[[2]int]bool // roots of groups that contradict each other, which they never cease to
}

// table fills a table, in the room that it has.
func (c *clustering) table(t *table, list []int) *table {
	n := len(list)
	*t = table{clustering: c, list: list, scores: slices.Grow(t.scores[:0], n*n)[:n*n]}
	for x, i := range list {
		t.scores[x*n+x] = 0
		for y, j := range list[:x] {
			score := articleScore(&c.mentions[i].Name, &c.mentions[j].Name)
			t.scores[x*n+y], t.scores[y*n+x] = score, score
			t.two = t.two || score < 0
		}
	}
	return t
}

func (t *table) score(x, y int) float64 { return t.scores[x*len(t.list)+y] }

// articleScore is the score of two names within one article: people of different names are surely two, -1, unless one name
// is a part of the other.
func articleScore(a, b *Name) float64 {
	if apart(a, b) {
		if a.Type == Person {
			return -1
		}
		return 0
	}
	score := Compare(a, b).Score
	if a.Type == Person && score == 0 && !endsWith(a.Words, b.Words) && !endsWith(b.Words, a.Words) {
		return -1
	}
	return score
}

// apart reports whether two names of one type have so little in common that the score of Compare is 0. Most names of an article
// are apart, and it costs next to nothing to see that.
func apart(a, b *Name) bool {
	switch {
	case len(a.Words) == 0 || len(b.Words) == 0:
		return false
	case a.Type == Person:
		return personsApart(a, b)
	case a.Acronym != "" || b.Acronym != "" || a.all == b.all || a.known != 0 && b.known != 0 || a.office && b.office:
		return false
	}
	if len(a.Words) > len(b.Words) {
		a, b = b, a
	}
	for i := range a.Words { // each of the shorter name must agree with one
		if a.Words[i].signs&b.signs == 0 {
			return true
		}
	}
	return false
}

// personsApart reports whether nothing of two people agrees that may be a surname, nor, where one has more words, all letters or
// how they begin.
func personsApart(a, b *Name) bool {
	first, last := &a.Words[0], &a.Words[len(a.Words)-1]
	other, surname := &b.Words[0], &b.Words[len(b.Words)-1]
	if last.signs&(surname.signs|other.signs)|first.signs&surname.signs != 0 {
		return false
	}
	return len(a.Words) == len(b.Words) || first.signs&other.signs == 0 && a.allKey() != b.allKey()
}

// joinMerged joins those that may be merged by rule, unless one of them fits two that are surely two: George Bush, where
// both George W. and George H. W. are.
func (t *table) joinMerged() {
	for x, i := range t.list {
		for y, j := range t.list[:x] {
			if t.score(x, y) >= Merge && t.root(i) != t.root(j) && !t.torn(x, y) && !t.contradicts(x, j) {
				t.join(i, j)
			}
		}
	}
}

// torn reports whether a third name is one with x and surely not y, or the other way round.
func (t *table) torn(x, y int) bool {
	if !t.two {
		return false
	}
	for z := range t.list {
		a, b := t.score(x, z), t.score(y, z)
		if z != x && z != y && (a >= Merge && b < 0 || b >= Merge && a < 0) {
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
		if t.score(a, b) < 0 && t.root(j) == root {
			return true
		}
	}
	return false
}

// joinOnly joins each of some mentions with the group in the table that it fits, if there is exactly one.
func (t *table) joinOnly(some []int, fits func(short, full *Name) bool) {
	for _, i := range some {
		x := slices.Index(t.list, i)
		if j := t.only(i, x, fits); j >= 0 && (x < 0 || !t.contradicts(x, j)) {
			t.join(i, j)
		}
	}
}

// only returns a mention of the one group that mention i fits, -1 when there is none or several. Its place in the list is x, -1
// when it has none.
func (t *table) only(i, x int, fits func(short, full *Name) bool) int {
	found := -1
	for y, j := range t.list {
		if x >= 0 && !possible(t.mentions[i].typ, t.score(x, y)) || t.root(i) == t.root(j) || !fits(&t.mentions[i].Name, &t.mentions[j].Name) {
			continue
		}
		if found >= 0 && t.root(found) != t.root(j) {
			return -1
		}
		found = j
	}
	return found
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
	if short.Words[0].signs&full.Words[len(full.Words)-1].signs == 0 {
		return false
	}
	v := Compare(short, full)
	return v.Reason == surnameOnly && v.Score >= Suggest
}

// fitsGiven reports whether a name alone is the given name of a full one, as written.
func fitsGiven(short, full *Name) bool {
	if short.Words[0].signs&full.Words[0].signs == 0 {
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
