package ledger

import (
	"path/filepath"
	"time"

	"dateline/index"
)

// Statement is what a run of another process says of itself to the owner of the ledger: first what it is, and at its end what it
// rejected by itself. What it puts in between the owner sees, and accounts for under the number of the run.
type Statement struct {
	Run     int      `json:"run,omitempty"` // 0 begins one
	Command string   `json:"command,omitempty"`
	Paths   []string `json:"paths,omitempty"`
	Rejects string   `json:"rejects,omitempty"` // the file that they go to
	Cells   []Cell   `json:"cells,omitempty"`   // records that were rejected before they could be put
	End     *End     `json:"end,omitempty"`
}

// RunHeader is the field of an HTTP request to put articles that holds the number of the run which they belong to.
const RunHeader = "Dateline-Run"

// RejectsName is the name of the rejects in the index directory.
const RejectsName = "rejects.jsonl"

// guestPatience is how long a run of another process may say nothing until it is taken for dead.
const guestPatience = time.Hour

// Tell enters a statement, and returns the number of its run. A run that is not known any more is begun again.
func (l *Ledger) Tell(s Statement) (run int, err error) {
	r := l.Attach(s.Run)
	if r == nil {
		if r, err = l.Begin(Start{Command: s.Command, Paths: s.Paths, Rejects: l.ownRejects(s.Rejects)}); err != nil {
			return 0, err
		}
		l.seen(r.ID)
	}
	cells := Cells{}
	for i := range s.Cells {
		c := &s.Cells[i]
		n := cells.At(Key{cut(c.Source), cut(c.Day)})
		for reason, k := range c.Rejected {
			if k > 0 {
				n.Reject(cut(reason), k)
				n.Read += k
			}
		}
	}
	if len(cells) > 0 {
		tag, err := r.Plan(Plan{Cells: cells.List()})
		if err == nil {
			err = r.Done(tag, Done{})
		}
		if err != nil {
			return r.ID, err
		}
	}
	if s.End == nil {
		return r.ID, nil
	}
	l.forget(r.ID)
	return r.ID, r.End(*s.End)
}

// ownRejects lets a guest name the rejects in the index directory, and no other file: the audit reads it.
func (l *Ledger) ownRejects(path string) string {
	own, err := filepath.Abs(filepath.Join(filepath.Dir(l.path), RejectsName))
	if err != nil || filepath.Clean(path) != own {
		return ""
	}
	return own
}

// Attach returns the run of another process with a number, or nil.
func (l *Ledger) Attach(id int) *Run {
	if l == nil || id == 0 {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, ok := l.guests[id]; !ok || l.book.begun[id] == nil {
		return nil
	}
	l.guests[id] = l.clock()
	return &Run{ID: id, ledger: l}
}

// seen keeps that a guest is alive.
func (l *Ledger) seen(id int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.guests == nil {
		l.guests = map[int]time.Time{}
	}
	l.guests[id] = l.clock()
}

func (l *Ledger) forget(id int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.guests, id)
}

// dismiss ends the runs of guests that have said nothing for long, so that they do not hold up what waits for the end of all runs. The
// caller holds the lock.
func (l *Ledger) dismiss() error {
	now := l.clock()
	for id, last := range l.guests {
		if now.Sub(last) > guestPatience {
			delete(l.guests, id)
			if err := l.write(entry{Run: id, End: &End{At: index.At(now), Error: "its process said nothing more"}}); err != nil {
				return err
			}
		}
	}
	return nil
}
