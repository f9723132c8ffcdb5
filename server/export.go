package server

import (
	"bufio"
	"net/http"
	"time"

	"dateline/index"
	"dateline/index/export"
)

// flushEvery bounds how long an exported article waits for others before it is sent.
const flushEvery = time.Second

// export streams every match. An error before the first byte is answered like any other; after it the answer is cut off, so
// that no part is taken for the whole.
func (s *Server) export(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	format := v.Get("format")
	v.Del("format")
	req, err := index.ParseRequest(v, s.clock())
	if err != nil {
		return err
	}
	t, err := newTransfer(w, format)
	if err != nil {
		return err
	}
	if err := s.exports.enter(r.Context()); err != nil {
		return err
	}
	defer s.exports.leave()
	for a, err := range s.engine.Export(r.Context(), req) {
		if err != nil {
			return err
		}
		if err := t.send(&a); err != nil {
			return err
		}
	}
	return t.end()
}

// transfer is an export under way.
type transfer struct {
	w       http.ResponseWriter
	format  string
	buffer  *bufio.Writer
	out     export.Writer
	control *http.ResponseController
	flushed time.Time
}

func newTransfer(w http.ResponseWriter, format string) (*transfer, error) {
	t := &transfer{w: w, format: format, control: http.NewResponseController(w), flushed: time.Now()}
	t.buffer = bufio.NewWriterSize(t, pieceBytes)
	var err error
	t.out, err = export.NewWriter(t.buffer, format)
	return t, err
}

// Write passes on what the buffer holds. It sets the headers only now, so that an error before may set others.
func (t *transfer) Write(p []byte) (int, error) {
	if !begun(t.w) {
		t.begin()
	}
	return t.w.Write(p)
}

func (t *transfer) begin() {
	t.w.Header().Set("Content-Type", export.ContentType(t.format))
	t.w.Header().Set("Content-Disposition", `attachment; filename="articles`+export.Extension(t.format)+`"`)
	t.w.WriteHeader(http.StatusOK)
}

func (t *transfer) send(a *index.Article) error {
	if t.out.Write(a) != nil {
		return errGone
	}
	if now := time.Now(); now.Sub(t.flushed) >= flushEvery {
		t.flushed = now
		if t.buffer.Flush() != nil || t.control.Flush() != nil {
			return errGone
		}
	}
	return nil
}

func (t *transfer) end() error {
	if !begun(t.w) {
		t.begin()
	}
	if t.buffer.Flush() != nil {
		return errGone
	}
	return nil
}
