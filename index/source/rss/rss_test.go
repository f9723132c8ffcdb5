package rss

import (
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"dateline/index"
	"dateline/index/source/record"
	"dateline/index/source/sourcetest"
)

// outcome reads a stream and prints each record as its title or, for a fault, as its reason, with its number.
func outcome(r record.Reader) string {
	return sourcetest.OutcomeOf(r, false, func(a *index.Article) string { return a.Title })
}

// item returns the article of an item of RSS.
func item(t *testing.T, inside string, o record.Options) index.Article {
	t.Helper()
	return only(t, `<rss><channel><title>World - Gazette</title><item>`+inside+`</item></channel></rss>`, o)
}

func entry(t *testing.T, inside string) index.Article {
	t.Helper()
	return only(t, `<feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title><entry>`+inside+`</entry></feed>`, record.Options{})
}

func only(t *testing.T, feed string, o record.Options) index.Article {
	t.Helper()
	o.Now = now
	articles, faults := sourcetest.All(t, Open(strings.NewReader(feed), o))
	if len(articles) != 1 || len(faults) != 0 {
		t.Fatalf("%s: %d articles, %v", feed, len(articles), faults)
	}
	return articles[0]
}

func TestTitles(t *testing.T) {
	for _, c := range []struct{ inside, want string }{
		{"<title>A &amp; B</title>", "A & B"},
		{"<title>A &amp;amp; B &amp;#8217;</title>", "A & B ’"},
		{"<title><![CDATA[A &amp; <b>B</b>]]></title>", "A & B"},
		{"<title>&lt;b&gt;A&lt;/b&gt; &lt; B</title>", "A < B"},
		{"<title>A <i>B</i> C</title>", "A B C"},
		{"<title>The &lt;item&gt; element</title>", "The <item> element"},
		{"<title>\n A\n\tB </title>", "A B"},
		{"<title>A</title><media:title>B</media:title>", "A"},
		{"<media:title>B</media:title>", "B"},
		{"<title></title><title>B</title>", "B"},
	} {
		if got := item(t, c.inside, record.Options{}).Title; got != c.want {
			t.Errorf("%s: %q, want %q", c.inside, got, c.want)
		}
	}
	for _, c := range []struct{ inside, want string }{
		{`<title type="text">A &lt;b> B</title>`, "A <b> B"},
		{`<title type="html">A &lt;b>B&lt;/b> &amp;amp; C</title>`, "A B & C"},
		{`<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>B</b> &lt;c></div></title>`, "A B <c>"},
		{`<title type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml">A<x:br/>B</x:div></title>`, "A B"},
		{`<title mode="base64">QSBC</title>`, "A B"},
	} {
		if got := entry(t, c.inside).Title; got != c.want {
			t.Errorf("%s: %q, want %q", c.inside, got, c.want)
		}
	}
}

var long = strings.Repeat("The quay was open again on Thursday, and ships came. ", 8)

func TestProse(t *testing.T) {
	for _, c := range []struct{ name, inside, lead, body string }{
		{"description", "<description>A.</description>", "A.", ""},
		{"content", "<content:encoded>&lt;p&gt;A.&lt;p&gt;B.</content:encoded>", "", "A.\n\nB."},
		{"both", "<description>A.</description><content:encoded>B.</content:encoded>", "A.", "B."},
		{"the same twice", "<description>&lt;p&gt;A  b.&lt;/p&gt;</description><content:encoded>A b.</content:encoded>", "", "A b."},
		{"long description", "<description>&lt;p&gt;" + long + "&lt;/p&gt;&lt;p&gt;" + long + "</description>", "", strings.TrimSpace(long) + "\n\n" + strings.TrimSpace(long)},
		{"one paragraph", "<description>" + long + "</description>", strings.TrimSpace(long), ""},
		{"long teaser", "<description>&lt;p&gt;" + long + "&lt;/p&gt;&lt;p&gt;" + long + "Read more...</description>", strings.TrimSpace(long) + "\n\n" + long + "Read more...", ""},
		{"plain paragraphs", "<content:encoded>A\nb.\n\n  C.</content:encoded>", "", "A b.\n\nC."},
		{"two contents", "<content>A.</content><content:encoded>A longer one.</content:encoded>", "", "A longer one."},
		{"inline", "<description>A <b>b</b><br>c <p>d</description>", "A b\nc\n\nd", ""},
	} {
		a := item(t, "<title>T</title>"+c.inside, record.Options{})
		if a.Lead != c.lead || a.Body != c.body {
			t.Errorf("%s: lead %q, body %q", c.name, a.Lead, a.Body)
		}
	}
	if a := item(t, "<description>A post without a title.</description>", record.Options{}); a.Body != "A post without a title." || a.Lead != "" {
		t.Errorf("no title: %+v", a)
	}
	if a := entry(t, `<title>T</title><content type="image/png">QSBC</content><summary>S</summary>`); a.Body != "" || a.Lead != "S" || a.Extra["content"] == nil {
		t.Errorf("a picture: %+v", a)
	}
}

