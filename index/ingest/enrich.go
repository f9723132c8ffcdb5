package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/ledger"
	"dateline/index/source/charset"
	"dateline/index/source/date"
	"dateline/index/source/record"
	"dateline/index/story"
)

// item decodes and enriches one record.
func (f *feed) item(j *job) item {
	if j.reject != nil || j.skip != nil {
		return item{reject: j.reject, skip: j.skip, key: ledger.Key{Source: f.o.Source}}
	}
	key := ledger.Key{Source: f.o.Source}
	a, fault := decode(j)
	if fault == nil {
		reason, detail := enrich(&a, j.from, &f.o)
		if reason == "" {
			return item{article: a, from: j.from, at: j.record.Place}
		}
		key = ledger.KeyOf(&a)
		fault = &record.Fault{Reason: reason, Detail: detail}
	}
	at := fault.Place
	if at.Number == 0 {
		at = j.record.Place
	}
	return item{reject: rejectOf(j.from.path, j.from.format, at, fault.Reason, fault.Detail), key: key}
}

// decode calls the record's Decode. A panic there is a fault of the record, not of the run.
func decode(j *job) (a index.Article, fault *record.Fault) {
	defer func() {
		if p := recover(); p != nil {
			fault = record.Faultf(j.record.Place, record.BadSyntax, "the reader failed: %v", p)
		}
	}()
	a, err := j.record.Decode()
	if err != nil && !errors.As(err, &fault) {
		fault = record.Faultf(j.record.Place, record.BadSyntax, "%v", err)
	}
	return a, fault
}

// enrich completes an article, or returns why it cannot be indexed.
func enrich(a *index.Article, from *origin, o *Options) (reason, detail string) {
	clean(a)
	a.Format, a.Path = from.format, from.name
	if len(a.ID) > index.MaxIDBytes {
		a.ID = hash(a.ID)
	}
	if a.ID == "" {
		a.ID = contentID(a)
	}
	if o.Complete != nil {
		o.Complete(a)
		clean(a)
	}
	if n := len(a.Title) + len(a.Lead) + len(a.Body); n > o.MaxArticle {
		return record.TooLarge, fmt.Sprintf("title, lead and body have %d bytes; at most %d are indexed", n, o.MaxArticle)
	}
	if reason, detail := index.Check(a); reason != "" {
		return reason, detail
	}
	if reason, detail := checkDate(a, o.Clock); reason != "" {
		return reason, detail
	}
	if a.Language == "" {
		a.Language = language(a.Body)
	}
	name(a, o)
	a.Words = analysis.Words(a.Body)
	a.Text = story.Text(a.Title, a.Body)
	a.Story = a.Text // near-copies and stories are later work
	return "", ""
}

func checkDate(a *index.Article, now index.Clock) (reason, detail string) {
	if a.Published.IsZero() {
		return "", ""
	}
	at := now()
	if err := date.Possible(a.Published.Time, at); err != nil {
		return record.BadDate, err.Error()
	}
	if a.Published.After(at.Add(index.DateLeeway)) {
		a.Flag(index.FlagFutureDate)
	}
	return "", ""
}

// clean makes valid text without controls of everything that is shown or searched.
func clean(a *index.Article) {
	for _, s := range []*string{&a.Title, &a.Lead, &a.Body} {
		*s = strings.TrimSpace(charset.Clean(*s))
	}
	for _, s := range []*string{&a.ID, &a.URL, &a.Source, &a.Agency, &a.Dateline, &a.Language, &a.Section} {
		*s = line(*s)
	}
	cleanList(a.Authors)
	cleanList(a.Topics)
	for i := range a.Entities {
		a.Entities[i].Name = line(a.Entities[i].Name)
		cleanList(a.Entities[i].Aliases)
	}
}

func cleanList(list []string) {
	for i := range list {
		list[i] = line(list[i])
	}
}

// line cleans a value that stands on one line.
func line(s string) string {
	s = charset.Clean(s)
	if strings.ContainsAny(s, "\n\t") {
		s = strings.Join(strings.Fields(s), " ")
	}
	return strings.TrimSpace(s)
}

// contentID is the id of an article whose record has none: a hash of source, day and title. Without a title the body
// stands for it, for else all the untitled items of a day would be one.
func contentID(a *index.Article) string {
	title := a.Title
	if title == "" {
		title = a.Body
	}
	return hash(analysis.Fold(a.Source) + "\x00" + a.Day() + "\x00" + title)
}

// hash returns 128 bits of SHA-256 in hexadecimal: no two of all the articles ever written will share one.
func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:16])
}
