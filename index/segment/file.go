package segment

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// Open maps the segment in a file into memory.
func Open(path string) (*Segment, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() == 0 {
		return nil, fmt.Errorf("%s: %w", path, errFormat)
	}
	b, err := unix.Mmap(int(f.Fd()), 0, int(info.Size()), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return nil, fmt.Errorf("map %s: %w", path, err)
	}
	s, err := Read(b)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), unix.Munmap(b))
	}
	s.unmap = func() error { return unix.Munmap(b) }
	return s, nil
}

// Save writes a segment in memory to a new file, and waits until its content is on the disk. The caller sees to the directory.
func (s *Segment) Save(path string) error {
	return save(path, func(w io.Writer) error {
		_, err := w.Write(s.bytes)
		return err
	})
}

// MergeFile is Merge into a new file, which is on the disk under its name when it returns, or not there after an error. It also
// returns the number of bytes.
func MergeFile(path string, parts []Part, stopped func() bool) (numbers [][]uint32, n int64, err error) {
	err = save(path, func(w io.Writer) (err error) {
		counted := &counter{w: w}
		numbers, err = Merge(counted, parts, stopped)
		n = counted.n
		return err
	})
	if err == nil {
		err = SyncDir(filepath.Dir(path))
	}
	return numbers, n, err
}

// SyncDir makes the names in a directory survive a power cut. Bleve syncs files but no directory.
func SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

func save(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err != nil {
		err = errors.Join(err, os.Remove(path))
	}
	return err
}
