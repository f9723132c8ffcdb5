// Package server answers HTTP requests: the JSON interface and the pages, over any engine.
//
// A handler returns an error instead of writing one; fault.go makes of it the status, and the problem document or the page.
package server

import (
	"errors"
	"log/slog"
	"net/http"
	"runtime"
	"time"

	"dateline/index"
	"dateline/index/feeds"
	"dateline/index/ledger"
	"dateline/server/page"
)

// Options bound a server. The zero value is usable; the defaults are in parentheses.
type Options struct {
	Clock index.Clock  // what relative dates are relative to (time.Now)
	Log   *slog.Logger // faults of the server itself (slog.Default)

	MaxQueryBytes  int   // of the text of a query (16 KiB)
	MaxURIBytes    int   // of path and parameters (64 KiB: the longest query, each byte as %XX, and more)
	MaxHeaderBytes int   // of all headers, besides the URI (32 KiB)
	MaxBodyBytes   int64 // of one POST, which is read as a stream (64 MiB)

	MaxDecisions     int // in one POST: they are recorded all or none (10,000)
	MaxDecisionBytes int // of its body, which is read whole (8 MiB)

	SearchTimeout time.Duration // of a search, waiting included (10 s)
	Running       int           // searches at a time; more do not make any of them faster (2 for each core)
	Waiting       int           // searches that wait for their turn (16 for each that runs)
	Patience      time.Duration // how long one waits before it is refused (1.5 s)
	Exports       int           // exports at a time, and as many that wait (4)
	StallTimeout  time.Duration // how long a client may take to send or to accept the next bytes (30 s)

	// Ledger takes the account of what is put and deleted, and answers for it; nil keeps none.
	Ledger *ledger.Ledger

	// AllowRemoteWrites lets other machines put and delete articles, and decide on names. Without it only this machine may; a
	// request that a proxy passes on counts as another machine's.
	AllowRemoteWrites bool
	// Hosts are further names, besides localhost, under which a server that listens on the loopback interface answers, for
	// those who put a proxy in front. Other names are refused, so that no web page can reach the server by rebinding a name.
	Hosts []string

	Feeds   feeds.Service // the subscriptions of the index; nil when the server keeps none
	Polling bool          // somebody polls them when they are due
}

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	orDefault(&o.MaxQueryBytes, 16<<10)
	orDefault(&o.MaxURIBytes, 64<<10)
	orDefault(&o.MaxHeaderBytes, 32<<10)
	orDefault(&o.MaxBodyBytes, 64<<20)
	orDefault(&o.MaxDecisions, 10_000)
	orDefault(&o.MaxDecisionBytes, 8<<20)
	orDefault(&o.SearchTimeout, 10*time.Second)
	orDefault(&o.Running, 2*runtime.GOMAXPROCS(0))
	orDefault(&o.Waiting, 16*o.Running)
	orDefault(&o.Patience, 1500*time.Millisecond)
	orDefault(&o.Exports, 4)
	orDefault(&o.StallTimeout, 30*time.Second)
	return o
}

func orDefault[T int | int64 | time.Duration](v *T, value T) {
	if *v <= 0 {
		*v = value
	}
}

// Server is the http.Handler over an engine. The engine stays the caller's to close, after Serve has returned.
type Server struct {
	engine   index.Engine
	o        Options
	mux      *http.ServeMux
	origins  *http.CrossOriginProtection
	handler  http.Handler // serve, with its answers compressed
	searches *gate
	exports  *gate
	examples kept[page.Examples]
	fronts   kept[page.Front]
	listed   kept[SourcesAnswer]
	// pageFault answers with a fault on a path for people; pages may replace it.
	pageFault func(w http.ResponseWriter, r *http.Request, p Problem, err error)
}

// New makes a server. Serve runs it; as a plain http.Handler it works too, without the time-outs for headers.
func New(engine index.Engine, o Options) *Server {
	o = o.withDefaults()
	s := &Server{
		engine: engine, o: o, mux: http.NewServeMux(), origins: http.NewCrossOriginProtection(),
		searches: newGate(o.Running, o.Waiting, o.Patience), exports: newGate(o.Exports, o.Exports, o.Patience),
		pageFault: plainFault,
	}
	s.handler = compressed(http.HandlerFunc(s.serve))
	s.api(s.mux)
	s.pages(s.mux)
	return s
}

