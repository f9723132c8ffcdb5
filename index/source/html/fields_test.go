package html

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/source/record"
)

// prose is a text that any page may have.
const prose = `<h1>Quay reopens</h1><p>The first ship since the storm made fast at the North Quay on Thursday morning, to the sound of horns.</p>
<p>Nobody had expected the divers to finish before the end of the month, least of all the divers.</p>`

// page wraps a head and a body, which may be "" for one without anything but prose.
func pageOf(head, body string) string {
	return `<!doctype html><html><head>` + head + `</head><body>` + body + prose + `</body></html>`
}

func ld(json string) string { return `<script type="application/ld+json">` + json + `</script>` }

var clock = func() time.Time { return time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC) }

// TestPublished has each place where a page may name its day of publication.
func TestPublished(t *testing.T) {
	for _, c := range []struct{ name, head, body, want, unit, from string }{
		{"json-ld", ld(`{"@type":"NewsArticle","datePublished":"2024-03-14T08:05:00+01:00"}`), "", "2024-03-14T07:05:00Z", "second", "json-ld:datePublished"},
		{"json-ld of a page", ld(`{"@type":"WebPage","datePublished":"2024-03-14"}`), "", "2024-03-14T00:00:00Z", "day", "json-ld:datePublished"},
		{"json-ld of a video", ld(`{"@type":"VideoObject","uploadDate":"2024-03-14"}`), "", "2024-03-14T00:00:00Z", "day", "json-ld:uploadDate"},
		{"created", ld(`{"@type":"NewsArticle","dateCreated":"2024-03-14"}`), "", "2024-03-14T00:00:00Z", "day", "json-ld:dateCreated"},
		{"opengraph", `<meta property="article:published_time" content="2024-03-14T07:05Z">`, "", "2024-03-14T07:05:00Z", "minute", "meta:article:published_time"},
		{"in a name", `<meta name="Article:Published_Time" content="2024-03-14">`, "", "2024-03-14T00:00:00Z", "day", "meta:article:published_time"},
		{"parsely", `<meta name="parsely-pub-date" content="2024-03-14T07:05:00Z">`, "", "2024-03-14T07:05:00Z", "second", "meta:parsely-pub-date"},
		{"sailthru", `<meta name="sailthru.date" content="Thu, 14 Mar 2024 07:05:00 +0000">`, "", "2024-03-14T07:05:00Z", "second", "meta:sailthru.date"},
		{"dublin core", `<meta name="DC.date.issued" content="2024-03-14">`, "", "2024-03-14T00:00:00Z", "day", "meta:dc.date.issued"},
		{"citation", `<meta name="citation_publication_date" content="2024/03/14">`, "", "2024-03-14T00:00:00Z", "day", "meta:citation_publication_date"},
		{"cxense", `<meta name="cXenseParse:recs:publishtime" content="2024-03-14T07:05:00Z">`, "", "2024-03-14T07:05:00Z", "second", "meta:cxenseparse:recs:publishtime"},
		{"date", `<meta name="date" content="14 March 2024">`, "", "2024-03-14T00:00:00Z", "day", "meta:date"},
		{"microdata", "", `<div itemscope itemtype="http://schema.org/NewsArticle"><meta itemprop="datePublished" content="2024-03-14"></div>`, "2024-03-14T00:00:00Z", "day", "microdata:datePublished"},
		{"microdata without an item", "", `<time itemprop="datePublished" datetime="2024-03-14">then</time>`, "2024-03-14T00:00:00Z", "day", "microdata:datepublished"},
		{"rdfa", "", `<span property="schema:datePublished" content="2024-03-14">then</span>`, "2024-03-14T00:00:00Z", "day", "rdfa:datepublished"},
		{"time", "", `<time pubdate datetime="2024-03-14T07:05Z">14 March</time>`, "2024-03-14T07:05:00Z", "minute", "time"},
		{"time without an attribute", "", `<time>14 March 2024</time>`, "2024-03-14T00:00:00Z", "day", "time"},
		{"class", "", `<div class="entry-date">Posted on March 14th, 2024 at 7:05 pm</div>`, "2024-03-14T19:05:00Z", "minute", "text:entry-date"},
		{"text", "", `<div>Published 14 March 2024, 10:00 CET</div>`, "2024-03-14T09:00:00Z", "minute", "text"},
		{"german", "", `<div>14. März 2024 | 10.30 Uhr</div>`, "2024-03-14T10:30:00Z", "minute", "text"},
		{"script", `<script>var page = {"publishedAt":"2024-03-14T07:05:00Z"}</script>`, "", "2024-03-14T07:05:00Z", "second", "script:publishedAt"},
		{"script with escapes", `<script>push("{\"publishDate\":\"2024-03-14\"}")</script>`, "", "2024-03-14T00:00:00Z", "day", "script:publishDate"},
		{"changed", `<meta property="article:modified_time" content="2024-03-14">`, "", "2024-03-14T00:00:00Z", "day", "meta:article:modified_time"},
		{"address", `<link rel="canonical" href="https://a.example/2024/03/14/quay">`, "", "2024-03-14T00:00:00Z", "day", "url"},
		{"address in one", `<link rel="canonical" href="https://a.example/news/20240314-quay">`, "", "2024-03-14T00:00:00Z", "day", "url"},
		{"address with a month's name", `<link rel="canonical" href="https://a.example/2024/mar/14/quay">`, "", "2024-03-14T00:00:00Z", "day", "url"},
		{"address bears a time out", `<link rel="canonical" href="https://a.example/2024/03/14/quay">`, `<time datetime="2023-01-01">x</time><time datetime="2024-03-14T07:05:00Z">y</time>`, "2024-03-14T07:05:00Z", "second", "time"},
		{"the zone that another says", ld(`{"@type":"NewsArticle","datePublished":"2024-03-14T17:05:00"}`) + `<meta property="article:published_time" content="2024-03-14T07:05:00Z">`, "", "2024-03-14T07:05:00Z", "second", "meta:article:published_time"},
		{"impossible before possible", ld(`{"@type":"NewsArticle","datePublished":"0001-01-01T00:00:00Z"}`) + `<meta name="date" content="2024-03-14">`, "", "2024-03-14T00:00:00Z", "day", "meta:date"},
		{"ahead only where nothing else is", ld(`{"@type":"NewsArticle","datePublished":"2031-01-01"}`) + `<meta name="date" content="2024-03-14">`, "", "2024-03-14T00:00:00Z", "day", "meta:date"},
		{"of a comment", "", `<div class="comments"><time datetime="2024-03-14">x</time></div>`, "", "", ""},
		{"of nothing", "", "<p>Call 2024 for help</p>", "", "", ""},
	} {
		a := read(t, pageOf(c.head, c.body), record.Options{Now: clock})
		got := ""
		if !a.Published.IsZero() {
			got = a.Published.Format(time.RFC3339)
		}
		if got != c.want || a.Precision != c.unit || a.DateFrom != c.from {
			t.Errorf("%s: %s %s %s", c.name, got, a.Precision, a.DateFrom)
		}
	}
}

