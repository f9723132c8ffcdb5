package ingest

import (
	"context"
	"io"
	"iter"
	"os"
	"path/filepath"

	"dateline/index"
)

// File is a file to be read.
type File struct {
	Path  string // as it can be opened
	Name  string // the path of its articles; "" is the last part of Path
	Whole int64  // bytes at its beginning that are to be read, for a file that is being written; 0 is all
}

// Files indexes files as Run does those of a folder.
func Files(ctx context.Context, engine index.Engine, files []File, o Options) (Summary, error) {
	o = o.withDefaults()
	if o.Account.Command == "" {
		o.Account.Command = "watch"
	}
	for _, f := range files {
		o.Account.Paths = append(o.Account.Paths, f.Path)
	}
	return run(ctx, engine, newFeed(o, inputsOf(files)), o)
}

func inputsOf(files []File) iter.Seq[input] {
	return func(yield func(input) bool) {
		for _, f := range files {
			if !yield(f.input()) {
				return
			}
		}
	}
}

func (f File) input() input {
	name := f.Name
	if name == "" {
		name = filepath.Base(f.Path)
	}
	info, err := os.Stat(f.Path)
	if err != nil {
		return input{path: f.Path, reject: unreadable(f.Path, err)}
	}
	in := fileInput(f.Path, name, info)
	if f.Whole > 0 {
		open := in.open
		in.size = f.Whole
		in.open = func(ctx context.Context) (io.ReadCloser, error) {
			r, err := open(ctx)
			if err != nil {
				return nil, err
			}
			return beginning{io.LimitReader(r, f.Whole), r}, nil
		}
	}
	return in
}

// beginning is the first part of a file.
type beginning struct {
	io.Reader
	io.Closer
}
