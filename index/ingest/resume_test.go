package ingest

import (
	"archive/tar"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/ledger"
	"dateline/index/memory"
	"dateline/index/source/sourcetest"
)

// killed is an engine whose process ends at a Put: what it was given is there or not, and nobody is told.
type killed struct {
	index.Engine
	mu     sync.Mutex // one Put at a time
	left   int        // Puts until then
	last   string     // the id of an article that is put in that Put; "" where any may be
	stored bool
	seen   map[uint64]index.Changes
}

var errKilled = errors.New("killed")

func (k *killed) Put(ctx context.Context, articles []index.Article) (index.Receipt, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for k.last != "" && k.left > 1 && articles[0].ID == k.last { // writers are several, and any may come first
		k.mu.Unlock()
		time.Sleep(time.Millisecond)
		k.mu.Lock()
	}
	k.left--
	if k.left == 0 && !k.stored {
		return index.Receipt{}, errKilled
	}
	r, err := k.Engine.Put(ctx, articles)
	if r.Indexed+r.Updated > 0 {
		k.seen[index.TagOf(ctx)] = index.Changes{Indexed: r.Indexed, Updated: r.Updated}
	}
	if k.left == 0 {
		return index.Receipt{}, errKilled
	}
	return r, err
}

func (k *killed) Witnessed() map[uint64]index.Changes { return k.seen }

func (k *killed) Changes() index.Changes {
	s, err := k.Stats(context.Background())
	if err != nil {
		panic(err)
	}
	return s.Changes
}

// desk is an index, its ledger and its rejects, as processes one after the other use them.
type desk struct {
	t       *testing.T
	dir     string
	engine  *killed
	rejects bytes.Buffer
}

func newDesk(t *testing.T) *desk {
	return &desk{t: t, dir: t.TempDir(), engine: &killed{Engine: memory.New(memory.Options{}), seen: map[uint64]index.Changes{}}}
}

// run is a process that is killed at a Put, or not at all when that is 0.
func (d *desk) run(killAt int, stored bool, o Options, paths ...string) (Summary, error) {
	d.t.Helper()
	l, err := ledger.Open(d.t.Context(), d.dir, d.engine, nil)
	must(d.t, err)
	defer l.Close()
	d.rejects.Reset()
	d.engine.left, d.engine.stored = killAt, stored
	o.Ledger, o.Account.Resume, o.Rejects = l, true, &d.rejects
	return Run(d.t.Context(), d.engine, paths, o)
}

// addsUp audits.
func (d *desk) addsUp() {
	d.t.Helper()
	b, err := ledger.Read(d.t.Context(), d.dir, d.engine)
	must(d.t, err)
	a, err := b.Audit(d.t.Context(), d.engine)
	must(d.t, err)
	for _, c := range a.Checks {
		if !c.Holds {
			d.t.Errorf("%+v", c)
		}
	}
}

// export is what the engine has, but for the times.
func (d *desk) export() (list []string) {
	for a, err := range d.engine.Export(d.t.Context(), index.Request{}) {
		must(d.t, err)
		a.Indexed, a.Changed = index.Time{}, index.Time{}
		text, err := json.Marshal(a)
		must(d.t, err)
		list = append(list, string(text))
	}
	return list
}

// sameCounts compares what a run says of its records.
func sameCounts(t *testing.T, got, want Summary) {
	t.Helper()
	if got.Read != want.Read || got.Rejected != want.Rejected || got.Indexed+got.Updated+got.Unchanged != want.Indexed+want.Updated+want.Unchanged {
		t.Errorf("summary %+v, undisturbed %+v", got, want)
	}
}