// TestNeverRetrieved holds that the day on which a page was fetched, and today, are never the day of publication, and that a
// page cannot have been published after it was fetched.
func TestNeverRetrieved(t *testing.T) {
	fetched := time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)
	o := record.Options{URL: "https://a.example/x", Retrieved: fetched, Now: clock}
	if a := read(t, pageOf("", ""), o); !a.Published.IsZero() || a.DateFrom != "" {
		t.Errorf("%v from %s", a.Published, a.DateFrom)
	}
	a := read(t, pageOf(`<meta name="pubdate" content="2025-05-30"><meta name="date" content="2024-03-14">`, ""), o)
	if a.Day() != "2024-03-14" {
		t.Errorf("published %s, fetched %s", a.Day(), fetched)
	}
}

func TestDateConflict(t *testing.T) {
	for _, c := range []struct {
		name, head string
		conflict   bool
		extra      string
	}{
		{"agree", ld(`{"@type":"NewsArticle","datePublished":"2024-03-14T23:00:00Z"}`) + `<meta name="date" content="2024-03-15">`, false, ""},
		{"disagree", ld(`{"@type":"NewsArticle","datePublished":"2024-03-14"}`) + `<meta name="date" content="2024-03-20">`, true, `"2024-03-20"`},
		{"the address disagrees", `<link rel="canonical" href="https://a.example/2024/04/01/x"><meta name="date" content="2024-03-20">`, true, ""},
		{"created before", ld(`{"@type":"NewsArticle","datePublished":"2024-03-14","dateCreated":"2024-02-01"}`), false, ""},
		{"a month does not", `<link rel="canonical" href="https://a.example/2024/03/x-y"><meta name="date" content="2024-03-20">`, false, ""},
	} {
		a := read(t, pageOf(c.head, ""), record.Options{Now: clock})
		if slices.Contains(a.Flags, index.FlagDateConflict) != c.conflict {
			t.Errorf("%s: %v", c.name, a.Flags)
		}
		if c.extra != "" && string(a.Extra["date"]) != c.extra {
			t.Errorf("%s: kept %s", c.name, a.Extra["date"])
		}
	}
}

