package entity

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"

	"github.com/klauspost/compress/zstd"
)

// tableBits is the binary logarithm of the rows of weights. With fewer, more features share rows.
const tableBits = 19

// scale is how many steps of a weight in the model make one step of training.
const scale = 12

// columns are the labels that have weights; outside has none, as only differences count.
const columns = labels - 1

// Model is what training has learnt: weights of features and of transitions between labels, in whole numbers, so that every
// machine finds the same.
type Model struct {
	table [][columns]int8
	steps *steps
}

// steps are the weights of a label after another, by the class of the later word.
type steps [classes][labels][labels]int32

// The file of a model: magic, a zstd frame and in it the table column by column, the steps as int16, both little-endian, and
// the CRC-32 (IEEE) of all before.
const modelMagic = "names/1\n"

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
	m := &Model{table: make([][columns]int8, 1<<tableBits), steps: new(steps)}
	for c := range columns {
		for r := range m.table {
			m.table[r][c] = int8(b[c<<tableBits+r])
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
	return m
}

// Bytes returns the model as ReadModel reads it.
func (m *Model) Bytes() ([]byte, error) {
	b := make([]byte, columns<<tableBits, modelBytes)
	for r, row := range m.table {
		for c, w := range row {
			b[c<<tableBits+r] = byte(w)
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

// score adds up the weights of features, for each label.
func (m *Model) score(rows []uint32) (sum [labels]int32) {
	for _, r := range rows {
		w := &m.table[r]
		sum[1] += int32(w[0])
		sum[2] += int32(w[1])
		sum[3] += int32(w[2])
		sum[4] += int32(w[3])
		sum[5] += int32(w[4])
		sum[6] += int32(w[5])
		sum[7] += int32(w[6])
		sum[8] += int32(w[7])
	}
	return sum
}
