package jsonl

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/record"
	"dateline/index/source/sourcetest"
)

// The counts are those of the data's README; each fault was looked at.
var sharedFiles = []struct {
	file                      string
	articles, faults, undated int
	check                     func(*index.Article) string
}{
	{"reuters_news/reuters-2009.jsonl.zst", 13993, 0, 0, reutersNews},
	{"reuters_news/reuters-2010.jsonl.zst", 12732, 0, 0, reutersNews},
	{"allsides/allsides-2013.jsonl.zst", 4142, 0, 0, allsides},
	{"allsides/allsides-2014.jsonl.zst", 3227, 0, 0, allsides},
	{"newsquiz/articles-2022.jsonl.zst", 4865, 0, 0, newsquiz},
	{"newsquiz/articles-2023.jsonl.zst", 6878, 0, 0, newsquiz},
	{"newsquiz/questions.jsonl", 0, 435, 0, nil}, // no article among them
	{"multihop/articles.jsonl", 326, 0, 0, multihop},
	{"time/docs.jsonl.gz", 423, 0, 0, timeMagazine},
	{"german_wikinews/german_wikinews.jsonl.gz", 997, 1, 0, wikinews}, // one is dated 0001
	{"gilets_jaunes/gilets_jaunes.jsonl.gz", 6908, 0, 2236, giletsJaunes},
}

func TestShared(t *testing.T) {
	for _, c := range sharedFiles {
		t.Run(filepath.Base(c.file), func(t *testing.T) {
			in := bufio.NewReaderSize(charset.NewReader(sourcetest.Shared(t, c.file), ""), record.SniffLen)
			if head, _ := in.Peek(record.SniffLen); !Sniff(head, len(head) < record.SniffLen) {
				t.Error("not sniffed")
			}
			const sample = 120
			r := Open(in, record.Options{})
			if sourcetest.Race {
				r = sourcetest.First(r, sample)
			}
			articles, faults := sourcetest.All(t, r)
			whole := len(articles) == c.articles && len(faults) == c.faults
			if !whole && !(sourcetest.Race && len(articles)+len(faults) == sample && len(faults) <= c.faults) {
				t.Fatalf("%d articles, %d faults, want %d and %d; the first faults: %v",
					len(articles), len(faults), c.articles, c.faults, faults[:min(5, len(faults))])
			}
			undated := 0
			for i := range articles {
				a := &articles[i]
				if a.Published.IsZero() {
					undated++
				}
				if fault := c.check(a) + wellFormed(a); fault != "" {
					t.Errorf("record %d, %q: %s", i+1, a.ID, fault)
				}
			}
			if undated > c.undated || whole && undated < c.undated {
				t.Errorf("%d undated, want %d", undated, c.undated)
			}
			comeBack(t, articles[:min(1500, len(articles))])
		})
	}
}

// comeBack checks that the articles are read again as they are from what is printed of them.
func comeBack(t *testing.T, articles []index.Article) {
	t.Helper()
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	for i := range articles {
		if err := encoder.Encode(articles[i]); err != nil {
			t.Fatal(err)
		}
	}
	again, faults := sourcetest.All(t, Open(&text, record.Options{}))
	if len(faults) > 0 || len(again) != len(articles) {
		t.Fatalf("read again: %d articles, %v", len(again), faults)
	}
	for i := range again {
		if !reflect.DeepEqual(again[i], articles[i]) {
			t.Fatalf("read again: %#v\nwas %#v", again[i], articles[i])
		}
	}
}

