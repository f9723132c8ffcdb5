package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/source/record"
)

var testOptions = Options{Names: NamesGiven, formats: []record.Format{bars}, Source: "Gazette"}

// addsUp checks the law of every summary.
func addsUp(t *testing.T, s Summary) {
	t.Helper()
	if s.Read != s.Indexed+s.Updated+s.Unchanged+s.Rejected {
		t.Errorf("read is not the sum of the rest: %+v", s)
	}
}

// rejectLines reads a rejects file as "path:record reason".
func rejectLines(t *testing.T, b *bytes.Buffer, dir string) []string {
	t.Helper()
	var got []string
	for d := json.NewDecoder(b); d.More(); {
		var r Reject
		must(t, d.Decode(&r))
		got = append(got, fmt.Sprintf("%s:%d %s", strings.TrimPrefix(strings.TrimPrefix(r.Path, dir), "/"), r.Record, r.Reason))
	}
	return got
}

func TestRun(t *testing.T) {
	dir := tree(t, map[string]string{
		"b.txt":         "#1|2024-03-14|One|Text\n#2||Two|\n",
		"a/z.txt":       "#1|2024-03-14|One, older|Text\n",
		".hidden":       "#9||Hidden|\n",
		".git/x.txt":    "#9||Hidden|\n",
		"c-empty.txt":   "",
		"d-blank.txt":   " \n\n",
		"e-odd.txt":     "no bars\n",
		"f-binary.txt":  "\x7fELF\x00\x00\x00\x00\x00\x00\x00",
		"g-faults.txt":  "#3||Three|\n!\n#panic\nplain\n#4||Four|\ndie\n#5||Never|\n",
		"h-notext.txt":  "#6|||\n",
		"i-date.txt":    "#7|2999-01-01|Later|\n",
		"j-ancient.txt": "#8|1599-12-31|Before newspapers|\n",
	})
	must(t, syscall.Mkfifo(filepath.Join(dir, "k-fifo"), 0o644))
	must(t, os.Symlink(filepath.Join(dir, "b.txt"), filepath.Join(dir, "l-link.txt")))

	var rejects bytes.Buffer
	o, engine := testOptions, newShelf(t)
	o.Rejects, o.KeepRejects = &rejects, 2
	s, err := Run(t.Context(), engine, []string{dir}, o)
	must(t, err)
	addsUp(t, s)
	if s.Indexed != 4 || s.Updated != 1 || s.Rejected != 11 || s.Files != 10 {
		t.Errorf("summary %+v", s)
	}
	want := []string{
		"c-empty.txt:1 empty", "d-blank.txt:1 empty", "e-odd.txt:1 not news", "f-binary.txt:1 not news",
		"g-faults.txt:2 bad syntax", "g-faults.txt:3 bad syntax", "g-faults.txt:4 bad syntax", "g-faults.txt:6 bad syntax",
		"h-notext.txt:1 no text", "i-date.txt:1 bad date", "j-ancient.txt:1 bad date",
	}
	if got := rejectLines(t, &rejects, dir); !reflect.DeepEqual(got, want) {
		t.Errorf("rejects\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(s.Rejects) != 2 || s.Rejects[0].Reason != record.Empty {
		t.Errorf("kept rejects %+v", s.Rejects)
	}
	a := engine.articles["1"]
	if a.Title != "One" || a.Path != "b.txt" || a.Format != "bars" || a.Source != "Gazette" || a.Words != 1 || a.Text == "" || a.Story != a.Text {
		t.Errorf("article %+v", a)
	}
}

func TestRunAgainChangesNothing(t *testing.T) {
	dir := tree(t, map[string]string{"a": strings.ReplaceAll(lines(1, 300), "#id", "#"), "b": "#||No id|\n"})
	engine := newShelf(t)
	first, err := Run(t.Context(), engine, []string{filepath.Join(dir, "b")}, testOptions)
	must(t, err)
	second, err := Run(t.Context(), engine, []string{filepath.Join(dir, "b")}, testOptions)
	must(t, err)
	if first.Indexed != 1 || second.Indexed != 0 || second.Unchanged != 1 {
		t.Errorf("first %+v, second %+v", first, second)
	}
}

func TestNamedPaths(t *testing.T) {
	dir := tree(t, map[string]string{"news/a.txt": "#1||A|\n", "empty/": "", "dots/.x": "#1||A|\n"})
	must(t, os.Symlink(filepath.Join(dir, "news"), filepath.Join(dir, "link")))
	must(t, syscall.Mkfifo(filepath.Join(dir, "fifo"), 0o644))
	for _, test := range []struct {
		path, want string
	}{
		{"news/a.txt", "indexed 1"},
		{"news", "indexed 1"},
		{"link", "indexed 1"},
		{"empty", "empty: the folder holds no files"},
		{"dots", "empty: the folder holds no files"},
		{"fifo", "empty: the file is empty"},
		{"missing", "unreadable: no such file or directory"},
		{"/dev/null", "unreadable: neither a file nor a folder"},
	} {
		path := test.path
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		o := testOptions
		o.KeepRejects = 1
		s, err := Run(t.Context(), newShelf(t), []string{path}, o)
		must(t, err)
		addsUp(t, s)
		got := fmt.Sprintf("indexed %d", s.Indexed)
		if len(s.Rejects) > 0 {
			got = s.Rejects[0].Reason + ": " + s.Rejects[0].Detail
		}
		if got != test.want {
			t.Errorf("%s: %s, want %s", test.path, got, test.want)
		}
	}
}

func TestNoPermission(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	dir := tree(t, map[string]string{"a/x.txt": "#1||A|\n", "b.txt": "#2||B|\n", "c.txt": "#3||C|\n"})
	must(t, os.Chmod(filepath.Join(dir, "a"), 0))
	must(t, os.Chmod(filepath.Join(dir, "b.txt"), 0))
	defer os.Chmod(filepath.Join(dir, "a"), 0o755)
	o := testOptions
	o.KeepRejects = 9
	s, err := Run(t.Context(), newShelf(t), []string{dir}, o)
	must(t, err)
	if s.Indexed != 1 || s.Rejected != 2 || s.Rejects[0].Detail != "permission denied" {
		t.Errorf("%+v", s)
	}
}

// TestSameWhateverTheWorkers checks that the engine ends with the same articles, and the counts and rejects are the same,
// however the work falls to goroutines.
func TestSameWhateverTheWorkers(t *testing.T) {
	files := map[string]string{}
	for i := range 6 {
		files[fmt.Sprintf("%d.txt", i)] = lines(uint64(i), 120)
	}
	dir := tree(t, files)
	type result struct {
		articles map[string]index.Article
		rejects  string
		counts   [4]int
	}
	var want *result
	for _, workers := range []int{1, 3, 8} {
		for _, articles := range []int{1, 17, 1000} {
			var rejects bytes.Buffer
			o, engine := testOptions, newShelf(t)
			o.Workers, o.BatchArticles, o.BatchBytes, o.Rejects = workers, articles, 200*articles, &rejects
			s, err := Run(t.Context(), engine, []string{dir}, o)
			must(t, err)
			addsUp(t, s)
			got := &result{engine.articles, rejects.String(), [4]int{s.Indexed, s.Updated, s.Unchanged, s.Rejected}}
			if want == nil {
				want = got
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("workers %d, batches of %d: counts %v, want %v", workers, articles, got.counts, want.counts)
			}
		}
	}
}

func TestParseYieldsWhatRunPuts(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": lines(5, 800), "b.txt": "nothing", "c.txt": lines(6, 10)})
	var rejects bytes.Buffer
	o, engine := testOptions, newShelf(t)
	o.Rejects = &rejects
	_, err := Run(t.Context(), engine, []string{dir}, o)
	must(t, err)

	parsed := map[string]index.Article{}
	var lines bytes.Buffer
	w := rejectWriter{w: &lines}
	for a, r := range Parse(t.Context(), []string{dir}, o) {
		if r != nil {
			w.write(r)
			continue
		}
		parsed[a.ID] = a
	}
	if !reflect.DeepEqual(parsed, engine.articles) {
		t.Error("Parse and Run differ in articles")
	}
	if lines.String() != rejects.String() {
		t.Error("Parse and Run differ in rejects")
	}
}

func TestParseMayBeLeft(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": lines(5, 20_000)})
	n := 0
	for range Parse(t.Context(), []string{dir}, testOptions) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d articles", n)
	}
}

