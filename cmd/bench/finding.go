package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/index"
	"dateline/index/entity"
	"dateline/index/entity/corpus"
)

// proseDir is the module that runs prose, from the root of this one.
const proseDir = "testdata/prose"

// sampleSize is how many sentences of each corpus prose is measured on.
const sampleSize = 500

// measureNames prints how well names are found in the marked corpora, how well they are merged, and how fast they are found.
func measureNames(out io.Writer, data string) error {
	all, err := corpus.GMB(data)
	if err != nil {
		return err
	}
	_, held := corpus.Split(all)
	articles, err := corpus.CoNLL(data)
	if err != nil {
		return err
	}
	model, capitals := entity.New().FindWords, entity.Capitalised(index.Person).FindWords
	fmt.Fprintf(out, "Groningen Meaning Bank, the %d sentences held out, one by one\n\n", len(held))
	writeScores(out, []scored{{"Dateline", corpus.ScoreGMB(model, held)}, {"capitals", corpus.ScoreGMB(capitals, held)}})
	fmt.Fprintf(out, "CoNLL-2003 testa, %d articles, PER, ORG and LOC; demonyms, which are MISC there, do not count\n\n", len(articles))
	writeScores(out, []scored{
		{"Dateline", corpus.ScoreCoNLL(model, articles)}, {"the same, sentence by sentence", corpus.ScoreCoNLL(model, apart(articles))},
		{"capitals", corpus.ScoreCoNLL(capitals, articles)},
	})
	if err := measureProse(out, spread(held), alone(spread(flat(articles)))); err != nil {
		fmt.Fprintf(out, "ABSENT: prose: %v\n\n", err)
	}
	if err := measureMerging(out, filepath.FromSlash(pairsFile)); err != nil {
		fmt.Fprintf(out, "ABSENT: pairs of names: %v\n\n", err)
	}
	return measureFinding(out, data)
}

// scored is what a finder found.
type scored struct {
	name  string
	score corpus.Score
}

func writeScores(out io.Writer, all []scored) {
	writeHeader(out, []string{"", "type", "marked", "found", "precision", "recall", "F1"})
	for _, s := range all {
		for _, typ := range corpus.Types {
			writeScore(out, s.name, typ, s.score[typ])
		}
		writeScore(out, s.name, "all", s.score.All())
	}
	fmt.Fprintln(out)
}

func writeScore(out io.Writer, name, typ string, c corpus.Count) {
	part := func(x float64) string { return fmt.Sprintf("%.3f", x) }
	writeRow(out, []string{name, typ, fmt.Sprint(c.Marked), fmt.Sprint(c.Found), part(c.Precision()), part(c.Recall()), part(c.F1())})
}

func flat(articles [][]entity.Sentence) (all []entity.Sentence) {
	for _, a := range articles {
		all = append(all, a...)
	}
	return all
}

// apart makes each sentence an article, alone those of a list.
func apart(articles [][]entity.Sentence) [][]entity.Sentence { return alone(flat(articles)) }

func alone(sentences []entity.Sentence) (all [][]entity.Sentence) {
	for _, s := range sentences {
		all = append(all, []entity.Sentence{s})
	}
	return all
}

// spread returns sentences from all over.
func spread(all []entity.Sentence) (some []entity.Sentence) {
	for i := range min(sampleSize, len(all)) {
		some = append(some, all[i*len(all)/min(sampleSize, len(all))])
	}
	return some
}

