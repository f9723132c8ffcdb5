package ninjs

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/source/jsonl"
	"dateline/index/source/record"
	"dateline/index/source/sourcetest"
)

const (
	samples = "../../../testdata/articles/ninjs/*.json*"
	own     = "testdata/*.json*"
)

func TestGolden(t *testing.T) {
	sourcetest.Golden(t, Format, sourcetest.Options(), samples, own)
}

func TestSniff(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{`{"uri":"u","versioncreated":"2020-01-01T00:00:00Z"}`, true},
		{`{"standard":{"name":"ninjs","version":"2.1"},"title":"t"}`, true},
		{`{"$standard" : { "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_1.3.json"}}`, true},
		{`[{"uri":"u","pubStatus":"usable"}]`, true},
		{`{"guid":"g","firstcreated":"2020","headline":"h"}` + "\n{}", true},
		{`{"data":{"item":{"uri":"u","versioncreated":"2020"}}}`, true},
		{`{"data":{"items":[{"meta":{},"item":{"uri":"u","versioncreated":"2020","headline":"h`, true},
		{`{"uri":"u","versionCreated":"2020","bodies":[{"value":"` + strings.Repeat("a ", 100), true},
		{`{"uri":"u","body_xhtml":"<p>"}`, true},
		{`{"title":"t","body":"b","date":"2020-01-01"}`, false},
		{`{"uri":"nyt://article/1","headline":{"main":"h"},"pub_date":"2020"}`, false},
		{`{"id":"1","title":"t","extra":{"uri":"u","versioncreated":"2020"}}`, false},
		{`{"id":"1","title":"t","related":[{"uri":"u","versioncreated":"2020"}]}`, false},
		{`{"title":"first"}` + "\n" + `{"uri":"u","versioncreated":"2020"}`, false},
		{`{"headline":"h","body_text":"b"}`, false},
		{`{"title":"about \"uri\": and \"versioncreated\": x"}`, false},
		{"", false}, {"[]", false}, {"}", false}, {`{"`, false}, {strings.Repeat("[", 1000), false}, {"<uri/>", false},
	} {
		if sniff([]byte(c.text), false) != c.want {
			t.Errorf("%s: %v", c.text, !c.want)
		}
	}
}

// What Dateline exports of an article that came as ninjs is JSON lines.
func TestExportsAreNoNinjs(t *testing.T) {
	for _, file := range sourcetest.Files(t, samples, own) {
		in, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sourcetest.Each(t, Format.Open(bytes.NewReader(in), sourcetest.Options()), func(_ record.Place, a *index.Article, _ *record.Fault) {
			if a == nil {
				return
			}
			line, err := a.MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			if sniff(line, true) || !jsonl.Sniff(line, true) {
				t.Errorf("%s is taken for ninjs", line)
			}
		})
	}
}

