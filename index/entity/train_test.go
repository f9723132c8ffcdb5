package entity

import (
	"bytes"
	"math/rand/v2"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"dateline/index"
)

// lessonsOfTexts are the sentences of testdata, to train on.
func sentencesOfTexts(t *testing.T) (all []Sentence) {
	file, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(file)) {
		if line[0] != '#' && !strings.Contains(line, `\n`) && strings.TrimSpace(line) != "" {
			all = append(all, sentenceOf(strings.TrimSpace(strings.TrimPrefix(line, "~ "))))
		}
	}
	return all
}

var pieces = regexp.MustCompile(`\{(\w+)\|([^}]*)\}|[^{]+`)

func sentenceOf(line string) (s Sentence) {
	for _, p := range pieces.FindAllStringSubmatch(line, -1) {
		text := p[0]
		if p[1] != "" {
			text = p[2]
		}
		from := len(s.Words)
		for _, k := range appendTokens(nil, text) {
			s.Words = append(s.Words, text[k.start:k.end])
		}
		if p[1] == "demonym" {
			s.Names = append(s.Names, Span{Type: index.Place, Start: from, End: len(s.Words), Demonym: true})
		} else if p[1] != "" {
			s.Names = append(s.Names, Span{Type: p[1], Start: from, End: len(s.Words)})
		}
	}
	return s
}

// TestTrainingIsReproducible holds that the same sentences make the same file, whatever the number of processors.
func TestTrainingIsReproducible(t *testing.T) {
	sentences := sentencesOfTexts(t)
	var files [][]byte
	for _, n := range []int{1, 4} {
		before := runtime.GOMAXPROCS(n)
		file, err := Train(sentences, TrainOptions{Epochs: 3}).Bytes()
		runtime.GOMAXPROCS(before)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("two trainings made different files")
	}
	other, err := Train(sentences, TrainOptions{Epochs: 3, Seed: 1}).Bytes()
	if err != nil || bytes.Equal(files[0], other) {
		t.Errorf("another seed made the same file, or %v", err)
	}
}

// TestLearns holds that what is trained on is found again, and that a model survives its file.
func TestLearns(t *testing.T) {
	sentences := sentencesOfTexts(t)
	file, err := Train(sentences, TrainOptions{Epochs: 20}).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	m, err := ReadModel(file)
	if err != nil {
		t.Fatal(err)
	}
	f, wrong := NewFinder(m), 0
	for _, s := range sentences {
		if found := f.FindWords([][]string{s.Words})[0]; len(found) != len(s.Names) {
			wrong++
		}
	}
	if wrong > len(sentences)/10 {
		t.Errorf("%d of %d sentences are not found again", wrong, len(sentences))
	}
}

