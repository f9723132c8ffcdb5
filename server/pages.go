package server

import "net/http"

// pages registers the pages.
func (s *Server) pages(*http.ServeMux) {}
