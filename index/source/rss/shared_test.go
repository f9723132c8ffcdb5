package rss

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/markup"
	"dateline/index/source/record"
	"dateline/index/source/soup"
	"dateline/index/source/sourcetest"
	"dateline/index/source/window"
)

// shared returns the files of an archive of the data that lies beside the repository, or skips the test.
func shared(t *testing.T, name string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	sourcetest.SharedFormat(t, name, func(name string, raw []byte) { files[name] = raw })
	return files
}

// decoded returns a stream as UTF-8, and whether its format is this one.
func decoded(b []byte) (io.Reader, bool) {
	in := bufio.NewReaderSize(charset.NewReader(bytes.NewReader(b), charset.Declared(b)), record.SniffLen)
	head, _ := in.Peek(record.SniffLen)
	return in, Sniff(head, len(head) < record.SniffLen)
}

// drafts reads a feed's items, also those that are no articles.
func drafts(t *testing.T, b []byte) (list []index.Article) {
	in, ok := decoded(b)
	if !ok {
		return nil
	}
	if isJSON(bytes.TrimSpace(b)) {
		articles, _ := sourcetest.All(t, Open(in, record.Options{}))
		return articles
	}
	cut := soup.NewCutter(window.New(in, record.DefaultMaxRecord), "item", "entry")
	for {
		p, err := cut.Next()
		var fault *record.Fault
		if err == io.EOF {
			return list
		} else if errors.As(err, &fault) {
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		f := &feed{head: p.Head}
		d, err := f.draft(p)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.fill(); err != nil {
			t.Log(err)
		}
		list = append(list, d.a)
	}
}

// expected are the values that a fixture of feedparser says of its first entry, in the comment that it begins with.
var expected = regexp.MustCompile(`entries\[0\]\[['"](title|link|id|author|description|summary|published_parsed|updated_parsed|created_parsed)['"]\] == ` +
	`(?:u?'((?:[^'\\]|\\.)*)'|u?"((?:[^"\\]|\\.)*)"|\(([0-9, ]+)\))`)

// otherwise has what is read otherwise than in the fixtures, by a part of their names, and why.
var otherwise = []struct{ file, why string }{
	{"entry_author_map_author", "the address is no part of the name"},
	{"multiple_values", "of two dates the first counts"},
	{"http_item_link_base", "the address of the feed comes from HTTP, which options have"},
	{"item_description_not_a_doctype", "a text that is nothing but a broken tag is taken for text"},
	{"_crazy", "the fixture has what the page would show"},
	{"http_text_xml_charset_2", "the sign of the pound is a byte of Latin-1 in a text of Windows-1252"},
	{"charref_uppercase_x", "a reference with a capital X is read as browsers do"},
	{"entry_title_inline_markup_2", "the title is a text, not HTML"},
	{"entry_id_xml_base", "an identifier is compared as it is, never resolved"},
	{"item_links", "of several links the first counts"},
}

func TestFeedparser(t *testing.T) {
	agreed, checked := 0, 0
	for name, b := range shared(t, "feedparser") {
		if path.Ext(name) != ".xml" {
			continue
		}
		utf8, _ := decoded(b)
		whole, err := io.ReadAll(utf8)
		if err != nil {
			t.Fatal(err)
		}
		wants := expected.FindAllStringSubmatch(string(whole), -1)
		if len(wants) == 0 {
			continue
		}
		list := drafts(t, b)
		if len(list) == 0 {
			list = append(list, index.Article{})
		}
		for _, w := range wants {
			checked++
			if got, want := valueOf(&list[0], w[1]), wanted(w); got == want {
				agreed++
			} else if !excused(name) {
				t.Errorf("%s: %s is %q, want %q", name, w[1], got, want)
			}
		}
	}
	t.Logf("%d of %d values as feedparser has them", agreed, checked)
	if agreed < 350 {
		t.Error("fewer than before")
	}
}

func excused(name string) bool {
	return slices.ContainsFunc(otherwise, func(o struct{ file, why string }) bool { return strings.Contains(name, o.file) })
}

// valueOf returns a value of an article under feedparser's name.
func valueOf(a *index.Article, name string) string {
	switch name {
	case "title":
		return a.Title
	case "link":
		return a.URL
	case "id":
		return a.ID
	case "description", "summary":
		return oneLine(cmp.Or(a.Lead, a.Body))
	case "author":
		return strings.Join(a.Authors, ", ")
	case "updated_parsed":
		return a.Updated.Format(time.DateTime)
	}
	return a.Published.Format(time.DateTime)
}

// wanted returns the value that a match of expected stands for; titles have their markup there.
func wanted(w []string) string {
	if w[4] != "" {
		var n [9]int
		for i, part := range strings.Split(w[4], ",") {
			n[i], _ = strconv.Atoi(strings.TrimSpace(part))
		}
		return time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC).Format(time.DateTime)
	}
	s := w[2] + w[3]
	if strings.Contains(s, `\`) {
		if u, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.ReplaceAll(s, `"`, `\"`), `\'`, `'`) + `"`); err == nil {
			s = u
		}
	}
	if markup.Is(s) {
		s = markup.Line(s)
	}
	return s
}

// gofeedItem is what gofeed has of an item, in the parsers of the formats and in the one of all.
type gofeedItem struct {
	Title, Link, URL, GUID, ID any
	Published, Updated         string
	PublishedParsed            *time.Time
	Pubdate                    string     `json:"pubDate"`
	PubDateParsed              *time.Time `json:"pubDateParsed"`
	DatePublished              *time.Time `json:"date_published"`
}

func (i gofeedItem) published() string {
	for _, t := range []*time.Time{i.PublishedParsed, i.PubDateParsed, i.DatePublished} {
		if t != nil {
			return t.UTC().Format(time.DateTime)
		}
	}
	return ""
}

// TestGofeed compares with the results that gofeed's fixtures have beside them.
func TestGofeed(t *testing.T) {
	files := shared(t, "gofeed")
	agreed := 0
	compare := func(name, field, got, want string) {
		if want == "" {
			return
		}
		if got != want {
			if !excused(name) {
				t.Errorf("%s: %s is %q, want %q", name, field, got, want)
			}
			return
		}
		agreed++
	}
	for name, b := range files {
		result := files[strings.TrimSuffix(name, ".xml")+".json"]
		if strings.Contains(name, "/json/") {
			result = files[strings.TrimSuffix(name, ".json")+"_expected.json"]
		}
		var want struct{ Items, Entries []gofeedItem }
		if result == nil || strings.HasSuffix(name, "expected.json") || json.Unmarshal(result, &want) != nil {
			continue
		}
		items := append(want.Items, want.Entries...)
		list := drafts(t, b)
		if len(list) != len(items) {
			t.Errorf("%s: %d items, want %d", name, len(list), len(items))
			continue
		}
		for i, w := range items {
			a := &list[i]
			title, _ := w.Title.(string)
			compare(name, "title", a.Title, text{value: title, html: markup.Is(title)}.line())
			link, _ := w.Link.(string)
			url, _ := w.URL.(string)
			compare(name, "link", a.URL, link+url)
			id, _ := w.GUID.(string)
			id2, _ := w.ID.(string)
			compare(name, "id", a.ID, id+id2)
			if w.published() != "" {
				compare(name, "date", a.Published.Format(time.DateTime), w.published())
			}
		}
	}
	t.Logf("%d values as gofeed has them", agreed)
}

// TestShared reads every feed of the fixtures: each has articles, or says truly why it has none. Most of feedparser's and gofeed's
// are of one element, or only of a feed's head; every item that is undated here was looked at and has no date.
func TestShared(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"feedparser", "1074 feeds, 275 articles, 254 undated, map[no text:363]"}, {"gofeed", "279 feeds, 56 articles, 48 undated, map[no text:82]"}, {"feeds_feed_rs", "10 feeds, 10 articles, 0 undated, map[]"}, {"feeds_feedjira", "25 feeds, 246 articles, 1 undated, map[]"},
		{"feeds_node_feedparser", "16 feeds, 126 articles, 5 undated, map[]"}, {"feeds_rss_parser", "13 feeds, 289 articles, 0 undated, map[no text:1]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			feeds, undated, articles := 0, 0, 0
			reasons := map[string]int{}
			for name, b := range shared(t, c.name) {
				in, ok := decoded(b)
				if !ok {
					continue
				}
				feeds++
				list, faults := sourcetest.All(t, Open(in, record.Options{}))
				for _, f := range faults {
					reasons[f.Reason]++
				}
				articles += len(list)
				for i := range list {
					if fault := wellFormed(&list[i]); fault != "" {
						t.Errorf("%s: %s", name, fault)
					}
					if list[i].Published.IsZero() {
						undated++
					}
				}
			}
			got := fmt.Sprintf("%d feeds, %d articles, %d undated, %v", feeds, articles, undated, reasons)
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// wellFormed checks what holds of every article that was read.
func wellFormed(a *index.Article) string {
	for _, s := range append(append([]string{a.ID, a.URL, a.Source, a.Title, a.Dateline, a.Agency}, a.Authors...), a.Topics...) {
		if s != strings.Join(strings.Fields(s), " ") {
			return "not in one line: " + s
		}
	}
	for _, s := range []string{a.Body, a.Lead} {
		if strings.Contains(s, "\n\n\n") || strings.Contains(s, " \n") || strings.Contains(s, "  ") || s != strings.TrimSpace(s) {
			return fmt.Sprintf("untidy paragraphs: %.200q", s)
		}
	}
	switch {
	case a.Title == "" && a.Body == "", a.Format != "rss":
		return "no text or format"
	case !a.Published.IsZero() && (a.Precision == "" || a.DateFrom == ""):
		return "a date without its precision"
	}
	for name, value := range a.Extra {
		if !json.Valid(value) {
			return "extra " + name
		}
	}
	return ""
}
