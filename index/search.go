package index

import (
	"slices"
	"time"

	"dateline/query"
)

// Request is what a reader asks. The zero Request asks for the ten newest-ranked articles of everything, no facets and no
// timeline.
type Request struct {
	Query   *query.Query // nil matches every article
	Match   query.Match  // "" is MatchAuto
	Filters Filters
	Sort    Sort   // "" is SortRelevance
	Size    int    // hits on a page, at most MaxSize; 0 is DefaultSize; a negative Size asks for no hits
	Cursor  string // Result.Next of the page before
	// Facets lists the facets to count; FacetSize how many values of each, 0 being DefaultFacetSize.
	Facets    []Field
	FacetSize int
	Interval  Interval // of the timeline; "" draws none
	Count     Unit     // what facets and the timeline count; "" is Articles
	Variants  Variants // "" is VariantsMerged; see Entities
	// Zone is where days begin and end, a zone of the time zone database; nil is UTC. See the package's comment.
	Zone *time.Location
	// Group is Texts or Stories for one hit of each, the first in the order; "" or Articles does not group. Numbers are those
	// of the search without grouping.
	Group   Unit
	Recency Recency // mixed into the order by relevance
	Explain bool    // say why each hit stands where it does
	// Unmarked leaves out what takes most of the time of a search with few hits: Highlights have the title without marks, and no
	// passages.
	Unmarked bool
	// AsOf searches what the index had at a time: the version of each article that it had then. Articles that were deleted since
	// are not in it, and entities are as they are decided now. Zero is the present.
	AsOf time.Time
	// Future orders articles that are flagged FlagFutureDate by their dates. Otherwise they come with the undated ones in both
	// orders by date, so that a wrong clock does not lead the newest.
	Future bool
	// Around is the id of an article that Result.Around is about, "" for none.
	Around string
	// Prompt lets an engine that serves answer of how the index was a moment ago, rather than wait for what it makes after each
	// write: see Completions. A search of a time is not prompt.
	Prompt bool
}

// Limits of a request.
const (
	DefaultSize      = 10
	MaxSize          = 100
	DefaultFacetSize = 10
	MaxFacetSize     = 1000
	MaxBuckets       = 10_000 // of a timeline: 27 years of days
	MaxFilterValues  = 256    // of one field
)

// Filters narrow a search without changing the order of what is left. Values of one field are alternatives; fields all
// apply. Values are compared as query.Value is; empty ones are ignored, and so is a field with no others.
type Filters struct {
	From, To time.Time // the Instant within [From, To); a zero bound is open; undated articles pass only if both are zero
	// FromText and ToText are the bounds as the reader wrote them ("2023-05"), for links back; "" when set in code.
	FromText, ToText string
	Include          map[Field][]string // has one of the values
	Exclude          map[Field][]string // has none of the values
	Missing          []Field            // has no value at all
}

// Sort is the order of the hits. Ties are broken by id, ascending.
type Sort string

// The orders. Undated articles come last in both orders by date, and so do those flagged FlagFutureDate, unless
// Request.Future.
const (
	SortRelevance Sort = "relevance" // by score; when the query has no words (see HasWords), as SortNewest
	SortNewest    Sort = "newest"
	SortOldest    Sort = "oldest"
)

// Unit is what a number counts.
type Unit string

// The units: articles; distinct texts, which copies share; stories.
const (
	Articles Unit = "articles"
	Texts    Unit = "texts"
	Stories  Unit = "stories"
)

// Result is the answer to a Request, and the JSON of the HTTP search.
type Result struct {
	Query      QueryInfo        `json:"query"`
	Total      Total            `json:"total"`
	TookMS     float64          `json:"took_ms"` // time spent in the engine, in milliseconds
	Hits       []Hit            `json:"hits"`
	Facets     map[Field]*Facet `json:"facets"`
	Timeline   *Timeline        `json:"timeline"`
	Suggestion *Suggestion      `json:"suggestion"`
	Clauses    []Clause         `json:"clauses"`   // of a query that found little (see package doctor); empty otherwise, or where they take too long to count
	Narrowing  []Narrowing      `json:"narrowing"` // by filters, of a query that found little; empty otherwise
	Next       *string          `json:"next"`      // cursor of the next page, null on the last
	// Around is there when the request asks for it and the index has the article.
	Around *Around `json:"around,omitempty"`
}

// QueryInfo says how the query was understood.
type QueryInfo struct {
	Text      string      `json:"text"`
	Canonical string      `json:"canonical"`
	Match     query.Match `json:"match"`   // what was used: all or any
	Relaxed   bool        `json:"relaxed"` // whether MatchAuto fell back to any: all, with the filters, found nothing, any did
	// Variants are the words of the query that stand for other spellings of the same name, in the order of the query.
	Variants []WordVariants `json:"variants"`
}

// WordVariants is a word of a query with other spellings of the name that it is.
type WordVariants struct {
	Word     string   `json:"word"`
	Variants []string `json:"variants"` // in byte order
}

// Total counts the matches.
type Total struct {
	Articles int `json:"articles"`
	Texts    int `json:"texts"`
	Stories  int `json:"stories"`
}

