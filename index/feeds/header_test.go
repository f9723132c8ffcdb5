package feeds

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestHeader(t *testing.T) {
	for _, c := range []struct {
		body string
		want header
	}{
		{`<?xml version="1.0"?><rss><channel><title>The Quay &amp; Tide</title><ttl> 90 </ttl><item><title>No</title>`, header{feed: true, title: "The Quay & Tide", hint: 90 * time.Minute}},
		{`<rss><channel><title><![CDATA[The <b>Quay</b>]]></title><sy:updatePeriod>
			hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency></channel></rss>`, header{feed: true, title: "The <b>Quay</b>", hint: 30 * time.Minute}},
		{`<rss><channel><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency><ttl>-5</ttl></channel></rss>`, header{feed: true, hint: 24 * time.Hour}},
		{`<rdf:RDF><channel rdf:about="x"><title>Tide</title><items><rdf:Seq/></items></channel><item><title>x</title><ttl>9</ttl></item></rdf:RDF>`, header{feed: true, title: "Tide"}},
		{`<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">Gazette</title><entry><ttl>60</ttl></entry></feed>`, header{feed: true, title: "Gazette"}},
		{`<!-- a comment --><ttl>9999999999</ttl><rss>`, header{feed: true, hint: 7 * 24 * time.Hour}},
		{`<!DOCTYPE html><html><head><title>Page</title><link rel=alternate type="application/rss+xml" href=/feed></head>`, header{page: true}},
		{items(1, 2), header{feed: true}}, {"just some prose", header{}}, {"", header{}}, {"\x00\x01\x02", header{}},
	} {
		if got := readHeader([]byte(c.body)); got != c.want {
			t.Errorf("%.80q: %+v, want %+v", c.body, got, c.want)
		}
	}
}

func TestNamed(t *testing.T) {
	page := `<html><head><link rel="stylesheet" type="text/css" href="a.css"><link rel="alternate" hreflang="de" href="/de">
<link rel="ALTERNATE home" type="application/rss+xml; charset=utf-8" title="Comments" href="/comments/feed"><LINK REL='alternate' TYPE=application/atom+xml HREF=' ../atom.xml#x '/>
<link rel=alternate type=application/feed+json href="https://other.example.org/feed.json"><link rel=alternate type=application/rss+xml href=""><link rel=feed href="?feed=rss2">
<link rel=alternate type=application/rss+xml href="../atom.xml#x"><link rel=alternate type=application/rss+xml href="http://%zz/">`
	want := []string{"https://news.example.com/atom.xml#x", "https://other.example.org/feed.json", "https://news.example.com/a/b?feed=rss2", "https://news.example.com/comments/feed"}
	if got := named([]byte(page), "https://news.example.com/a/b"); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	based := `<base href="https://cdn.example.com/x/"><link rel=alternate type=application/rss+xml href=feed>`
	if got := named([]byte(based), "https://news.example.com/"); !slices.Equal(got, []string{"https://cdn.example.com/x/feed"}) {
		t.Errorf("%q", got)
	}
	if got := named([]byte(strings.Repeat(`<link rel=feed href=a>`, 9)+strings.Repeat("<link rel=feed href=b>", 9)), "https://x.example.com/"); len(got) != 2 {
		t.Errorf("%q", got)
	}
}

// TestAdd: the address of a feed, of a page that names one, of a page that names none, of nothing.
func TestAdd(t *testing.T) {
	w := newWorld()
	k := keeper(t, t.TempDir(), nil, w, Options{})
	w.says(quay, `<rss><channel><title>The Quay</title></channel></rss>`)
	w.says("https://quay.example.com/", `<html><head><link rel=alternate type="application/rss+xml" href="/gone"><link rel=alternate type="application/rss+xml" href="/feed"><link rel=alternate type="application/atom+xml" href="/atom"></head></html>`)
	w.says("https://bare.example.com/", "<html><body>Nothing here</body></html>")
	w.says("https://prose.example.com/", "Just a note.")
	w.says("https://bad.example.com/", `<html><link rel=feed href="file:///etc/passwd"><link rel=feed href="http://bad.example.com/missing">`)
	added, err := k.Add(t.Context(), Wanted{URL: "quay.example.com"})
	if err != nil || added.Feed.URL != quay || added.Page != "https://quay.example.com/" || added.Known || added.Feed.Title != "The Quay" ||
		!slices.Equal(added.Others, []string{"https://quay.example.com/gone", "https://quay.example.com/atom"}) {
		t.Errorf("%+v, %v", added, err)
	}
	for _, again := range []string{quay, "https://quay.example.com/#top"} {
		if added, err := k.Add(t.Context(), Wanted{URL: again}); err != nil || !added.Known || added.Feed.URL != quay {
			t.Errorf("%s: %+v, %v", again, added, err)
		}
	}
	for url, want := range map[string]string{
		"https://bare.example.com/": "names no feed", "https://prose.example.com/": "neither a feed nor a page", "https://none.example.com/": "404",
		"file:///etc/passwd": "no address of the web", "": "no address of the web", "/etc/passwd": "no address of the web", "https://bad.example.com/": "404",
		"mailto:a@b": "no address of the web", "http://": "no address of the web",
	} {
		var wrong *Error
		if _, err := k.Add(t.Context(), Wanted{URL: url}); !errors.As(err, &wrong) || !strings.Contains(wrong.Detail, want) {
			t.Errorf("%s: %v", url, err)
		}
	}
	if n := len(k.list.all()); n != 1 {
		t.Errorf("%d feeds", n)
	}
}