// measureProse prints how well prose and Dateline find names in the same sentences, each by itself.
func measureProse(out io.Writer, gmb []entity.Sentence, conll [][]entity.Sentence) error {
	sentences := append(append([]entity.Sentence(nil), gmb...), flat(conll)...)
	found, seconds, err := runProse(sentences)
	if err != nil {
		return err
	}
	next := func(sentences [][]string) [][]entity.Span {
		one := found[0]
		found = found[1:]
		return [][]entity.Span{one}
	}
	model := entity.New().FindWords
	fmt.Fprintf(out, "%d sentences of the Groningen Meaning Bank, whose people have titles; prose leaves these out\n\n", len(gmb))
	writeScores(out, []scored{{"prose", corpus.ScoreGMB(next, gmb)}, {"Dateline", corpus.ScoreGMB(model, gmb)}})
	fmt.Fprintf(out, "%d sentences of CoNLL-2003; prose says of no name that it is a demonym, those it takes for places count as wrong\n\n", len(conll))
	writeScores(out, []scored{{"prose", corpus.ScoreCoNLL(next, conll)}, {"Dateline", corpus.ScoreCoNLL(model, conll)}})
	fmt.Fprintf(out, "prose took %.1f s for them, %.3f MB/s\n\n", seconds, float64(len(linesOf(sentences)))/1e6/seconds)
	return nil
}

// linesOf writes a sentence a line, words parted by spaces.
func linesOf(sentences []entity.Sentence) []byte {
	var b bytes.Buffer
	for _, s := range sentences {
		b.WriteString(strings.Join(s.Words, " ") + "\n")
	}
	return b.Bytes()
}

// runProse returns what prose finds, and the seconds that it took.
func runProse(sentences []entity.Sentence) (found [][]entity.Span, seconds float64, err error) {
	cmd := exec.Command("go", "run", "-C", filepath.FromSlash(proseDir), ".")
	cmd.Stdin = bytes.NewReader(linesOf(sentences))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	text, err := cmd.Output()
	if err != nil {
		return nil, 0, fmt.Errorf("%w: %.200s", err, stderr.String())
	}
	return parseProse(text, sentences)
}

func parseProse(text []byte, sentences []entity.Sentence) (found [][]entity.Span, seconds float64, err error) {
	d := json.NewDecoder(bufio.NewReader(bytes.NewReader(text)))
	for _, s := range sentences {
		var names []proseName
		if err := d.Decode(&names); err != nil {
			return nil, 0, fmt.Errorf("what prose has written: %w", err)
		}
		found = append(found, spansOf(names, s.Words))
	}
	return found, seconds, d.Decode(&seconds)
}

// proseName is a name as testdata/prose writes it: characters of the sentence without spaces.
type proseName struct {
	Label      string
	Start, End int
}

var proseTypes = map[string]string{"PERSON": index.Person, "ORGANIZATION": index.Org, "GPE": index.Place}

// spansOf returns the words that the names cover.
func spansOf(names []proseName, words []string) (spans []entity.Span) {
	for _, n := range names {
		s := entity.Span{Type: proseTypes[n.Label], Start: -1}
		at := 0
		for i, w := range words {
			end := at + utf8.RuneCountInString(w)
			if at < n.End && n.Start < end {
				if s.Start < 0 {
					s.Start = i
				}
				s.End = i + 1
			}
			at = end
		}
		if s.Name = s.Start; s.Type != "" && s.Start >= 0 {
			spans = append(spans, s)
		}
	}
	return spans
}

// readBytes is how much text the speed is measured on, at most.
const readBytes = 20 << 20

// measureFinding prints how fast names are found in articles as they are, on one core.
func measureFinding(out io.Writer, data string) error {
	articles, err := readArticles(filepath.Join(data, "newsquiz"), "articles*.jsonl*")
	if err != nil {
		return err
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	f, size, words, mentions, n := entity.New(), 0, 0, 0, 0
	began := time.Now()
	for _, a := range articles {
		if size > readBytes {
			break
		}
		for _, found := range f.FindAll(a.Title, a.Lead, a.Body) {
			mentions += len(found)
		}
		size += len(a.Title) + len(a.Lead) + len(a.Body)
		n++
	}
	seconds := time.Since(began).Seconds()
	for _, a := range articles[:n] {
		words += len(strings.Fields(a.Title)) + len(strings.Fields(a.Lead)) + len(strings.Fields(a.Body))
	}
	fmt.Fprintf(out, "%d articles, %.1f MB, %d names: %.2f MB/s, %.0f words/s on one core\n",
		n, float64(size)/1e6, mentions, float64(size)/1e6/seconds, float64(words)/seconds)
	return nil
}
