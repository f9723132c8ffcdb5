package server

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"dateline/index"
	"dateline/index/diff"
	"dateline/server/page"
)

// VersionList is what an article has said, the oldest first: the JSON of GET /api/v1/versions/{id}.
type VersionList struct {
	ID       string          `json:"id"`
	Versions []index.Version `json:"versions"`
}

// Diff is how two versions of an article differ: the JSON of GET /api/v1/diff/{id}.
type Diff struct {
	ID     string       `json:"id"`
	From   Edition      `json:"from"`
	To     Edition      `json:"to"`
	Fields []diff.Field `json:"fields"`
}

// Edition is a version without its article.
type Edition struct {
	Number int        `json:"number"`
	Since  index.Time `json:"since"`
	Until  index.Time `json:"until"` // null of the present one
}

// CompareVersions compares two versions of an article by their numbers, from 1 to len(list).
func CompareVersions(id string, list []index.Version, from, to int) Diff {
	a, b := &list[from-1], &list[to-1]
	return Diff{
		ID: id, From: Edition{a.Number, a.Since, a.Until}, To: Edition{b.Number, b.Since, b.Until},
		Fields: diff.Articles(&a.Article, &b.Article),
	}
}

// takePair takes the numbers of two of n versions out of the parameters, the last two by default. An article of one version is
// compared with itself.
func takePair(v url.Values, n int) (from, to int, err error) {
	if to, err = takeNumber(v, "to", n, 1, n); err == nil {
		from, err = takeNumber(v, "from", max(1, to-1), 1, n)
	}
	return from, to, err
}

func (s *Server) versions(w http.ResponseWriter, r *http.Request) error {
	id, err := articleID(r)
	if err != nil {
		return err
	}
	list, err := s.engine.Versions(r.Context(), id)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, VersionList{id, list})
}

// versionsOf reads the id at the end of a path, and what its article has said, with the parameters.
func (s *Server) versionsOf(r *http.Request) (id string, list []index.Version, v url.Values, err error) {
	if id, err = pathID(r); err != nil {
		return "", nil, nil, err
	}
	if v, err = s.params(r); err != nil {
		return "", nil, nil, err
	}
	list, err = s.engine.Versions(r.Context(), id)
	return id, list, v, err
}

func (s *Server) diff(w http.ResponseWriter, r *http.Request) error {
	id, list, v, err := s.versionsOf(r)
	if err != nil {
		return err
	}
	from, to, err := takePair(v, len(list))
	if err == nil {
		err = noneLeft(v, "from", "to")
	}
	if err != nil {
		return err
	}
	d, err := inTurn(r.Context(), s, func(context.Context) (Diff, error) { return CompareVersions(id, list, from, to), nil })
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, d)
}

// versionsPage lists the versions of an article and compares two of them, or shows one.
func (s *Server) versionsPage(w http.ResponseWriter, r *http.Request) error {
	id, list, v, err := s.versionsOf(r)
	if err != nil {
		return plainly(err)
	}
	stats, err := s.engine.Stats(r.Context())
	if err != nil {
		return err
	}
	if v.Has("show") {
		n, err := takeNumber(v, "show", len(list), 1, len(list))
		if err == nil {
			err = noneLeft(v, "show")
		}
		if err != nil {
			return plainly(err)
		}
		return draw(w, http.StatusOK, page.Article{Article: list[n-1].Article, Shown: &list[n-1], Stats: stats})
	}
	from, to, err := takePair(v, len(list))
	if err == nil {
		err = noneLeft(v, "from", "to", "show")
	}
	if err != nil {
		return plainly(err)
	}
	p, err := inTurn(r.Context(), s, func(ctx context.Context) (page.Versions, error) {
		fields := CompareVersions(id, list, from, to).Fields
		return page.Versions{ID: id, List: list, Steps: steps(ctx, list), From: from, To: to, Fields: fields, Stats: stats}, ctx.Err()
	})
	if err != nil {
		return err
	}
	return draw(w, http.StatusOK, p)
}

// plainly makes the fault of a parameter one of the page: what is wrong with it has nothing to do with a search.
func plainly(err error) error {
	var p *index.ParamError
	if errors.As(err, &p) {
		return &refusal{http.StatusBadRequest, "bad-parameter", p.Name + " " + p.Detail, p.Hint}
	}
	return err
}

// maxStepBytes bounds the texts that are compared for the list of versions: one comparison of the longest articles, and more
// versions of a usual one than a page shows.
const maxStepBytes = 8 << 20

// steps says of each version, the oldest first, in what it differs from the one before, without the texts. Of those for which
// there is no room it says nothing.
func steps(ctx context.Context, list []index.Version) [][]diff.Field {
	all, bytes := make([][]diff.Field, len(list)), 0
	for i := len(list) - 1; i > 0 && len(list)-i <= page.MaxVersions && ctx.Err() == nil; i-- {
		a, b := &list[i-1].Article, &list[i].Article
		if bytes += len(a.Body) + len(b.Body) + len(a.Lead) + len(b.Lead); bytes > maxStepBytes {
			break
		}
		all[i] = diff.Articles(a, b)
		for j := range all[i] {
			all[i][j].Segments = nil
		}
	}
	return all
}
