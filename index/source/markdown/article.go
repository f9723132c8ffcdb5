package markdown

import (
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/source/date"
	"dateline/index/source/fields"
	"dateline/index/source/record"
)

// post is one file while it becomes an article.
type post struct {
	fields  []field
	at      record.Place
	options record.Options
}

// article makes an article of a file.
func article(text string, at record.Place, o record.Options) (index.Article, error) {
	front, body, kind := cut(text)
	if kind == "" {
		return index.Article{}, record.Faultf(at, record.NoHeader, `the file does not begin with front matter between lines of "---", "+++" or ";;;"`)
	}
	list, err := readFront(front, kind)
	if err != nil {
		return index.Article{}, record.Faultf(at, record.BadSyntax, "front matter: %s", strings.ReplaceAll(err.Error(), "\n", " "))
	}
	p := &post{fields: list, at: at, options: o}
	if fault := p.withheld(); fault != nil {
		return index.Article{}, fault
	}
	paragraphs, title := read(body)
	if has := p.value("title", "headline"); has == "" && title != "" {
		p.text("title", title)
		paragraphs = paragraphs[1:]
	} else if title != "" && strings.EqualFold(has, title) {
		paragraphs = paragraphs[1:]
	}
	if len(paragraphs) > 0 {
		p.set("body", strings.Join(paragraphs, "\n\n"))
	}
	p.dateOfName()
	p.rename("lastmod", "modified")
	p.rename("last_modified_at", "modified")
	named := make([]fields.Field, len(p.fields))
	for i, f := range p.fields {
		named[i] = fields.Field{Name: f.name, Value: fields.JSON(f.raw)}
	}
	return fields.Article(named, fields.Options{Place: at, Format: formatName, Source: o.Source, Now: o.Time()})
}

// withheld says why the article is not published, if its front matter says so: draft: true, Jekyll's published: false, or
// a publishDate that has not come.
func (p *post) withheld() *record.Fault {
	if p.value("draft") == "true" {
		return record.Faultf(p.at, record.Unpublished, "the front matter says draft: true")
	}
	switch p.value("published") {
	case "false":
		return record.Faultf(p.at, record.Unpublished, "the front matter says published: false")
	case "true":
		p.rename("published", "published: true") // no date, which the name is for
	}
	if t, _, err := date.Parse(p.value("publishDate", "publishdate")); err == nil && t.After(p.options.Time()) {
		return record.Faultf(p.at, record.Embargoed, "it is to be published on %s", t.Format("2006-01-02 15:04 UTC"))
	}
	return nil
}

// value returns the text of the first field of one of the names, or "".
func (p *post) value(names ...string) string {
	for _, f := range p.fields {
		if slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, f.name) }) {
			if s := f.text(); s != "" {
				return s
			}
		}
	}
	return ""
}

func (p *post) text(name, s string) {
	raw, _ := json.Marshal(s) // a text always has a form
	p.fields = append(p.fields, field{name, raw})
}

// set gives a field its value in place of others of the name.
func (p *post) set(name, s string) {
	p.rename(name, "front matter: "+name)
	p.text(name, s)
}

// rename gives a field of the front matter another name.
func (p *post) rename(name, to string) {
	for i, f := range p.fields {
		if strings.EqualFold(f.name, name) {
			p.fields[i].name = to
		}
	}
}

// dayOfName is how Jekyll names a post: 2024-03-14-north-quay-reopens.md.
var dayOfName = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})-.`)

// dateOfName takes the day of publication from the name of the file, where the front matter gives none.
func (p *post) dateOfName() {
	m := dayOfName.FindStringSubmatch(path.Base(p.options.Name))
	if m == nil || p.value("date", "published", "publishDate", "pubDate", "date_published", "datePublished") != "" {
		return
	}
	if t, _, err := date.Parse(m[1]); err == nil && date.Possible(t, p.options.Time()) == nil {
		p.text("published", m[1])
		p.text("published_from", "name")
	}
}
