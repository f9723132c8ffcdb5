package warc

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
)

// chunks reads a body that was sent in chunks: a line with a length in hexadecimal, the bytes, and a line end, which may be
// LF alone, unlike in the reader of package httputil.
type chunks struct {
	in   *bufio.Reader
	left int64 // of the present chunk
	any  bool  // one was read: a line end stands behind it
	err  error
}

// maxChunk bounds what a chunk may say of its length.
const maxChunk = 1 << 40

var errChunk = errors.New("a chunk does not begin with its length")

func (c *chunks) Read(p []byte) (int, error) {
	if c.left == 0 && c.err == nil {
		c.next()
	}
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.in.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	c.err = unexpected(err)
	return n, nil
}

// next reads the line in front of a chunk. The last chunk has no bytes; what follows it is of no interest.
func (c *chunks) next() {
	if c.any {
		if line, err := c.in.ReadSlice('\n'); err != nil || len(bytes.TrimSpace(line)) > 0 {
			c.err = broken(err)
			return
		}
	}
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		c.err = broken(err)
		return
	}
	c.any = true
	if c.left, err = chunkSize(line); err != nil {
		c.err = err
	} else if c.left == 0 {
		c.err = io.EOF
	}
}

// chunkSize reads the line in front of a chunk, which may have extensions behind a semicolon.
func chunkSize(line []byte) (int64, error) {
	line, _, _ = bytes.Cut(line, []byte(";"))
	size, err := strconv.ParseUint(string(bytes.TrimSpace(line)), 16, 63)
	if err != nil || size > maxChunk {
		return 0, errChunk
	}
	return int64(size), nil
}

func broken(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return errChunk
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// isChunked reports whether b begins with the line of a chunk, and a line ends where the chunk does.
func isChunked(b []byte) bool {
	n := bytes.IndexByte(b[:min(len(b), 256)], '\n')
	if n < 0 {
		return false
	}
	size, err := chunkSize(b[:n])
	rest := b[n+1:]
	return err == nil && (size >= int64(len(rest)) || rest[size] == '\r' || rest[size] == '\n')
}
