package server

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"dateline/index"
)

// decideWith posts a body as a content type.
func decideWith(s http.Handler, contentType, body string) (int, []byte) {
	r := local("POST", "/api/v1/decisions", body)
	r.Header.Set("Content-Type", contentType)
	w := do(s, r)
	return w.Code, w.Body.Bytes()
}

const merge = `{"action":"merge","type":"person","name":"R. Mirza","other":"Ruslan Mirzaev"}`

func TestDecide(t *testing.T) {
	for _, c := range []struct {
		contentType, body string
		status            int
		want              map[string]string
	}{
		{"application/json", `{"decisions":[` + merge + `,{"action":"undo","by":"ada","time":"2024-01-01T00:00:00Z","undoes":1}]}`, 200, map[string]string{
			"decisions.0.number": "1", "decisions.0.time": "2024-03-20T12:00:00Z", "decisions.0.other": "Ruslan Mirzaev", "decisions.0.by": "",
			"decisions.1.number": "2", "decisions.1.time": "2024-01-01T00:00:00Z", "decisions.1.by": "ada", "decisions.1.undoes": "1",
		}},
		{"", `{"decisions":[` + merge + `]}`, 200, map[string]string{"decisions.0.action": "merge"}},
		{"application/x-www-form-urlencoded", `{"decisions":[` + merge + `]}`, 200, nil},
		{"application/json; charset=utf-8", `{"decisions":[]}`, 200, map[string]string{"decisions": "[]"}},
		{"application/json", `{"decisions":[` + merge + `,{"action":"hide","type":"person","name":"impossible"}]}`, 422, map[string]string{
			"type": "urn:dateline:bad-decision", "index": "1", "detail": "hide cannot be", "hint": "do not",
		}},
		{"application/json", `{"decisions":[{"action":"hide","type":"person","name":"impossible"}]}`, 422, map[string]string{"index": "0"}},
		{"application/json", `{"decisions":[{"action":"hide","type":"person","name":"X","undone":true}]}`, 422, map[string]string{"index": "0"}},
		{"application/json", `{}`, 400, map[string]string{"type": "urn:dateline:bad-body"}},
		{"application/json", `{"decisions":null}`, 400, nil},
		{"application/json", merge, 400, nil},
		{"application/json", `{"decisions":[` + merge + `]} x`, 400, nil},
		{"application/json", `{"decisions":[{"act":"merge"}]}`, 400, nil},
		{"application/json", `{"decisions":[{"time":"yesterday"}]}`, 400, nil},
		{"application/json", ``, 400, nil},
		{"application/json", `{"decisions":[` + strings.Repeat(merge+",", 3) + merge + `]}`, 413, map[string]string{"detail": "there are 4 decisions; at most 3 are taken at a time"}},
		{"application/json", `{"decisions":[` + strings.Repeat(" ", 2000) + merge + `]}`, 413, map[string]string{"detail": "the body is larger than 1000 bytes; send it in parts"}},
		{"text/csv", merge, 415, nil},
		{"image/png", merge, 415, nil},
	} {
		f := newFake()
		o := quiet()
		o.MaxDecisions, o.MaxDecisionBytes = 3, 1000
		status, body := decideWith(New(f, o), c.contentType, c.body)
		if status != c.status {
			t.Errorf("%s %.80s: %d %s", c.contentType, c.body, status, body)
			continue
		}
		for path, value := range c.want {
			if got := at(t, body, path); got != value {
				t.Errorf("%.80s: %s is %s, not %s", c.body, path, got, value)
			}
		}
		if status != 200 && len(f.log) > 0 {
			t.Errorf("%.80s: recorded %v", c.body, f.log)
		}
	}
}

func TestDecisions(t *testing.T) {
	f := newFake()
	s := New(f, quiet())
	if w := do(s, local("GET", "/api/v1/decisions", "")); w.Code != 200 || at(t, w.Body.Bytes(), "decisions") != "[]" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	f.log = []index.Decision{{Number: 1, Time: index.At(noon), By: "ada", Action: index.ActionHide, Type: index.Org, Name: "X", Undone: true}}
	w := do(s, local("GET", "/api/v1/decisions?format=json", ""))
	if got := strings.TrimSpace(w.Body.String()); got != `{"decisions":[{"number":1,"time":"2024-03-20T12:00:00Z","by":"ada","action":"hide","type":"org","name":"X","undone":true}]}` {
		t.Errorf("%s", got)
	}
	for target, param := range map[string]string{"?format=csv": "format", "?q=oil": "q", "?format=json&format=text": "format"} {
		if w := do(s, local("GET", "/api/v1/decisions"+target, "")); w.Code != 400 || at(t, w.Body.Bytes(), "param") != param {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
	if w := do(s, local("POST", "/api/v1/decisions?format=text", `{"decisions":[]}`)); w.Code != 400 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := do(s, local("DELETE", "/api/v1/decisions", "")); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("%d", w.Code)
	}
}

// TestDecidingIsWriting: others may not, nor the pages of other sites.
func TestDecidingIsWriting(t *testing.T) {
	f := newFake()
	far := func() *http.Request {
		r := local("POST", "/api/v1/decisions", `{"decisions":[`+merge+`]}`)
		r.RemoteAddr = "192.0.2.1:4711"
		return r
	}
	if w := do(New(f, quiet()), far()); w.Code != http.StatusForbidden {
		t.Errorf("from elsewhere: %d", w.Code)
	}
	cross := local("POST", "/api/v1/decisions", `{"decisions":[`+merge+`]}`)
	cross.Header.Set("Sec-Fetch-Site", "cross-site")
	if w := do(New(f, quiet()), cross); w.Code != http.StatusForbidden {
		t.Errorf("from another site: %d", w.Code)
	}
	f.err = &index.ReadOnlyError{Reason: "the disk is full", Full: true}
	if status, body := decideWith(New(f, quiet()), "application/json", `{"decisions":[`+merge+`]}`); status != http.StatusInsufficientStorage {
		t.Errorf("%d %s", status, body)
	}
	if len(f.log) > 0 {
		t.Errorf("recorded %v", f.log)
	}
	o := quiet()
	o.AllowRemoteWrites = true
	f.err = nil
	if w := do(New(f, o), far()); w.Code != 200 || len(f.log) != 1 {
		t.Errorf("allowed from elsewhere: %d", w.Code)
	}
}

func TestInForce(t *testing.T) {
	log := []index.Decision{
		{Number: 1, Action: index.ActionMerge, Type: "person", Name: "a", Other: "b"},
		{Number: 2, Action: index.ActionHide, Type: "person", Name: "c", Undone: true},
		{Number: 3, Action: index.ActionUndo, Undoes: 2},
		{Number: 4, Action: index.ActionApart, Type: "person", Name: "a", Other: "d"},
	}
	if got := inForce(log); len(got) != 2 || got[0].Number != 1 || got[1].Number != 4 || len(log) != 4 || log[1].Number != 2 {
		t.Errorf("%v of %v", got, log)
	}
	if fmt.Sprint(inForce(nil)) != "[]" {
		t.Error("of none there are some")
	}
}