func TestUpdated(t *testing.T) {
	a := read(t, pageOf(ld(`{"@type":"Article","datePublished":"2024-03-14","dateModified":"2024-03-15T10:00:00+02:00"}`), ""), record.Options{Now: clock})
	if got := a.Updated.Format(time.RFC3339); got != "2024-03-15T08:00:00Z" {
		t.Error(got)
	}
	a = read(t, pageOf(`<meta property="article:modified_time" content="2055-01-01">`, ""), record.Options{Now: clock})
	if !a.Updated.IsZero() {
		t.Error(a.Updated)
	}
}

func TestTitle(t *testing.T) {
	for _, c := range []struct{ name, markup, want string }{
		{"heading", `<title>Quay reopens | Gazette</title><h1>Quay reopens</h1>`, "Quay reopens"},
		{"title element alone", `<title>Quay reopens</title><p>x</p>`, "Quay reopens"},
		{"site's name behind", `<meta property="og:site_name" content="The Gazette"><title>Quay reopens - The Gazette</title>`, "Quay reopens"},
		{"site's name before", `<meta property="og:site_name" content="The Gazette"><title>The Gazette: x</title><meta property="og:title" content="The Gazette | Quay reopens after storm">`, "Quay reopens after storm"},
		{"no site's name", `<title>Quay reopens - and shuts</title>`, "Quay reopens - and shuts"},
		{"site's address", `<link rel=canonical href="https://gazette.example/a/b"><title>Quay reopens | gazette.example</title>`, "Quay reopens"},
		{"json-ld", ld(`{"@type":"NewsArticle","headline":"Quay &amp; cranes\n reopen"}`) + `<h1>Home</h1>`, "Quay & cranes reopen"},
		{"cut short", ld(`{"@type":"NewsArticle","headline":"Quay reopens after a long …"}`) + `<meta property="og:title" content="Quay reopens after a long winter">`, "Quay reopens after a long winter"},
		{"the shorter one", ld(`{"@type":"NewsArticle","headline":"Storm: Quay reopens after a long winter"}`) + `<meta property="og:title" content="Quay reopens after a long winter">`, "Quay reopens after a long winter"},
		{"the editors' one", ld(`{"@type":"NewsArticle","headline":"Storm: Quay reopens after a long winter"}`) + `<meta property="og:title" content="Quay reopens after a long winter"><meta name="parsely-title" content="Storm: Quay reopens after a long winter">`, "Storm: Quay reopens after a long winter"},
		{"cut short in both", ld(`{"@type":"NewsArticle","headline":"Quay reopens after a…"}`) + `<meta property="og:title" content="Quay reopens..."><h1>Quay reopens after a long winter</h1>`, "Quay reopens after a long winter"},
		{"an ellipsis of its own", ld(`{"@type":"NewsArticle","headline":"And the ferry is…"}`) + `<h1>Home</h1>`, "And the ferry is…"},
		{"site's name before, of which nothing else tells", `<meta property="og:title" content="Kaap - Quay reopens after a long winter"><h1>Quay reopens after a long winter</h1>`, "Quay reopens after a long winter"},
		{"site's name behind in the data alone", `<meta property="og:site_name" content="The Gazette">` + ld(`{"@type":"NewsArticle","headline":"Quay reopens - The Gazette"}`), "Quay reopens"},
		{"a heading that the title element vouches for", `<meta property="og:title" content="Good news for the quay"><title>North Quay reopens after repairs | Gazette</title><h1>North Quay reopens after repairs</h1>`, "North Quay reopens after repairs"},
		{"a heading that the title for Twitter vouches for", `<meta property="og:title" content="Good news for the quay and for all who live on it"><meta name="twitter:title" content="North Quay reopens after repairs"><title>Quay news</title><h1>North Quay reopens after repairs</h1>`, "North Quay reopens after repairs"},
		{"a heading that nothing vouches for", `<meta property="og:title" content="Good news for the quay and for all who live on it"><title>Good news for the quay</title><h1>More about ports and shipping</h1>`, "Good news for the quay and for all who live on it"},
		{"the longest of the headings", `<title>North Quay reopens after repairs - Rotterdam Gazette</title><h1>Rotterdam Gazette</h1><h1>North Quay reopens after repairs</h1>`, "North Quay reopens after repairs"},
		{"a heading that leads to the front page", `<title>North Quay reopens after a winter of repairs_Ports_Rotterdam Gazette</title><a href="/"><h1>Rotterdam Gazette</h1></a>`, "North Quay reopens after a winter of repairs_Ports_Rotterdam Gazette"},
		{"a quotation mark that ends the attribute", `<meta property="og:title" content="Mayor calls quay "a disgrace""><h1>Mayor calls quay "a disgrace"</h1>`, `Mayor calls quay "a disgrace"`},
		{"microdata", `<div itemscope itemtype="https://schema.org/Article"><h2 itemprop="headline">Quay reopens</h2></div><h1>Ports</h1>`, "Quay reopens"},
		{"twitter", `<meta name="twitter:title" content="Quay reopens"><p>x</p>`, "Quay reopens"},
		{"a title of an image", `<svg><title>Logo</title></svg><title>Quay reopens</title>`, "Quay reopens"},
	} {
		if a := read(t, "<html>"+c.markup, record.Options{}); a.Title != c.want {
			t.Errorf("%s: %q", c.name, a.Title)
		}
	}
}

