package names

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// TestReadings holds that a form has one reading in an article, and the same when it was dropped and read again.
func TestReadings(t *testing.T) {
	var l lexicon
	for _, n := range goldenNames(t) {
		first := l.of(n.Type, n.Text)
		if l.of(n.Type, n.Text) != first {
			t.Fatalf("%q: two readings", n.Text)
		}
		again := (&lexicon{}).of(n.Type, n.Text)
		for _, r := range []*reading{first, again} { // as far as Parse reads it
			r.allKey()
			if r.long != nil {
				r.long.allKey()
			}
		}
		if !reflect.DeepEqual(first, again) || !reflect.DeepEqual(again.Name, Parse(n.Type, n.Text)) {
			t.Errorf("%q: read as %+v, then as %+v", n.Text, first, again)
		}
		if again.named != IsName(n.Type, n.Text) {
			t.Errorf("%q: a name: %v", n.Text, again.named)
		}
	}
}

// TestLexiconIsBounded holds that each form of an article has one reading, however many there are, and that no more than there are
// places for stay for the next article: those that are asked for often.
func TestLexiconIsBounded(t *testing.T) {
	c := newClustering()
	var list []Form
	for i := range 6 * keptSets {
		list = append(list, Form{Type: []string{Person, Org}[i%2], Text: fmt.Sprintf("Joris Dekker%d", i/2)})
	}
	c.readings.article++
	for range 2 {
		for i := range list {
			if at := c.mentionOf(&list[i]); at != i {
				t.Fatalf("%v: mention %d, want %d", list[i], at, i)
			}
		}
	}
	if len(c.readings.more) < keptSets {
		t.Errorf("only %d of %d had no place", len(c.readings.more), len(list))
	}
	c.forget()
	c.readings.article++
	var often *reading
	for range 4 {
		often = c.readings.of(Place, "Harbourton")
	}
	for i := range list {
		c.readings.article++
		c.mentionOf(&list[i])
		c.mentions = c.mentions[:0]
		if c.readings.of(Place, "Harbourton") != often {
			t.Fatalf("read again after %v", list[i])
		}
	}
	if len(c.readings.sets) != keptSets || len(c.readings.more) != 0 {
		t.Errorf("%d sets and %d more", len(c.readings.sets), len(c.readings.more))
	}
}

// TestClusterWithWhatIsKept holds that what other articles left behind changes nothing, be much of it kept or little.
func TestClusterWithWhatIsKept(t *testing.T) {
	c := newClustering()
	for round := range 3 {
		for i := range clusters {
			a := &clusters[(i*7+round)%len(clusters)]
			checkKept(t, c, a.text, forms(a.text, a.forms))
			if i%(round+2) == 0 {
				clear(c.readings.sets)
			}
		}
	}
}

// checkKept holds that a clustering finds in an article what one finds that has read nothing.
func checkKept(t *testing.T, c *clustering, text string, forms []Form) {
	t.Helper()
	want := newClustering().cluster(text, forms)
	if got := c.cluster(text, forms); !reflect.DeepEqual(got, want) {
		t.Errorf("%q\n\tgot  %v\n\twant %v", text, got, want)
	}
}

// FuzzClusterWithWhatIsKept is the same for two articles after each other, in which one name may be of several types.
func FuzzClusterWithWhatIsKept(f *testing.F) {
	for i, c := range clusters {
		f.Add(c.text, c.forms, clusters[len(clusters)-1-i].forms, uint8(i))
	}
	f.Fuzz(func(t *testing.T, text, one, other string, shift uint8) {
		if len(text)+len(one)+len(other) > 4096 {
			return
		}
		c := newClustering()
		for _, list := range []string{one, other, one} {
			in := forms(text, list)
			for i := range in {
				in[i].Type = []string{Person, Org, Place, "event"}[(i+int(shift))%4]
			}
			checkKept(t, c, text, in)
			if shift%5 == 0 {
				clear(c.readings.sets)
			}
		}
	})
}

// TestClusterTogether holds that goroutines do not disturb each other.
func TestClusterTogether(t *testing.T) {
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for _, c := range clusters {
				in := forms(c.text, c.forms)
				if got, want := Cluster(c.text, in), newClustering().cluster(c.text, in); !reflect.DeepEqual(got, want) {
					t.Errorf("%s: got %v, want %v", c.name, got, want)
				}
			}
		})
	}
	all.Wait()
}

