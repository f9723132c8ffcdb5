// Package fields says what the named values of a record mean: it makes an article of titles, dates, sources and the rest
// in the spellings in common use.
//
// Nothing of a record is lost: what Dateline has no name for, what cannot be understood whole, and the second of two
// spellings of one field are kept in the article's Extra as they were written.
package fields

import (
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/date"
	filed "dateline/index/source/dateline"
	"dateline/index/source/markup"
	"dateline/index/source/record"
)

// Options say what a record itself does not.
type Options struct {
	Place  record.Place // of the record, for faults
	Format string       // the name of its format
	Source string       // the publisher where the record names none
	Now    time.Time    // against which dates are judged; zero is the present
}

// Article makes an article of a record's fields. Of two fields with the same name the later counts. A record that Dateline
// printed itself comes back as it was. Errors are *record.Fault: bad date, no text.
func Article(record []Field, o Options) (index.Article, error) {
	record = lastOfEach(record)
	b := builder{Options: o, exported: exported(record)}
	b.a.Format = o.Format
	if b.exported {
		record = unguarded(record)
	}
	b.sort(record)
	if err := b.dates(); err != nil {
		return index.Article{}, err
	}
	b.texts()
	b.origin()
	b.lists()
	return b.finish()
}

// candidate is a field of the record that may fill one of the article.
type candidate struct {
	Field
	spelling
}

type builder struct {
	Options
	a        index.Article
	exported bool        // the record is an article as Dateline prints it: its texts are taken as they stand
	known    []candidate // by field and rank
}

// lastOfEach drops a field that a later one of the same name replaces, as JSON readers do.
func lastOfEach(record []Field) []Field {
	last := make(map[string]int, len(record))
	for i, f := range record {
		last[f.Name] = i
	}
	if len(last) == len(record) {
		return record
	}
	kept := make([]Field, 0, len(last))
	for i, f := range record {
		if last[f.Name] == i {
			kept = append(kept, f)
		}
	}
	return kept
}

// derived are the fields of a printed article that are worked out anew when it is indexed.
var derived = []string{"text", "story", "words", "indexed", "path", "version", "changed"}

// exported reports whether the record is an article as Dateline prints it.
func exported(record []Field) bool {
	marks := []string{"body", "published_precision", "text", "story", "words", "indexed", "format"}
	n := 0
	for _, f := range record {
		if slices.Contains(marks, f.Name) {
			n++
		}
	}
	return n == len(marks)
}

// unguarded takes away the apostrophes that Dateline puts before a cell which a spreadsheet would run as a formula.
func unguarded(record []Field) []Field {
	for i, f := range record {
		if rest, ok := strings.CutPrefix(f.Value.text, "'"); ok && f.Value.raw == nil && strings.IndexAny(rest, "=+-@\t\r\n＝＋－＠") == 0 {
			record[i].Value.text = rest
		}
	}
	return record
}

// sort finds what each field means, and keeps in Extra those that mean nothing here.
func (b *builder) sort(record []Field) {
	for _, f := range record {
		if b.exported && slices.Contains(derived, f.Name) {
			continue
		}
		if b.exported && f.Name == "format" {
			if s, _ := f.Value.scalar(); s != "" {
				b.a.Format = s
			}
			continue
		}
		if b.exported && f.Name == "flags" {
			flags, _ := f.Value.list(";")
			for _, flag := range flags {
				b.a.Flag(flag)
			}
			continue
		}
		s := find(f.Name)
		switch {
		case s.field == extra && f.Value.isObject():
			Each(f.Value.raw, func(name string, raw []byte) { b.keep(Field{name, JSON(raw)}) })
		case s.field == extra && b.exported: // a cell of a table
			b.extraCell(f)
		case f.Value.raw == nil && f.Value.none(): // an empty cell of a table
		case s.field == 0 || s.field == extra:
			b.keep(f)
		case !f.Value.none():
			b.known = append(b.known, candidate{f, s})
		}
	}
	slices.SortStableFunc(b.known, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(x.field, y.field), cmp.Compare(x.rank, y.rank))
	})
}

// extraCell reads Extra from the text of a table's cell.
func (b *builder) extraCell(f Field) {
	text, _ := f.Value.scalar()
	if strings.HasPrefix(text, "{") && json.Valid([]byte(text)) {
		Each([]byte(text), func(name string, raw []byte) { b.keep(Field{name, JSON(raw)}) })
	} else if text != "" {
		b.keep(f)
	}
}

// keep puts a field into Extra. The first of a name stays.
func (b *builder) keep(f Field) {
	if b.a.Extra == nil {
		b.a.Extra = map[string]json.RawMessage{}
	}
	if name := charset.Clean(f.Name); b.a.Extra[name] == nil {
		b.a.Extra[name] = f.Value.json()
	}
}

// of returns the candidates for a field, best first.
func (b *builder) of(field int) []candidate {
	from, _ := slices.BinarySearchFunc(b.known, field, func(c candidate, f int) int { return cmp.Compare(c.field, f) })
	to := from
	for to < len(b.known) && b.known[to].field == field {
		to++
	}
	return b.known[from:to]
}

// first gives take the text of each candidate for a field until it takes one, and keeps all that was not taken whole.
func (b *builder) first(field int, take func(text string) bool) {
	taken := false
	for _, c := range b.of(field) {
		text, whole := c.Value.scalar()
		if taken || !take(text) {
			b.keep(c.Field)
			continue
		}
		taken = true
		if !whole {
			b.keep(c.Field)
		}
	}
}

