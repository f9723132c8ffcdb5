package embedded

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"dateline/index"
)

// fullArticle has something in every field.
func fullArticle() index.Article {
	return index.Article{
		ID: "https://a.example/1?x=y", URL: "https://a.example/1", Source: "Harbour Gazette", Agency: "AFP", Title: "Öl & Gas",
		Lead: "A lead.", Body: "One.\n\nTwo “three”.", Authors: []string{"A. Writer", "B"}, Dateline: "Rotterdam",
		Published: index.At(time.Date(1605, 2, 3, 4, 5, 6, 0, time.UTC)), Precision: "second", DateFrom: "header",
		Updated: index.At(time.Date(2024, 2, 3, 4, 5, 6, 0, time.UTC)), Indexed: index.At(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)),
		Language: "en", Section: "World", Topics: []string{"oil"}, Flags: []string{index.FlagDateConflict}, Words: 3, Story: "s", Text: "t", Format: "text", Path: "dir/a.txt",
		Entities: []index.Entity{
			{Type: index.Person, Name: "Ruslan Temirov", Aliases: []string{"Temirov"}, Count: 2,
				Mentions: []index.Mention{{Field: "body", Start: 3, End: 9, Text: "Temirov"}, {Field: "body", Start: 11, End: 16, Text: "three"}}},
			{Type: index.Place, Name: "Rotterdam", Count: 1},
		},
		Extra: map[string]json.RawMessage{"a": json.RawMessage(`{"b":[1]}`), "c": json.RawMessage(`null`)},
	}
}

func store(a index.Article) []byte {
	c := contentOf(&a)
	return c.encode(&a, life{since: 1, number: 1})
}

func TestStored(t *testing.T) {
	for _, a := range []index.Article{fullArticle(), {}, {ID: "x", Title: "only"}} {
		a.Indexed = index.At(time.Unix(1_700_000_000, 0))
		got, err := decodeArticle(store(a))
		if err != nil || !reflect.DeepEqual(got, a) {
			t.Errorf("%v\n got %+v\nwant %+v", err, got, a)
		}
	}
}

// TestContentHash changes every field of an article: all but Indexed, Path, Format, Version and Changed make another content.
func TestContentHash(t *testing.T) {
	a := fullArticle()
	hash := contentOf(&a).hash
	same := map[string]bool{"Indexed": true, "Path": true, "Format": true, "Version": true, "Changed": true}
	typ := reflect.TypeFor[index.Article]()
	for i := range typ.NumField() {
		changed := fullArticle()
		reflect.ValueOf(&changed).Elem().Field(i).SetZero()
		if equal := contentOf(&changed).hash == hash; equal != same[typ.Field(i).Name] {
			t.Errorf("without %s the content is equal: %v", typ.Field(i).Name, equal)
		}
	}
	empty := index.Article{ID: "x", Authors: []string{}, Extra: map[string]json.RawMessage{}}
	if contentOf(&empty).hash != contentOf(&index.Article{ID: "x"}).hash {
		t.Error("empty lists are not the same as none")
	}
}

func TestBrokenBytes(t *testing.T) {
	a := index.Article{ID: "x", Title: "a\xff\xfeb", Authors: []string{"c\xff"}, Entities: []index.Entity{{Name: "d\xff", Type: index.Org}}, Path: "p"}
	c := contentOf(&a)
	got := c.said(&a)
	want := index.Article{ID: "x", Title: "a\uFFFD\uFFFDb", Authors: []string{"c\uFFFD"}, Entities: []index.Entity{{Name: "d\uFFFD", Type: index.Org}}, Path: "p"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestMentions holds that mentions come back as they were put, however little they fit the article.
func TestMentions(t *testing.T) {
	title, long := "Ölpreis: Temirov \xffsays no", strings.Repeat("é Rotterdam ", 500)
	for _, m := range [][]index.Mention{
		{{Field: "title", Start: 9, End: 16, Text: "Temirov"}, {Field: "title", Start: 0, End: 7, Text: "Ölpreis"}, {Field: "title", Start: 17, End: 22, Text: "\uFFFDsays"}},
		{{Field: "body", Start: 5990, End: 5999, Text: "Rotterdam"}, {Field: "body", Start: 2, End: 11, Text: "rotterdam"}, {Field: "body", Start: 0, End: 6000, Text: long}},
		{{Field: "body", Start: 3, End: 3}, {Field: "body", Start: 9, End: 3}, {Field: "body", Start: -1, End: 3}, {Field: "body", Start: 0, End: 6001, Text: "x"}},
		{{Field: "body", Start: math.MaxInt, End: math.MinInt, Text: "far"}, {Field: "body", Start: math.MinInt, End: math.MaxInt}, {Field: "body"}, {}},
		{{Field: "lead", Start: 0, End: 1}, {Field: "dateline", Start: 0, End: 1, Text: "R"}, {Field: "x", Text: "y"}, {Field: "title", Start: 0, End: 31, Text: "no"}},
	} {
		a := index.Article{ID: "x", Title: title, Body: long, Entities: []index.Entity{{Type: index.Person, Name: "a", Mentions: m}, {Name: "b", Mentions: m}}}
		got, err := decodeArticle(store(a))
		if err != nil || !reflect.DeepEqual(got.Entities, a.Entities) {
			t.Errorf("%v\n got %+v\nwant %+v", err, got.Entities, a.Entities)
		}
		again := got
		if contentOf(&again).hash != contentOf(&a).hash {
			t.Errorf("%+v: what was put and what is kept are not the same", m)
		}
	}
}

// TestMentionsAreSmall holds what a mention takes: its entity's type and name aside, less than four bytes before compression.
func TestMentionsAreSmall(t *testing.T) {
	a := index.Article{ID: "x", Body: strings.Repeat("Ruslan Temirov spoke in Rotterdam. ", 60)}
	e := index.Entity{Type: index.Person, Name: "Ruslan Temirov", Count: 50}
	a.Entities = []index.Entity{e}
	without := len(contentOf(&a).bytes)
	for i := range 50 {
		e.Mentions = append(e.Mentions, index.Mention{Field: "body", Start: 35 * i, End: 35*i + 14, Text: "Ruslan Temirov"})
	}
	a.Entities = []index.Entity{e}
	if n := len(contentOf(&a).bytes) - without; n > 50*4 {
		t.Errorf("50 mentions take %d bytes", n)
	}
}

func FuzzDecodeArticle(f *testing.F) {
	f.Add(store(fullArticle()))
	f.Add(store(index.Article{}))
	f.Add([]byte{storedV3})
	f.Fuzz(func(t *testing.T, stored []byte) {
		a, err := decodeArticle(stored)
		if err != nil {
			return
		}
		// What was not written here may hold bytes that are not UTF-8; written again it holds none, and stays as it is.
		once, err := decodeArticle(store(a))
		if err != nil {
			t.Fatal(err)
		}
		twice, err := decodeArticle(store(once))
		if err != nil || !reflect.DeepEqual(twice, once) {
			t.Fatalf("%v: %+v came back as %+v", err, once, twice)
		}
	})
}

func BenchmarkDecodeArticle(b *testing.B) {
	stored := store(fullArticle())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decodeArticle(stored); err != nil {
			b.Fatal(err)
		}
	}
}
