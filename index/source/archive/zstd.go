package archive

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// The dictionary with which the records of a web archive were compressed stands in front of them, in a frame that other
// readers skip (https://iipc.github.io/warc-specifications/specifications/warc-zstd/).
const (
	dictionaryFrame = "\x5d\x2a\x4d\x18"
	maxDictionary   = 16 << 20
)

var (
	dictionaryMagic = []byte("\x37\xa4\x30\xec")
	zstdMagic       = []byte("\x28\xb5\x2f\xfd")
	errDictionary   = errors.New("its dictionary cannot be read")
)

// unzstd returns a decoder of br.
func unzstd(br *bufio.Reader) (*zstd.Decoder, error) {
	options := []zstd.DOption{zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow)}
	dictionary, err := readDictionary(br)
	if err != nil {
		return nil, err
	}
	if dictionary != nil {
		options = append(options, zstd.WithDecoderDicts(dictionary))
	}
	return zstd.NewReader(br, options...)
}

// readDictionary reads the dictionary in front of br, nil when there is none. It may be compressed itself.
func readDictionary(br *bufio.Reader) ([]byte, error) {
	head, _ := br.Peek(12)
	if len(head) < 12 || string(head[:4]) != dictionaryFrame || !bytes.Equal(head[8:], zstdMagic) && !bytes.Equal(head[8:], dictionaryMagic) {
		return nil, nil
	}
	size := binary.LittleEndian.Uint32(head[4:])
	if size > maxDictionary {
		return nil, errWindow
	}
	_, _ = br.Discard(8)
	raw, err := io.ReadAll(io.LimitReader(br, int64(size)))
	if err != nil || len(raw) < int(size) {
		return nil, errors.Join(err, io.ErrUnexpectedEOF)
	}
	if bytes.HasPrefix(raw, dictionaryMagic) {
		return raw, nil
	}
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxDictionary))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	if raw, err = d.DecodeAll(raw, nil); err != nil {
		return nil, fmt.Errorf("%w: %w", errDictionary, err)
	}
	return raw, nil
}
