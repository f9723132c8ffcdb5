package page

import (
	"io"
	"net/url"
	"strconv"

	"dateline/index"
	"dateline/query"
)

// Fault says why a search could not be done: one of its parameters cannot be.
type Fault struct {
	Param  string     // the parameter; "q" is the query
	At     query.Span // the guilty characters of the query; none when zero
	Detail string     // what is wrong, in a sentence without a full stop; of other parameters than q what follows the name
	Hint   string     // what to do instead, or ""
}

// faultView is what fault.html draws.
type faultView struct {
	frame
	Query                 bool // the fault is in the query
	Param                 string
	Before, Guilty, After string
	Detail, Hint          string
	Without               string // address of the search without the faulty parameter
}

func newFaultView(f frame, p params, fault Fault) faultView {
	v := faultView{
		frame: f, Query: fault.Param == "q", Param: fault.Param,
		Detail: sentence(fault.Detail), Hint: sentence(fault.Hint),
	}
	switch {
	case !v.Query:
		v.Detail = ended(fault.Detail) // the page writes the parameter before it
		v.Without = p.with(fault.Param).URL()
	case fault.At == query.Span{}:
		v.Before = p.get("q")
	default:
		v.Before, v.Guilty, v.After = cut(p.get("q"), fault.At)
	}
	return v
}

// cut parts a text at a span. An empty span, as at the end of a text that breaks off, shows as a blank.
func cut(text string, at query.Span) (before, guilty, after string) {
	r := []rune(text)
	start := min(max(at.Start, 0), len(r))
	end := min(max(at.End, start), len(r))
	guilty = string(r[start:end])
	if guilty == "" {
		guilty = "\u00a0"
	}
	return string(r[:start]), guilty, string(r[end:])
}

// Plain is a page with a message: no such article, too many requests, a fault of the server.
type Plain struct {
	Title  string
	Detail string     // in a sentence, with or without its full stop
	Hint   string     // likewise, or ""
	Name   string     // that no entity has, to be looked for among all, or ""
	Source bool       // it is that of no source
	Words  string     // what the address seems to be about, to be searched for, or ""
	After  string     // seconds after which asking again may help, or ""
	Params url.Values // of the search that could not be done, nil when it was none: the box keeps them
	Slow   bool       // it ran out of its time
	Stats  index.Stats
}

// plainView is what plain.html draws.
type plainView struct {
	frame
	Heading, Detail, Hint string
	After                 string
	Ways                  []link // what may lead on
}

// Render writes the page.
func (p Plain) Render(w io.Writer) error {
	f := newFrame(p.Title, p.Stats)
	f.NoIndex = true
	if p.Stats.Articles == 0 {
		f.Stats = "" // the engine may be what failed
	}
	asked := newParams(p.Params)
	f.Form.Text, f.Form.Hidden = asked.get("q"), asked.hidden("q", "from", "to", "as_of", "cursor")
	v := plainView{frame: f, Heading: p.Title, Detail: sentence(p.Detail), Hint: sentence(p.Hint), Ways: p.ways(asked)}
	if n, err := strconv.Atoi(p.After); err == nil {
		v.After = count(n, "second", "seconds")
	}
	return render(w, "plain.html", v)
}

func (p Plain) ways(asked params) []link {
	var ways []link
	if p.Name != "" && p.Source {
		ways = append(ways, link{Text: "Look for it among all sources", URL: params{path: SourcesPath}.with("name", p.Name).URL()})
	} else if p.Name != "" {
		ways = append(ways, link{Text: "Look for it among all names", URL: params{path: EntitiesPath}.with("name", p.Name).URL()})
	}
	if p.Words != "" {
		ways = append(ways, link{Text: "Search for " + p.Words, URL: params{}.with("q", p.Words).URL()})
	}
	if p.Params != nil {
		ways = append(ways, link{Text: "Ask the same again", URL: asked.URL()})
	}
	if p.Slow {
		ways = append(ways, link{Text: "Ask it without filters to choose from, which is less work", URL: asked.with("facets", "none").URL()})
	}
	return append(ways, link{Text: "The newest articles", URL: searchPath}, link{Text: "How to search", URL: HelpPath})
}
