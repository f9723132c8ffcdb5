package embedded

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"

	"dateline/index"
)

// The journal says which batches were acknowledged, beside Bleve, so that an index that came back without one of them is
// told from a whole one: Bleve falls back to an older state when a file of the newest is damaged, and says nothing.
//
// Each writer numbers its batches, counts the articles that they indexed, updated and deleted, and keeps the sum of the earlier
// versions of articles that they added and removed. These numbers are written in the batch itself, as an internal value of Bleve, and in the journal once the batch is durable. When an index is opened, no
// writer's number in Bleve may be below the journal's, and the sums must make the number of documents.

// writers is how many batches may be written at once: each takes one core to analyse its articles and make a segment, and some
// time in which it waits for the disk. Whoever puts says how many there are.
const writers = 16

// mark is how far a writer has come.
type mark struct {
	batch uint64        // batches written
	sum   index.Changes // of all of them
	past  int64         // earlier versions added minus removed, by all of them
	tag   uint64        // that the caller gave the last one, or 0
	last  index.Changes // of the last one
}

// after returns the mark after one more batch.
func (m mark) after(tag uint64, c index.Changes, past int) mark {
	return mark{m.batch + 1, m.sum.Plus(c), m.past + int64(past), tag, c}
}

// net returns the documents added minus removed.
func (m mark) net() int64 { return int64(m.sum.Indexed) - int64(m.sum.Deleted) + m.past }

const (
	journalMagic = "dateline commits 2\n"
	recordBytes  = 1 + markBytes
	markBytes    = 9*8 + 4
)

// appendMark writes a mark with a checksum: the batch, the earlier versions, the tag, and the three numbers of the sum and of the last one.
func appendMark(dst []byte, m mark) []byte {
	begin := len(dst)
	dst = binary.BigEndian.AppendUint64(dst, m.batch)
	dst = binary.BigEndian.AppendUint64(dst, uint64(m.past))
	dst = binary.BigEndian.AppendUint64(dst, m.tag)
	for _, c := range []index.Changes{m.sum, m.last} {
		for _, n := range []int{c.Indexed, c.Updated, c.Deleted} {
			dst = binary.BigEndian.AppendUint64(dst, uint64(n))
		}
	}
	return binary.BigEndian.AppendUint32(dst, crc32.ChecksumIEEE(dst[begin:]))
}

func parseMark(b []byte) (mark, bool) {
	if len(b) != markBytes || crc32.ChecksumIEEE(b[:markBytes-4]) != binary.BigEndian.Uint32(b[markBytes-4:]) {
		return mark{}, false
	}
	var n [9]uint64
	for i := range n {
		n[i] = binary.BigEndian.Uint64(b[8*i:])
	}
	changes := func(n []uint64) index.Changes {
		return index.Changes{Indexed: int(n[0]), Updated: int(n[1]), Deleted: int(n[2])}
	}
	return mark{n[0], changes(n[3:]), int64(n[1]), n[2], changes(n[6:])}, true
}

// internalKey is the key of a writer's mark among Bleve's internal values.
func internalKey(writer int) string { return fmt.Sprintf("dateline.writer.%d", writer) }

// readJournal returns the newest mark of each writer. A last record that is cut short was never acknowledged and is left
// out; anything else that does not read is damage.
func readJournal(dir string) ([writers]mark, error) {
	var marks [writers]mark
	name := filepath.Join(dir, journalName)
	b, err := os.ReadFile(name)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			err = &DamageError{File: name, Detail: "it is missing"}
		}
		return marks, err
	}
	rest, ok := bytes.CutPrefix(b, []byte(journalMagic))
	if !ok {
		return marks, &DamageError{File: name, Detail: "it does not begin as it should"}
	}
	for len(rest) >= recordBytes {
		writer := int(rest[0])
		m, ok := parseMark(rest[1:recordBytes])
		if !ok && len(rest) == recordBytes {
			break // torn by the end of the process
		}
		if !ok || writer >= writers || m.batch < marks[writer].batch {
			return marks, &DamageError{File: name, Detail: fmt.Sprintf("the record at byte %d does not have its checksum", len(b)-len(rest))}
		}
		marks[writer], rest = m, rest[recordBytes:]
	}
	return marks, nil
}

// journal appends marks.
type journal struct{ f *os.File }

// openJournal begins a journal afresh with the marks that the index has now, and opens it for appending.
func openJournal(dir string, marks [writers]mark) (*journal, error) {
	name := filepath.Join(dir, journalName)
	content := []byte(journalMagic)
	for w, m := range marks {
		if m.batch > 0 {
			content = appendMark(append(content, byte(w)), m)
		}
	}
	if err := writeFile(name, content); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return nil, err
	}
	return &journal{f}, nil
}

// append writes a writer's mark through to the disk.
func (j *journal) append(writer int, m mark) error {
	if _, err := j.f.Write(appendMark([]byte{byte(writer)}, m)); err != nil {
		return err
	}
	return j.f.Sync()
}

func (j *journal) close() error { return j.f.Close() }
