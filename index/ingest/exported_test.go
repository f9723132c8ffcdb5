package ingest

import (
	"path/filepath"
	"reflect"
	"testing"

	"dateline/index"
	"dateline/index/embedded"
)

// TestExportedAndReadAgain holds that what an index exports has the same entities when it is read again, mentions included, so
// that it changes nothing in the index that it is from.
func TestExportedAndReadAgain(t *testing.T) {
	e, err := embedded.Open(t.TempDir(), embedded.Options{})
	must(t, err)
	defer func() { must(t, e.Close()) }()
	_, err = Run(t.Context(), e, []string{filepath.Join("..", "..", "testdata", "articles")}, Options{})
	must(t, err)
	var exported []index.Article
	mentions := 0
	for a, err := range e.Export(t.Context(), index.Request{Sort: index.SortOldest}) {
		must(t, err)
		exported = append(exported, a)
		for _, n := range a.Entities {
			mentions += len(n.Mentions)
		}
	}
	if len(exported) < 50 || mentions < 5*len(exported) {
		t.Fatalf("%d articles, %d mentions", len(exported), mentions)
	}
	again := reread(t, exported)
	for i, a := range exported {
		if !reflect.DeepEqual(again[i].Entities, a.Entities) {
			t.Errorf("%s\n%s\nread again\n%s", a.ID, show(a.Entities), show(again[i].Entities))
		}
	}
	receipt, err := e.Put(t.Context(), again)
	must(t, err)
	if receipt.Unchanged != len(again) {
		t.Errorf("of %d articles: %+v", len(again), receipt)
	}
}
