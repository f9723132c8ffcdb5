package nitf

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/source/record"
	"dateline/index/source/sourcetest"
)

func TestGolden(t *testing.T) {
	sourcetest.Golden(t, Format, sourcetest.Options(), "../../../testdata/articles/nitf/*.xml", "testdata/*.xml")
}

// document returns a document with a head, a body.head and a content.
func document(head, bodyHead, content string) string {
	return "<nitf><head>" + head + "</head><body><body.head>" + bodyHead + "</body.head><body.content>" + content +
		"</body.content></body></nitf>"
}

func docdata(inside string) string { return "<docdata>" + inside + "</docdata>" }

const text = "<p>The quay is open.</p>"

func TestStreams(t *testing.T) {
	a, b := document("<title>a</title>", "", text), document("<title>b</title>", "", text)
	for _, c := range []struct{ name, text, want string }{
		{"one", a, "1@1 a"},
		{"two", a + b, "1@1 a | 2@1 b"},
		{"documents", "<?xml version='1.0'?>\n" + a + "\n<?xml version='1.0'?>\n<!DOCTYPE nitf [<!ENTITY x 'y'>]>\n" + b, "1@2 a | 2@5 b"},
		{"prefix", strings.NewReplacer("<nitf>", "<n:nitf>", "</nitf>", "</n:nitf>").Replace(a), "1@1 a"},
		{"capitals", strings.ToUpper(a), "1@1 A"},
		{"no end", strings.TrimSuffix(a, "</nitf>") + "\n" + b, "1@1 !truncated | 2@2 b"},
		{"no end before a declaration", strings.TrimSuffix(a, "</nitf>") + "\n<?xml version='1.0'?>\n" + b, "1@1 !truncated | 2@3 b"},
		{"cut off", a + "\n" + b[:60], "1@1 a | 2@2 !truncated"},
		{"cut off in a tag", a + "\n<ni", "1@1 a"},
		{"end in a comment", strings.Replace(a, text, text+"<!-- </nitf> -->", 1), "1@1 a"},
		{"open comment", strings.Replace(a, text, text+"<!-- ", 1) + b, "1@1 a | 2@1 b"},
		{"end in CDATA", strings.Replace(a, text, "<p><![CDATA[</nitf> & <b>]]></p>", 1), "1@1 a"},
		{"wrapped", "<news>" + a + "\n" + b + "</news>", "1@1 a | 2@2 b"},
		{"empty", "<nitf/>", "1@1 !no text"},
		{"nothing", "", ""},
	} {
		if got := sourcetest.Outcome(Format.Open(strings.NewReader(c.text), sourcetest.Options())); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestTooLarge(t *testing.T) {
	o := sourcetest.Options()
	o.MaxRecord = 1000
	long := document("<title>a</title>", "", "<p>"+strings.Repeat("word ", 2000)+"</p>")
	comment := document("<title>a</title>", "", "<!--"+strings.Repeat("word ", 2000))
	short := document("<title>b</title>", "", text)
	for _, s := range []string{long, comment} {
		if got := sourcetest.Outcome(Format.Open(strings.NewReader(s+"\n"+short), o)); got != "1@1 !too large | 2@2 b" {
			t.Error(got)
		}
	}
}

var standings = []struct{ name, docdata, why string }{
	{"usable", `<docdata management-status="usable">`, ""},
	{"cancelled", `<docdata management-status="canceled">`, `cancelled: the status is "canceled"`},
	{"withheld", `<docdata management-status="withheld">`, `withheld: the status is "withheld"`},
	{"embargoed until", `<docdata management-status="embargoed"><date.release norm="20240701T000100Z"/>`,
		"embargoed: until 2024-07-01T00:01:00Z (date.release)"},
	{"embargo passed", `<docdata management-status="embargoed"><date.release norm="20240601T000100Z"/>`, ""},
	{"embargoed without end", `<docdata management-status="embargoed">`,
		"embargoed: the management-status is embargoed, and there is no date.release"},
	{"release to come", `<docdata><date.release norm="20240701T010000+0200"/>`, "embargoed: until 2024-06-30T23:00:00Z (date.release)"},
	{"release not filled in", `<docdata><date.release norm="YYYYMMDD000000-HHMM"/>`, ""},
	{"release unreadable", `<docdata><date.release norm="20249999"/>`, `embargoed: date.release: cannot read "20249999" as a date: there is no month 99`},
	{"bad date", `<docdata><date.issue norm="00010101"/>`, "bad date: date.issue: 0001-01-01 lies before the first newspapers (1600)"},
}

func TestStanding(t *testing.T) {
	for _, c := range standings {
		doc := document(c.docdata+"</docdata>", "<hedline><hl1>a</hl1></hedline>", text)
		if got := sourcetest.Why(t, Format, doc); got != c.why {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ name, docdata, pubdata, want string }{
		{"issue", `<date.issue norm="20200305T103000Z"/>`, "", "2020-03-05 10:30 second nitf:date.issue []"},
		{"zone", `<date.issue norm="20170102T222800-0500"/>`, "", "2017-01-03 03:28 second nitf:date.issue []"},
		{"day", `<date.issue norm="20170102"/>`, "", "2017-01-02 00:00 day nitf:date.issue []"},
		{"text", `<date.issue>2017-01-02</date.issue>`, "", "2017-01-02 00:00 day nitf:date.issue []"},
		{"release", `<date.release norm="20170102T120000Z"/>`, "", "2017-01-02 12:00 second nitf:date.release []"},
		{"printed", "", `<pubdata date.publication="20070101T060000"/>`, "2007-01-01 06:00 second nitf:date.publication []"},
		{"pattern", `<date.issue norm="YYYYMMDD"/>`, `<pubdata date.publication="20070101"/>`, "2007-01-01 00:00 day nitf:date.publication []"},
		{"unreadable first", `<date.issue norm="20071301"/>`, `<pubdata date.publication="20070101"/>`, "2007-01-01 00:00 day nitf:date.publication []"},
		{"conflict", `<date.issue norm="20070105"/>`, `<pubdata date.publication="20070101"/>`, "2007-01-05 00:00 day nitf:date.issue [date-conflict]"},
		{"next day", `<date.issue norm="20070101T220000Z"/>`, `<pubdata date.publication="20070102"/>`, "2007-01-01 22:00 second nitf:date.issue []"},
		{"midnight", "", `<pubdata date.publication="20070101T000000"/>`, "2007-01-01 00:00 day nitf:date.publication []"},
		{"none", "", "", "0001-01-01 00:00   []"},
	} {
		a := sourcetest.One(t, Format, document(docdata(c.docdata)+c.pubdata, "", text))
		if got := fmt.Sprint(a.Published.Format("2006-01-02 15:04"), " ", a.Precision, " ", a.DateFrom, " ", a.Flags); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func TestBodies(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"paragraphs", "<p>One.</p>\n <p>\n  Two\n  words.</p><p/>", "One.|Two words."},
		{"block", "<block><p>One.</p><hl2>Head</hl2><p>Two.</p></block>", "One.|Head|Two."},
		{"caption", `<p>One.</p><media media-type="image"><media-caption>Not this.</media-caption></media>`, "One."},
		{"list", "<ul><li>One</li><li>Two</li></ul>", "One|Two"},
		{"table", "<table><tr><th>A</th><th>B</th></tr><tr><td><p>1</p></td><td>2</td></tr></table>", "A B\n1 2"},
		{"nested table", "<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table><p>x</p>", "1|x"},
		{"lines", "<p>Roses are red,<br/>violets are blue.</p>", "Roses are red,\nviolets are blue."},
		{"wire lines", "<p>" + strings.Repeat("word ", 12) + "\n<br/>" + strings.Repeat("word ", 13) + "<br/>end.</p>", strings.Repeat("word ", 25) + "end."},
		{"preformatted", "<pre>Mexico v Panama\nGoals: none\n\nReferee: X</pre>", "Mexico v Panama\nGoals: none|Referee: X"},
		{"columns", "<p>Results\nAdana    2 Kasim   0\nBesik    5 Konya   1\n</p>", "Results\nAdana 2 Kasim 0\nBesik 5 Konya 1"},
		{"entities", "<p>caf&eacute; &amp;quot;x&amp;quot; &unknown; AT&T &#8220;y&#8221;&#0;</p>", "café \"x\" &unknown; AT&T “y”\ufffd"},
		{"inline", "<p>The <org>Port Authority</org><em>’s</em> quay.</p>", "The Port Authority’s quay."},
		{"loose text", "One\nline.\n\nTwo.", "One line.|Two."},
		{"data", "<block><byline>By A B</byline><copyrite>(c)</copyrite><p>One.</p></block>", "One."},
		{"unclosed", "<p>One.<p>Two.<b>Three.", "One.|Two.Three."},
		{"lone bracket", "<p>3 < 4 and 5 <6</p>", "3 < 4 and 5 <6"},
		{"full text", `<block class="lead_paragraph"><p>One.</p></block><block class="full_text"><p>One.</p><p>Two.</p></block>`, "One.|Two."},
		{"quotation", "<p>One.</p><bq><block><p>Two.</p></block><credit>X</credit></bq>", "One.|Two.|X"},
	} {
		a := sourcetest.One(t, Format, document("<title>t</title>", "", c.content))
		if got := strings.ReplaceAll(a.Body, "\n\n", "|"); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func TestHeads(t *testing.T) {
	a := sourcetest.One(t, Format, document(docdata(`<identified-content><person>Doe, Jane Q.</person><person>ROE, RICHARD (SEN)</person>
		<org>ACME CORP<alt-code value="ACM"/></org><location>OSLO</location></identified-content>`),
		`<hedline><hl1>Head</hl1><hl2>SLUG WORDS</hl2></hedline><byline><person>Mia Roe and Jordan Press</person><byttl>The Canadian Press</byttl></byline>
		<byline>By staff</byline><dateline>Oslo<story.date norm="20200101"/></dateline><abstract><media/></abstract><distributor>NTB</distributor>`, text))
	if !slices.Equal(a.Authors, []string{"Mia Roe", "Jordan Press"}) || a.Agency != "Canadian Press" || a.Dateline != "Oslo" || a.Lead != "" {
		t.Errorf("%q %q %q %q", a.Authors, a.Agency, a.Dateline, a.Lead)
	}
	for typ, want := range map[string]string{index.Person: "Jane Q. Doe Richard Roe", index.Org: "Acme Corp", index.Place: "Oslo"} {
		if got := strings.Join(a.Names(typ), " "); got != want {
			t.Errorf("%s: %s", typ, got)
		}
	}
	if string(a.Extra["hl2"]) != `"SLUG WORDS"` || string(a.Extra["byttl"]) != `"The Canadian Press"` {
		t.Errorf("%s", a.Extra)
	}
}

// A document type that doubles its entities again and again does not grow.
func TestEntitiesAreNotExpanded(t *testing.T) {
	bomb := `<!DOCTYPE nitf [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>` + document("<title>t</title>", "", "<p>&c;</p>")
	if a := sourcetest.One(t, Format, bomb); a.Body != "&c;" {
		t.Error(a.Body)
	}
}

func TestDepthIsBounded(t *testing.T) {
	deep := document("<title>t</title>", "", strings.Repeat("<b>", 200_000)+"x"+strings.Repeat("</b>", 200_000))
	if a := sourcetest.One(t, Format, deep); a.Body != "x" {
		t.Errorf("%.50q", a.Body)
	}
}

func TestShared(t *testing.T) {
	read := map[string]string{"aap-sports.xml": "", "ap_media_text_nitf.xml": "", "efe_nitf.xml": "", "pa2.xml": "", "pa3.xml": "",
		"handle_invalid_fields.xml": "", "nitf-ntb.xml": ""}
	sourcetest.SharedFormat(t, "superdesk_wire", func(name string, raw []byte) {
		text := sourcetest.Text(t, raw)
		if !Format.Sniff(text[:min(len(text), record.SniffLen)], true) {
			return
		}
		sourcetest.Each(t, Format.Open(bytes.NewReader(text), sourcetest.Options()), func(at record.Place, a *index.Article, fault *record.Fault) {
			if _, known := read[filepath.Base(name)]; !known || fault != nil {
				t.Errorf("%s: %v", name, fault)
				return
			}
			delete(read, filepath.Base(name))
			if err := sourcetest.Check(a); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if a.Published.IsZero() || a.Body == "" || a.Title == "" {
				t.Errorf("%s: %q of %v", name, a.Title, a.Published)
			}
		})
	})
	if len(read) > 0 {
		t.Errorf("not read: %v", read)
	}
}

func FuzzNITF(f *testing.F) {
	files, _ := filepath.Glob("../../../testdata/articles/nitf/*.xml")
	own, _ := filepath.Glob("testdata/*.xml")
	for _, file := range append(files, own...) {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte("<nitf><!--<nitf a='><![CDATA[</nitf>"))
	f.Fuzz(func(t *testing.T, text []byte) { sourcetest.Fuzz(t, Format, text) })
}

func BenchmarkNITF(b *testing.B) {
	text, err := os.ReadFile("../../../testdata/articles/nitf/quay.xml")
	if err != nil {
		b.Fatal(err)
	}
	sourcetest.Bench(b, Format, bytes.Repeat(text, 1000))
}
