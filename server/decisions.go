package server

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/aliases"
)

// DecisionsAnswer is the JSON of decisions, as they are asked for and answered.
type DecisionsAnswer struct {
	Decisions []index.Decision `json:"decisions"`
}

// NewDecisionsAnswer makes the answer of decisions, for programs that print the same without a server.
func NewDecisionsAnswer(decisions []index.Decision) DecisionsAnswer {
	return DecisionsAnswer{list(decisions)}
}

// decisions answers with the log: as JSON, or the file as a download.
func (s *Server) decisions(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	format, err := take(v, "format")
	if err == nil {
		err = cmp.Or(isOneOf("format", cmp.Or(format, "json"), "json", "text"), noneLeft(v, "format"))
	}
	if err != nil {
		return err
	}
	log, err := s.engine.Decisions(r.Context())
	switch {
	case err != nil:
		return err
	case format == "text":
		return download(w, "text/plain; charset=utf-8", "decisions.txt", func(b *bytes.Buffer) error {
			b.Write(aliases.AppendText(nil, log))
			return nil
		})
	}
	return answer(w, http.StatusOK, NewDecisionsAnswer(log))
}

// decide records decisions: those of the JSON, or those that are in force in a file.
func (s *Server) decide(w http.ResponseWriter, r *http.Request) error {
	if r.URL.RawQuery != "" {
		return &refusal{http.StatusBadRequest, "bad-parameter", "deciding has no parameters", "decisions are in the body"}
	}
	text, err := s.readDecisions(r)
	if err != nil {
		return err
	}
	wanted, err := s.parseDecisions(r, text)
	if err != nil {
		return err
	}
	if n := len(wanted); n > s.o.MaxDecisions {
		return &refusal{http.StatusRequestEntityTooLarge, "too-large", fmt.Sprintf("there are %d decisions; at most %d are taken at a time", n, s.o.MaxDecisions), "send them in parts"}
	}
	made := []index.Decision{}
	if len(wanted) > 0 {
		made, err = s.engine.Decide(r.Context(), wanted)
	}
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, NewDecisionsAnswer(made))
}

// readDecisions reads the body whole.
func (s *Server) readDecisions(r *http.Request) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r.Body, int64(s.o.MaxDecisionBytes)+1))
	switch wrong := bodyError(r); {
	case wrong != nil:
		return nil, wrong
	case err != nil:
		return nil, err
	case len(text) > s.o.MaxDecisionBytes:
		return nil, &http.MaxBytesError{Limit: int64(s.o.MaxDecisionBytes)}
	}
	return text, nil
}

// formType is what programs say that were told no content type.
const formType = "application/x-www-form-urlencoded"

func (s *Server) parseDecisions(r *http.Request, text []byte) ([]index.Decision, error) {
	contentType := r.Header.Get("Content-Type")
	switch media, _, _ := mime.ParseMediaType(contentType); {
	case media == "text/plain":
		have, err := s.engine.Decisions(r.Context())
		if err != nil {
			return nil, err
		}
		wanted, err := ImportDecisions(text, have)
		if err != nil {
			return nil, badBody(err, "send the file that format=text answers")
		}
		return wanted, nil
	case contentType == "" || media == "application/json" || media == formType:
		return decodeDecisions(text)
	}
	return nil, &refusal{http.StatusUnsupportedMediaType, "unsupported-type", "decisions are not read from " + shorten(contentType),
		"send application/json, or the file of decisions as text/plain"}
}

// decodeDecisions reads {"decisions":[…]}.
func decodeDecisions(text []byte) ([]index.Decision, error) {
	var asked DecisionsAnswer
	err := decodeObject(bytes.NewReader(text), &asked)
	if err == nil && asked.Decisions == nil {
		err = errors.New("it has no decisions")
	}
	if err != nil {
		return nil, badBody(err, `write {"decisions":[{"action":"merge","type":"person","name":"…","other":"…"}]}`)
	}
	for i, d := range asked.Decisions {
		if d.Undone {
			return nil, &index.DecisionError{Index: i, Detail: "a decision that is undone cannot be recorded", Hint: "leave it out, or send the file"}
		}
	}
	return asked.Decisions, nil
}

// ImportDecisions reads a file of decisions and returns those that are to be recorded where have is the log: what is in force of
// the file, without what is in force already. So a file may be imported twice. Errors: those of aliases.ReadText.
func ImportDecisions(text []byte, have []index.Decision) ([]index.Decision, error) {
	log, err := aliases.ReadText(text)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, d := range inForce(have) {
		known[whatOf(d)] = true
	}
	wanted := []index.Decision{}
	for _, d := range inForce(log) {
		if !known[whatOf(d)] {
			wanted = append(wanted, d)
		}
	}
	return wanted, nil
}

// inForce returns what a log says, without what was taken back and the taking back.
func inForce(log []index.Decision) []index.Decision {
	return slices.DeleteFunc(slices.Clone(log), func(d index.Decision) bool { return d.Undone || d.Action == index.ActionUndo })
}

// whatOf is what a decision does, whoever made it when.
func whatOf(d index.Decision) string {
	return strings.Join([]string{string(d.Action), d.Type, d.Name, d.Other}, "\x00")
}
