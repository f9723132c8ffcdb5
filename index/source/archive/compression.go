package archive

import (
	"bufio"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"

	"dateline/index/source/record"
)

// maxWindow bounds the memory of a decoder of zstd or xz: what zstd --ultra -22 and xz -9e need at most is 128 and 64 MiB.
const maxWindow = 128 << 20

// decompress opens what lies in a compressed stream.
func (w *walk) decompress(path, kind string, br *bufio.Reader, l layers) error {
	var r io.Reader
	l.breaks = nil
	switch kind {
	case "gzip":
		g := newGunzip(path, br)
		r, l.breaks = g, g.breaks
	case "zstd":
		d, err := unzstd(br)
		if err != nil {
			return w.visitError(path, explain(path, kind, err))
		}
		defer d.Close()
		r = d
	case "xz":
		r = &unxz{in: &xzGuard{in: br}}
	case "bzip2":
		r = bzip2.NewReader(br)
	}
	return w.open(path, &meter{in: r, walk: w, path: path, kind: kind}, l)
}

// meter bounds what comes out of a decoder by what went in, and says in an *Error what is wrong.
type meter struct {
	in   io.Reader
	walk *walk
	path string
	kind string
	own  int64 // bytes that this decoder was given, for a member of a zip; else the whole file counts
	out  int64
	err  error
}

func (m *meter) Read(p []byte) (int, error) {
	if m.err != nil {
		return 0, m.err
	}
	n, err := m.in.Read(p)
	m.out += int64(n)
	m.walk.out += int64(n)
	if err == nil {
		err = m.check()
	}
	if err != nil && err != io.EOF {
		err = explain(m.path, m.kind, err)
	}
	m.err = err
	return n, err
}

func (m *meter) check() error {
	o := m.walk.options
	given := max(m.walk.in.n, m.walk.size)
	all := m.walk.out > o.FreeBytes && m.walk.out/o.MaxRatio > given
	if all || m.own > 0 && m.out > o.FreeBytes && m.out/o.MaxRatio > m.own {
		return &Error{m.path, record.TooLarge, fmt.Sprintf("unpacks to more than %d times its size", o.MaxRatio)}
	}
	return nil
}

// unexpected turns the end of a file into one that comes too early.
func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// unxz begins to decode at the first Read, so that a broken header is an error of reading like any other.
type unxz struct {
	in io.Reader
	z  *xz.Reader
}

func (u *unxz) Read(p []byte) (int, error) {
	if u.z == nil {
		z, err := xz.NewReader(u.in)
		if err != nil {
			return 0, unexpected(err)
		}
		u.z = z
	}
	return u.z.Read(p)
}

// explain makes an *Error of what a decoder says; errors of the stream below stay.
func explain(path, kind string, err error) error {
	var ours *Error
	var structure bzip2.StructuralError
	switch {
	case err == nil || errors.As(err, &ours):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{path, record.Truncated, "the " + kind + " breaks off"}
	case errors.Is(err, errTrailing):
		return &Error{path, record.BadSyntax, err.Error()}
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded), errors.Is(err, errWindow):
		return &Error{path, record.TooLarge, fmt.Sprintf("the %s needs more than %d MiB of memory", kind, maxWindow>>20)}
	case kind == "file":
		return err
	case errors.As(err, &structure), errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum):
		return &Error{path, record.BadSyntax, "the " + kind + " is damaged: " + err.Error()}
	}
	return &Error{path, record.BadSyntax, "the " + kind + " cannot be read: " + err.Error()}
}
