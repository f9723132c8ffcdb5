package warc

import (
	"fmt"
	"strings"
	"testing"

	"dateline/index/source/record"
	"dateline/index/source/warc/warctest"
)

// arcFile is an archive in the older format, of version "1 0" or "2 0".
func arcFile(version string, records ...string) string {
	about := version + " Harbour\nURL IP-address Archive-date Content-type Archive-length\n\n"
	return fmt.Sprintf("filedesc://quay.arc 0.0.0.0 20080430204825 text/plain %d\n%s\n", len(about), about) + strings.Join(records, "")
}

// arcRecord is a response in it.
func arcRecord(uri, contentType, body string) string {
	block := "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\n\r\n" + body
	return fmt.Sprintf("%s 10.0.0.1 20080430204826 %s %d\n%s\n", uri, contentType, len(block), block)
}

func TestARC(t *testing.T) {
	a, b := arcRecord("http://quay.example/a b", "text/html", page("a")), arcRecord("http://quay.example/b", "text/xml", feed("b", "c"))
	v2 := strings.Replace(b, "text/xml ", "text/xml 200 checksum - 1234 quay.arc ", 1)
	dns := "dns:quay.example 10.0.0.2 20080430204825 text/dns 5\nabcde\n"
	image := arcRecord("http://quay.example/i", "image/gif", "GIF")
	const noted, pictured = "not news: a note of the crawler (dns:quay.example)\n", "not news: image/gif (http://quay.example/i)\n"
	for _, c := range []struct{ name, in, want string }{
		{"version 1", arcFile("1 0", dns, a, image, b), noted + "a\n" + pictured + "b\nc\n"},
		{"version 2", arcFile("2 0", v2, v2), "b\nc\nb\nc\n"},
		{"a gzip a record", string(warctest.Squeeze([]byte(arcFile("1 0")))) + string(warctest.Squeeze([]byte(a))) + string(warctest.Squeeze([]byte(b))), "a\nb\nc\n"},
		{"no blank lines", strings.ReplaceAll(arcFile("1 0", a, b), "\n\n", "\n"), "a\nb\nc\n"},
		{"without HTTP", arcFile("1 0", "http://quay.example/0 10.0.0.1 20080430204826 text/html 32\n"+page("old")), "old\n"},
		{"length too short", arcFile("1 0", strings.Replace(a, "text/html ", "text/html 9", 1)[:len(a)], b), "bad syntax: 74 of 974 bytes are there before the next record (http://quay.example/a b)\nb\nc\n"},
		{"no length", arcFile("1 0", strings.Replace(a, "text/html ", "text/html -", 1), b), "bad syntax: the header does not tell the length of the record\nb\nc\n"},
		{"truncated", arcFile("1 0", b, a)[:len(arcFile("1 0", b, a))-20], "b\nc\ntruncated: the file ends after 55 of 74 bytes (http://quay.example/a b)\n"},
	} {
		got := lines(readAll(t, []byte(c.in), record.Options{}))
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
	list := readAll(t, []byte(arcFile("1 0", a)), record.Options{})
	if x := list[0].article; x.URL != "http://quay.example/a b" || string(x.Extra["Archive-date"]) != `"20080430204826"` || len(x.Extra) != 2 {
		t.Error(x.URL, x.Extra)
	}
}

// TestDamagedARC damages the compression of a record.
func TestDamagedARC(t *testing.T) {
	var want []string
	in := warctest.Squeeze([]byte(arcFile("1 1")))
	for i, r := range pages(4) {
		_, body, _ := strings.Cut(r.Block, "\r\n\r\n")
		b := warctest.Squeeze([]byte(arcRecord(r.URI, "text/html", body)))
		if i == 2 {
			b[len(b)/2] ^= 8
		} else {
			want = append(want, fmt.Sprint("p", i))
		}
		in = append(in, b...)
	}
	checkDamage(t, "arc", readAll(t, in, record.Options{}), want, record.BadSyntax)
}

func TestARCLine(t *testing.T) {
	for _, in := range []string{
		"", "http://a 1.2.3.4 20080430204825 text/html 5", "http://a 1.2.3.4 2008 text/html 5\n", "HTTP/1.1 200 OK\n", "20080430204825 a b\n",
		"http://a" + strings.Repeat("a", maxLine) + " 1.2.3.4 20080430204825 text/html 5\n", "x: 1.2.3.4 20080430204825 text/html 5\n",
	} {
		if parts, _ := arcLine([]byte(in)); parts != nil {
			t.Errorf("%.80q: %q", in, parts)
		}
	}
}
