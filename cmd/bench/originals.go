package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/ingest"
)

// originals are real articles cut into sentences, of which a corpus is made.
type originals struct {
	texts []original
	names []string // that they name, the most frequent first
	bytes int      // of all bodies
}

type original struct {
	title     string
	sentences []sentence
	bytes     int
}

// sentence is a sentence with the names in it, by their places in originals.names.
type sentence struct {
	text  string
	names []int32
}

// newsFolders are the folders of English news below a folder of data; those that are there are read.
var newsFolders = []string{"reuters_news", "reuters21578", "allsides", "newsquiz"}

// readOriginals reads the news below a folder.
func readOriginals(data string) (*originals, error) {
	var paths []string
	for _, folder := range newsFolders {
		if path := filepath.Join(data, folder); isThere(path) {
			paths = append(paths, path)
		}
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("%s has none of the folders %s", data, strings.Join(newsFolders, ", "))
	}
	o, ids := &originals{}, map[string]int32{}
	var counts []int
	for a, reject := range ingest.Parse(context.Background(), paths, ingest.Options{Names: ingest.NamesGiven}) {
		if reject == nil {
			o.add(&a, ids, &counts)
		}
	}
	if len(o.texts) == 0 {
		return nil, errors.New("no English articles below " + data)
	}
	o.rank(counts)
	return o, nil
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// shortBody is how many bytes of body an article must have: less is a heading, a correction, a table's foot.
const shortBody = 200

// add cuts an article into sentences. ids and counts are of the names so far.
func (o *originals) add(a *index.Article, ids map[string]int32, counts *[]int) {
	body := blanks(a.Body)
	if a.Language != "en" || a.Title == "" || len(body) < shortBody {
		return
	}
	text := original{title: blanks(a.Title), bytes: len(body)}
	for _, s := range sentences(body) {
		cut := sentence{text: s}
		for _, name := range findNames(s) {
			id, known := ids[name]
			if !known {
				id = int32(len(o.names))
				ids[name] = id
				o.names, *counts = append(o.names, name), append(*counts, 0)
			}
			(*counts)[id]++
			cut.names = append(cut.names, id)
		}
		text.sentences = append(text.sentences, cut)
	}
	o.texts = append(o.texts, text)
	o.bytes += text.bytes
}

// blanks makes one blank of all white space in a row, so that a text stands on a line.
func blanks(s string) string { return strings.Join(strings.Fields(s), " ") }

// rank orders the names by how often they occur.
func (o *originals) rank(counts []int) {
	order := make([]int32, len(o.names))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(o.names[a], o.names[b]))
	})
	place, names := make([]int32, len(order)), make([]string, len(order))
	for i, id := range order {
		place[id], names[i] = int32(i), o.names[id]
	}
	o.names = names
	for _, t := range o.texts {
		for _, s := range t.sentences {
			for i, id := range s.names {
				s.names[i] = place[id]
			}
		}
	}
}

// shortSentence keeps "Mr. Smith" and "U.S. Senate" in their sentence.
const shortSentence = 40

// sentences cuts a text of one line behind full stops before a capital or a quote.
func sentences(text string) []string {
	var cut []string
	from := 0
	for i := 1; i+1 < len(text); i++ {
		if text[i] == ' ' && i-from >= shortSentence && endsSentence(text[i-1]) && (isUpper(text[i+1]) || text[i+1] == '"') {
			cut = append(cut, text[from:i])
			from = i + 1
		}
	}
	return append(cut, text[from:])
}

func endsSentence(b byte) bool { return b == '.' || b == '?' || b == '!' || b == '"' }