func TestAuthors(t *testing.T) {
	for _, c := range []struct {
		name, head, body string
		want             []string
	}{
		{"text", ld(`{"@type":"NewsArticle","author":"Ann Roe"}`), "", []string{"Ann Roe"}},
		{"object", ld(`{"@type":"NewsArticle","author":{"@type":"Person","name":"Ann Roe"}}`), "", []string{"Ann Roe"}},
		{"list", ld(`{"@type":"NewsArticle","author":[{"name":"Ann Roe"},{"name":["Bo Chan"]},"Cy Dee"]}`), "", []string{"Ann Roe", "Bo Chan", "Cy Dee"}},
		{"reference", ld(`{"@graph":[{"@id":"#a","@type":"Person","name":"Ann Roe"},{"@type":"NewsArticle","author":{"@id":"#a"}}]}`), "", []string{"Ann Roe"}},
		{"two in one", ld(`{"@type":"NewsArticle","author":"Ann Roe und Bo Chan"}`), "", []string{"Ann Roe", "Bo Chan"}},
		{"meta", `<meta name="author" content="By Ann Roe and Bo Chan">`, "", []string{"Ann Roe", "Bo Chan"}},
		{"no address", `<meta property="article:author" content="https://facebook.com/ann"><meta name="author" content="Ann Roe">`, "", []string{"Ann Roe"}},
		{"no mailbox", `<meta name="author" content="ann@a.example"><meta name="dc.creator" content="Ann Roe">`, "", []string{"Ann Roe"}},
		{"person before house", `<meta property="og:site_name" content="Gazette">` + ld(`{"@type":"NewsArticle","author":{"name":"Gazette"}}`), `<p class="byline">By Ann Roe</p>`, []string{"Ann Roe"}},
		{"house", `<meta property="og:site_name" content="Gazette"><meta name="author" content="Gazette">`, "", []string{"Gazette"}},
		{"microdata", "", `<div itemscope itemtype="http://schema.org/Article"><span itemprop=author itemscope itemtype="http://schema.org/Person"><b itemprop=name>Ann Roe</b></span></div>`, []string{"Ann Roe"}},
		{"link", "", `<a rel="author" href="/ann">Ann Roe</a>`, []string{"Ann Roe"}},
		{"byline with links", "", `<div class="article-byline">Words <a href="/a">Ann Roe</a>, <a href="/b">Bo Chan</a></div>`, []string{"Ann Roe", "Bo Chan"}},
		{"byline with a date", "", `<div class="byline">By Ann Roe | 14 March 2024</div>`, []string{"Ann Roe"}},
		{"none in a caption", "", `<div class="byline">Photo: Smit/Gazette</div>`, nil},
		{"desk", ld(`{"@type":"NewsArticle","author":"Ann Roe (ar)"}`), "", []string{"Ann Roe"}},
		{"junior", ld(`{"@type":"NewsArticle","author":"Max Moe, Jr."}`), "", []string{"Max Moe, Jr."}},
	} {
		if a := read(t, pageOf(c.head, c.body), record.Options{}); !reflect.DeepEqual(a.Authors, c.want) {
			t.Errorf("%s: %q", c.name, a.Authors)
		}
	}
	a := read(t, `<h1>Quay reopens</h1><p>Par Hélène Roy et Luc Fabre</p>`, record.Options{})
	if !reflect.DeepEqual(a.Authors, []string{"Hélène Roy", "Luc Fabre"}) {
		t.Errorf("a byline in the text: %q", a.Authors)
	}
}

