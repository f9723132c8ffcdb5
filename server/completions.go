package server

import (
	"net/http"
	"strings"

	"dateline/index"
)

// completions answers with what a prefix may become: prefix, field (repeated), words=1, size, and prompt=1 to have what is there
// while an index that was just opened is made ready.
func (s *Server) completions(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	if err := checkPrefix(v["prefix"]); err != nil {
		return err
	}
	asked := index.CompletionRequest{Prefix: v.Get("prefix")}
	for _, f := range v["field"] {
		asked.Fields = append(asked.Fields, index.Field(f))
	}
	v.Del("prefix")
	v.Del("field")
	if asked.Words, err = takeSwitch(v, "words", true); err != nil {
		return err
	}
	if asked.Prompt, err = takeSwitch(v, "prompt", false); err != nil {
		return err
	}
	if asked.Size, err = takeNumber(v, "size", 0, 1, index.MaxCompletions); err != nil {
		return err
	}
	if err := noneLeft(v, strings.Split("prefix field words size prompt", " ")...); err != nil {
		return err
	}
	c, err := s.engine.Complete(r.Context(), asked)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, c)
}
