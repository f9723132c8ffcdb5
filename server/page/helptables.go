package page

import "dateline/index"

// usage is a line of a table of the help: parameters or addresses, and what there is to say of them.
type usage struct {
	Names []string
	Takes []index.Segment
}

// Parameters are those of a search, in groups.
func (helpView) Parameters() []usage {
	return []usage{
		{[]string{"q"}, typed("the query; without one every article is found")},
		{[]string{"match"}, typed("`auto`, `all` or `any` of the words")},
		{[]string{"from", "to"}, typed("a day, a month or a year, both included, or a time such as `2024-03-14T10:00:00Z`")},
		{fieldParams(""), typed("a value; repeated: any of them; different ones: all of them")},
		{fieldParams("not."), typed("a value that an article must not have")},
		{[]string{"missing"}, typed("a field of which an article has no value: `missing=agency`")},
		{[]string{"sort", "recency"}, typed("the order: `relevance`, `newest` or `oldest`; how much newer articles are preferred by relevance")},
		{[]string{"size", "cursor"}, typed("hits on a page, 10 if not said, at most 100; where the next page begins, as the page before says")},
		{[]string{"group", "count"}, typed("`text` or `story`: one hit of each; `articles`, `texts` or `stories`: what filters and chart count")},
		{[]string{"view", "chart", "seen"}, typed("`compact`: a line for each hit; `share`: the chart shows the share of all coverage; how many hits the pages before had, for their numbers")},
		{[]string{"interval", "tz"}, typed("of the bars: `hour`, `day`, `week`, `month`, `quarter`, `year`; the zone in which days begin and end, UTC if not said: `tz=Asia/Tokyo`")},
		{[]string{"facets", "facet_size"}, typed("the filters that are counted, or `none`; values of each")},
		{[]string{"as_of", "future", "variants", "explain"}, typed("an earlier state of the index; `1`: dates of the future like others; `off`: words only as written; `1`: why each hit stands where it does")},
	}
}

// fieldParams are the filters, with a beginning.
func fieldParams(before string) []string {
	var names []string
	for _, f := range index.FacetFields {
		names = append(names, before+string(f))
	}
	return names
}

// Addresses are what answers besides the pages.
func (helpView) Addresses() []usage {
	return []usage{
		{[]string{"/api/v1/search"}, typed("the search as JSON, with the parameters above")},
		{[]string{"/api/v1/export"}, typed("every article that a search finds, one after the other: `format=jsonl` (JSON lines, all fields) or `format=csv` (a table, for spreadsheets)")},
		{[]string{"/api/v1/facets/FIELD"}, typed("values of one filter, by the beginning of a word in them: `prefix=har`")},
		{[]string{"/api/v1/articles/ID"}, typed("one article with all that is known of it")},
		{[]string{"/api/v1/entities/TYPE"}, typed("names of people (`person`), organisations (`org`) and places (`place`)")},
		{[]string{"/api/v1/stats"}, typed("what the index holds")},
	}
}
