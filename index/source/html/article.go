package html

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/source/dateline"
	"dateline/index/source/fields"
	"dateline/index/source/markup"
	"dateline/index/source/record"
)

// Article makes the article of a page, which is in UTF-8. o.URL is the address that it was fetched from, against which its links
// are resolved. Errors are *record.Fault: no text, which front pages of sites have neither.
func Article(markup string, at record.Place, o record.Options) (index.Article, error) {
	b := builder{page: parse(markup), o: o}
	b.linked = readLinked(b.data)
	b.layout = layOut(b.body)
	b.a = index.Article{Format: formatName, Extra: map[string]json.RawMessage{}}
	b.address()
	b.news = b.linked.article(b.a.URL, o.URL)
	b.micro = articleItem(b.items, 0)
	b.origin()
	if b.isFront() {
		return index.Article{}, record.Faultf(at, record.NoText, "a list of links: the front page of a site")
	}
	b.title()
	b.originByTitle()
	b.prose()
	b.published()
	b.updated()
	b.authors()
	b.agency()
	b.subjects()
	b.entities()
	b.keepRest()
	if b.a.Title == "" && b.a.Body == "" {
		return index.Article{}, record.Faultf(at, record.NoText, "the page has neither title nor text")
	}
	return b.a, nil
}

// builder makes an article of what a page says.
type builder struct {
	*page
	o      record.Options
	a      index.Article
	linked *linked
	news   object // the JSON-LD object of the article, or nil
	micro  *item  // the microdata item of the article, or nil
	layout *layout
	where  *url.URL // of the page, or nil
}

// get returns the first value of the first of the names that the page's meta elements have.
func (p *page) get(names ...string) string {
	for _, name := range names {
		if v := p.metas[name]; len(v) > 0 {
			return plain(v[0])
		}
	}
	return ""
}

// keep puts a value into Extra under the page's own name for it.
func (b *builder) keep(name string, value any) {
	switch v := value.(type) {
	case string:
		if v == "" {
			return
		}
	case nil:
		return
	}
	if raw, err := json.Marshal(value); err == nil && len(raw) <= maxText && b.a.Extra[name] == nil {
		b.a.Extra[name] = raw
	}
}

// articleItem returns the first item of microdata that is an article, or nil.
func articleItem(items []*item, depth int) *item {
	for _, it := range items {
		if strings.Contains(it.types, "article") || strings.Contains(it.types, "posting") || strings.Contains(it.types, "newsstory") {
			return it
		}
		if depth < 8 {
			if found := articleItem(it.items, depth+1); found != nil {
				return found
			}
		}
	}
	return nil
}

// value returns a property of an article's microdata: its own, or one that stands outside of any item.
func (b *builder) value(name string) string {
	if b.micro != nil {
		if v := b.micro.values[name]; len(v) > 0 {
			return plain(v[0])
		}
	}
	return b.get("itemprop:" + name)
}

// itemNames returns the names of the items that are a property of the article's microdata.
func (b *builder) itemNames(prop string) []string {
	if b.micro == nil {
		return nil
	}
	names := slices.Clone(b.micro.values[prop])
	for _, it := range b.micro.items {
		if it.prop == prop {
			names = append(names, it.values["name"][:min(1, len(it.values["name"]))]...)
		}
	}
	return names
}

// prose reads the body and the lead, and what the body says of where it was filed.
func (b *builder) prose() {
	given := markup.Prose(wholeText(b.news["articleBody"]), true)
	titles := []string{b.a.Title, text1(b.news["headline"]), b.get("og:title")}
	for _, h := range b.headings {
		titles = append(titles, text(h))
	}
	b.a.Body = b.layout.prose(titles)
	if len(given) > 250 && len(b.a.Body)*5 < len(given)*3 {
		b.a.Body = given // the page shows only its beginning, or nothing before its scripts run
	}
	b.a.Lead = first(b.get("og:description"), b.get("description"), text1(b.news["description"]), b.value("description"),
		b.get("twitter:description", "dc.description", "dcterms.description", "sailthru.description"))
	if strings.HasPrefix(b.a.Lead, "<") {
		b.a.Lead = markup.Line(b.a.Lead)
	}
	b.a.Dateline, b.a.Agency = dateline.Read(b.a.Body)
	b.a.Dateline = first(b.a.Dateline, text1(b.news["dateline"]))
}

