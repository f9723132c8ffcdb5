// Package corpus reads sentences in which names are marked, and counts how many of them a finder finds.
package corpus

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"dateline/index"
	"dateline/index/entity"
)

// Numbered is a sentence with its number in the file.
type Numbered struct {
	Number int
	entity.Sentence
}

// heldOut is the one of how many sentences that are not trained on.
const heldOut = 10

// Split parts sentences into those to train on and every tenth, by its number, which is held out. Of sentences of the same
// words only the first is kept.
func Split(all []Numbered) (train, held []entity.Sentence) {
	seen := map[string]bool{}
	for _, s := range all {
		key := strings.Join(s.Words, "\x00")
		switch {
		case seen[key]:
		case s.Number%heldOut == 0:
			held = append(held, s.Sentence)
		default:
			train = append(train, s.Sentence)
		}
		seen[key] = true
	}
	return train, held
}

// ReadGMB reads the Groningen Meaning Bank as it is handed round: Windows-1252, a line "Sentence: N",word,part of speech,tag,
// where the first column is empty within a sentence. Tags are IOB2. A place is geo and gpe; gpe, mostly demonyms, is also
// marked as one. Other tags than these, per and org are passed over.
func ReadGMB(r io.Reader) (all []Numbered, err error) {
	c := csv.NewReader(charmap.Windows1252.NewDecoder().Reader(r))
	c.FieldsPerRecord, c.LazyQuotes, c.ReuseRecord = 4, true, true
	if _, err := c.Read(); err != nil {
		return nil, fmt.Errorf("the heading: %w", err)
	}
	var tags []string
	flush := func() {
		if len(all) > 0 {
			last := &all[len(all)-1]
			last.Names = namesOf(tags, gmbTypes)
		}
		tags = tags[:0]
	}
	for {
		line, err := c.Read()
		if err == io.EOF {
			flush()
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if line[0] != "" {
			flush()
			number, err := strconv.Atoi(strings.TrimPrefix(line[0], "Sentence: "))
			if err != nil {
				return nil, fmt.Errorf("a sentence's number: %w", err)
			}
			all = append(all, Numbered{Number: number})
		}
		if len(all) == 0 {
			return nil, errors.New("a word before the first sentence")
		}
		last := &all[len(all)-1]
		last.Words, tags = append(last.Words, strings.Clone(line[1])), append(tags, strings.Clone(line[3]))
	}
}

// typ is what the tags of a corpus mean.
type typ struct {
	name    string
	demonym bool
}

var (
	gmbTypes   = map[string]typ{"per": {index.Person, false}, "org": {index.Org, false}, "geo": {index.Place, false}, "gpe": {index.Place, true}}
	conllTypes = map[string]typ{"PER": {index.Person, false}, "ORG": {index.Org, false}, "LOC": {index.Place, false}}
)

// namesOf returns the names of tags in IOB1 or IOB2: B begins a name, and so does I after another tag's.
func namesOf(tags []string, types map[string]typ) (names []entity.Span) {
	for i := 0; i < len(tags); {
		_, tag, _ := strings.Cut(tags[i], "-")
		end := i + 1
		for end < len(tags) && tag != "" && tags[end] == "I-"+tag {
			end++
		}
		if t, ok := types[tag]; ok {
			names = append(names, entity.Span{Type: t.name, Start: i, Name: i, End: end, Demonym: t.demonym})
		}
		i = end
	}
	return names
}

// ReadCoNLL reads the form of the CoNLL-2003 task: a word a line with its tag, in IOB1, in the last column, a blank line
// after a sentence, -DOCSTART- before an article. MISC is passed over.
func ReadCoNLL(r io.Reader) (articles [][]entity.Sentence, err error) {
	var words, tags []string
	flush := func() {
		if len(words) > 0 {
			if len(articles) == 0 {
				articles = append(articles, nil)
			}
			last := &articles[len(articles)-1]
			*last = append(*last, entity.Sentence{Words: words, Names: namesOf(tags, conllTypes)})
		}
		words, tags = nil, nil
	}
	for lines := bufio.NewScanner(r); ; {
		if !lines.Scan() {
			flush()
			return articles, lines.Err()
		}
		columns := strings.Fields(lines.Text())
		switch {
		case len(columns) == 0:
			flush()
		case columns[0] == "-DOCSTART-":
			flush()
			articles = append(articles, nil)
		case len(columns) < 2:
			return nil, fmt.Errorf("the word %.40q has no tag", columns[0])
		default:
			words, tags = append(words, columns[0]), append(tags, columns[len(columns)-1])
		}
	}
}
