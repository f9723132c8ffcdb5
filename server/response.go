package server

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"runtime/debug"
	"time"
)

// response gives a client StallTimeout for each piece of the answer, so that a long answer may take its time and one that
// nobody reads is cut.
type response struct {
	http.ResponseWriter
	control *http.ResponseController
	stall   time.Duration
	begun   bool // whether the status line has gone out or is bound to
	onFault bool // the goroutine's setting before the request
}

// pieceBytes is how much a client must accept within StallTimeout: little enough for 20 kbit/s.
const pieceBytes = 64 << 10

func (s *Server) newResponse(w http.ResponseWriter) *response {
	res := &response{ResponseWriter: w, control: http.NewResponseController(w), stall: s.o.StallTimeout}
	res.onFault = debug.SetPanicOnFault(true)
	res.extend() // for an interim answer: the last request on the connection left its deadline
	return res
}

// Unwrap lets http.ResponseController through.
func (w *response) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// extend gives the client time for the next piece. The writers that know no deadlines are those of tests.
func (w *response) extend() { w.control.SetWriteDeadline(time.Now().Add(w.stall)) }

func (w *response) WriteHeader(status int) {
	w.begun = true
	w.extend()
	w.ResponseWriter.WriteHeader(status)
}

func (w *response) Write(p []byte) (n int, err error) {
	w.begun = true
	for len(p) > 0 && err == nil {
		piece := p[:min(len(p), pieceBytes)]
		w.extend()
		var m int
		m, err = w.ResponseWriter.Write(piece)
		n, p = n+m, p[m:]
	}
	return n, err
}

func begun(w http.ResponseWriter) bool {
	res, ok := w.(*response)
	return ok && res.begun
}

// body gives a client StallTimeout for each read, bounds the whole, and remembers what went wrong: readers of formats make
// of a body that breaks off a broken record.
type body struct {
	io.ReadCloser
	control *http.ResponseController
	stall   time.Duration
	err     error
}

func (s *Server) newBody(w *response, r *http.Request) io.ReadCloser {
	if r.Body == nil || r.Body == http.NoBody {
		return http.NoBody
	}
	limited := http.MaxBytesReader(w.ResponseWriter, r.Body, s.o.MaxBodyBytes)
	b := &body{ReadCloser: limited, control: w.control, stall: w.stall}
	b.extend() // holds for what a handler leaves unread, too
	return b
}

func (b *body) extend() { b.control.SetReadDeadline(time.Now().Add(b.stall)) }

func (b *body) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	b.extend()
	n, err := b.ReadCloser.Read(p)
	b.err = err
	return n, err // after io.EOF the server itself reads, to see the client go; it takes the deadline away
}

// lingerTimeout bounds how long the rest of a body that nobody wants is read. The answer goes out only then: without
// reading, the client would be cut off before it sees it.
const lingerTimeout = time.Second

// giveUp lets the server read what is left of the body only for a moment.
func (b *body) giveUp() {
	if b.err == nil {
		b.control.SetReadDeadline(time.Now().Add(lingerTimeout))
	}
}

// bodyError returns what went wrong with reading the body, or nil.
func bodyError(r *http.Request) error {
	if b, ok := r.Body.(*body); ok && b.err != io.EOF {
		return b.err
	}
	return nil
}

// answer writes a value as JSON. It is encoded whole before the status goes out.
func answer(w http.ResponseWriter, status int, value any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return err
	}
	return sendWhole(w, status, "application/json", b.Bytes())
}

// sendWhole answers with a document that is whole. The caller has set the other headers.
func sendWhole(w http.ResponseWriter, status int, contentType string, b []byte) error {
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(status)
	if _, err := w.Write(b); err != nil {
		return errGone
	}
	return nil
}
