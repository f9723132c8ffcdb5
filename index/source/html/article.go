package html

import (
	"dateline/index"
	"dateline/index/source/record"
)

// Article makes the article of a page, which is in UTF-8. o.URL is the address that it was fetched from, against which its links
// are resolved. Errors are *record.Fault: no text.
func Article(markup string, at record.Place, o record.Options) (index.Article, error) {
	p := parse(markup)
	l := readLinked(p.data)
	a := index.Article{Format: Format.Name, Source: o.Source}
	news := l.article()
	lay := layOut(p.body)
	var titles []string
	for _, h := range p.headings {
		titles = append(titles, text(h))
	}
	titles = append(titles, text1(news["headline"]))
	titles = append(titles, p.metas["og:title"]...)
	a.Title = first(text1(news["headline"]), p.get("og:title"), first(titles...))
	a.Body = lay.prose(titles, "")
	if a.Title == "" && a.Body == "" {
		return index.Article{}, record.Faultf(at, record.NoText, "the page has neither title nor text")
	}
	return a, nil
}

// get returns the first value of the first of the names that the page's meta elements have.
func (p *page) get(names ...string) string {
	for _, name := range names {
		if v := p.metas[name]; len(v) > 0 {
			return v[0]
		}
	}
	return ""
}

func sameAddress(a, b string) bool { return a == b }
