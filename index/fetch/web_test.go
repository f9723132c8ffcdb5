package fetch

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// web is a network of one server, which answers for every host. Its connections are pipes, so that time can be a test's own.
type web struct {
	*Fetcher
	conns chan net.Conn
	mu    sync.Mutex
	asked []string // method, host and path of each request
}

// newWeb serves a handler within a bubble of synctest.
func newWeb(t *testing.T, o Options, handler http.HandlerFunc) *web {
	w := &web{Fetcher: New(o), conns: make(chan net.Conn)}
	done := make(chan struct{})
	w.transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		select {
		case w.conns <- theirs:
			return ours, nil
		case <-done:
			return nil, errors.New("the network is down")
		}
	}
	server := &http.Server{Handler: http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.asked = append(w.asked, r.Host+r.URL.RequestURI())
		w.mu.Unlock()
		handler(rw, r)
	})}
	l := &pipes{conns: w.conns, done: done}
	served := make(chan struct{})
	go func() {
		server.Serve(l)
		close(served)
	}()
	t.Cleanup(func() {
		w.Close()
		server.Close()
		<-served
	})
	return w
}

// pipes is a listener.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.done) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

// inBubble runs a test in time of its own, with its cleanups.
func inBubble(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, test)
}

// fault returns the *Error of a request.
func fault(t *testing.T, err error) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no *Error", err)
	}
	return e
}

func since(began time.Time) time.Duration { return time.Since(began) }
