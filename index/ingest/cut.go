package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"

	"dateline/index/source/charset"
	"dateline/index/source/record"
)

// cutter opens the inputs one after the other and cuts them into chunks of records.
type cutter struct {
	*feed
	ctx      context.Context
	toDecode chan<- *chunk
	ordered  chan<- *chunk

	file    *tracked // the input being cut, or nil when it is not tracked
	cur     *chunk
	text    atomic.Int64 // bytes of text given to readers
	began   int64        // text when cur began
	buffers [2]*buffer   // of the raw and of the decoded stream, used again for every file
}

func (c *cutter) run() {
	for in := range c.inputs {
		if c.ctx.Err() != nil {
			return
		}
		c.input(in)
	}
	c.flush()
}

func (c *cutter) input(in input) {
	c.file = nil
	if in.reject != nil {
		c.add(job{reject: in.reject})
		return
	}
	if c.track(in) {
		return
	}
	r, err := in.open(c.ctx)
	if err != nil {
		c.add(job{reject: unreadable(in.path, err)})
		return
	}
	defer r.Close()
	c.files.Add(1)
	before := c.bytes.Load()
	c.open(in, r)
	if seen := c.bytes.Load() - before; !in.stream && seen > in.size {
		c.bytes.Add(in.size - seen) // parts of a zip are read twice
	}
	if c.file != nil && c.ctx.Err() == nil {
		c.file.ended()
	}
}

// stream cuts one stream of news: a file, or what is inside one.
func (c *cutter) stream(from *origin, r io.Reader) {
	raw := c.buffer(0, r)
	head, whole := raw.peek()
	if format, ok := c.o.detectRaw(head, whole); ok {
		c.format(from, format, raw, raw)
		return
	}
	if charset.IsBinary(head) && raw.err == nil {
		c.reject(from, record.NotNews, "binary data")
		return
	}
	text := c.buffer(1, charset.NewReader(raw, charset.Declared(head)))
	head, whole = text.peek()
	if c.ctx.Err() != nil {
		return
	}
	if whole && len(bytes.TrimSpace(head)) == 0 {
		if !c.broken(from, raw, record.Place{}) {
			c.reject(from, record.Empty, "the file is empty")
		}
		return
	}
	format, ok := c.o.detect(head, whole)
	if !ok {
		if !c.broken(from, raw, record.Place{}) {
			c.reject(from, record.NotNews, "no news format that is known")
		}
		return
	}
	c.format(from, format, text, raw)
}

// format cuts a stream of a known format.
func (c *cutter) format(from *origin, format record.Format, r io.Reader, raw *buffer) {
	from.format = format.Name
	options := record.Options{
		Source: c.o.Source, MaxRecord: c.o.MaxRecord, Name: from.name, Now: c.o.Clock,
		URL: c.o.URL, Retrieved: c.o.Retrieved,
	}
	breaks, told := from.breaks, false
	if breaks != nil {
		options.Breaks = func(at int64) (record.Break, bool) {
			told = true
			return breaks(at)
		}
	}
	c.records(from, format.Open(&counter{r: r, n: &c.text}, options), raw)
	if breaks == nil || told || c.ctx.Err() != nil {
		return
	}
	if b, broken := breaks(0); broken { // in a web archive that is read as another format
		c.reject(from, b.Reason, b.Detail)
	}
}

// records cuts what a reader yields.
func (c *cutter) records(from *origin, rd record.Reader, raw *buffer) {
	var last record.Place
	truncated := false // the last fault says already that the stream broke off
	for {
		rec, err := next(rd)
		if c.ctx.Err() != nil {
			return // the end of the run may look like the end of a record
		}
		var fault *record.Fault
		switch {
		case err == nil:
			last, truncated = rec.Place, false
			c.add(job{from: from, record: rec})
		case errors.As(err, &fault):
			last, truncated = fault.Place, fault.Reason == record.Truncated
			c.add(job{reject: rejectOf(from.path, from.format, fault.Place, fault.Reason, fault.Detail)})
		default:
			after := record.Place{Number: last.Number + 1, Line: last.Line, Offset: last.Offset}
			c.ended(from, raw, after, err, truncated)
			return
		}
	}
}

