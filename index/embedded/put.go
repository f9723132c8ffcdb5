package embedded

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/bleve_index_api"
	"golang.org/x/sys/unix"

	"dateline/index"
	"dateline/index/segment"
)

// writer writes one batch at a time.
type writer struct {
	number int
	mark   mark
}

// builders are kept from one batch to the next, some megabytes each, until none has come for a while. A sync.Pool would forget
// them while names are found, which leaves the collector time to run twice between two batches: the words that a builder knows
// would be learnt again.
type builders struct {
	mu   sync.Mutex
	free []*builder
}

// take returns a free builder, or a new one.
func (b *builders) take() *builder {
	b.mu.Lock()
	defer b.mu.Unlock()
	last := len(b.free) - 1
	if last < 0 {
		return new(builder)
	}
	taken := b.free[last]
	b.free[last], b.free = nil, b.free[:last]
	return taken
}

func (b *builders) give(back *builder) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.free = append(b.free, back)
}

// forget lets go of the free builders.
func (b *builders) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.free = nil
}

// batchTimeout is how long Bleve may take for a batch of a few megabytes. When its merger has died, it waits for ever.
var batchTimeout = 60 * time.Second

// Put implements index.Engine.
func (e *Engine) Put(ctx context.Context, articles []index.Article) (index.Receipt, error) {
	var receipt index.Receipt
	if err := e.writable(articles); err != nil {
		return receipt, err
	}
	p, err := e.plan(ctx, articles, &receipt)
	if err != nil {
		return index.Receipt{}, err
	}
	defer e.ids.release(p.ids)
	if receipt.Indexed+receipt.Updated == 0 {
		return receipt, nil
	}
	return e.write(ctx, p, receipt)
}

// writable returns why a batch cannot be taken: the engine is closed or read-only, or the disk is nearly full. A full disk
// is no end: the next batch asks again.
func (e *Engine) writable(articles []index.Article) error {
	e.mu.RLock()
	defer e.mu.RUnlock()
	switch {
	case e.closed:
		return index.ErrClosed
	case e.readOnly != nil:
		return e.readOnly
	}
	text := 0
	for i := range articles {
		text += len(articles[i].Title) + len(articles[i].Lead) + len(articles[i].Body)
	}
	need := e.options.MinFree + 3*int64(text)
	free, err := e.freeBytes()
	if err != nil {
		return err
	}
	if free < need {
		return &index.ReadOnlyError{
			Reason: fmt.Sprintf("the disk is nearly full: %d bytes are free, and %d are needed for the next batch", free, need), Full: true,
		}
	}
	return nil
}

// freeBytes returns how many bytes are free on the disk of the index.
func (e *Engine) freeBytes() (int64, error) {
	var st unix.Statfs_t
	err := unix.Statfs(e.dir, &st)
	return int64(st.Bavail) * st.Bsize, err
}

// plan is what a Put writes.
type plan struct {
	ids    []string // reserved
	writes []write
	past   int // how many of writes are earlier versions
}

// write is a version of an article to be written.
type write struct {
	article index.Article
	content content
	life    life
}

// incoming is an article of a batch that may be put.
type incoming struct {
	at      int // in the batch
	article *index.Article
	content content
}

// plan decides what becomes of each article, and reserves the ids.
func (e *Engine) plan(ctx context.Context, articles []index.Article, receipt *index.Receipt) (plan, error) {
	var p plan
	taken, known := make([]incoming, 0, len(articles)), make(map[string]bool, len(articles))
	for i := range articles {
		a := &articles[i]
		if reason, detail := index.Check(a); reason != "" {
			receipt.Reject(i, len(articles), reason, detail)
			continue
		}
		if !known[a.ID] {
			known[a.ID] = true
			p.ids = append(p.ids, a.ID)
		}
		taken = append(taken, incoming{at: i, article: a})
	}
	if err := e.ids.reserve(ctx, p.ids); err != nil {
		return p, err
	}
	current, err := e.standing(ctx, p.ids, taken)
	if err == nil {
		p.decide(taken, current, index.At(e.options.Clock()), func(at int, o index.Outcome) { receipt.Count(at, len(articles), o) })
	} else {
		e.ids.release(p.ids)
	}
	return p, err
}