func TestLinks(t *testing.T) {
	site := record.Options{URL: "https://gazette.example/feeds/rss.xml"}
	for _, c := range []struct {
		inside  string
		o       record.Options
		url, id string
	}{
		{"<link>https://a.example/1</link>", record.Options{}, "https://a.example/1", "https://a.example/1"},
		{"<link>/1</link>", site, "https://gazette.example/1", "https://gazette.example/1"},
		{"<link>/1</link><guid isPermaLink='false'>x</guid>", record.Options{}, "", "x"},
		{"<guid>https://a.example/1</guid>", record.Options{}, "https://a.example/1", "https://a.example/1"},
		{"<guid isPermaLink='false'>https://a.example/1</guid>", record.Options{}, "", "https://a.example/1"},
		{"<link>http://feedproxy.google.com/x</link><feedburner:origLink>https://a.example/1</feedburner:origLink>", record.Options{}, "https://a.example/1", "https://a.example/1"},
		{"<atom:link rel='alternate' href='https://a.example/1'/>", record.Options{}, "https://a.example/1", "https://a.example/1"},
		{"<link>//a.example/1</link>", record.Options{}, "https://a.example/1", "https://a.example/1"},
		{"<link>https://a.example/x y</link>", record.Options{}, "https://a.example/x%20y", "https://a.example/x%20y"},
		{"<link>javascript:alert(1)</link>", record.Options{}, "", ""},
		{"<link>https://www.google.com/url?sa=t&amp;url=https%3A%2F%2Fa.example%2F1&amp;ct=ga</link>", record.Options{}, "https://a.example/1", "https://a.example/1"},
		{"<link xml:base='https://a.example/b/'>1</link>", site, "https://a.example/b/1", "https://a.example/b/1"},
	} {
		a := item(t, "<title>T</title>"+c.inside, c.o)
		if a.URL != c.url || a.ID != c.id {
			t.Errorf("%s: url %q, id %q", c.inside, a.URL, a.ID)
		}
	}
}

func TestSources(t *testing.T) {
	for _, c := range []struct{ inside, options, want string }{
		{"<link>https://www.gazette.example/1</link>", "", "gazette.example"},
		{"<link>https://www.gazette.example/1</link>", "The Gazette", "The Gazette"},
		{"<link>https://news.google.com/rss/articles/1</link><source url='https://www.reuters.com'>Reuters</source>", "Google", "Reuters"},
		{"<link>https://gazette.example/1</link><source url='https://gazette.example/rss'>World - Gazette</source>", "", "gazette.example"},
		{"<link>https://gazette.example/1</link><dc:publisher>The Gazette</dc:publisher>", "", "The Gazette"},
		{"<link>http://feeds.feedburner.com/1</link>", "", "feeds.feedburner.com"},
		{"", "", "World - Gazette"},
	} {
		if got := item(t, "<title>T</title>"+c.inside, record.Options{Source: c.options}).Source; got != c.want {
			t.Errorf("%s: %q, want %q", c.inside, got, c.want)
		}
	}
}

