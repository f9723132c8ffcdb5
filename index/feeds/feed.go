// Package feeds keeps subscriptions to news feeds, polls them when they are due, and has their articles indexed.
//
// The list of subscriptions with what is known of each is one file, which is replaced as a whole: a process that is killed
// leaves the list before or after a poll, never half of it. What a poll has put into the index but not into the list is found
// there by the next one, so that every count stays exact.
package feeds

import (
	"context"
	"errors"
	"time"

	"dateline/index"
	"dateline/index/ingest"
)

// Feed is a subscription, and how it does.
type Feed struct {
	URL      string     `json:"url"`
	Title    string     `json:"title"`     // as whoever added it calls it, else as it calls itself
	Source   string     `json:"source"`    // the publisher of all its articles, whatever they say; "" is what they say
	FullText bool       `json:"full_text"` // fetch the page of each new article, for feeds that have only the beginnings
	Added    index.Time `json:"added"`
	Health
}

// Health is what the polls of a feed have come to.
type Health struct {
	Next     index.Time `json:"next"`    // the next poll; null when there is none
	Polled   index.Time `json:"polled"`  // the last one, however it went
	Success  index.Time `json:"success"` // the last that went well
	Error    string     `json:"error"`   // of the last poll, "" when it went well
	Failures int        `json:"failures"`
	Disabled string     `json:"disabled"` // why it is polled no more, or ""
	Interval int        `json:"interval"` // seconds from the last poll to the next, before jitter

	Items    int    `json:"items"`    // distinct ones that were indexed
	Days     []Day  `json:"days"`     // of the last 30 days (UTC) those with articles, oldest first
	Records  Tally  `json:"records"`  // of all polls together
	Rejected string `json:"rejected"` // the first reject of the last poll that brought anything, "" when it had none
	Unpaged  string `json:"unpaged"`  // why the page of an article could not be had, last; "" when none failed in the last such poll

	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	Cadence      int    `json:"cadence"` // seconds from article to article, as their dates have it; 0 when unknown
	Empty        int    `json:"empty"`   // polls in a row that brought nothing new
	Polls        int    `json:"polls"`
	Seen         string `json:"seen,omitempty"` // hashes of the items seen last
}

// Day is a day on which a feed brought articles.
type Day struct {
	Day      string `json:"day"` // YYYY-MM-DD
	Articles int    `json:"articles"`
}

// Tally sums up records, as ingest.Summary does: Read = Indexed + Updated + Unchanged + Rejected.
type Tally struct {
	Read      int `json:"read"`
	Indexed   int `json:"indexed"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Rejected  int `json:"rejected"`
}

func (t *Tally) add(s ingest.Summary) {
	t.Read += s.Read
	t.Indexed += s.Indexed
	t.Updated += s.Updated
	t.Unchanged += s.Unchanged
	t.Rejected += s.Rejected
}

// KeptDays is for how many days articles are counted.
const KeptDays = 30

// Wanted is a subscription as it is asked for. URL is the address of a feed, or of a page that names one.
type Wanted struct {
	URL      string `json:"url"`
	Title    string `json:"title"`
	Source   string `json:"source"`
	FullText bool   `json:"full_text"`
}

// Added says what became of a Wanted.
type Added struct {
	Feed   Feed     `json:"feed"`
	Known  bool     `json:"known"`  // it was subscribed to already
	Page   string   `json:"page"`   // the page that named the feed; "" when the feed itself was given
	Others []string `json:"others"` // further feeds that the page names
}

// Imported says what became of many.
type Imported struct {
	Added   int       `json:"added"`
	Known   int       `json:"known"` // were there already
	Refused []Refused `json:"refused"`
}

// Refused is one that may not be subscribed to, and why.
type Refused struct {
	URL    string `json:"url"`
	Detail string `json:"detail"`
}

// Polling says which feeds to poll.
type Polling struct {
	URL string `json:"url"` // only this one; "" is all
	Now bool   `json:"now"` // also those that are not due
}

// Outcome is what one poll of a feed came to.
type Outcome struct {
	URL     string     `json:"url"`
	Title   string     `json:"title"`
	Changed bool       `json:"changed"` // whether the feed said anything that it had not said before
	New     int        `json:"new"`     // items not seen before
	Records Tally      `json:"records"`
	Error   string     `json:"error"` // "" when it went well
	Next    index.Time `json:"next"`
}

// Service is what can be done with subscriptions, here or through a server.
type Service interface {
	// Feeds lists the subscriptions in the order in which they were added.
	Feeds(ctx context.Context) ([]Feed, error)
	// Add subscribes to a feed, after it has been fetched once. One that was given up is taken up again. Errors: *Error.
	Add(ctx context.Context, w Wanted) (Added, error)
	// Import subscribes to many without fetching them.
	Import(ctx context.Context, list []Wanted) (Imported, error)
	// Remove ends a subscription; its articles stay. Errors: ErrUnknown.
	Remove(ctx context.Context, url string) error
	// Poll polls feeds at once, and returns when it is done. Errors: ErrUnknown.
	Poll(ctx context.Context, p Polling) ([]Outcome, error)
}

// ErrUnknown says that there is no subscription to an address.
var ErrUnknown = errors.New("there is no subscription to this address")

// Error says why an address cannot be subscribed to.
type Error struct {
	URL    string
	Detail string // in a sentence without a full stop
	Hint   string // or ""
}

func (e *Error) Error() string {
	s := e.URL + ": " + e.Detail
	if e.Hint != "" {
		s += " (" + e.Hint + ")"
	}
	return s
}

// count adds new items of a day, and drops days that are too old to keep.
func (h *Health) count(now time.Time, items int) {
	h.Items += items
	today := now.UTC().Format(time.DateOnly)
	if n := len(h.Days); items > 0 && n > 0 && h.Days[n-1].Day == today {
		h.Days[n-1].Articles += items
	} else if items > 0 {
		h.Days = append(h.Days, Day{today, items})
	}
	oldest := now.UTC().AddDate(0, 0, 1-KeptDays).Format(time.DateOnly)
	for len(h.Days) > 0 && h.Days[0].Day < oldest {
		h.Days = h.Days[1:]
	}
}
