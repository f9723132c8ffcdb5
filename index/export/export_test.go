package export

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/index"
)

func article() *index.Article {
	return &index.Article{
		ID: "1", Source: "a.example", Title: `Oil, "up" & away`, Body: "One.\n\nTwo.", Authors: []string{"A B", "C"},
		Published: index.At(time.Date(2024, 3, 14, 1, 2, 3, 0, time.UTC)), Words: 2,
		Entities: []index.Entity{{Type: index.Person, Name: "P"}, {Type: index.Place, Name: "Q"}},
	}
}

func TestCSV(t *testing.T) {
	var b bytes.Buffer
	w, err := NewWriter(&b, "csv")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(article()); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(b.String(), "id,url,source,agency,title,") || !strings.HasSuffix(b.String(), "\r\n") {
		t.Errorf("got %q", b.String())
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	got := map[string]string{}
	for i, name := range rows[0] {
		got[name] = rows[1][i]
	}
	want := map[string]string{"id": "1", "title": `Oil, "up" & away`, "body": "One.\n\nTwo.", "authors": "A B; C", "words": "2",
		"published": "2024-03-14T01:02:03Z", "updated": "", "people": "P", "places": "Q", "orgs": ""}
	for name, value := range want {
		if got[name] != value {
			t.Errorf("%s: got %q, want %q", name, got[name], value)
		}
	}
}

func TestCSVRunsNoFormulas(t *testing.T) {
	for _, cell := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"} {
		if got := harmless(cell); got != "'"+cell {
			t.Errorf("%q: got %q", cell, got)
		}
	}
	for _, cell := range []string{"", "a=1", "1", "'", " =1", "–", "\xff"} {
		if got := harmless(cell); got != cell {
			t.Errorf("%q: got %q", cell, got)
		}
	}
	var b bytes.Buffer
	w, _ := NewWriter(&b, "csv")
	a := article()
	a.Title = "=HYPERLINK(\"http://x.example\")"
	if err := w.Write(a); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), `"'=HYPERLINK(`) {
		t.Errorf("got %q", b.String())
	}
}

func TestJSONLines(t *testing.T) {
	var b bytes.Buffer
	w, err := NewWriter(&b, "")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := w.Write(article()); err != nil {
			t.Fatal(err)
		}
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], `\"up\"`) {
		t.Fatalf("got %q", lines)
	}
	var a index.Article
	if err := json.Unmarshal([]byte(lines[1]), &a); err != nil || a.ID != "1" {
		t.Errorf("got %+v, %v", a, err)
	}
}

func TestUnknownFormat(t *testing.T) {
	_, err := NewWriter(&bytes.Buffer{}, "xlsx")
	var p *index.ParamError
	if !errors.As(err, &p) || p.Name != "format" || !strings.Contains(p.Detail, "jsonl or csv") {
		t.Errorf("got %v", err)
	}
}

func TestFormatsHaveTypesAndWriters(t *testing.T) {
	if !slices.Equal(Formats, []string{"jsonl", "csv"}) {
		t.Error(Formats)
	}
	for _, f := range Formats {
		if _, err := NewWriter(&bytes.Buffer{}, f); err != nil {
			t.Error(err)
		}
		if Extension(f) != "."+f || !strings.Contains(ContentType(f), "/") {
			t.Errorf("%s: %s, %s", f, Extension(f), ContentType(f))
		}
	}
}

func TestBuffersAreTheCallersToFlush(t *testing.T) {
	for _, f := range Formats {
		var b bytes.Buffer
		buffer := bufio.NewWriterSize(&b, 64<<10)
		w, err := NewWriter(buffer, f)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(article()); err != nil || b.Len() > 0 || buffer.Buffered() == 0 {
			t.Errorf("%s: %v, %d bytes written", f, err, b.Len())
		}
	}
}
