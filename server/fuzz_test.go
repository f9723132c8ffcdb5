package server

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/memory"
)

// FuzzAPI asks anything and sends anything: the answer is never a fault of the server, and JSON where it says so.
func FuzzAPI(f *testing.F) {
	seeds := []struct{ method, path, query, contentType, body string }{
		{"GET", "/api/v1/search", "q=oil&from=2023&facets=source", "", ""},
		{"GET", "/api/v1/articles/https://a.example/x", "", "", ""},
		{"GET", "/api/v1/export", "format=csv&sort=newest", "", ""},
		{"GET", "/search", "q=%28oil", "", ""},
		{"GET", "/search", "sort=newest&as_of=2023&future=1", "", ""},
		{"GET", "/api/v1/versions/a", "", "", ""},
		{"GET", "/api/v1/diff/a/../b?c", "from=1&to=2", "", ""},
		{"GET", "/versions/https://a.example/x", "from=1&to=1", "", ""},
		{"GET", "/versions/a", "show=1", "", ""},
		{"DELETE", "/api/v1/articles/../..", "", "", ""},
		{"GET", "/api/v1/entities/org/AC/DC", "q=oil&types=person&nodes=5", "", ""},
		{"GET", "/api/v1/entities/person", "prefix=mir", "", ""},
		{"GET", "/api/v1/network", "format=graphml&by=strength&types=person,org", "", ""},
		{"GET", "/api/v1/suggestions", "type=org&size=3", "", ""},
		{"GET", "/api/v1/decisions", "format=text", "", ""},
		{"POST", "/api/v1/decisions", "", "application/json", `{"decisions":[{"action":"merge","type":"person","name":"a","other":"b"}]}`},
		{"POST", "/api/v1/decisions", "", "text/plain", "-\t\thide\torg\tX\n"},
		{"GET", "/entity/org/AC/DC", "q=oil&from=2023&done=1&variants=off", "", ""},
		{"GET", "/entities", "name=mir&size=5&facet_size=3&done=2", "", ""},
		{"POST", "/entity/decide", "", formType, "action=merge&type=person&name=a&other=b&back=%2Fentity%2Fperson%2Fa%3Fq%3Doil"},
		{"POST", "/entity/decide", "", formType, "action=take&type=org&name=&other=x&back=//evil.example"},
		{"POST", "/api/v1/delete", "", "", `{"ids":["a"]}`},
		{"POST", "/api/v1/articles", "", index.ArticlesType, `{"id":"a","title":"t"}`},
		{"POST", "/api/v1/articles", "source=x", "text/csv", table},
	}
	for _, s := range seeds {
		f.Add(s.method, s.path, s.query, s.contentType, s.body)
	}
	h := New(memory.New(memory.Options{}), quiet())
	f.Fuzz(func(t *testing.T, method, path, query, contentType, body string) {
		r, err := http.NewRequestWithContext(t.Context(), method, "/", strings.NewReader(body))
		if err != nil || !strings.HasPrefix(path, "/") {
			t.Skip()
		}
		r.URL = &url.URL{Path: path, RawQuery: query}
		r.RemoteAddr = "127.0.0.1:1"
		r.Header.Set("Content-Type", contentType)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Errorf("%s %q?%q: %d %s", method, path, query, w.Code, w.Body)
		}
		if to := w.Header().Get("Location"); w.Code == http.StatusSeeOther && !strings.HasPrefix(to, "/entit") {
			t.Errorf("%s %q leads to %q", method, path, to)
		}
		if isAPI(path) && w.Code >= 400 && !json.Valid(w.Body.Bytes()) {
			t.Errorf("%s %q: %s", method, path, w.Body)
		}
	})
}
