package page

import (
	"cmp"
	"io"
	"net/url"
	"strconv"
	"strings"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/query"
)

// Entity is the page of a person, an organisation or a place.
type Entity struct {
	Info      index.EntityInfo
	Params    url.Values  // of a search, which narrow the page; the entity's own filter is not among them
	Total     index.Total // of the articles of the entity that these leave, which are all that follows is about
	Timeline  *index.Timeline
	Sources   *index.Facet
	First     *index.Hit // the oldest of them; nil when none has a date
	Latest    []index.Hit
	Unit      index.Unit       // what companions, sources and timeline count
	With      []index.Node     // the entities that they name besides, in the order in which those of a type are shown
	Choice    []string         // names that it may be merged with
	Decisions []index.Decision // the log
	Done      int              // the number of the decision that was just made, or 0
	MayDecide bool             // the reader may; without it the page has no forms that write
	Fault     *DecisionFault
	Stats     index.Stats
}

// entityView is what entity.html draws.
type entityView struct {
	frame
	Kind, Name  string
	Hidden      bool
	Done        *done
	Untold      string // a fault that no form of the page tells of
	Counts      entityCounts
	Narrow      narrowing
	AsOf        *asOf
	Suggestions []suggestion
	Timeline    *timeline
	Companions  []companions
	Unit        string // what the companions count
	First       []hit
	Latest      []hit
	More        bool // there are more articles than those shown
	Forms       entityForms
	Desk        *entityDesk
	Log         []logLine
	Exports     []choice
}

// entityCounts say how many articles, texts and stories name an entity.
type entityCounts struct {
	Total          link
	Texts, Stories string
	Of             string // the total without what narrows the page
}

// narrowing is what narrows the page, and may.
type narrowing struct {
	Chips    []chip
	Action   string // of the form
	Words    string
	From, To dateBox
	Hidden   []hidden
	Sources  *facet
}

// entityForms are the forms of an entity.
type entityForms struct {
	Names, Aliases []nameForm
	Apart          []link
	Spellings      choice // the page of one name only, or of all again
}

// entityDesk are the forms that correct an entity, and the names to choose from.
type entityDesk struct {
	Merge, Rename, Apart, Hide *ask
	Choice                     []string
}

// nameForm is a form of an entity with how many articles have it, and why it is one.
type nameForm struct {
	Text, Count, Reason string
	Split               *ask
}

// companions are the entities of one type that articles name beside the page's own.
type companions struct {
	ID, Title, One string
	Rows           []companion
}

// companion is one of them.
type companion struct {
	Name     link   // leads to its page
	Count    link   // of articles that name both, which it leads to
	All      string // of articles that name it at all
	Strength string
	Bar      string // length for an attribute
}

// Render writes the page.
func (e Entity) Render(w io.Writer) error {
	i := e.Info
	p := newParams(e.Params)
	p.path = cmp.Or(EntityURL(i.Type, i.Name), EntitiesPath)
	d := newDesk(e.MayDecide, p, e.Fault)
	v := entityView{
		frame: newFrame(i.Name, e.Stats), Kind: capital(fieldNames[index.Field(i.Type)].one), Name: i.Name, Hidden: i.Hidden,
		Done: newDone(d, e.Decisions, e.Done), Counts: e.counts(p), Narrow: e.narrowing(p), AsOf: newAsOf(p), Suggestions: newSuggestions(d, i.Suggestions),
		Timeline: newTimeline(p, e.Timeline), Companions: e.companions(p), More: e.Total.Articles > len(e.Latest),
		Forms: e.forms(d, p), Desk: e.desk(d), Exports: entityExports(p, i),
	}
	v.NoIndex = !p.empty()
	_, v.Unit = unitNames(e.Unit)
	if e.First != nil && e.Total.Articles > 1 { // one article is the latest already
		v.First = []hit{newHit(p.only("as_of"), *e.First)}
	}
	for _, h := range e.Latest {
		v.Latest = append(v.Latest, newHit(p.only("as_of"), h))
	}
	v.Log, _ = newLog(d, e.Decisions, maxLog, e.isAbout())
	v.Untold = d.untold(e.Fault) // when every form is made
	return render(w, "entity.html", v)
}

// maxLog bounds the decisions that a page lists; the export has all.
const maxLog = 50

// counts says how many articles name the entity, and of how many in all where the page is narrowed or takes one name only.
func (e Entity) counts(p params) entityCounts {
	c := entityCounts{
		Total: link{Text: units(e.Total.Articles, index.Articles), URL: e.search(p).URL()},
		Texts: units(e.Total.Texts, index.Texts), Stories: units(e.Total.Stories, index.Stories),
	}
	if len(chips(p)) > 0 || p.get("q") != "" || asWritten(p) {
		c.Of = units(e.Info.Total.Articles, index.Articles)
	}
	return c
}

// asWritten reports whether names are taken only as they are written.
func asWritten(p params) bool { return p.get("variants") == string(index.VariantsOff) }

func (e Entity) narrowing(p params) narrowing {
	n := narrowing{
		Chips: chips(p), Action: p.path, Words: p.get("q"), Hidden: p.hidden("q", "from", "to", "cursor"),
		From: newDateBox(p.get("from"), e.Stats.First), To: newDateBox(p.get("to"), e.Stats.Last),
	}
	if c := e.Sources; c != nil && len(c.Values) > 0 {
		f := newFacet(p, index.FieldSource, c)
		n.Sources = &f
	}
	return n
}

// search is the search for the articles of the page.
func (e Entity) search(p params) params {
	p.path = ""
	return p.with(e.Info.Type, e.Info.Name)
}