func TestReadModel(t *testing.T) {
	file, err := Train(nil, TrainOptions{}).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ReadModel(file); err != nil {
		t.Error(err)
	}
	damaged := bytes.Clone(file)
	damaged[len(damaged)/2] ^= 1
	for name, b := range map[string][]byte{"nothing": nil, "cut": file[:len(file)-3], "damaged": damaged, "magic": []byte(modelMagic), "other": []byte("names/1\n")} {
		if _, err := ReadModel(b); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestViterbi holds that labels make whole names: of all sequences that do, the best.
func TestViterbi(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for range 300 {
		cells, s := make([]cell, 1+random.IntN(5)), new(steps)
		for i := range cells {
			cells[i].class = class(random.IntN(classes))
			for l := 1; l < labels; l++ {
				cells[i].scores[l] = int32(random.IntN(40) - 20)
			}
		}
		for c := range s {
			for a := range labels {
				for b := range labels {
					s[c][a][b] = int32(random.IntN(20) - 10)
				}
			}
		}
		want := bestSum(cells, outside, s)
		all := slices.Clone(cells)
		new(viterbi).label(all, s, &noSpreads)
		spreads := spreadsOf(s)
		if new(viterbi).label(cells, s, &spreads); !slices.Equal(cells, all) {
			t.Fatalf("other labels where some are left out: %v, not %v", cells, all)
		}
		got, before := int32(0), outside
		for _, c := range cells {
			if !c.label.may(before) {
				t.Fatalf("%d follows %d", c.label, before)
			}
			got += c.scores[c.label] + s[c.class][before][c.label]
			before = c.label
		}
		if got != want {
			t.Fatalf("the sum is %d, not %d", got, want)
		}
	}
}

// TestWeighed holds that a row that weigh sees no other labels for has none, be it labelled again: ties and joined names included.
func TestWeighed(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 8))
	skipped := 0
	for range 20000 {
		d := document{model: &Model{steps: new(steps)}}
		for c := range d.model.steps {
			for a := range labels {
				for b := range labels {
					d.model.steps[c][a][b] = int32(random.IntN(4) - 2)
				}
			}
		}
		d.model.spreads = spreadsOf(d.model.steps)
		d.reset()
		cells := make([]cell, 1+random.IntN(5))
		for i := range cells {
			cells[i].class, cells[i].lower = class(random.IntN(classes)), uint64(random.IntN(5))
			cells[i].list = []mask{0, inFirst, inLast | inPlaces, inTitles}[random.IntN(4)]
			for l := 1; l < labels; l++ {
				cells[i].scores[l] = int32(random.IntN(6) - 3)
			}
			h := join(0, cells[i].lower)
			if random.IntN(2) == 0 && i > 0 {
				h = join(join(0, cells[i-1].lower), cells[i].lower)
			}
			d.votes.add(h, random.IntN(4), 3)
			d.votes.longest = 2
		}
		d.labelRow(cells)
		if other := d.votes.weigh(cells, 1); other {
			continue
		}
		skipped++
		again := slices.Clone(cells)
		if d.labelRow(again); !slices.Equal(again, cells) {
			t.Fatalf("labelled again as %v, not %v", again, cells)
		}
	}
	if skipped < 1000 {
		t.Errorf("only %d rows were skipped", skipped)
	}
}

// TestVotes compares votes with a map, for few names and for many, the name 0 among them.
func TestVotes(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	var v votes
	for _, names := range []uint64{3, 5000, 100} {
		v.reset()
		want := map[uint64][4]int32{}
		for range 4 * names {
			h, k := random.Uint64N(names)*multiplier, random.IntN(4)
			v.add(h, k, 1)
			counts := want[h]
			counts[k]++
			want[h] = counts
		}
		for i := range 2 * names {
			h := i * multiplier
			if got := v.at(h); got.counts != want[h] || (got.name != 0) != (want[h] != [4]int32{}) {
				t.Fatalf("%d of %d names: %v, want %v", i, names, *got, want[h])
			}
		}
		if 2*v.taken > len(v.of) {
			t.Errorf("%d of %d places are taken", v.taken, len(v.of))
		}
	}
}

// bestSum tries all sequences.
func bestSum(cells []cell, before label, s *steps) int32 {
	if len(cells) == 0 {
		return 0
	}
	best := int32(impossible)
	for l := range label(labels) {
		if l.may(before) {
			best = max(best, cells[0].scores[l]+s[cells[0].class][before][l]+bestSum(cells[1:], l, s))
		}
	}
	return best
}

func TestLists(t *testing.T) {
	for name, want := range map[string]mask{
		"Iraq": inCountries, "Iraqis": inDemonyms, "Kabul": inCities, "New York Times": inOrgs, "Tuesday": inTimes, "US": inCountries,
		"Prime Minister": inTitles, "Suu Kyi": inLast, "Rio de Janeiro": inCities, "nothing": 0,
	} {
		if got := known().of(strings.Fields(name)); got&want != want || want == 0 && got != 0 {
			t.Errorf("%s: %b", name, got)
		}
	}
	for _, file := range []string{"a", "[none]\na"} {
		if _, err := parseLists(file); err == nil {
			t.Errorf("%q: no error", file)
		}
	}
}