// TestResume breaks runs off at every Put, over small files, a large one and an archive, and goes on: the index, the rejects and the
// sums are those of a run that nobody disturbed.
func TestResume(t *testing.T) {
	files := map[string]string{"b/large.bars": lines(3, 150), "z.bars": "#z||Z|z\n", "empty.bars": ""}
	for i := range 20 {
		files[fmt.Sprintf("a/%02d.bars", i)] = lines(uint64(i), 1+i%5)
	}
	dir := tree(t, files)
	writeTar(t, filepath.Join(dir, "c.tar"), map[string]string{"one.bars": lines(91, 50), "two.txt": "nothing", "three.bars": lines(92, 70)})
	o := testOptions
	o.BatchArticles, o.Workers = 30, 3
	whole := newDesk(t)
	want, err := whole.run(0, false, o, dir)
	must(t, err)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	rounds := 5
	if sourcetest.Race {
		rounds = 2
	}
	for range rounds {
		d := newDesk(t)
		var got Summary
		for err = errKilled; err != nil; {
			got, err = d.run(1+random.IntN(12), random.IntN(2) == 0, o, dir)
			if err != nil && !errors.Is(err, errKilled) {
				t.Fatal(err)
			}
			d.addsUp()
		}
		sameCounts(t, got, want)
		if got.Resumed && got.Files+got.Skipped.Files != want.Files {
			t.Errorf("%d files opened, %d skipped of %d", got.Files, got.Skipped.Files, want.Files)
		}
		if a, b := d.export(), whole.export(); fmt.Sprint(a) != fmt.Sprint(b) {
			t.Errorf("the index is not that of an undisturbed run")
		}
		if d.rejects.String() != whole.rejects.String() {
			t.Errorf("rejects\n%s\nundisturbed\n%s", &d.rejects, &whole.rejects)
		}
		again, err := d.run(0, false, o, dir)
		if err != nil || again.Resumed || again.Indexed != 0 {
			t.Errorf("the next run: %+v, %v", again, err)
		}
	}
}

func writeTar(t *testing.T, path string, files map[string]string) {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, name := range []string{"one.bars", "two.txt", "three.bars"} {
		must(t, w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(files[name]))}))
		_, err := w.Write([]byte(files[name]))
		must(t, err)
	}
	must(t, w.Close())
	must(t, os.WriteFile(path, b.Bytes(), 0o644))
}

// TestResumeChanged changes a file between a run that was broken off and the next: it is read from the first record.
func TestResumeChanged(t *testing.T) {
	dir := tree(t, map[string]string{"a.bars": "#a||A|\n#b||B|\n", "b.bars": "#c||C|\n", "c.bars": "#d||D|\n!\n"})
	o := testOptions
	o.BatchArticles, o.Workers = 1, 1
	d := newDesk(t)
	d.engine.last = "d"
	if _, err := d.run(4, false, o, dir); !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	d.engine.last = ""
	must(t, os.WriteFile(filepath.Join(dir, "a.bars"), []byte("#a||A changed|\n#b||B|\n#x||X|\n"), 0o644))
	got, err := d.run(0, false, o, dir)
	must(t, err)
	if !got.Resumed || got.Skipped.Files != 1 || got.Files != 2 || got.Read != 6 || got.Updated != 1 || got.Indexed != 2 || got.Unchanged != 2 {
		t.Errorf("%+v, skipped %+v", got, got.Skipped)
	}
	d.addsUp()
}

// TestNotResumed holds that a run begins anew when it would be made differently.
func TestNotResumed(t *testing.T) {
	dir := tree(t, map[string]string{"a.bars": "#a||A|\n", "b.bars": "#b||B|\n", "c.bars": "#c||C|\n"})
	for name, change := range map[string]func(o *Options, paths *[]string){
		"source": func(o *Options, _ *[]string) { o.Source = "Other" },
		"names":  func(o *Options, _ *[]string) { o.Names = Names(0) },
		"format": func(o *Options, _ *[]string) { o.Format = "bars" },
		"paths":  func(o *Options, paths *[]string) { *paths = append(*paths, filepath.Join(dir, "a.bars")) },
		"key":    func(o *Options, _ *[]string) { o.Account.Key = "newer" },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			o, paths := testOptions, []string{dir}
			o.BatchArticles, o.Workers = 1, 1
			if _, err := d.run(3, false, o, paths...); !errors.Is(err, errKilled) {
				t.Fatal(err)
			}
			change(&o, &paths)
			got, err := d.run(0, false, o, paths...)
			if err != nil || got.Resumed || got.Skipped != nil || got.Files != 3+len(paths)-1 {
				t.Errorf("%+v, %v", got, err)
			}
			d.addsUp()
		})
	}
}

