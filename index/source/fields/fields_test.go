package fields

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/source/record"
)

// now stands still, so that tomorrow's dates are tomorrow's.
var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// of makes the article of a JSON object.
func of(text string) (index.Article, error) {
	if !json.Valid([]byte(text)) {
		panic("not JSON: " + text)
	}
	var list []Field
	Each([]byte(text), func(name string, raw []byte) { list = append(list, Field{name, JSON(raw)}) })
	return Article(list, Options{Place: record.Place{Number: 7, Line: 9}, Format: "jsonl", Now: now})
}

// show prints the parts of an article that are not empty, in the order of its fields.
func show(a index.Article) string {
	var out []string
	add := func(name, value string) {
		if value != "" {
			out = append(out, name+"="+value)
		}
	}
	add("id", a.ID)
	add("url", a.URL)
	add("source", a.Source)
	add("agency", a.Agency)
	add("title", a.Title)
	add("lead", a.Lead)
	add("body", a.Body)
	add("authors", strings.Join(a.Authors, "+"))
	add("dateline", a.Dateline)
	if !a.Published.IsZero() {
		add("published", a.Published.Format(time.RFC3339)+" "+a.Precision+" "+a.DateFrom)
	}
	if !a.Updated.IsZero() {
		add("updated", a.Updated.Format(time.RFC3339))
	}
	add("language", a.Language)
	add("section", a.Section)
	add("topics", strings.Join(a.Topics, "+"))
	for _, e := range a.Entities {
		add(e.Type, fmt.Sprintf("%s×%d%v", e.Name, e.Count, e.Aliases))
	}
	if len(a.Flags) > 0 {
		add("flags", fmt.Sprint(a.Flags))
	}
	if len(a.Extra) > 0 {
		b, _ := json.Marshal(a.Extra)
		add("extra", string(b))
	}
	return strings.Join(out, " ")
}

