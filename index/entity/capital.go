package entity

import "sync"

// byCapitals are the languages in which a capital letter within a sentence mostly means a name, and whose letters are Latin.
// In German every noun has one; Arabic, Chinese and others have none.
var byCapitals = map[string]bool{
	"fr": true, "es": true, "pt": true, "it": true, "nl": true, "da": true, "sv": true, "no": true, "nb": true, "nn": true, "fi": true, "ro": true,
	"hu": true, "pl": true, "cs": true, "hr": true, "ca": true,
}

// The finders that [For] returns: one of each, since one keeps what it has allocated.
var (
	byModel = sync.OnceValue(New)
	byLists = sync.OnceValue(func() *Finder { return Capitalised("") })
)

// For returns the finder for a language, by its ISO 639-1 code, or nil where there is none:
//
//	en                                             the model; so is a text of unknown language ("") read
//	fr es pt it nl da sv no fi ro hu pl cs hr ca   Capitalised(""): only what the lists, which are made for English, know
//	all others                                     none; see Cyrillic for languages in its letters
func For(language string) *Finder {
	switch {
	case language == "en" || language == "":
		return byModel()
	case byCapitals[language]:
		return byLists()
	}
	return nil
}

// Capitalised returns a finder that knows no more than capital letters and the lists: a name is a row of capitalised words,
// and the lists say of what type. The first word of a sentence counts only if it is in the lists. A row that the lists do not
// know is of the type unknown, or no name where that is "".
func Capitalised(unknown string) *Finder {
	f := NewFinder(nil)
	f.pool.New = func() any { return &document{lists: f.lists, unknown: unknown} }
	return f
}

// labelByCapitals labels rows of capitalised words, which small words of names may join: de, bin, van.
func (d *document) labelByCapitals() {
	for from, to := range rows(d.cells) {
		cells := d.cells[from:to]
		for i := 0; i < len(cells); {
			if !cells[i].capital() || cells[i].at == 0 && cells[i].list == 0 {
				i++
				continue
			}
			n := rowOfCapitals(cells[i:])
			setName(cells[i:i+n], d.guess(cells[i:i+n]))
			i += n
		}
	}
}

func (c *cell) capital() bool { return c.class >= class(formTitle) && c.class <= class(formMixed) }

// rowOfCapitals returns how many cells the name has that begins them. It ends with a capital.
func rowOfCapitals(cells []cell) int {
	n := 1
	for i := 1; i < len(cells) && (cells[i].capital() || cells[i].class == classParticle); i++ {
		if cells[i].capital() {
			n = i + 1
		}
	}
	return n
}

func setName(cells []cell, l label) {
	for i := range cells {
		cells[i].label = l
		l = l.inside()
	}
}

// guess returns the label that begins a row of capitalised words.
func (d *document) guess(cells []cell) label {
	all, any := ^mask(0), mask(0)
	for _, c := range cells {
		if c.class != classParticle {
			all &= c.list
		}
		any |= c.list
	}
	first, last := cells[0].list, cells[len(cells)-1].list
	switch {
	case all&inTimes != 0:
		return outside
	case all&inDemonyms != 0:
		return beginDemonym
	case all&inAnyPlace != 0:
		return beginPlace
	case all&(inOrgs|inTeams) != 0, last&inCompanies != 0, len(cells) > 1 && any&inOrgwords != 0:
		return beginOrg
	case len(cells) > 1 && first&(inFirst|inTitles) != 0:
		return beginPerson
	case d.unknown == "":
		return outside
	}
	return beginning(d.unknown, false)
}
