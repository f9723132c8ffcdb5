package main

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"dateline/index"
	"dateline/query"
)

// filters are the flags of a search: the parameters of the HTTP interface with dashes.
type filters struct {
	c      *command
	values map[string]*[]string // by parameter
}

// narrowing adds the flags that say which articles match.
func (f *filters) narrowing(c *command) {
	f.c, f.values = c, map[string]*[]string{}
	f.add("from", "`DATE`", "published on or after it: a day, month or year, or an RFC 3339 time")
	f.add("to", "`DATE`", "published on or before it")
	f.add("tz", "`ZONE`", "where days begin, as Europe/Berlin: in dates asked for and in the timeline (default UTC)")
	for _, field := range index.FacetFields {
		f.add(string(field), "`VALUE`", "only articles with this "+string(field)+"; repeat it for any of several")
	}
	for _, field := range index.FacetFields {
		f.add("not."+string(field), "`VALUE`", "no articles with it; so also --not-agency, --not-person and the rest")
		c.flags.Lookup(flagOf("not." + string(field))).Hidden = field != index.FieldSource
	}
	f.add("missing", "`FIELD`", "only articles that have none, as in --missing agency")
	f.add("as_of", "`DATE`", "search what the index had then: a time, or the end of a day, month or year")
	f.add("variants", "`off`", "take each name as it is written, not for all its spellings")
	f.add("match", "`HOW`", "all or any of the words; auto is any when no article has all")
}

// showing adds the flags that say how a page of matches looks.
func (f *filters) showing() {
	f.add("size", "`N`", fmt.Sprintf("hits on a page, at most %d (default %d)", index.MaxSize, index.DefaultSize))
	f.add("cursor", "`CURSOR`", "the page after the one that ended with it")
	f.add("facets", "`LIST`", "facets to count, as in source,person; or none (default all)")
	f.add("facet_size", "`N`", fmt.Sprintf("values of each facet (default %d)", index.DefaultFacetSize))
	f.add("interval", "`WIDTH`", "bars of the timeline: auto, hour, day, week, month, quarter, year, none")
	f.add("count", "`UNIT`", "what facets and timeline count: articles, texts or stories")
	f.add("group", "`BY`", "one hit for each text or story; or none")
	f.add("explain", "`1`", "say why each hit stands where it does")
	f.add("highlight", "`0`", "hits without passages, and no marks in the titles")
	f.add("around", "`ID`", "with --json: where the article stands in the list, the hits before and after it, and its text with the words marked")
}

func (f *filters) order() {
	f.add("sort", "`ORDER`", "relevance, newest or oldest")
	f.add("future", "`1`", "order dates of the future as others; without it they come last")
	f.add("recency", "`HALFLIFE`", "mix the age into the order by relevance, as in 30d: half of a score fades, half of that in 30 days")
}

func (f *filters) add(param, placeholder, usage string) {
	f.values[param] = repeated(f.c, flagOf(param), placeholder+" "+usage)
}

// repeated adds a flag that may be given several times.
func repeated(c *command, name, usage string) *[]string {
	values := c.flags.StringArray(name, nil, usage)
	c.flags.Lookup(name).DefValue = ""
	return values
}

// flagOf is the flag of a parameter.
func flagOf(param string) string { return strings.NewReplacer(".", "-", "_", "-").Replace(param) }

// flagError names the flag where a fault names the parameter.
func flagError(e *index.ParamError) string {
	named := *e
	if e.Name != "" {
		named.Name = "--" + flagOf(e.Name)
	}
	return named.Error()
}

// request reads the flags and the words of the query, of which the shell has taken the blanks.
func (f *filters) request(args []string) (index.Request, error) {
	v := url.Values{}
	for param, values := range f.values {
		for _, value := range *values {
			v.Add(param, value)
		}
	}
	text := strings.Join(args, " ")
	if text != "" {
		v.Set("q", text)
	}
	r, err := index.ParseRequest(v, time.Now())
	return r, withQuery(err, text)
}

// queryHelp is the query language in short.
func queryHelp() string {
	names := make([]string, 0, len(query.Fields))
	for _, f := range query.Fields {
		names = append(names, f.Name+":")
	}
	return `The query, in short (several arguments are joined by blanks; quote it for the shell):
  oil price           both words           "oil price"         the phrase; "prices" the word as written
  oil OR gas          either               oil -gas, NOT gas   without
  (a OR b) AND c      groups               title:port          in that field
  econom* wom?n       patterns             brexit~ /col(o|ou)r/  words like it, regular expression
  "oil price"~5       moved by at most 5   gas NEAR/5 pipeline   near each other; NOTNEAR/5, ONEAR/5
  a SENTENCE b        in one sentence      a PARAGRAPH b       in one paragraph
  repeat3:oil         three times          near20:"gas oil"    all within 20 words
  "president @person" any name             bribe NEAR/9 @org     also @place, @entity
  oil^2               counts double        has:agency words:>500  conditions
  source:reuters.com  exact value          date:2023-05        by date; also date:2023-05-01..2023-05-31,
                                           after:2023 before:2024-06, date:last7d
` + wrap("Fields: "+strings.Join(names, " "), 0, flagWidth) + `
An empty query matches every article. Before a query that begins with a dash, write --.`
}
