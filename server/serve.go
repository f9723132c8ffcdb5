package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Time-outs of a connection that has no request to bound it.
const (
	headerTimeout = 5 * time.Second // to send the headers
	idleTimeout   = 60 * time.Second
	graceTimeout  = 10 * time.Second // for running requests at the end
)

// Serve answers requests from l until ctx ends. Then it takes no more, lets those that run finish for up to 10 seconds, and
// returns nil, or an error that says that some were cut off. It closes l.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	h := &http.Server{
		Handler: s, ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: s.o.MaxHeaderBytes + s.o.MaxURIBytes,
		ErrorLog:       slog.NewLogLogger(s.o.Log.Handler(), slog.LevelDebug),
	}
	served := make(chan error, 1)
	go func() { served <- h.Serve(l) }()
	select {
	case err := <-served:
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceTimeout)
	defer cancel()
	err := h.Shutdown(grace)
	if err != nil {
		err = errors.Join(fmt.Errorf("requests were cut off after %v: %w", graceTimeout, err), h.Close())
	}
	<-served
	return err
}
