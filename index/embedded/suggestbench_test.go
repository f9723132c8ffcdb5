package embedded

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"dateline/index"
	"dateline/query"
)

// BenchmarkSuggest measures what suggestions ask of an engine: completions of what is typed, and what each then finds. The index is
// the one at DATELINE_INDEX, or one of 20,000 made articles. What is typed are titles and names of the index, letter by letter,
// and before them each letter alone. A question is one letter more. The first waits for all that an engine makes when it was
// opened; the others are asked when it has nothing more to make.
func BenchmarkSuggest(b *testing.B) {
	e := benchIndex(b)
	texts := typedTexts(b, e, 40)
	began := time.Now()
	if _, err := e.Complete(b.Context(), index.CompletionRequest{Prefix: "a", Words: true, Fields: index.FacetFields}); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(time.Since(began).Microseconds())/1000, "first-ms")
	e.prepare(b.Context())
	e.prepareMore(b.Context())
	for range b.N {
		b.StopTimer()
		m := startMeter()
		b.StartTimer()
		for i := 'a'; i <= 'z'; i++ {
			m.time(func() { askTyped(b, e, string(i)) })
		}
		for _, text := range texts {
			for end := range text {
				if end > 0 && text[end-1] != ' ' {
					m.time(func() { askTyped(b, e, text[:end]) })
				}
			}
		}
		m.report(b)
	}
}

// benchIndex opens the index of a benchmark, and says how large it is.
func benchIndex(b *testing.B) *Engine {
	b.Helper()
	dir, made := os.Getenv("DATELINE_INDEX"), false
	if dir == "" {
		dir, made = b.TempDir(), true
	}
	e, err := Open(dir, Options{ReadOnly: !made, Serve: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { e.Close() })
	if made {
		for seed := range uint64(20) {
			if _, err := e.Put(b.Context(), zipfArticles(1000, seed)); err != nil {
				b.Fatal(err)
			}
		}
	}
	err = e.view(b.Context(), func(v *view) error {
		b.ReportMetric(float64(v.live()), "articles")
		b.ReportMetric(float64(len(v.segments)), "segments")
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return e
}

// typedTexts returns beginnings of titles and of names of the index.
func typedTexts(b testing.TB, e *Engine, n int) (texts []string) {
	b.Helper()
	err := e.view(b.Context(), func(v *view) error {
		for i := range n {
			s := v.segments[i%len(v.segments)]
			a, err := s.article(uint32(s.count * i / n))
			if err != nil {
				return err
			}
			text := a.Title
			if len(a.Entities) > 0 && i%2 == 0 {
				text = a.Entities[i%len(a.Entities)].Name
			}
			texts = append(texts, strings.ToLower(text[:min(len(text), 24)]))
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return texts
}

// askTyped asks as the server does: words by the last word, values by all, then the articles of each.
func askTyped(b *testing.B, e *Engine, typed string) {
	last := typed[strings.LastIndexByte(typed, ' ')+1:]
	words, err := e.Complete(b.Context(), index.CompletionRequest{Prefix: last, Words: true, Size: 10, Prompt: true})
	if err != nil {
		b.Fatal(err)
	}
	if words.Pending {
		return // names are to come
	}
	values, err := e.Complete(b.Context(), index.CompletionRequest{Prefix: typed, Fields: index.FacetFields, Size: 5, Prompt: true})
	if err != nil {
		b.Fatal(err)
	}
	var requests []index.Request
	ask := func(n query.Node) {
		for _, word := range strings.Fields(strings.TrimSuffix(typed, last)) {
			n = query.And{Nodes: []query.Node{n, query.Word{Text: word}}}
		}
		requests = append(requests, index.Request{Query: &query.Query{Root: n}, Match: query.MatchAll, Prompt: true})
	}
	for _, w := range words.Words {
		ask(query.Word{Text: w.Text})
	}
	for field, list := range values.Values {
		for _, v := range list[:min(4, len(list))] {
			ask(query.Value{Field: string(field), Text: v.Text})
		}
	}
	if _, err := e.Count(b.Context(), requests); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkAfterWrite measures the first suggestions after each article that comes in, over a copy of the index at DATELINE_INDEX: as
// a server asks for them, and then those of who waits for the present state (waited-ms).
func BenchmarkAfterWrite(b *testing.B) {
	from := os.Getenv("DATELINE_INDEX")
	if from == "" {
		b.Skip("SKIPPED: DATELINE_INDEX names no index")
	}
	dir := filepath.Join(b.TempDir(), "index")
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		b.Fatal(err)
	}
	e, err := Open(dir, Options{Serve: true})
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	began := time.Now()
	askTyped(b, e, "s")
	opened := time.Since(began)
	for !e.preparation.opened.Load() {
		time.Sleep(time.Millisecond)
	}
	ready := time.Since(began)
	articles := zipfArticles(1000, 5)
	m, waited := startMeter(), startMeter()
	for i := 0; b.Loop(); i++ {
		if _, err := e.Put(b.Context(), articles[i%1000:][:1]); err != nil {
			b.Fatal(err)
		}
		m.time(func() { askTyped(b, e, "s") })
		waited.time(func() {
			_, err := e.Complete(b.Context(), index.CompletionRequest{Prefix: "s", Words: true, Fields: index.FacetFields, Size: 10})
			if err != nil {
				b.Fatal(err)
			}
		})
		time.Sleep(time.Second) // a reader types on
	}
	m.report(b)
	b.ReportMetric(float64(opened.Microseconds())/1000, "opened-ms")
	b.ReportMetric(float64(ready.Microseconds())/1000, "ready-ms")
	slices.Sort(waited.times)
	b.ReportMetric(float64(waited.times[len(waited.times)/2].Microseconds())/1000, "waited-ms")
}

// meter measures questions: how long each takes, and what all of them take of the processors and of memory.
type meter struct {
	times  []time.Duration
	cpus   []time.Duration // of each question: where other work takes turns with it, that says more
	cpu    time.Duration
	memory runtime.MemStats
}

func startMeter() *meter {
	m := &meter{cpu: processorTime()}
	runtime.ReadMemStats(&m.memory)
	return m
}

func (m *meter) time(ask func()) {
	began, cpu := time.Now(), processorTime()
	ask()
	m.times, m.cpus = append(m.times, time.Since(began)), append(m.cpus, processorTime()-cpu)
}

func (m *meter) report(b *testing.B) {
	cpu, before := processorTime()-m.cpu, m.memory
	runtime.ReadMemStats(&m.memory)
	n := float64(len(m.times))
	slices.Sort(m.times)
	slices.Sort(m.cpus)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	for _, percent := range []int{50, 95, 99} {
		b.ReportMetric(ms(m.times[len(m.times)*percent/100]), fmt.Sprintf("p%d-ms", percent))
		b.ReportMetric(ms(m.cpus[len(m.cpus)*percent/100]), fmt.Sprintf("p%d-cpu-ms", percent))
	}
	b.ReportMetric(ms(m.times[len(m.times)-1]), "max-ms")
	b.ReportMetric(n, "questions")
	b.ReportMetric(ms(cpu)/n, "cpu-ms/question")
	b.ReportMetric(float64(m.memory.TotalAlloc-before.TotalAlloc)/n/1024, "KB/question")
	b.ReportMetric(float64(m.memory.Mallocs-before.Mallocs)/n, "allocs/question")
}

// processorTime is what this process has had of the processors.
func processorTime() time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
