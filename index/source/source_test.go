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
		{"gkg", "20240314120000-0\t20240314120000\t1\tquay.example\thttps://quay.example/a\t\n", "gkg"},
		{"front matter", "---\ntitle: Quay\n---\nOpen\n", "markdown"},
		{"markdown", "# Quay\n\nOpen\n", "text"},
		{"html", "<!DOCTYPE html><title>Quay</title>", ""},
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

func TestDetectRaw(t *testing.T) {
	for head, want := range map[string]string{
		"From: a@quay.example\nSubject: Quay\n\nOpen": "eml", "From - Fri Mar 15 09:00:00 2024\nFrom: a@quay.example\n\nOpen": "mbox",
		"": "", " date 2024-03-14 Quay\n\nTitle\n": "", `{"From":"a"}`: "", "id,title,body\n": "", "\x89PNG\r\n\x1a\n": "",
	} {
		if f, ok := DetectRaw([]byte(head), true); f.Name != want || ok != (want != "") {
			t.Errorf("%.30q: %q", head, f.Name)
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
		"message/rfc822": "eml", "application/mbox": "mbox", "text/markdown; variant=GFM": "markdown",
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
