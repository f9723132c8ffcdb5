package text

import (
	"encoding/json"
	"strings"
	"time"

	"dateline/index"
	"dateline/index/source/date"
	"dateline/index/source/dateline"
	"dateline/index/source/record"
)

// now is the time that dates are judged by.
var now = time.Now

// paper is a file taken apart.
type paper struct {
	header     header
	verdict    verdict
	line       int // of the first line that is not blank
	published  *stamp
	updated    *stamp
	paragraphs []string
}

// article makes an article of a file.
func article(text string, at record.Place, o record.Options) (index.Article, error) {
	if strings.TrimSpace(text) == "" {
		return index.Article{}, record.Faultf(at, record.Empty, "the file has no text")
	}
	p := takeApart(text)
	at.Line = p.line
	a := index.Article{Format: formatName, Source: p.header.source}
	if a.Source == "" {
		a.Source = o.Source
	}
	if len(p.paragraphs) > 0 {
		a.Title = strings.Join(strings.Fields(p.paragraphs[0]), " ")
		a.Body = strings.Join(p.paragraphs[1:], "\n\n")
	}
	a.Dateline, a.Agency = dateline.Read(a.Body)
	switch p.verdict {
	case badDate:
		return index.Article{}, record.Faultf(at, record.BadDate, "%s", p.header.fault)
	case noHeader:
		at.Line = 1
		if fault := p.doWithout(&a, o.Source); fault != "" {
			return index.Article{}, record.Faultf(at, record.NoHeader, "%s", fault)
		}
	case good:
		p.dateByHeader(&a)
	}
	if a.Title == "" {
		return index.Article{}, record.Faultf(at, record.NoText, "there is nothing after the header")
	}
	if p.updated != nil && date.Plausible(p.updated.at, now()) == nil {
		a.Updated = index.At(p.updated.at)
	}
	return a, nil
}

// takeApart reads the lines of a file: the header if there is one, notices, and paragraphs.
func takeApart(text string) *paper {
	p := &paper{}
	var open []string
	flush := func() {
		if len(open) > 0 {
			p.paragraphs = append(p.paragraphs, strings.Join(open, "\n"))
			open = open[:0]
		}
	}
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		line = strings.TrimRight(line, " \t")
		if line == "" {
			flush()
			continue
		}
		if p.line == 0 {
			p.line = n
			if p.header, p.verdict = readHeader(line); p.verdict != noHeader {
				continue
			}
		}
		if note, ok := readNotice(line); ok {
			p.keep(note)
			flush()
			continue
		}
		if len(open) == 0 {
			line = strings.TrimLeft(line, " \t")
		}
		open = append(open, line)
	}
	flush()
	return p
}

// keep keeps the first date of publication and the last change.
func (p *paper) keep(n notice) {
	switch {
	case n.updated:
		p.updated = &n.stamp
	case p.published == nil:
		p.published = &n.stamp
	}
}

// dateByHeader dates an article by its header. A notice of the same day may know the time of day; one of another day is
// kept as it is written.
func (p *paper) dateByHeader(a *index.Article) {
	best := p.header.stamp
	if p.published != nil {
		same := p.published.at.Format(time.DateOnly) == best.at.Format(time.DateOnly)
		if same && best.precision == date.Day {
			best = *p.published
		} else if !same {
			raw, _ := json.Marshal(p.published.raw) // a string always can be
			a.Extra = map[string]json.RawMessage{"published": raw}
			if date.Possible(p.published.at, now()) == nil && date.Apart(p.published.at, p.published.precision, best.at, best.precision) {
				a.Flag(index.FlagDateConflict)
			}
		}
	}
	dateBy(a, best, "header")
}

// doWithout dates an article without a header by its notice or its dateline, if the user has named its source; or says
// what is missing.
func (p *paper) doWithout(a *index.Article, source string) (fault string) {
	if source == "" {
		return `the first line is not " date YYYY-MM-DD source"`
	}
	if p.published != nil && date.Plausible(p.published.at, now()) == nil {
		dateBy(a, *p.published, "published")
		return ""
	}
	if line, ok := dateline.Find(a.Body); ok && line.Date != "" {
		at, precision, err := date.Parse(line.Date)
		if err == nil && precision != date.Year && date.Plausible(at, now()) == nil {
			dateBy(a, stamp{at, precision, line.Date}, "dateline")
			return ""
		}
	}
	return `the first line is not " date YYYY-MM-DD source", and no line "Published" nor a dateline gives the date`
}

func dateBy(a *index.Article, s stamp, from string) {
	a.Published, a.Precision, a.DateFrom = index.At(s.at), s.precision, from
}
