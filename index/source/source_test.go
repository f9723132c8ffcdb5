package source

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/source/archive"
	"dateline/index/source/record"
	"dateline/index/source/warc/warctest"
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
		{"nitf", "<?xml version=\"1.0\"?>\n<!DOCTYPE nitf SYSTEM \"x\">\n<nitf><head/>", "nitf"},
		{"newsml", "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\">", "newsml"},
		{"newsml 1", "<NewsML Version=\"1.2\">", "newsml"},
		{"ninjs", `{"uri":"u","versioncreated":"2024-03-14T10:00:00Z","headline":"Quay"}`, "ninjs"},
		{"exported", `{"id":"u","title":"Quay","published_precision":"day","extra":{"uri":"u","versioncreated":"2024"}}`, "jsonl"},
		{"gkg", "20240314120000-0\t20240314120000\t1\tquay.example\thttps://quay.example/a\t\n", "gkg"},
		{"front matter", "---\ntitle: Quay\n---\nOpen\n", "markdown"},
		{"markdown", "# Quay\n\nOpen\n", "text"},
		{"xml", "\uFEFF<?xml version=\"1.0\"?><catalog/>", ""},
		{"rss", "\uFEFF<?xml version=\"1.0\"?><rss version=\"2.0\"/>", "rss"},
		{"atom", "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry/></feed>", "rss"},
		{"json feed", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[]}", "rss"},
		{"sitemap", "<?xml version=\"1.0\"?><urlset/>", "sitemap"},
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
		"WARC/1.1\r\nWARC-Type: warcinfo\r\n": "warc", "filedesc://quay.arc 0.0.0.0 20240314000000 text/plain 0\n": "warc", "<REUTERS>": "",
		"From: a@quay.example\nSubject: Quay\n\nOpen": "eml", "From - Fri Mar 15 09:00:00 2024\nFrom: a@quay.example\n\nOpen": "mbox",
		"": "", " date 2024-03-14 Quay\n\nTitle\n": "", `{"From":"a"}`: "", "id,title,body\n": "", "\x89PNG\r\n\x1a\n": "",
	} {
		if f, ok := DetectRaw([]byte(head), true); f.Name != want || ok != (want != "") {
			t.Errorf("%.30q: %q", head, f.Name)
		}
	}
}

// TestPayloads reads what a web archive holds in the other formats.
func TestPayloads(t *testing.T) {
	const uri = "https://quay.example/"
	in := warctest.Gzip(
		warctest.Page(uri+"1", "text/plain", " date 2024-03-14 Quay\n\nOne\n\nBody.\n"),
		warctest.Page(uri+"2", "text/html", `[{"title":"Two","body":"a"},{"title":"Three","body":"b"}]`),
		warctest.Page(uri+"3", "text/plain", "The quay is open."),
		warctest.Page(uri+"4", "application/x-quay", "The quay is open."),
		warctest.Page(uri+"6", "application/ld+json", "The quay is open."),
		warctest.Page(uri+"5", "application/warc", string(warctest.Plain(warctest.Info()))),
	)
	f, _ := ByName("warc")
	var got []string
	err := archive.Walk("f", bytes.NewReader(in), -1, archive.Options{}, func(m archive.Member) error {
		for r := f.Open(m, record.Options{}); ; {
			rec, err := r.Next()
			if err == io.EOF {
				return nil
			}
			var a index.Article
			if err == nil {
				a, err = rec.Decode()
			}
			var fault *record.Fault
			if errors.As(err, &fault) {
				a.Title = fault.Reason
			}
			got = append(got, a.Title)
		}
	})
	if s := strings.Join(got, ", "); s != "One, Two, Three, no header, not news, bad syntax, not news" || err != nil {
		t.Error(s, err)
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
		"application/rss+xml; charset=utf-8": "rss", "application/atom+xml": "rss", "application/feed+json": "rss",
		"text/plain": "text", "application/json; =": "jsonl", "application/warc": "warc", "application/octet-stream": "", "": "", ";": "", "application/x-www-form-urlencoded": "",
		"application/vnd.IPTC.G2.newsitem+xml": "newsml", "text/vnd.IPTC.NITF": "nitf", "application/ninjs+json": "ninjs",
		"message/rfc822": "eml", "application/mbox": "mbox", "text/markdown; variant=GFM": "markdown",
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
