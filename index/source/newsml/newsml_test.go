package newsml

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/source/element"
	"dateline/index/source/record"
	"dateline/index/source/sourcetest"
)

func TestGolden(t *testing.T) {
	sourcetest.Golden(t, Format, sourcetest.Options(), "../../../testdata/articles/newsml/*.xml", "testdata/*.xml")
}

func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		"<newsMessage/>": true, "<?xml version='1.0'?>\n<!-- x -->\n<NewsML Version='1.2'>": true, "\ufeff<ns0:newsItem guid='x'>": true,
		"<packageItem>": true, "<!DOCTYPE NewsML PUBLIC 'x' [<!ENTITY a 'b>'>]><NewsML>": true,
		"<nitf/>": false, "<rss/>": false, "<contentMeta/>": false, "newsItem": false, "": false, "<!-- <newsItem": false,
	} {
		if sniff([]byte(text), true) != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
}

// newsItem returns an item of NewsML-G2.
func newsItem(itemMeta, contentMeta, contentSet string) string {
	return `<newsItem guid="g" version="2" xml:lang="en"><itemMeta>` + itemMeta + `</itemMeta><contentMeta>` + contentMeta +
		`</contentMeta><contentSet>` + contentSet + `</contentSet></newsItem>`
}

const (
	headline = "<headline>Head</headline>"
	body     = "<inlineXML><html><body><p>The quay is open.</p></body></html></inlineXML>"
)

