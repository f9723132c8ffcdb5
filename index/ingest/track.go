package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"sync/atomic"
	"unicode/utf8"

	"dateline/index/ledger"
	"dateline/index/source/record"
)

// tracked is a file whose progress the ledger keeps: its records are numbered in the order in which they are cut, faults and what
// lies in archives included.
type tracked struct {
	path       string
	size, time int64
	total      atomic.Int64 // records, once the end was reached; 0 before

	// The cutter's own:
	count int
	parts []ledger.Part // of it that were dealt with, and lie ahead
}

func (t *tracked) ended() { t.total.Store(int64(t.count)) }

// numbered is the place of a record in its file.
type numbered struct {
	file *tracked // nil when it is not tracked
	nth  int      // from 0
}

// skip stands for records that an earlier run has dealt with.
type skip struct {
	ledger.Skipped
	rejects []*Reject
}

// track makes ready to cut a file, and reports whether that is not needed, since all of it was dealt with. What has no size or time
// cannot be known again, and neither can a name that JSON would change.
func (c *cutter) track(in input) (whole bool) {
	if c.o.Ledger == nil || in.stream || in.time == 0 || !utf8.ValidString(in.path) {
		return false
	}
	known := c.earlier.Of(in.path, in.size, in.time)
	if known.Done() {
		s := skip{Skipped: ledger.Skipped{Files: 1}}
		for _, p := range known.Parts() {
			s.add(p)
		}
		c.passed.Add(in.size)
		c.append(job{skip: &s})
		return true
	}
	c.file = &tracked{path: in.path, size: in.size, time: in.time, parts: known.Parts()}
	return false
}

// number gives a record its number, and reports whether it is still to be dealt with. Of a part that is not, the last record leaves
// what became of the part.
func (c *cutter) number(j *job) bool {
	f := c.file
	if f == nil || j.reject != nil && j.reject.Reason == record.Unread { // it may be readable the next time
		return true
	}
	j.numbered = numbered{f, f.count}
	f.count++
	if len(f.parts) == 0 || j.nth < f.parts[0].From {
		return true
	}
	if j.nth+1 >= f.parts[0].To {
		s := &skip{}
		s.add(f.parts[0])
		f.parts = f.parts[1:]
		c.append(job{skip: s})
	}
	return false
}

// add adds a part.
func (s *skip) add(p ledger.Part) {
	s.Records += p.To - p.From
	s.Rejected += p.Rejected
	for _, r := range p.Rejects {
		reject := &Reject{}
		if json.Unmarshal(r.Line, reject) == nil {
			s.rejects = append(s.rejects, reject)
		}
	}
}

// key says all that decides what a run makes of its paths.
func (o *Options) key(paths []string) string {
	h := sha256.New()
	line := func(v any) {
		_ = json.NewEncoder(h).Encode(v) // strings and numbers, into memory
	}
	for _, p := range paths {
		if abs, err := filepath.Abs(p); err == nil && p != "-" {
			p = abs
		}
		line(p)
	}
	line([]any{o.Account.Command, o.Account.Key, o.Format, o.Source, o.Names, o.MaxRecord, o.MaxArticle, o.Without})
	return hex.EncodeToString(h.Sum(nil)[:12])
}
