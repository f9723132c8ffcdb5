package ledger

import (
	"cmp"
	"slices"
	"sync"
)

// Earlier is how far a run came that was broken off.
type Earlier struct {
	mu    sync.Mutex
	files map[string]*File
	bytes int // of rejects
}

// File is how far a file was accounted for.
type File struct {
	Size  int64
	Time  int64 // of its last change, in nanoseconds
	Total int   // records; 0 when that is not known

	parts []Part // in order
}

// Part is a run of records that are accounted for.
type Part struct {
	From, To int
	Rejects  []Reject // as they stand in the file of rejects
	Rejected int
}

// maxEarlierRejects bounds the memory that the rejects of a broken-off run may take, in bytes.
const maxEarlierRejects = 64 << 20

// earlierOf reads how far runs came, or returns nil when they had too many rejects to hold. Of a file that changed between them only
// what was read since counts.
func earlierOf(content []byte, runs []int) *Earlier {
	e := &Earlier{files: map[string]*File{}}
	plans := map[uint64]*Plan{}
	eachEntry(content, func(x *entry) {
		if x == nil || !slices.Contains(runs, x.Run) {
			return
		}
		switch {
		case x.Plan != nil:
			plans[x.Tag] = x.Plan
			for _, f := range x.Plan.Ended {
				e.file(f.Path, f.Size, f.Time).Total = f.Total
			}
		case x.Done != nil && plans[x.Tag] != nil:
			e.done(plans[x.Tag], x.Done)
			delete(plans, x.Tag)
		case x.Void:
			delete(plans, x.Tag)
		}
	})
	if e.bytes > maxEarlierRejects {
		return nil
	}
	for _, f := range e.files {
		slices.SortFunc(f.parts, func(a, b Part) int { return cmp.Compare(a.From, b.From) })
	}
	return e
}

// file returns the progress of a file as it stands now.
func (e *Earlier) file(path string, size, time int64) *File {
	f := e.files[path]
	if f == nil || f.Size != size || f.Time != time {
		f = &File{Size: size, Time: time}
		e.files[path] = f
	}
	return f
}

// done counts the spans of a plan as accounted for.
func (e *Earlier) done(p *Plan, d *Done) {
	rejects := make([][]Reject, len(p.Files))
	for _, list := range [][]Reject{p.Rejects, d.Refused} {
		for _, r := range list {
			if r.Span >= 0 && r.Span < len(rejects) && e.bytes <= maxEarlierRejects {
				rejects[r.Span] = append(rejects[r.Span], r)
				e.bytes += len(r.Line)
			}
		}
	}
	refused := make([]int, len(p.Files))
	for _, r := range d.Refused {
		if r.Span >= 0 && r.Span < len(refused) {
			refused[r.Span]++
		}
	}
	for i, s := range p.Files {
		f := e.file(s.Path, s.Size, s.Time)
		if s.Total > 0 {
			f.Total = s.Total
		}
		f.parts = append(f.parts, Part{s.From, s.To, rejects[i], s.Rejected + refused[i]})
	}
}

// Of returns how far a file was accounted for that has not changed since, or nil.
func (e *Earlier) Of(path string, size, time int64) *File {
	if e == nil {
		return nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	f := e.files[path]
	if f == nil || f.Size != size || f.Time != time {
		return nil
	}
	return f
}

// Done reports whether every record of the file is accounted for.
func (f *File) Done() bool {
	if f == nil || f.Total == 0 {
		return false
	}
	next := 0
	for _, p := range f.parts {
		if p.From > next {
			return false
		}
		next = max(next, p.To)
	}
	return next >= f.Total
}

// Parts returns what is accounted for, in order.
func (f *File) Parts() []Part {
	if f == nil {
		return nil
	}
	return f.parts
}

// Finished returns how many files are done.
func (e *Earlier) Finished() (n int) {
	if e == nil {
		return 0
	}
	for _, f := range e.files {
		if f.Done() {
			n++
		}
	}
	return n
}