func TestAuthors(t *testing.T) {
	for _, c := range []struct {
		inside string
		want   []string
	}{
		{"<author>roe@a.example (Ann Roe)</author>", []string{"Ann Roe"}},
		{"<author>Ann Roe &lt;roe@a.example&gt;</author>", []string{"Ann Roe"}},
		{"<author>roe@a.example</author>", []string{"roe@a.example"}},
		{"<dc:creator>By Ann Roe and Bo Chan</dc:creator>", []string{"Ann Roe", "Bo Chan"}},
		{"<dc:creator>Ann Roe</dc:creator><dc:creator>Bo Chan</dc:creator>", []string{"Ann Roe", "Bo Chan"}},
		{"<dc:creator>Ann Roe</dc:creator><author>ann roe</author>", []string{"Ann Roe"}},
		{"<dc:creator>Roe, A. B.</dc:creator>", []string{"Roe, A. B."}},
		{"<dc:creator>Reuters</dc:creator>", nil},
		{"<media:credit role='author'>Ann Roe</media:credit>", []string{"Ann Roe"}},
		{"<media:credit role='photographer'>Ann Roe</media:credit>", nil},
		{"<itunes:author>Ann Roe</itunes:author><author>Bo Chan</author>", []string{"Bo Chan"}},
	} {
		if got := item(t, "<title>T</title>"+c.inside, record.Options{}).Authors; !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %q, want %q", c.inside, got, c.want)
		}
	}
	if a := item(t, "<title>T</title><dc:creator>Reuters</dc:creator>", record.Options{}); a.Agency != "Reuters" {
		t.Errorf("agency %q", a.Agency)
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct {
		inside, published, from string
		conflict                bool
	}{
		{"<pubDate>Thu, 14 Mar 2024 15:04:05 +0100</pubDate>", "2024-03-14T14:04:05Z", "item:pubDate", false},
		{"<dc:date>2024-03-14</dc:date>", "2024-03-14T00:00:00Z", "item:dc:date", false},
		{"<pubDate>Thu, 14 Mar 2024 15:04:05 EST</pubDate>", "2024-03-14T20:04:05Z", "item:pubDate", false},
		{"<dc:date>2024-03-10</dc:date><pubDate>Thu, 14 Mar 2024 15:04:05 GMT</pubDate>", "2024-03-14T15:04:05Z", "item:pubDate", false},
		{"<pubDate>Thu, 14 Mar 2024 15:04:05 GMT</pubDate><dcterms:issued>2024-03-10</dcterms:issued>", "2024-03-14T15:04:05Z", "item:pubDate", true},
		{"<pubDate>Thu, 14 Mar 2024 15:04:05 GMT</pubDate><dcterms:issued>2024-03</dcterms:issued>", "2024-03-14T15:04:05Z", "item:pubDate", false},
		{"<pubDate>soon</pubDate><dcterms:issued>2024-03-10</dcterms:issued>", "2024-03-10T00:00:00Z", "item:dcterms:issued", false},
		{"<atom:updated>2024-03-10T00:00:00Z</atom:updated>", "2024-03-10T00:00:00Z", "item:atom:updated", false},
		{"<pubDate> </pubDate>", "", "", false},
		{"<pubDate>None</pubDate>", "", "", false},
	} {
		a := item(t, "<title>T</title>"+c.inside, record.Options{})
		published := ""
		if !a.Published.IsZero() {
			published = a.Published.Format(time.RFC3339)
		}
		if published != c.published || a.DateFrom != c.from || (len(a.Flags) > 0) != c.conflict {
			t.Errorf("%s: %s from %s, flags %v", c.inside, published, a.DateFrom, a.Flags)
		}
	}
	for _, date := range []string{"0001-01-01", "2999-01-01", "2024-02-30", "soon"} {
		text := "<rss><channel><item><title>T</title><pubDate>" + date + "</pubDate></item></channel></rss>"
		if got := outcome(Open(strings.NewReader(text), record.Options{Now: now})); got != "1 !bad date" {
			t.Errorf("%s: %s", date, got)
		}
	}
}

func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		"<rss>": true, "<?xml version='1.0'?>\n<!-- <html> -->\n<rss version='2.0'>": true, "\ufeff \n<rss>": true,
		"<!DOCTYPE rss [<!ENTITY a '>'>]>\n<rss>": true, "<?xml-stylesheet href='x'?><rdf:RDF xmlns='http://purl.org/rss/1.0/'>": true,
		"<a:feed xmlns:a='http://www.w3.org/2005/Atom'>": true, "<feed><entry>": true, "Warning: x\n<rss><channel>": true,
		"<feed>": false, "<rdf:RDF>": false, "<html><body><rss><channel>": false, "<!DOCTYPE html><title>rss</title>": false,
		"An article about <rss> feeds.": false, "": false, "{": false, "<urlset>": false, "<nitf><feed>": false,
		`{"version": "https://jsonfeed.org/version/1", "items": []}`: true, `{"version":"https:\/\/jsonfeed.org\/version\/1.1"`: true,
		`{"title":"the \"version\": \"https://jsonfeed.org/version/1\" key"}`: false, `{"title":"x"}`: false,
		`{"version":"1.1","feed_url":"x","items":[]}`: true, `{"version":"1.1","items":[]}`: false,
	} {
		if Sniff([]byte(text), true) != want {
			t.Errorf("%q: sniffed %v", text, !want)
		}
	}
}

