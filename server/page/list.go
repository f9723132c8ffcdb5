package page

import (
	"cmp"
	"net/url"
	"strconv"

	"dateline/index"
)

// Own are the parameters of the search page itself, which make no difference to what is found: view=compact lists a hit a line;
// seen is how many hits the pages before had; chart is what the chart draws, ChartCounts or ChartShare.
var Own = []string{"view", "seen", "chart"}

// The ways to list hits.
const (
	viewComfortable = "comfortable"
	viewCompact     = "compact"
)

// CheckOwn returns the *index.ParamError of a parameter of the page itself that cannot be, or nil.
func CheckOwn(v url.Values) error {
	if view := v.Get("view"); view != "" && view != viewComfortable && view != viewCompact {
		return &index.ParamError{Name: "view", Detail: "must be comfortable or compact, not " + strconv.Quote(view)}
	}
	if chart := v.Get("chart"); chart != "" && chart != ChartCounts && chart != ChartShare {
		return &index.ParamError{Name: "chart", Detail: "must be counts or share, not " + strconv.Quote(chart)}
	}
	if seen := v.Get("seen"); seen != "" {
		if n, err := strconv.Atoi(seen); err != nil || n < 0 || n > maxSeen {
			return &index.ParamError{Name: "seen", Detail: "must be the number of hits on the pages before, not " + strconv.Quote(seen)}
		}
	}
	return nil
}

// maxSeen is more than any index has.
const maxSeen = 1_000_000_000

// listed says which of the hits a page has.
type listed struct {
	First int    // the number of its first hit; 0 where it is not known
	Text  string // "26 to 50 of 1,234 articles"
	Seen  string // the parameter of the next page
}

func newRange(p params, r *index.Result) listed {
	seen, err := strconv.Atoi(cmp.Or(p.get("seen"), "0"))
	if n := len(r.Hits); n > 0 && err == nil && seen >= 0 && (seen > 0) == (p.get("cursor") != "") {
		unit, text := grouped(p), number(seen+1)
		if n > 1 {
			text += " to " + number(seen+n)
		}
		text += " of " + units(max(r.Total.Of(unit), seen+n), unit)
		return listed{First: seen + 1, Seen: strconv.Itoa(seen + n), Text: text}
	}
	return listed{}
}

// grouped is what a page lists one hit of each.
func grouped(p params) index.Unit {
	switch p.get("group") {
	case "text":
		return index.Texts
	case "story":
		return index.Stories
	}
	return index.Articles
}

func sizes(p params) []choice {
	list := choices(p, "size", [][2]string{{"10", "10"}, {"25", "25"}, {"50", "50"}, {"100", "100"}})
	for _, c := range list {
		if c.Current {
			return list
		}
	}
	if n, err := strconv.Atoi(p.get("size")); err == nil {
		list = append(list, choice{Text: number(n), URL: p.without().URL(), Current: true})
	}
	return list
}

func views(p params) []choice {
	return choices(p, "view", [][2]string{{viewComfortable, viewComfortable}, {viewCompact, viewCompact}})
}

// scales are what charts may draw.
func scales(p params) []choice {
	return choices(p, "chart", [][2]string{{ChartCounts, "counts"}, {ChartShare, "share of all coverage"}})
}

// countings are the units that facets and the timeline may count.
func countings(p params) []choice {
	return choices(p, "count", [][2]string{{"articles", "articles"}, {"texts", "distinct texts"}, {"stories", "stories"}})
}
