package aliases

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/analysis"
)

// goldenNames returns the names of testdata/names, by type.
func goldenNames(t testing.TB) map[string][]string {
	b, err := os.ReadFile("../../testdata/names/pairs.tsv")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string][]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		if f := strings.Split(line, "\t"); !strings.HasPrefix(line, "#") {
			names[f[0]] = append(names[f[0]], f[1], f[2])
		}
	}
	for _, list := range names {
		slices.Sort(list)
	}
	return names
}

// permuted returns an archive with the names of another in another order.
func permuted(a *archive, r *rand.Rand) *archive {
	b := archiveOf()
	for _, i := range r.Perm(a.Len()) {
		for s, n := range a.spellings[i] {
			b.add(s, n)
		}
	}
	b.aliases = a.aliases
	return b
}

// answers writes all that a book says, without numbers.
func answers(b *Book) string {
	var s strings.Builder
	fmt.Fprintln(&s, entities(b))
	list, total := b.Suggestions(1 << 20)
	fmt.Fprintln(&s, total, list)
	for i := range b.lex.Len() {
		if b.lex.Articles(i) == 0 {
			continue
		}
		key := b.lex.Key(i)
		info, ok := b.Entity(key)
		fmt.Fprintln(&s, key, info, ok)
		for _, value := range []string{key, strings.ToUpper(key[:1]) + key[1:] + "s"} {
			names, aliases := b.Query(value)
			var keys []string
			for _, n := range names {
				keys = append(keys, b.lex.Key(int(n)))
			}
			slices.Sort(keys)
			fmt.Fprintln(&s, value, keys, aliases)
		}
		for _, word := range strings.Fields(key) {
			fmt.Fprintln(&s, word, NewWords(b).Variants(analysis.Term(word), func(string) int { return 1 }))
		}
	}
	lines := strings.Split(s.String(), "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// sample makes an archive of some of the golden names, with decisions about them.
func sample(t testing.TB, typ string, r *rand.Rand) (*archive, *Log) {
	all := goldenNames(t)[typ]
	a, l := archiveOf(), &Log{}
	for range 120 {
		name := all[r.IntN(len(all))]
		a.add(name, 1+r.IntN(9))
		if r.IntN(3) == 0 {
			a.addAlias(name, all[r.IntN(len(all))], 1+r.IntN(3))
		}
	}
	for range r.IntN(12) {
		d := index.Decision{Type: typ, Name: a.Label(r.IntN(a.Len())), Action: []index.Action{index.ActionMerge, index.ActionSplit, index.ActionApart,
			index.ActionRename, index.ActionHide, index.ActionShow}[r.IntN(6)]}
		if actions[d.Action] == 2 {
			d.Other = all[r.IntN(len(all))]
		}
		_, _ = l.Add(index.Time{}, []index.Decision{d}) // what cannot be is left out
	}
	return a, l
}

// TestOrderMakesNoDifference numbers the names of an archive in other ways, and adds them to a graph in several steps.
func TestOrderMakesNoDifference(t *testing.T) {
	for seed := range uint64(8) {
		for _, typ := range index.EntityTypes {
			r := rand.New(rand.NewPCG(seed, 1))
			a, l := sample(t, typ, r)
			want := answers(New(typ, a, nil, l.Decided()))
			if got := answers(New(typ, permuted(a, r), nil, l.Decided())); got != want {
				t.Fatalf("%s, seed %d: in another order\n%s\nwas\n%s", typ, seed, got, want)
			}
			var g Graph
			half := archiveOf()
			for i := range a.Len() / 2 {
				half.add(a.Label(i), 1)
			}
			New(typ, half, &g, nil)
			other, _ := sample(t, typ, r)
			New(typ, other, &g, nil)
			if got := answers(New(typ, a, &g, l.Decided())); got != want {
				t.Fatalf("%s, seed %d: with a graph that knew others\n%s\nwas\n%s", typ, seed, got, want)
			}
			saved, err := g.MarshalBinary()
			if err != nil {
				t.Fatal(err)
			}
			var loaded Graph
			if err := loaded.UnmarshalBinary(saved); err != nil {
				t.Fatal(err)
			}
			if got := answers(New(typ, permuted(a, r), &loaded, l.Decided())); got != want {
				t.Fatalf("%s, seed %d: with a graph that was saved\n%s\nwas\n%s", typ, seed, got, want)
			}
		}
	}
}

// TestUndoRestores takes back decisions, last first.
func TestUndoRestores(t *testing.T) {
	for seed := range uint64(10) {
		r := rand.New(rand.NewPCG(seed, 2))
		a, l := sample(t, index.Person, r)
		_, more := sample(t, index.Person, r)
		before := answers(New(index.Person, a, nil, l.Decided()))
		var undos []index.Decision
		for range more.All() {
			undos = append(undos, index.Decision{Action: index.ActionUndo})
		}
		for _, list := range [][]index.Decision{more.All(), undos} {
			if _, err := l.Add(index.Time{}, list); err != nil {
				t.Fatal(err)
			}
		}
		if after := answers(New(index.Person, a, nil, l.Decided())); after != before {
			t.Errorf("seed %d: after undoing %v\n%s\nbefore\n%s", seed, more.All(), after, before)
		}
	}
}

// TestDeadNamesAreNone takes away all articles of names, and compares with an archive that never had them.
func TestDeadNamesAreNone(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	a, l := sample(t, index.Person, r)
	left := archiveOf()
	for i := range a.Len() {
		if i%3 == 0 {
			a.spellings[i] = nil
			continue
		}
		left.add(a.Label(i), a.Articles(i))
		for s := range a.spellings[i] {
			if s != a.Label(i) {
				delete(a.spellings[i], s)
			}
		}
		left.spellings[len(left.keys)-1] = a.spellings[i]
	}
	clear(a.aliases)
	var g Graph
	if got, want := answers(New(index.Person, a, &g, l.Decided())), answers(New(index.Person, left, nil, l.Decided())); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestPrune forgets spellings that are not used any more, and still knows the others.
func TestPrune(t *testing.T) {
	var g Graph
	many := archiveOf()
	for i := range 6000 {
		many.add(fmt.Sprintf("Jan Dekker%d", i), 1)
	}
	a, l := sample(t, index.Person, rand.New(rand.NewPCG(4, 4)))
	New(index.Person, a, &g, nil)
	New(index.Person, many, &g, nil)
	before := g.names.Len()
	got := answers(New(index.Person, a, &g, l.Decided()))
	if g.names.Len() >= before || g.names.Len() < a.Len() {
		t.Errorf("%d spellings, before %d", g.names.Len(), before)
	}
	if want := answers(New(index.Person, a, nil, l.Decided())); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestGraphIsRefused(t *testing.T) {
	var g Graph
	a, _ := sample(t, index.Org, rand.New(rand.NewPCG(5, 5)))
	New(index.Org, a, &g, nil).Suggestions(0)
	saved, err := g.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range [][]byte{nil, saved[:len(saved)-1], saved[:20], append(slices.Clone(saved), 0), flipped(saved, 3), flipped(saved, len(saved)/2), flipped(saved, len(saved)-1)} {
		other := g.names
		if err := g.UnmarshalBinary(wrong); err == nil || g.names != other {
			t.Errorf("%d bytes: %v", len(wrong), err)
		}
	}
}

func flipped(b []byte, i int) []byte {
	b = slices.Clone(b)
	b[i] ^= 1
	return b
}

// FuzzGraph reads what is damaged behind the checksum's back: no number may point nowhere.
func FuzzGraph(f *testing.F) {
	var g Graph
	a := archiveOf("Ruslan Mirzaev 3 = Mirzaev", "Ruslan Mirzayev", "R. Mirzaev", "Aleksei Mirzaev")
	New(index.Person, a, &g, nil).Suggestions(0)
	saved, err := g.MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(saved[8 : len(saved)-8])
	f.Fuzz(func(t *testing.T, b []byte) {
		d := &decoder{b: b}
		typ := string(d.bytes())
		names, words := d.web(typ), d.web(typ)
		if d.bad || len(d.b) > 0 {
			return
		}
		loaded := &Graph{names: names, words: words}
		New(index.Person, a, loaded, nil).Suggestions(10)
		NewWords(New(index.Person, a, loaded, nil)).Variants("mirzaev", func(string) int { return 0 })
	})
}

// TestAliasesThatAreOneWord counts a word that is several aliases of a name by the one that most articles have, in whatever order
// they come.
func TestAliasesThatAreOneWord(t *testing.T) {
	a := archiveOf("Harbour Police Association 9")
	for alias, n := range map[string]int{"HPA": 1, "H.P.A.": 3, "Hpa.": 2} {
		a.addAlias("Harbour Police Association", alias, n)
	}
	for range 50 {
		if list := bookOf(index.Org, a).word("hpa"); len(list) != 1 || list[0].articles != 3 {
			t.Fatalf("%+v", list)
		}
	}
}
