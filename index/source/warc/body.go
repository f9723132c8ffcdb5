package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"

	"dateline/index/source/record"
)

// body is the payload of a response as it was before it was sent. Archives say of a body that was stored without its chunks
// or compression often still that it has them, so that the bytes decide.
type body struct {
	in    io.Reader
	left  int64 // of the bound on what comes out
	limit int64
	whole bool // an end that comes too early is an error
	close func()

	reason, detail string // why it could not be read to its end; "" when it could
}

// maxEncodings bounds how often a body is compressed: once, or twice by mistake.
const maxEncodings = 3

// openBody returns the body of p. It is to be closed.
func openBody(p *response, limit int64, whole bool) *body {
	b := &body{in: bytes.NewReader(p.body), left: limit, limit: limit, whole: whole, close: func() {}}
	codings := strings.Split(p.encoding, ",")
	for _, transfer := range strings.Split(p.transfer, ",") {
		switch transfer = coding(transfer); {
		case transfer == "chunked" && isChunked(p.body):
			b.in = &chunks{in: bufio.NewReader(b.in)}
		case transfer != "chunked":
			codings = append(codings, transfer)
		}
	}
	applied := 0
	for i := len(codings) - 1; i >= 0; i-- {
		if name := coding(codings[i]); name != "" && name != "identity" {
			if applied++; applied > maxEncodings {
				b.fail(record.BadSyntax, "the body is compressed too often")
				return b
			}
			b.decode(name)
		}
	}
	if told := p.length; applied == 0 && p.transfer == "" && told > int64(len(p.body)+lineEnds) && whole {
		b.fail(record.Truncated, fmt.Sprintf("the body has %d of the %d bytes that were to come", len(p.body), told))
	}
	return b
}

// lineEnds is how much may be missing at the end: some writers take the last line ends off.
const lineEnds = 4

func coding(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// decode opens one compression of the body, if the bytes are such.
func (b *body) decode(name string) {
	in := bufio.NewReader(b.in)
	b.in = in
	head, _ := in.Peek(4)
	var err error
	switch {
	case (name == "gzip" || name == "x-gzip") && bytes.HasPrefix(head, []byte("\x1f\x8b")):
		b.in, err = gzip.NewReader(in)
	case name == "deflate" && len(head) >= 2 && head[0]&15 == 8 && (int(head[0])<<8|int(head[1]))%31 == 0:
		b.in, err = zlib.NewReader(in)
	case name == "deflate" && inflates(in):
		b.in = flate.NewReader(in)
	case name == "br" && isBrotli(in):
		b.in = brotli.NewReader(in)
	case name == "zstd" && bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		var d *zstd.Decoder
		d, err = zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err == nil {
			inner := b.close
			b.in, b.close = d, func() { d.Close(); inner() }
		}
	}
	if err != nil {
		b.in = failing{err}
	}
}

// maxWindow bounds the memory of a decoder of zstd: what RFC 9659 allows for HTTP.
const maxWindow = 8 << 20

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// inflates and isBrotli report whether what in begins with can be decoded: the formats have no mark.
func inflates(in *bufio.Reader) bool {
	return reads(flate.NewReader, in)
}

func isBrotli(in *bufio.Reader) bool {
	return reads(func(r io.Reader) io.ReadCloser { return io.NopCloser(brotli.NewReader(r)) }, in)
}

func reads(open func(io.Reader) io.ReadCloser, in *bufio.Reader) bool {
	head, _ := in.Peek(in.Size())
	r := open(bytes.NewReader(head))
	defer r.Close()
	n, err := r.Read(make([]byte, 256))
	return n > 0 && (err == nil || err == io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) && !utf8.Valid(head)
}

func (b *body) fail(reason, detail string) {
	b.reason, b.detail = reason, detail
}

// errBody is what a body that cannot be read to its end fails with; why stands in the body.
var errBody = errors.New("the body breaks off")

func (b *body) Read(p []byte) (int, error) {
	if b.reason != "" {
		return 0, errBody
	}
	n, err := b.in.Read(p[:min(int64(len(p)), b.left+1)])
	if b.left -= int64(n); b.left < 0 {
		b.fail(record.TooLarge, fmt.Sprintf("the body has more than %d bytes", b.limit))
		return n, errBody
	}
	switch {
	case err == nil || err == io.EOF:
		return n, err
	case !b.whole:
		return n, io.EOF
	case errors.Is(err, io.ErrUnexpectedEOF):
		b.fail(record.Truncated, "the body breaks off")
	case errors.Is(err, zstd.ErrWindowSizeExceeded):
		b.fail(record.TooLarge, fmt.Sprintf("the body needs more than %d MiB of memory", maxWindow>>20))
	default:
		b.fail(record.BadSyntax, "the body is damaged: "+err.Error())
	}
	return n, errBody
}
