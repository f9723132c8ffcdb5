// Package archive opens compressed files and archives by their content: gzip, zstd, xz and bzip2, zip and tar, and each of
// the first four around or inside one of the last two. It streams, writes nothing to disk, and bounds what it unpacks.
package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"dateline/index/source/record"
)

// Member is one file to be read.
type Member struct {
	// Path is the name of the file, and for a member of an archive "!" and its name there: "a.tar.gz!dir/b.sgm".
	Path string
	// Reader gives the content. Its errors are *Error, or those of the stream below; what came before them is good.
	io.Reader
	// Breaks returns the first break of the content at or after an offset, of those in the part that was read: a web archive
	// whose records are compressed one by one goes on behind a damaged one. nil for other files.
	Breaks func(from int64) (record.Break, bool)
}

// Error says why a file or a member can be read no further.
type Error struct {
	Path   string
	Reason string // one of record's: Truncated, BadSyntax, TooLarge or Unread
	Detail string // a sentence without a full stop
}

func (e *Error) Error() string { return e.Path + ": " + e.Reason + ": " + e.Detail }

// Options bound the unpacking. Zero values stand for the defaults.
type Options struct {
	// MaxRatio is how many bytes may come of one byte, once FreeBytes have come: news shrinks to a third or a tenth, markup
	// and tables to a fiftieth, and only what is made to fill memory to a thousandth. Default 1000.
	MaxRatio int64
	// FreeBytes come whatever the ratio; any machine can bear them. Default 64 MiB.
	FreeBytes int64
	// MaxMember bounds the bytes of one file when unpacked. It is a backstop to the ratio: at 100 MB/s the default, 64 GiB,
	// takes eleven minutes to read.
	MaxMember int64
	// MaxMembers bounds the members of an archive. The directory of a zip with the default, a million, takes about 400 MB.
	MaxMembers int
	// MaxBuffer bounds the memory for a zip that cannot be read in any order, as from standard input: default 256 MiB.
	MaxBuffer int64
}

func (o Options) withDefaults() Options {
	set := func(v *int64, def int64) {
		if *v <= 0 {
			*v = def
		}
	}
	set(&o.MaxRatio, 1000)
	set(&o.FreeBytes, 64<<20)
	set(&o.MaxMember, 64<<30)
	set(&o.MaxBuffer, 256<<20)
	if o.MaxMembers <= 0 {
		o.MaxMembers = 1_000_000
	}
	return o
}

// The depth of what is opened: one archive, one compression around it and one inside. What lies deeper is refused.
const (
	maxArchives     = 1
	maxCompressions = 2
)

// Walk calls f for the file in r, or for every member of it that is a regular file and not hidden, in their order. The
// size is that of r when r is an io.ReaderAt over the whole file, as an *os.File is, and negative when it is not known:
// only so can a zip be read in place. A member that is refused or damaged is still given to f, and its Reader says why;
// the others follow. Walk stops at the first error of f and returns it. Else it returns an *Error when something is wrong
// with the file that no member's Reader has said, or an error of r.
func Walk(name string, r io.Reader, size int64, o Options, f func(Member) error) error {
	w := &walk{options: o.withDefaults(), visit: f}
	w.in = &counter{in: r}
	return w.open(name, w.in, layers{file: r, size: size})
}

// walk is the state of one Walk.
type walk struct {
	options Options
	visit   func(Member) error
	in      *counter
	size    int64 // of the file when it is read in place, where the counter sees nothing
	out     int64 // bytes that came out of all decoders
	members int
	told    error // the last error that a member's Reader has returned
}

// layers is what has been opened on the way to a stream.
type layers struct {
	archives, compressions int
	file                   io.Reader // the stream itself, while nothing has been opened
	size                   int64
	breaks                 func(from int64) (record.Break, bool) // of a gzip that holds the stream
}

