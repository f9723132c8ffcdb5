package index

import "context"

// Outcome says what became of one article of a Put.
type Outcome byte

// The outcomes of an article. Of two with one id in a batch each has its own, as if it had been put by itself.
const (
	Rejected Outcome = iota
	Indexed          // a new id
	Updated          // a known id with other content
	Unchanged
)

// Receipt says what became of the articles of one Put. Indexed + Updated + Unchanged + len(Rejected) is their number.
type Receipt struct {
	Indexed   int         `json:"indexed"` // new ids
	Updated   int         `json:"updated"` // known ids with other content
	Unchanged int         `json:"unchanged"`
	Rejected  []Rejection `json:"rejected"`           // by Index
	Outcomes  []Outcome   `json:"outcomes,omitempty"` // of each article, in their order; in JSON bytes in base64
}

// Count counts the outcome of the article with a number, of as many as the batch has. Rejections are for Reject.
func (r *Receipt) Count(i, articles int, o Outcome) {
	if r.Outcomes == nil {
		r.Outcomes = make([]Outcome, articles)
	}
	switch r.Outcomes[i] = o; o {
	case Indexed:
		r.Indexed++
	case Updated:
		r.Updated++
	case Unchanged:
		r.Unchanged++
	}
}

// Reject counts an article that is not taken.
func (r *Receipt) Reject(i, articles int, reason, detail string) {
	r.Count(i, articles, Rejected)
	r.Rejected = append(r.Rejected, Rejection{Index: i, Reason: reason, Detail: detail})
}

// Add adds the receipt of a later part of a batch, which begins at the article of number first.
func (r *Receipt) Add(part Receipt, first int) {
	r.Indexed += part.Indexed
	r.Updated += part.Updated
	r.Unchanged += part.Unchanged
	for _, rejected := range part.Rejected {
		rejected.Index += first
		r.Rejected = append(r.Rejected, rejected)
	}
	r.Outcomes = append(r.Outcomes, part.Outcomes...)
}

// Changes count what was done to the articles of an index. Of an engine that keeps its articles on a disk they are as durable as
// the articles themselves, and written with them: a kill leaves no article uncounted and none counted that is not there.
type Changes struct {
	Indexed int `json:"indexed"`
	Updated int `json:"updated"`
	Deleted int `json:"deleted"`
}

// Plus returns the sum of changes.
func (c Changes) Plus(d Changes) Changes {
	return Changes{c.Indexed + d.Indexed, c.Updated + d.Updated, c.Deleted + d.Deleted}
}

// Minus returns what c has more than d.
func (c Changes) Minus(d Changes) Changes {
	return Changes{c.Indexed - d.Indexed, c.Updated - d.Updated, c.Deleted - d.Deleted}
}

type tagKey struct{}

// WithTag has the Put or Delete of a context known by a number that its caller gives to no other. An engine that is a Witness
// keeps it with what it writes, so that a caller that was killed before it saw the receipt learns what became of it.
func WithTag(ctx context.Context, tag uint64) context.Context {
	return context.WithValue(ctx, tagKey{}, tag)
}

// TagOf returns the tag of a context, or 0.
func TagOf(ctx context.Context) uint64 {
	tag, _ := ctx.Value(tagKey{}).(uint64)
	return tag
}

// Witness is an engine that remembers its last writes.
type Witness interface {
	// Changes returns those of Stats, without the work that the rest of it may be.
	Changes() Changes
	// Witnessed returns what the last tagged Puts and Deletes changed, by their tags: at least that of each which was under way
	// when the last process to write ended.
	Witnessed() map[uint64]Changes
}
