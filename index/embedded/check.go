package embedded

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/blevesearch/bleve/v2/util"
	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
	"golang.org/x/sync/errgroup"

	"dateline/index/segment"
)

// DamageError names the file of an index that is not as it was written. Nothing of a damaged index is read, written or
// removed.
type DamageError struct {
	File   string
	Detail string
}

func (e *DamageError) Error() string {
	return fmt.Sprintf("the index is damaged: %s: %s; nothing was changed: restore the directory from a copy, or index the articles again into a new one", e.File, e.Detail)
}

// state is what the files of an index say before Bleve sees them.
type state struct {
	exists   bool          // something was written: there is a root.bolt
	clean    bool          // it was closed in order, and no file changed since
	marks    [writers]mark // of the newest state in Bleve
	segments []fileSum     // of the newest state
}

// total returns the number of documents.
func (s *state) total() (n int64) {
	for _, m := range s.marks {
		n += m.net()
	}
	return n
}

// fileSum identifies the content of a file.
type fileSum struct {
	Name string `json:"name"`
	Size int64  `json:"size"`
	Sum  string `json:"sum"` // CRC-32 of a segment, as Bleve's footer has it; SHA-256 of others
}

// clean is the content of clean.json.
type clean struct {
	Files    []fileSum `json:"files"` // those that are not segments
	Segments []fileSum `json:"segments"`
}

// cleanFiles are the files of an index that are not segments.
var cleanFiles = []string{layoutName, journalName, filepath.Join(segmentsName, boltName)}

// verify reads every byte of the index at dir and compares it with what was acknowledged. It writes nothing.
//
// Bleve writes checksums and never reads them: one flipped bit gives a wrong answer or ends the process, a cut file brings
// an older state back, and an open for writing then removes the rest. So nothing is given to Bleve that did not pass here.
func verify(dir string) (state, error) {
	marks, err := readJournal(dir)
	if err != nil {
		return state{}, err
	}
	bolt := filepath.Join(dir, segmentsName, boltName)
	if _, err := os.Stat(bolt); errors.Is(err, fs.ErrNotExist) {
		return state{}, verifyNew(dir, bolt, marks)
	}
	clean, err := verifyClean(dir)
	if err != nil {
		return state{}, err
	}
	s, err := readBolt(bolt)
	if err != nil {
		return state{}, err
	}
	s.exists, s.clean = true, clean
	for w := range marks {
		if s.marks[w].batch < marks[w].batch {
			return state{}, &DamageError{File: bolt, Detail: fmt.Sprintf("it ends at batch %d of writer %d, but batch %d was acknowledged", s.marks[w].batch, w, marks[w].batch)}
		}
	}
	if clean { // verifyClean has read them
		return s, nil
	}
	return s, verifySegments(dir, s.segments)
}

// verifyNew accepts an index without root.bolt only when nothing was ever acknowledged in it.
func verifyNew(dir, bolt string, marks [writers]mark) error {
	segments, err := filepath.Glob(filepath.Join(dir, segmentsName, "*.zap"))
	if err != nil {
		return err
	}
	if marks != ([writers]mark{}) || len(segments) > 0 {
		return &DamageError{File: bolt, Detail: "it is missing"}
	}
	return nil
}

// verifyClean compares the files with clean.json, and reports whether there is one.
func verifyClean(dir string) (bool, error) {
	name := filepath.Join(dir, cleanName)
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var c clean
	if err := json.Unmarshal(b, &c); err != nil || !bytes.Equal(c.encode(), b) {
		return false, &DamageError{File: name, Detail: "it cannot be read"}
	}
	for _, was := range c.Files {
		now, err := sumFile(dir, was.Name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, err
		}
		if now != was {
			return false, &DamageError{File: filepath.Join(dir, was.Name), Detail: "its content is not what it was when the index was closed"}
		}
	}
	return true, verifySegments(dir, c.Segments)
}

func (c *clean) encode() []byte {
	b, err := json.Marshal(c)
	if err != nil {
		panic(err) // strings and numbers
	}
	return append(b, '\n')
}

