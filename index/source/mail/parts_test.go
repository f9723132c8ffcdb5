package mail

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/record"
	"dateline/index/source/sourcetest"
)

// one reads the message of a text.
func one(in string) (index.Article, error) {
	rec, err := openEML(strings.NewReader(in), options).Next()
	if err != nil {
		return index.Article{}, err
	}
	return rec.Decode()
}

func TestWords(t *testing.T) {
	for in, want := range map[string]string{
		"Plain words":                                       "Plain words",
		"=?UTF-8?Q?Caf=C3=A9_open?=":                        "Café open",
		"=?UTF-8?Q?Caf=C3?= =?utf-8?Q?=A9?=":                "Café", // a character in two words
		"=?UTF-8?B?Q2Fmw6k=?= shut":                         "Café shut",
		"Re: =?iso-8859-1?Q?Caf=E9?= and =?koi8-r?B?9c8=?=": "Re: Café and Уо",
		"=?UTF-8*fr?Q?Caf=C3=A9?=":                          "Café",
		"=?utf-8?Q?Two words?=":                             "Two words", // blanks are against the rule
		"=?nosuch?Q?Caf=C3=A9?=":                            "Café",
		"=?iso-2022-jp?B?GyRCJF4bKEI=?=":                    "ま",
		"Caf\xc3\xa9 and Caf\xe9":                           "Café and Café",
		"=?=?= =?x?":                                        "=?=?= =?x?",
	} {
		if got := text(in, ""); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestOrigin(t *testing.T) {
	for _, c := range []struct{ header, source, author string }{
		{"From: \"The Quay, Daily\" <a@quay.example>", "The Quay, Daily", ""},
		{"From: Ann Roe from The Quay <a@sub.example>", "The Quay", "Ann Roe"},
		{"From: desk@newsletter.quay.example", "quay.example", ""},
		{"From: desk@news.example", "news.example", ""},
		{"From: a@quay.example (The Quay)", "The Quay", ""},
		{"From: \"desk@quay.example\" <desk@quay.example>", "quay.example", ""},
		{"From: desk@quay.example\nList-Id: Quay Notes <notes.quay.example>", "Quay Notes", ""},
		{"From: The Quay <x@y.example>\nList-Id: 0123456789abcdef0123mc list <0123.list.example>", "The Quay", ""},
		{"From: x@y.example\nList-Id: 0123456789abcdef0123mc list <0123.list.example>", "y.example", ""},
		{"From: Ann Roe <a@x.example>\nList-Id: Port Talk <talk.x.example>\nList-Post: <mailto:talk@x.example>", "Port Talk", "Ann Roe"},
		{"From: Ann Roe <a@x.example>\nList-Id: <talk.x.example>\nList-Post: NO", "Ann Roe", ""},
		{"From: Ann Roe <a@x.example>\nNewsgroups: sci.space,sci.misc", "sci.space", "Ann Roe"},
		{"Message-ID: <1@x>", "the user's", ""},
	} {
		o := options
		o.Source = "the user's"
		rec, err := openEML(strings.NewReader(c.header+"\nSubject: Ships\n\nText"), o).Next()
		if err != nil {
			t.Fatal(err)
		}
		a, err := rec.Decode()
		if err != nil || a.Source != c.source || strings.Join(a.Authors, ";") != c.author {
			t.Errorf("%q: %q by %q, %v", c.header, a.Source, a.Authors, err)
		}
	}
}

func TestPublished(t *testing.T) {
	for _, c := range []struct{ header, at, from, flags string }{
		{"Date: Thu, 14 Mar 2024 07:30:02 +0100 (Central European Time)", "2024-03-14T06:30:02Z", "mail:Date", ""},
		{"Date: Thu, 14 Mar 2024 07 : 30 : 02 +0100", "2024-03-14T06:30:02Z", "mail:Date", ""},
		{"Received: by x; Fri, 15 Mar 2024 06:00:00 +0000\nDate: Thu, 14 Mar 2024 07:30:02 +0100", "2024-03-14T06:30:02Z", "mail:Date", ""},
		{"Received: by x; Mon, 18 Mar 2024 06:00:00 +0000\nDate: Thu, 14 Mar 2024 07:30:02 +0100", "2024-03-14T06:30:02Z", "mail:Date", index.FlagDateConflict},
		{"Received: by y; Mon, 18 Mar 2024 06:00:00 +0000\nReceived: by x; Fri, 15 Mar 2024 06:00:00 +0000\nDate: never", "2024-03-15T06:00:00Z", "mail:Received", ""},
		{"X: y", "", "", ""},
	} {
		a, err := one("Subject: Ships\n" + c.header + "\n\nText")
		at := ""
		if !a.Published.IsZero() {
			at = a.Published.Format(time.RFC3339)
		}
		if err != nil || at != c.at || a.DateFrom != c.from || strings.Join(a.Flags, ",") != c.flags {
			t.Errorf("%q: %s from %s, %v, %v", c.header, at, a.DateFrom, a.Flags, err)
		}
	}
}

func TestBodies(t *testing.T) {
	for _, c := range []struct{ name, in, body string }{
		{"no type", "\nText\r\nof it", "Text\nof it"},
		{"the charset of a meta element", "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<meta charset=3D\"koi8-r\"><p>=F5=CF", "Уо"},
		{"8 bits without a charset", "\nCaf\xe9", "Café"},
		{"base64 with a strange end", "Content-Transfer-Encoding: BASE64\n\nQ2Fmw6kg\n*c2h1dA=\n", "Café shut"},
		{"an equals sign", "Content-Transfer-Encoding: quoted-printable\n\n1+1=2 and=\n more =3D =", "1+1=2 and more = ="},
		{"flowed", "Content-Type: text/plain; format=flowed; delsp=yes\n\nOne li \nne\nTwo", "One line\nTwo"},
		{"a boundary that is nowhere", "Content-Type: multipart/mixed; boundary=none\n\nText", "Text"},
		{"a boundary without an end", "Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\n\nOne\n--b\n\nTwo", "One\n\nTwo"},
		{"a longer boundary inside", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nOne\n--bb\nstill\n--b--\nrest", "One\n--bb\nstill"},
		{"a broken type", "Content-Type: multipart/mixed; boundary=\"b\"; x=\"\n\n--b\n\nOne\n--b--", "One"},
		{"plain and a picture", "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nOne long text of news\n--b\nContent-Type: text/html\n\n<img><p>One</p>\n--b--", "One long text of news"},
		{"plain and HTML", "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nOne https://x.example/long/address\n--b\nContent-Type: text/html\n\n<p>One<p>Two\n--b--", "One\n\nTwo"},
		{"a message inside", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below\n--b\nContent-Type: message/rfc822\n\nSubject: Inner\n\nInner\n--b--", "See below"},
		{"hidden", "Content-Type: text/html\n\n<div style='DISPLAY: none'>a<div>b</div>c</div><p hidden>d</p>e<style>f</style>", "e"},
		{"a signature", "\nText\n-- \nAnn Roe\n", "Text"},
		{"a mark that signs nothing", "\nText\n--\nAnn Roe\n", "Text\n--\nAnn Roe"},
		{"news about newsletters", "\nMost who unsubscribe do so at once, says a study of the paper's own readers; those who stay for a week remain for years, and of these every second one pays. The study asked nine thousand of them, which took it all of the winter, and cost more than it brought.", "Most who unsubscribe"},
		{"words that machinery has too", "\nThe bill was sent to the Senate.\n\nIt changes the privacy policy.", "The bill was sent to the Senate.\n\nIt changes the privacy policy."},
		{"nothing but machinery", "\nUnsubscribe", "Unsubscribe"},
	} {
		a, err := one("Subject: Ships\n" + c.in)
		if err != nil || a.Body != c.body && (len(c.body) < 20 || !strings.HasPrefix(a.Body, c.body)) {
			t.Errorf("%s: %q, %v; want %q", c.name, a.Body, err, c.body)
		}
	}
}

// nested is a message of parts inside parts.
func nested(depth int) string {
	var b strings.Builder
	b.WriteString("Subject: Ships\nContent-Type: multipart/mixed; boundary=b0\n\n")
	for i := range depth {
		fmt.Fprintf(&b, "--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n", i, i+1)
	}
	return b.String() + "--b" + fmt.Sprint(depth) + "\n\nText\n"
}

func TestFaults(t *testing.T) {
	for _, c := range []struct{ name, in, reason string }{
		{"nothing", "", record.Empty},
		{"blank lines", "\r\n \n", record.Empty},
		{"no header", "just a text\nof lines\n", record.BadSyntax},
		{"neither subject nor text", "From: a@b.example\n\n\n", record.NoText},
		{"bad date", "Subject: Ships\nDate: 99 Foo\n\nText", record.BadDate},
		{"too deep", nested(maxDepth + 1), record.TooLarge},
		{"too many parts", "Subject: Ships\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\nx\n", maxParts+2), record.TooLarge},
		{"too long", "Subject: Ships\n\n" + strings.Repeat("x", 1<<20), record.TooLarge},
	} {
		o := options
		o.MaxRecord = 1 << 20
		rec, err := openEML(strings.NewReader(c.in), o).Next()
		if err == nil {
			_, err = rec.Decode()
		}
		var f *record.Fault
		if !errors.As(err, &f) || f.Reason != c.reason || f.Number != 1 {
			t.Errorf("%s: %v, want %s", c.name, err, c.reason)
		}
	}
	if a, err := one(nested(8)); err != nil || a.Body != "Text" {
		t.Error(a.Body, err)
	}
}

// Input that would be slow if anything were read over and over.
func TestHostile(t *testing.T) {
	for _, in := range []string{
		"Subject: a\n" + strings.Repeat(" b\n", 1<<18),
		"Subject: " + strings.Repeat("=?utf-8?Q?", 1<<16) + "\n\n",
		"Subject: x\nContent-Type: text/html\n\n" + strings.Repeat("<div style='display:none'>", 1<<15),
		"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b", 1<<18),
		"Subject: x\n\n" + strings.Repeat("-- \n", 1<<16),
		"Subject: x\n\n" + strings.Repeat("View this ", 1<<16),
	} {
		_, _ = one(in)
	}
}

func TestMBOX(t *testing.T) {
	start := "From a@b.example Fri Mar 15 09:00:00 2024\n"
	long := start + "Subject: Long\n\n" + strings.Repeat("word\n", 4000) + "\n"
	in := "stray\n\n" + start + "Subject: One\n\nFrom what is heard\nNote: all is well\n\n" + long + start + "Subject: Two\n\n>From A\n>>From B\n> From C\n\n" +
		strings.ReplaceAll(start, " 09:", " 9:") + "X-One: y\nSubject: Three\n"
	o := options
	o.MaxRecord = 4 << 10
	r := openMBOX(iotest.OneByteReader(strings.NewReader(in)), o)
	for i, want := range []string{record.BadSyntax, "One|From what is heard\nNote: all is well", record.TooLarge, "Two|From A\n>From B\n> From C", "Three|"} {
		rec, err := r.Next()
		var a index.Article
		if err == nil {
			a, err = rec.Decode()
		}
		var f *record.Fault
		got := a.Title + "|" + a.Body
		if errors.As(err, &f) {
			got, rec.Place = f.Reason, f.Place
		}
		if got != want || rec.Number != i+1 {
			t.Errorf("%d: %q, want %q", rec.Number, got, want)
		}
	}
	if _, err := r.Next(); err != io.EOF {
		t.Error(err)
	}
}

func TestReadErrorEndsTheStream(t *testing.T) {
	broken := errors.New("broken")
	in := "From a@b.example Fri Mar 15 09:00:00 2024\nSubject: One\n\nText"
	for _, format := range []record.Format{EML, MBOX} {
		r := format.Open(io.MultiReader(strings.NewReader(in), iotest.ErrReader(broken)), options)
		_, err := r.Next()
		var f *record.Fault
		if errors.As(err, &f) && f.Reason == record.Truncated {
			_, err = r.Next()
		}
		if !errors.Is(err, broken) {
			t.Errorf("%s: %v", format.Name, err)
		}
	}
}

func TestSniff(t *testing.T) {
	for in, want := range map[string]string{
		"From: a@b\nSubject: x\n\n": "eml", "Return-Path: <a>\nReceived: x\n y\nFrom: b\n\n": "eml", "\r\nmessage-id: <a>\r\ndate: x\r\n": "eml",
		"From a@b.example Fri Mar 15 09:00:00 2024\nFrom: a\n": "mbox", "From - Fri Mar 15 09:00:00 2024\r\nX-A: a\r\n": "mbox", "From nobody@x\nA: b\n": "mbox",
		"": "", " date 2024-03-14 Quay\n\nTitle\n": "", "date: 2024-03-14\nsubject: x\n": "", "Title: x\nDate: y\nSubject: z\n\nText": "",
		"From here to there\n\nSubject: x\nMessage-ID: y\n": "", "From the shore at 09:00 in 2024 one saw\nlittle of it": "", "{\"From\": 1,\n\"Subject\": 2}": "",
		"---\nFrom: a\nSubject: b\n---\n": "", "<p>\nFrom: a\nSubject: b\n": "", "HTTP/1.1 200 OK\nDate: x\nFrom: y\n\n": "",
		"From: <Saved by Blink>\nSnapshot-Content-Location: https://x.example/\nSubject: x\nMIME-Version: 1.0\n\n": "",
	} {
		got := ""
		if f, ok := formatOf([]byte(in)); ok {
			got = f.Name
		}
		if got != want {
			t.Errorf("%.50q: %q, want %q", in, got, want)
		}
	}
}

func fuzz(f *testing.F, format record.Format) {
	for _, name := range []string{"meridian-briefing.eml", "nordlicht-koi.eml", "desk.mbox"} {
		raw, err := os.ReadFile(samples + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		format.Sniff(in, true)
		o := options
		o.MaxRecord = 16 << 10
		last := 0
		sourcetest.Each(t, format.Open(bytes.NewReader(in), o), func(at record.Place, a *index.Article, _ *record.Fault) {
			if a != nil && (a.Title == "" && a.Body == "" || charset.Clean(a.Body) != a.Body || strings.Contains(a.Body, "\n\n\n")) {
				t.Fatalf("%+v", a)
			}
			if at.Line <= last {
				t.Fatalf("%+v after line %d", at, last)
			}
			last = at.Line
		})
	})
}

func FuzzEML(f *testing.F)  { fuzz(f, EML) }
func FuzzMBOX(f *testing.F) { fuzz(f, MBOX) }

func BenchmarkRead(b *testing.B) {
	raw, err := os.ReadFile(samples + "meridian-briefing.eml")
	if err != nil {
		b.Fatal(err)
	}
	raw = bytes.Repeat(append([]byte("From - Fri Mar 15 09:00:00 2024\r\n"), raw...), 200)
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		r := openMBOX(bytes.NewReader(raw), options)
		for n := 0; ; n++ {
			rec, err := r.Next()
			if err == io.EOF {
				if n != 200 {
					b.Fatal(n)
				}
				break
			} else if err != nil {
				b.Fatal(err)
			}
			if _, err := rec.Decode(); err != nil {
				b.Fatal(err)
			}
		}
	}
}
