package ingest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/entity"
)

// marked reads a text in which names stand in brackets, behind the first letter of their type: [p Joris Dekker].
func marked(title, body string) *reading {
	r := &reading{}
	typ := map[byte]string{'p': index.Person, 'o': index.Org, 'l': index.Place}
	for i, s := range []string{title, "", body} {
		r.fields[i].start = len(r.text)
		for {
			before, rest, ok := strings.Cut(s, "[")
			r.text += before
			if !ok {
				break
			}
			name, after, _ := strings.Cut(rest, "]")
			start := len(r.text)
			r.text += name[2:]
			r.mentions = append(r.mentions, entity.Mention{Type: typ[name[0]], Start: start, End: len(r.text)})
			s = after
		}
		if r.fields[i].end = len(r.text); i < 2 {
			r.text += paragraph
		}
	}
	return r
}

// mark is the opposite of marked.
func (r *reading) mark() string {
	var b strings.Builder
	at := 0
	for _, m := range r.mentions {
		letter := m.Type[:1]
		if m.Type == index.Place {
			letter = "l"
		}
		fmt.Fprintf(&b, "%s[%s %s]", r.text[at:m.Start], letter, r.text[m.Start:m.End])
		at = m.End
	}
	return b.String() + r.text[at:]
}

func TestAddSurnames(t *testing.T) {
	for _, test := range []struct{ title, body, wantTitle, wantBody string }{
		{"", "[p Joris Dekker] came. Dekker left.", "", "[p Joris Dekker] came. [p Dekker] left."},
		{"Dekker Leaves", "Dekker? [p Joris Dekker]", "[p Dekker] Leaves", "[p Dekker]? [p Joris Dekker]"},
		{"[o Dekker] Leaves", "[p Joris Dekker]", "[p Dekker] Leaves", "[p Joris Dekker]"},
		{"", "[p Joris Dekker], [l Dekker]", "", "[p Joris Dekker], [l Dekker]"}, // names.Cluster asks the context
		{"", "[p Joris Dekker], Dekker Street, Anna Dekker, Mr Dekker, dekker", "", "[p Joris Dekker], Dekker Street, Anna Dekker, Mr [p Dekker], dekker"},
		{"", "[p Joris Dekker] [o Dekker & Zoon], Dekker.", "", "[p Joris Dekker] [o Dekker & Zoon], Dekker."},
		{"", "[p Joris Dekker]. Where Dekker’s men were, Dekker-led, pro-Dekker", "", "[p Joris Dekker]. Where [p Dekker]’s men were, Dekker-led, pro-Dekker"},
		{"", "[p Shane O’Dwyer] “O’Dwyer” [l Rome] O’Dwyers", "", "[p Shane O’Dwyer] “[p O’Dwyer]” [l Rome] O’Dwyers"},
		{"", "[p Theresa May] in May", "", "[p Theresa May] in May"},
		{"", "[p Joris Dekker] came to [l Geneva]. Dekker is not J. Dekker, nor Capt. Dekker’s boy", "", "[p Joris Dekker] came to [l Geneva]. [p Dekker] is not J. Dekker, nor Capt. [p Dekker]’s boy"},
		{"", "[p Dekker] Dekker", "", "[p Dekker] Dekker"},
		{"", "[p Özil Şahin], Şahin", "", "[p Özil Şahin], [p Şahin]"},
	} {
		r := marked(test.title, test.body)
		r.addSurnames()
		want := test.wantTitle + paragraph + paragraph + test.wantBody
		if got := r.mark(); got != want {
			t.Errorf("%s\nwant\n%s", got, want)
		}
		if !slices.IsSortedFunc(r.mentions, func(a, b entity.Mention) int { return a.Start - b.Start }) {
			t.Errorf("%s: %v", test.body, r.mentions)
		}
	}
}

