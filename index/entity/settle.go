package entity

import "dateline/index"

// What the lists know for certain goes over what the model finds: it has learnt from sentences in which a country is at times
// marked as an organisation, and not marked at all.

// fill labels names of the lists that the model has left out: countries, and names of several words.
func (l *lists) fill(cells []cell) {
	for i := 0; i < len(cells); {
		n, begin := l.certain(cells[i:])
		if n == 0 {
			i++
			continue
		}
		setName(cells[i:i+n], begin)
		i += n
	}
}

// certain returns how many words without a label that begin the cells are together the name of a country, or a place's or an
// organisation's name of several words, and the label that begins it.
func (l *lists) certain(cells []cell) (n int, begin label) {
	h := uint64(0)
	for i := range min(maxVoted, len(cells)) {
		if cells[i].label != outside || i == 0 && !cells[0].capital() || cells[i].opens && i > 0 {
			break
		}
		h = join(h, cells[i].lower)
		if b := l.entry(h).certain(i > 0); b != outside && (i+1 == len(cells) || !isInside(cells[i+1].label)) {
			n, begin = i+1, b
		}
	}
	return n, begin
}

func isInside(l label) bool { return l != outside && !l.begins() }

func (e entry) certain(several bool) label {
	switch in := e.alone; {
	case in == inCountries:
		return beginPlace
	case several && in&(inDemonyms|inTitles|inLast) == 0 && in&inAnyPlace != 0 && in&(inOrgs|inTeams) == 0:
		return beginPlace
	case several && in == inOrgs:
		return beginOrg
	}
	return outside
}

// typeOf returns the type of a name, and whether it is a demonym.
func (l *lists) typeOf(cells []cell) (typ string, demonym bool) {
	h := uint64(0)
	for _, c := range cells {
		h = join(h, c.lower)
	}
	e := l.entry(h)
	in := e.alone | e.capital
	switch typ = typeOf[cells[0].label]; {
	case in == inCountries:
		return index.Place, false
	case in == inDemonyms:
		return index.Place, true
	case in != 0 && in&^(inOrgs|inCompanies|inOrgwords) == 0:
		return index.Org, false
	case typ != index.Place:
		return typ, false
	case in&inDemonyms != 0:
		return typ, true
	case in&inAnyPlace != 0:
		return typ, false
	}
	return typ, kind(cells[0].label) == kind(beginDemonym)
}

// joinNames makes one person of a first name and a last one that is also a place's, Denzel Washington, and gives to a person the
// first name or initial before the name that the model has left out.
func joinNames(cells []cell) {
	for i := len(cells) - 2; i >= 0; i-- {
		first, last := &cells[i], &cells[i+1]
		switch {
		case first.label == outside && last.label == beginPerson && last.list&inTitles == 0 && first.givenName():
		case (first.label == beginPerson || first.label == outside) && last.label == beginPlace && first.list&inFirst != 0 && first.givenName() &&
			last.list&inLast != 0 && last.list&inAnyPlace != 0 && (i+2 == len(cells) || !isInside(cells[i+2].label)):
		default:
			continue
		}
		first.label, last.label = beginPerson, insidePerson
		first.joined, last.joined = true, true
	}
}

// givenName reports whether a word is an initial, or a first name and nothing else that stands before a name.
func (c *cell) givenName() bool {
	return c.class == class(formInitial) || c.list&inFirst != 0 && c.list&(inAnyPlace|inTimes|opensPhrase|insidePhrase) == 0
}

var article = hashLower("the")

// nameFrom returns the cell with which the name itself begins: after a person's titles and an organisation's article, and
// before the demonym that the model has cut in two (South Korean); to when it is no name, as a title or a month.
func (d *document) nameFrom(cells []cell, from, to int) int {
	first := cells[from]
	switch kind(first.label) {
	case kind(beginPerson):
		return from + d.title(cells[from:to])
	case kind(beginOrg):
		if first.list&inTitles != 0 && first.list&(opensPhrase|insidePhrase) != 0 && to == from+1 {
			return to // the State of Secretary of State
		}
		if first.lower == article && to > from+1 && first.list == 0 {
			return from + 1
		}
	case kind(beginDemonym):
		if before := from - 1; before >= 0 && !first.opens && first.list&insidePhrase != 0 && first.list&inDemonyms != 0 &&
			cells[before].list&opensPhrase != 0 && cells[before].label == outside {
			return before
		}
	}
	return from
}
