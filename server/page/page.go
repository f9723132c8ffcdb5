// Package page draws the pages: the search, an article, the help and the faults. It takes what an engine answered and the
// parameters that asked for it, and knows nothing of HTTP.
//
// The pages hold no script and no style of their own and nothing of other hosts, so that they work under the strictest
// Content-Security-Policy; the script that they load (static/js) makes some things quicker, and nothing depends on it.
// Everything that comes from an article is data: html/template escapes it.
package page

import (
	"bytes"
	"embed"
	"html/template"
	"io"
	"sync"

	"dateline/index"
)

//go:embed templates/*.html
var templateFiles embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{"level": level}).ParseFS(templateFiles, "templates/*.html"))

// drawing is where pages are drawn: one has a hundred kilobytes, which would be got piece by piece.
var drawing = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// render draws a template whole before it writes the first byte, so that a fault leaves no half page.
func render(w io.Writer, name string, view any) error {
	b := drawing.Get().(*bytes.Buffer)
	defer drawing.Put(b)
	b.Reset()
	if err := templates.ExecuteTemplate(b, name, view); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// frame is what every page has around its content.
type frame struct {
	Title   string // of the window
	Style   string // address of the style sheet
	Script  string // address of the script, without which all works
	Theme   string // address of the script that sets the colours the reader chose
	Icon    string
	About   string // what the page is, for those who list pages
	Here    string // path of the page, when the navigation has it
	NoIndex bool   // keep crawlers away: searches combine without end
	Form    form
	Stats   string // what is in the index, for the footer
	Links   []headLink
	// Canonical is the address under which the same is found without what led the reader to it; "" when that is the page's own.
	Canonical string
}

// form is the search box.
type form struct {
	Action string
	Text   string
	Fault  bool
	Focus  bool
	Hidden []hidden
}

// hidden is a parameter that the search box carries on.
type hidden struct{ Name, Value string }

func newFrame(title string, s index.Stats) frame {
	const site = "Dateline"
	if title = plainTitle(title); title != "" {
		title += " – "
	}
	return frame{
		Title: title + site, Style: assetURL("page.css"), Script: assetURL("page.js"), Theme: assetURL("theme.js"), Icon: assetURL("icon.svg"),
		About: "Full-text search for news: " + statsLine(s), Form: form{Action: searchPath}, Stats: statsLine(s), Links: []headLink{describedBy()},
	}
}

// on says which page of the navigation it is.
func (f frame) on(path string) frame {
	f.Here = path
	return f
}

// statsLine says in one line what the index holds.
func statsLine(s index.Stats) string {
	if s.Articles == 0 {
		return "The index is empty"
	}
	line := count(s.Articles, "article", "articles")
	if s.Sources > 0 {
		line += " of " + count(s.Sources, "source", "sources")
	}
	if !s.First.IsZero() && !s.Last.IsZero() {
		line += ", " + span(s.First.Time, s.Last.Time)
	}
	return line
}
