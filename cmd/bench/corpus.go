package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// What a corpus is like. Sources and names follow Zipf's law, as counted in collections of news.
const (
	bodyBytes  = 2350 // wanted; half of an original is often less, so that bodies have 2,048 on average
	sources    = 2000
	leastNames = 4 // of an article; with the most, ten on average
	mostNames  = 16
	copyShare  = 0.87 // of the articles about an event that fades: 15 % of all articles
	keptCopies = 8    // articles that are kept of an event, to be copied
)

// writeCorpus makes a file of articles out of the news below a folder of data.
func writeCorpus(data, path string, articles int, seed uint64) (err error) {
	if articles <= 0 {
		return fmt.Errorf("a corpus of %d articles: say --articles N", articles)
	}
	o, err := readOriginals(data)
	if err != nil {
		return err
	}
	f, err := os.Create(filepath.Clean(path))
	if err != nil {
		return err
	}
	return errors.Join(compose(f, o, articles, seed), f.Close())
}

// compose writes articles in the order of their days, the same for the same originals and seed.
func compose(w io.Writer, o *originals, articles int, seed uint64) error {
	dice := rand.New(rand.NewPCG(seed, 0))
	c := &composer{originals: o, dice: dice, calendar: newCalendar(dice, len(o.texts)), sources: zipf(sources, 1, 1)}
	if len(o.names) > 0 {
		c.pool = zipf(len(o.names), 3, 1)
	}
	out := bufio.NewWriterSize(w, 1<<20)
	var line []byte
	for day, n := range c.calendar.counts(articles) {
		for range n {
			d := c.article(day)
			line = d.appendTo(line[:0])
			if _, err := out.Write(line); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

// composer writes articles. It keeps the originals and a few articles to be copied, whatever the size of the corpus.
type composer struct {
	*originals
	dice     *rand.Rand
	calendar *calendar
	sources  draws
	pool     draws // of names
	ring     []doc // the last articles, to be copied where an event has none
}

// article writes one article of a day: a new one, or the copy of an earlier one about an event that fades.
func (c *composer) article(day int) doc {
	e := c.calendar.event(c.dice, day)
	if e != nil && e.fading(day) && c.dice.Float64() < copyShare {
		if d, ok := c.copied(e, day); ok {
			return d
		}
	}
	lead := c.dice.IntN(len(c.texts))
	if e != nil {
		lead = e.texts[c.dice.IntN(len(e.texts))]
	}
	d := c.written(&c.texts[lead])
	c.file(&d, day)
	c.keep(d, e, day)
	return d
}

// file gives an article its id, day and source.
func (c *composer) file(d *doc, day int) {
	d.ID = fmt.Sprintf("%016x", c.dice.Uint64())
	d.Day = firstDay.AddDate(0, 0, day)
	d.Source = publisher(c.sources.draw(c.dice))
}

// copied returns an earlier article as another source prints it on a later day.
func (c *composer) copied(e *event, day int) (doc, bool) {
	from := e.kept
	if len(from) == 0 {
		from = c.ring
	}
	if len(from) == 0 {
		return doc{}, false
	}
	was := from[c.dice.IntN(len(from))]
	d := was
	c.file(&d, day)
	for d.Source == was.Source {
		d.Source = publisher(c.sources.draw(c.dice))
	}
	return d, d.Day.After(was.Day)
}

// keep keeps an article to be copied: of an event some of its first half, else among the last few.
func (c *composer) keep(d doc, e *event, day int) {
	list := &c.ring
	if e != nil && !e.fading(day) {
		list = &e.kept
	}
	if len(*list) < keptCopies {
		*list = append(*list, d)
		return
	}
	(*list)[c.dice.IntN(keptCopies)] = d
}

// written writes an article: title and half of the text of one original, the rest of one or two others.
func (c *composer) written(lead *original) doc {
	d, body := doc{Title: lead.title}, strings.Builder{}
	var names []int32
	size := c.texts[c.dice.IntN(len(c.texts))].bytes * bodyBytes * len(c.texts) / c.bytes
	body.Grow(size + size/4)
	names = c.take(&body, names, lead, 0, size/2)
	others := 1 + c.dice.IntN(2)
	for range others {
		o := &c.texts[c.dice.IntN(len(c.texts))]
		names = c.take(&body, names, o, c.start(o, size/2/others), size/2/others)
	}
	d.Body = strings.TrimSuffix(body.String(), " ")
	d.Entities = c.named(names)
	return d
}

// start draws the sentence from which on an original has about so many bytes.
func (c *composer) start(o *original, size int) int {
	need := 1 + size*len(o.sentences)/max(o.bytes, 1)
	return c.dice.IntN(max(len(o.sentences)-need, 0) + 1)
}

// take adds sentences in a row until they have a size, and their names.
func (c *composer) take(body *strings.Builder, names []int32, o *original, from, size int) []int32 {
	for upto := body.Len() + size; from < len(o.sentences) && body.Len() < upto; from++ {
		c.redraw(body, o.sentences[from].text)
		body.WriteByte(' ')
		names = append(names, o.sentences[from].names...)
	}
	return names
}

// redraw copies a sentence with other figures in its numbers, since each article of a newspaper brings numbers that none had
// before. Years and first figures stay.
func (c *composer) redraw(body *strings.Builder, text string) {
	from := 0
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) {
			continue
		}
		end := i + 1
		for end < len(text) && isDigit(text[end]) {
			end++
		}
		body.WriteString(text[from : i+1])
		from = i + 1
		if run := text[i:end]; len(run) == 4 && (run[:2] == "19" || run[:2] == "20") {
			i = end
			continue
		}
		for ; from < end; from++ {
			body.WriteByte('0' + byte(c.dice.IntN(10)))
		}
		i = end
	}
	body.WriteString(text[from:])
}

// named returns the entities of an article: names of its text, two in three, and others drawn from all names.
func (c *composer) named(found []int32) []string {
	n := leastNames + c.dice.IntN(mostNames-leastNames+1)
	ids := make([]int32, 0, n)
	for _, id := range found {
		if len(ids) < 2*n/3 && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for tries := n; tries > 0 && len(ids) < n && len(c.pool) > 0; tries-- {
		if id := int32(c.pool.draw(c.dice)); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	entities := make([]string, len(ids))
	for i, id := range ids {
		entities[i] = c.names[id]
	}
	return entities
}

// Of these parts the names of the sources are made: 25 · 20 · 4 are 2,000.
var (
	publisherPlaces = strings.Fields(`north south east west harbour valley river lake hill forest bay capital county island
		coast border market station bridge castle garden meadow desert prairie summit`)
	publisherPapers = strings.Fields(`post times herald news journal tribune gazette observer chronicle mail star sun echo
		courier monitor standard press wire review ledger`)
	publisherEnds = []string{".example", "online.example", "weekly.example", "tv.example"}
)

// publisher returns the name of a source, the most frequent being 0.
func publisher(i int) string {
	i = i * 1237 % sources // a prime: the frequent ones are not all of one place
	place, i := publisherPlaces[i%len(publisherPlaces)], i/len(publisherPlaces)
	paper, i := publisherPapers[i%len(publisherPapers)], i/len(publisherPapers)
	return place + paper + publisherEnds[i]
}
