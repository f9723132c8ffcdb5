package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"unicode/utf8"

	"dateline/index"
	"dateline/server/page"
)

// maxFormBytes bounds a form of a page: two names and the address of a page, each byte as %XX, and more.
const maxFormBytes = 64 << 10

// decideOnPage records what a form of a page decides and leads back to the page, or answers with the page as it was and what is
// wrong beside the form.
func (s *Server) decideOnPage(w http.ResponseWriter, r *http.Request) error {
	form, err := readForm(w, r)
	if err != nil {
		return err
	}
	asked, err := decisionOf(form)
	if err != nil {
		return err
	}
	back := backTo(form.Get("back"))
	decided, err := s.engine.Decide(r.Context(), []index.Decision{exchanged(asked)})
	var refused *index.DecisionError
	if errors.As(err, &refused) {
		return s.drawRefused(w, r, back, page.DecisionFault{Decision: asked, Detail: refused.Detail, Hint: refused.Hint})
	}
	if err != nil {
		return err
	}
	back.follow(r.Context(), s.engine, decided[0])
	w.Header().Set("Location", back.url(decided[0].Number))
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// readForm reads the body of a form.
func readForm(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxFormBytes)
	var tooLarge *http.MaxBytesError
	switch err := r.ParseForm(); {
	case errors.As(err, &tooLarge):
		return nil, err
	case err != nil:
		return nil, &refusal{http.StatusBadRequest, "bad-body", "the form cannot be read: " + shorten(err.Error()), ""}
	}
	return r.PostForm, nil
}

// decisionOf reads a decision as a form has it.
func decisionOf(form url.Values) (d index.Decision, err error) {
	for _, name := range []string{"action", "type", "name", "other", "undoes", "back"} {
		switch values := form[name]; {
		case len(values) > 1:
			return d, &refusal{http.StatusBadRequest, "bad-body", fmt.Sprintf("%s is given %d times", name, len(values)), ""}
		case len(values) == 1 && !utf8.ValidString(values[0]):
			return d, &refusal{http.StatusBadRequest, "bad-body", name + " is not valid UTF-8", ""}
		}
	}
	d = index.Decision{Action: index.Action(form.Get("action")), Type: form.Get("type"), Name: form.Get("name"), Other: form.Get("other")}
	if n := form.Get("undoes"); n != "" {
		if d.Undoes, err = strconv.Atoi(n); err != nil {
			return d, &refusal{http.StatusBadRequest, "bad-body", "undoes is not a number", ""}
		}
	}
	return d, nil
}

// exchanged makes the decision that a form asks for: to take a name is to merge it into that of the page.
func exchanged(d index.Decision) index.Decision {
	if d.Action == page.ActionTake {
		d.Action, d.Name, d.Other = index.ActionMerge, d.Other, d.Name
	}
	return d
}

// follow makes the page that of the same entity under the name that it has after a decision, or that of all names when there is
// no such entity any more. The decision stands, whatever becomes of this.
func (p *place) follow(ctx context.Context, engine index.Engine, d index.Decision) {
	if p.typ == "" {
		return
	}
	names := []string{p.name}
	if d.Action == index.ActionUndo {
		if log, err := engine.Decisions(ctx); err == nil && d.Undoes > 0 && d.Undoes <= len(log) {
			d = log[d.Undoes-1]
		}
	}
	if d.Type == p.typ {
		names = append(names, d.Other, d.Name)
	}
	for _, name := range names {
		if info, err := engine.Entity(ctx, p.typ, name); err == nil && page.EntityURL(p.typ, info.Name) != "" {
			p.name = info.Name
			return
		}
	}
	*p = place{}
}

// drawRefused answers with the page that a form stands on, and why what it asked for cannot be.
func (s *Server) drawRefused(w http.ResponseWriter, r *http.Request, back place, fault page.DecisionFault) error {
	if back.typ != "" {
		if v, err := s.entityView(r, back); err == nil {
			v.Fault, v.Done = &fault, 0
			return drawForms(w, http.StatusUnprocessableEntity, v)
		}
		back = place{}
	}
	v, err := s.entitiesView(r, back)
	if err != nil {
		return err
	}
	v.Fault, v.Done = &fault, 0
	return drawForms(w, http.StatusUnprocessableEntity, v)
}
