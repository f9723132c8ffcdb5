package ingest

import (
	"errors"
	"io"
	"strings"
	"sync/atomic"

	"dateline/index/source"
	"dateline/index/source/archive"
	"dateline/index/source/record"
)

// open takes a file out of its compression and archives and cuts every stream in it. What is inside an archive is named
// after it and an exclamation mark, as archive.Walk does.
func (c *cutter) open(in input, r io.Reader) {
	counted := &counter{r: r, n: &c.bytes}
	var stream io.Reader = counted
	size := int64(-1)
	at, inPlace := r.(io.ReaderAt)
	if inPlace && !in.stream {
		stream, size = &fileCounter{counter: *counted, at: at}, in.size
	}
	streams := 0
	err := archive.Walk(in.path, stream, size, archive.Options{}, func(m archive.Member) error {
		streams++
		c.stream(&origin{path: m.Path, name: in.name + strings.TrimPrefix(m.Path, in.path), breaks: m.Breaks}, m)
		return c.ctx.Err()
	})
	switch {
	case c.ctx.Err() != nil:
	case err != nil:
		reason, detail := readFault(err)
		c.add(job{reject: rejectFile(in.path, reason, detail)})
	case streams == 0:
		c.add(job{reject: rejectFile(in.path, record.Empty, "the archive holds no files")})
	}
}

// fileCounter counts what is read of a file that may be read in any order.
type fileCounter struct {
	counter
	at io.ReaderAt
}

func (f *fileCounter) ReadAt(p []byte, off int64) (int, error) {
	n, err := f.at.ReadAt(p, off)
	f.n.Add(int64(n))
	return n, err
}

// counter counts the bytes that are read.
type counter struct {
	r io.Reader
	n *atomic.Int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// readFault classifies an error of reading a stream.
func readFault(err error) (reason, detail string) {
	var broken *archive.Error
	if errors.As(err, &broken) {
		return broken.Reason, broken.Detail
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return record.Truncated, "the file breaks off"
	}
	return record.Unread, err.Error()
}

// detectRaw tells the format of a stream of bytes that is not one of text.
func (o *Options) detectRaw(head []byte, whole bool) (record.Format, bool) {
	switch {
	case o.formats != nil:
		return record.Format{}, false
	case o.Format != "" && o.Format != "auto":
		f, ok := source.ByName(o.Format)
		return f, ok && f.Raw
	}
	return source.DetectRaw(head, whole)
}

// detect tells the format of a stream, or takes the one that the options name.
func (o *Options) detect(head []byte, whole bool) (record.Format, bool) {
	forced := o.Format != "" && o.Format != "auto"
	switch {
	case o.formats != nil:
		return detectFake(o, forced, head, whole)
	case forced:
		return source.ByName(o.Format)
	}
	return source.Detect(head, whole)
}

// detectFake is detect over the formats of a test.
func detectFake(o *Options, forced bool, head []byte, whole bool) (record.Format, bool) {
	for _, f := range o.formats {
		if forced && o.Format == f.Name || !forced && f.Sniff(head, whole) {
			return f, true
		}
	}
	return record.Format{}, false
}