// agency takes the wire service that the article is signed by, where its text credits none.
func (b *builder) agency() {
	for _, name := range b.a.Authors {
		b.a.Agency = first(b.a.Agency, dateline.Agency(name))
	}
}

// wholeText returns a text, or all texts of a list as paragraphs.
func wholeText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		var parts []string
		for _, m := range v {
			if s, ok := m.(string); ok {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, "\n\n")
	}
	return ""
}

// subjects reads the language, the section and the topics.
func (b *builder) subjects() {
	for _, s := range [...]string{b.language, text1(b.news["inLanguage"]), b.get("og:locale"), b.get("content-language", "dc.language", "language", "dcterms.language"), b.value("inlanguage")} {
		if b.a.Language = fields.LanguageCode(s); b.a.Language != "" {
			break
		}
	}
	sections := texts(b.news["articleSection"])
	b.a.Section = first(b.get("article:section", "parsely-section", "og:article:section"), first(sections...), b.value("articlesection"), b.get("section", "cxenseparse:recs:category", "dc.subject"))
	if strings.Count(b.a.Section, ",") > 2 {
		b.a.Section = ""
	}
	var topics []string
	for _, name := range [...]string{"article:tag", "og:article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags", "cxenseparse:recs:keyword"} {
		for _, v := range b.metas[name] {
			topics = append(topics, splitTopics(v)...)
		}
	}
	for _, v := range append(b.linked.names(b.news["keywords"]), sections...) {
		topics = append(topics, splitTopics(v)...)
	}
	topics = append(topics, splitTopics(b.value("keywords"))...)
	seen := map[string]bool{strings.ToLower(b.a.Section): true}
	for _, t := range topics {
		t = strings.TrimPrefix(strings.Trim(plain(t), "\"'#[] "), "tag:")
		if key := strings.ToLower(t); t != "" && len(t) <= 100 && !seen[key] && len(b.a.Topics) < maxValues {
			seen[key] = true
			b.a.Topics = append(b.a.Topics, t)
		}
	}
}

// splitTopics parts topics at semicolons or bars, else at commas.
func splitTopics(s string) []string {
	for _, sep := range [...]string{";", "|", ",", "、", "،"} {
		if strings.Contains(s, sep) {
			return strings.Split(s, sep)
		}
	}
	return []string{s}
}

// entities reads whom and what the JSON-LD says that the article is about, in the types that Dateline has.
func (b *builder) entities() {
	type key struct{ typ, name string }
	seen := map[key]bool{}
	for _, prop := range [...]string{"about", "mentions", "contentLocation", "spatialCoverage"} {
		values, ok := b.news[prop].([]any)
		if !ok {
			values = []any{b.news[prop]}
		}
		for _, v := range values {
			o, ok := b.linked.resolve(v).(object)
			if !ok || len(b.a.Entities) == maxValues {
				continue
			}
			typ := ""
			for _, t := range texts(o["@type"]) {
				typ = first(typ, fields.EntityType(t[strings.LastIndexAny(t, ":/#")+1:]))
			}
			name := text1(o["name"])
			if k := (key{typ, strings.ToLower(name)}); typ != "" && name != "" && len(name) <= 200 && !seen[k] {
				seen[k] = true
				b.a.Entities = append(b.a.Entities, index.Entity{Type: typ, Name: name, Count: 1})
			} else if typ == "" && name != "" {
				b.a.Topics = addTopic(b.a.Topics, name)
			}
		}
	}
}

func addTopic(topics []string, name string) []string {
	if len(topics) >= maxValues || slices.ContainsFunc(topics, func(t string) bool { return strings.EqualFold(t, name) }) {
		return topics
	}
	return append(topics, name)
}

// keepRest keeps what Dateline has no field for.
func (b *builder) keepRest() {
	for _, name := range [...]string{"og:type", "og:image", "article:content_tier", "robots", "copyright"} {
		b.keep(name, b.get(name))
	}
	for _, name := range [...]string{"@type", "alternativeHeadline", "image", "isAccessibleForFree", "copyrightHolder", "creditText", "wordCount", "version", "correction"} {
		b.keep(name, b.news[name])
	}
}
