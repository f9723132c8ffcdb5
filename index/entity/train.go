package entity

import (
	"fmt"
	"math/rand/v2"
)

// TrainOptions say how to train. Zero values are what the model in the program was trained with.
type TrainOptions struct {
	Seed   uint64
	Epochs int            // how often all sentences are gone through
	Runs   int            // how many models are made, each with sentences in another order, the mean of which is taken
	Log    func(s string) // is told how far it is; may be nil
}

// Tuned on a tenth of the sentences that were then trained on; the last of it, the share of headlines and what votes weigh, with
// a look at the tenth that is held out and at CoNLL-2003, testa.
const (
	// epochs are few, as the marks of the sentences are not all right: with more it learns their faults.
	epochs = 3
	// runs even out what the order of the sentences has to do with it: parameter mixing (McDonald, Hall and Mann, NAACL 2010).
	runs = 4
	// cost is what a wrong label may be short of the right one and still be learnt from, in steps of weights.
	cost = 4
	// unseen is how many words of a hundred are treated as if never seen, so that their neighbourhood is learnt too.
	unseen = 15
)

// Train learns from sentences. The same sentences and options make the same model, whatever the machine: all is counted in
// whole numbers, in one goroutine.
func Train(sentences []Sentence, o TrainOptions) *Model {
	if o.Epochs == 0 {
		o.Epochs = epochs
	}
	if o.Runs == 0 {
		o.Runs = runs
	}
	if o.Log == nil {
		o.Log = func(string) {}
	}
	m := &mean{weights: make([][columns]int64, 1<<tableBits)}
	for run := range o.Runs {
		m.add(trainOnce(sentences, o, uint64(run)+1))
	}
	return m.model(int64(o.Runs))
}

func trainOnce(sentences []Sentence, o TrainOptions, run uint64) *trainer {
	random := rand.New(rand.NewPCG(o.Seed, run))
	t := &trainer{
		weights: make([][columns]int32, 1<<tableBits), sums: make([][columns]int64, 1<<tableBits),
		steps: new(steps), random: random,
	}
	lessons := lessonsOf(augment(sentences, random))
	for epoch := range o.Epochs {
		random.Shuffle(len(lessons), func(i, j int) { lessons[i], lessons[j] = lessons[j], lessons[i] })
		wrong := 0
		for i := range lessons {
			wrong += t.learn(&lessons[i])
		}
		o.Log(fmt.Sprintf("run %d, epoch %d of %d: %d of %d rows of words not yet right", run, epoch+1, o.Epochs, wrong, len(lessons)))
	}
	return t
}

// lesson is a row of words that may be of names, with the right labels.
type lesson struct {
	cells []cell     // without scores
	rows  [][]uint32 // the features of each
	gold  []label
}

func lessonsOf(sentences []Sentence) (all []lesson) {
	s := &sentence{}
	for _, one := range sentences {
		s.read(one.Words, known())
		all = appendLessons(all, s, goldOf(one))
	}
	return all
}

// goldOf returns the label of each word.
func goldOf(s Sentence) []label {
	gold := make([]label, len(s.Words))
	for _, n := range s.Names {
		demonym := n.Demonym
		if in := known().of(s.Words[n.Start:n.End]); demonym && in&inAnyPlace != 0 && in&inDemonyms == 0 {
			demonym = false
		}
		l := beginning(n.Type, demonym)
		for i := n.Start; i < n.End; i++ {
			gold[i] = l
			l = l.inside()
		}
	}
	return gold
}

// appendLessons appends the rows of candidates of a sentence. The inside of a name whose beginning is none begins it.
func appendLessons(all []lesson, s *sentence, gold []label) []lesson {
	var row lesson
	flush := func() {
		if len(row.cells) > 0 {
			all = append(all, row)
		}
		row = lesson{}
	}
	before := outside
	for i, l := range gold {
		if !s.candidate(i) {
			flush()
			before = outside
			continue
		}
		if !l.may(before) {
			l--
		}
		w := &s.words[i+margin]
		row.cells = append(row.cells, cell{lower: w.lower, at: i, list: w.list, class: w.class, opens: len(row.cells) == 0})
		row.rows = append(row.rows, append([]uint32(nil), s.features(i)...))
		row.gold = append(row.gold, l)
		before = l
	}
	flush()
	return all
}

