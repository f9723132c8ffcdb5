package source

import (
	"slices"
	"strings"
	"testing"
)

func TestDetect(t *testing.T) {
	for _, c := range []struct{ name, head, want string }{
		{"empty", "", "text"},
		{"blank", " \n\uFEFF", "text"},
		{"header", " date 2024-03-14 Quay\n\nTitle\n", "text"},
		{"impossible date", "date 0001-01-01 Quay\n", "text"},
		{"prose", "The quay is open.\n\nShips came, they said, and left.\n", "text"},
		{"reuters", "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS NEWID=\"1\">", "reuters"},
		{"element", "<REUTERS NEWID=\"1\">", "reuters"},
		{"json line", `{"title":"Quay","body":"open"}` + "\n", "jsonl"},
		{"json", "[\n {\"title\":\"Quay\"}\n]", "jsonl"},
		{"csv", "id,title,body,date\n1,Quay,open,2024-03-14\n", "csv"},
		{"html", "<!DOCTYPE html><title>Quay</title>", "html"},
		{"page with data", "<!DOCTYPE html>\n<script type=\"application/ld+json\">\n{\"headline\":\"Quay\"}\n</script>", "html"},
		{"xml", "\uFEFF<?xml version=\"1.0\"?><rss/>", ""},
		{"png", "\x89PNG\r\n\x1a\n", ""},
		{"zeros", strings.Repeat("\x00\x01", 100), ""},
	} {
		f, ok := Detect([]byte(c.head), true)
		if f.Name != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q %v", c.name, f.Name, ok)
		}
	}
}

func TestByName(t *testing.T) {
	for _, name := range Names() {
		f, ok := ByName(name)
		if !ok || f.Open == nil || f.Sniff == nil {
			t.Errorf("%s is not to be had", name)
		}
	}
	for _, f := range Formats {
		if !slices.Contains(Names(), f.Name) {
			t.Errorf("%s is not listed", f.Name)
		}
	}
	for _, name := range []string{"", "auto", "TEXT", "docx"} {
		if _, ok := ByName(name); ok {
			t.Errorf("%q was found", name)
		}
	}
}

func TestByContentType(t *testing.T) {
	for ct, want := range map[string]string{
		"application/json": "jsonl", "application/x-ndjson; charset=utf-8": "jsonl", "Application/LD+JSON": "jsonl", "text/csv;header=present": "csv",
		"text/plain": "text", "application/json; =": "jsonl", "application/octet-stream": "", "": "", ";": "", "application/x-www-form-urlencoded": "",
	} {
		if f, ok := ByContentType(ct); f.Name != want || ok != (want != "") {
			t.Errorf("%q: %q", ct, f.Name)
		}
	}
}

func FuzzDetect(f *testing.F) {
	f.Add([]byte("id,title,body\n1,a,b"), false)
	f.Fuzz(func(t *testing.T, head []byte, whole bool) {
		if format, ok := Detect(head, whole); ok != (format.Open != nil) {
			t.Fatal(format.Name, ok)
		}
	})
}
