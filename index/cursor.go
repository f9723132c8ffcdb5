package index

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"hash"
	"maps"
	"slices"
	"strconv"
	"time"

	"dateline/query"
)

// Cursor is a place in the order of a request's hits: that of the last hit of a page. The next page begins with the first
// hit that the order puts after it, whether or not the hit at the cursor is still there.
type Cursor struct {
	Match     query.Match // how the words were combined, all or any, so that no page of a search is relaxed alone
	Score     float64     // the last hit's, where the order is by score
	Published Time        // the last hit's, as Dated has it
	ID        string      // the last hit's
	Origin    Time        // of the recency, so that all pages count ages from the same instant; zero without
}

// maxCursor bounds the text of a cursor: an id of MaxIDBytes, twice in base64, and 250 bytes for the rest.
const maxCursor = 2048

// written is how a Cursor stands in its text. The id is bytes because an id need not be what JSON can carry.
type written struct {
	Order     string      `json:"o"`
	Match     query.Match `json:"m"`
	Score     float64     `json:"s"`
	Published Time        `json:"p"`
	ID        []byte      `json:"i"`
	Origin    Time        `json:"r"`
}

// Encode writes the cursor for Result.Next. It holds only for requests that agree with r in everything that decides which
// hits there are and in which order; Size, Facets, Interval and Count may differ.
func (c Cursor) Encode(r Request) string {
	text, err := json.Marshal(written{r.order(), c.Match, c.Score, c.Published, []byte(c.ID), c.Origin})
	if err != nil { // a score that is not a number: the engine's fault, and no page could follow it
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// DecodeCursor reads r.Cursor, which must not be empty. It returns a *ParamError for a text that is no cursor, and for one
// that another request led to.
func DecodeCursor(r Request) (Cursor, error) {
	var w written
	text, err := base64.RawURLEncoding.Strict().DecodeString(r.Cursor)
	if err != nil || len(r.Cursor) > maxCursor || json.Unmarshal(text, &w) != nil || len(w.ID) == 0 {
		return Cursor{}, &ParamError{Name: "cursor", Detail: "is not a cursor that this index gave out"}
	}
	asked := orDefault(r.Match, query.MatchAuto)
	used := w.Match == query.MatchAll || w.Match == query.MatchAny
	if !used || asked != query.MatchAuto && asked != w.Match || w.Order != r.order() {
		return Cursor{}, &ParamError{Name: "cursor", Detail: "belongs to another search",
			Hint: "keep the query, the filters, the order and the grouping from page to page"}
	}
	return Cursor{Match: w.Match, Score: w.Score, Published: w.Published, ID: string(w.ID), Origin: w.Origin}, nil
}

// order is a hash of everything that decides which hits there are and in which order.
func (r Request) order() string {
	h := sha256.New()
	canonical := ""
	if r.Query != nil {
		canonical = r.Query.String()
	}
	hashStrings(h, canonical, string(orDefault(r.Match, query.MatchAuto)), string(orDefault(r.Sort, SortRelevance)),
		string(orDefault(r.Group, Articles)), r.Recency.HalfLife.String(), instant(r.Filters.From), instant(r.Filters.To),
		zoneOf(r.Zone).String(), instant(r.AsOf), strconv.FormatBool(r.Future))
	hashValues(h, r.Filters.Include)
	hashValues(h, r.Filters.Exclude)
	hashValues(h, map[Field][]string{"missing": missingNames(r.Filters.Missing)})
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:12])
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func missingNames(fields []Field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = string(f)
	}
	return names
}

// hashValues hashes filters so that the order in which they were written does not matter.
func hashValues(h hash.Hash, filters map[Field][]string) {
	for _, field := range slices.Sorted(maps.Keys(filters)) {
		values := slices.Clone(filters[field])
		slices.Sort(values)
		values = slices.DeleteFunc(slices.Compact(values), func(v string) bool { return v == "" })
		if len(values) > 0 {
			hashStrings(h, append([]string{string(field)}, values...)...)
		}
	}
	hashStrings(h)
}

// hashStrings hashes a list of strings so that no other list hashes alike: each with its length, and their number.
func hashStrings(h hash.Hash, list ...string) {
	var n [8]byte
	binary.LittleEndian.PutUint64(n[:], uint64(len(list)))
	h.Write(n[:])
	for _, s := range list {
		binary.LittleEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
}
