package archive

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"

	"dateline/index/source/record"
)

// gunzip reads the members of a gzip file one after another. Zeros behind the last are padding; other bytes are an error.
//
// In a web archive, where a member holds a record, an error in a member is a break: the stream goes on at the next member in
// which a record begins. Who reads it learns of every break from breaks, and of none, one at the end neither, by an error.
type gunzip struct {
	path   string
	file   *recent
	in     *bufio.Reader
	z      *gzip.Reader
	begin  []byte // what came out first, at most len(arcBegin)
	out    int64  // bytes that came out
	failed error  // what the present member failed with, behind bytes that were returned
	ended  error

	began  int64 // bytes that had come out when the present member began
	beganN int64 // where it began in file
	tried  int   // places at which a member might have begun
	broken []record.Break
}

// maxTries bounds the work on a file that has the first bytes of a member everywhere.
const maxTries = 1 << 16

// errTrailing says that bytes follow that are no gzip.
var errTrailing = errors.New("what follows the compressed data is no gzip")

func newGunzip(path string, r io.Reader) *gunzip {
	file := &recent{in: r}
	return &gunzip{path: path, file: file, in: bufio.NewReaderSize(file, 64<<10)}
}

func (g *gunzip) Read(p []byte) (int, error) {
	for g.ended == nil {
		if g.failed != nil {
			err := g.resume(g.failed)
			if g.failed = nil; err != nil {
				g.ended = err
				break
			}
		}
		n, err := g.read(p)
		if err == io.EOF {
			g.ended = err
		} else {
			g.failed = err
		}
		if n > 0 {
			return n, nil
		}
	}
	return 0, g.ended
}

// read reads of the present member, and at its end goes to the next.
func (g *gunzip) read(p []byte) (int, error) {
	if g.z == nil {
		g.z = new(gzip.Reader)
		if err := g.reset(); err != nil {
			return 0, err
		}
	}
	n, err := g.z.Read(p)
	g.count(p[:n])
	if err == io.EOF {
		err = g.next()
	}
	return n, err
}

// count notes what came out.
func (g *gunzip) count(p []byte) {
	g.out += int64(len(p))
	if missing := len(arcBegin) - len(g.begin); missing > 0 {
		g.begin = append(g.begin, p[:min(len(p), missing)]...)
		g.file.forget = len(g.begin) == len(arcBegin) && !g.isWeb()
	}
}

// next goes to the next member; io.EOF says that there is none.
func (g *gunzip) next() error {
	for {
		b, err := g.in.ReadByte()
		switch {
		case err != nil:
			return err
		case b == 0:
			continue
		}
		if err := g.in.UnreadByte(); err != nil {
			return err
		}
		g.begins()
		head, _ := g.in.Peek(3)
		if kindOf(head) != "gzip" && len(head) == 3 || head[0] != 0x1f {
			return errTrailing
		}
		return g.reset()
	}
}

// begins notes that a member begins here.
func (g *gunzip) begins() { g.began, g.beganN = g.out, g.file.n-int64(g.in.Buffered()) }

func (g *gunzip) reset() error {
	err := unexpected(g.z.Reset(g.in))
	g.z.Multistream(false)
	return err
}

// The beginnings of a web archive.
const (
	warcBegin = "WARC/"
	arcBegin  = "filedesc:"
)

func (g *gunzip) isWeb() bool {
	return bytes.HasPrefix(g.begin, []byte(warcBegin)) || string(g.begin) == arcBegin
}

// breaks returns the first break at or after an offset of what came out. Those before it are forgotten.
func (g *gunzip) breaks(from int64) (record.Break, bool) {
	for len(g.broken) > 0 && g.broken[0].At < from {
		g.broken = g.broken[1:]
	}
	if len(g.broken) == 0 {
		return record.Break{}, false
	}
	return g.broken[0], true
}

// resume goes on behind a member that failed, if this is a web archive: then it returns nil, or io.EOF when there is nothing
// to go on with. Else it returns the error.
func (g *gunzip) resume(err error) error {
	if web := g.isWeb(); g.file.err != nil || !web && len(g.begin) >= len(warcBegin) {
		return err
	}
	var what *Error
	if !errors.As(explain(g.path, "gzip", err), &what) {
		return err
	}
	broken := record.Break{At: g.out, Began: g.began, Reason: what.Reason, Detail: what.Detail}
	found := g.seek()
	switch {
	case g.file.err != nil:
		return g.file.err
	case !found && !g.isWeb():
		return err
	}
	g.broken = append(g.broken, broken)
	if !found {
		return io.EOF
	}
	g.begins()
	return g.reset()
}

// seek goes to the next member in which a record begins, from the second byte of the one that failed: a decoder may notice
// only far behind it that something is wrong.
func (g *gunzip) seek() bool {
	g.file.rewind(g.beganN + 1)
	g.in.Reset(g.file)
	tester := new(gzip.Reader)
	for g.tried < maxTries {
		ahead, err := g.in.Peek(4 << 10)
		i := bytes.Index(ahead, []byte("\x1f\x8b\x08"))
		switch {
		case i < 0 && err != nil:
			return false
		case i < 0:
			_, _ = g.in.Discard(len(ahead) - 2)
			continue
		case i > 0:
			_, _ = g.in.Discard(i)
			continue
		}
		g.tried++
		if holdsRecord(tester, ahead) {
			return true
		}
		_, _ = g.in.Discard(1)
	}
	return false
}

// holdsRecord reports whether a member, of which the first bytes are given, begins with a record of a web archive. In the
// older format that is an address.
func holdsRecord(z *gzip.Reader, member []byte) bool {
	if z.Reset(bytes.NewReader(member)) != nil {
		return false
	}
	z.Multistream(false)
	begin := make([]byte, len(arcBegin))
	n, _ := io.ReadFull(z, begin)
	begin = begin[:n]
	if bytes.HasPrefix(begin, []byte(warcBegin)) {
		return true
	}
	scheme, _, ok := bytes.Cut(begin, []byte(":"))
	return ok && len(scheme) >= 3 && len(bytes.Trim(scheme, "abcdefghijklmnopqrstuvwxyz")) == 0
}

// recent passes a stream on and remembers its last bytes, so that one can go back to them.
type recent struct {
	in     io.Reader
	n      int64  // bytes passed on
	kept   []byte // the last of what was read
	again  int    // of kept, at its end, to be passed on again
	forget bool   // nobody will go back
	err    error  // of in, but for its end
}

// keep is how far one can go back: the compressed records of a web archive are seldom larger.
const keep = 1 << 20

func (r *recent) Read(p []byte) (int, error) {
	if r.again > 0 {
		n := copy(p, r.kept[len(r.kept)-r.again:])
		r.again -= n
		r.n += int64(n)
		return n, nil
	}
	n, err := r.in.Read(p)
	r.n += int64(n)
	if r.forget {
		r.kept = nil
	} else {
		if len(r.kept)+n > 2*keep {
			r.kept = r.kept[:copy(r.kept, r.kept[max(0, len(r.kept)-keep):])]
		}
		r.kept = append(r.kept, p[:n]...)
	}
	if err != nil && err != io.EOF {
		r.err = err
	}
	return n, err
}

// rewind goes back to a place, or as near to it as can be.
func (r *recent) rewind(to int64) {
	back := min(r.n-to, int64(len(r.kept)-r.again))
	r.again += int(back)
	r.n -= back
}
