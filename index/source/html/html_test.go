package html

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/record"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden reads the sample pages, each of which shows one or several ways in which pages say what they hold.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("../../../testdata/articles/html/*.html")
	if err != nil || len(files) < 12 {
		t.Fatalf("%d sample pages: %v", len(files), err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !Sniff(raw, true) {
				t.Error("it is not told to be a page")
			}
			got := printed(t, Open(charset.NewReader(bytes.NewReader(raw), charset.Declared(raw)), record.Options{}))
			golden := filepath.Join("testdata", strings.TrimSuffix(filepath.Base(name), ".html")+".golden")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(want, got) {
				t.Errorf("%v, got\n%s", err, got)
			}
		})
	}
}

// printed prints the article of a page, or why there is none.
func printed(t *testing.T, r record.Reader) []byte {
	t.Helper()
	rec, err := r.Next()
	if err != nil {
		t.Fatal(err)
	}
	a, err := rec.Decode()
	if err != nil {
		return []byte(err.Error() + "\n")
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(a); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Next(); err != io.EOF {
		t.Errorf("a page has one record, then %v", err)
	}
	return out.Bytes()
}

func TestSniff(t *testing.T) {
	for _, c := range []struct {
		head string
		want bool
	}{
		{"<!DOCTYPE html><html>", true},
		{"<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">", true},
		{"\ufeff \n<!-- a comment --><!DOCTYPE html>", true},
		{"<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"x\">", true},
		{"<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">", true},
		{"<HTML LANG=de>", true}, {"<head><title>x</title>", true}, {"<body>", true}, {"<meta charset=utf-8>", true},
		{"<script>var a</script>\n", false}, {"<script>var a</script>\n<html><body></body>", true},
		{"<div><p>A piece of a page.</p></div>", true}, {"<article><h1>x</h1><p>y</p></article>", true},
		{"<!DOCTYPE nitf SYSTEM \"nitf.dtd\"><nitf><head><title>x</title></head></nitf>", false},
		{"<!DOCTYPE lewis SYSTEM \"lewis.dtd\">", false}, {"<REUTERS TOPICS=\"YES\">", false},
		{"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>", false}, {"<feed xmlns=\"http://www.w3.org/2005/Atom\">", false},
		{"<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">", false},
		{"<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\">", false}, {"<nitf>", false}, {"<title>x</title><rss></div>", false},
		{"<?xml version=\"1.0\"", false}, {"<!-- never ends", false}, {"", false}, {"<", false}, {"date 2024-03-14 x", false}, {"{\"title\": \"<html>\"}", false},
		{"<!DOCTYPE htmlish>", false},
	} {
		if got := Sniff([]byte(c.head), true); got != c.want {
			t.Errorf("%q: %v", c.head, got)
		}
	}
}

func TestReaderFaults(t *testing.T) {
	for _, c := range []struct {
		name   string
		in     io.Reader
		limit  int64
		reason string
	}{
		{"too large", strings.NewReader("<html>" + strings.Repeat("x", 100)), 50, record.TooLarge},
		{"empty", strings.NewReader(" \n "), 0, record.Empty},
	} {
		r := Open(c.in, record.Options{MaxRecord: c.limit})
		_, err := r.Next()
		var fault *record.Fault
		if !errors.As(err, &fault) || fault.Reason != c.reason || fault.Number != 1 {
			t.Errorf("%s: %v", c.name, err)
		}
		if _, err := r.Next(); err != io.EOF {
			t.Errorf("%s: then %v", c.name, err)
		}
	}
	dead := errors.New("the line is dead")
	for _, half := range []string{"", "<html><p>half"} {
		r := Open(io.MultiReader(strings.NewReader(half), iotest.ErrReader(dead)), record.Options{})
		if _, err := r.Next(); !errors.Is(err, dead) {
			t.Errorf("a stream that cannot be read: %v", err)
		}
	}
}

// read makes the article of markup, and fails where there is none.
func read(t *testing.T, markup string, o record.Options) index.Article {
	t.Helper()
	a, err := Article(markup, record.Place{Number: 1}, o)
	if err != nil {
		t.Fatalf("%s: %v", markup, err)
	}
	return a
}

// TestNothingToRead holds that a page without title and text is rejected, whatever else it says.
func TestNothingToRead(t *testing.T) {
	for _, markup := range []string{
		"", "<html></html>", "<script>var title = 'x'</script>", "<html><body><p> &nbsp; </p></body></html>",
		`<meta property="og:image" content="x.jpg"><meta property="article:published_time" content="2024-03-14">`,
		`<div style="display:none"></div><noscript>Please enable JavaScript</noscript>`,
	} {
		_, err := Article(markup, record.Place{Number: 7}, record.Options{})
		var fault *record.Fault
		if !errors.As(err, &fault) || fault.Reason != record.NoText || fault.Number != 7 {
			t.Errorf("%q: %v", markup, err)
		}
	}
}