// TestSignedByAgency holds that an agency that signs an article is the one it came from.
func TestSignedByAgency(t *testing.T) {
	a := read(t, pageOf(ld(`{"@type":"NewsArticle","author":["Ann Roe","Associated Press"]}`), ""), record.Options{})
	if a.Agency != "AP" || len(a.Authors) != 2 {
		t.Errorf("%q, %q", a.Agency, a.Authors)
	}
}

func TestAddress(t *testing.T) {
	for _, c := range []struct{ name, head, fetched, want string }{
		{"canonical", `<link rel=canonical href="https://a.example/x">`, "", "https://a.example/x"},
		{"canonical before where it was found", `<link rel=canonical href="https://a.example/x">`, "https://m.a.example/x?s=1", "https://a.example/x"},
		{"relative", `<link rel=canonical href="/x">`, "https://a.example/y?z=1", "https://a.example/x"},
		{"relative without a base", `<link rel=canonical href="/x">`, "", ""},
		{"base", `<base href="https://b.example/dir/"><link rel=canonical href="x">`, "", "https://b.example/dir/x"},
		{"home page is not the article", `<link rel=canonical href="https://a.example/">`, "https://a.example/x", "https://a.example/x"},
		{"home page, nothing known", `<link rel=canonical href="https://a.example/">`, "", ""},
		{"home page, then another", `<link rel=canonical href="https://a.example"><meta property="og:url" content="https://a.example/x">`, "", "https://a.example/x"},
		{"home page of itself", `<link rel=canonical href="https://a.example/">`, "https://a.example/", "https://a.example/"},
		{"section above", `<link rel=canonical href="https://a.example/news">`, "https://a.example/news/2024/quay-reopens", "https://a.example/news/2024/quay-reopens"},
		{"second page", `<link rel=canonical href="https://a.example/news/quay-reopens-after-storm">`, "https://a.example/news/quay-reopens-after-storm/2", "https://a.example/news/quay-reopens-after-storm"},
		{"opengraph", `<meta property="og:url" content="https://a.example/x">`, "", "https://a.example/x"},
		{"json-ld", ld(`{"@type":"NewsArticle","mainEntityOfPage":{"@id":"https://a.example/x"}}`), "", "https://a.example/x"},
		{"tracking", `<link rel=canonical href="https://a.example/x?utm_source=s&amp;id=7#top">`, "", "https://a.example/x?id=7"},
		{"no script", `<link rel=canonical href="javascript:alert(1)">`, "", ""},
		{"fetched", "", "https://a.example/x#top", "https://a.example/x"},
	} {
		a := read(t, pageOf(c.head, ""), record.Options{URL: c.fetched})
		if a.URL != c.want || a.ID != c.want {
			t.Errorf("%s: %q, id %q", c.name, a.URL, a.ID)
		}
	}
}