var records = []struct{ name, text, want string }{
	{"spellings", `{"headline":"T","articleBody":"B","datePublished":"2024-03-14","publisher":"P","link":"https://a.example/1","byline":"By Ann Roe and Jo Doe, Jr.","summary":"L","category":"S","keywords":"x, y; z","lang":"de","guid":"g"}`,
		"id=g url=https://a.example/1 source=P title=T lead=L body=B authors=Ann Roe+Jo Doe, Jr. published=2024-03-14T00:00:00Z day field:datePublished language=de section=S topics=x, y+z"},
	{"case and signs", `{"Title":"T","publishedAt":"2024-03-14T10:30:00Z","PUB-DATE":"x","Site Name":"P"}`,
		`source=P title=T published=2024-03-14T10:30:00Z second field:publishedAt extra={"PUB-DATE":"x"}`},
	{"unknown fields", `{"title":"T","bias":"left","n":1.50,"o":{"a": [1, null]},"empty":"","null":null}`,
		`title=T extra={"bias":"left","empty":"","n":1.50,"null":null,"o":{"a":[1,null]}}`},
	{"two spellings", `{"name":"N","title":"T","text":"B2","body":"B","description":"D"}`, `title=T lead=D body=B extra={"name":"N","text":"B2"}`},
	{"the better spelling is empty", `{"title":"","headline":"H","body":null,"content":"C"}`, `title=H body=C`},
	{"the same name twice", `{"title":"a","title":"b","x":1,"x":2}`, `title=b extra={"x":2}`},
	{"numbers", `{"id":123,"title":1984,"date":1583404200}`, `id=123 title=1984 published=2020-03-05T10:30:00Z second field:date`},
	{"milliseconds", `{"title":"T","timestamp":1583404200123}`, `title=T published=2020-03-05T10:30:00Z second field:timestamp`},
	{"an exponent", `{"title":"T","date":1.5834042E9}`, `title=T published=2020-03-05T10:30:00Z second field:date`},
	{"source as an object", `{"title":"T","source":{"name":"CNN"}}`, `source=CNN title=T`},
	{"source as an object with more", `{"title":"T","source":{"id":"cnn","name":"CNN"}}`, `source=CNN title=T extra={"source":{"id":"cnn","name":"CNN"}}`},
	{"source of the address", `{"title":"T","source":null,"url":"https://www.Harbour.example:8080/x?y=1"}`,
		"id=https://www.Harbour.example:8080/x?y=1 url=https://www.Harbour.example:8080/x?y=1 source=harbour.example title=T"},
	{"no address", `{"title":"T","url":"Guardian","link":"https://a.example"}`, `id=https://a.example url=https://a.example source=a.example title=T extra={"url":"Guardian"}`},
	{"a harmful address", `{"title":"T","url":"javascript:alert(1)"}`, `title=T extra={"url":"javascript:alert(1)"}`},
	{"address as id", `{"title":"T","guid":"http://a.example/1"}`, `id=http://a.example/1 url=http://a.example/1 source=a.example title=T`},
	{"WordPress", `{"id":7,"date":"2024-03-14T10:30:00","date_gmt":"2024-03-14T09:30:00","guid":{"rendered":"https://a.example/?p=7"},"title":{"rendered":"Port &amp; quay"},"content":{"rendered":"<p>One.</p>\n<p>Two &#8217;s.</p>","protected":false}}`,
		`id=7 title=Port &amp; quay body=One.` + "\n\nTwo ’s." + ` published=2024-03-14T09:30:00Z second field:date_gmt extra={"content":{"rendered":"\u003cp\u003eOne.\u003c/p\u003e\n\u003cp\u003eTwo \u0026#8217;s.\u003c/p\u003e","protected":false},"date":"2024-03-14T10:30:00","guid":{"rendered":"https://a.example/?p=7"}}`},
	{"MongoDB", `{"_id":{"$oid":"5f"},"title":"T","date":{"$date":"2024-03-14T10:30:00Z"}}`, `id=5f title=T published=2024-03-14T10:30:00Z second field:date`},
	{"MongoDB long", `{"title":"T","date":{"$date":{"$numberLong":"1583404200123"}}}`, `title=T published=2020-03-05T10:30:00Z second field:date`},
	{"authors as a list", `{"title":"T","authors":["Roe, Ann","  Jo   Doe ","",{"name":"Max Moe"}]}`, `title=T authors=Roe, Ann+Jo Doe+Max Moe`},
	{"authors as objects", `{"title":"T","author":[{"@type":"Person","name":"Ann Roe"}]}`, `title=T authors=Ann Roe extra={"author":[{"@type":"Person","name":"Ann Roe"}]}`},
	{"authors in quotes", `{"title":"T","authors":"Guy Roe, \"Ann O'Doe\""}`, `title=T authors=Guy Roe+Ann O'Doe`},
	{"author and authors", `{"title":"T","authors":[],"author":"Ann Roe","creator":"x"}`, `title=T authors=Ann Roe extra={"creator":"x"}`},
	{"topics of all fields", `{"title":"T","topics":["a","b"],"tags":"b, c","keyword":"d, e"}`, `title=T topics=a+b+d, e+c`},
	{"categories as a list", `{"title":"T","category":["World","Asia"],"topics":["x"]}`, `title=T section=World topics=Asia+x`},
	{"languages", `{"title":"T","language":"en-US"}`, `title=T language=en`},
	{"language names", `{"title":"T","lang":"German"}`, `title=T language=de`},
	{"language codes of three letters", `{"title":"T","lang":"rus"}`, `title=T language=ru`},
	{"no language", `{"title":"T","lang":"Elvish"}`, `title=T extra={"lang":"Elvish"}`},
	{"entities", `{"title":"T","entities":[{"type":"person","name":"Ruslan Mirzaev","aliases":["Mirzaev"],"count":2},{"text":"NATO","label":"ORG"},{"text":"NATO","label":"ORG"},{"label":"GPE","text":"Delft"}]}`,
		`title=T person=Ruslan Mirzaev×2[Mirzaev] org=NATO×2[] place=Delft×1[]`},
	{"entities as schema.org has them", `{"headline":"T","about":{"@type":"Person","name":"Ruslan Mirzaev","alternateName":"R. Mirzaev"},"mentions":[{"@type":"GovernmentOrganization","name":"Port Authority"},{"@type":"City","name":"Delft"}],"contentLocation":{"@type":"Place","name":"Rotterdam"}}`,
		`title=T person=Ruslan Mirzaev×1[R. Mirzaev] org=Port Authority×1[] place=Delft×1[] place=Rotterdam×1[]`},
	{"a subject that is no entity", `{"headline":"T","about":{"@type":"Event","name":"Harbour Day"}}`, `title=T extra={"about":{"@type":"Event","name":"Harbour Day"}}`},
	{"entities not understood", `{"title":"T","entities":[{"text":"Monday","label":"DATE"},{"text":"Ann","label":"PER","start":3},"x"]}`,
		`title=T person=Ann×1[] extra={"entities":[{"text":"Monday","label":"DATE"},{"text":"Ann","label":"PER","start":3},"x"]}`},
	{"people, organisations and places", `{"title":"T","people":["Ann Roe",{"name":"Jo Doe"}],"persons":"Max Moe; Ann Roe","companies":"Acme, Umbrella","locations":["Delft"]}`,
		`title=T person=Ann Roe×2[] person=Jo Doe×1[] person=Max Moe×1[] org=Acme×1[] org=Umbrella×1[] place=Delft×1[]`},
	{"mentions of others", `{"title":"T","entities":[{"type":"person","name":"Ann","mentions":["a.example","b.example"]}]}`,
		`title=T person=Ann×1[] extra={"entities":[{"type":"person","name":"Ann","mentions":["a.example","b.example"]}]}`},
	{"place with more", `{"title":"T","location":{"name":"Delft","lat":52}}`, `title=T place=Delft×1[] extra={"location":{"name":"Delft","lat":52}}`},
	{"place as numbers", `{"title":"T","location":{"lat":52,"lon":4}}`, `title=T extra={"location":{"lat":52,"lon":4}}`},
	{"body as a list", `{"title":"T","body":["One.","Two."]}`, "title=T body=One.\n\nTwo."},
	{"paragraphs", `{"title":" A \n title ","body":" \r\n One \r\nline. \n \n\n\n Two.\u0000\u0007 \n"}`, "title=A title body=One\nline.\n\nTwo."},
	{"markup", `{"title":"<b>T</b> &amp; t","description":"5 < 6 &amp; 7","body":"<div><p>One<br>line &eacute;</p><script>x()</script><style>y</style><ul><li>a<li>b</ul></div>"}`,
		"title=T & t lead=5 < 6 &amp; 7 body=One\nline é\n\na\n\nb"},
	{"markup with blanks and a form", `{"title":"T","body":"<p>One  and \n two.</p><select><option>x</select><p>a &lt; b</p>"}`, "title=T body=One and\ntwo.\n\na < b"},
	{"no markup", `{"title":"T","body":"<Photo> A quay. a < b > c &amp; d"}`, "title=T body=<Photo> A quay. a < b > c &amp; d"},
	{"dateline of the body", `{"title":"T","body":"ROTTERDAM (Reuters) - The quay is open."}`, `agency=Reuters title=T body=ROTTERDAM (Reuters) - The quay is open. dateline=Rotterdam`},
	{"dateline of the record", `{"title":"T","dateline":"Delft","agency":"AP","body":"ROTTERDAM (Reuters) - The quay."}`, `agency=AP title=T body=ROTTERDAM (Reuters) - The quay. dateline=Delft`},
	{"credit", `{"title":"T","credit":"AP","body":"ROTTERDAM (Reuters) - The quay."}`, `agency=AP title=T body=ROTTERDAM (Reuters) - The quay. dateline=Rotterdam`},
	{"credit of no service", `{"title":"T","creditLine":"Ann Roe"}`, `title=T extra={"creditLine":"Ann Roe"}`},
	{"author for a service", `{"title":"T","byline":"By Ann Roe and Jo Doe for the Associated Press"}`, `agency=AP title=T authors=Ann Roe+Jo Doe`},
	{"service as author", `{"title":"T","author":{"name":"AFP"}}`, `agency=AFP title=T authors=AFP`},
	{"author for another", `{"title":"T","byline":"Ann Roe for The Quay"}`, `title=T authors=Ann Roe for The Quay`},
	{"updated", `{"title":"T","modified":"2024-03-15"}`, `title=T updated=2024-03-15T00:00:00Z`},
	{"updated, unreadable", `{"title":"T","updated":"soon","modified":"2999-01-01"}`, `title=T extra={"modified":"2999-01-01","updated":"soon"}`},
	{"two dates", `{"title":"T","published":"2024-03-14","date":"2024-03-19"}`, `title=T published=2024-03-14T00:00:00Z day field:published flags=[date-conflict] extra={"date":"2024-03-19"}`},
	{"a night between", `{"title":"T","published":"2024-03-14T23:00:00Z","date":"2024-03-15"}`, `title=T published=2024-03-14T23:00:00Z second field:published extra={"date":"2024-03-15"}`},
	{"a month", `{"title":"T","published":"2024-03-14","date":"2024-03"}`, `title=T published=2024-03-14T00:00:00Z day field:published extra={"date":"2024-03"}`},
	{"a crawl", `{"title":"T","published":"2024-03-14","created_at":"2024-05-19"}`, `title=T published=2024-03-14T00:00:00Z day field:published extra={"created_at":"2024-05-19"}`},
	{"undated", `{"title":"T","date":null,"published":"","publish_date":" "}`, `title=T`},
	{"undated in words", `{"title":"T","date":"NaN","created_at":"2024-03-14"}`, `title=T extra={"created_at":"2024-03-14","date":"NaN"}`},
	{"precision of the record", `{"title":"T","published":"2024-03-14T00:00:00Z","published_precision":"day","published_from":"header"}`, `title=T published=2024-03-14T00:00:00Z day header`},
	{"no such precision", `{"title":"T","published":"2024-03-14","published_precision":"week"}`, `title=T published=2024-03-14T00:00:00Z day field:published extra={"published_precision":"week"}`},
	{"extra", `{"title":"T","extra":{"a":1},"b":2}`, `title=T extra={"a":1,"b":2}`},
	{"extra as text", `{"title":"T","extra":"x"}`, `title=T extra={"extra":"x"}`},
	{"derived fields of others", `{"title":"T","text":"B","story":"s","words":3,"path":"p","format":"f"}`, `title=T body=B extra={"format":"f","path":"p","story":"s","words":3}`},
	{"escapes", `{"title":"\u00e9 \ud83d\ude00 \ud83d \"\\\/\b\f\n\r\t"}`, "title=é 😀 \ufffd \"\\/"},
	{"source given by nothing", `{"body":"B"}`, `body=B`},
}