func TestStreams(t *testing.T) {
	one := newsItem("", headline, body)
	message := "<newsMessage><header><sender>s</sender></header><itemSet>" + one + "\n" + one + "</itemSet></newsMessage>"
	for _, c := range []struct{ name, text, want string }{
		{"item", one, "1@1 Head"},
		{"message", message, "1@1 Head | 2@2 Head"},
		{"messages", message + "\n<?xml version='1.0'?>\n" + message, "1@1 Head | 2@2 Head | 3@4 Head | 4@5 Head"},
		{"no end", strings.TrimSuffix(one, "</newsItem>") + "\n" + one, "1@1 !truncated | 2@2 Head"},
		{"no end before a message", strings.TrimSuffix(one, "</newsItem>") + "\n" + message, "1@1 !truncated | 2@2 Head | 3@3 Head"},
		{"cut off", one + "\n" + one[:80], "1@1 Head | 2@2 !truncated"},
		{"package", "<newsMessage>\n<packageItem guid='p'><groupSet/></packageItem>" + one + "</newsMessage>", "1@2 !not news | 2@2 Head"},
		{"concept", "<conceptItem/>", "1@1 !not news"},
		{"knowledge", "<knowledgeItem></knowledgeItem>", "1@1 !not news"},
		{"plan", "<planningItem></planningItem>", "1@1 !not news"},
		{"nested", "<NewsML><NewsItem><NewsComponent><NewsItem><NewsComponent><NewsLines><HeadLine>in</HeadLine></NewsLines></NewsComponent></NewsItem>" +
			"</NewsComponent></NewsItem></NewsML>", "1@1 in"},
		{"topics", "<NewsML><NewsItem><Identification/><TopicSet/></NewsItem></NewsML>", "1@1 !not news"},
		{"empty item", "<newsItem/>", "1@1 !no text"},
		{"empty message", "<newsMessage><itemSet/></newsMessage>", ""},
	} {
		if got := sourcetest.Outcome(Format.Open(strings.NewReader(c.text), sourcetest.Options())); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestStanding(t *testing.T) {
	for _, c := range []struct{ name, meta, why string }{
		{"usable", `<pubStatus qcode="stat:usable"/>`, ""},
		{"cancelled", `<pubStatus qcode="stat:canceled"/>`, `cancelled: the status is "stat:canceled"`},
		{"by address", `<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>`,
			`cancelled: the status is "http://cv.iptc.org/newscodes/pubstatusg2/canceled"`},
		{"withheld", `<pubStatus qcode="stat:withheld"/>`, `withheld: the status is "stat:withheld"`},
		{"to come", "<embargoed>2024-07-23T12:00:00Z</embargoed>", "embargoed: until 2024-07-23T12:00:00Z (embargoed)"},
		{"passed", "<embargoed>2018-10-23T12:00:00Z</embargoed>", ""},
		{"empty", "<embargoed/>", ""},
		{"empty, but meant", "<embargoed/><edNote>Embargoed until the minister speaks</edNote>",
			`embargoed: without a time; the note to editors says "Embargoed until the minister speaks"`},
	} {
		if got := sourcetest.Why(t, Format, newsItem(c.meta, headline, body)); got != c.why {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func TestStandingOfVersion1(t *testing.T) {
	for status, why := range map[string]string{
		`<Status FormalName="Usable"/>`:   "",
		`<Status FormalName="Canceled"/>`: `cancelled: the status is "Canceled"`,
		`<Status FormalName="Withheld"/>`: `withheld: the status is "Withheld"`,
		`<Status FormalName="Embargoed"/><StatusWillChange><FutureStatus FormalName="Usable"/><DateAndTime>20240701T000000Z</DateAndTime></StatusWillChange>`: "embargoed: until 2024-07-01T00:00:00Z (StatusWillChange)",
		`<Status FormalName="Embargoed"/><StatusWillChange><FutureStatus FormalName="Usable"/><DateAndTime>20240601T000000Z</DateAndTime></StatusWillChange>`: "",
		`<Status FormalName="Embargoed"/>`: "embargoed: the status is embargoed, and nothing says until when",
	} {
		text := "<NewsML><NewsItem><NewsManagement>" + status + "</NewsManagement><NewsComponent><NewsLines><HeadLine>h</HeadLine></NewsLines></NewsComponent></NewsItem></NewsML>"
		if got := sourcetest.Why(t, Format, text); got != why {
			t.Errorf("%s: %s", status, got)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ name, item, content, want string }{
		{"first and version", "<firstCreated>2020-01-01T10:00:00Z</firstCreated><versionCreated>2020-01-05T10:00:00Z</versionCreated>", "",
			"2020-01-01 2020-01-05 newsml:firstCreated []"},
		{"only the version", "<versionCreated>2020-01-05T10:00:00Z</versionCreated>", "", "2020-01-05  newsml:versionCreated []"},
		{"content", "<firstCreated/><versionCreated>2020-01-05T10:00:00Z</versionCreated>", "<contentCreated>2020-01-04</contentCreated>",
			"2020-01-04 2020-01-05 newsml:contentCreated []"},
		{"two claims", "<firstCreated>2020-01-05T10:00:00Z</firstCreated>", "<contentCreated>2005-01-04</contentCreated>",
			"2020-01-05  newsml:firstCreated [date-conflict]"},
		{"version before", "<firstCreated>2020-01-05T10:00:00Z</firstCreated><versionCreated>2019-01-05T10:00:00Z</versionCreated>", "",
			"2020-01-05  newsml:firstCreated [date-conflict]"},
		{"blanks", "<versionCreated>\n 2018-10-18T13:45:00Z\n</versionCreated>", "", "2018-10-18  newsml:versionCreated []"},
	} {
		a := sourcetest.One(t, Format, newsItem(c.item, headline+c.content, body))
		updated := ""
		if !a.Updated.IsZero() {
			updated = a.Updated.Format("2006-01-02")
		}
		if got := fmt.Sprint(a.Day(), " ", updated, " ", a.DateFrom, " ", a.Flags); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func TestContents(t *testing.T) {
	for _, c := range []struct{ name, set, want string }{
		{"XHTML", body, "The quay is open."},
		{"page", "<inlineXML><html><head><title>x</title></head><body><header><p>Slug</p></header><section><p>A.</p></section></body></html></inlineXML>", "A."},
		{"NITF", "<inlineXML><nitf><body><body.content><p>A.</p></body.content></body></nitf></inlineXML>", "A."},
		{"escaped", `<inlineData contenttype="text/html">&lt;p&gt;A &amp;amp; B.&lt;/p&gt;&lt;p&gt;C.&lt;/p&gt;</inlineData>`, "A & B.|C."},
		{"CDATA", `<inlineData contenttype="text/html"><![CDATA[<p>A.</p><p>B.</p>]]></inlineData>`, "A.|B."},
		{"plain", `<inlineData contenttype="text/plain">A
b.

C &lt; d.</inlineData>`, "A\nb.|C < d."},
		{"base64", `<inlineData contenttype="image/png" encoding="base64">aGVsbG8=</inlineData>` + body, "The quay is open."},
		{"other languages", `<inlineXML xml:lang="de"><p>Der Kai.</p></inlineXML><inlineXML xml:lang="en-GB"><p>The quay.</p></inlineXML>`, "The quay."},
		{"heading", "<inlineXML><html><body><h1>Head</h1><p>A.</p></body></html></inlineXML>", "A."},
		{"results", "<inlineXML><sports-content><name>X</name></sports-content></inlineXML>", ""},
		{"remote", `<remoteContent href="x.jpg"/>`, ""},
	} {
		a := sourcetest.One(t, Format, newsItem("", headline, c.set))
		if got := strings.ReplaceAll(a.Body, "\n\n", "|"); got != c.want || (got == "") != (len(a.Flags) == 1) {
			t.Errorf("%s: %q %v", c.name, got, a.Flags)
		}
	}
}

func TestSubjects(t *testing.T) {
	a := sourcetest.One(t, Format, newsItem("", headline+`
		<subject type="cpnat:person"><name xml:lang="fr">Jeanne</name><name xml:lang="en">Jane Doe</name></subject>
		<subject type="spct:team" qcode="t:1"><name>Anstead Rovers</name></subject>
		<subject typeuri="http://cv.iptc.org/newscodes/cpnature/geoArea"><name>Rotterdam</name></subject>
		<subject type="cpnat:event"><name>Storm Ragna</name></subject>
		<subject qcode="N2:OIL"/>
		<keyword>quay</keyword><keyword>QUAY</keyword>`, body))
	got := fmt.Sprint(a.Names(index.Person), a.Names(index.Org), a.Names(index.Place), a.Topics)
	if got != "[Jane Doe] [Anstead Rovers] [Rotterdam] [Storm Ragna quay]" {
		t.Error(got)
	}
	if !strings.Contains(string(a.Extra["subject"]), "N2:OIL") {
		t.Errorf("%s", a.Extra["subject"])
	}
}

func TestMakers(t *testing.T) {
	for _, c := range []struct{ meta, authors, agency string }{
		{`<by>By Ann Lee</by><creator><name>Bo Chan</name></creator>`, "[Ann Lee]", ""},
		{`<creator><name>Bo Chan</name></creator>`, "[Bo Chan]", ""},
		{`<creator literal="Reuters"/>`, "[]", "Reuters"},
		{`<creator literal="VR-COM"/>`, "[]", ""},
		{`<creator><name>Zweites Fernsehen</name><organisationDetails/></creator>`, "[]", ""},
		{`<creator role="crol:photographer"><name>Bo Chan</name></creator>`, "[]", ""},
		{`<contributor role="ctrol:descrWriter"><name>Bo Chan</name></contributor>`, "[]", ""},
		{`<contributor role="ctrol:reporter"><name>Bo Chan</name></contributor>`, "[Bo Chan]", ""},
		{`<infoSource literal="dpa"/>`, "[]", "dpa"},
	} {
		a := sourcetest.One(t, Format, newsItem("", headline+c.meta, body))
		if fmt.Sprint(a.Authors) != c.authors || a.Agency != c.agency {
			t.Errorf("%s: %q %q", c.meta, a.Authors, a.Agency)
		}
	}
}

// What comes of the shared files: how many articles and faults by reason. Each was looked at.
var shared = map[string]string{
	"LISTING_10_Abstract_Concept_conveyed_in_a_NewsML-G2_Concept_Item.xml": "not news",
	"LISTING_11_Person_Concept_conveyed_in_a_NewsML-G2_Concept_Item.xml":   "not news",
	"LISTING_14_Event_sent_as_a_Concept_Item.xml":                          "not news",
	"LISTING_15_Two_Related_Events_in_a_Knowledge_Item.xml":                "not news",
	"LISTING_20_Planning_Item_with_delivery_at_PCL.xml":                    "not news",
	"LISTING_23_SportsML-G2_Package.xml":                                   "not news",
	"LISTING_6_Simple_NewsML-G2_Package.xml":                               "not news",
	"LISTING 6 Simple NewsML-G2 Package.xml":                               "not news",
	"facet-example.xml":                                                    "no text",
	"scoop.xml":                                                            "not news, article",
	"video.xml":                                                            "not news, article, no text, no text, no text",
	"tag_reuters.com_2014_newsml_KBN0FL0NM_version_10":                     "not news",
	"tag_reuters.com_2016_newsml_L1N14N0FF_version_1542761538":             "cancelled",
	"LISTING_1_A_NewsML-G2_News_Item.xml":                                  "metadata", // the example has no text
	"LISTING_21_A_complete_sample_SportsML-G2_document.xml":                "metadata",
	"LISTING_26_Embedded_photo_metadata_fields_mapped_to_NewsML-G2.xml":    "metadata",
	"LISTING_3_Photo_in_NewsML-G2.xml":                                     "metadata",
	"LISTING_5_Multi-part_Video_in_NewsML-G2.xml":                          "metadata",
	"tag_reuters.com_0000_newsml_GM1EA7M13RP01_version_484616934":          "metadata",
	"tag_reuters.com_2014_newsml_LYNXMPEA6F0MS_version_2":                  "metadata",
	"tag_reuters.com_2014_newsml_LYNXMPEA6F0MT_version_2":                  "metadata",
	"tag_reuters.com_2014_newsml_LYNXMPEA6F13M_version_1":                  "metadata",
}

func TestShared(t *testing.T) {
	for _, archive := range []string{"newsml-g2", "superdesk_wire", "ninjs"} {
		t.Run(archive, func(t *testing.T) {
			sourcetest.SharedFormat(t, archive, func(name string, raw []byte) {
				text := sourcetest.Text(t, raw)
				if !Format.Sniff(text[:min(len(text), record.SniffLen)], true) {
					return
				}
				var got []string
				sourcetest.Each(t, Format.Open(bytes.NewReader(text), sourcetest.Options()), func(at record.Place, a *index.Article, fault *record.Fault) {
					switch {
					case fault != nil:
						got = append(got, fault.Reason)
						return
					case a.Body == "":
						got = append(got, "metadata")
					default:
						got = append(got, "article")
					}
					if err := sourcetest.Check(a); err != nil {
						t.Errorf("%s: %v", name, err)
					}
					if a.Published.IsZero() || a.ID == "" || a.Source == "" {
						t.Errorf("%s: %q of %v by %q", name, a.ID, a.Published, a.Source)
					}
				})
				want := shared[filepath.Base(name)]
				if want == "" {
					want = "article"
				}
				if strings.Join(got, ", ") != want {
					t.Errorf("%s: %v, want %s", name, got, want)
				}
			})
		})
	}
}

func FuzzNewsML(f *testing.F) {
	files, _ := filepath.Glob("../../../testdata/articles/newsml/*.xml")
	own, _ := filepath.Glob("testdata/*.xml")
	for _, file := range append(files, own...) {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
		root := element.Parse(text, 1)
		for _, n := range append(root.Find("newsItem"), root.Find("NewsItem")...) {
			f.Add([]byte(n.JSON()))
		}
	}
	f.Add([]byte("<NewsML><NewsItem><NewsComponent><NewsItem>"))
	f.Fuzz(func(t *testing.T, text []byte) { sourcetest.Fuzz(t, Format, text) })
}

func BenchmarkNewsML(b *testing.B) {
	text, err := os.ReadFile("../../../testdata/articles/newsml/message.xml")
	if err != nil {
		b.Fatal(err)
	}
	sourcetest.Bench(b, Format, bytes.Repeat(text, 500))
}
