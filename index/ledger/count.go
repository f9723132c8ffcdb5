package ledger

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"dateline/index"
)

// Key is what records are accounted by.
type Key struct {
	Source string // as written; "" when unknown
	Day    string // of publication as 2006-01-02, or one of the words below
}

// The days that are none.
const (
	Undated    = "undated"    // the article has no date of publication
	NotRead    = ""           // the record was not understood
	Recovered  = "recovered"  // its process was killed, and only the numbers are known of its batch
	OtherDays  = "other days" // beyond MaxCells
	maxSource  = 200          // bytes of a source; a longer one is cut short
	maxReasons = 100          // reasons of one cell; there are about twenty
)

// MaxCells bounds the pairs of source and day of one account, so that a file of a million invented sources does not take the
// memory. Those beyond it are counted as one.
const MaxCells = 200_000

// KeyOf returns what an article is accounted by.
func KeyOf(a *index.Article) Key {
	k := Key{cut(a.Source), a.Day()}
	if k.Day == "" {
		k.Day = Undated
	}
	return k
}

func cut(source string) string { return cutAt(source, maxSource) }

// cutAt cuts a text after at most n bytes, and not within a character.
func cutAt(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}

// Count is what became of records: Read = Indexed + Updated + Unchanged + all of Rejected.
type Count struct {
	Read      int            `json:"read,omitempty"`
	Indexed   int            `json:"indexed,omitempty"`
	Updated   int            `json:"updated,omitempty"`
	Unchanged int            `json:"unchanged,omitempty"`
	Rejected  map[string]int `json:"rejected,omitempty"` // by reason
	Deleted   int            `json:"deleted,omitempty"`  // later

	// Of the articles among them, whatever became of those:
	Undated      int `json:"undated,omitempty"`
	FutureDate   int `json:"future_date,omitempty"`
	DateConflict int `json:"date_conflict,omitempty"`
}

// Refused is the sum of Rejected.
func (c *Count) Refused() (n int) {
	for _, m := range c.Rejected {
		n += m
	}
	return n
}

// AddsUp reports whether every record that was read is accounted for.
func (c *Count) AddsUp() bool { return c.Read == c.Indexed+c.Updated+c.Unchanged+c.Refused() }

// Reject counts rejections for a reason.
func (c *Count) Reject(reason string, n int) {
	if c.Rejected == nil {
		c.Rejected = map[string]int{}
	}
	if _, known := c.Rejected[reason]; !known && len(c.Rejected) >= maxReasons {
		reason = "other"
	}
	c.Rejected[reason] += n
}

// Outcome counts n articles of an outcome. Rejections are for Reject.
func (c *Count) Outcome(o index.Outcome, n int) {
	switch o {
	case index.Indexed:
		c.Indexed += n
	case index.Updated:
		c.Updated += n
	case index.Unchanged:
		c.Unchanged += n
	}
}

// Article counts what an article says of its date.
func (c *Count) Article(a *index.Article) {
	if a.Published.IsZero() {
		c.Undated++
	}
	for _, f := range a.Flags {
		switch f {
		case index.FlagFutureDate:
			c.FutureDate++
		case index.FlagDateConflict:
			c.DateConflict++
		}
	}
}

// Add adds another count.
func (c *Count) Add(d *Count) {
	c.Read += d.Read
	c.Indexed += d.Indexed
	c.Updated += d.Updated
	c.Unchanged += d.Unchanged
	c.Deleted += d.Deleted
	c.Undated += d.Undated
	c.FutureDate += d.FutureDate
	c.DateConflict += d.DateConflict
	for reason, n := range d.Rejected {
		c.Reject(reason, n)
	}
}

// Changes are those of the engine that the count accounts for.
func (c *Count) Changes() index.Changes {
	return index.Changes{Indexed: c.Indexed, Updated: c.Updated, Deleted: c.Deleted}
}

// Cell is the count of a source and a day.
type Cell struct {
	Source string `json:"source"`
	Day    string `json:"day"`
	Count
}

// Cells are counts by source and day.
type Cells map[Key]*Count

// At returns the count of a source and day, to be added to.
func (c Cells) At(k Key) *Count {
	n := c[k]
	if n == nil {
		if len(c) >= MaxCells {
			k = Key{"", OtherDays}
			if n = c[k]; n != nil {
				return n
			}
		}
		n = &Count{}
		c[k] = n
	}
	return n
}

// Add adds a list of cells.
func (c Cells) Add(list []Cell) {
	for i := range list {
		c.At(Key{list[i].Source, list[i].Day}).Add(&list[i].Count)
	}
}

// List returns the cells in order of source and day.
func (c Cells) List() []Cell {
	keys := slices.SortedFunc(maps.Keys(c), func(a, b Key) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Day, b.Day))
	})
	list := make([]Cell, len(keys))
	for i, k := range keys {
		list[i] = Cell{k.Source, k.Day, *c[k]}
	}
	return list
}

// Sum returns the sum of all cells.
func (c Cells) Sum() (sum Count) {
	for _, n := range c {
		sum.Add(n)
	}
	return sum
}

// MarshalJSON writes the cells as a list.
func (c Cells) MarshalJSON() ([]byte, error) { return json.Marshal(c.List()) }

// UnmarshalJSON reads a list.
func (c *Cells) UnmarshalJSON(text []byte) error {
	var list []Cell
	if err := json.Unmarshal(text, &list); err != nil {
		return err
	}
	*c = Cells{}
	c.Add(list)
	return nil
}
