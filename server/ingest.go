package server

import "net/http"

// ingest reads the body in the format that its content type names.
func (s *Server) ingest(_ *http.Request, ct string) (any, error) {
	return nil, &refusal{http.StatusUnsupportedMediaType, "unsupported-type", "there is no format for " + shorten(ct), ""}
}