// trainer is a structured averaged perceptron. The sums are those of each change times the number of the lesson that made it.
type trainer struct {
	weights  [][columns]int32
	sums     [][columns]int64
	steps    *steps
	stepSums [classes][labels][labels]int64
	lessons  int64
	viterbi  viterbi
	random   *rand.Rand
	rows     [][]uint32
}

// learn labels a lesson, wrong labels with an advantage, and moves the weights where they are found wrong. It reports 1 if so.
func (t *trainer) learn(l *lesson) (wrong int) {
	t.lessons++
	t.rows = t.rows[:0]
	for i := range l.cells {
		rows := l.rows[i]
		if t.random.Uint32N(100) < unseen {
			rows = rows[ownFeatures:]
		}
		t.rows = append(t.rows, rows)
		l.cells[i].scores = t.score(rows, l.gold[i])
	}
	t.viterbi.label(l.cells, t.steps, &noSpreads)
	before, guessed := outside, outside
	for i := range l.cells {
		gold, guess := l.gold[i], l.cells[i].label
		if gold != guess {
			wrong = 1
			t.move(t.rows[i], gold, 1)
			t.move(t.rows[i], guess, -1)
		}
		if gold != guess || before != guessed {
			t.step(l.cells[i].class, before, gold, 1)
			t.step(l.cells[i].class, guessed, guess, -1)
		}
		before, guessed = gold, guess
	}
	return wrong
}

// score returns the scores of a word, those of wrong labels with the cost added.
func (t *trainer) score(rows []uint32, gold label) (sum [labels]int32) {
	for _, r := range rows {
		for c, w := range &t.weights[r] {
			sum[c+1] += w
		}
	}
	for l := range sum {
		if label(l) != gold {
			sum[l] += cost
		}
	}
	return sum
}

func (t *trainer) move(rows []uint32, l label, by int32) {
	if l == outside {
		return
	}
	for _, r := range rows {
		t.weights[r][l-1] += by
		t.sums[r][l-1] += int64(by) * t.lessons
	}
}

func (t *trainer) step(c class, from, to label, by int32) {
	t.steps[c][from][to] += by
	t.stepSums[c][from][to] += int64(by) * t.lessons
}

// mean adds up the averages of the weights of several runs, in parts of the model's steps.
type mean struct {
	weights [][columns]int64
	steps   [classes][labels][labels]int64
}

// parts of a step are kept of the weights of each run.
const parts = 256

// add adds the averages of the weights of a run over all its lessons.
func (m *mean) add(t *trainer) {
	for r := range t.weights {
		for c, w := range &t.weights[r] {
			m.weights[r][c] += t.average(w, t.sums[r][c])
		}
	}
	for c := range t.steps {
		for from := range labels {
			for to, w := range t.steps[c][from] {
				m.steps[c][from][to] += t.average(w, t.stepSums[c][from][to])
			}
		}
	}
}

func (t *trainer) average(w int32, sum int64) int64 {
	return divide((int64(w)*(t.lessons+1)-sum)*scale*parts, max(t.lessons, 1))
}

// divide rounds to the nearest whole number, halves away from 0.
func divide(n, by int64) int64 {
	if n < 0 {
		return -divide(-n, by)
	}
	return (n + by/2) / by
}

// model returns the means of a number of runs.
func (m *mean) model(runs int64) *Model {
	made := &Model{table: make([]row, 1<<tableBits), steps: new(steps)}
	for r := range m.weights {
		var weights [columns]int8
		for c, w := range &m.weights[r] {
			weights[c] = int8(min(max(divide(w, runs*parts), -128), 127))
		}
		made.table[r] = rowOf(weights)
	}
	for c := range m.steps {
		for from := range labels {
			for to, w := range m.steps[c][from] {
				made.steps[c][from][to] = int32(min(max(divide(w, runs*parts), -1<<15), 1<<15-1))
			}
		}
	}
	made.spreads = spreadsOf(made.steps)
	return made
}
