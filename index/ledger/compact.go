package ledger

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"dateline/index"
)

// The book is written anew when what was appended since the last time is more than compactFrom and more than the book itself, so that
// the file stays within a small multiple of what it says, and writing it costs no more than appending did.
const compactFrom = 256 << 10

// What is kept of old runs: the last keepRuns by themselves, those before by the day that they began, and those of more than keepDays
// days as one.
const (
	keepRuns = 50
	keepDays = 366
)

// compact writes the book anew, if it has grown and nobody needs the lines: no run is under way or can be gone on with. The caller
// holds the lock.
func (l *Ledger) compact() error {
	b := l.book
	if l.grown < l.bound {
		return nil
	}
	if err := l.dismiss(); err != nil {
		return err
	}
	if len(b.begun) > 0 || len(b.pending) > 0 || b.Damaged > 0 || l.err != nil {
		return nil
	}
	if n := len(b.Accounts); n > 0 && b.Accounts[n-1].key != "" && b.Accounts[n-1].BrokenOff() {
		return nil
	}
	b.fold()
	content, err := b.content()
	if err != nil {
		return err
	}
	f, err := replace(l.path, content)
	if f == nil {
		l.bound = 2 * l.grown // the old file goes on; it is tried again when that is twice as long
		return nil
	}
	old := l.f
	l.f, l.size, l.grown, l.bound = f, int64(len(content)), 0, max(compactFrom, int64(len(content)))
	return errors.Join(err, old.Close())
}

// content writes the accounts as lines.
func (b *Book) content() ([]byte, error) {
	var out bytes.Buffer
	list := []entry{{Next: &next{b.last, b.tag}}}
	for _, a := range b.Accounts {
		list = append(list, entry{Sum: a})
	}
	for _, e := range list {
		line, err := e.line()
		if err != nil {
			return nil, err
		}
		out.Write(line)
	}
	return out.Bytes(), nil
}

// fold makes one account of those that are not kept by themselves.
func (b *Book) fold() {
	if len(b.Accounts) <= keepRuns {
		return
	}
	old := b.Accounts[:len(b.Accounts)-keepRuns]
	b.Accounts = slices.Clone(b.Accounts[len(b.Accounts)-keepRuns:])
	var days []*Account
	for _, a := range old {
		if n := len(days); n > 0 && days[n-1].day() == a.day() {
			days[n-1] = together(days[n-1], a)
		} else {
			days = append(days, a)
		}
	}
	for len(days) > keepDays {
		days = append([]*Account{together(days[0], days[1])}, days[2:]...)
	}
	b.Accounts = append(days, b.Accounts...)
}

// together makes one account of two, the second the later.
func together(a, b *Account) *Account {
	sum := &Account{
		Run: b.Run, Runs: max(a.Runs, 1) + max(b.Runs, 1), Begun: a.Begun, Ended: later(a.Ended, b.Ended), Cells: Cells{},
	}
	if a.Command == b.Command {
		sum.Command = a.Command
	}
	for _, x := range []*Account{a, b} {
		sum.Cells.Add(x.Cells.List())
	}
	return sum
}

func later(a, b index.Time) index.Time {
	if a.After(b.Time) {
		return a
	}
	return b
}

// replace writes a file anew, whole or not at all, and opens it for appending. The file is nil when the old one is still there.
func replace(path string, content []byte) (*os.File, error) {
	tmp := path + ".tmp"
	f, err := os.OpenFile(tmp, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if err == nil {
		err = os.Rename(tmp, path)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close(), os.Remove(tmp))
	}
	return f, syncDir(filepath.Dir(path))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
