package segment

import (
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"io"
	"unsafe"
)

// out writes the bytes of a segment. After the first error it does nothing.
type out struct {
	w   io.Writer
	n   uint64
	sum uint32
	buf []byte
	err error
}

const outBuffer = 1 << 16

func newOut(w io.Writer) *out {
	o := &out{w: w, buf: make([]byte, 0, outBuffer)}
	o.write([]byte(magic))
	return o
}

func (o *out) write(b []byte) {
	o.n += uint64(len(b))
	if len(o.buf)+len(b) > outBuffer {
		o.flush()
	}
	if len(b) >= outBuffer {
		o.pass(b)
		return
	}
	o.buf = append(o.buf, b...)
}

func (o *out) flush() {
	o.pass(o.buf)
	o.buf = o.buf[:0]
}

func (o *out) pass(b []byte) {
	if o.err != nil || len(b) == 0 {
		return
	}
	o.sum = crc32.Update(o.sum, crc32.IEEETable, b)
	_, o.err = o.w.Write(b)
}

// begin begins a section, end ends it.
func (o *out) begin() span {
	if rest := o.n % 8; rest > 0 {
		o.write(make([]byte, 8-rest))
	}
	return span{o.n, 0}
}

func (o *out) end(s span) span { return span{s[0], o.n - s[0]} }

// section writes a section of numbers.
func section[T byte | uint16 | uint32 | uint64 | int64](o *out, list []T) span {
	s := o.begin()
	if len(list) > 0 {
		o.write(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(list))), len(list)*int(unsafe.Sizeof(list[0]))))
	}
	return o.end(s)
}

// finish writes the contents and the trailer.
func (o *out) finish(c *contents) error {
	b, err := json.Marshal(c)
	if err != nil {
		return err
	}
	at := o.begin()
	o.write(b)
	trailer := binary.LittleEndian.AppendUint64(nil, at[0])
	o.write(binary.LittleEndian.AppendUint32(trailer, uint32(len(b))))
	o.flush()
	if o.err == nil {
		_, o.err = o.w.Write(binary.BigEndian.AppendUint32(nil, o.sum))
	}
	return o.err
}
