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
	"runtime/debug"
	"time"

	"github.com/blevesearch/bleve/v2/util"
	"go.etcd.io/bbolt"
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
	marks    [writers]mark // of the newest state in Bleve
	segments []fileSum     // of the newest state
}

// total returns the number of articles.
func (s *state) total() (n int64) {
	for _, m := range s.marks {
		n += m.net
	}
	return n
}

// fileSum identifies the content of a file.
type fileSum struct {
	Name string `json:"name"`
	Size int64  `json:"size"`
	Sum  string `json:"sum"` // CRC-32 of a segment, as Bleve's footer has it; SHA-256 of root.bolt
}

// clean is the content of clean.json.
type clean struct {
	Bolt     fileSum   `json:"bolt"`
	Segments []fileSum `json:"segments"`
}

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
	if err := verifyClean(dir); err != nil {
		return state{}, err
	}
	s, err := readBolt(bolt)
	if err != nil {
		return state{}, err
	}
	for w := range marks {
		if s.marks[w].batch < marks[w].batch {
			return state{}, &DamageError{File: bolt, Detail: fmt.Sprintf("it ends at batch %d of writer %d, but batch %d was acknowledged", s.marks[w].batch, w, marks[w].batch)}
		}
	}
	for i := range s.segments {
		if err := verifySegment(filepath.Join(dir, segmentsName), &s.segments[i]); err != nil {
			return state{}, err
		}
	}
	return s, nil
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

// verifyClean compares root.bolt and the names and sizes of the segments with clean.json, if there is one.
func verifyClean(dir string) error {
	name := filepath.Join(dir, cleanName)
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var c clean
	if err := json.Unmarshal(b, &c); err != nil || c.Bolt.Name != boltName {
		return &DamageError{File: name, Detail: "it cannot be read"}
	}
	now, err := sumBolt(filepath.Join(dir, segmentsName, boltName))
	if err != nil {
		return err
	}
	if now != c.Bolt {
		return &DamageError{File: filepath.Join(dir, segmentsName, boltName), Detail: "its content is not what it was when the index was closed"}
	}
	for _, s := range c.Segments {
		if err := verifySegment(filepath.Join(dir, segmentsName), &s); err != nil {
			return err
		}
	}
	return nil
}

func sumBolt(name string) (fileSum, error) {
	f, err := os.Open(name)
	if err != nil {
		return fileSum{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return fileSum{boltName, n, hex.EncodeToString(h.Sum(nil))}, err
}

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
	if _, err := io.CopyBuffer(h, struct{ io.Reader }{io.LimitReader(f, info.Size()-4)}, make([]byte, 1<<20)); err != nil {
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

// readBolt reads the newest state in root.bolt. bbolt maps the file into memory and trusts it, so the pages are checked
// first, and a fault while they are read is damage.
func readBolt(name string) (s state, err error) {
	if err := verifyBoltSize(name); err != nil {
		return s, err
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = &DamageError{File: name, Detail: fmt.Sprintf("its pages cannot be read: %v", r)}
		}
	}()
	db, err := bbolt.Open(name, 0, &bbolt.Options{ReadOnly: true, Timeout: boltTimeout})
	if err != nil {
		if errors.Is(err, bbolt.ErrTimeout) {
			return s, fmt.Errorf("%s is held by another process", name)
		}
		return s, &DamageError{File: name, Detail: err.Error()}
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return s, db.View(func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			return &DamageError{File: name, Detail: err.Error()}
		}
		return s.read(tx, name)
	})
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

// writeClean records the files of an index that was just closed.
func writeClean(dir string) error {
	s, err := readBolt(filepath.Join(dir, segmentsName, boltName))
	if err != nil {
		return err
	}
	var c clean
	if c.Bolt, err = sumBolt(filepath.Join(dir, segmentsName, boltName)); err != nil {
		return err
	}
	for _, seg := range s.segments {
		if err := verifySegment(filepath.Join(dir, segmentsName), &seg); err != nil {
			return err
		}
		c.Segments = append(c.Segments, seg)
	}
	b, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, cleanName), append(b, '\n'))
}
