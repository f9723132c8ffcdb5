package embedded

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"golang.org/x/sync/errgroup"

	"dateline/index"
)

// view is one state of the index.
type view struct {
	segments []*segmentView
	facts    *facts
}

// segmentView is a segment in one state of the index: its articles are numbered from 0 to count-1, and some are deleted.
type segmentView struct {
	id      uint64
	seg     segment.Segment
	columns *columns
	count   int
	deleted *roaring.Bitmap // nil for none
	live    *roaring.Bitmap
}

// acquire returns the present state of the index, which stays as it is until release is called. No lock is held meanwhile.
func (e *Engine) acquire() (v *view, release func() error, err error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	switch {
	case e.closed:
		return nil, nil, index.ErrClosed
	case e.empty:
		return &view{facts: &facts{}}, func() error { return nil }, nil
	case e.bleve == nil:
		return nil, nil, fmt.Errorf("the index cannot be searched: %w", e.readOnly)
	}
	r, err := e.bleve.Reader()
	if err != nil {
		return nil, nil, err
	}
	return e.newView(r.(*scorch.IndexSnapshot)), r.Close, nil
}

func (e *Engine) newView(snapshot *scorch.IndexSnapshot) *view {
	v := &view{}
	var signature []byte
	for _, s := range snapshot.Segments() {
		sv := &segmentView{
			id: s.Id(), seg: s.Segment(), count: int(s.Segment().Count()), deleted: s.Deleted(), columns: e.columns.of(s.Id()),
			live: roaring.New(),
		}
		sv.live.AddRange(0, uint64(sv.count))
		signature = strconv.AppendUint(append(signature, ' '), s.Id(), 36)
		if sv.deleted != nil {
			sv.live.AndNot(sv.deleted)
			signature = strconv.AppendUint(append(signature, '-'), sv.deleted.GetCardinality(), 36)
		}
		v.segments = append(v.segments, sv)
	}
	v.facts = e.columns.factsOf(string(signature), v)
	return v
}

// guard runs fn, which reads segments. A page of a mapped file that cannot be read, or content that makes no sense, panics
// in there; that is an error here.
func guard(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = &readError{what: r}
		}
	}()
	return fn()
}

// readError is a panic while segments were read.
type readError struct{ what any }

func (e *readError) Error() string {
	return fmt.Sprintf("the index cannot be read: %v; dateline stats --index DIR tells whether it is damaged", e.what)
}

// view calls fn with the present state. Just after a failed batch the state may be one that Bleve has already torn down
// (see Engine.fail), so a panic is tried again once.
func (e *Engine) view(ctx context.Context, fn func(*view) error) error {
	for try := 0; ; try++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		v, release, err := e.acquire()
		if err != nil {
			return err
		}
		err = guard(func() error { return fn(v) })
		if releaseErr := release(); releaseErr != nil {
			err = errors.Join(err, releaseErr)
		}
		var broken *readError
		if try > 0 || !errors.As(err, &broken) {
			return err
		}
		e.settle()
	}
}

// settle waits until a reopening under way is done.
func (e *Engine) settle() {
	e.mu.RLock()
	defer e.mu.RUnlock()
}

// each calls fn for every segment, on all cores.
func (v *view) each(fn func(i int, s *segmentView) error) error {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, s := range v.segments {
		group.Go(func() error {
			return guard(func() error { return fn(i, s) })
		})
	}
	return group.Wait()
}

// stored returns the stored article of a document.
func (s *segmentView) stored(doc uint64) ([]byte, error) {
	var stored []byte
	err := s.seg.VisitStoredFields(doc, func(name string, _ byte, value []byte, _ []uint64) bool {
		if name == fieldArticle {
			stored = slices.Clone(value)
			return false
		}
		return true
	})
	if err == nil && stored == nil {
		err = fmt.Errorf("article %d of a segment is not stored", doc)
	}
	return stored, err
}

// article returns a stored article.
func (s *segmentView) article(doc uint32) (index.Article, error) {
	b, err := s.stored(uint64(doc))
	if err != nil {
		return index.Article{}, err
	}
	return decodeArticle(b)
}

// Get implements index.Engine.
func (e *Engine) Get(ctx context.Context, id string) (a index.Article, err error) {
	err = e.view(ctx, func(v *view) error {
		for _, s := range v.segments {
			hits, err := s.seg.DocNumbers([]string{id})
			if err != nil {
				return err
			}
			hits.And(s.live)
			if !hits.IsEmpty() {
				a, err = s.article(hits.Minimum())
				return err
			}
		}
		return index.ErrNotFound
	})
	return a, err
}

// facts are numbers of a whole state of the index, computed when first asked for.
type facts struct {
	lengths lazy[[textFieldCount]uint64] // words of each field of prose in all articles
	stats   lazy[index.Stats]            // all that the articles say, nothing of the disk
	labels  sync.Map                     // labelKey -> string
}

// live returns the number of articles.
func (v *view) live() (n int) {
	for _, s := range v.segments {
		n += int(s.live.GetCardinality())
	}
	return n
}

// lengths returns how many words all articles have in each field of prose.
func (v *view) lengths() [textFieldCount]uint64 {
	return v.facts.lengths.get(func() (sums [textFieldCount]uint64) {
		for _, s := range v.segments {
			lengths := s.lengths()
			for it := s.live.Iterator(); it.HasNext(); {
				doc := int(it.Next())
				for field, n := range lengths[doc*textFieldCount : (doc+1)*textFieldCount] {
					sums[field] += uint64(n)
				}
			}
		}
		return sums
	})
}