// TestClusterKeepsForms holds that the forms given and the entities of an article are left alone by the next one.
func TestClusterKeepsForms(t *testing.T) {
	c := newClustering()
	text := "Joris Dekker and Mr. Dekker of Harbourton"
	in := forms(text, "person: Joris Dekker; Dekker\nplace: Harbourton")
	in = append(in, in...)
	before := fmt.Sprint(in)
	out := c.cluster(text, in)
	want := fmt.Sprint(out)
	_ = append(out[1].Positions, -1)
	c.cluster("Maria Visser", forms("Maria Visser", "person: Maria Visser ×9"))
	if fmt.Sprint(in) != before || fmt.Sprint(out) != want {
		t.Errorf("forms %v, were %s; entities %v, were %s", in, before, out, want)
	}
	if len(c.mentions) > 0 || c.text != "" || c.definitions != nil {
		t.Errorf("it keeps the article: %+v", c)
	}
}

func FuzzOneSpaced(f *testing.F) {
	for _, s := range []string{"", " ", "a  b", " a", "a ", "a\tb", "a\u00a0b", "\u2003", "São  Paulo ", "\xff \xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := oneSpaced(s), strings.Join(strings.Fields(s), " "); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	})
}

// TestCheapTests holds that what is looked at first never speaks against what the whole comparison finds.
func TestCheapTests(t *testing.T) {
	names := goldenNames(t)
	fitting := 0
	for i := range names {
		for j := range names {
			a, b := &names[i], &names[j]
			if a.Type != b.Type || len(a.Words) == 0 || len(b.Words) == 0 {
				continue
			}
			fits, score := fitsOther, articleScore(a, b)
			if a.Type == Person {
				fits = fitsPerson
				checkTurned(t, a, b)
			}
			if fits(a, b) {
				fitting++
				if !possible(a.Type, score) {
					t.Errorf("%q fits %q, but its score is %v", a.Text, b.Text, score)
				}
			}
			checkKeys(t, a, b)
		}
	}
	if fitting < 80 {
		t.Errorf("only %d fit", fitting)
	}
}

// checkTurned holds that no order of the words helps where the surname does not agree.
func checkTurned(t *testing.T, a, b *Name) {
	t.Helper()
	if a.Lone() || b.Lone() || agree(&a.Words[len(a.Words)-1], &b.Words[0]) {
		return
	}
	if v := compareRows(a.Words, turn(b.Words)); v.Score != 0 {
		t.Errorf("%q, %q turned: %v", a.Text, b.Text, v)
	}
}

// checkKeys holds that the bits of words with a common key have one in common.
func checkKeys(t *testing.T, a, b *Name) {
	t.Helper()
	for i := range a.Words {
		for j := range b.Words {
			x, y := &a.Words[i], &b.Words[j]
			if share(x.keys[:x.nkeys], y.keys[:y.nkeys]) != x.sharesKey(y) {
				t.Errorf("%q and %q: %q and %q", x.Plain, y.Plain, x.keys[:x.nkeys], y.keys[:y.nkeys])
			}
		}
	}
}

// TestWordsBack holds that tokens found from the end are those found from the beginning.
func TestWordsBack(t *testing.T) {
	for _, text := range []string{
		"the Harbour Workers' Federation ", "He met Dr. Dekker. The Bank of Co-operation & Trust ", "a–b‐c, d ", "", "…", " & ", "é\x80 ünï ",
		"Al-Farsi of the U.S. Army ",
	} {
		all := appendTokens(nil, text[startOfWords(text, len(text), 600):])
		back := wordsBack(text, len(text), 10)
		for k, b := range back {
			if want := all[len(all)-1-k]; b.text != want.text || b.folded != want.folded || b.hyphen != want.hyphen || text[b.start:b.end] != b.text {
				t.Errorf("%q: %d from the end is %+v, want %+v", text, k, b, want)
			}
		}
		if len(back) < min(len(all), 1) {
			t.Errorf("%q: none of %d", text, len(all))
		}
	}
}

// BenchmarkCluster goes through the articles of TestCluster over and over: their names are known after the first time, as most
// are in an archive.
func BenchmarkCluster(b *testing.B) { benchmarkCluster(b, true) }

// BenchmarkClusterAnew does so when no name is known from one article to the next.
func BenchmarkClusterAnew(b *testing.B) { benchmarkCluster(b, false) }

func benchmarkCluster(b *testing.B, keep bool) {
	var in [][]Form
	names := 0
	for _, c := range clusters {
		in = append(in, forms(c.text, c.forms))
		names += len(in[len(in)-1])
	}
	c := newClustering()
	b.ReportAllocs()
	for b.Loop() {
		for i := range clusters {
			c.cluster(clusters[i].text, in[i])
			if !keep {
				clear(c.readings.sets)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(names), "ns/name")
}

// BenchmarkExpansion looks through running text, in which few commas and parentheses say what an acronym stands for.
func BenchmarkExpansion(b *testing.B) {
	text := strings.Repeat("The harbour of Rotterdam, which the authority (the owner) runs, was closed on Thursday. ", 50) + "The Harbour Workers' Federation (HWF) met."
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if len(Expansion(text)) != 1 {
			b.Fatal("not found")
		}
	}
}
