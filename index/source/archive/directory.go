package archive

import (
	"bytes"
	"encoding/binary"
	"io"
)

// entries returns how many members the directory of a zip announces, or 0 when it is not found: the reader of zips holds
// all of them in memory before the first can be looked at.
func entries(r io.ReaderAt, size int64) int64 {
	tail := make([]byte, min(size, 22+65535)) // the record at the end, and the longest comment behind it
	if n, err := r.ReadAt(tail, size-int64(len(tail))); n < len(tail) && err != nil {
		return 0
	}
	i := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if i < 0 || i+22 > len(tail) {
		return 0
	}
	n := int64(binary.LittleEndian.Uint16(tail[i+10:]))
	bytesOf := int64(binary.LittleEndian.Uint32(tail[i+12:]))
	if n != 0xFFFF && bytesOf != 0xFFFFFFFF {
		return max(n, 0)
	}
	if j := bytes.LastIndex(tail[:i], []byte("PK\x06\x06")); j >= 0 && j+40 <= len(tail) { // zip64
		return int64(min(binary.LittleEndian.Uint64(tail[j+32:]), 1<<62))
	}
	return n
}