func TestEngineError(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": lines(3, 5000)})
	o, engine := testOptions, newShelf(t)
	o.BatchArticles = 100
	engine.failAt, engine.fail = 5, &index.ReadOnlyError{Reason: "no space", Full: true}
	s, err := Run(t.Context(), engine, []string{dir}, o)
	var ro *index.ReadOnlyError
	if !errors.As(err, &ro) {
		t.Fatalf("error %v", err)
	}
	addsUp(t, s)
	if s.Indexed != len(engine.articles) || s.Indexed == 0 || s.Read > 500 {
		t.Errorf("%d in the engine, summary %+v", len(engine.articles), s)
	}
}

func TestInterrupted(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": lines(3, 5000)})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	o, engine := testOptions, newShelf(t)
	o.BatchArticles = 50
	var mu sync.Mutex
	puts := 0
	engine.before = func() {
		mu.Lock()
		defer mu.Unlock()
		if puts++; puts == 7 {
			cancel()
		}
	}
	stored := map[string]bool{}
	o.Stored = func(ids []string) {
		for _, id := range ids {
			stored[id] = true
		}
	}
	s, err := Run(ctx, engine, []string{dir}, o)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
	addsUp(t, s)
	if s.Indexed != len(engine.articles) || s.Read >= 5000 {
		t.Errorf("%d in the engine, summary %+v", len(engine.articles), s)
	}
	for id := range maps.Keys(engine.articles) {
		if !stored[id] {
			t.Errorf("%s is stored and was not reported", id)
		}
	}
}

