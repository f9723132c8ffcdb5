package index

import (
	"encoding/json"
	"slices"
	"time"
)

// Article is one news article, as the index keeps it and as JSON shows it.
type Article struct {
	ID        string   `json:"id"`     // the record's own identifier, else a hash of source, day and title; at most MaxIDBytes
	URL       string   `json:"url"`    // "" when unknown
	Source    string   `json:"source"` // the publisher as written
	Agency    string   `json:"agency"` // the wire service the text credits, in its usual spelling ("Reuters"), or ""
	Title     string   `json:"title"`
	Lead      string   `json:"lead"` // the summary that the record carries; never made up from the body
	Body      string   `json:"body"` // paragraphs separated by one blank line
	Authors   []string `json:"authors"`
	Dateline  string   `json:"dateline"`            // the place of filing ("Rotterdam"), or ""
	Published Time     `json:"published"`           // UTC; zero when the article is undated
	Precision string   `json:"published_precision"` // second, minute, day, month or year; "" when undated
	DateFrom  string   `json:"published_from"`      // where the date was found ("header", "field:date", "DATE"), "" when undated
	Updated   Time     `json:"updated"`
	Indexed   Time     `json:"indexed"`  // set by the engine when the article was first put, or last changed
	Language  string   `json:"language"` // ISO 639-1 in lower case, or ""
	Section   string   `json:"section"`
	Topics    []string `json:"topics"`
	Entities  []Entity `json:"entities"`
	Words     int      `json:"words"`  // words of the body, as analysis counts them
	Story     string   `json:"story"`  // id of the story
	Text      string   `json:"text"`   // id of the distinct text
	Format    string   `json:"format"` // the format it was read from
	Path      string   `json:"path"`   // the file it was read from, relative to what the user named
	// Extra keeps the fields of the record that Dateline has no name for, as they were written.
	Extra map[string]json.RawMessage `json:"extra"`
	// Flags say what is doubtful about the article, each one of the Flag constants, in their order, none twice.
	Flags []string `json:"flags,omitempty"`
	// Version and Changed are set by the engine, of an article that has earlier versions: the number of this one, at least 2,
	// and when it took the place of the one before. See Version.
	Version int  `json:"version,omitempty"`
	Changed Time `json:"changed,omitzero"`
}

// The flags of an article.
const (
	FlagDateConflict = "date-conflict" // two places of the record name days of publication more than a day apart
	FlagFutureDate   = "future-date"   // published later than it was read, by more than DateLeeway
	FlagMetadataOnly = "metadata-only" // the format carries no text, as a news sitemap and GDELT's GKG
)

// Flag adds a flag that the article may have.
func (a *Article) Flag(flag string) {
	if i, has := slices.BinarySearch(a.Flags, flag); !has {
		a.Flags = slices.Insert(a.Flags, i, flag)
	}
}

// Entity is a person, organisation or place that an article names.
type Entity struct {
	Type     string    `json:"type"`    // person, org or place
	Name     string    `json:"name"`    // the fullest good form in the article
	Aliases  []string  `json:"aliases"` // the other forms found in it
	Count    int       `json:"count"`   // how often the article names it; at least 1
	Mentions []Mention `json:"mentions,omitempty"`
}

// The types of entity.
const (
	Person = "person"
	Org    = "org"
	Place  = "place"
)

// Mention is one place where an entity is named, in characters (Unicode code points) of the field as printed, half-open.
type Mention struct {
	Field string `json:"field"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Names returns the names of the article's entities of one type, in their order, never nil.
func (a *Article) Names(typ string) []string {
	names := []string{}
	for _, e := range a.Entities {
		if e.Type == typ {
			names = append(names, e.Name)
		}
	}
	return names
}

// Day returns the day of publication as YYYY-MM-DD, or "" when undated.
func (a *Article) Day() string {
	if a.Published.IsZero() {
		return ""
	}
	return a.Published.Format(time.DateOnly)
}

// MarshalJSON writes empty lists as [] and an empty Extra as {}, so that readers need no special case.
func (a Article) MarshalJSON() ([]byte, error) {
	type plain Article
	p := plain(a)
	p.Authors, p.Topics = notNil(p.Authors), notNil(p.Topics)
	entities := make([]Entity, len(p.Entities))
	for i, e := range p.Entities {
		e.Aliases = notNil(e.Aliases)
		entities[i] = e
	}
	p.Entities = entities
	if p.Extra == nil {
		p.Extra = map[string]json.RawMessage{}
	}
	return json.Marshal(p)
}

func notNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// Time is an instant in UTC to the second. The zero Time means unknown and is null in JSON.
type Time struct{ time.Time }

// At returns t in UTC, cut to the second. A zero t stays zero.
func At(t time.Time) Time {
	if t.IsZero() {
		return Time{}
	}
	return Time{t.UTC().Truncate(time.Second)}
}

// MarshalJSON writes RFC 3339, or null.
func (t Time) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}
	return []byte(`"` + t.UTC().Format(time.RFC3339) + `"`), nil
}

// UnmarshalJSON reads RFC 3339, null or "".
func (t *Time) UnmarshalJSON(b []byte) error {
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s == nil || *s == "" {
		*t = Time{}
		return nil
	}
	u, err := time.Parse(time.RFC3339, *s)
	if err != nil {
		return err
	}
	*t = At(u)
	return nil
}

// Dates that an article may carry. The first newspaper, Relation, appeared in 1605; a date further ahead than DateLeeway is
// flagged, and one beyond MaxAhead an error of the record. Bounds are the reader's to apply: engines keep any date between
// years 1 and 9999.
var (
	EarliestDate = time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC)
	DateLeeway   = 48 * time.Hour             // how far after now a date may lie: publishers' clocks and zones differ
	MaxAhead     = 100 * 365 * 24 * time.Hour // mistaken, but still a date that a clock may have shown
)
