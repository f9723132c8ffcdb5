package ledger

import (
	"slices"
	"time"

	"dateline/index"
)

// Book is what the lines of a ledger come to.
type Book struct {
	Accounts []*Account // in order of time; the first may stand for several runs each
	Damaged  int        // lines that do not have their checksum

	last    int    // number of the newest run
	tag     uint64 // of the newest plan
	whole   int64  // bytes of the file without a last line that is torn
	pending map[uint64]*pending
	begun   map[int]*Account // those that have no end
}

// pending is a plan that has no end yet.
type pending struct {
	run  *Account
	plan *Plan
}

// Account is that of a run, or of several that are kept as one.
type Account struct {
	Run      int        `json:"run"`            // the number of the run, from 1; of the last of several
	Runs     int        `json:"runs,omitempty"` // how many runs there are in it, when several
	Begun    index.Time `json:"begun"`
	Ended    index.Time `json:"ended"` // null while it is under way, and when it was killed
	Command  string     `json:"command"`
	Paths    []string   `json:"paths,omitempty"`
	Resumes  int        `json:"resumes,omitempty"` // the run that it goes on from
	Error    string     `json:"error,omitempty"`   // why it was broken off
	Recorded *Summary   `json:"summary,omitempty"` // what the run itself counted
	Cells    Cells      `json:"cells,omitempty"`
	Sum      Count      `json:"sum,omitzero"` // of the cells, in reports

	// Settled is what of the cells was found out only after the run had ended: its process was killed, or the engine failed.
	Settled Count `json:"settled,omitzero"`

	// RejectsFile has Rejects lines for each reason.
	RejectsFile string         `json:"rejects_file,omitempty"`
	Rejects     map[string]int `json:"rejects,omitempty"`

	key string
}

// BrokenOff reports whether the run did not come to its end.
func (a *Account) BrokenOff() bool { return a.Runs == 0 && (a.Ended.IsZero() || a.Error != "") }

// parse reads a ledger. Runs without an end are broken off, since nobody writes it any more.
func parse(content []byte) *Book {
	b := &Book{pending: map[uint64]*pending{}, begun: map[int]*Account{}}
	b.whole = eachEntry(content, func(e *entry) {
		if e == nil {
			b.Damaged++
			return
		}
		b.apply(*e)
	})
	clear(b.begun)
	return b
}

// apply adds an entry to the book. What does not fit, since a line before it is damaged, is left out: the audit finds it.
func (b *Book) apply(e entry) {
	b.last, b.tag = max(b.last, e.Run), max(b.tag, e.Tag)
	switch {
	case e.Begin != nil:
		a := &Account{
			Run: e.Run, Begun: e.Begin.At, Command: e.Begin.Command, Paths: e.Begin.Paths, Resumes: e.Begin.Resumes,
			RejectsFile: e.Begin.Rejects, Cells: Cells{}, key: e.Begin.Key,
		}
		b.Accounts, b.begun[e.Run] = append(b.Accounts, a), a
	case e.Plan != nil:
		if a := b.account(e.Run); a != nil {
			b.pending[e.Tag] = &pending{a, e.Plan}
		}
	case e.Done != nil:
		if p := b.pending[e.Tag]; p != nil {
			p.close(e.Done)
			delete(b.pending, e.Tag)
		}
	case e.Void:
		delete(b.pending, e.Tag)
	case e.Adjust != nil:
		if a := b.account(e.Run); a != nil {
			a.adjust(*e.Adjust)
		}
	case e.End != nil:
		if a := b.account(e.Run); a != nil {
			a.Ended, a.Error, a.Recorded, a.Rejects = e.End.At, e.End.Error, &e.End.Summary, e.End.Rejects
		}
		delete(b.begun, e.Run)
	case e.Sum != nil:
		if e.Sum.Cells == nil {
			e.Sum.Cells = Cells{}
		}
		b.Accounts = append(b.Accounts, e.Sum)
		b.last = max(b.last, e.Sum.Run)
	case e.Next != nil:
		b.last, b.tag = max(b.last, e.Next.Run), max(b.tag, e.Next.Tag)
	}
}

// account returns that of a run, which is among the last.
func (b *Book) account(run int) *Account {
	for _, a := range slices.Backward(b.Accounts) {
		if a.Run == run && a.Runs == 0 {
			return a
		}
	}
	return nil
}

// adjust counts what the engine has of batches of the run that cannot be told apart.
func (a *Account) adjust(c index.Changes) {
	n := Count{Read: c.Indexed + c.Updated, Indexed: c.Indexed, Updated: c.Updated, Deleted: c.Deleted}
	a.Cells.At(Key{"", Recovered}).Add(&n)
	a.Settled.Add(&n)
}

// close counts a plan with what became of it.
func (p *pending) close(d *Done) {
	list := p.plan.outcomes(d)
	p.run.Cells.Add(list)
	if d.Found != nil {
		for i := range list {
			p.run.Settled.Add(&list[i].Count)
		}
	}
}

// outcomes are the cells of a plan with what became of it.
func (p *Plan) outcomes(d *Done) []Cell {
	if d.Found != nil && d.All == 0 && d.Cells == nil {
		return []Cell{{"", Recovered, p.changed(*d.Found)}}
	}
	if p.Deletes > 0 {
		return d.Cells
	}
	list := make([]Cell, 0, len(p.Cells)+len(d.Cells))
	for _, c := range p.Cells {
		c.Outcome(d.All, c.Read-c.Refused())
		list = append(list, c)
	}
	return append(list, d.Cells...)
}

// changed counts a plan of which the engine told only how many articles it changed.
func (p *Plan) changed(c index.Changes) Count {
	n := Count{Indexed: c.Indexed, Updated: c.Updated, Deleted: c.Deleted}
	if p.Deletes > 0 {
		return n
	}
	for i := range p.Cells {
		n.Add(&p.Cells[i].Count)
	}
	n.Unchanged = p.Articles - c.Indexed - c.Updated
	return n
}

// Total is the sum over all accounts.
func (b *Book) Total() (sum Count) {
	for _, a := range b.Accounts {
		s := a.Cells.Sum()
		sum.Add(&s)
	}
	return sum
}

// Pending returns how many articles and deletions are planned, and not known to be done.
func (b *Book) Pending() (n int) {
	for _, p := range b.pending {
		n += p.plan.Articles + p.plan.Deletes
	}
	return n
}

// brokenOff returns the last run, if it was broken off and has the key, and before it those that it went on from; the oldest
// first. After any other run, what they left may have been changed.
func (b *Book) brokenOff(key string) (chain []int) {
	if key == "" || len(b.begun) > 0 || len(b.pending) > 0 {
		return nil
	}
	for i := len(b.Accounts) - 1; i >= 0; i-- {
		a := b.Accounts[i]
		if a.key != key || !a.BrokenOff() {
			break
		}
		chain = slices.Insert(chain, 0, a.Run)
		if a.Resumes == 0 || i == 0 || b.Accounts[i-1].Run != a.Resumes {
			break
		}
	}
	return chain
}

// day is the calendar day of a run.
func (a *Account) day() string { return a.Begun.Format(time.DateOnly) }