// into takes the first text that is not blank, in one line.
func (b *builder) into(to *string) func(string) bool {
	return func(text string) bool {
		*to = b.line(text)
		return *to != ""
	}
}

// dates reads when the article was published and updated. A date of publication that is there and cannot be is a fault;
// one of an update is only kept.
func (b *builder) dates() error {
	for i, c := range b.of(published) {
		if i > 0 || b.saysNone(c) {
			b.keep(c.Field)
			b.contradicts(c)
			continue
		}
		if err := b.published(c); err != nil {
			return err
		}
	}
	b.first(updated, func(text string) bool {
		t, _, err := date.Parse(text)
		if err != nil || date.Plausible(t, b.now()) != nil {
			return false
		}
		b.a.Updated = index.At(t)
		return true
	})
	return nil
}

// contradicts flags an article of which another field that can only be its publication names another day.
func (b *builder) contradicts(c candidate) {
	if b.exported || c.rank >= bySpelling["date"].rank && c.Name != "date" {
		return // such as the time of a crawl
	}
	text, _ := c.Value.scalar()
	t, unit, err := date.Parse(text)
	if err == nil && date.Possible(t, b.now()) == nil && date.Apart(t, unit, b.a.Published.Time, b.a.Precision) {
		b.a.Flag(index.FlagDateConflict)
	}
}

// saysNone reports whether a date says that there is none, in the words of table programs. It is kept, not faulted.
func (b *builder) saysNone(c candidate) bool {
	text, _ := c.Value.scalar()
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "none", "null", "nan", "nat", "n/a":
		return true
	}
	return false
}

func (b *builder) published(c candidate) error {
	text, whole := c.Value.scalar()
	t, unit, err := date.Parse(text)
	if err == nil {
		err = date.Possible(t, b.now())
	}
	if err != nil {
		return record.Faultf(b.Place, record.BadDate, "field %q: %v", c.Name, err)
	}
	if !whole {
		b.keep(c.Field)
	}
	b.a.Published, b.a.Precision, b.a.DateFrom = index.At(t), unit, "field:"+c.Name
	b.first(precision, func(text string) bool {
		switch text {
		case date.Second, date.Minute, date.Day, date.Month, date.Year:
			b.a.Precision = text
			return true
		}
		return false
	})
	b.first(dateFrom, b.into(&b.a.DateFrom))
	return nil
}

func (b *builder) now() time.Time {
	if b.Now.IsZero() {
		return time.Now()
	}
	return b.Now
}

// texts reads the prose.
func (b *builder) texts() {
	b.first(title, func(text string) bool {
		if !b.exported && markup.Is(text) {
			text = markup.Line(text)
		}
		b.a.Title = b.line(text)
		return b.a.Title != ""
	})
	b.prose(body, &b.a.Body)
	b.prose(lead, &b.a.Lead)
	b.first(dateline, b.into(&b.a.Dateline))
	b.first(agency, b.into(&b.a.Agency))
	b.first(credit, func(text string) bool {
		wire := filed.Agency(text)
		if b.exported || wire == "" || b.a.Agency != "" {
			return false
		}
		b.a.Agency = wire
		return true
	})
	if !b.exported && b.a.Body != "" && (b.a.Dateline == "" || b.a.Agency == "") {
		place, wire := filed.Read(b.a.Body)
		b.a.Dateline, b.a.Agency = cmp.Or(b.a.Dateline, place), cmp.Or(b.a.Agency, wire)
	}
}

// prose reads a field of paragraphs: one text, or a list of them.
func (b *builder) prose(field int, to *string) {
	taken := false
	for _, c := range b.of(field) {
		text, whole := c.Value.scalar()
		if c.Value.isList() {
			var paragraphs []string
			paragraphs, whole = c.Value.list("")
			text = strings.Join(paragraphs, "\n\n")
		}
		if !taken {
			*to = b.paragraphs(text)
		}
		if taken || *to == "" || !whole {
			b.keep(c.Field)
		}
		taken = *to != ""
	}
}

// origin reads where the article came from. A record without a source has the host of its address for one.
func (b *builder) origin() {
	b.first(link, func(text string) bool {
		text = charset.Clean(strings.TrimSpace(text))
		if host(text) == "" {
			return false
		}
		b.a.URL = text
		return true
	})
	b.first(id, func(text string) bool {
		b.a.ID = charset.Clean(strings.TrimSpace(text))
		return b.a.ID != "" && len(b.a.ID) <= index.MaxIDBytes
	})
	if len(b.a.ID) > index.MaxIDBytes {
		b.a.ID = hashed(b.a.ID)
	}
	b.first(source, b.into(&b.a.Source))
	b.first(language, func(text string) bool {
		b.a.Language = languageCode(text)
		return b.a.Language != ""
	})
	if b.exported {
		return
	}
	if b.a.URL == "" && host(b.a.ID) != "" {
		b.a.URL = b.a.ID
	}
	if b.a.ID == "" && len(b.a.URL) <= index.MaxIDBytes {
		b.a.ID = b.a.URL
	}
	b.a.Source = cmp.Or(b.a.Source, b.Source, host(b.a.URL))
}

// host returns the host of an http address without its www., or "" when s is none.
func host(s string) string {
	if len(s) < 8 || !strings.EqualFold(s[:4], "http") || strings.ContainsAny(s, " \"<>\\") {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// finish checks that there is something to read.
func (b *builder) finish() (index.Article, error) {
	if b.a.Title == "" && b.a.Body == "" {
		return index.Article{}, record.Faultf(b.Place, record.NoText, "the record has neither title nor body")
	}
	return b.a, nil
}
