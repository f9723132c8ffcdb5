package page

import (
	"encoding/json"
	"net/url"
	"time"

	"dateline/index"
	"dateline/query"
)

// at reads a time that a test writes out.
func at(s string) index.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return index.At(t)
}

var stats = index.Stats{
	Articles: 12345, Texts: 11000, Stories: 11000, Undated: 23, Sources: 41,
	First: at("2022-01-03T00:00:00Z"), Last: at("2024-03-14T10:05:00Z"),
}

// seg parts a text at the marks: "Oil [price] rises".
func seg(text string) []index.Segment {
	var list []index.Segment
	marked, begin := false, 0
	put := func(end int) {
		if end > begin {
			list = append(list, index.Segment{Text: text[begin:end], Marked: marked})
		}
		begin = end + 1
	}
	for i := range len(text) {
		if text[i] == '[' || text[i] == ']' {
			put(i)
			marked = text[i] == '['
		}
	}
	put(len(text))
	return list
}

// oil is a search as a reader may ask it: words, two filters, an exclusion and an order.
func oil() url.Values {
	return url.Values{
		"q": {"oil price"}, "from": {"2023-05"}, "source": {"HarbourGazette.com", "The Quay"}, "not.topic": {"sport"},
		"sort": {"newest"}, "size": {"20"},
	}
}

// found is an answer with something of everything.
func found() *index.Result {
	next := "c2&=/+x"
	return &index.Result{
		Query: index.QueryInfo{Text: "oil price", Canonical: "oil price", Match: query.MatchAll},
		Total: index.Total{Articles: 1234, Texts: 1100, Stories: 1100}, TookMS: 3.14159,
		Hits: []index.Hit{
			{
				ID: "https://harbourgazette.com/2024/quay?a=1&b=2", URL: "https://harbourgazette.com/2024/quay?a=1&b=2",
				Title: "Oil price rises", Source: "HarbourGazette.com", Agency: "Harbour News", Language: "en",
				Published: at("2024-03-14T10:05:00Z"), Precision: "minute",
				Highlights: index.Highlights{
					Title: seg("[Oil] [price] rises as port stays shut"),
					Body:  [][]index.Segment{seg("The [price] of [oil] rose on Thursday"), seg("a barrel of [oil] cost more")},
				},
				People: []string{"Ruslan Mirzaev", "Ada Quist", "B. One", "C. Two", "D. Three"}, Places: []string{"Rotterdam"},
				Orgs: []string{"Port Authority"}, Story: index.StoryInfo{ID: "s1", Articles: 12, Sources: 9},
			},
			{
				ID: "undated", Title: "", Lead: "A lead that stands in for a snippet.", Source: "The Quay", Language: "ar",
				Story: index.StoryInfo{ID: "s2", Articles: 1, Sources: 1},
			},
		},
		Facets:   foundFacets(),
		Timeline: foundTimeline(),
		Next:     &next,
	}
}

func foundFacets() map[index.Field]*index.Facet {
	return map[index.Field]*index.Facet{
		index.FieldSource: {Distinct: 31, Values: []index.FacetValue{
			{Value: "harbourgazette.com", Count: 1000, Selected: true}, {Value: "Morning Tide", Count: 77},
			{Value: "The Quay", Count: 0, Selected: true},
		}},
		index.FieldAgency: {Distinct: 1, Missing: 1222, Values: []index.FacetValue{{Value: "Harbour News", Count: 12}}},
		index.FieldPerson: {Distinct: 2, Missing: 5, Values: []index.FacetValue{
			{Value: "Ruslan Mirzaev", Count: 9}, {Value: "Ada Quist", Count: 4},
		}},
		index.FieldLanguage: {Distinct: 2, Values: []index.FacetValue{{Value: "en", Count: 8}, {Value: "xx", Count: 4}}},
		index.FieldTopic:    {Distinct: 1, Values: []index.FacetValue{{Value: "Sport", Count: 3, Excluded: true}}},
		index.FieldSection:  {},
	}
}

func foundTimeline() *index.Timeline {
	return &index.Timeline{Interval: index.Month, Unit: index.Articles, Undated: 23, Buckets: []index.Bucket{
		{Start: "2023-05-01", Count: 12, All: 400}, {Start: "2023-06-01", Count: 0, All: 380},
		{Start: "2023-07-01", Count: 1200, All: 1500}, {Start: "2023-08-01", Count: 1, All: 10},
		{Start: "2023-09-01", Count: 300, All: 310},
	}}
}

// storyArticle is an article with something in every field.
func storyArticle() index.Article {
	return index.Article{
		ID: "https://harbourgazette.com/a/1", URL: "https://www.harbourgazette.com/a/1?x=1&y=2", Source: "HarbourGazette.com",
		Agency: "Harbour News", Title: "Port Authority reopens North Quay", Lead: "Repairs took three weeks.",
		Body:    "The Port Authority said on Thursday that ships are back.\n\nA second paragraph,\nwith a line of its own.",
		Authors: []string{"Ada Quist", "Bo Lund"}, Dateline: "Rotterdam", Published: at("2024-03-14T00:00:00Z"),
		Precision: "day", DateFrom: "header", Updated: at("2024-03-15T08:09:10Z"), Indexed: at("2026-11-23T10:00:00Z"),
		Language: "en", Section: "Business", Topics: []string{"shipping", "ports & quays"},
		Entities: []index.Entity{
			{Type: index.Person, Name: "Ruslan Mirzaev", Aliases: []string{"Mirzaev", "Mirzayev"}, Count: 2},
			{Type: index.Org, Name: "Port Authority", Count: 1}, {Type: index.Place, Name: "Rotterdam", Count: 1},
		},
		Words: 1311, Story: "s1", Text: "t1", Format: "text", Path: "000.txt",
		Extra: map[string]json.RawMessage{"bias": json.RawMessage(`"centre"`), "ids": json.RawMessage(`[1,2]`)},
	}
}