func TestSource(t *testing.T) {
	for _, c := range []struct{ name, head, fetched, given, want string }{
		{"opengraph", `<meta property="og:site_name" content="The Gazette">`, "https://a.example/x", "Mine", "The Gazette"},
		{"publisher", ld(`{"@type":"NewsArticle","publisher":{"@type":"Organization","name":"The Gazette"}}`), "", "", "The Gazette"},
		{"application", `<meta name="application-name" content="The Gazette">`, "", "", "The Gazette"},
		{"given", "", "https://a.example/x", "Mine", "Mine"},
		{"host", "", "https://www.a.example/x", "", "a.example"},
		{"title", `<title>Quay reopens | The Gazette</title>`, "", "", "The Gazette"},
		{"nothing", `<title>Quay reopens</title>`, "", "", ""},
	} {
		if a := read(t, pageOf(c.head, ""), record.Options{URL: c.fetched, Source: c.given}); a.Source != c.want {
			t.Errorf("%s: %q", c.name, a.Source)
		}
	}
}

func TestSubjects(t *testing.T) {
	a := read(t, `<html lang="en-GB"><head><meta name="description" content="A lead."><meta property="article:section" content="Ports"><meta name="keywords" content="quay, ports, Storm">`+
		ld(`{"@type":"NewsArticle","articleSection":["Ports","Weather"],"keywords":"Storm,Divers","description":"Another."}`)+`</head><body>`+prose, record.Options{})
	if a.Language != "en" || a.Section != "Ports" || a.Lead != "A lead." || strings.Join(a.Topics, "|") != "quay|Storm|Divers|Weather" {
		t.Errorf("%q %q %q %q", a.Language, a.Section, a.Lead, a.Topics)
	}
	for _, head := range []string{`<meta property="og:locale" content="de_AT">`, `<meta http-equiv="Content-Language" content="de">`, ld(`{"@type":"NewsArticle","inLanguage":"de-DE"}`)} {
		if a := read(t, pageOf(head, ""), record.Options{}); a.Language != "de" {
			t.Errorf("%s: %q", head, a.Language)
		}
	}
}

func TestEntities(t *testing.T) {
	a := read(t, pageOf(ld(`{"@type":"NewsArticle","about":{"@type":"Person","name":"Ann Roe"},"mentions":[{"@type":["Thing","Organization"],"name":"PSC"},{"@type":"Person","name":"ann roe"},{"@type":"Thing","name":"Rope"}],
		"contentLocation":{"@type":"City","name":"Rotterdam"}}`), ""), record.Options{})
	want := []index.Entity{{Type: index.Person, Name: "Ann Roe", Count: 1}, {Type: index.Org, Name: "PSC", Count: 1}, {Type: index.Place, Name: "Rotterdam", Count: 1}}
	if !reflect.DeepEqual(a.Entities, want) || !slices.Contains(a.Topics, "Rope") {
		t.Errorf("%+v, topics %q", a.Entities, a.Topics)
	}
}