func (s *Server) api(mux *http.ServeMux) {
	mux.Handle("GET /api/v1/search", s.handle(s.search))
	mux.Handle("GET /api/v1/facets/{field}", s.handle(s.facet))
	mux.Handle("GET /api/v1/completions", s.handle(s.completions))
	mux.Handle("GET /api/v1/suggest", s.handle(s.suggest))
	mux.Handle("GET /api/v1/entities/{type}", s.handle(s.entities))
	mux.Handle("GET /api/v1/entities/{type}/{name...}", s.handle(s.entity))
	mux.Handle("GET /api/v1/sources", s.handle(s.sources))
	mux.Handle("GET /api/v1/sources/{name...}", s.handle(s.source))
	mux.Handle("GET /api/v1/rising", s.handle(s.risingNow))
	mux.Handle("GET /api/v1/network", s.handle(s.network))
	mux.Handle("GET /api/v1/suggestions", s.handle(s.suggestions))
	mux.Handle("GET /api/v1/decisions", s.handle(s.decisions))
	mux.Handle("POST /api/v1/decisions", s.write(s.decide))
	mux.Handle("GET /api/v1/articles/{id...}", s.handle(s.article))
	mux.Handle("GET /api/v1/versions/{id...}", s.handle(s.versions))
	mux.Handle("GET /api/v1/diff/{id...}", s.handle(s.diff))
	mux.Handle("DELETE /api/v1/articles/{id...}", s.write(s.deleteArticle))
	mux.Handle("POST /api/v1/articles", s.write(s.put))
	mux.Handle("/api/v1/articles", s.handle(only("POST"))) // or the mux would redirect to the empty id
	mux.Handle("POST /api/v1/delete", s.write(s.deleteMany))
	mux.Handle("GET /api/v1/export", s.handle(s.export))
	mux.Handle("GET /api/v1/stats", s.handle(s.stats))
	mux.Handle("GET /api/v1/accounts", s.handle(s.accounts))
	mux.Handle("POST /api/v1/accounts", s.write(s.tell))
	s.feedRoutes(mux)
	mux.Handle("GET /healthz", s.handle(s.healthy))
	mux.Handle("GET /readyz", s.handle(s.ready))
}

func (s *Server) clock() time.Time { return s.o.Clock() }

// A handler answers a request, or returns an error before it has written anything.
type handler func(w http.ResponseWriter, r *http.Request) error

func (s *Server) handle(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fault(w, r, err)
		}
	})
}

// write wraps a handler that changes the index.
func (s *Server) write(h handler) http.Handler {
	return s.handle(func(w http.ResponseWriter, r *http.Request) error {
		if err := s.mayWrite(r); err != nil {
			return err
		}
		return h(w, r)
	})
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// serve guards the request, then passes it to its handler.
func (s *Server) serve(plain http.ResponseWriter, r *http.Request) {
	w := s.newResponse(plain)
	defer s.recoverFrom(w, r)
	setHeaders(w.Header(), r.URL.Path)
	if err := s.guard(w, r); err != nil {
		s.fault(w, r, err)
		return
	}
	r = withWholeID(r)
	if h, pattern := s.mux.Handler(r); pattern == "" {
		s.unrouted(w, r, h)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// unrouted answers where the mux has no handler: with its redirect, or a fault like any other.
func (s *Server) unrouted(w http.ResponseWriter, r *http.Request, h http.Handler) {
	p := probe{header: http.Header{}}
	h.ServeHTTP(&p, r)
	switch allow := p.header.Get("Allow"); {
	case p.status >= 300 && p.status < 400:
		h.ServeHTTP(w, r)
	case p.status == http.StatusMethodNotAllowed:
		s.handle(only(allow)).ServeHTTP(w, r)
	default:
		s.fault(w, r, &refusal{http.StatusNotFound, "no-such-page", "there is nothing at " + shorten(r.URL.Path), ""})
	}
}

// only refuses a method where others are allowed.
func only(allow string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Allow", allow)
		return &refusal{http.StatusMethodNotAllowed, "method-not-allowed", shorten(r.Method) + " is not possible here; " + allow + " is", ""}
	}
}

// probe sees what a handler would answer.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
func (p *probe) WriteHeader(status int)      { p.status = status }

// errGone says that nobody waits for the answer any more.
var errGone = errors.New("the client has gone")