// wellFormed checks what holds of every article that was read.
func wellFormed(a *index.Article) string {
	for _, s := range append([]string{a.ID, a.URL, a.Source, a.Title, a.Dateline, a.Agency}, a.Authors...) {
		if s != strings.Join(strings.Fields(s), " ") {
			return "not in one line: " + s
		}
	}
	switch {
	case strings.Contains(a.Body, "\n\n\n"), strings.Contains(a.Body, " \n"), a.Body != strings.TrimSpace(a.Body):
		return "untidy paragraphs"
	case strings.ContainsFunc(a.Title+a.Body, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' }):
		return "a control character"
	case a.Title == "" && a.Body == "", a.Format != "jsonl":
		return "no text or format"
	case !a.Published.IsZero() && (a.Precision == "" || a.DateFrom == ""):
		return "a date without its precision"
	}
	return ""
}

// fault returns what is wrong unless ok.
func fault(ok bool, what string) string {
	if ok {
		return ""
	}
	return what + "; "
}

func reutersNews(a *index.Article) string {
	return fault(a.ID != "" && a.Title != "" && strings.HasPrefix(a.URL, "http"), "id, title or url") +
		fault(a.Source == "Reuters" && len(a.Extra) == 0, "source or extra") +
		fault(a.Precision == "second" && a.DateFrom == "field:date" && a.Published.Year() >= 2009 && a.Published.Year() <= 2011, "date "+a.Day())
}

func allsides(a *index.Article) string {
	return fault(a.ID != "" && a.URL != "" && a.Source != "" && len(a.Topics) == 1, "id, url, source or topic") +
		fault(len(a.Extra) == 4 && a.Extra["bias"] != nil && a.Extra["source_url"] != nil, "extra") +
		fault(a.Precision == "day" && (a.Published.Year() == 2013 || a.Published.Year() == 2014), "date "+a.Day()) +
		fault(!slices.ContainsFunc(a.Authors, func(s string) bool { return strings.ContainsAny(s, `"`) || strings.HasPrefix(s, ",") }), "authors")
}

func newsquiz(a *index.Article) string {
	return fault(strings.HasPrefix(a.ID, "rt") && a.URL != "" && len(a.Extra) == 0, "id, url or extra") +
		fault(strings.Contains(a.Source, ".co"), "source") + fault(a.DateFrom == "field:publish_date" && a.Precision == "day", "date")
}

func multihop(a *index.Article) string {
	return fault(a.ID == a.URL && a.Source != "" && a.Section != "" && len(a.Extra) == 0, "id, source or section") +
		fault(a.Published.Year() == 2023 && a.Precision == "second", "date "+a.Day())
}

func timeMagazine(a *index.Article) string {
	return fault(a.ID != "" && a.Body != "" && len(a.Extra) == 2, "id, body or extra") + fault(a.Published.Year() == 1963, "date "+a.Day())
}

func wikinews(a *index.Article) string {
	return fault(a.ID != "" && a.Title != "" && len(a.Extra) == 2, "id, title or extra") +
		fault(a.Published.Year() >= 2004 && a.Published.Year() <= 2022 && a.Precision == "day", "date "+a.Day())
}

func giletsJaunes(a *index.Article) string {
	return fault(len(a.Language) == 2 && a.Extra["country"] != nil && a.Extra["file"] != nil, "language or extra") +
		fault((a.URL == "") == (a.Extra["url"] != nil) && (a.URL == "") == (a.Source == ""), "url or source") +
		fault(a.Published.IsZero() || a.Published.Year() >= 2005 && a.Published.Year() <= 2019, "date "+a.Day())
}

func BenchmarkShared(b *testing.B) {
	text, err := io.ReadAll(sourcetest.Shared(b, "reuters_news/reuters-2009.jsonl.zst"))
	if err != nil {
		b.Fatal(err)
	}
	list := append(append([]byte("["), bytes.ReplaceAll(bytes.TrimSpace(text), []byte("\n"), []byte(",\n"))...), ']')
	for _, c := range []struct {
		name   string
		text   []byte
		decode bool
	}{{"split lines", text, false}, {"split list", list, false}, {"lines", text, true}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			for b.Loop() {
				for r := Open(bytes.NewReader(c.text), record.Options{}); ; {
					rec, err := r.Next()
					if err == io.EOF {
						break
					}
					if c.decode {
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
