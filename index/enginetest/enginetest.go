// Package enginetest checks that an Engine keeps the contract of package index: by the scripts of testdata/engine, by random
// searches compared with those of the memory engine, and by laws that need no oracle.
//
// An engine adopts it in a test of its own:
//
//	func TestEngine(t *testing.T) {
//		enginetest.Run(t, func(t *testing.T) index.Engine {
//			e, err := embedded.Open(t.TempDir(), embedded.Options{Clock: enginetest.Clock})
//			if err != nil {
//				t.Fatal(err)
//			}
//			return e
//		})
//	}
//
// The flags -enginetest.seed and -enginetest.rounds repeat a failed random round, or run many. RunArticles compares engines on
// articles that are given; there -enginetest.trees says on how many searches.
package enginetest

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/query"
)

var (
	seedFlag   = flag.Uint64("enginetest.seed", 0, "seed of the first random round; 0 takes another each time")
	roundsFlag = flag.Int("enginetest.rounds", usually(2, 1), "number of random rounds")
)

// usually returns the first number, the second under the race detector.
func usually(n, watched int) int {
	if race {
		return watched
	}
	return n
}

// Difference is a deviation from the contract that is known and accepted.
type Difference struct {
	Engine string // as %T prints it
	Test   string // as Run names it: "scripts/phrases"
	Reason string
}

// Accepted lists every accepted difference. The tests it names are skipped, and say so.
var Accepted = []Difference{}

// Run checks the engines that open returns. Each is empty, has Clock for its clock, and is closed by Run.
func Run(t *testing.T, open func(t *testing.T) index.Engine) {
	suite{open: open}.run(t)
}

// RunFar is Run for an engine that adds only the way to another, which Run has checked. Under the race detector the rounds with time
// zones, which ask all that the random ones ask, do for both.
func RunFar(t *testing.T, open func(t *testing.T) index.Engine) {
	suite{open: open, far: true}.run(t)
}

func (s suite) run(t *testing.T) {
	t.Run("scripts", s.scripts)
	t.Run("contract", s.contract)
	t.Run("random", s.random)
	t.Run("shuffled", s.shuffled)
	t.Run("versions", s.versions)
	t.Run("zones", s.zones)
	t.Run("concurrent", s.concurrent)
	t.Run("unrest", s.unrest)
}

type suite struct {
	open func(t *testing.T) index.Engine
	far  bool // see RunFar
}

// check runs one test on an engine of its own, unless the difference is accepted. group and name are as Run names it.
func (s suite) check(t *testing.T, group, name string, test func(t *testing.T, e index.Engine)) {
	t.Run(name, func(t *testing.T) {
		e := s.open(t)
		t.Cleanup(func() {
			if err := e.Close(); err != nil {
				t.Errorf("closing the engine: %v", err)
			}
		})
		if reason := accepted(fmt.Sprintf("%T", e), group+"/"+name); reason != "" {
			t.Skipf("accepted difference: %s", reason)
		}
		test(t, e)
	})
}

func accepted(engine, test string) string {
	for _, d := range Accepted {
		if d.Engine == engine && d.Test == test {
			return d.Reason
		}
	}
	return ""
}

// scripts plays every script of testdata/engine but those about time zones.
func (s suite) scripts(t *testing.T) {
	s.play(t, "scripts", func(file string) bool { return !strings.HasPrefix(file, "zone") })
}

// zones plays the scripts about time zones, and random rounds whose requests have some.
func (s suite) zones(t *testing.T) {
	s.play(t, "zones", func(file string) bool { return strings.HasPrefix(file, "zone") })
	s.rounds(t, "zones", (*roundsFlag+1)/2, func(seed uint64) *dice { return &dice{newDice(seed).Rand, true} })
}

// play plays the scripts whose files are chosen.
func (s suite) play(t *testing.T, group string, chosen func(file string) bool) {
	files, err := filepath.Glob(filepath.Join(root(t), "testdata", "engine", "*.txt"))
	files = slices.DeleteFunc(files, func(file string) bool { return !chosen(filepath.Base(file)) })
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts in testdata/engine: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s.check(t, group, strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T, e index.Engine) {
			script, err := parseScript(filepath.Base(file), string(text))
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range script.play(t.Context(), e) {
				t.Error(fault)
			}
		})
	}
}

// random plays random rounds.
func (s suite) random(t *testing.T) {
	if s.far && race {
		t.Skip("the rounds with time zones do for these under the race detector")
	}
	s.rounds(t, "random", *roundsFlag, newDice)
}

// rounds plays n random rounds, each on a fresh engine.
func (s suite) rounds(t *testing.T, group string, n int, dice func(seed uint64) *dice) {
	seed := *seedFlag
	if seed == 0 {
		seed = rand.Uint64()
	}
	for i := range uint64(n) {
		s.check(t, group, fmt.Sprintf("seed=%d", seed+i), func(t *testing.T, e index.Engine) {
			for _, fault := range playRound(t.Context(), e, dice(seed+i), maxFaults) {
				t.Errorf("%s\n(repeat with -enginetest.seed=%d -enginetest.rounds=1)", fault, seed+i)
			}
		})
	}
}

// root returns the directory of go.mod, above the engine's own.
func root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if filepath.Dir(dir) == dir {
			t.Fatal("no go.mod above the working directory")
		}
		dir = filepath.Dir(dir)
	}
}

// now is what relative dates in queries are relative to.
var now = time.Date(2024, 3, 20, 12, 0, 0, 0, time.UTC)

// parse parses a query as a request in a zone has it.
func parse(text string, zone *time.Location) (*query.Query, error) {
	if zone == nil {
		zone = time.UTC
	}
	return query.Parse(text, now.In(zone))
}

// search parses a query and searches for it with everything else as in r.
func search(ctx context.Context, e index.Engine, text string, r index.Request) (*index.Result, error) {
	q, err := parse(text, r.Zone)
	if err != nil {
		return nil, err
	}
	r.Query = q
	return e.Search(ctx, r)
}

// allPages reads every page of a request and returns the hits in one list and the first page's result.
func allPages(ctx context.Context, e index.Engine, r index.Request) ([]index.Hit, *index.Result, error) {
	var hits []index.Hit
	var first *index.Result
	for {
		result, err := e.Search(ctx, r)
		if err != nil {
			return nil, nil, err
		}
		if first == nil {
			first = result
		}
		hits = append(hits, result.Hits...)
		if result.Next == nil {
			return hits, first, nil
		}
		if len(result.Hits) == 0 || len(hits) > result.Total.Articles {
			return nil, nil, fmt.Errorf("paging does not end: %d hits read of %d", len(hits), result.Total.Articles)
		}
		r.Cursor = *result.Next
	}
}

func ids(hits []index.Hit) []string {
	list := make([]string, len(hits))
	for i, h := range hits {
		list[i] = h.ID
	}
	return list
}

// text shows a value as JSON, for comparing and for faults.
func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}