// TestInterruptedWaitingForInput ends a run whose input never comes.
func TestInterruptedWaitingForInput(t *testing.T) {
	r, w, err := os.Pipe()
	must(t, err)
	defer r.Close()
	defer w.Close() // ends the read that was left behind
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	o := testOptions
	o.Stdin = r
	s, err := Run(ctx, newShelf(t), []string{"-"}, o)
	if !errors.Is(err, context.DeadlineExceeded) || s.Read != 0 {
		t.Errorf("%+v, error %v", s, err)
	}
}

func TestEngineRejects(t *testing.T) {
	var rejects bytes.Buffer
	o, engine := testOptions, newShelf(t)
	o.Rejects, engine.refuse = &rejects, "2"
	s, err := Stream(t.Context(), engine, strings.NewReader("#1||A|\n!\n#2||B|\n!\n#3||C|\n"), "body", o)
	must(t, err)
	addsUp(t, s)
	want := []string{"body:2 bad syntax", "body:3 refused", "body:4 bad syntax"}
	if got := rejectLines(t, &rejects, ""); !reflect.DeepEqual(got, want) || s.Indexed != 2 {
		t.Errorf("%v, summary %+v", got, s)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestRejectsCannotBeWritten(t *testing.T) {
	o := testOptions
	o.Rejects, o.BatchArticles = full{}, 10
	s, err := Stream(t.Context(), newShelf(t), strings.NewReader("#1||A|\n!\n"+lines(1, 9000)), "x", o)
	if err == nil || !strings.Contains(err.Error(), "write the rejects: no space left") {
		t.Errorf("error %v", err)
	}
	addsUp(t, s)
}

// flaky breaks off after its text.
type flaky struct {
	text *strings.Reader
	err  error
}

func (f flaky) Read(p []byte) (int, error) {
	if n, _ := f.text.Read(p); n > 0 {
		return n, nil
	}
	return 0, f.err
}

func TestReadErrors(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"#1||A|\n#2||B|\n", "indexed 2: body:3 unreadable"},
		{"", "indexed 0: body:1 unreadable"},
		{"what", "indexed 0: body:1 unreadable"},
	} {
		o := testOptions
		var rejects bytes.Buffer
		o.Rejects = &rejects
		s, err := Stream(t.Context(), newShelf(t), flaky{strings.NewReader(test.text), errors.New("bad sector")}, "body", o)
		must(t, err)
		addsUp(t, s)
		got := fmt.Sprintf("indexed %d: %s", s.Indexed, strings.Join(rejectLines(t, &rejects, ""), ", "))
		if got != test.want {
			t.Errorf("%q: %s, want %s", test.text, got, test.want)
		}
	}
}

func TestProgress(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": lines(3, 500)})
	var last Progress
	o := testOptions
	o.Progress = func(p Progress) { last = p }
	s, err := Run(t.Context(), newShelf(t), []string{dir}, o)
	must(t, err)
	if !last.Done || last.Articles != s.Read-s.Rejected || last.Bytes != s.Bytes || last.Rejected != s.Rejected || s.Bytes == 0 {
		t.Errorf("last progress %+v, summary %+v", last, s)
	}
}

func TestMaxArticle(t *testing.T) {
	o := testOptions
	o.MaxArticle, o.KeepRejects = 10, 1
	s, err := Stream(t.Context(), newShelf(t), strings.NewReader("#1||1234567890|\n#2||1234567890|1\n"), "x", o)
	must(t, err)
	if s.Indexed != 1 || len(s.Rejects) != 1 || s.Rejects[0].Reason != record.TooLarge {
		t.Errorf("%+v", s)
	}
}
