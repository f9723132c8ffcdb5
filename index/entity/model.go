package entity

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"

	"github.com/klauspost/compress/zstd"
)

// tableBits is the binary logarithm of the rows of weights. With fewer, more features share rows.
const tableBits = 17

// scale is how many steps of a weight in the model make one step of training.
const scale = 12

// columns are the labels that have weights; outside has none, as only differences count.
const columns = labels - 1

// Model is what training has learnt: weights of features and of transitions between labels, in whole numbers, so that every
// machine finds the same.
type Model struct {
	table   []row // 1<<tableBits of them
	steps   *steps
	spreads spreads // of steps
}

// row is the weights of a feature, a byte for each column and 128 above what they are, so that eight are added at once.
type row uint64

// rowOf packs weights, each a signed byte.
func rowOf(weights [columns]int8) (r row) {
	for c, w := range weights {
		r |= row(uint8(w)^bias) << (8 * c)
	}
	return r
}

// of returns the weight of a column, as a signed byte.
func (r row) of(c int) byte { return byte(r>>(8*c)) ^ bias }

// bias is what a byte of a row is above its weight.
const bias = 128

// steps are the weights of a label after another, by the class of the later word.
type steps [classes][labels][labels]int32

// The file of a model: magic, a zstd frame and in it the table column by column, the steps as int16, both little-endian, and
// the CRC-32 (IEEE) of all before.
const modelMagic = "names/3\n"

const modelBytes = columns<<tableBits + classes*labels*labels*2 + crc32.Size

var errNoModel = errors.New("not a model of names of this version, or a damaged one")

// ReadModel reads what Bytes has written.
func ReadModel(file []byte) (*Model, error) {
	frame, ok := bytes.CutPrefix(file, []byte(modelMagic))
	if !ok {
		return nil, errNoModel
	}
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(uint64(modelBytes)))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	b, err := d.DecodeAll(frame, nil)
	if err != nil || len(b) != modelBytes {
		return nil, errNoModel
	}
	b, sum := b[:len(b)-crc32.Size], binary.LittleEndian.Uint32(b[len(b)-crc32.Size:])
	if crc32.ChecksumIEEE(b) != sum {
		return nil, errNoModel
	}
	return unpack(b), nil
}

func unpack(b []byte) *Model {
	m := &Model{table: make([]row, 1<<tableBits), steps: new(steps)}
	for c := range columns {
		for r := range m.table {
			m.table[r] |= row(b[c<<tableBits+r]^bias) << (8 * c)
		}
	}
	b = b[columns<<tableBits:]
	for c := range m.steps {
		for from := range labels {
			for to := range labels {
				m.steps[c][from][to] = int32(int16(binary.LittleEndian.Uint16(b)))
				b = b[2:]
			}
		}
	}
	m.spreads = spreadsOf(m.steps)
	return m
}

// Bytes returns the model as ReadModel reads it.
func (m *Model) Bytes() ([]byte, error) {
	b := make([]byte, columns<<tableBits, modelBytes)
	for c := range columns {
		for r, row := range m.table {
			b[c<<tableBits+r] = row.of(c)
		}
	}
	for c := range m.steps {
		for from := range labels {
			for _, w := range m.steps[c][from] {
				b = binary.LittleEndian.AppendUint16(b, uint16(int16(w)))
			}
		}
	}
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	// One goroutine: the bytes do not depend on how many there are.
	e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedBestCompression))
	if err != nil {
		return nil, err
	}
	return e.EncodeAll(b, []byte(modelMagic)), errors.Join(e.Close())
}

// lanes are every second byte of a row. With a byte of room above each, the sums of 256 rows fit.
const lanes = 0x00ff00ff00ff00ff

// sums are rows added up, four columns each.
type sums struct {
	even, odd row
	rows      int32
}

// add adds the rows of features to sums, which are of 256 at most.
func (m *Model) add(s sums, features []uint32) sums {
	table := (*[1 << tableBits]row)(m.table)
	for _, f := range features {
		r := table[f&(1<<tableBits-1)]
		s.even += r & lanes
		s.odd += r >> 8 & lanes
	}
	s.rows += int32(len(features))
	return s
}

// weights returns the sums for each label.
func (s sums) weights() (sum [labels]int32) {
	for i := range columns / 2 {
		sum[2*i+1] = int32(s.even>>(16*i)&0xffff) - s.rows*bias
		sum[2*i+2] = int32(s.odd>>(16*i)&0xffff) - s.rows*bias
	}
	return sum
}
