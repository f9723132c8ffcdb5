// Package index says what a search engine for news is: the Article, the Request, the Result, and the Engine that puts,
// gets, deletes and searches. There is no engine in it.
//
// # What matches
//
// Engines agree exactly on which articles match, on every number, on the order by date and on the marked words. The rules
// where query's own comments leave room, with terms, stems and keys as package analysis makes them:
//
//   - A field of prose is the tokens of its text. A word of the query matches a token of the same stem in the language of the
//     article (analysis.LanguageOf its Language); an exact one the token of the same term.
//   - A Word or Phrase matches where its terms' tokens stand as the node says in one field, whatever the gaps in the query's own
//     text. One that makes no term matches nothing. Without a field it searches DefaultTextFields, each by itself.
//   - A Prefix matches the tokens whose term begins with its term. When its text makes several terms, the last is the prefix
//     and the others precede it as in a phrase. A Wildcard is parted as analysis.Wildcard parts it. A Fuzzy is one term, a
//     Regexp one expression over terms.
//   - A class word (query.Class) in the text of a Word, Phrase or Together matches the tokens of its class: those of title, lead
//     and body that overlap a mention (Entity.Mentions) of an entity of the type, @entity of any type. A mention that does not
//     lie within its field is none, and so is one in another field, or of an entity of another type.
//   - A query.Near and the like match in one field, with positions, sentences and paragraphs as the tokens have them.
//   - A Value matches when its key equals the key of one of Article.Values of the field. A value whose key is empty is none,
//     in articles, filters and queries alike.
//   - Has matches articles with a value that has a key, with a token in the field of prose, or with the date; of author, which is
//     both, with a value. Number counts the tokens of the body.
//   - An article has the date "changed" when it has earlier versions: its Changed.
//   - Dates are half-open, also within Filters. An article lies at its Instant in the zone of the request.
//   - Texts and stories are told apart by the keys of their ids. An article whose Text has no key is a text of its own, and
//     a story of its own when its Story has none.
//
// # Time zones
//
// Days, months and years are those of the zone of the request (Request.Zone, UTC without one): in the timeline, in the bounds
// From and To that were written as such, in the dates of the query. An article of second or minute precision, or of none, is an
// instant, which has another date in another zone. One of day, month or year precision was dated by a calendar and not by a
// clock, and 14 March is 14 March everywhere: it is floating, and lies at the first instant at which the clocks of the zone
// show what Published shows in UTC (Article.Instant, query.Instant), the beginning of its day. In UTC every article lies at
// Published. When an article was indexed is always an instant. The order by date, cursors and Recency go by Published whatever
// the zone, so that nothing changes its place.
//
// # Ranking
//
// The score is BM25F in its simple form (Robertson, Zaragoza and Taylor, Simple BM25 extension to multiple weighted fields,
// 2004), with a part for words that stand next to each other (Metzler and Croft, A Markov random field model for term
// dependencies, 2005): the sum over the units of the query, which are the nodes outside of every Not that look for words
// (query.IsProse), and the neighbours that they make (query.Pairs), of
//
//	weight · idf · (K1+1) · tf / (K1 + tf),   tf = n / (1 - B + B·length/average)
//
// where n is the sum over the fields of FieldWeights times how often the unit occurs there, length the sum over the fields that
// the unit searches of FieldWeights times their tokens, and average the average length of all articles. Units that are spelt
// alike count once, with the largest weight.
//
// The weight is the product of the Boosts around the unit, PairWeight for neighbours. The idf is the sum of IDF over the words
// that the unit asks for, each with the number of articles of the index that have it in a field that the unit searches;
// alternatives within a unit are one word, and so is a word written twice; a class word is a word, which those articles have
// that have a token of the class; what a NOTNEAR must not be near is none. Of
// neighbours one word at least must be one that no more than half of the articles have. A phrase occurs where it begins; a
// pattern (Prefix, Wildcard, Fuzzy, Regexp) of one word once in a field that has any. Of words that may stand apart (a phrase with a slop, query.Together) the places that take part are
// divided by the number of words; of two sides near each other, by 2. Engines may round differently.
//
// With a Recency the score is multiplied by the article's Factor. Ties are broken by id, ascending.
package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"
	"unicode/utf8"
)

