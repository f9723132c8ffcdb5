package embedded

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"github.com/klauspost/compress/zstd"

	"dateline/index"
)

// A stored article is a header of headerBytes and the article as JSON, compressed with zstd. The header has what a put needs
// to know of the article it may replace: a hash of its content, and when it was indexed.
const (
	hashBytes   = 16
	headerBytes = 1 + hashBytes + 8 // version, hash, Unix seconds
	storedV1    = 1
)

// maxStoredBytes bounds what a stored article may expand to: a damaged frame must not take the memory. JSON may write a
// byte of text in six.
const maxStoredBytes = 8*index.MaxArticleBytes + 64<<20

var (
	encoder, _ = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(4),
		zstd.WithEncoderCRC(false), zstd.WithWindowSize(1<<20), zstd.WithSingleSegment(true))
	decoder, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(4), zstd.WithDecoderMaxMemory(maxStoredBytes))
)

// contentHash returns a hash of what an article says: everything but when it was indexed and where it was read from.
func contentHash(a *index.Article) ([hashBytes]byte, error) {
	c := *a
	c.Indexed, c.Path, c.Format = index.Time{}, "", ""
	b, err := json.Marshal(c)
	if err != nil {
		return [hashBytes]byte{}, err
	}
	sum := sha256.Sum256(b)
	return [hashBytes]byte(sum[:hashBytes]), nil
}

// encodeArticle writes an article for storing.
func encodeArticle(a *index.Article) ([]byte, error) {
	hash, err := contentHash(a)
	if err != nil {
		return nil, err
	}
	b, err := json.Marshal(a)
	if err != nil {
		return nil, err
	}
	stored := make([]byte, 0, headerBytes+len(b)/2)
	stored = append(stored, storedV1)
	stored = append(stored, hash[:]...)
	stored = binary.BigEndian.AppendUint64(stored, uint64(a.Indexed.Unix()))
	return encoder.EncodeAll(b, stored), nil
}

// storedHeader is the header of a stored article.
type storedHeader struct {
	hash    [hashBytes]byte
	indexed index.Time
}

func decodeHeader(stored []byte) (storedHeader, error) {
	if len(stored) < headerBytes || stored[0] != storedV1 {
		return storedHeader{}, fmt.Errorf("a stored article cannot be read: its header is damaged")
	}
	h := storedHeader{hash: [hashBytes]byte(stored[1 : 1+hashBytes])}
	h.indexed = index.At(time.Unix(int64(binary.BigEndian.Uint64(stored[1+hashBytes:])), 0))
	return h, nil
}

// decodeArticle reads what encodeArticle wrote.
func decodeArticle(stored []byte) (index.Article, error) {
	var a index.Article
	if _, err := decodeHeader(stored); err != nil {
		return a, err
	}
	b, err := decoder.DecodeAll(stored[headerBytes:], nil)
	if err != nil {
		return a, fmt.Errorf("a stored article cannot be read: %w", err)
	}
	if err := json.Unmarshal(b, &a); err != nil {
		return a, fmt.Errorf("a stored article cannot be read: %w", err)
	}
	return a, nil
}
