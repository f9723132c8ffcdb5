package server

import (
	"mime"
	"net/http"

	"dateline/index/cite"
)

// cite answers the reference to an article, as a file for a reference manager.
func (s *Server) cite(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	v, err := s.params(r)
	if err != nil {
		return err
	}
	format, err := take(v, "format")
	if err == nil {
		err = noneLeft(v, "format")
	}
	if err != nil {
		return plainly(err)
	}
	for _, f := range cite.Formats {
		if string(f.Format) != format {
			continue
		}
		a, err := s.engine.Get(r.Context(), id)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": cite.Key(&a) + f.Extension}))
		return sendWhole(w, http.StatusOK, f.MediaType, []byte(cite.Write(f.Format, &a)))
	}
	return plainly(isOneOf("format", format, "bibtex", "ris", "csl"))
}