// both is the search for the articles that name the entity and another one. Two filters of one field are alternatives, so that
// one of two of the same type is asked for in the query.
func (e Entity) both(p params, n index.Node) params {
	p = e.search(p)
	if n.Type != e.Info.Type {
		return include(p, index.Field(n.Type), n.Name)
	}
	value := query.Value{Field: n.Type, Text: n.Name}.String()
	switch q := p.get("q"); {
	case strings.ContainsAny(q, " \t\n"):
		value = "(" + q + ") " + value
	case q != "":
		value = q + " " + value
	}
	return p.with("q", value)
}

// maxCompanions bounds the companions of one type.
const maxCompanions = 10

// companions lists the entities that are named beside this one by type. The bars are as long as the strengths are to the
// largest of all.
func (e Entity) companions(p params) []companions {
	most := 0.0
	for _, n := range e.With {
		most = max(most, n.Strength)
	}
	var list []companions
	for _, typ := range index.EntityTypes {
		names := fieldNames[index.Field(typ)]
		c := companions{ID: "with-" + typ, Title: capital(names.many), One: names.one}
		for _, n := range e.With {
			if n.Type != typ || len(c.Rows) == maxCompanions {
				continue
			}
			row := companion{
				Name: entityLink(n.Type, n.Name), Count: link{Text: number(n.Count), URL: e.both(p, n).URL()}, All: number(n.All),
				Strength: strconv.FormatFloat(n.Strength, 'f', 1, 64), Bar: "0%",
			}
			if most > 0 {
				row.Bar = percent(100 * max(n.Strength, 0) / most)
			}
			c.Rows = append(c.Rows, row)
		}
		if len(c.Rows) > 0 {
			list = append(list, c)
		}
	}
	return list
}

// forms lists the names that are one, each with the button that splits it off, and what else the entity is called.
func (e Entity) forms(d *desk, p params) (v entityForms) {
	for _, n := range e.Info.Names {
		f := newNameForm(n)
		if len(e.Info.Names) > 1 {
			f.Split = d.button("Split off", n.Name, index.Decision{Action: index.ActionSplit, Type: e.Info.Type, Name: n.Name})
		}
		v.Names = append(v.Names, f)
	}
	for _, n := range e.Info.Aliases {
		v.Aliases = append(v.Aliases, newNameForm(n))
	}
	for _, name := range e.Info.Apart {
		v.Apart = append(v.Apart, entityLink(e.Info.Type, name))
	}
	switch {
	case asWritten(p):
		v.Spellings = choice{Text: "Take all these names together", URL: p.with("variants").URL()}
	case len(e.Info.Names) > 1:
		v.Spellings = choice{Text: "Only the name as written", URL: p.with("variants", string(index.VariantsOff)).URL()}
	}
	return v
}

func newNameForm(n index.NameForm) nameForm {
	return nameForm{Text: n.Name, Count: units(n.Articles, index.Articles), Reason: n.Reason}
}

// desk makes the forms that correct the entity.
func (e Entity) desk(d *desk) *entityDesk {
	if d == nil {
		return nil
	}
	i := e.Info
	about := func(a index.Action) index.Decision { return index.Decision{Action: a, Type: i.Type, Name: i.Name} }
	v := &entityDesk{
		Merge: d.box(ask{Decision: about(""), ID: "merge", Label: "Is the same as", List: "choice"},
			askButton{"Merge, keep this name", ActionTake}, askButton{"Merge, take that name", index.ActionMerge}),
		Apart: d.box(ask{Decision: about(""), ID: "apart", Label: "Is not the same as", List: "choice"},
			askButton{"Keep apart", index.ActionApart}),
		Rename: d.box(ask{Decision: about(""), ID: "rename", Label: "Show as", Value: i.Name, List: "forms"},
			askButton{"Rename", index.ActionRename}),
		Hide:   d.button("Hide", "this "+fieldNames[index.Field(i.Type)].one+" from lists", about(index.ActionHide)),
		Choice: e.Choice,
	}
	if i.Hidden {
		v.Hide = d.button("Show again", "in lists", about(index.ActionShow))
	}
	return v
}

// isAbout returns whether a decision is about the entity: of any of its names, or the undoing of such a one.
func (e Entity) isAbout() func(index.Decision) bool {
	keys := map[string]bool{analysis.Fold(e.Info.Name): true}
	for _, n := range e.Info.Names {
		keys[analysis.Fold(n.Name)] = true
	}
	var about func(d index.Decision) bool
	about = func(d index.Decision) bool {
		if d.Action == index.ActionUndo {
			i := d.Undoes - 1
			return i >= 0 && i < len(e.Decisions) && e.Decisions[i].Action != index.ActionUndo && about(e.Decisions[i])
		}
		return d.Type == e.Info.Type && (keys[analysis.Fold(d.Name)] || d.Other != "" && keys[analysis.Fold(d.Other)])
	}
	return about
}

// entityExports are the links for programs.
func entityExports(p params, i index.EntityInfo) []choice {
	network := p.without("size", "interval", "facet_size").with(i.Type, i.Name)
	return []choice{
		{Text: "this " + fieldNames[index.Field(i.Type)].one + " as JSON", URL: p.at("/api/v1/entities/" + i.Type + "/" + index.EscapeID(i.Name))},
		{Text: "who appears with it as JSON", URL: network.at("/api/v1/network")},
		{Text: "as GraphML", URL: network.with("format", "graphml").at("/api/v1/network")},
	}
}
