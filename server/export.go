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
	buffer := bufio.NewWriterSize(w, pieceBytes)
	out, err := export.NewWriter(buffer, format)
	if err != nil {
		return err
	}
	if err := s.exports.enter(r.Context()); err != nil {
		return err
	}
	defer s.exports.leave()
	t := transfer{w, buffer, out, http.NewResponseController(w), time.Now(), format}
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
	buffer  *bufio.Writer
	out     export.Writer
	control *http.ResponseController
	flushed time.Time
	format  string
}

func (t *transfer) send(a *index.Article) error {
	t.describe()
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

// describe sets the headers as long as none have gone out, so that an error before the first article may set others.
func (t *transfer) describe() {
	if !begun(t.w) {
		t.w.Header().Set("Content-Type", export.ContentType(t.format))
		t.w.Header().Set("Content-Disposition", `attachment; filename="articles`+export.Extension(t.format)+`"`)
	}
}

func (t *transfer) end() error {
	t.describe()
	if !begun(t.w) {
		t.w.WriteHeader(http.StatusOK)
	}
	if t.buffer.Flush() != nil {
		return errGone
	}
	return nil
}
