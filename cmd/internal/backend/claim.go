package backend

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// lockName is the file in an index directory that its users lock with flock: writers and servers exclusively, readers
// together. What stands in it tells others who they are waiting for. The lock is the truth, and ends with its process
// however that dies; what a killed process has left in the file is never looked at, unless somebody holds the lock.
const lockName = "owner.lock"

// Holder is what the exclusive holder of a directory says of itself.
type Holder struct {
	PID     int       `json:"pid"`
	Command string    `json:"command"`
	URL     string    `json:"url,omitempty"` // of its server
	Started time.Time `json:"started"`
}

// claim is the lock on a directory, or the server to go to instead.
type claim struct {
	file   *os.File // nil when the directory is on a file system where no lock can be made, and is only read
	holder Holder   // zero for a reader
	server string
}

// claim locks the directory, or finds its server, within Wait.
func (o *Options) claim(ctx context.Context) (*claim, error) {
	f, err := o.lockFile()
	if err != nil || f == nil {
		return &claim{}, err
	}
	c := &claim{file: f}
	busy := &BusyError{Dir: o.Dir, Serve: o.Serve}
	for deadline := time.Now().Add(o.Wait); ; {
		locked, err := tryLock(f, o.Write)
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		if locked {
			c.sign(o)
			return c, nil
		}
		busy.Holder = holderOf(f, o.Write)
		if url := busy.Holder.URL; url != "" && !o.Serve && ready(ctx, url) {
			return &claim{server: url}, f.Close()
		}
		if url := busy.Holder.URL; url != "" && o.Serve || time.Now().After(deadline) {
			return nil, errors.Join(busy, f.Close())
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), f.Close())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// lockFile opens the lock. A reader without the right to make it goes without.
func (o *Options) lockFile() (*os.File, error) {
	path := filepath.Join(o.Dir, lockName)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err == nil || o.Write {
		return f, err
	}
	f, err = os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return f, err
}

func tryLock(f *os.File, exclusive bool) (bool, error) {
	how := unix.LOCK_SH
	if exclusive {
		how = unix.LOCK_EX
	}
	for {
		err := unix.Flock(int(f.Fd()), how|unix.LOCK_NB)
		switch {
		case err == nil:
			return true, nil
		case errors.Is(err, unix.EWOULDBLOCK):
			return false, nil
		case !errors.Is(err, unix.EINTR):
			return false, fmt.Errorf("lock %s: %w", f.Name(), err)
		}
	}
}

// holderOf reads who holds the lock that f could not get. Readers do not sign: when f can be locked together with the
// holders, they are readers, and what stands in the file is old.
func holderOf(f *os.File, wantedExclusive bool) Holder {
	if wantedExclusive {
		if shared, err := tryLock(f, false); err == nil && shared {
			unix.Flock(int(f.Fd()), unix.LOCK_UN)
			return Holder{}
		}
	}
	var h Holder
	b, err := io.ReadAll(io.NewSectionReader(f, 0, 64<<10))
	if err != nil || json.Unmarshal(b, &h) != nil {
		return Holder{}
	}
	return h
}

// sign writes who holds the lock. It may fail, on a full disk say: then others know less, and all else works.
func (c *claim) sign(o *Options) {
	if o.Write {
		c.holder = Holder{PID: os.Getpid(), Command: o.Command, Started: time.Now().UTC().Truncate(time.Second)}
		_ = c.write("")
	}
}

// write replaces what stands in the lock file. Its first byte goes last, so that nobody reads half of it as the whole.
func (c *claim) write(url string) error {
	h := c.holder
	h.URL = url
	b, err := json.Marshal(h)
	if err != nil {
		return err
	}
	b = append(b, '\n')
	if err := c.file.Truncate(0); err != nil {
		return err
	}
	if _, err := c.file.WriteAt(b[1:], 1); err != nil {
		return err
	}
	_, err = c.file.WriteAt(b[:1], 0)
	return err
}

// release gives the directory up.
func (c *claim) release() error {
	if c.file == nil {
		return nil
	}
	var err error
	if c.holder.PID != 0 {
		err = c.file.Truncate(0)
	}
	return errors.Join(err, c.file.Close())
}
