package embedded

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/query"
)

// TestDocsCache: what is asked for again stays, what is not is forgotten, and so is no fault.
func TestDocsCache(t *testing.T) {
	var c docsCache
	made := 0
	get := func(word string, size uint32) {
		t.Helper()
		set, err := c.get(docsKey{slot: word}, func() (*roaring.Bitmap, error) {
			made++
			set := roaring.New()
			for doc := range size {
				set.Add(2 * doc)
			}
			return set, nil
		})
		if err != nil || set.GetCardinality() != uint64(size) {
			t.Fatal(set, err)
		}
	}
	get("often", 10)
	for n := range 400 {
		get(fmt.Sprint(n), 2000)
		get("often", 10)
		if c.held > maxDocs {
			t.Fatalf("%d bytes are held", c.held)
		}
	}
	if made != 401 {
		t.Errorf("%d sets were made, want one for each word", made)
	}
	if get("0", 2000); made != 402 {
		t.Error("nothing was forgotten")
	}
	fault := errors.New("a fault")
	for range 2 {
		if _, err := c.get(docsKey{slot: "faulty"}, func() (*roaring.Bitmap, error) { return nil, fault }); err != fault {
			t.Errorf("got %v", err)
		}
	}
}

// TestCountsOfSeveral: requests counted together, some of them twice, are what each is counted alone and what a search finds.
func TestCountsOfSeveral(t *testing.T) {
	e := mustOpen(t, t.TempDir(), Options{})
	for seed := range uint64(3) {
		mustPut(t, e, zipfArticles(80, seed))
	}
	if _, err := e.Delete(t.Context(), []string{"0-1", "1-2", "2-3"}); err != nil {
		t.Fatal(err)
	}
	var requests []index.Request
	for _, text := range []string{"ta", "te", "ta te", "ta OR te", "ta -te", "title:ta", "title:ta*", "=ta", `"ta te"`, "tain~1", "date:2024", "has:person", ""} {
		q, err := query.Parse(text, time.Date(2024, 3, 15, 12, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range []query.Match{query.MatchAll, query.MatchAny, ""} {
			filtered := index.Filters{Include: map[index.Field][]string{index.FieldSource: {"paper 1", "paper 2", "paper 3"}}}
			requests = append(requests, index.Request{Query: q, Match: match}, index.Request{Query: q, Match: match, Filters: filtered}, index.Request{Query: q, Match: match, Variants: index.VariantsOff})
		}
	}
	for range 2 { // the second time some are remembered
		together, err := e.Count(t.Context(), requests)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range requests {
			alone, err := e.Count(t.Context(), []index.Request{r})
			if err != nil {
				t.Fatal(err)
			}
			found, err := e.Search(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			if together[i] != alone[0] || alone[0] != found.Total.Articles {
				t.Errorf("%s %s %v: %d together, %d alone, a search finds %d", r.Query, r.Match, r.Filters.Include, together[i], alone[0], found.Total.Articles)
			}
		}
	}
}
