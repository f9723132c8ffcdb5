package ingest

import (
	"context"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"syscall"

	"dateline/index/source/record"
)

// input is one file to read, or what became of a path that is none.
type input struct {
	path   string // as it can be opened, for rejects
	name   string // relative to what the user named, for Article.Path
	size   int64
	time   int64 // of its last change, in nanoseconds; 0 when unknown
	stream bool  // without a size: a pipe or standard input
	open   func(ctx context.Context) (io.ReadCloser, error)
	reject *Reject // instead of all else but path
}

// walkAll yields the files of the named paths. A named path is followed through symbolic links; below a named folder only
// folders and regular files are taken, and names that begin with a dot are left out.
func walkAll(paths []string, o Options) iter.Seq[input] {
	return func(yield func(input) bool) {
		for _, path := range paths {
			if path == "-" {
				if !yield(stdinInput(o.Stdin)) {
					return
				}
				continue
			}
			if !walkNamed(path, o.Without, yield) {
				return
			}
		}
	}
}

func walkNamed(path, without string, yield func(input) bool) bool {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return yield(input{path: path, reject: unreadable(path, err)})
	case info.IsDir():
		w := walker{yield: yield}
		if without != "" {
			w.without, _ = os.Stat(without)
		}
		more := w.folder(path, "")
		if more && w.found == 0 {
			return yield(input{path: path, reject: rejectFile(path, record.Empty, "the folder holds no files")})
		}
		return more
	case info.Mode().IsRegular():
		return yield(fileInput(path, filepath.Base(path), info))
	case info.Mode()&fs.ModeNamedPipe != 0:
		return yield(pipeInput(path))
	}
	return yield(input{path: path, reject: rejectFile(path, record.Unread, "neither a file nor a folder")})
}

// walker walks one named folder.
type walker struct {
	yield   func(input) bool
	without fs.FileInfo // of a folder to leave out, or nil
	found   int         // files and faults
}

// folder yields what is in a folder, in order of name, and reports whether to go on. rel is its path below the named one.
func (w *walker) folder(path, rel string) bool {
	entries, err := os.ReadDir(path)
	for _, e := range entries {
		if e.Name()[0] == '.' {
			continue
		}
		child, childRel := filepath.Join(path, e.Name()), filepath.Join(rel, e.Name())
		if more := w.entry(e, child, childRel); !more {
			return false
		}
	}
	if err != nil {
		w.found++
		return w.yield(input{path: path, reject: unreadable(path, err)})
	}
	return true
}

func (w *walker) entry(e fs.DirEntry, path, rel string) bool {
	switch {
	case e.IsDir():
		if info, err := e.Info(); err == nil && w.without != nil && os.SameFile(info, w.without) {
			return true
		}
		return w.folder(path, rel)
	case e.Type().IsRegular():
		w.found++
		info, err := e.Info()
		if err != nil {
			info = nil
		}
		return w.yield(fileInput(path, filepath.ToSlash(rel), info))
	}
	return true
}

// fileInput reads a file; info is nil when it could not be had.
func fileInput(path, name string, info fs.FileInfo) input {
	in := input{path: path, name: name, open: func(context.Context) (io.ReadCloser, error) {
		// Not to block should a pipe have taken the file's place since.
		return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	}}
	if info != nil {
		in.size, in.time = info.Size(), info.ModTime().UnixNano()
	}
	return in
}

// pipeInput reads a pipe that the user named, as "<(command)" of a shell does. One that nobody writes to is empty.
func pipeInput(path string) input {
	return input{path: path, name: filepath.Base(path), stream: true, open: func(ctx context.Context) (io.ReadCloser, error) {
		f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
		if err != nil {
			return nil, err
		}
		return &patient{ctx: ctx, r: f, c: f}, nil
	}}
}

func stdinInput(stdin io.Reader) input {
	return input{path: "-", name: "-", stream: true, open: func(ctx context.Context) (io.ReadCloser, error) {
		if stdin == nil {
			stdin = eof{}
		}
		return &patient{ctx: ctx, r: stdin}, nil
	}}
}

// sizeOf returns the bytes of all files, or 0 when one of the inputs has no size or ctx ends.
func sizeOf(ctx context.Context, paths []string, o Options) int64 {
	var total int64
	for in := range walkAll(paths, o) {
		if ctx.Err() != nil || in.stream {
			return 0
		}
		total += in.size
	}
	return total
}

// one yields a stream as the only input.
func one(r io.Reader, name string) iter.Seq[input] {
	return func(yield func(input) bool) {
		yield(input{path: name, name: name, stream: true, open: func(ctx context.Context) (io.ReadCloser, error) {
			return &patient{ctx: ctx, r: r}, nil
		}})
	}
}

type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }

// patient reads a stream that may never send anything, and gives up when the context ends: nothing can wake a read from a
// terminal, so that it is left behind in a goroutine.
type patient struct {
	ctx  context.Context
	r    io.Reader
	c    io.Closer // may be nil
	own  []byte
	rest []byte // read and not yet handed out
	err  error
}

func (p *patient) Read(b []byte) (int, error) {
	if len(p.rest) == 0 && p.err == nil {
		p.fill()
	}
	if len(p.rest) == 0 {
		return 0, p.err
	}
	n := copy(b, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

func (p *patient) fill() {
	if p.own == nil {
		p.own = make([]byte, 64<<10)
	}
	type got struct {
		n   int
		err error
	}
	done := make(chan got, 1)
	go func(buf []byte) {
		n, err := p.r.Read(buf)
		done <- got{n, err}
	}(p.own)
	select {
	case g := <-done:
		p.rest, p.err = p.own[:g.n], g.err
	case <-p.ctx.Done():
		p.err = p.ctx.Err()
		p.own = nil // the read that was left behind may still write to it
	}
}

func (p *patient) Close() error {
	if p.c == nil {
		return nil
	}
	return p.c.Close()
}
