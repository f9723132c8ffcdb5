package server

import (
	"context"
	"net/http"
	"net/url"

	"dateline/index"
	"dateline/index/rising"
	"dateline/server/page"
)

// frontPage answers the address of the site: with the front page, or with the search where the parameters are those of one.
func (s *Server) frontPage(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	if asksSearch(v) {
		return s.searchPage(w, r)
	}
	windows, err := takeWindows(v)
	if err != nil {
		return err
	}
	st, stats, err := s.stateOf(r.Context())
	if err != nil {
		return err
	}
	p, err := s.fronts.get(st, windowKey(windows), func() (page.Front, error) { return s.front(r.Context(), stats, windows) })
	if err != nil {
		return err
	}
	if p.Stats = stats; v.Has(page.RisingParam) {
		p.Window = windows[0].Name
	}
	return draw(w, http.StatusOK, p)
}

// asksSearch reports whether parameters ask for anything but the front page. Empty ones, as forms send them, ask for nothing.
func asksSearch(v url.Values) bool {
	for name, values := range v {
		for _, value := range values {
			if name != page.RisingParam && value != "" {
				return true
			}
		}
	}
	return false
}

// takeWindows takes the window that is asked for, or those to try in their order.
func takeWindows(v url.Values) ([]rising.Window, error) {
	name, err := take(url.Values{page.RisingParam: v[page.RisingParam]}, page.RisingParam)
	if err != nil {
		return nil, err
	}
	if name == "" {
		return rising.Preferred, nil
	}
	w, ok := rising.WindowOf(name)
	if !ok {
		return nil, isOneOf(page.RisingParam, name, windowNames()...)
	}
	return []rising.Window{w}, nil
}

// windowKey tells what is asked for apart.
func windowKey(windows []rising.Window) string {
	if len(windows) > 1 {
		return ""
	}
	return windows[0].Name
}

func windowNames() (names []string) {
	for _, w := range rising.Windows {
		names = append(names, w.Name)
	}
	return names
}

// frontFacets are what the front page lists the largest of.
var frontFacets = []index.Field{index.FieldSource, index.FieldPerson, index.FieldOrg, index.FieldPlace}

// front asks the engine for what the front page shows, in one turn: nobody should wait for some of it.
func (s *Server) front(ctx context.Context, stats index.Stats, windows []rising.Window) (p page.Front, err error) {
	p = page.Front{Stats: stats}
	if stats.Articles == 0 {
		return p, nil
	}
	all := index.Request{Sort: index.SortNewest, Facets: frontFacets, Interval: index.IntervalAuto}
	if p.Future, err = s.future(ctx, all, &index.Result{Total: index.Total{Articles: stats.Articles}}); err != nil {
		return p, err
	}
	return inTurn(ctx, s, func(ctx context.Context) (page.Front, error) {
		if p.Result, err = s.engine.Search(ctx, all); err != nil {
			return p, err
		}
		p.Rising, err = rising.First(ctx, s.engine, windows, newestOf(p.Result.Hits), stats.First)
		return p, err
	})
}

// newestOf is the publication of the first of hits in the order of the newest: zero when nothing has a date that can be.
func newestOf(hits []index.Hit) index.Time {
	if len(hits) == 0 {
		return index.Time{}
	}
	return index.Dated(hits[0].Published, hits[0].Flags, false)
}

// risingNow answers what rises, as JSON; null when the index does not reach back far enough.
func (s *Server) risingNow(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	windows, err := takeWindows(v)
	if v.Del(page.RisingParam); err == nil {
		err = noneLeft(v, page.RisingParam)
	}
	if err != nil {
		return err
	}
	report, err := inTurn(r.Context(), s, func(ctx context.Context) (*rising.Report, error) {
		stats, err := s.engine.Stats(ctx)
		if err != nil {
			return nil, err
		}
		newest, err := s.engine.Search(ctx, index.Request{Sort: index.SortNewest, Size: 1, Unmarked: true})
		if err != nil {
			return nil, err
		}
		return rising.First(ctx, s.engine, windows, newestOf(newest.Hits), stats.First)
	})
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, report)
}
