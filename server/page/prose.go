package page

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"dateline/index"
)

// part is a piece of a run: marked when a search matches it.
type part struct {
	Text   string
	Marked bool
	ID     string // of the anchor, where a match begins
}

// match is a place in a field that a search matches, in characters. Its number is among those of the whole article, from 1.
type match struct{ start, end, number int }

// matchID is the anchor of a match.
func matchID(n int) string { return "m" + strconv.Itoa(n) }

// prose is the text of an article as the page shows it: with the names that it mentions as links, if they are wanted, and what
// the search matches marked.
type prose struct {
	article index.Article
	names   bool
	matches map[string][]match // by field
	count   int                // of matches
}

func newProse(a index.Article, names bool, marks *index.Marks) *prose {
	p := &prose{article: a, names: names, matches: map[string][]match{}}
	if marks == nil {
		return p
	}
	p.find("title", a.Title, marks.Title)
	p.find("lead", a.Lead, marks.Lead)
	p.find("body", a.Body, marks.Body)
	return p
}

// find numbers the matches of a field. Marked words with nothing between them but a space are one match, whatever the query made of
// them: a match is a place to go to, and these are one place. A marker, whose marks say why a hit was found, joins the words of
// a phrase alone. Segments of another text, as of an article that was changed a moment ago, mark nothing.
func (p *prose) find(field, text string, segments []index.Segment) {
	var whole strings.Builder
	for _, s := range segments {
		whole.WriteString(s.Text)
	}
	if whole.String() != text {
		return
	}
	at, gap := 0, ""
	for _, s := range segments {
		n := utf8.RuneCountInString(s.Text)
		switch list := p.matches[field]; {
		case !s.Marked:
			gap += s.Text
		case len(list) > 0 && strings.TrimSpace(gap) == "" && !strings.Contains(gap, "\n"):
			list[len(list)-1].end = at + n
		default:
			p.count++
			p.matches[field] = append(list, match{at, at + n, p.count})
		}
		if s.Marked {
			gap = ""
		}
		at += n
	}
}

// field is a field of one paragraph; without a text it is shown as otherwise.
func (p *prose) field(name, text, otherwise string) []run {
	if text == "" {
		return p.runs(nil, otherwise, 0, nil)
	}
	m := p.mentions(name)
	return p.runs(&m, text, 0, p.matches[name])
}

// body is the body in its paragraphs.
func (p *prose) body() (list [][]run) {
	m := p.mentions("body")
	for _, x := range paragraphs(p.article.Body) {
		list = append(list, p.runs(&m, x.text, x.before, p.matches["body"]))
	}
	return list
}

// mentions are those of a field, none when names are not wanted.
func (p *prose) mentions(field string) mentions {
	if !p.names {
		return nil
	}
	return newMentions(p.article.Entities, field)
}

// runs cuts a piece of a field, which has so many characters before it, at its mentions, and these at the matches.
func (p *prose) runs(m *mentions, text string, before int, matches []match) []run {
	if m == nil {
		m = &mentions{}
	}
	list := m.cut(text, before)
	for i := range list {
		list[i].Parts = parts(list[i].Text, before, matches)
		before += utf8.RuneCountInString(list[i].Text)
	}
	return list
}

// parts cuts a text, which has so many characters before it, at the matches. Where a match goes over the ends of a mention, each
// side has its part of it, and only the first the anchor.
func parts(text string, before int, matches []match) (list []part) {
	chars, done := []rune(text), 0
	put := func(end int, p part) {
		if p.Text = string(chars[done:end]); p.Text != "" {
			list = append(list, p)
		}
		done = end
	}
	for _, m := range matches {
		start, end := max(m.start-before, done), min(m.end-before, len(chars))
		if start >= end {
			continue
		}
		put(start, part{})
		p := part{Marked: true}
		if start == m.start-before {
			p.ID = matchID(m.number)
		}
		put(end, p)
	}
	put(len(chars), part{})
	return list
}
