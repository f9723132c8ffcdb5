package server

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/memory"
)

const (
	twoLines = `{"id":"a","title":"One","body":"First.","source":"a.example","date":"2024-03-14"}` + "\n" +
		`{"id":"b","title":"Two","body":"Second.","source":"a.example","date":"2024-03-15"}` + "\n"
	table = "id,title,body,source,date\r\nc,Three,Third.,a.example,2024-03-16\r\n"
	page1 = " date 2024-03-14 HarbourGazette.com\n\nNorth Quay Reopens\n\nThe quay is open again.\n"
)

func zipped(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(text))
	z.Close()
	return b.String()
}

func TestUpload(t *testing.T) {
	tests := []struct {
		contentType, query, body string
		status                   int
		want                     map[string]string
	}{
		{"", "", twoLines, 200, map[string]string{"read": "2", "indexed": "2", "rejected": "0", "rejects": "[]"}},
		{"application/x-ndjson", "", twoLines, 200, map[string]string{"indexed": "2"}},
		{"application/json", "", "[" + strings.Replace(strings.TrimSpace(twoLines), "\n", ",", 1) + "]", 200, map[string]string{"indexed": "2"}},
		{"application/x-www-form-urlencoded", "", twoLines, 200, map[string]string{"indexed": "2"}},
		{"text/csv; charset=utf-8", "", table, 200, map[string]string{"indexed": "1"}},
		{"text/plain", "", page1, 200, map[string]string{"indexed": "1"}},
		{"application/octet-stream", "", table, 200, map[string]string{"indexed": "1"}},
		{"application/gzip", "", zipped(twoLines), 200, map[string]string{"indexed": "2"}},
		{"text/plain", "?format=csv", table, 200, map[string]string{"indexed": "1"}},
		{"", "", twoLines + twoLines, 200, map[string]string{"read": "4", "indexed": "2", "unchanged": "2"}},
		{"", "", twoLines + `{"id":"c","ti` + "\n", 200,
			map[string]string{"read": "3", "indexed": "2", "rejected": "1", "rejects.0.path": "upload", "rejects.0.line": "3", "rejects.0.format": "jsonl"}},
		{"image/png", "", twoLines, 415, map[string]string{"type": "urn:dateline:unsupported-type"}},
		{"nonsense", "", twoLines, 415, nil},
		{"", "?format=png", twoLines, 400, map[string]string{"param": "format"}},
		{"", "?fromat=csv", table, 400, map[string]string{"param": "fromat"}},
	}
	for _, test := range tests {
		r := local("POST", "/api/v1/articles"+test.query, test.body)
		if test.contentType != "" {
			r.Header.Set("Content-Type", test.contentType)
		}
		e := memory.New(memory.Options{})
		w := do(New(e, quiet()), r)
		if w.Code != test.status {
			t.Errorf("%s %s: %d %s", test.contentType, test.query, w.Code, w.Body)
			continue
		}
		for path, value := range test.want {
			if got := at(t, w.Body.Bytes(), path); got != value {
				t.Errorf("%s %s: %s is %s, not %s, in %s", test.contentType, test.query, path, got, value, w.Body)
			}
		}
		if stats, err := e.Stats(t.Context()); err != nil || test.status != 200 && stats.Articles > 0 {
			t.Errorf("%s %s: %d articles, %v", test.contentType, test.query, stats.Articles, err)
		}
	}
}

func TestUploadNamesTheSource(t *testing.T) {
	e := memory.New(memory.Options{})
	w := do(New(e, quiet()), local("POST", "/api/v1/articles?source=b.example", `{"id":"a","title":"T","body":"B"}`))
	if a, err := e.Get(t.Context(), "a"); w.Code != 200 || err != nil || a.Source != "b.example" || a.Path != uploaded {
		t.Errorf("%d %+v, %v", w.Code, a, err)
	}
}

func TestUploadFaults(t *testing.T) {
	f := newFake()
	f.err = &index.ReadOnlyError{Reason: "the disk is full", Full: true}
	if w := do(New(f, quiet()), local("POST", "/api/v1/articles", twoLines)); w.Code != 507 {
		t.Errorf("read-only: %d %s", w.Code, w.Body)
	}
	r := local("POST", "/api/v1/articles", twoLines)
	r.Header.Set("Content-Encoding", "br")
	if w := do(New(newFake(), quiet()), r); w.Code != 415 {
		t.Errorf("Content-Encoding: %d %s", w.Code, w.Body)
	}
	o := quiet()
	o.MaxBodyBytes = 100
	r = local("POST", "/api/v1/articles", twoLines)
	r.ContentLength = -1
	if w := do(New(newFake(), o), r); w.Code != 413 {
		t.Errorf("too long: %d %s", w.Code, w.Body)
	}
}
