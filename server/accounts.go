package server

import (
	"context"
	"net/http"

	"dateline/index/ledger"
	"dateline/server/page"
)

// accounts answers what was read, by source, day or run, and what became of it. An audit takes its turn among the searches, for it
// asks as much of the engine.
func (s *Server) accounts(w http.ResponseWriter, r *http.Request) error {
	o, err := s.reportOptions(r)
	if err != nil {
		return err
	}
	if s.o.Ledger == nil {
		return errNoAccounts
	}
	report, err := s.report(r, o)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, report)
}

var errNoAccounts = &refusal{http.StatusNotFound, "no-accounts", "this server keeps no accounts", ""}

// maxStatement bounds what a run of another process may say at a time, in bytes.
const maxStatement = 32 << 20

// tell takes what a run of another process says of itself.
func (s *Server) tell(w http.ResponseWriter, r *http.Request) error {
	if s.o.Ledger == nil {
		return errNoAccounts
	}
	var told ledger.Statement
	err := decodeObject(http.MaxBytesReader(w, r.Body, maxStatement), &told)
	if wrong := bodyError(r); wrong != nil {
		return wrong
	}
	if err != nil {
		return badBody(err, "")
	}
	run, err := s.o.Ledger.Tell(told)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, map[string]int{"run": run})
}

// reportOptions reads what a request asks for.
func (s *Server) reportOptions(r *http.Request) (ledger.Options, error) {
	v, err := s.params(r)
	if err != nil {
		return ledger.Options{}, err
	}
	return ledger.ParseOptions(v)
}

// report makes a report when its turn among the searches comes.
func (s *Server) report(r *http.Request, o ledger.Options) (*ledger.Report, error) {
	return inTurn(r.Context(), s, func(ctx context.Context) (*ledger.Report, error) { return s.o.Ledger.Report(ctx, s.engine, o) })
}

// accountsPage shows the accounts. Which rows there are is the page's to say.
func (s *Server) accountsPage(w http.ResponseWriter, r *http.Request) error {
	o, err := s.reportOptions(r)
	if err != nil {
		return err
	}
	p := page.Accounts{Filter: o.Filter}
	if p.Stats, err = s.engine.Stats(r.Context()); err != nil {
		return err
	}
	if s.o.Ledger != nil {
		o.By, o.Size = ledger.ByCell, 0
		if p.Report, err = s.report(r, o); err != nil {
			return err
		}
	}
	return draw(w, http.StatusOK, p)
}