// ended accounts for the end of a stream.
func (c *cutter) ended(from *origin, raw *buffer, after record.Place, err error, truncated bool) {
	switch {
	case truncated && err == io.EOF, truncated && raw.err != nil:
	case c.broken(from, raw, after):
	case err != io.EOF:
		c.add(job{reject: rejectOf(from.path, from.format, after, record.BadSyntax, err.Error())})
	case after.Number == 1:
		c.reject(from, record.Empty, "the file holds no article")
	}
}

// broken rejects what is left of a stream that could not be read to its end, and reports whether it was so.
func (c *cutter) broken(from *origin, raw *buffer, after record.Place) bool {
	if raw.err == nil {
		return false
	}
	if c.ctx.Err() == nil {
		reason, detail := readFault(raw.err)
		c.add(job{reject: rejectOf(from.path, from.format, after, reason, detail)})
	}
	return true
}

// reject rejects a stream as a whole.
func (c *cutter) reject(from *origin, reason, detail string) {
	r := rejectFile(from.path, reason, detail)
	r.Format = from.format
	c.add(job{reject: r})
}

// add appends a record to the current chunk, unless it was dealt with before.
func (c *cutter) add(j job) {
	if c.number(&j) {
		c.append(j)
	} else if c.cur == nil {
		c.began = c.text.Load() // what was passed over has no weight
	}
}

// append appends to the current chunk, and sends it on when it is large enough.
func (c *cutter) append(j job) {
	if c.cur == nil {
		c.cur = &chunk{done: make(chan struct{})}
	}
	c.cur.jobs = append(c.cur.jobs, j)
	if len(c.cur.jobs) >= chunkRecords || c.text.Load()-c.began >= chunkBytes {
		c.flush()
	}
}

func (c *cutter) flush() {
	if c.cur == nil {
		return
	}
	ch := c.cur
	text := c.text.Load()
	ch.weight = min(text-c.began, rawBytes)
	c.cur, c.began = nil, text
	if c.gate.Acquire(c.ctx, ch.weight) != nil {
		return
	}
	for _, to := range []chan<- *chunk{c.toDecode, c.ordered} {
		select {
		case to <- ch:
		case <-c.ctx.Done():
			return
		}
	}
}

// next calls the reader, and makes an error of a panic: a fault in one format must not end the run.
func next(rd record.Reader) (rec record.Record, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the reader failed: %v", p)
		}
	}()
	return rd.Next()
}

// buffer reads ahead record.SniffLen bytes, and remembers an error that is not io.EOF, however the readers above it may
// disguise it.
type buffer struct {
	r     io.Reader
	space []byte
	ahead []byte // of space, not yet handed out
	ended bool
	err   error
}

// buffer returns a buffer on r in the place of the one that was used for the file before.
func (c *cutter) buffer(i int, r io.Reader) *buffer {
	b := c.buffers[i]
	if b == nil {
		b = &buffer{space: make([]byte, record.SniffLen)}
		c.buffers[i] = b
	}
	*b = buffer{r: r, space: b.space}
	return b
}

// peek returns what the stream begins with, and whether that is all of it.
func (b *buffer) peek() (head []byte, whole bool) {
	n := 0
	for n < len(b.space) && !b.ended {
		n += b.fill(b.space[n:])
	}
	b.ahead = b.space[:n]
	return b.ahead, b.ended
}

func (b *buffer) fill(p []byte) int {
	n, err := b.r.Read(p)
	if err != nil {
		b.ended = true
		if err != io.EOF {
			b.err = err
		}
	}
	return n
}

func (b *buffer) Read(p []byte) (int, error) {
	if len(b.ahead) > 0 {
		n := copy(p, b.ahead)
		b.ahead = b.ahead[n:]
		return n, nil
	}
	if b.ended {
		return 0, b.end()
	}
	n := b.fill(p)
	if b.ended {
		return n, b.end()
	}
	return n, nil
}

func (b *buffer) end() error {
	if b.err != nil {
		return b.err
	}
	return io.EOF
}
