package watch

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
)

// maxLine is how much of the end of a file is looked at for the beginning of its last line. A longer one is read as it is.
const maxLine = 16 << 20

// wholePart returns how many bytes of a file are to be read: all of them, unless it is one of JSON lines and its last line
// has no end yet and is no JSON so far. An empty file has yet to be written.
func wholePart(path string, size int64) int64 {
	f, err := os.Open(path)
	if err != nil || size == 0 {
		return size
	}
	defer f.Close()
	head := make([]byte, 4096)
	n, _ := f.ReadAt(head, 0)
	if head = bytes.TrimLeft(head[:n], "\ufeff \t\r\n"); len(head) == 0 || head[0] != '{' || !likeLines(head) {
		return size
	}
	last, ok := lastLine(f, size)
	if !ok || json.Valid(last) || len(bytes.TrimSpace(last)) == 0 {
		return size
	}
	return size - int64(len(last))
}

// likeLines tells an object on a line from one that is laid out over many: its first line has more than a brace, and begins
// as an object does.
func likeLines(head []byte) bool {
	first, _, _ := bytes.Cut(head, []byte("\n"))
	first = bytes.TrimSpace(first[1:])
	return len(first) > 0 && first[0] == '"'
}

// lastLine returns what follows the last line feed of a file.
func lastLine(f *os.File, size int64) ([]byte, bool) {
	for look := int64(64 << 10); ; look *= 4 {
		look = min(look, size, maxLine)
		tail := make([]byte, look)
		if _, err := f.ReadAt(tail, size-look); err != nil && err != io.EOF {
			return nil, false
		}
		if i := bytes.LastIndexByte(tail, '\n'); i >= 0 {
			return tail[i+1:], true
		}
		if look == size {
			return tail, true
		}
		if look == maxLine {
			return nil, false
		}
	}
}