func sumFile(dir, name string) (fileSum, error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return fileSum{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return fileSum{name, n, hex.EncodeToString(h.Sum(nil))}, err
}

// verifySegments checks that segments of the index at dir are whole, on all cores.
func verifySegments(dir string, segments []fileSum) error {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range segments {
		group.Go(func() error { return verifySegment(filepath.Join(dir, segmentsName), &segments[i]) })
	}
	return group.Wait()
}

// verifyBuffer fits into the cache beside the core, where a checksum is three times as fast as over larger buffers.
const verifyBuffer = 64 << 10

// verifySegment checks that a segment is whole: its CRC-32 (of all bytes but the last four, which hold it) and, when s says
// them, its size and sum. It sets what s does not say.
func verifySegment(dir string, s *fileSum) error {
	name := filepath.Join(dir, s.Name)
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return &DamageError{File: name, Detail: "it is missing"}
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() < 4 || s.Size != 0 && s.Size != info.Size() {
		return &DamageError{File: name, Detail: fmt.Sprintf("it has %d bytes, not %d", info.Size(), s.Size)}
	}
	h := crc32.NewIEEE()
	if _, err := io.CopyBuffer(h, struct{ io.Reader }{io.LimitReader(f, info.Size()-4)}, make([]byte, verifyBuffer)); err != nil {
		return err
	}
	var footer [4]byte
	if _, err := io.ReadFull(f, footer[:]); err != nil {
		return err
	}
	sum := hex.EncodeToString(footer[:])
	if h.Sum32() != binary.BigEndian.Uint32(footer[:]) || s.Sum != "" && s.Sum != sum {
		return &DamageError{File: name, Detail: "its content does not have its checksum"}
	}
	s.Size, s.Sum = info.Size(), sum
	return nil
}

// readBolt reads the newest state in root.bolt.
func readBolt(name string) (s state, err error) {
	if err := verifyBoltSize(name); err != nil {
		return s, err
	}
	err = withBolt(name, func(db *bbolt.DB) error {
		return db.View(func(tx *bbolt.Tx) error { return s.read(tx, name) })
	})
	return s, err
}

// rebuildBolt writes root.bolt anew, as bbolt writes a file, from what can be reached in it. After a kill nothing tells whether
// its list of free pages is whole, and a wrong one would have pages in use written over.
func rebuildBolt(name string) error {
	tmp := name + ".tmp"
	if err := os.Remove(tmp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	err := withBolt(name, func(from *bbolt.DB) error {
		to, err := bbolt.Open(tmp, 0o600, &bbolt.Options{Timeout: boltTimeout})
		if err != nil {
			return err
		}
		return errors.Join(bbolt.Compact(to, from, 0), to.Sync(), to.Close())
	})
	if err != nil {
		return errors.Join(err, os.RemoveAll(tmp))
	}
	if err := os.Rename(tmp, name); err != nil {
		return err
	}
	return segment.SyncDir(filepath.Dir(name))
}

// withBolt opens a bolt file for reading. bbolt maps the file into memory and trusts it, so a fault or a panic while it is read
// is damage. (bbolt's own check is no use: it runs on a goroutine of its own, and its panics end the process.)
func withBolt(name string, read func(*bbolt.DB) error) error {
	err := guard(func() (err error) {
		db, err := bbolt.Open(name, 0, &bbolt.Options{ReadOnly: true, Timeout: boltTimeout})
		if errors.Is(err, bolterrors.ErrTimeout) {
			return fmt.Errorf("%s is held by another process", name)
		}
		if err != nil {
			return &DamageError{File: name, Detail: err.Error()}
		}
		defer func() { err = errors.Join(err, db.Close()) }()
		return read(db)
	})
	var broken *readError
	if errors.As(err, &broken) {
		return &DamageError{File: name, Detail: fmt.Sprintf("its pages cannot be read: %v", broken.what)}
	}
	return err
}

// boltTimeout is how long to wait for a lock on root.bolt; whoever holds it shares no lock with us, so waiting is no use.
const boltTimeout = 2 * time.Second

// read walks the newest snapshot: bucket s, by epoch; in it a bucket for each segment with its path under p, and the
// internal values under i.
func (s *state) read(tx *bbolt.Tx, name string) error {
	snapshots := tx.Bucket(util.BoltSnapshotsBucket)
	if snapshots == nil {
		return nil
	}
	newest, _ := snapshots.Cursor().Last()
	if newest == nil {
		return nil
	}
	snapshot := snapshots.Bucket(newest)
	if snapshot == nil {
		return &DamageError{File: name, Detail: "the newest state is missing"}
	}
	return snapshot.ForEachBucket(func(k []byte) error {
		switch {
		case bytes.Equal(k, util.BoltMetaDataKey):
		case bytes.Equal(k, util.BoltInternalKey):
			return s.readMarks(snapshot.Bucket(k), name)
		default:
			path := snapshot.Bucket(k).Get(util.BoltPathKey)
			if path == nil || filepath.Base(string(path)) != string(path) {
				return &DamageError{File: name, Detail: "a segment has no name"}
			}
			s.segments = append(s.segments, fileSum{Name: string(path)})
		}
		return nil
	})
}

func (s *state) readMarks(internal *bbolt.Bucket, name string) error {
	for w := range s.marks {
		b := internal.Get([]byte(internalKey(w)))
		if b == nil {
			continue
		}
		m, ok := parseMark(b)
		if !ok {
			return &DamageError{File: name, Detail: "the number of a batch does not have its checksum"}
		}
		s.marks[w] = m
	}
	return nil
}

// The meta pages of bbolt (go.etcd.io/bbolt/internal/common/meta.go): after a page header of 16 bytes come magic, version,
// pageSize and flags (4 bytes each), the root bucket (16), the freelist page, the first page never used and the
// transaction (8 each), and an FNV-64a of all that, in the machine's byte order.
const (
	boltHeader   = 16
	boltMagic    = 0xED0CDAED
	boltMetaSize = 64
)

// verifyBoltSize checks that the file has every page that its newer valid meta page speaks of, so that no read faults.
func verifyBoltSize(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	pages, pageSize := uint64(0), uint64(os.Getpagesize())
	for i := range uint64(2) {
		b := make([]byte, boltMetaSize)
		if _, err := f.ReadAt(b, int64(i*pageSize+boltHeader)); err != nil {
			return &DamageError{File: name, Detail: "it is cut short"}
		}
		h := fnv.New64a()
		h.Write(b[:boltMetaSize-8])
		order := binary.NativeEndian
		if order.Uint32(b) == boltMagic && h.Sum64() == order.Uint64(b[boltMetaSize-8:]) {
			pages, pageSize = max(pages, order.Uint64(b[40:])), uint64(order.Uint32(b[8:]))
		}
	}
	if pages == 0 || uint64(info.Size()) < pages*pageSize {
		return &DamageError{File: name, Detail: "it is cut short, or its first pages are damaged"}
	}
	return nil
}

// tidy removes the segments of a closed index that its newest state does not have, and records the files that it has.
func tidy(dir string) error {
	s, err := readBolt(filepath.Join(dir, segmentsName, boltName))
	if err != nil {
		return err
	}
	var c clean
	for _, name := range cleanFiles {
		sum, err := sumFile(dir, name)
		if err != nil {
			return err
		}
		c.Files = append(c.Files, sum)
	}
	if err := verifySegments(dir, s.segments); err != nil {
		return err
	}
	c.Segments = s.segments
	if err := writeFile(filepath.Join(dir, cleanName), c.encode()); err != nil {
		return err
	}
	return removeOthers(filepath.Join(dir, segmentsName), c.Segments)
}

// removeOthers removes the segments that are not in the list: what merges have replaced.
func removeOthers(dir string, keep []fileSum) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		kept := slices.ContainsFunc(keep, func(s fileSum) bool { return s.Name == e.Name() })
		if filepath.Ext(e.Name()) == ".zap" && !kept {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}
