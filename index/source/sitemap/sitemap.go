// Package sitemap reads Google's news sitemaps: the addresses, titles and dates of a publisher's newest articles, without text.
package sitemap

import (
	"bytes"
	"encoding/json"
	"io"
	"regexp"
	"strings"

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/date"
	"dateline/index/source/fields"
	"dateline/index/source/record"
	"dateline/index/source/soup"
	"dateline/index/source/window"
)

const name = "sitemap"

// Format is the format "sitemap".
var Format = record.Format{Name: name, Sniff: Sniff, Open: Open}

// rootTag is the root element of a sitemap or of an index of sitemaps, behind declarations and comments.
var rootTag = regexp.MustCompile(`(?is)^(?:\s|\x{FEFF}|<\?[^>]*>|<!--.*?-->|<!doctype[^>]*>)*<(?:[a-z0-9_]+:)?(?:urlset|sitemapindex)[\s/>]`)

// Sniff reports whether a stream begins with a sitemap of any kind. Which are no news is said when they are read.
func Sniff(head []byte, whole bool) bool {
	return bytes.Contains(head[:min(len(head), 8<<10)], []byte("<")) && rootTag.Match(head[:min(len(head), 8<<10)])
}

// Open returns a reader of the articles that a news sitemap names. A sitemap that is none of news, and an index of sitemaps, is
// one fault: their addresses may be of anything.
func Open(r io.Reader, o record.Options) record.Reader {
	return &reader{cut: soup.NewCutter(window.New(r, o.Limit()), "url", "sitemap"), options: o}
}

type reader struct {
	cut     *soup.Cutter
	options record.Options
	done    bool
}

// Next returns the next article.
func (r *reader) Next() (record.Record, error) {
	if r.done {
		return record.Record{}, io.EOF
	}
	p, err := r.cut.Next()
	if err != nil {
		return record.Record{}, err
	}
	switch {
	case p.Name == "sitemap":
		r.done = true
		return record.Record{}, record.Faultf(p.Place, record.NotNews, "it is an index of sitemaps: it names sitemaps, no articles")
	case p.Number == 1 && !bytes.Contains(p.Raw, []byte("news>")) && !bytes.Contains(p.Head.Raw(), []byte("sitemap-news")):
		r.done = true
		return record.Record{}, record.Faultf(p.Place, record.NotNews, "it is a sitemap without news: it names addresses of a site, no articles")
	}
	return record.Record{Place: p.Place, Decode: func() (index.Article, error) { return article(p, r.options) }}, nil
}

// article makes the article of a <url> with a <news:news>.
func article(p soup.Piece, o record.Options) (index.Article, error) {
	tree, err := soup.Parse(p.Raw, nil)
	if err != nil {
		return index.Article{}, record.Faultf(p.Place, record.TooLarge, "%v", err)
	}
	d := draft{at: p.Place, options: o}
	d.a.Format = name
	d.a.Flag(index.FlagMetadataOnly)
	for _, n := range tree.Kids[0].Kids {
		if n.Name != "" {
			d.url(n)
		}
	}
	return d.finish()
}

// draft is an article in the making.
type draft struct {
	a         index.Article
	at        record.Place
	options   record.Options
	news      bool
	published string
	extra     map[string][]any
}

// url reads an element of a <url>.
func (d *draft) url(n *soup.Node) {
	switch soup.Local(n.Name) {
	case "loc":
		if address := strings.TrimSpace(n.Content()); fields.Host(address) != "" {
			d.a.URL = charset.Clean(address)
		}
	case "lastmod":
		t, _, err := date.Parse(n.Content())
		if err != nil || date.Plausible(t, d.options.Time()) != nil {
			d.keep(n)
			return
		}
		d.a.Updated = index.At(t)
	case "news":
		d.news = true
		for _, kid := range n.Kids {
			if kid.Name != "" {
				d.element(kid)
			}
		}
	default:
		d.keep(n)
	}
}

// element reads an element of a <news:news>.
func (d *draft) element(n *soup.Node) {
	s := oneLine(soup.Unescape(n.Content()))
	switch soup.Local(n.Name) {
	case "title":
		d.a.Title = s
	case "publication_date":
		d.published = s
	case "publication":
		if name := n.Child("name"); name != nil {
			d.a.Source = oneLine(soup.Unescape(name.Content()))
		}
		if language := n.Child("language"); language != nil {
			d.a.Language = fields.LanguageCode(language.Content())
		}
	case "keywords":
		for _, topic := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' }) {
			if topic = strings.TrimSpace(topic); topic != "" {
				d.a.Topics = append(d.a.Topics, topic)
			}
		}
	default:
		d.keep(n)
	}
}

// finish checks the article and gives it its identifier and date.
func (d *draft) finish() (index.Article, error) {
	switch {
	case !d.news:
		return d.a, record.Faultf(d.at, record.NotNews, "the address has no <news:news>: nothing but an address is known")
	case d.a.Title == "":
		return d.a, record.Faultf(d.at, record.NoText, "the <news:news> has no title")
	}
	if d.published != "" {
		t, unit, err := date.Parse(d.published)
		if err == nil {
			err = date.Possible(t, d.options.Time())
		}
		if err != nil {
			return d.a, record.Faultf(d.at, record.BadDate, "news:publication_date: %v", err)
		}
		d.a.Published, d.a.Precision, d.a.DateFrom = index.At(t), unit, "url:news:publication_date"
	}
	if d.a.ID = d.a.URL; d.a.Source == "" {
		if d.a.Source = d.options.Source; d.a.Source == "" {
			d.a.Source = fields.Host(d.a.URL)
		}
	}
	d.leftover()
	return d.a, nil
}

// keep remembers an element for Extra, under its name.
func (d *draft) keep(n *soup.Node) {
	if d.extra == nil {
		d.extra = map[string][]any{}
	}
	d.extra[n.Name] = append(d.extra[n.Name], value(n))
}

// leftover fills Extra. Elements of the same name become a list.
func (d *draft) leftover() {
	d.a.Extra = make(map[string]json.RawMessage, len(d.extra))
	for name, values := range d.extra {
		var v any = values
		if len(values) == 1 {
			v = values[0]
		}
		d.a.Extra[charset.Clean(name)], _ = json.Marshal(v) // of texts and objects of them
	}
}

// value returns the text of an element, or an object of the elements in it.
func value(n *soup.Node) any {
	if !n.Elements() {
		return n.Content()
	}
	members := map[string]any{}
	for _, k := range n.Kids {
		if k.Name != "" {
			members[k.Name] = value(k)
		}
	}
	return members
}

func oneLine(s string) string { return strings.Join(strings.Fields(charset.Clean(s)), " ") }