// Engine keeps articles and searches them. All methods may be called from many goroutines at once. A method returns the
// context's error when the context ends first; what Put had then reported is kept.
type Engine interface {
	// Put adds articles, or replaces those with the same id. When it returns without error, every article not listed in
	// the receipt's rejections is durable (it survives a kill and a power cut) and every later search sees it.
	// Of two articles with one id in a batch the later wins; the earlier is counted as if it had been put before.
	// An article is kept as its JSON carries it: instants cut to the second, bytes that are not UTF-8 replaced; the caller
	// may go on using what it passed. One equal to the stored article but for Indexed, Path, Format, Version and Changed is
	// unchanged and not written; of one that Differs, the stored one becomes an earlier version. Those that Check refuses are rejected, and an earlier article of the same id stays.
	// On error nothing of the batch is acknowledged, though some of it may be stored: putting it again is harmless.
	// Errors: *ReadOnlyError, ErrClosed.
	Put(ctx context.Context, articles []Article) (Receipt, error)

	// Get returns the article with the id, or ErrNotFound.
	Get(ctx context.Context, id string) (Article, error)

	// Versions returns what the article with the id has said, the oldest version first and the present one last, or
	// ErrNotFound.
	Versions(ctx context.Context, id string) ([]Version, error)

	// Delete removes articles with all their versions, and returns how many there were; ids that are not there are no error. Durable as Put is.
	Delete(ctx context.Context, ids []string) (int, error)

	// Search answers a request. Every number in the answer is exact.
	// Errors: *ParamError for a request that cannot be, *query.Error for a query that costs too much.
	Search(ctx context.Context, r Request) (*Result, error)

	// Facet looks for values of a field by their words, as a reader types a name: the facet that Search would count for the
	// same request, but only of the values that the prefix finds (analysis.Beginnings): each of its words begins a word of the
	// value, case and accents apart. A prefix without words finds every value, so that the facet is that of Search.
	//
	// Values are as in Facet: by count in r.Count's unit, the FacetSize largest, and those selected, if the prefix finds them;
	// others selected are not listed. Distinct is the number of all values found with a count above 0; Missing is as in Search,
	// whatever the prefix. Of the request, Query, Match, Filters, Count, FacetSize and Zone are looked at.
	// Errors: those of Search; *ParamError of "field" when it is no facet, of "prefix" beyond MaxValueBytes.
	Facet(ctx context.Context, r Request, field Field, prefix string) (*Facet, error)

	// Complete finds what a reader may be about to write, in the whole present index.
	//
	// Words are terms of DefaultTextFields that begin with the term of the prefix, which finds none when it makes several terms
	// or none. Values are those of the fields of which each word of the prefix begins a word (analysis.Beginnings): for an entity
	// of any one of its names, of what it is shown as, or of what articles call it besides; hidden ones are left out. A prefix
	// without words finds nothing.
	// Errors: *ParamError of "prefix", "fields" or "size".
	Complete(ctx context.Context, r CompletionRequest) (*Completions, error)

	// Count returns how many articles each of the requests matches: the Articles of Search's Total, for less work. Of a request,
	// Query, Match, Filters, Zone, Variants, AsOf and Prompt are looked at. Errors: those of Search.
	Count(ctx context.Context, requests []Request) ([]int, error)

	// Export yields every article that the request matches, of one state of the index, in the request's order: SortOldest
	// when it asks for relevance and has no words to rank by. Group thins out as in Search. Size, Cursor, Facets and
	// Interval are not looked at. The engine may be used, also written to, while the sequence is read.
	// It stops at the first error, which it yields with a zero Article.
	Export(ctx context.Context, r Request) iter.Seq2[Article, error]

	// Stats describes the index.
	Stats(ctx context.Context) (Stats, error)

	Entities

	// Close releases the engine. Later calls return ErrClosed. Closing twice is harmless.
	Close() error
}

// Rejection names an article that the engine would not take, and why.
type Rejection struct {
	Index  int    `json:"index"` // in the batch, from 0
	Reason string `json:"reason"`
	Detail string `json:"detail"`
}

