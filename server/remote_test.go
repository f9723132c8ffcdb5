package server

import (
	"net/http/httptest"
	"testing"

	"dateline/index"
	"dateline/index/enginetest"
	"dateline/index/memory"
	"dateline/index/remote"
)

// openRemote returns the engine of a server over an engine, on a real connection.
func openRemote(t *testing.T, engine index.Engine) *remote.Engine {
	t.Helper()
	h := httptest.NewServer(New(engine, quiet()))
	t.Cleanup(h.Close)
	e, err := remote.Open(t.Context(), h.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// TestRemoteIsAnEngine holds the server and package remote together to the contract of engines.
func TestRemoteIsAnEngine(t *testing.T) {
	enginetest.Run(t, func(t *testing.T) index.Engine { return openRemote(t, memory.New(memory.Options{})) })
}