func TestReadDateline(t *testing.T) {
	for _, test := range []struct{ body, want string }{
		{"[p OSLO] ([o Reuters]) - The quay", "[l OSLO] (Reuters) - The quay"},
		{"OSLO, March 3 ([o Reuters]) - The quay of [o Reuters]", "[l OSLO], March 3 (Reuters) - The quay of [o Reuters]"},
		{"[l NEW] [o YORK] (AP) — The quay", "[l NEW YORK] (AP) — The quay"},
		{"[p ROTTERDAM], [l Netherlands] (AP) - The quay", "[l ROTTERDAM], [l Netherlands] (AP) - The quay"},
		{"[l ROTTERDAM, Netherlands] (AP) - The quay", "[l ROTTERDAM], Netherlands (AP) - The quay"},
		{"[p Ann Roe] writes.\n\nROTTERDAM ([o Harbour News] / [o Sputnik] - 14th March, 2024) The quay", "[p Ann Roe] writes.\n\n[l ROTTERDAM] (Harbour News / Sputnik - 14th March, 2024) The quay"},
		{"[o Reuters] said", "[o Reuters] said"},
		{"([o Reuters]) - The quay", "(Reuters) - The quay"},
		{"", ""},
	} {
		r := marked("", test.body)
		r.readDateline(r.text[r.fields[2].start:])
		if got := r.mark()[2*len(paragraph):]; got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

func TestDropCredit(t *testing.T) {
	for _, test := range [][2]string{
		{"[p Joris Dekker] left.\n\n(Reporting by [p Ann Lee] in [l Oslo]; editing by [p Bo Chan])", "[p Joris Dekker] left.\n\n(Reporting by Ann Lee in Oslo; editing by Bo Chan)"},
		{"[p Dekker] left ([p Claes]). (Additional reporting by [p Ann Lee], Writing by [p Bo Chan]) [l Oslo]", "[p Dekker] left ([p Claes]). (Additional reporting by Ann Lee, Writing by Bo Chan) [l Oslo]"},
		{"(Editing by [p Bo Chan]", "(Editing by Bo Chan"},
		{"Reporting by [p Ann Lee] won a prize", "Reporting by [p Ann Lee] won a prize"},
		{"(Reporting by [p Ann Lee]) " + strings.Repeat("It is open. ", 60), "(Reporting by [p Ann Lee]) " + strings.Repeat("It is open. ", 60)},
		{"", ""},
	} {
		r := marked("", test[0])
		r.dropCredit()
		if got := r.mark()[2*len(paragraph):]; got != test[1] {
			t.Errorf("%q, want %q", got, test[1])
		}
	}
}

func TestUsual(t *testing.T) {
	for _, test := range [][3]string{
		{index.Place, "ROTTERDAM", "Rotterdam"}, {index.Place, "BAKU", "Baku"}, {index.Place, "USSR", "USSR"}, {index.Place, "UAE", "UAE"},
		{index.Place, "RIO DE JANEIRO", "Rio de Janeiro"}, {index.Place, "Rotterdam", "Rotterdam"}, {index.Place, "ÖREBRO", "Örebro"},
		{index.Person, "JORIS DEKKER", "Joris Dekker"}, {index.Person, "JFK", "JFK"},
		{index.Org, "OPEC", "OPEC"}, {index.Org, "TURAN ENERGY", "Turan Energy"}, {index.Org, "BANK OF ROTTERDAM", "Bank of Rotterdam"},
		{index.Org, "SCO RATS", "SCO RATS"}, {index.Org, "T&N WIRELESS", "T&N WIRELESS"},
	} {
		if got := usual(test[0], test[1]); got != test[2] {
			t.Errorf("%s %s: %s, want %s", test[0], test[1], got, test[2])
		}
	}
}

// FuzzWordsOf compares with looking at all words.
func FuzzWordsOf(f *testing.F) {
	f.Add("Dekker left. X and Ö-Straße O'Neill's Dekker", "Dekker X Ö O'Neill left")
	f.Add("X", "X")
	f.Add("É X É", "É X")
	f.Fuzz(func(t *testing.T, text, list string) {
		some := map[string]bool{}
		for from, to := range words(list) {
			some[list[from:to]] = true
		}
		var got, want [][2]int
		for from, to := range wordsOf(some, text) {
			got = append(got, [2]int{from, to})
		}
		for from, to := range words(text) {
			if some[text[from:to]] && (text[from] < 'a' || text[from] > 'z') {
				want = append(want, [2]int{from, to})
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q in %q: %v, want %v", list, text, got, want)
		}
	})
}
