package embedded

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"golang.org/x/sync/errgroup"

	"dateline/index"
	"dateline/index/aliases"
	"dateline/index/segment"
)

// view is one state of the index.
type view struct {
	segments []*segmentView
	facts    *facts
	asOf     int64 // Unix seconds; 0 is the present
	names    *graphs
	decided  *aliases.Decided
}

// segmentView is a segment in one state of the index: its articles are numbered from 0 to count-1, and some are deleted.
type segmentView struct {
	seg *segment.Segment
	*columns
	count   int
	asOf    int64
	gone    *roaring.Bitmap // deleted; nil for none
	deleted *roaring.Bitmap // and those that are not of the time of the view; nil for none
	live    *roaring.Bitmap
	counts  *liveCounts
}

// acquire returns the present state of the index, or what it had at a time that is not zero, which stays as it is until release is called. No lock is held meanwhile.
func (e *Engine) acquire(asOf time.Time) (v *view, release func() error, err error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	switch {
	case e.closed:
		return nil, nil, index.ErrClosed
	case e.empty:
		return &view{facts: &facts{}, names: e.names}, func() error { return nil }, nil
	case e.bleve == nil:
		return nil, nil, fmt.Errorf("the index cannot be searched: %w", e.readOnly)
	}
	r, err := e.bleve.Reader()
	if err != nil {
		return nil, nil, err
	}
	err = guard(func() error {
		v = e.newView(r.(*scorch.IndexSnapshot), asOf)
		return nil
	})
	if err != nil {
		return nil, nil, errors.Join(err, r.Close())
	}
	return v, r.Close, nil
}

func (e *Engine) newView(snapshot *scorch.IndexSnapshot, asOf time.Time) *view {
	decided, version := e.decisions.state()
	v := &view{names: e.names, decided: decided}
	if !asOf.IsZero() {
		v.asOf = max(asOf.Unix(), 1)
	}
	signature := strconv.AppendInt(nil, int64(version), 36)
	for _, s := range snapshot.Segments() {
		seg := opened(s.Segment())
		sv := &segmentView{seg: seg, count: seg.Count(), gone: s.Deleted(), columns: e.columns.of(seg), asOf: v.asOf}
		signature = strconv.AppendUint(append(signature, ' '), s.Id(), 36)
		if sv.gone != nil && !sv.gone.IsEmpty() {
			signature = strconv.AppendUint(append(signature, '-'), sv.gone.GetCardinality(), 36)
		} else {
			sv.gone = nil
		}
		sv.leaveOut()
		v.segments = append(v.segments, sv)
	}
	v.facts = e.columns.factsOf(string(signature), v)
	return v
}

// leaveOut finds what the view is without.
func (s *segmentView) leaveOut() {
	s.deleted, s.counts = s.gone, &s.columns.live
	out := s.columns.past()
	if s.asOf != 0 {
		out, s.counts = s.columns.absent(s.asOf), &liveCounts{}
	}
	switch {
	case out == nil || out.IsEmpty():
	case s.deleted == nil:
		s.deleted = out
	default:
		s.deleted = roaring.Or(s.deleted, out)
	}
	s.live = roaring.New()
	s.live.AddRange(0, uint64(s.count))
	if s.deleted != nil {
		s.live.AndNot(s.deleted)
	}
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

// view calls fn with the present state.
func (e *Engine) view(ctx context.Context, fn func(*view) error) error {
	return e.viewAt(ctx, time.Time{}, fn)
}

// viewAt calls fn with the present state, or with what the index had at a time. Just after a failed batch the state may be one that Bleve has already torn down
// (see Engine.fail), so a panic is tried again once.
func (e *Engine) viewAt(ctx context.Context, asOf time.Time, fn func(*view) error) error {
	for try := 0; ; try++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		v, release, err := e.acquire(asOf)
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

// alive returns the articles of a set that are not deleted. It may be the set itself: it must not be changed.
func (s *segmentView) alive(docs *roaring.Bitmap) *roaring.Bitmap {
	if s.deleted == nil {
		return docs
	}
	return roaring.AndNot(docs, s.deleted)
}

// find returns the live article with an id.
func (s *segmentView) find(id string) (uint32, bool) {
	doc, ok := s.seg.Find(id)
	if ok && s.deleted != nil && s.deleted.Contains(doc) {
		return 0, false
	}
	return doc, ok
}

// article returns a stored article.
func (s *segmentView) article(doc uint32) (index.Article, error) {
	return decodeArticle(s.seg.Stored(doc))
}

// Get implements index.Engine.
func (e *Engine) Get(ctx context.Context, id string) (a index.Article, err error) {
	err = e.view(ctx, func(v *view) error {
		for _, s := range v.segments {
			if doc, ok := s.find(id); ok {
				a, err = s.article(doc)
				return err
			}
		}
		return index.ErrNotFound
	})
	return a, err
}

// facts are numbers of a whole state of the index, computed when first asked for.
type facts struct {
	words    [textFieldCount]lazy[uint64] // of each field of prose in all articles
	stats    lazy[index.Stats]            // all that the articles say, nothing of the disk
	labels   sync.Map                     // labelKey -> string
	groups   [2]lazy[*groups]             // of texts and of stories
	spans    spans
	books    [3]lazy[*book] // of the names, by index.EntityTypes
	spelt    lazy[*aliases.Words]
	meanings memo[meant, meaning]
	variants memo[string, []string] // of terms
	matching memo[countKey, int]    // see counting

	prepared  atomic.Bool
	completed sync.Map // prefix -> *lazy[[]index.Completion]
	counts    sync.Map // field -> *lazy[[]uint32]: see counted
}

// live returns the number of articles.
func (v *view) live() (n int) {
	for _, s := range v.segments {
		n += int(s.live.GetCardinality())
	}
	return n
}

// words returns how many words all articles have in a field of prose.
func (v *view) words(field int) uint64 {
	return v.facts.words[field].get(func() (sum uint64) {
		for _, s := range v.segments {
			lengths := s.lengthsOf(field)
			eachDoc(s.live, func(docs []uint32) {
				for _, doc := range docs {
					sum += uint64(lengths[doc])
				}
			})
		}
		return sum
	})
}
