package ledger

import (
	"fmt"
	"os"
	"testing"
	"time"

	"dateline/index"
)

// TestCompact makes many runs on many days: the file stays small, and the sums stay what they were.
func TestCompact(t *testing.T) {
	dir, e := t.TempDir(), newEngine()
	now := time.Date(2024, 1, 1, 6, 0, 0, 0, time.UTC)
	l, err := Open(t.Context(), dir, e, func() time.Time { return now })
	must(t, err)
	defer func() { l.Close() }()
	const runs = 900
	for i := range runs {
		r := mustBegin(t, l, Start{Command: "feed", Paths: []string{"https://quay.example/feed"}})
		_, err := r.Put(t.Context(), e, articles(fmt.Sprintf("n%d Quay 2024-03-%02d Item", i, 1+i%28)))
		must(t, err)
		must(t, r.End(End{Summary: Summary{Read: 1, Indexed: 1}}))
		now = now.Add(13 * time.Hour)
		if i%300 == 200 {
			must(t, l.Close())
			l, err = Open(t.Context(), dir, e, func() time.Time { return now })
			must(t, err)
		}
	}
	info, err := os.Stat(l.path)
	if must(t, err); info.Size() > 3*compactFrom {
		t.Errorf("the file has %d bytes", info.Size())
	}
	addsUp(t, l, e)
	l.Look(func(b *Book) {
		n := 0
		for _, a := range b.Accounts {
			n += max(a.Runs, 1)
		}
		if n != runs || len(b.Accounts) > keepDays+2*runs/3 || b.Total().Indexed != runs {
			t.Errorf("%d runs in %d accounts, %+v", n, len(b.Accounts), b.Total())
		}
		if last := b.Accounts[len(b.Accounts)-1]; last.Run != runs || last.BrokenOff() || last.Paths == nil {
			t.Errorf("the last run is %+v", last)
		}
	})
}

func TestFold(t *testing.T) {
	b := parse(nil)
	begun := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 3 * (keepDays + keepRuns) {
		a := &Account{Run: i + 1, Begun: index.At(begun.Add(time.Duration(i) * 8 * time.Hour)), Cells: Cells{}}
		a.Ended = a.Begun
		a.Cells.At(Key{"Quay", "2020-01-01"}).Read = 1
		b.Accounts = append(b.Accounts, a)
	}
	b.fold()
	if n := len(b.Accounts); n != keepDays+keepRuns {
		t.Errorf("%d accounts", n)
	}
	if first := b.Accounts[0]; first.Runs < 3 || b.Accounts[1].Runs != 3 {
		t.Errorf("the first stands for %d runs, the second for %d", first.Runs, b.Accounts[1].Runs)
	}
	if n := b.Total().Read; n != 3*(keepDays+keepRuns) {
		t.Errorf("%d were read", n)
	}
}

// TestManySources holds that invented sources cannot take the memory.
func TestManySources(t *testing.T) {
	cells := Cells{}
	for i := range MaxCells + 1000 {
		cells.At(Key{fmt.Sprint("source ", i), Undated}).Read++
	}
	if n := cells[Key{"", OtherDays}]; len(cells) != MaxCells+1 || n == nil || n.Read != 1000 {
		t.Errorf("%d cells, others %+v", len(cells), n)
	}
	c := Count{}
	for i := range 1000 {
		c.Reject(fmt.Sprint("reason ", i), 1)
	}
	if len(c.Rejected) != maxReasons+1 || c.Refused() != 1000 {
		t.Errorf("%d reasons, %d rejects", len(c.Rejected), c.Refused())
	}
}