var streams = []struct{ name, text, want string }{
	{"nothing", "", ""},
	{"no items", "<rss><channel><title>x</title></channel></rss>", ""},
	{"items outside the channel", "<rdf:RDF><channel/><item><title>a</title></item></rdf:RDF>", "1 a"},
	{"an item of nothing", "<rss><item></item><item/><item><title>b</title></item></rss>", "1 !no text | 2 !no text | 3 b"},
	{"prefixes", "<r:RDF xmlns:q='http://purl.org/rss/1.0/'><q:item><q:title>a</q:title></q:item></r:RDF>", "1 a"},
	{"JSON", `{"version":"https://jsonfeed.org/version/1","items":[{"title":"a"},{"title":"b"}],"x":{"y":1}}`, "1 a | 2 b"},
	{"broken JSON", `{"items":[{"title":"a"},{"title":"b,"x":"y"},{"title":"c"},7,{"id":1},{"title":"d"}]}`, "1 a | 2 !bad syntax | 3 c | 4 !bad syntax | 5 !no text | 6 d"},
	{"cut JSON", `{"items":[{"title":"a"},{"title":"b`, "1 a | 2 !truncated"},
	{"JSON without items", `{"version":"https://jsonfeed.org/version/1","title":"x"}`, "1 !bad syntax"},
	{"items that are none", `{"items":{"a":[]},"x":1}`, "1 !bad syntax"},
	{"JSON of nothing", `{"items":[]}`, ""},
	{"too many elements", "<rss><item>" + strings.Repeat("<a/>", 100_001) + "</item><item><title>b</title></item></rss>", "1 !too large | 2 b"},
}

func TestStreams(t *testing.T) {
	for _, c := range streams {
		if got := outcome(Open(strings.NewReader(c.text), record.Options{})); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if len(c.text) > 1000 {
			continue
		}
		if got := outcome(Open(iotest.OneByteReader(strings.NewReader(c.text)), record.Options{})); got != c.want {
			t.Errorf("%s, byte by byte: %s, want %s", c.name, got, c.want)
		}
	}
}

// Items that are made to cost time or memory do not, however they are filled.
func TestHostileItems(t *testing.T) {
	for _, fill := range []string{"<a>", "<category>x%d</category>", "<link>x%d</link>", "<title>&lt;b&gt;</title>", "<dc:creator>a, b and c%d</dc:creator>",
		"<description>&lt;p&gt;", "<x xmlns:a%d='b'>", "&amp;lt;", "<pubDate>2024-01-01</pubDate>", "<content:encoded>a</content:encoded>", "&lt;b"} {
		var b strings.Builder
		b.WriteString("<rss><item><title>T</title><description>")
		for i := 0; b.Len() < 64<<10; i++ {
			b.WriteString(strings.ReplaceAll(fill, "%d", fmt.Sprint(i)))
		}
		b.WriteString("</item></rss>")
		if got := outcome(Open(strings.NewReader(b.String()), record.Options{})); !strings.HasPrefix(got, "1 ") {
			t.Errorf("%s: %.100s", fill, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, c := range streams {
		if len(c.text) < 1000 {
			f.Add(c.text)
		}
	}
	f.Add("<rss><channel><title>x</title><item><title>a</title><link>/1</link><pubDate>2024-01-01</pubDate><description>&lt;p&gt;x<b>y</description><wp:status>publish</wp:status></item>")
	f.Add(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a/"><entry><id>1</id><title type="html">a</title><content type="xhtml"><div>x</div></content></entry></feed>`)
	f.Fuzz(func(t *testing.T, text string) {
		Sniff([]byte(text), true)
		whole := outcome(Open(strings.NewReader(text), record.Options{MaxRecord: 500, Now: now}))
		if bytewise := outcome(Open(iotest.OneByteReader(strings.NewReader(text)), record.Options{MaxRecord: 500, Now: now})); bytewise != whole {
			t.Fatalf("byte by byte %s, whole %s", bytewise, whole)
		}
		if strings.HasPrefix(whole, "out of order") {
			t.Fatal(whole)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	one := `<item><title>Quay open &amp; busy</title><link>https://a.example/%d</link><guid isPermaLink="false">g%d</guid><pubDate>Thu, 14 Mar 2024 15:04:05 GMT</pubDate><dc:creator>Ann Roe</dc:creator><category>Port</category><description>` +
		long[:150] + `</description><content:encoded><![CDATA[` + strings.Repeat("<p>"+long+"</p>\n", 6) + `]]></content:encoded></item>`
	feed := `<rss version="2.0"><channel><title>x</title><link>https://a.example/</link>` + strings.Repeat(one, 2000) + `</channel></rss>`
	for _, decode := range []bool{false, true} {
		b.Run(map[bool]string{false: "cut", true: "articles"}[decode], func(b *testing.B) {
			b.SetBytes(int64(len(feed)))
			b.ReportAllocs()
			for b.Loop() {
				for r := Open(strings.NewReader(feed), record.Options{}); ; {
					rec, err := r.Next()
					if err == io.EOF {
						break
					}
					if decode {
						_, err = rec.Decode()
					}
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