func TestForms(t *testing.T) {
	for w, want := range map[string]form{
		"troops": formLower, "Washington": formTitle, "McDonald": formTitle, "NATO": formUpper, "J.": formInitial, "J": formInitial, "U.S.": formDotted,
		"al-Qaida": formMixed, "12,000": formNumber, "--": formPunct, "Élysée": formTitle, "G-8": formUpper, "AT&T": formUpper,
	} {
		if got, _ := formOf(w); got != want {
			t.Errorf("%s: %d, not %d", w, got, want)
		}
	}
}

func TestModes(t *testing.T) {
	for text, want := range map[string]mode{
		"Shares fell in London on Monday": modeText, "SHARES FALL IN LONDON": modeCapital, "Shares Fall in London": modeTitle,
		"President Vladimir Putin met Chancellor Angela Merkel in Moscow .": modeText,
		"NATO": modeText, "Barack Obama won": modeText, "OBAMA WINS": modeCapital, "Storm Damages Hundreds of Homes in Florida": modeTitle,
	} {
		s := &sentence{}
		words := strings.Fields(text)
		s.read(words, known())
		if s.mode != want {
			t.Errorf("%s: %d, not %d", text, s.mode, want)
		}
	}
}

// TestCandidates holds which words are looked at, of a text as well as of words: those in brackets.
func TestCandidates(t *testing.T) {
	for text, want := range map[string]string{
		"The ship left Rotterdam on Monday for a long trip":               "The ship left [Rotterdam] on Monday for a long trip",
		"The Hague is by the sea and so is the town to its south":         "[The] [Hague] is by the sea and so is the town to its south",
		"In May they and I saw the head of the Port of Dekker near there": "[In] [May] they [and] I saw the head of the [Port] [of] [Dekker] near there",
		"it was the home of bin Dekker and van der Berg of Visser & Co":   "it was the home of [bin] [Dekker] and [van] [der] [Berg] [of] [Visser] [&] [Co]",
		"The Dekker told Visser, Berg (of Kenya) that Channel 4 is Co's":  "[The] [Dekker] told [Visser] , [Berg] ( [of] [Kenya] ) that [Channel] [4] is [Co] 's",
		"Monday Was the Day of Dekker":                                    "[Monday] [Was] [the] [Day] [of] [Dekker]",
		"no name is here, nor is one there":                               "no name is here , nor is one there",
	} {
		s := &sentence{}
		var words []string
		for _, k := range appendTokens(nil, text) {
			words = append(words, text[k.start:k.end])
			if k.made != madeOf(text[k.start:k.end]) {
				t.Errorf("%q is made of %b, not %b", text[k.start:k.end], k.made, madeOf(text[k.start:k.end]))
			}
		}
		s.read(words, known())
		got := ""
		for i, w := range words {
			if s.candidate(i) {
				w = "[" + w + "]"
			}
			got += " " + w
		}
		if got[1:] != want {
			t.Errorf("\n got %s\nwant %s", got[1:], want)
		}
	}
}

// TestPlainText holds that where the mode is not asked for it is that of text.
func TestPlainText(t *testing.T) {
	random, words := rand.New(rand.NewPCG(5, 5)), strings.Fields("Dekker Visser NATO U.S. al-Qaida the of in ship port went 12 , . 's É é A")
	plain, s := 0, &sentence{} // one, as each makes a vocabulary of its own
	for range 20_000 {
		var text []string
		for range 1 + random.IntN(12) {
			text = append(text, words[random.IntN(len(words))])
		}
		s.read(text, known())
		if s.findNear(asTokens(text)) {
			continue
		}
		plain++
		all := make([]word, len(text)+2*margin)
		for i, w := range text {
			s.known.read(&all[i+margin], w, known())
		}
		if m := modeOf(all); m != modeText {
			t.Errorf("%q: %d", text, m)
		}
	}
	if plain < 1000 {
		t.Errorf("%d are plain", plain)
	}
}
