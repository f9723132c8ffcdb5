package server

import (
	"net/http"

	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/gzip"
)

// leastCompressed is what fits into one packet anyway.
const leastCompressed = 1400

// compressed packs the answers of a handler with gzip for the clients that take it: pages, JSON, exports while they stream (what
// is flushed goes out packed). Answers that fit into one packet go as they are, and so do those packed already.
//
// Compression lets who sees the length of an answer guess at a secret beside a text of the guesser's (BREACH). Pages hold no
// secrets: no cookies, sessions or tokens; writing is guarded by where a request comes from.
func compressed(h http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(leastCompressed), gzhttp.CompressionLevel(gzip.DefaultCompression),
		gzhttp.EnableZstd(false), gzhttp.SetContentType(false))
	if err != nil {
		panic(err) // the options are those above
	}
	return wrap(h)
}

// compresses reports whether what a handler below compressed writes is packed on its way.
func compresses(w http.ResponseWriter) bool {
	if res, ok := w.(*response); ok {
		w = res.ResponseWriter
	}
	switch w.(type) {
	case *gzhttp.GzipResponseWriter, gzhttp.GzipResponseWriterWithCloseNotify:
		return true
	}
	return false
}