// open looks at the beginning of a stream and visits what it holds.
func (w *walk) open(path string, r io.Reader, l layers) error {
	br := bufio.NewReaderSize(r, 64<<10)
	head, err := br.Peek(tarHead)
	if err != nil && err != io.EOF && len(head) == 0 {
		return w.visitError(path, err)
	}
	switch k := kindOf(head); {
	case k == "":
		return w.visit(Member{path, &teller{in: br, walk: w, path: path}, l.breaks})
	case k == "zip" || k == "tar":
		if l.archives == maxArchives {
			return w.visitError(path, &Error{path, record.BadSyntax, "a " + k + " inside an archive is not opened"})
		}
		l.archives++
		if k == "zip" {
			return w.zip(path, br, l)
		}
		return w.tar(path, br, l)
	default:
		if l.compressions == maxCompressions {
			return w.visitError(path, &Error{path, record.BadSyntax, "compressed more than twice"})
		}
		l.compressions++
		l.file = nil
		return w.decompress(path, k, br, l)
	}
}

// visitError visits a file whose Reader only says what is wrong.
func (w *walk) visitError(path string, err error) error {
	return w.visit(Member{Path: path, Reader: &teller{in: failing{err}, walk: w, path: path}})
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// teller passes a member's bytes on, bounds them, and notes that the visitor was told of an error.
type teller struct {
	in   io.Reader
	walk *walk
	path string
	n    int64
	err  error
}

func (t *teller) Read(p []byte) (int, error) {
	if t.err != nil {
		return 0, t.err
	}
	n, err := t.in.Read(p)
	if t.n += int64(n); t.n > t.walk.options.MaxMember && err == nil {
		err = &Error{t.path, record.TooLarge, fmt.Sprintf("more than %d bytes", t.walk.options.MaxMember)}
	}
	if err != nil && err != io.EOF {
		err = explain(t.path, "file", err)
		t.walk.told = err
	}
	t.err = err
	return n, err
}

// rest returns the error that ended the reading of an archive, unless a member's Reader has told it.
func (w *walk) rest(path, kind string, err error) error {
	if err == nil {
		return nil
	}
	err = explain(path, kind, err)
	var ours, told *Error
	switch {
	case errors.Is(w.told, err):
		return nil
	case errors.As(err, &ours) && errors.As(w.told, &told) && ours.Reason == told.Reason && (ours.Reason == record.Truncated || ours.Reason == record.TooLarge):
		return nil
	}
	return err
}

// counter counts what is read of the file.
type counter struct {
	in io.Reader
	n  int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.n += int64(n)
	return n, err
}

// tarHead is how much of a file shows that it is a tar: its first header.
const tarHead = 512

// kindOf tells a compression or archive by its first bytes; "" is none.
func kindOf(head []byte) string {
	for _, k := range []struct{ kind, magic string }{
		{"gzip", "\x1f\x8b\x08"}, {"zstd", "\x28\xb5\x2f\xfd"}, {"xz", "\xfd7zXZ\x00"},
		{"zip", "PK\x03\x04"}, {"zip", "PK\x05\x06"}, {"zip", "PK\x07\x08PK\x03\x04"},
	} {
		if bytes.HasPrefix(head, []byte(k.magic)) {
			return k.kind
		}
	}
	switch {
	case len(head) >= 8 && head[0]&0xF0 == 0x50 && string(head[1:4]) == "\x2a\x4d\x18": // a frame to be skipped
		return "zstd"
	case len(head) >= 10 && string(head[:3]) == "BZh" && head[3] >= '1' && head[3] <= '9' &&
		(string(head[4:10]) == "1AY&SY" || string(head[4:10]) == "\x17rE8P\x90"):
		return "bzip2"
	case isTar(head):
		return "tar"
	}
	return ""
}

// isTar reports whether head is the header of a tar: the oldest have no magic, but all have the sum of their bytes.
func isTar(head []byte) bool {
	if len(head) < tarHead || head[0] == 0 {
		return false
	}
	var sum, want int64
	for i, b := range head[:tarHead] {
		if i >= 148 && i < 156 {
			b = ' '
		}
		sum += int64(b)
	}
	digits := bytes.Trim(head[148:156], " \x00")
	for _, d := range digits {
		if d < '0' || d > '7' {
			return false
		}
		want = want*8 + int64(d-'0')
	}
	return len(digits) > 0 && sum == want
}
