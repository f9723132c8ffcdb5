// Package ingest carries articles from files to an engine, and accounts for every record.
//
// It is a pipeline of bounded size. One goroutine walks the paths and cuts records; workers decode and enrich them; their
// results are put back into the order of the input, cut into batches, and put by a writer for each core. However many workers there
// are and however the batches fall, the engine ends up holding the same: of two records with one id the later wins.
package ingest

import (
	"context"
	"io"
	"iter"
	"runtime"
	"time"

	"dateline/index"
	"dateline/index/ledger"
	"dateline/index/source/record"
)

// Options guide and bound a run. The zero value is usable.
type Options struct {
	Format string // read every file as this format; "" or "auto" looks into each
	Source string // the publisher where the record names none
	Names  Names  // which entities articles get; by default what their text names too

	URL       string    // the address that a Stream was fetched from; "" when unknown
	Retrieved time.Time // when; zero when unknown

	Stdin io.Reader // what the path "-" reads; nil is an empty file
	// Without is a folder that is left out wherever it lies below a path, as the index itself may; "" is none.
	Without string

	// Rejects takes one JSON line for each record that was not indexed, in the order of the input; nil drops them.
	Rejects io.Writer
	// KeepRejects is how many of the first rejects the Summary carries.
	KeepRejects int

	// Progress is called at most ten times a second, and once at the end, never by two goroutines at once.
	Progress func(Progress)
	// Stored is called with the ids of articles that an engine has just acknowledged, those it had unchanged included;
	// never by two goroutines at once. Batches may be reported out of the order of the input.
	Stored func(ids []string)

	// Complete adds to an article what its record lacks, once its id is known and before anything is made of its text; called by
	// several goroutines at once.
	Complete func(a *index.Article)

	MaxRecord     int64 // bytes of one record before it is understood; 0 is record.DefaultMaxRecord
	MaxArticle    int   // bytes of title, lead and body; 0 is index.MaxArticleBytes, and so is more
	Workers       int   // goroutines that decode; 0 is one for each processor
	BatchBytes    int   // text in one Put; 0 is 4 MiB: larger batches save merges and waits for the disk, and take more memory
	BatchArticles int   // articles and rejects in one batch; 0 is 5,000

	Clock index.Clock // nil is time.Now

	// Ledger takes the account of the run: what was read by source and day, and what became of it. Nil keeps none. Account says what
	// the run is called in it, and whether it may go on where one with the same paths and options was broken off: Command (Run
	// says "index" where there is none, Stream "post"), Resume, Rejects, and as Key whatever else decides what is read. The paths
	// are filled in.
	Ledger  *ledger.Ledger
	Account ledger.Start

	watch   *watch          // of the run
	formats []record.Format // in tests; nil is source.Formats
}

// Summary accounts for a run: Read = Indexed + Updated + Unchanged + Rejected, always, also after an error. A record that
// was cut but whose fate the engine has not told is not counted as read. A file that could not be read at all, or holds
// no record, counts as one record read and rejected.
type Summary struct {
	Files     int     `json:"files"` // opened; an archive is one
	Bytes     int64   `json:"bytes"` // read of them, as they stand on disk
	Read      int     `json:"read"`  // records
	Indexed   int     `json:"indexed"`
	Updated   int     `json:"updated"`
	Unchanged int     `json:"unchanged"`
	Rejected  int     `json:"rejected"`
	Seconds   float64 `json:"seconds"`
	Stages    Stages  `json:"stages"`
	// Bottleneck is the stage that the others waited for: read, parse, names or index; "" when nothing was done.
	Bottleneck string   `json:"bottleneck"`
	Rejects    []Reject `json:"rejects,omitempty"` // the first Options.KeepRejects of them

	// Resumed says that the run went on where another was broken off. What that one had dealt with is counted as rejected or
	// unchanged, as a run would that read it again, and as Skipped; Files and Bytes do not count it.
	Resumed bool            `json:"resumed,omitempty"`
	Skipped *ledger.Skipped `json:"skipped,omitempty"` // nil unless Resumed
}

// Progress says how far a run is.
type Progress struct {
	Articles int   // acknowledged
	Rejected int   // records
	Bytes    int64 // read
	Total    int64 // bytes of all inputs; 0 while it is not known, or cannot be
	Elapsed  time.Duration
	Done     bool // the last report of the run
}

// Rate returns the articles acknowledged in a second.
func (p Progress) Rate() float64 {
	if p.Elapsed <= 0 {
		return 0
	}
	return float64(p.Articles) / p.Elapsed.Seconds()
}

// Run indexes the articles of files, of folders in order of name, and, for "-", of Options.Stdin. It returns when every
// record is accounted for, or with the engine's error, or after ctx ended: then it finishes the batches that the engine
// is at work on and returns the context's error. The Summary is true in every case.
func Run(ctx context.Context, engine index.Engine, paths []string, o Options) (Summary, error) {
	o = o.withDefaults()
	f := newFeed(o, walkAll(paths, o))
	if o.Account.Command == "" {
		o.Account.Command = "index"
	}
	o.Account.Paths, o.Account.Key = paths, o.key(paths)
	f.size = func(ctx context.Context) int64 { return sizeOf(ctx, paths, o) }
	return run(ctx, engine, f, o)
}

// Stream indexes the articles of one stream, which name names in rejects and as the articles' path.
func Stream(ctx context.Context, engine index.Engine, r io.Reader, name string, o Options) (Summary, error) {
	o = o.withDefaults()
	if o.Account.Command == "" {
		o.Account.Command = "post"
	}
	o.Account.Paths, o.Account.Key = []string{name}, ""
	return run(ctx, engine, newFeed(o, one(r, name)), o)
}

// Parse yields what Run would put, in order: an article, or the reject of a record that is none. It stops silently when
// ctx ends.
func Parse(ctx context.Context, paths []string, o Options) iter.Seq2[index.Article, *Reject] {
	o = o.withDefaults()
	return func(yield func(index.Article, *Reject) bool) {
		f := newFeed(o, walkAll(paths, o))
		for c := range f.chunks(ctx) {
			for i := range c.items {
				if !yield(c.items[i].article, c.items[i].reject) {
					return
				}
			}
		}
	}
}

func (o Options) withDefaults() Options {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.MaxArticle <= 0 {
		o.MaxArticle = index.MaxArticleBytes
	}
	o.MaxArticle = min(o.MaxArticle, index.MaxArticleBytes)
	if o.BatchBytes <= 0 {
		o.BatchBytes = 4 << 20
	}
	if o.BatchArticles <= 0 {
		o.BatchArticles = 5000
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	return o
}
