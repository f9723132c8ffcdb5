package server

import (
	"context"
	"net/http"

	"dateline/index/ledger"
)

// accounts answers what was read, by source, day or run, and what became of it. An audit takes its turn among the searches, for it
// asks as much of the engine.
func (s *Server) accounts(w http.ResponseWriter, r *http.Request) error {
	report, _, err := s.report(r)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, report)
}

// report makes the report that a request asks for.
func (s *Server) report(r *http.Request) (*ledger.Report, ledger.Options, error) {
	v, err := s.params(r)
	if err != nil {
		return nil, ledger.Options{}, err
	}
	o, err := ledger.ParseOptions(v)
	if err != nil {
		return nil, o, err
	}
	if s.o.Ledger == nil {
		return nil, o, &refusal{http.StatusNotFound, "no-accounts", "this server keeps no accounts", ""}
	}
	report, err := inTurn(r.Context(), s, func(ctx context.Context) (*ledger.Report, error) { return s.o.Ledger.Report(ctx, s.engine, o) })
	return report, o, err
}