// Of returns the total in a unit.
func (t Total) Of(u Unit) int {
	switch u {
	case Texts:
		return t.Texts
	case Stories:
		return t.Stories
	}
	return t.Articles
}

// Hit is one article that matches.
type Hit struct {
	ID         string     `json:"id"`
	URL        string     `json:"url"`
	Title      string     `json:"title"`
	Source     string     `json:"source"`
	Agency     string     `json:"agency"`
	Published  Time       `json:"published"`
	Precision  string     `json:"published_precision"`
	Language   string     `json:"language"`
	Lead       string     `json:"lead"`
	Score      float64    `json:"score"` // 0 when the query has no words
	Highlights Highlights `json:"highlights"`
	People     []string   `json:"people"`
	Orgs       []string   `json:"orgs"`
	Places     []string   `json:"places"`
	Story      StoryInfo  `json:"story"`
	Flags      []string   `json:"flags,omitempty"`
	Version    int        `json:"version,omitempty"` // see Article
	Changed    Time       `json:"changed,omitzero"`
	// Explanation is there when the request asks for it.
	Explanation *Explanation `json:"explanation,omitempty"`
}

// Highlights shows the title with the matched words marked, and the passages of the body that show them best; without
// matched words, the body's beginning.
type Highlights struct {
	Title []Segment   `json:"title"`
	Body  [][]Segment `json:"body"`
}

// TitleAlone are the Highlights of a hit whose request asks for none.
func TitleAlone(title string) Highlights {
	h := Highlights{Title: []Segment{}, Body: [][]Segment{}}
	if title != "" {
		h.Title = append(h.Title, Segment{Text: title})
	}
	return h
}

// Segment is a run of plain text, marked when it is a matched word.
type Segment struct {
	Text   string `json:"t"`
	Marked bool   `json:"m"`
}

// StoryInfo sizes a hit's story over the whole index.
type StoryInfo struct {
	ID       string `json:"id"`       // "" when the article has none; it is then alone
	Articles int    `json:"articles"` // at least 1
	Sources  int    `json:"sources"`  // distinct; 0 when no article names its source
}

// Facet counts the values of a field among the articles that the query and every filter but those of the field itself
// leave.
type Facet struct {
	// Values are the FacetSize largest of those with a count above 0, by count and then by value in byte order. Selected
	// ones are always among them, in the same order at the end when they are not among the largest, with their true count,
	// be it 0.
	Values   []FacetValue `json:"values"`
	Distinct int          `json:"distinct"` // values with a count above 0
	Missing  int          `json:"missing"`  // in the request's unit: those without any value
}

// FacetValue is one value with its count. Spellings that differ by case, accents or "www." are one value; it is shown as
// most articles of the whole index write it in this field, the first in byte order among equals; an article that writes it
// in several ways counts for each. A selected value that the index does not have is shown as it was first asked for.
type FacetValue struct {
	Value    string `json:"value"`
	Count    int    `json:"count"` // in the request's unit
	Selected bool   `json:"selected"`
	Excluded bool   `json:"excluded,omitempty"`
	Names    int    `json:"names,omitempty"` // how many names the entity has that the value is; 0 for one
}

// Timeline counts matches over time. The query and every filter apply, so that the buckets and Undated add up to the total
// when the unit is articles. A text or story counts in every bucket in which a match of it lies. An article counts where its
// Instant in the request's zone lies, one of month or year precision too. An interval that would need more than MaxBuckets is
// a *ParamError. A search with From and To written as a bucket's days finds what the bucket counts.
type Timeline struct {
	Interval Interval `json:"interval"` // as used: never auto, which is Day when nothing dated matches
	Unit     Unit     `json:"unit"`
	Buckets  []Bucket `json:"buckets"` // in order, without holes between the first and the last that count anything
	Undated  int      `json:"undated"`
}

// Bucket is one interval of a timeline.
type Bucket struct {
	Start string `json:"start"` // as Interval.Label has it: the first day as YYYY-MM-DD in the request's zone; for hours RFC 3339
	Count int    `json:"count"` // matches
	All   int    `json:"all"`   // of the whole index, in the same unit
}

// Clause is a part of a query with what it finds by itself.
type Clause struct {
	Text     string     `json:"text"`     // canonical
	At       query.Span `json:"at"`       // in the query's text
	Excluded bool       `json:"excluded"` // the query asks for articles without it
	Articles int        `json:"articles"` // that match it alone, whatever the filters
	Filtered int        `json:"filtered"` // those of them that pass the filters
}

// Narrowing is what a filter takes away.
type Narrowing struct {
	Filter   string `json:"filter"`   // its parameter: source, not.source, missing=source; date for from and to
	Articles int    `json:"articles"` // that the query finds with every filter but this
}

// Suggestion is a query that may have been meant. It finds as many articles with the same filters, all words asked for.
type Suggestion struct {
	Query string `json:"query"`
	Total int    `json:"total"`
}

// Dated returns the publication by which an article is ordered: zero for an undated one, and for one flagged FlagFutureDate,
// unless future is set.
func Dated(published Time, flags []string, future bool) Time {
	if !future && slices.Contains(flags, FlagFutureDate) {
		return Time{}
	}
	return published
}
