package archive

import (
	"encoding/binary"
	"errors"
	"io"
)

// errWindow says that a decoder would need too much memory.
var errWindow = errors.New("the dictionary is too large")

// xzGuard passes an xz stream on and looks at the header of every block, for the decoder makes room for any dictionary
// that a block asks for, up to 4 GiB. It fails before such a header reaches the decoder. It follows the layout of the file
// format (https://tukaani.org/xz/xz-file-format.txt, section 3) and of LZMA2's chunks, and understands no more of it than
// where the next header stands; what it does not understand the decoder will refuse.
type xzGuard struct {
	in    io.Reader
	state xzState
	need  int    // bytes of the present piece that are to come
	piece []byte // what came of it, where it is looked at
	block int64  // bytes since the block began, for its padding
	check int    // bytes of a block's checksum
	err   error
}

type xzState int

const (
	xzHeader  xzState = iota // of a stream
	xzSize                   // first byte of a block's header, or of the index
	xzFilters                // rest of a block's header
	xzControl                // first byte of an LZMA2 chunk
	xzLengths                // its lengths
	xzData                   // its content
	xzTail                   // padding and checksum of a block
	xzRest                   // index and what follows: nothing is looked at but for a further stream
)

func (g *xzGuard) Read(p []byte) (int, error) {
	if g.err != nil {
		return 0, g.err
	}
	n, err := g.in.Read(p)
	if g.feed(p[:n]); g.err != nil {
		return 0, g.err
	}
	if err == io.EOF && g.state != xzRest { // the decoder takes an end within a block's header for the end of all
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// sizes of the checksums by their id.
var xzChecks = [16]int{0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64}

// feed follows the bytes b.
func (g *xzGuard) feed(b []byte) {
	for len(b) > 0 && g.err == nil {
		if g.state == xzRest {
			g.again(b)
			return
		}
		if g.need == 0 {
			g.need = 1
			if g.state == xzHeader {
				g.need = 12
			}
		}
		n := min(g.need, len(b))
		if g.state != xzData && g.state != xzTail {
			g.piece = append(g.piece, b[:n]...)
		}
		if g.state != xzHeader {
			g.block += int64(n)
		}
		b = b[n:]
		if g.need -= n; g.need == 0 {
			g.step()
			g.piece = g.piece[:0]
		}
	}
}

// again looks for the magic of a further stream behind the index of the last.
func (g *xzGuard) again(b []byte) {
	for i, c := range b {
		if g.piece = append(g.piece, c); len(g.piece) > 6 {
			g.piece = append(g.piece[:0], g.piece[1:]...)
		}
		if string(g.piece) == "\xfd7zXZ\x00" {
			g.state, g.need = xzHeader, 12-6
			g.feed(b[i+1:])
			return
		}
	}
}

// step goes on from a piece that is whole.
func (g *xzGuard) step() {
	switch p := g.piece; g.state {
	case xzHeader:
		g.check = xzChecks[p[7]&15]
		g.begin()
	case xzSize:
		if g.state, g.need = xzFilters, (int(p[0])+1)*4-1; p[0] == 0 {
			g.state, g.need = xzRest, 0
		}
	case xzFilters:
		if !smallDictionary(p) {
			g.err = errWindow
		}
		g.state, g.need, g.block = xzControl, 0, 0
	case xzControl:
		g.control(p[0])
	case xzLengths:
		size := p // of a stored chunk; of a compressed one, behind its size when unpacked
		if len(p) >= 4 {
			size = p[2:4]
		}
		g.need = int(binary.BigEndian.Uint16(size)) + 1
		g.state = xzData
	case xzData:
		g.state, g.need = xzControl, 0
	case xzTail:
		g.begin()
	}
}

// begin expects the header of a block.
func (g *xzGuard) begin() { g.state, g.need, g.block = xzSize, 1, 0 }

// control reads the first byte of a chunk: 0 ends the block, 1 and 2 are stored, 0x80 and up compressed, from 0xC0 with a
// byte of properties.
func (g *xzGuard) control(c byte) {
	switch {
	case c == 0:
		padding := int((4 - g.block%4) % 4)
		if g.state, g.need = xzTail, padding+g.check; g.need == 0 {
			g.begin()
		}
	case c < 0x80:
		g.state, g.need = xzLengths, 2
	case c < 0xC0:
		g.state, g.need = xzLengths, 4
	default:
		g.state, g.need = xzLengths, 5
	}
}

// smallDictionary reports whether a block's header, without its first byte, asks for no more than maxWindow. The header is
// flags, two optional sizes, and filters: id, length of properties, properties; LZMA2 has the id 0x21 and one byte, which
// encodes 2 or 3 times a power of two.
func smallDictionary(header []byte) bool {
	if len(header) == 0 {
		return true
	}
	flags, rest := header[0], header[1:]
	for _, bit := range []byte{0x40, 0x80} {
		if flags&bit != 0 {
			_, n := binary.Uvarint(rest)
			rest = rest[max(n, 0):]
		}
	}
	for range int(flags&3) + 1 {
		id, n := binary.Uvarint(rest)
		rest = rest[max(n, 0):]
		size, m := binary.Uvarint(rest)
		rest = rest[max(m, 0):]
		if n <= 0 || m <= 0 || size > uint64(len(rest)) {
			return true
		}
		if id == 0x21 && size == 1 {
			bits := rest[0]
			return bits <= 40 && (2|int64(bits&1))<<(bits/2+11) <= maxWindow
		}
		rest = rest[size:]
	}
	return true
}