// standing is what stands under an id, in the index or, as far as a batch has been decided, in what it will write.
type standing struct {
	storedHeader
	article *index.Article // nil where the batch changes nothing of what is stored
	content content
	dirty   bool // to be written
}

// standing returns what is stored under the ids, with the articles that the batch would change.
func (e *Engine) standing(ctx context.Context, ids []string, taken []incoming) (map[string]*standing, error) {
	headers, err := e.headers(ctx, ids)
	if err != nil {
		return nil, err
	}
	current := make(map[string]*standing, len(ids))
	for id, h := range headers {
		current[id] = &standing{storedHeader: h}
	}
	var change []string
	for i := range taken {
		t := &taken[i]
		t.content = contentOf(t.article)
		if s := current[t.article.ID]; s != nil && s.article == nil && s.hash != t.content.hash {
			s.article = &index.Article{}
			change = append(change, t.article.ID)
		}
	}
	if len(change) == 0 {
		return current, nil
	}
	err = e.view(ctx, func(v *view) error {
		for _, s := range v.segments {
			for _, id := range change {
				doc, ok := s.find(id)
				if !ok {
					continue
				}
				if *current[id].article, err = s.article(doc); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return current, err
}

// decide compares the articles, in order, with what is stored or came before in the batch.
func (p *plan) decide(taken []incoming, current map[string]*standing, now index.Time, count func(at int, o index.Outcome)) {
	for i := range taken {
		a, c := taken[i].article, taken[i].content
		s := current[a.ID]
		switch {
		case s == nil:
			count(taken[i].at, index.Indexed)
			s = &standing{}
			s.life = life{since: now.Unix(), number: 1}
			current[a.ID] = s
		case s.hash == c.hash:
			count(taken[i].at, index.Unchanged)
			continue
		default:
			count(taken[i].at, index.Updated)
			p.supersede(s, a, &c, now)
		}
		kept := c.said(a)
		kept.Indexed = now
		s.life.mark(&kept)
		s.hash, s.article, s.content, s.dirty = c.hash, &kept, c, true
	}
	for _, id := range p.ids {
		s := current[id]
		if s == nil || !s.dirty {
			continue
		}
		p.writes = append(p.writes, write{*s.article, s.content, s.life})
	}
}

// supersede keeps what stands as an earlier version, if a reader sees how the article that takes its place differs.
func (p *plan) supersede(s *standing, by *index.Article, c *content, now index.Time) {
	next := c.said(by)
	if !index.Differs(s.article, &next) {
		return
	}
	was := s.life
	was.until = now.Unix()
	if s.content.bytes == nil {
		s.content = contentOf(s.article)
	}
	p.writes = append(p.writes, write{*s.article, s.content, was})
	p.past++
	s.life = life{since: now.Unix(), number: was.number + 1}
}

// write makes one batch of the plan and waits until it is durable.
func (e *Engine) write(ctx context.Context, p plan, receipt index.Receipt) (index.Receipt, error) {
	w, err := e.writer(ctx)
	if err != nil {
		return index.Receipt{}, err
	}
	defer func() { e.slots <- w }()
	b := bleve.NewBatch()
	build := e.builders.take()
	build.begin()
	for i := range p.writes {
		x := &p.writes[i]
		b.Update(build.document(&x.article, x.life, x.content.encode(&x.article, x.life)))
		x.content.bytes = nil
	}
	if err := e.commit(ctx, w, b, index.Changes{Indexed: receipt.Indexed, Updated: receipt.Updated}, p.past); err != nil {
		return index.Receipt{}, err // Bleve may still be at work on what was built
	}
	e.builders.give(build)
	return receipt, nil
}

// writer waits for a free writer.
func (e *Engine) writer(ctx context.Context) (*writer, error) {
	select {
	case w := <-e.slots:
		return w, nil
	case <-e.closing:
		return nil, index.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// commit gives a batch to Bleve, and returns when it is on the disk and in the journal. past is how many
// earlier versions it adds. After a failure the engine takes no more writes.
func (e *Engine) commit(ctx context.Context, w *writer, b *bleve.Batch, c index.Changes, past int) error {
	next := w.mark.after(index.TagOf(ctx), c, past)
	b.SetInternal([]byte(internalKey(w.number)), appendMark(nil, next))
	e.mu.RLock()
	x, readOnly := e.bleve, e.readOnly
	e.mu.RUnlock()
	switch {
	case readOnly != nil:
		return readOnly
	case x == nil:
		return index.ErrClosed
	}
	err := timed(x, b)
	if err == nil {
		err = segment.SyncDir(filepath.Join(e.dir, segmentsName))
	}
	if err == nil {
		err = e.journal.append(w.number, next)
	}
	if err != nil {
		e.fail(fmt.Sprintf("a batch could not be written: %v", err), isFull(err))
		e.mu.RLock()
		defer e.mu.RUnlock()
		return e.readOnly
	}
	w.mark = next
	e.keepMark(w)
	select {
	case e.written <- struct{}{}:
	default:
	}
	return nil
}

// errStuck is the watchdog's.
var errStuck = errors.New("no answer from Bleve in time")

// timed runs a batch under the watchdog.
func timed(x *scorch.Scorch, b *bleve.Batch) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				done <- fmt.Errorf("panic in Bleve: %v", r)
			}
		}()
		done <- x.Batch(b)
	}()
	timer := time.NewTimer(batchTimeout)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case <-timer.C:
		return errStuck
	}
}

// Delete implements index.Engine.
func (e *Engine) Delete(ctx context.Context, ids []string) (int, error) {
	if err := e.writable(nil); err != nil {
		return 0, err
	}
	unique := make(map[string]bool, len(ids))
	var reserved []string
	for _, id := range ids {
		if id != "" && !unique[id] {
			unique[id] = true
			reserved = append(reserved, id)
		}
	}
	if err := e.ids.reserve(ctx, reserved); err != nil {
		return 0, err
	}
	defer e.ids.release(reserved)
	stored, err := e.headers(ctx, reserved)
	if err != nil || len(stored) == 0 {
		return 0, err
	}
	w, err := e.writer(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { e.slots <- w }()
	b := bleve.NewBatch()
	documents := 0
	for id, h := range stored {
		keys := append(h.earlier(id), id)
		documents += len(keys)
		for _, key := range keys {
			b.Delete(key)
		}
	}
	if err := e.commit(ctx, w, b, index.Changes{Deleted: len(stored)}, len(stored)-documents); err != nil {
		return 0, err
	}
	return len(stored), nil
}

// headers returns the headers of the stored articles among ids.
func (e *Engine) headers(ctx context.Context, ids []string) (map[string]storedHeader, error) {
	headers := map[string]storedHeader{}
	err := e.view(ctx, func(v *view) (err error) {
		for _, s := range v.segments {
			for _, id := range ids {
				doc, ok := s.find(id)
				if !ok {
					continue
				}
				if headers[id], err = decodeHeader(s.seg.Stored(doc)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return headers, err
}

// reservations keeps two batches from changing one article at once: what the second does depends on what the first did.
type reservations struct {
	mu   sync.Mutex
	held map[string]bool
	free chan struct{} // closed and made anew whenever ids are released
}

func (r *reservations) init() {
	r.held, r.free = map[string]bool{}, make(chan struct{})
}

// reserve waits until none of the ids is held, and holds them.
func (r *reservations) reserve(ctx context.Context, ids []string) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.mu.Lock()
		free := r.free
		if !r.anyHeld(ids) {
			for _, id := range ids {
				r.held[id] = true
			}
			r.mu.Unlock()
			return nil
		}
		r.mu.Unlock()
		select {
		case <-free:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (r *reservations) anyHeld(ids []string) bool {
	for _, id := range ids {
		if r.held[id] {
			return true
		}
	}
	return false
}

func (r *reservations) release(ids []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, id := range ids {
		delete(r.held, id)
	}
	close(r.free)
	r.free = make(chan struct{})
}