func TestStreams(t *testing.T) {
	one := `{"uri":"u","versioncreated":"2020-01-01T00:00:00Z","headline":"a"}`
	for _, c := range []struct{ name, text, want string }{
		{"object", one, "1@1 a"},
		{"lines", one + "\n" + one, "1@1 a | 2@2 a"},
		{"list", "[" + one + ",\n" + one + "]", "1@1 a | 2@2 a"},
		{"broken line", one + "\n{\"uri\":\"\n" + one, "1@1 a | 2@2 !bad syntax | 3@3 a"},
		{"cut off", one + "\n" + one[:20], "1@1 a | 2@2 !truncated"},
		{"data.item", `{"data":{"meta":{},"item":` + one + `}}`, "1@1 a"},
		{"data.items", `{"data":{"items":[{"meta":{},"item":` + one + `},{"item":` + one + `}]}}`, "1@1 a | 2@1 a"},
		{"empty", "{}", "1@1 !no text"},
		{"only a description", `{"uri":"u","description_text":"d"}`, "1@1 !no text"},
	} {
		if got := sourcetest.Outcome(Format.Open(strings.NewReader(c.text), sourcetest.Options())); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// object prints members around a headline.
func withHeadline(members string) string { return `{"uri":"u","headline":"h",` + members + `}` }

func TestStanding(t *testing.T) {
	for members, why := range map[string]string{
		`"pubstatus":"usable"`:                             "",
		`"pubStatus":"canceled"`:                           `cancelled: the status is "canceled"`,
		`"pubstatus":"cancelled"`:                          `cancelled: the status is "cancelled"`,
		`"pubstatus":"withheld"`:                           `withheld: the status is "withheld"`,
		`"pubstatus":"commissioned"`:                       "",
		`"embargoed":"2024-06-30T13:00:00+0200"`:           "",
		`"embargoed":"2024-06-30T11:00:00-0200"`:           "embargoed: until 2024-06-30T13:00:00Z (embargoed)",
		`"embargoedUntil":"2025-01-01T00:00:00Z"`:          "embargoed: until 2025-01-01T00:00:00Z (embargoedUntil)",
		`"embargoed":null`:                                 "",
		`"type":"event","eventDetails":{}`:                 "not news: the description of an event",
		`"type":"planning","plannedCoverage":[]`:           "not news: a plan of coverage",
		`"plannedCoverage":[{}]`:                           "not news: a plan of coverage",
		`"plannedCoverage":[{}],"bodies":[{"value":"b."}]`: "",
		`"firstcreated":"0001-01-01T00:00:00Z"`:            "bad date: firstcreated: 0001-01-01 lies before the first newspapers (1600)",
	} {
		if got := sourcetest.Why(t, Format, withHeadline(members)); got != why {
			t.Errorf("%s: %s", members, got)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ members, want string }{
		{`"firstcreated":"2020-01-01T10:00:00Z","versioncreated":"2020-01-03T10:00:00Z"`, "2020-01-01 2020-01-03 ninjs:firstcreated []"},
		{`"versionCreated":"2020-01-03T10:00:00Z"`, "2020-01-03 0001-01-01 ninjs:versionCreated []"},
		{`"contentCreated":"2020-01-02","versionCreated":"2020-01-03T10:00:00Z"`, "2020-01-02 2020-01-03 ninjs:contentCreated []"},
		{`"firstcreated":"2020-01-05T10:00:00Z","contentcreated":"2010-01-05T10:00:00Z"`, "2020-01-05 0001-01-01 ninjs:firstcreated [date-conflict]"},
		{`"firstcreated":"2020-01-01T10:00:00Z","firstpublished":"2020-01-09T10:00:00+0000"`, "2020-01-09 0001-01-01 ninjs:firstpublished []"},
		{`"contentcreated":{"start":"2020"}`, " 0001-01-01  []"},
	} {
		a := sourcetest.One(t, Format, withHeadline(`"body_text":"b",`+c.members))
		if got := fmt.Sprint(a.Day(), " ", a.Updated.Format("2006-01-02"), " ", a.DateFrom, " ", a.Flags); got != c.want {
			t.Errorf("%s: %s", c.members, got)
		}
	}
}

func TestTexts(t *testing.T) {
	for _, c := range []struct{ members, body, lead string }{
		{`"body_text":"A. B.","body_xhtml":"<p>A.</p><p>B.</p>"`, "A.|B.", ""},
		{`"body_text":"A.\n\nB."`, "A.|B.", ""},
		{`"body_html":"<p>A &amp; B&nbsp;C.<br>D</p><script>x</script><figure><figcaption>c</figcaption></figure>"`, "A & B C.\nD", ""},
		{`"bodies":[{"role":"teaser","value":"T."},{"role":"main","value":"A."}]`, "A.", ""},
		{`"bodies":[{"contenttype":"text/plain","value":"A."},{"contenttype":"text/html","value":"<p>A.</p><p>B.</p>"}]`, "A.|B.", ""},
		{`"bodies":[{"contenttype":"application/xml","value":"<X>no</X>"},{"value":"A."}]`, "A.", ""},
		{`"bodies":["A."]`, "A.", ""},
		{`"bodies":[{"role":"main","value":"<h1>h</h1><p>A.</p>"}]`, "A.", ""},
		{`"description_caption":"C.","description_summary":"S."`, "", "S."},
		{`"description_creditline":"AP","description_caption":"C."`, "", "C."},
		{`"descriptions":[{"role":"creditline","value":"AP"}]`, "", ""},
		{`"body_text":["A."]`, "", ""},
	} {
		a := sourcetest.One(t, Format, withHeadline(c.members))
		if got := strings.ReplaceAll(a.Body, "\n\n", "|"); got != c.body || a.Lead != c.lead {
			t.Errorf("%s: %q, %q", c.members, got, a.Lead)
		}
	}
}

func TestHeadlines(t *testing.T) {
	for members, want := range map[string]string{
		`"headlines":[{"role":"short","value":"s"},{"role":"main","value":"m"}]`: "m",
		`"headlines":[{"value":""},{"value":"first"},{"value":"second"}]`:        "first",
		`"headlines":["plain"]`:                      "plain",
		`"headline":"A <b>bold</b> one","title":"t"`: "A bold one",
		`"title":"t"`:                                "t",
		`"headline_extended":"e","title":"t"`:        "e",
	} {
		if a := sourcetest.One(t, Format, `{"uri":"u",`+members+`}`); a.Title != want {
			t.Errorf("%s: %s", members, a.Title)
		}
	}
}

func TestNames(t *testing.T) {
	a := sourcetest.One(t, Format, withHeadline(`"person":[{"name":"A B"},{"name":"A B"},"C D",{"code":"x"},7,null],"organisations":[{"name":"Org"}],
		"place":{"name":"Oslo"},"subjects":[{"name":"ships"},{"name":"Ships"},{"name":"s"}],"keywords":["quay"],"service":[{"name":"Sport","code":"t"}],
		"infosources":[{"name":"Someone","role":"interviewee"},{"name":"dpa"}],"byline":"By Ann Lee, Associated Press Writer","located":{"name":"OSLO"}`))
	got := fmt.Sprint(a.Names(index.Person), a.Names(index.Org), a.Names(index.Place), a.Topics, a.Authors)
	if got += " " + a.Section + " " + a.Source + " " + a.Agency + " " + a.Dateline; got != "[A B C D 7] [Org] [Oslo] [ships quay] [Ann Lee] Sport dpa dpa Oslo" {
		t.Error(got)
	}
	names := []string{}
	for name := range a.Extra {
		names = append(names, name)
	}
	slices.Sort(names)
	if got := strings.Join(names, " "); got != "byline infosources located person service" {
		t.Error(got)
	}
}

// What is read from the shared files; the validation suite is mostly of objects without a text, of which each must say so.
func TestShared(t *testing.T) {
	reasons := map[string]int{}
	for _, archive := range []string{"ninjs", "superdesk_wire"} {
		sourcetest.SharedFormat(t, archive, func(name string, raw []byte) {
			text := sourcetest.Text(t, raw)
			if filepath.Ext(name) != ".json" || strings.Contains(name, "schema") || strings.Contains(name, "mock") {
				return
			}
			sniffed := Format.Sniff(text, true)
			if strings.Contains(name, "/examples/") && !sniffed {
				t.Errorf("%s is not sniffed", name)
			}
			sourcetest.Each(t, Format.Open(bytes.NewReader(text), sourcetest.Options()), func(at record.Place, a *index.Article, fault *record.Fault) {
				if fault != nil {
					reasons[fault.Reason]++
					return
				}
				reasons["article"]++
				if err := sourcetest.Check(a); err != nil {
					t.Errorf("%s: %v", name, err)
				}
				if !strings.Contains(name, "test_suite") && a.Published.IsZero() && !strings.Contains(name, "press-conference") {
					t.Errorf("%s has no date", name)
				}
			})
		})
	}
	t.Log(reasons)
	if reasons["article"] < 60 || reasons[record.NotNews] < 10 || reasons[record.Cancelled] != 2 || reasons[record.Withheld] != 1 {
		t.Errorf("%v", reasons)
	}
}

func FuzzNinjs(f *testing.F) {
	for _, file := range sourcetest.Files(f, samples, own) {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) { sourcetest.Fuzz(t, Format, text) })
}

func FuzzSniff(f *testing.F) {
	f.Add([]byte(`{"data":{"items":[{"item":{"uri":"u","versioncreated":"2020"}}]}}`))
	f.Fuzz(func(t *testing.T, text []byte) { sniff(text, false) })
}

func BenchmarkNinjs(b *testing.B) {
	text, err := os.ReadFile("../../../testdata/articles/ninjs/version2.jsonl")
	if err != nil {
		b.Fatal(err)
	}
	sourcetest.Bench(b, Format, bytes.Repeat(text, 1000))
}
