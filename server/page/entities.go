package page

import (
	"io"
	"strconv"

	"dateline/index"
)

// EntitiesPath is the path of the page Entities.
const EntitiesPath = "/entities"

// Entities is the page of all people, organisations and places: the most named, those of a name that is looked for, what may be
// one, and what was decided.
type Entities struct {
	Name        string                       // what is looked for, or ""
	Facets      map[index.Field]*index.Facet // of each type: the most named, or those that the name finds
	FacetSize   int                          // how many of each were asked for
	Suggestions []index.Suggested            // the best
	Waiting     int                          // how many there are in all
	Size        int                          // how many were asked for
	Decisions   []index.Decision
	Done        int
	MayDecide   bool
	Fault       *DecisionFault
	Stats       index.Stats
}

// entitiesView is what entities.html draws.
type entitiesView struct {
	frame
	Heading     string
	Name        string
	All         string // address of the page without a name
	Done        *done
	Untold      string
	Types       []entityList
	Suggestions []suggestion
	Waiting     string
	More        link // more suggestions
	Log         []logLine
	Decisions   string
	Export      string
}

// entityList are entities of one type.
type entityList struct {
	ID, Title string
	Rows      []entityRow
	More      link
	None      string
}

// entityRow is one of them: a link to its page, and its articles, which the count leads to.
type entityRow struct {
	Name, Count link
	Spellings   string
}

// Render writes the page.
func (e Entities) Render(w io.Writer) error {
	p := params{path: EntitiesPath}
	if e.Name != "" {
		p = p.with("name", e.Name)
	}
	if e.FacetSize != index.DefaultFacetSize && e.FacetSize != 0 {
		p = p.with("facet_size", strconv.Itoa(e.FacetSize))
	}
	if e.Size != index.DefaultSize && e.Size != 0 {
		p = p.with("size", strconv.Itoa(e.Size))
	}
	d := newDesk(e.MayDecide, p, e.Fault)
	v := entitiesView{
		frame: newFrame("Names", e.Stats).on(EntitiesPath), Heading: "People, organisations and places", Name: e.Name, All: EntitiesPath,
		Done: newDone(d, e.Decisions, e.Done), Suggestions: newSuggestions(d, e.Suggestions), Export: "/api/v1/decisions?format=text",
	}
	v.NoIndex = !p.empty()
	for _, typ := range index.EntityTypes {
		v.Types = append(v.Types, e.list(p, index.Field(typ)))
	}
	if left := e.Waiting - len(e.Suggestions); left > 0 {
		v.Waiting = number(len(e.Suggestions)) + " of " + number(e.Waiting) + " are shown, those that look most alike."
		if len(e.Suggestions) < index.MaxSize {
			v.More = link{Text: "More suggestions", URL: p.with("size", strconv.Itoa(index.MaxSize)).URL()}
		}
	}
	var total int
	v.Log, total = newLog(d, e.Decisions, maxLog, nil)
	v.Decisions = count(total, "decision", "decisions")
	v.Untold = d.untold(e.Fault)
	return render(w, "entities.html", v)
}

// list makes the list of a type.
func (e Entities) list(p params, f index.Field) entityList {
	names := fieldNames[f]
	v := entityList{ID: string(f), Title: capital(names.many), None: "No article names any " + names.one + "."}
	if e.Name != "" {
		v.None = "No " + names.one + " has such a name."
	}
	c := e.Facets[f]
	if c == nil {
		return v
	}
	for _, x := range c.Values {
		row := entityRow{Name: entityLink(string(f), x.Value), Count: link{Text: number(x.Count), URL: filterLink(params{}, f, x.Value).URL}}
		if x.Names > 1 {
			row.Spellings = count(x.Names, "spelling", "spellings")
		}
		v.Rows = append(v.Rows, row)
	}
	v.More = moreLink(p, c)
	return v
}
