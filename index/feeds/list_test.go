package feeds

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/fetch"
)

// TestListIsKept: a list that is opened again is as it was.
func TestListIsKept(t *testing.T) {
	dir, w := t.TempDir(), newWorld()
	k := keeper(t, dir, nil, w, Options{})
	imported(t, k, quay, "https://tide.example.com/feed")
	w.tagged(quay, `"1"`, items(1, 3))
	pollNow(t, k, quay)
	again := keeper(t, dir, nil, w, Options{})
	a, b := fmt.Sprintf("%+v", k.list.all()), fmt.Sprintf("%+v", again.list.all())
	if a != b || !strings.Contains(a, `"1"`) {
		t.Errorf("%s\n%s", a, b)
	}
	must(t, again.Remove(t.Context(), "https://TIDE.example.com/feed#x"))
	if err := again.Remove(t.Context(), "https://tide.example.com/feed"); !errors.Is(err, ErrUnknown) {
		t.Error(err)
	}
	if left := keeper(t, dir, nil, w, Options{}).list.all(); len(left) != 1 || left[0].URL != quay {
		t.Errorf("%+v", left)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	hidden, _ := filepath.Glob(filepath.Join(dir, ".*"))
	if err != nil || len(names) != 1 || len(hidden) != 0 {
		t.Errorf("%v %v, %v", names, hidden, err)
	}
}

// TestListFaults: a list that cannot be read or written is no reason to lose it.
func TestListFaults(t *testing.T) {
	for _, text := range []string{"", "{", `{"version":99,"feeds":[]}`, `[]`, "null"} {
		dir := t.TempDir()
		must(t, os.WriteFile(filepath.Join(dir, FileName), []byte(text), 0o644))
		if _, err := Open(dir, nil, Options{Getter: newWorld()}); err == nil || !strings.Contains(err.Error(), FileName) {
			t.Errorf("%q: %v", text, err)
		}
		if got, err := os.ReadFile(filepath.Join(dir, FileName)); err != nil || string(got) != text {
			t.Errorf("%q became %q", text, got)
		}
	}
	dir := filepath.Join(t.TempDir(), "gone")
	k := keeper(t, dir, nil, newWorld(), Options{})
	if _, err := k.Import(t.Context(), []Wanted{{URL: quay}}); err == nil || len(k.list.all()) != 0 {
		t.Errorf("%v, %v", err, k.list.all())
	}
	if err := k.list.update(quay, func(f *Feed) { t.Error("called") }); err != nil {
		t.Error(err)
	}
	k.list.feeds = []*Feed{{URL: quay, Title: "was"}}
	if err := k.list.update(quay, func(f *Feed) { f.Title = "is" }); err == nil || k.list.all()[0].Title != "was" {
		t.Errorf("%v, %v", err, k.list.all())
	}
	if err := k.list.remove(quay); err == nil || len(k.list.all()) != 1 {
		t.Errorf("%v, %v", err, k.list.all())
	}
	k.list.feeds[0].Disabled = "gone"
	if _, err := k.list.add(Feed{URL: quay}); err == nil || k.list.all()[0].Disabled != "gone" {
		t.Errorf("%v, %v", err, k.list.all())
	}
}

func TestListIsBounded(t *testing.T) {
	k := keeper(t, t.TempDir(), nil, newWorld(), Options{})
	var list []Wanted
	for i := range MaxFeeds + 1 {
		list = append(list, Wanted{URL: fmt.Sprintf("https://f%d.example.com/", i)})
	}
	if _, err := k.Import(t.Context(), list); err == nil || len(k.list.all()) != 0 {
		t.Errorf("%v, %d feeds", err, len(k.list.all()))
	}
}

func TestImportRefuses(t *testing.T) {
	f := fetch.New(fetch.Options{})
	defer f.Close()
	k, err := Open(t.TempDir(), nil, Options{Getter: f})
	must(t, err)
	sum, err := k.Import(t.Context(), []Wanted{
		{URL: quay, Title: " The\n Quay "}, {URL: quay}, {URL: "http://169.254.169.254/feed"}, {URL: "file:///etc/passwd"}, {URL: ""}, {URL: "tide.example.com/rss"},
	})
	if err != nil || sum.Added != 2 || sum.Known != 1 || len(sum.Refused) != 3 || sum.Refused[0].URL != "http://169.254.169.254/feed" || !strings.Contains(sum.Refused[0].Detail, "not public") {
		t.Errorf("%+v, %v", sum, err)
	}
	var got []string
	for _, f := range k.list.all() {
		got = append(got, f.URL+" "+f.Title)
	}
	if want := []string{quay + " The Quay", "https://tide.example.com/rss "}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestSeen(t *testing.T) {
	s := readSeen("")
	for i := range 1000 {
		if !s.put(hashOf(fmt.Sprint(i))) || s.put(hashOf(fmt.Sprint(i))) {
			t.Fatalf("%d", i)
		}
	}
	for _, c := range []struct{ shown, kept int }{{10, 100}, {200, 400}, {5000, 1000}} {
		again := readSeen(s.text(c.shown) + "part")
		if len(again.order) != c.kept || again.put(hashOf("999")) {
			t.Errorf("%d shown: %d kept", c.shown, len(again.order))
		}
	}
}

func TestCount(t *testing.T) {
	h, day := Health{}, time.Date(2024, 2, 28, 23, 59, 0, 0, time.UTC)
	sum := 0
	for i := range 100 {
		h.count(day.Add(time.Duration(i)*13*time.Hour), i%3)
		sum += i % 3
	}
	if h.Items != sum || len(h.Days) > KeptDays || !slices.IsSortedFunc(h.Days, func(a, b Day) int { return strings.Compare(a.Day, b.Day) }) {
		t.Errorf("%+v", h)
	}
	h.count(day.AddDate(1, 0, 0), 0)
	if len(h.Days) != 0 {
		t.Errorf("%+v", h)
	}
}

// TestIntervals holds the laws of intervals: within bounds, longer when nothing comes, no shorter than asked.
func TestIntervals(t *testing.T) {
	for cadence := 0; cadence < 10*24*3600; cadence = cadence*3 + 100 {
		last := time.Duration(0)
		for empty := range 25 {
			h := Health{Cadence: cadence, Empty: empty}
			d := h.interval(0)
			if d < MinInterval || d > MaxInterval || d < last {
				t.Errorf("cadence %d, %d empty: %v after %v", cadence, empty, d, last)
			}
			last = d
			for _, hint := range []time.Duration{time.Minute, time.Hour, 12 * time.Hour, 100 * time.Hour} {
				if got := h.interval(hint); got != min(max(d, hint), MaxInterval) {
					t.Errorf("hint %v: %v", hint, got)
				}
			}
		}
	}
	for failures := range 100 {
		h := Health{Failures: failures, Interval: 600}
		if d := h.backOff(); d < MinInterval || d > MaxInterval {
			t.Errorf("%d failures: %v", failures, d)
		}
	}
}

// TestJitter: the same seed gives the same times, and feeds that were added together part.
func TestJitter(t *testing.T) {
	now := time.Date(2024, 3, 14, 12, 0, 0, 0, time.UTC)
	next := func(url string, polls int, seed uint64) index.Time {
		f := Feed{URL: url, Health: Health{Polls: polls}}
		f.schedule(now, time.Hour, time.Time{}, seed)
		return f.Next
	}
	different := map[index.Time]bool{}
	for i := range 100 {
		url := fmt.Sprintf("https://f%d.example.com/", i)
		a := next(url, 1, 7)
		if d := a.Sub(now); d < 54*time.Minute || d > 66*time.Minute || a != next(url, 1, 7) {
			t.Errorf("%s after %v", url, d)
		}
		different[a], different[next(url, 2, 7)], different[next(url, 1, 8)] = true, true, true
	}
	if len(different) < 200 {
		t.Errorf("only %d times", len(different))
	}
}

func TestCadence(t *testing.T) {
	now := time.Date(2024, 3, 14, 12, 0, 0, 0, time.UTC)
	ago := func(hours ...float64) (list []time.Time) {
		for _, h := range hours {
			list = append(list, now.Add(-time.Duration(h*float64(time.Hour))))
		}
		return list
	}
	for _, c := range []struct {
		published []time.Time
		want      time.Duration
	}{
		{nil, 0}, {ago(1, 2), 0}, {ago(1, 1, 1, 1), 0}, {ago(3, 1, 2), time.Hour}, {ago(1, 2, 3, 50, 51), time.Hour},
		{ago(-5, 1, 2, 3), time.Hour}, {ago(100, 101, 102, 103), 25 * time.Hour}, {ago(2, 2, 4, 6, 8), 2 * time.Hour}, {ago(1e5, 2e5, 3e5), 30 * 24 * time.Hour},
	} {
		if got := cadence(c.published, now); got != int(c.want/time.Second) {
			t.Errorf("%v: %v, want %v", c.published, time.Duration(got)*time.Second, c.want)
		}
	}
}
