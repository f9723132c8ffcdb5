package ingest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/source/record"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// bars is a format of one article a line: "#id|day|title|body". A line "!" is a fault, "panic" one in Decode, and "die"
// ends the stream with an error.
var bars = record.Format{
	Name:  "bars",
	Sniff: func(head []byte, _ bool) bool { return bytes.HasPrefix(head, []byte("#")) },
	Open: func(r io.Reader, o record.Options) record.Reader {
		return &barReader{lines: bufio.NewReader(r), o: o}
	},
}

type barReader struct {
	lines *bufio.Reader
	o     record.Options
	n     int
}

func (r *barReader) Next() (record.Record, error) {
	line, err := r.lines.ReadString('\n')
	if line == "" {
		return record.Record{}, err
	}
	if err != nil && err != io.EOF {
		return record.Record{}, fmt.Errorf("bars: %v", err) // hides the error, as a careless format may
	}
	r.n++
	line = strings.TrimSpace(strings.TrimPrefix(line, "#"))
	at := record.Place{Number: r.n, Line: r.n}
	switch line {
	case "!":
		return record.Record{}, record.Faultf(at, record.BadSyntax, "a bang")
	case "die":
		return record.Record{}, errors.New("died")
	}
	return record.Record{Place: at, Decode: func() (index.Article, error) { return decodeBars(line, r.o) }}, nil
}

func decodeBars(line string, o record.Options) (index.Article, error) {
	f := append(strings.Split(line, "|"), "", "", "")
	if f[0] == "panic" {
		panic("oh no")
	}
	if strings.HasPrefix(f[0], "plain") {
		return index.Article{}, errors.New("no fault, a plain error")
	}
	day, _ := time.Parse(time.DateOnly, f[1])
	return index.Article{ID: f[0], Source: o.Source, Published: index.At(day), Title: f[2], Body: f[3]}, nil
}

// shelf is an engine that only keeps articles.
type shelf struct {
	index.Engine
	mu       sync.Mutex
	articles map[string]index.Article
	puts     int
	failAt   int // the Put that fails
	fail     error
	refuse   string          // an id that is rejected
	putting  map[string]bool // ids of Puts under way
	before   func()          // each Put
	t        *testing.T
}

func newShelf(t *testing.T) *shelf {
	return &shelf{t: t, articles: map[string]index.Article{}, putting: map[string]bool{}}
}

func (s *shelf) Put(ctx context.Context, articles []index.Article) (index.Receipt, error) {
	if s.before != nil {
		s.before()
	}
	s.enter(articles)
	defer s.leave(articles)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.puts++
	if s.fail != nil && s.puts >= s.failAt {
		return index.Receipt{}, s.fail
	}
	var r index.Receipt
	for i, a := range articles {
		old, there := s.articles[a.ID]
		switch {
		case a.ID == s.refuse:
			r.Rejected = append(r.Rejected, index.Rejection{Index: i, Reason: "refused", Detail: "by test"})
			continue
		case !there:
			r.Indexed++
		case reflect.DeepEqual(old, a):
			r.Unchanged++
		default:
			r.Updated++
		}
		s.articles[a.ID] = a
	}
	return r, nil
}

// enter fails the test when two Puts share an id.
func (s *shelf) enter(articles []index.Article) {
	s.mu.Lock()
	defer s.mu.Unlock()
	mine := map[string]bool{}
	for _, a := range articles {
		if s.putting[a.ID] && !mine[a.ID] {
			s.t.Errorf("two puts hold %s at once", a.ID)
		}
		mine[a.ID], s.putting[a.ID] = true, true
	}
}

func (s *shelf) leave(articles []index.Article) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range articles {
		delete(s.putting, a.ID)
	}
}

// tree writes files below a new folder. A name that ends with a slash is an empty folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if strings.HasSuffix(name, "/") {
			must(t, os.MkdirAll(path, 0o755))
			continue
		}
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, []byte(content), 0o644))
	}
	return dir
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// lines writes n records, of which some ids come again with another title, and some lines are faults.
func lines(seed uint64, n int) string {
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	for i := range n {
		if i > 0 && r.IntN(20) == 0 {
			b.WriteString("!\n")
			continue
		}
		fmt.Fprintf(&b, "#id%d|2024-01-%02d|title %d|%s\n", r.IntN(n/2+1), 1+r.IntN(28), i, strings.Repeat("word ", r.IntN(50)))
	}
	return b.String()
}
