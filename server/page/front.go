package page

import (
	"io"

	"dateline/index"
	"dateline/index/rising"
)

// FrontPath is the path of the front page.
const FrontPath = "/"

// Front is the front page: what the index holds, what is new, what rises, and who is in it.
type Front struct {
	Stats  index.Stats
	Result *index.Result // of everything: the newest articles, the timeline, facets of sources, people, organisations and places
	Future int           // articles dated in the future
	Window string        // name of the window that was asked for, or ""
	Rising *rising.Report
}

// frontView is what front.html draws.
type frontView struct {
	frame
	Holds    []hold
	Span     [2]link // the first and the last day of publication; without text when nothing is dated
	Timeline *timeline
	Rising   *risingView
	Latest   []hit
	More     bool // there are more articles than the latest
	All      link
	Sources  []volume
	Others   link // the sources that are not listed
	Types    []entityList
}

// hold is a number of what the index holds, and where it can be seen.
type hold struct {
	Number, What string
	URL          string
}

// volume is a source with how many articles it has, and a bar as long as that is to the largest.
type volume struct {
	Name, Count link
	Bar         string // length for an attribute
}

// Render writes the page.
func (f Front) Render(w io.Writer) error {
	fr := newFrame("", f.Stats)
	fr.Form.Focus = true
	if f.Stats.Articles == 0 || f.Result == nil {
		return render(w, "empty.html", fr)
	}
	r, p := f.Result, params{}
	v := frontView{
		frame: fr, Holds: f.holds(), Span: f.span(), Timeline: newTimeline(p, r.Timeline), Rising: newRising(f, newestHit(r.Hits)),
		More: f.Stats.Articles > len(r.Hits), All: link{Text: "All " + units(f.Stats.Articles, index.Articles), URL: searchPath},
	}
	v.NoIndex = f.Window != ""
	for _, h := range r.Hits {
		v.Latest = append(v.Latest, newHit(p, h))
	}
	if c := r.Facets[index.FieldSource]; c != nil {
		v.Sources = newVolumes(c)
		if left := c.Distinct - len(c.Values); left > 0 {
			v.Others = link{Text: "All " + count(c.Distinct, "source", "sources"), URL: SourcesPath}
		}
	}
	v.Types = f.named()
	return render(w, "front.html", v)
}

func newestHit(hits []index.Hit) index.Time {
	if len(hits) == 0 {
		return index.Time{}
	}
	return index.Dated(hits[0].Published, hits[0].Flags, false)
}

// holds are the numbers of what the index holds. Texts and stories are left out where every article is one of its own.
func (f Front) holds() []hold {
	s := f.Stats
	list := []hold{{number(s.Articles), noun(s.Articles, "article", "articles"), searchPath}}
	if s.Texts != s.Articles {
		list = append(list, hold{number(s.Texts), noun(s.Texts, "distinct text", "distinct texts"), params{}.with("group", "text").URL()})
	}
	if s.Stories != s.Texts {
		list = append(list, hold{number(s.Stories), noun(s.Stories, "story", "stories"), params{}.with("group", "story").URL()})
	}
	if s.Sources > 0 {
		list = append(list, hold{number(s.Sources), noun(s.Sources, "source", "sources"), SourcesPath})
	}
	for _, typ := range index.EntityTypes {
		if n := s.Entities[typ]; n > 0 {
			names := fieldNames[index.Field(typ)]
			list = append(list, hold{number(n), noun(n, names.one, names.many), EntitiesPath + "#" + typ})
		}
	}
	if s.Undated > 0 {
		list = append(list, hold{number(s.Undated), "undated", params{}.with("q", "NOT has:date").URL()})
	}
	if f.Future > 0 {
		list = append(list, hold{number(f.Future), "dated in the future", params{}.with("q", "flag:"+index.FlagFutureDate).URL()})
	}
	return list
}

// span are the days between which the articles lie, which lead to the oldest and the newest. The last is not one of the future.
func (f Front) span() (v [2]link) {
	newest := newestHit(f.Result.Hits)
	if newest.IsZero() || f.Stats.First.IsZero() {
		return v
	}
	v[0] = link{Text: newDate(f.Stats.First, "day").Text, URL: params{}.with("sort", string(index.SortOldest)).URL()}
	v[1] = link{Text: newDate(newest, "day").Text, URL: searchPath}
	return v
}

func noun(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// newVolumes makes bars of the values of the facet of sources.
func newVolumes(c *index.Facet) []volume {
	most := 1
	for _, x := range c.Values {
		most = max(most, x.Count)
	}
	var list []volume
	for _, x := range c.Values {
		list = append(list, volume{
			Name:  aboutSource(x.Value),
			Count: link{Text: number(x.Count), URL: filterLink(params{}, index.FieldSource, x.Value).URL},
			Bar:   percent(100 * float64(x.Count) / float64(most)),
		})
	}
	return list
}

// named lists the most named entities of each type that any article names.
func (f Front) named() []entityList {
	var list []entityList
	for _, typ := range index.EntityTypes {
		field := index.Field(typ)
		c := f.Result.Facets[field]
		if c == nil || len(c.Values) == 0 {
			continue
		}
		names := fieldNames[field]
		v := entityList{ID: "most-" + typ, Title: capital(names.many), Rows: entityRows(params{}, field, c)}
		if c.Distinct > len(c.Values) {
			v.More = link{Text: "All " + count(c.Distinct, names.one, names.many), URL: EntitiesPath + "#" + typ}
		}
		list = append(list, v)
	}
	return list
}

// entityRows are the values of a facet with links to their pages, and to their articles as far as a search leaves them.
func entityRows(p params, f index.Field, c *index.Facet) []entityRow {
	var rows []entityRow
	for _, x := range c.Values {
		row := entityRow{Name: entityLink(string(f), x.Value), Count: link{Text: number(x.Count), URL: include(p, f, x.Value).URL()}}
		if row.Name.URL == "" {
			row.Name.URL = row.Count.URL
		}
		row.Name.Text = shown(f, x.Value)
		if x.Names > 1 {
			row.Spellings = count(x.Names, "spelling", "spellings")
		}
		rows = append(rows, row)
	}
	return rows
}
