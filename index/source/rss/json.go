package rss

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"regexp"
	"strings"

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/fields"
	"dateline/index/source/jsonl"
	"dateline/index/source/record"
	"dateline/index/source/soup"
	"dateline/index/source/window"
)

// A JSON Feed names its version by an address; some write the number alone, but then name a page and have items.
var (
	jsonVersion = regexp.MustCompile(`"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version`)
	jsonNumber  = regexp.MustCompile(`"version"\s*:\s*"?1(?:\.[01])?"?\s*[,}]`)
	jsonPage    = regexp.MustCompile(`"(?:home_page_url|feed_url)"\s*:`)
	jsonItems   = regexp.MustCompile(`"items"\s*:\s*\[`)
)

// isJSON reports whether a stream begins with an object.
func isJSON(head []byte) bool {
	head = bytes.TrimLeft(head, " \t\r\n\uFEFF")
	return len(head) > 0 && head[0] == '{'
}

func sniffJSON(head []byte) bool {
	return jsonVersion.Match(head) || jsonNumber.Match(head) && jsonPage.Match(head) && jsonItems.Match(head)
}

// openJSON returns a reader of the items of a JSON Feed.
func openJSON(in *window.Window, o record.Options) record.Reader {
	at, ok := itemsAt(in.Peek(maxJSONHead))
	if !ok {
		return &noItems{in: in}
	}
	f := &feed{options: o}
	f.readJSON(in.Peek(at))
	in.Skip(at)
	return jsonl.List(in, 1, o, func(raw []byte, at record.Place, _ record.Options) (index.Article, error) {
		return f.jsonItem(raw, at)
	})
}

// maxJSONHead bounds what stands before the items of a JSON Feed.
const maxJSONHead = 256 << 10

// itemsAt returns where the bracket of the items is.
func itemsAt(head []byte) (at int, ok bool) {
	d := json.NewDecoder(bytes.NewReader(head))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return 0, false
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return 0, false
		}
		from := int(d.InputOffset())
		if name == "items" {
			n := bytes.IndexByte(head[from:], '[')
			return from + n, n >= 0 && len(bytes.Trim(head[from:from+n], " \t\r\n:")) == 0
		}
		var value json.RawMessage
		if d.Decode(&value) != nil {
			return 0, false
		}
	}
	return 0, false
}

// noItems is the reader of a feed without items.
type noItems struct {
	in   *window.Window
	said bool
}

func (n *noItems) Next() (record.Record, error) {
	if n.said {
		return record.Record{}, io.EOF
	}
	n.said = true
	return record.Record{}, record.Faultf(n.in.Place(1), record.BadSyntax, "the JSON Feed has no list of items that can be found")
}

// readJSON reads what stands before the items.
func (f *feed) readJSON(head []byte) {
	var top struct {
		Title    any `json:"title"`
		Home     any `json:"home_page_url"`
		URL      any `json:"feed_url"`
		Language any `json:"language"`
		Author   json.RawMessage
		Authors  json.RawMessage
	}
	f.once.Do(func() {})
	whole := append(bytes.TrimRight(bytes.Clone(head), " \t\r\n"), "[]}"...)
	if json.Unmarshal(whole, &top) != nil {
		return
	}
	f.title = text{value: asString(top.Title)}.line()
	f.base = cmp.Or(f.options.URL, asString(top.URL))
	f.link = cmp.Or(resolve(f.base, asString(top.Home)), asString(top.URL), f.options.URL)
	f.base = cmp.Or(f.base, f.link)
	f.language = fields.LanguageCode(asString(top.Language))
	names, _ := jsonAuthors(top.Authors)
	if len(names) == 0 {
		names, _ = jsonAuthors(top.Author)
	}
	f.authors = names
}

func asString(v any) string {
	s, _ := v.(string)
	return strings.TrimSpace(charset.Clean(s))
}

// jsonItem makes the article of an item.
func (f *feed) jsonItem(raw []byte, at record.Place) (index.Article, error) {
	d := newDraft(f, at)
	d.base = f.base
	fields.Each(raw, func(name string, value []byte) {
		d.member(offer{name: name, raw: value})
	})
	return d.finish()
}

// member reads a member of an item.
func (d *draft) member(o offer) {
	if string(o.raw) == "null" {
		return
	}
	var s string
	isText := json.Unmarshal(o.raw, &s) == nil
	s = charset.Clean(s)
	switch {
	case o.name == "authors" || o.name == "author":
		d.jsonAuthors(o)
	case o.name == "tags":
		d.tags(o)
	case o.name == "id" && !isText:
		o.text = string(o.raw) // a number, which version 1.0 allows
		d.offer(anID, o)
	case !isText:
		d.keep(o)
	default:
		d.textMember(o, strings.TrimSpace(s))
	}
}

// textMember reads a member that is a text.
func (d *draft) textMember(o offer, s string) {
	o.text = s
	switch o.name {
	case "id":
		d.offer(anID, o)
		d.links = append(d.links, offer{rank: 4, text: s})
	case "url":
		o.text = resolve(d.base, s)
		d.offer(aLink, o)
	case "external_url":
		d.links = append(d.links, offer{rank: 3, text: resolve(d.base, s)})
		d.keep(o)
	case "title":
		o.prose = guess(s)
		d.offer(aTitle, o)
	case "content_html":
		o.prose = text{value: s, html: true}
		d.offer(aContent, o)
	case "content_text":
		o.prose, o.rank = text{value: s, lines: true}, 1
		d.offer(aContent, o)
	case "summary":
		o.prose = guess(s)
		d.offer(aSummary, o)
	case "date_published":
		d.offer(aPublication, o)
	case "date_modified":
		d.offer(anUpdate, o)
	case "language":
		d.offer(aLanguage, o)
	default:
		d.keep(o)
	}
}

func (d *draft) tags(o offer) {
	var list []any
	if json.Unmarshal(o.raw, &list) != nil {
		d.keep(o)
		return
	}
	for _, tag := range list {
		d.topics = append(d.topics, asString(tag))
	}
}

func (d *draft) jsonAuthors(o offer) {
	names, whole := jsonAuthors(o.raw)
	if o.name == "authors" || len(d.authors[0]) == 0 {
		d.authors[0] = names
	}
	if !whole {
		d.keep(o)
	}
}

// jsonAuthors reads an author, or a list of them; whole says that nothing is said of them but their names.
func jsonAuthors(raw []byte) (names []string, whole bool) {
	var one map[string]any
	var list []map[string]any
	var name string
	switch {
	case len(raw) == 0:
		return nil, true
	case json.Unmarshal(raw, &one) == nil:
		list = append(list, one)
	case json.Unmarshal(raw, &list) == nil:
	case json.Unmarshal(raw, &name) == nil:
		return persons(oneLine(soup.Unescape(name))), true
	}
	whole = len(list) > 0
	for _, author := range list {
		if name := oneLine(soup.Unescape(asString(author["name"]))); name != "" {
			names = append(names, name)
		}
		whole = whole && len(author) == 1 && author["name"] != nil
	}
	return names, whole
}
