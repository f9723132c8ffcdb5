package main

import (
	"bufio"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"iter"
	"os"
	"strings"
	"time"

	"dateline/index"
	"dateline/index/story"
)

// doc is an article as the programs of the peers read it: a line of
//
//	id \t day (YYYYMMDD) \t source \t entities (joined by |) \t title \t body
type doc struct {
	ID       string
	Day      time.Time
	Source   string
	Entities []string
	Title    string
	Body     string
}

const dayLayout = "20060102"

// appendTo appends the line. The strings have neither tabs nor newlines, the entities no bar.
func (d *doc) appendTo(b []byte) []byte {
	b = append(append(b, d.ID...), '\t')
	b = append(d.Day.AppendFormat(b, dayLayout), '\t')
	b = append(append(b, d.Source...), '\t')
	for i, e := range d.Entities {
		if i > 0 {
			b = append(b, '|')
		}
		b = append(b, e...)
	}
	b = append(append(append(b, '\t'), d.Title...), '\t')
	return append(append(b, d.Body...), '\n')
}

// parseDoc reads a line without its newline.
func parseDoc(line string) (d doc, err error) {
	p := strings.Split(line, "\t")
	if len(p) != 6 {
		return d, fmt.Errorf("%d columns, not id, day, source, entities, title and body", len(p))
	}
	d = doc{ID: p[0], Source: p[2], Title: p[4], Body: p[5]}
	if d.Day, err = time.Parse(dayLayout, p[1]); err != nil {
		// Days shifted by whole years may be a 29 February that is none.
		d.Day, err = time.Parse(dayLayout, strings.Replace(p[1], "0229", "0228", 1))
	}
	if p[3] != "" {
		d.Entities = strings.Split(p[3], "|")
	}
	return d, err
}

// maxLine is the longest line that is read: the longest article of the corpora has some hundred thousand bytes.
const maxLine = 1 << 26

// docs yields the articles of a file and the lengths of their lines, up to the first error.
func docs(path string) iter.Seq2[sized, error] {
	return func(yield func(sized, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			yield(sized{}, err)
			return
		}
		err = eachDoc(f, yield)
		if err = errors.Join(err, f.Close()); err != nil {
			yield(sized{}, fmt.Errorf("%s: %w", path, err))
		}
	}
}

// sized is an article with the bytes of its line.
type sized struct {
	doc
	bytes int
}

// eachDoc yields articles until one cannot be read, which it returns, or no more is wanted.
func eachDoc(r io.Reader, yield func(sized, error) bool) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), maxLine)
	for n := 1; lines.Scan(); n++ {
		d, err := parseDoc(lines.Text())
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		if !yield(sized{d, len(lines.Bytes())}, nil) {
			return nil
		}
	}
	return lines.Err()
}

// article is the doc as Dateline indexes it: with the id of its text, as ingest gives it.
func (d *doc) article() index.Article {
	a := index.Article{ID: d.ID, Source: d.Source, Title: d.Title, Body: d.Body, Published: index.At(d.Day), Precision: "day",
		DateFrom: "day", Language: "en", Text: story.Text(d.Title, d.Body)}
	a.Story = a.Text
	for _, name := range d.Entities {
		a.Entities = append(a.Entities, index.Entity{Type: entityType(name), Name: name, Count: 1})
	}
	return a
}

// entityType decides what a name is: nobody knows, so a hash of it does.
func entityType(name string) string {
	h := fnv.New32a()
	_, _ = io.WriteString(h, name) // a hash takes everything
	return []string{index.Person, index.Org, index.Place}[h.Sum32()%3]
}

// span is what must be known of a file of articles before it is measured.
type span struct {
	Articles    int
	Text        int64 // bytes of the lines
	First, Last time.Time
}

// spanOf reads a file of articles through.
func spanOf(path string) (s span, err error) {
	for d, err := range docs(path) {
		if err != nil {
			return s, err
		}
		s.add(d)
	}
	if s.Articles == 0 {
		return s, fmt.Errorf("%s: no articles", path)
	}
	return s, nil
}

func (s *span) add(d sized) {
	s.Articles++
	s.Text += int64(d.bytes)
	if d.Day.IsZero() {
		return // undated
	}
	if s.First.IsZero() || d.Day.Before(s.First) {
		s.First = d.Day
	}
	if d.Day.After(s.Last) {
		s.Last = d.Day
	}
}

// writeLines writes the articles of files as lines, as they are, with the names that they carry.
func writeLines(paths []string, to string) (err error) {
	articles, err := read(paths)
	if err != nil {
		return err
	}
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f)
	var line []byte
	for i := range articles {
		line = docOf(&articles[i]).appendTo(line[:0])
		if _, err = out.Write(line); err != nil {
			break
		}
	}
	return errors.Join(err, out.Flush(), f.Close())
}

// docOf makes a doc of an article. One that is undated is of the first day of the year 1.
func docOf(a *index.Article) *doc {
	d := &doc{ID: blanks(a.ID), Day: a.Published.UTC(), Source: blanks(a.Source), Title: blanks(a.Title), Body: blanks(a.Lead + " " + a.Body)}
	for _, name := range a.Values("entity") {
		d.Entities = append(d.Entities, blanks(strings.ReplaceAll(name, "|", " ")))
	}
	return d
}