func TestArticle(t *testing.T) {
	for _, c := range records {
		a, err := of(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if got := show(a); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, c := range []struct{ text, reason, detail string }{
		{`{}`, record.NoText, "neither title nor body"},
		{`{"title":" ","body":"\n","description":"d"}`, record.NoText, "neither"},
		{`{"title":"<p></p>"}`, record.NoText, "neither"},
		{`{"title":"T","date":"0001-01-01"}`, record.BadDate, `field "date": 0001-01-01 lies before`},
		{`{"title":"T","pub_date":"2999-01-01T00:00:00Z"}`, record.BadDate, `field "pub_date": 2999-01-01 lies in the future`},
		{`{"title":"T","date":"03/04/2024"}`, record.BadDate, "day or month first"},
		{`{"title":"T","date":{"x":1}}`, record.BadDate, `field "date"`},
		{`{"title":"T","date":true}`, record.BadDate, `"true"`},
		{`{"title":"T","date":0}`, record.BadDate, `field "date": cannot read "0"`},
	} {
		_, err := of(c.text)
		var fault *record.Fault
		if !errors.As(err, &fault) || fault.Reason != c.reason || !strings.Contains(fault.Detail, c.detail) || fault.Number != 7 || fault.Line != 9 {
			t.Errorf("%s: %v, want %s: %s", c.text, err, c.reason, c.detail)
		}
	}
}

func TestGivenSource(t *testing.T) {
	for text, want := range map[string]string{
		`{"title":"T"}`: "Given",
		`{"title":"T","url":"https://a.example/"}`: "Given",
		`{"title":"T","source":"Own"}`:             "Own",
	} {
		var list []Field
		Each([]byte(text), func(name string, raw []byte) { list = append(list, Field{name, JSON(raw)}) })
		if a, err := Article(list, Options{Source: "Given"}); err != nil || a.Source != want {
			t.Errorf("%s: %q %v, want %q", text, a.Source, err, want)
		}
	}
}

func TestLongID(t *testing.T) {
	long := strings.Repeat("x", index.MaxIDBytes+1)
	a, err := of(`{"title":"T","id":"` + long + `"}`)
	if err != nil || len(a.ID) != 71 || !strings.HasPrefix(a.ID, "sha256:") || string(a.Extra["id"]) != `"`+long+`"` {
		t.Errorf("%q %v %v", a.ID, len(a.Extra["id"]), err)
	}
	a, err = of(`{"title":"T","url":"https://a.example/` + long + `"}`)
	if err != nil || a.ID != "" || a.URL == "" {
		t.Errorf("%q %q %v", a.ID, a.URL, err)
	}
}

// What Dateline prints comes back as it was, whatever is in it.
func TestExportComesBack(t *testing.T) {
	want := index.Article{
		ID: "1", URL: "https://a.example/1", Source: "Harbour  Gazette", Agency: "Sputnik", Title: "A <b>title</b> &amp; more", Lead: "<p>L</p>",
		Body: "  indented\n\n\n\n<p>One</p> &amp;\n two ", Authors: []string{"Roe, Ann and Jo", "Ann Roe", "Ann Roe"}, Dateline: "Rotterdam",
		Published: index.At(time.Date(2024, 3, 14, 0, 0, 0, 0, time.UTC)), Precision: "month", DateFrom: "header",
		Updated: index.At(time.Date(2024, 3, 15, 1, 2, 3, 0, time.UTC)), Language: "en", Section: "A; b", Topics: []string{"a;b", "c, d"},
		Entities: []index.Entity{{Type: "person", Name: "Ann Roe", Aliases: []string{"Roe", "A. Roe"}, Count: 3}, {Type: "place", Name: "Delft; Zuid", Count: 1}},
		Format:   "text", Extra: map[string]json.RawMessage{"bias": json.RawMessage(`"a\u003cb"`), "text": json.RawMessage(`"x"`), "entities": json.RawMessage(`[1]`), "title": json.RawMessage(`{"a":1}`)},
	}
	printed := want
	printed.Words, printed.Story, printed.Text, printed.Path, printed.Indexed = 4, "s", "t", "a/b.txt", index.At(now)
	for _, a := range []index.Article{printed, {Title: "Only", Format: "csv", Text: "t", Story: "s"}, {Body: "Only", Format: "jsonl", Text: "t", Indexed: index.At(now)}} {
		b, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		got, err := of(string(b))
		if err != nil {
			t.Errorf("%s: %v", b, err)
			continue
		}
		a.Words, a.Story, a.Text, a.Path, a.Indexed = 0, "", "", "", index.Time{}
		if !reflect.DeepEqual(got, a) {
			t.Errorf("got\n%#v\nwant\n%#v", got, a)
		}
	}
}

// Whatever was read is read again from what is printed of it.
func TestRecordsComeBack(t *testing.T) {
	for _, c := range records {
		a, err := of(c.text)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := json.Marshal(a)
		again, err := of(string(b))
		if err != nil || !reflect.DeepEqual(again, a) {
			t.Errorf("%s: %v\n got %#v\nwant %#v", c.name, err, again, a)
		}
	}
}

func TestByline(t *testing.T) {
	for s, want := range map[string]string{
		"Ann Roe": "Ann Roe", "By Ann Roe": "Ann Roe", "BY ANN ROE, JO DOE": "ANN ROE+JO DOE", "Ann Roe, Jo Doe and Max Moe": "Ann Roe+Jo Doe+Max Moe",
		"Ann Roe; Jo Doe": "Ann Roe+Jo Doe", "Byron York": "Byron York", ", ,": "", "Sam Roe, M.D., Jo Doe": "Sam Roe, M.D.+Jo Doe",
	} {
		if got := strings.Join(byline(s), "+"); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestUnquoteAsEncodingJSON(t *testing.T) {
	for _, s := range []string{`""`, `"a"`, `"\\\""`, `"\ud800"`, `"\ud800\u0041"`, `"\udc00\ud800"`, `"\ud83d\ude00x"`, `"\ud83d\\"`, `"é\u00E9\/"`} {
		var want string
		if err := json.Unmarshal([]byte(s), &want); err != nil {
			t.Fatal(err)
		}
		if got := unquote([]byte(s)); got != want {
			t.Errorf("%s: %q, want %q", s, got, want)
		}
	}
}

// Any object gives an article or a fault, and an article comes back from what is printed of it.
func FuzzArticle(f *testing.F) {
	for _, c := range records {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !json.Valid([]byte(text)) || strings.IndexByte(strings.TrimLeft(text, " \t\r\n"), '{') != 0 || Depth([]byte(text)) > MaxDepth {
			return
		}
		a, err := of(text)
		if err != nil {
			var fault *record.Fault
			if !errors.As(err, &fault) {
				t.Fatal(err)
			}
			return
		}
		b, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		again, err := of(string(b))
		if err != nil || !reflect.DeepEqual(again, a) {
			t.Fatalf("%v\n got %#v\nwant %#v", err, again, a)
		}
	})
}

// The flags of an article that Dateline printed come back; those of other records are kept as they are.
func TestFlags(t *testing.T) {
	printed := `"title":"a","body":"b","published_precision":"","text":"","story":"","words":1,"indexed":null,"format":"sitemap","flags":["metadata-only"]`
	for raw, want := range map[string]int{"{" + printed + "}": 1, `{"title":"a","flags":["metadata-only"]}`: 0} {
		var list []Field
		Each([]byte(raw), func(name string, value []byte) { list = append(list, Field{Name: name, Value: JSON(value)}) })
		a, err := Article(list, Options{})
		if err != nil || len(a.Flags) != want || (a.Extra["flags"] == nil) != (want == 1) {
			t.Errorf("%s: %v, %v", raw, a.Flags, err)
		}
	}
}