func TestDecoded(t *testing.T) {
	latin := []byte("<rss><channel><title>Gr\xfc\xdfe</title></channel></rss>")
	if got := readHeader(inUTF8(decoded(latin, "text/xml; charset=iso-8859-1"))).title; got != "Grüße" {
		t.Errorf("%q", got)
	}
	own := []byte("<?xml version='1.0' encoding='iso-8859-1'?>" + string(latin))
	if got := readHeader(inUTF8(decoded(own, "text/xml; charset=utf-8"))).title; got != "Grüße" {
		t.Errorf("%q", got)
	}
}

const reader = `<?xml version="1.0" encoding="UTF-8"?><opml version="1.1"><head><title>Mine</title></head><body>
<outline text="Ports"><outline text="Quay" type="rss" xmlUrl="https://quay.example.com/feed" htmlUrl="https://quay.example.com/"/>
<outline title="Tide &lt;b&gt;" text="x" xmlURL=" https://tide.example.com/feed "/><outline text="again" xmlUrl="https://quay.example.com/feed"/></outline>
<outline text="A folder"/></body></opml>`

func TestOPML(t *testing.T) {
	got, err := ReadOPML(strings.NewReader(reader))
	if want := []Wanted{{URL: quay, Title: "Quay"}, {URL: "https://tide.example.com/feed", Title: "Tide <b>"}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	feeds := []Feed{{URL: quay, Title: `A "title" & <more>`, Source: "Quay & Co", FullText: true}, {URL: "https://tide.example.com/?a=1&b=2"}}
	var b bytes.Buffer
	must(t, WriteOPML(&b, feeds))
	got, err = ReadOPML(&b)
	if want := []Wanted{{feeds[0].URL, feeds[0].Title, feeds[0].Source, true}, {URL: feeds[1].URL, Title: feeds[1].URL}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	b.Reset()
	must(t, WriteOPML(&b, nil))
	if got, err := ReadOPML(&b); err != nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
}

func TestHostileOPML(t *testing.T) {
	laughs := `<!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline xmlUrl="https://q.example.com/" text="&b;&x;"/></body></opml>`
	if got, err := ReadOPML(strings.NewReader(laughs)); err == nil && strings.Contains(got[0].Title, "ha") {
		t.Errorf("%+v", got)
	}
	for name, text := range map[string]string{
		"empty": "", "prose": "just a note", "rss": "<rss/>", "broken": "<opml><body><outline", "deep": "<opml>" + strings.Repeat("<outline>", 100),
		"many": "<opml>" + strings.Repeat("<outline/>", maxOutlines+1) + "</opml>", "large": "<opml>" + strings.Repeat(" ", MaxOPML) + "</opml>",
	} {
		if got, err := ReadOPML(strings.NewReader(text)); err == nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func FuzzOPML(f *testing.F) {
	f.Add(reader)
	f.Add(`<opml xmlns:dateline="urn:dateline:feeds"><outline xmlUrl="a" dateline:source="b" dateline:fullText="true"/></opml>`)
	f.Fuzz(func(t *testing.T, text string) {
		list, err := ReadOPML(strings.NewReader(text))
		if err != nil {
			return
		}
		var feeds []Feed
		for _, w := range list {
			feeds = append(feeds, Feed{URL: w.URL, Title: w.Title, Source: w.Source, FullText: w.FullText})
		}
		var b bytes.Buffer
		must(t, WriteOPML(&b, feeds))
		again, err := ReadOPML(&b)
		if err != nil || len(again) != len(list) {
			t.Errorf("%v, %d of %d", err, len(again), len(list))
		}
	})
}

// FuzzHeader: whatever an address answers, its header is read in bounded time, and what it names are addresses.
func FuzzHeader(f *testing.F) {
	f.Add(`<rss><channel><title>The Quay</title><ttl>90</ttl><item>`)
	f.Add(`<html><link rel=alternate type=application/rss+xml href=/feed><base href=x>`)
	f.Add(items(1, 1))
	f.Fuzz(func(t *testing.T, body string) {
		h := readHeader(inUTF8([]byte(body)))
		if h.feed && h.page || h.hint < 0 || strings.ContainsAny(h.title, "\n\r\x00") || len([]rune(h.title)) > 201 {
			t.Errorf("%+v", h)
		}
		if n := len(named([]byte(body), "https://news.example.com/")); n > maxNamed {
			t.Errorf("%d feeds", n)
		}
	})
}
