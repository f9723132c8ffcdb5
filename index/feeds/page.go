package feeds

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"slices"
	"unicode/utf8"

	"dateline/index"
	"dateline/index/fetch"
	"dateline/index/source"
	"dateline/index/source/charset"
	"dateline/index/source/record"
)

// pageKey is the key in Article.Extra of the page whose text an article has.
const pageKey = "full_text_from"

// maxUnpaged bounds what is remembered of pages that were asked for in vain.
const maxUnpaged = 100_000

// fetchPage gives a new article the text of its page. A page that cannot be had leaves it as the feed has it, and is not asked
// for again.
func (p *poll) fetchPage(a *index.Article) {
	if a.URL == "" || p.wasUnpaged(a.ID) {
		return
	}
	page, err := p.page(a.URL)
	if err != nil {
		p.noPage(a.ID, err)
		return
	}
	if fill(a, &page) {
		if a.Extra == nil {
			a.Extra = map[string]json.RawMessage{}
		}
		if from, err := json.Marshal(page.URL); err == nil {
			a.Extra[pageKey] = from
		}
	}
}

// noPage notes why a page could not be had. One that was only interrupted is to be asked for again.
func (p *poll) noPage(id string, err error) {
	if p.ctx.Err() != nil {
		p.Keeper.mu.Lock()
		defer p.Keeper.mu.Unlock()
		delete(p.Keeper.unpaged, id)
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.unpaged = detail(err)
}

// wasUnpaged reports whether a page was asked for before, and notes that it is now: an article of which the index has nothing
// after that was rejected.
func (p *poll) wasUnpaged(id string) bool {
	k := p.Keeper
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.unpaged) >= maxUnpaged {
		clear(k.unpaged)
	}
	was := k.unpaged[id]
	k.unpaged[id] = true
	return was
}

// page fetches a page and reads it. Its URL is where it was found.
func (p *poll) page(address string) (index.Article, error) {
	format, ok := p.pageFormat()
	if !ok {
		return index.Article{}, errors.New("there is no reader of pages")
	}
	r, err := p.o.Getter.Get(p.ctx, fetch.Request{URL: address, Accept: "text/html, application/xhtml+xml;q=0.9, */*;q=0.1", Robots: true})
	if err != nil {
		return index.Article{}, err
	}
	if kind, _, _ := mime.ParseMediaType(r.ContentType); kind != "" && !slices.Contains([]string{"text/html", "application/xhtml+xml"}, kind) {
		return index.Article{}, &Error{URL: address, Detail: "it is no page, but of the type " + oneLine(kind)}
	}
	a, err := readPage(format, r, record.Options{URL: r.URL, Name: r.URL, Retrieved: p.now, Now: p.o.Clock})
	a.URL = r.URL
	return a, err
}

func (p *poll) pageFormat() (record.Format, bool) {
	if p.o.page != nil {
		return *p.o.page, true
	}
	return source.ByName("html")
}

// readPage makes an article of the first record of a page. A panic is a fault of the page.
func readPage(format record.Format, r *fetch.Response, o record.Options) (a index.Article, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the reader failed: %v", p)
		}
	}()
	var in io.Reader = bytes.NewReader(r.Body)
	if !format.Raw {
		body := decoded(r.Body, r.ContentType)
		in = charset.NewReader(bytes.NewReader(body), charset.Declared(body[:min(len(body), record.SniffLen)]))
	}
	rec, err := format.Open(in, o).Next()
	if err != nil {
		return a, fmt.Errorf("its page is no article: %w", err)
	}
	if a, err = rec.Decode(); err != nil {
		return a, fmt.Errorf("its page is no article: %w", err)
	}
	return a, nil
}

// maxSummary is how long, in characters, a text is at most that a feed gives as an article's summary.
const maxSummary = 1500

// fill gives an article what its page has beyond the feed, and reports whether the text is the page's. The page may also be
// the article as it was indexed before, which has the text of its page already. What the feed says of title, date and id
// leads, and its text stays where it is no shorter.
func fill(a, page *index.Article) (text bool) {
	if utf8.RuneCountInString(page.Body) > utf8.RuneCountInString(a.Body) {
		if a.Lead == "" && utf8.RuneCountInString(a.Body) <= maxSummary {
			a.Lead = a.Body
		}
		a.Body, text = page.Body, true
		if from, ok := page.Extra[pageKey]; ok {
			if a.Extra == nil {
				a.Extra = map[string]json.RawMessage{}
			}
			a.Extra[pageKey] = from
		}
	}
	a.Title, a.Lead = cmp.Or(a.Title, page.Title), cmp.Or(a.Lead, page.Lead)
	a.Source, a.Agency, a.Dateline = cmp.Or(a.Source, page.Source), cmp.Or(a.Agency, page.Agency), cmp.Or(a.Dateline, page.Dateline)
	a.Language, a.Section = cmp.Or(a.Language, page.Language), cmp.Or(a.Section, page.Section)
	if len(a.Authors) == 0 {
		a.Authors = page.Authors
	}
	if len(a.Topics) == 0 {
		a.Topics = page.Topics
	}
	if len(a.Entities) == 0 {
		a.Entities = page.Entities
	}
	if a.Published.IsZero() {
		a.Published, a.Precision, a.DateFrom = page.Published, page.Precision, page.DateFrom
	}
	if a.Updated.IsZero() {
		a.Updated = page.Updated
	}
	return text
}