// Stats describes an index. Every number is exact.
type Stats struct {
	Articles int            `json:"articles"`
	Versions int            `json:"versions"` // earlier ones of these articles
	Texts    int            `json:"texts"`
	Stories  int            `json:"stories"`
	Undated  int            `json:"undated"`
	First    Time           `json:"first"` // earliest and latest publication; null when every article is undated
	Last     Time           `json:"last"`
	Distinct map[Field]int  `json:"distinct"` // distinct values (by key) of each facet, be it 0
	Entities map[string]int `json:"entities"` // distinct persons, orgs and places, be it 0, by Person, Org and Place
	Sources  int            `json:"sources"`
	Bytes    int64          `json:"bytes"`  // on disk; 0 when the engine keeps none
	Format   int            `json:"format"` // version of the index format; 0 when the engine has none
	// Changes are all that was done to the index since it was made: Articles = Indexed - Deleted.
	Changes  Changes `json:"changes"`
	ReadOnly string  `json:"read_only,omitempty"`
}

// What an engine refuses.
var (
	ErrNotFound = errors.New("no such article")
	ErrClosed   = errors.New("the index is closed")
)

// ReadOnlyError says that the index takes no writes any more, and why. Searches go on.
type ReadOnlyError struct {
	Reason string
	Full   bool // for lack of disk space
}

func (e *ReadOnlyError) Error() string { return "the index is read-only: " + e.Reason }

// ParamError says that a parameter of a request cannot be.
type ParamError struct {
	Name   string // as in a URL: "size"
	Detail string // "must be between 1 and 100, not 1000"
	Hint   string // what to write instead, or ""
}

func (e *ParamError) Error() string {
	if e.Hint == "" {
		return fmt.Sprintf("%s: %s", e.Name, e.Detail)
	}
	return fmt.Sprintf("%s: %s (%s)", e.Name, e.Detail, e.Hint)
}

// Limits of what an engine keeps.
const (
	MaxIDBytes      = 512     // longer ids are for the reader to hash
	MaxArticleBytes = 4 << 20 // of title, lead and body together; the longest novels are shorter
	MaxValueBytes   = 1024    // of one exact value (a source, a name, a topic)
	MaxValues       = 1024    // of one field of one article
)

// Check returns a rejection's reason and detail for an article that no engine takes, or two empty strings.
// Reasons are "no id", "bad id", "no text", "too large", "bad date" and "bad extra".
func Check(a *Article) (reason, detail string) {
	switch n := len(a.Title) + len(a.Lead) + len(a.Body); {
	case a.ID == "":
		return "no id", "the article has no id"
	case len(a.ID) > MaxIDBytes:
		return "too large", fmt.Sprintf("the id has %d bytes; at most %d are kept", len(a.ID), MaxIDBytes)
	case !utf8.ValidString(a.ID):
		return "bad id", "the id is not UTF-8"
	case n == 0:
		return "no text", "the article has neither title nor text"
	case n > MaxArticleBytes:
		return "too large", fmt.Sprintf("title, lead and body have %d bytes; at most %d are indexed", n, MaxArticleBytes)
	}
	if y := a.Published.Year(); !a.Published.IsZero() && (y < 1 || y > 9999) {
		return "bad date", fmt.Sprintf("the year %d cannot be kept", y)
	}
	for _, f := range FacetFields {
		values := a.Values(string(f))
		if len(values) > MaxValues {
			return "too large", fmt.Sprintf("%d values of %s; at most %d are kept", len(values), f, MaxValues)
		}
		for _, v := range values {
			if len(v) > MaxValueBytes {
				return "too large", fmt.Sprintf("a value of %s has %d bytes; at most %d are kept", f, len(v), MaxValueBytes)
			}
		}
	}
	if reason, detail := checkAliases(a); reason != "" {
		return reason, detail
	}
	for name, value := range a.Extra {
		if len(value) > 0 && !json.Valid(value) {
			return "bad extra", fmt.Sprintf("the extra field %q is not JSON", name)
		}
	}
	return "", ""
}

// checkAliases bounds the aliases of entities as values are bounded.
func checkAliases(a *Article) (reason, detail string) {
	n := map[string]int{}
	for _, e := range a.Entities {
		if n[e.Type] += len(e.Aliases); n[e.Type] > MaxValues {
			return "too large", fmt.Sprintf("%d aliases of names of %s or more; at most %d are kept", n[e.Type], e.Type, MaxValues)
		}
		for _, alias := range e.Aliases {
			if len(alias) > MaxValueBytes {
				return "too large", fmt.Sprintf("an alias of a %s has %d bytes; at most %d are kept", e.Type, len(alias), MaxValueBytes)
			}
		}
	}
	return "", ""
}

// Clock returns the time; engines take one so that tests can stand still.
type Clock func() time.Time
