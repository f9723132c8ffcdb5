package entity

import (
	"strings"
	"testing"
)

// labelled returns the cells of a text in which the words of the right form are labelled: Kenya/p, Amnesty/o International/O.
func labelled(text string) (d *document, cells []cell) {
	letters := map[byte]label{'r': beginPerson, 'R': insidePerson, 'o': beginOrg, 'O': insideOrg, 'p': beginPlace, 'P': insidePlace, 'd': beginDemonym}
	var words []string
	var want []label
	for w := range strings.FieldsSeq(text) {
		l := outside
		if n := len(w); n > 2 && w[n-2] == '/' {
			w, l = w[:n-2], letters[w[n-1]]
		}
		words, want = append(words, w), append(want, l)
	}
	d = &document{lists: known()}
	d.reset()
	d.addWords(words)
	for i := range d.cells {
		d.cells[i].label = want[d.cells[i].at]
	}
	return d, d.cells
}

// namesIn writes the names of the document as they are given.
func namesIn(d *document, text string) string {
	words := strings.Fields(text)
	var names []string
	for _, s := range d.spans(1)[0] {
		names = append(names, s.Type+":"+strings.Join(words[s.Name:s.End], "_"))
	}
	return strings.Join(names, " ")
}

func TestFirstName(t *testing.T) {
	for word, want := range map[string]bool{"Diane": true, "JOHN": true, "Denzel": true, "José": true, "Deckard": false, "Harbour": false, "": false} {
		if got := FirstName(word); got != want {
			t.Errorf("%q: %v", word, got)
		}
	}
}

// TestSettle holds what the lists change.
func TestSettle(t *testing.T) {
	for text, want := range map[string]string{
		"The bank lent Kenya money":                  "place:Kenya",
		"Then Amnesty International spoke":           "org:Amnesty_International",
		"Then China/o spoke":                         "place:China/o",
		"Then Toyota/r spoke":                        "org:Toyota/r",
		"Then Iraqi/p troops":                        "place:Iraqi/p",
		"South Korean/d troops":                      "place:South_Korean/d",
		"The/o Ministry/O spoke":                     "org:Ministry/O",
		"Prime/r Minister/R spoke":                   "person:",
		"Secretary of State/o Rice/r":                "org: person:Rice/r",
		"Former President/r Jimmy/R Carter/R":        "person:Jimmy/R_Carter/R",
		"in April/r he":                              "person:",
		"The city of Chad/p":                         "place:Chad/p",
		"Then Denzel Washington/p spoke":             "person:Denzel_Washington/p",
		"Then Paris Washington/p spoke":              "place:Washington/p",
		"Jimmy Visser/r spoke":                       "person:Jimmy_Visser/r",
		"J. K. Visser/r spoke":                       "person:J._K._Visser/r",
		"Then Monday Visser/r spoke":                 "person:Visser/r",
		"Then John/r Smith/R of West Ham/o United/O": "person:John/r_Smith/R org:Ham/o_United/O",
	} {
		d, cells := labelled(text)
		for from, to := range rows(cells) {
			joinNames(cells[from:to])
		}
		d.lists.fill(cells)
		if got := namesIn(d, text); got != want {
			t.Errorf("%s:\n got %s\nwant %s", text, got, want)
		}
	}
}