// TestResumeUnreadable reads a file the next time that could not be read before.
func TestResumeUnreadable(t *testing.T) {
	dir := tree(t, map[string]string{"a.bars": "#a||A|\n", "b.bars": "#b||B|\n", "c.bars": "#c||C|\n"})
	locked := filepath.Join(dir, "a.bars")
	must(t, os.Chmod(locked, 0))
	if f, err := os.Open(locked); err == nil {
		f.Close()
		t.Skip("this user may read everything")
	}
	o := testOptions
	o.BatchArticles, o.Workers = 1, 1
	d := newDesk(t)
	if _, err := d.run(2, false, o, dir); !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	must(t, os.Chmod(locked, 0o644))
	got, err := d.run(0, false, o, dir)
	must(t, err)
	if !got.Resumed || got.Read != 3 || got.Rejected != 0 {
		t.Errorf("%+v, skipped %+v", got, got.Skipped)
	}
}

// TestAccounted looks at the accounts of a run: the days, what is undated, dated ahead, and rejected before and by the engine.
func TestAccounted(t *testing.T) {
	ahead := time.Now().AddDate(1, 0, 0).Format(time.DateOnly)
	dir := tree(t, map[string]string{"a.bars": "#a|2024-01-02|A|\n#b|2024-01-02|B|\n#c||C|\n#d|2999-01-01|D|\n#f|" + ahead + "|F|\n!\n#e|2024-01-03||\n#a|2024-01-02|A|\n"})
	d := newDesk(t)
	o := testOptions
	o.Source = "Quay"
	sum, err := d.run(0, false, o, dir)
	must(t, err)
	b, err := ledger.Read(t.Context(), d.dir, d.engine)
	must(t, err)
	got := ""
	for _, r := range b.Rows(ledger.ByCell, ledger.Filter{}) {
		got += fmt.Sprintf("%s %s read=%d indexed=%d unchanged=%d undated=%d ahead=%d rejected=%v\n", r.Source, r.Day, r.Read, r.Indexed, r.Unchanged, r.Undated, r.FutureDate, r.Rejected)
	}
	want := "Quay  read=1 indexed=0 unchanged=0 undated=0 ahead=0 rejected=map[bad syntax:1]\n" +
		"Quay 2024-01-02 read=3 indexed=2 unchanged=1 undated=0 ahead=0 rejected=map[]\n" +
		"Quay 2024-01-03 read=1 indexed=0 unchanged=0 undated=0 ahead=0 rejected=map[no text:1]\n" +
		"Quay " + ahead + " read=1 indexed=1 unchanged=0 undated=0 ahead=1 rejected=map[]\n" +
		"Quay 2999-01-01 read=1 indexed=0 unchanged=0 undated=0 ahead=0 rejected=map[bad date:1]\n" +
		"Quay undated read=1 indexed=1 unchanged=0 undated=1 ahead=0 rejected=map[]\n"
	if got != want {
		t.Errorf("%+v\n%swant\n%s", sum, got, want)
	}
	d.addsUp()
}

// TestStreamAccounted holds that a stream is a run of its own, which nothing goes on from.
func TestStreamAccounted(t *testing.T) {
	d := newDesk(t)
	l, err := ledger.Open(t.Context(), d.dir, d.engine, nil)
	must(t, err)
	defer l.Close()
	o := testOptions
	o.Ledger, o.Account.Resume = l, true
	d.engine.left = 1
	if _, err := Stream(t.Context(), d.engine, bytes.NewReader([]byte("#a||A|\n")), "upload", o); !errors.Is(err, errKilled) {
		t.Errorf("error %v", err)
	}
	must(t, l.Close())
	if l, err = ledger.Open(t.Context(), d.dir, d.engine, nil); err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	o.Ledger = l
	sum, err := Stream(t.Context(), d.engine, bytes.NewReader([]byte("#a||A|\n")), "upload", o)
	if err != nil || sum.Resumed || sum.Indexed != 1 {
		t.Errorf("%+v, %v", sum, err)
	}
	d.addsUp()
	l.Look(func(b *ledger.Book) {
		if n := len(b.Accounts); n != 2 || b.Accounts[0].Command != "post" || b.Accounts[0].Error == "" || b.Accounts[1].BrokenOff() {
			t.Errorf("%d accounts, %+v", n, b.Accounts)
		}
	})
}
