package embedded

import (
	"encoding/json"
	"reflect"
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
		Language: "en", Section: "World", Topics: []string{"oil"}, Words: 3, Story: "s", Text: "t", Format: "text", Path: "dir/a.txt",
		Entities: []index.Entity{
			{Type: index.Person, Name: "Ruslan Temirov", Aliases: []string{"Temirov"}, Count: 2,
				Mentions: []index.Mention{{Field: "body", Start: 3, End: 9, Text: "Temirov"}}},
			{Type: index.Place, Name: "Rotterdam", Count: 1},
		},
		Extra: map[string]json.RawMessage{"a": json.RawMessage(`{"b":[1]}`), "c": json.RawMessage(`null`)},
	}
}

func store(a index.Article) []byte {
	c := contentOf(&a)
	return c.encode(&a)
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

// TestContentHash changes every field of an article: all but Indexed, Path and Format make another content.
func TestContentHash(t *testing.T) {
	a := fullArticle()
	hash := contentOf(&a).hash
	same := map[string]bool{"Indexed": true, "Path": true, "Format": true}
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

func FuzzDecodeArticle(f *testing.F) {
	f.Add(store(fullArticle()))
	f.Add(store(index.Article{}))
	f.Add([]byte{storedV1})
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
