package embedded

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/index/aliases"
)

// nameArticle makes an article that names people, each with aliases behind a slash.
func nameArticle(id string, people ...string) index.Article {
	a := index.Article{ID: id, Title: "an article"}
	for _, p := range people {
		name, aliases, _ := strings.Cut(p, "/")
		e := index.Entity{Type: index.Person, Name: name, Count: 1}
		if aliases != "" {
			e.Aliases = strings.Split(aliases, "/")
		}
		a.Entities = append(a.Entities, e)
	}
	return a
}

func put(t *testing.T, e *Engine, articles ...index.Article) {
	t.Helper()
	if _, err := e.Put(context.Background(), articles); err != nil {
		t.Fatal(err)
	}
}

func decide(t *testing.T, e *Engine, action index.Action, name, other string) {
	t.Helper()
	if _, err := e.Decide(context.Background(), []index.Decision{{Action: action, Type: index.Person, Name: name, Other: other}}); err != nil {
		t.Fatal(err)
	}
}

// people returns the facet of persons as text: "Ruslan Mirzaev=2 ...".
func people(t *testing.T, e *Engine) string {
	t.Helper()
	r, err := e.Search(context.Background(), index.Request{Facets: []index.Field{index.FieldPerson}, FacetSize: 1000, Size: -1})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, v := range r.Facets[index.FieldPerson].Values {
		list = append(list, fmt.Sprintf("%s=%d", v.Value, v.Count))
	}
	return strings.Join(list, ", ")
}

func reopen(t *testing.T, e *Engine, o Options) *Engine {
	t.Helper()
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	return openEngine(t, e.dir, o)
}

// TestDecisionsOutlive closes the index, and opens it for writing and for reading.
func TestDecisionsOutlive(t *testing.T) {
	e := openEngine(t, t.TempDir(), Options{})
	put(t, e, nameArticle("1", "Anna Berg"), nameArticle("2", "Olle Falk"), nameArticle("3", "Anna Berg", "Olle Falk"), nameArticle("4", "Ida Holm"))
	const before, after = "Anna Berg=2, Olle Falk=2, Ida Holm=1", "Anna Berg=3, Ida Holm=1"
	if got := people(t, e); got != before {
		t.Fatal(got)
	}
	decide(t, e, index.ActionMerge, "Olle Falk", "Anna Berg")
	log, err := e.Decisions(context.Background())
	if err != nil || len(log) != 1 || log[0].Time.IsZero() {
		t.Fatalf("%+v, %v", log, err)
	}
	for _, o := range []Options{{}, {ReadOnly: true}, {}} {
		e = reopen(t, e, o)
		again, err := e.Decisions(context.Background())
		if err != nil || !reflect.DeepEqual(again, log) {
			t.Errorf("%+v: %+v, %v", o, again, err)
		}
		if got := people(t, e); got != after {
			t.Errorf("%+v: %s", o, got)
		}
	}
	decide(t, e, index.ActionUndo, "", "")
	if got := people(t, reopen(t, e, Options{})); got != before {
		t.Error(got)
	}
}

// TestDecisionsRefused leaves everything as it was.
func TestDecisionsRefused(t *testing.T) {
	e := openEngine(t, t.TempDir(), Options{})
	put(t, e, nameArticle("1", "Anna Berg"), nameArticle("2", "Olle Falk"))
	_, err := e.Decide(context.Background(), []index.Decision{
		{Action: index.ActionHide, Type: index.Person, Name: "Anna Berg"},
		{Action: index.ActionRename, Type: index.Person, Name: "Anna Berg", Other: "OLLE FALK"},
	})
	var fault *index.DecisionError
	if !errors.As(err, &fault) || fault.Index != 1 {
		t.Errorf("%v", err)
	}
	if log, _ := e.Decisions(context.Background()); len(log) != 0 || people(t, e) != "Anna Berg=1, Olle Falk=1" {
		t.Errorf("%+v; %s", log, people(t, e))
	}
	if _, err := os.Stat(filepath.Join(e.dir, decisionsName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there is a file: %v", err)
	}
	var readOnly *index.ReadOnlyError
	r := reopen(t, e, Options{ReadOnly: true})
	_, err = r.Decide(context.Background(), []index.Decision{{Action: index.ActionHide, Type: index.Person, Name: "Anna Berg"}})
	if !errors.As(err, &readOnly) {
		t.Errorf("opened for reading: %v", err)
	}
}

// TestDecisionsFileDamaged names the file and the line, and changes nothing.
func TestDecisionsFileDamaged(t *testing.T) {
	e := openEngine(t, t.TempDir(), Options{})
	put(t, e, nameArticle("1", "Anna Berg"))
	decide(t, e, index.ActionHide, "Anna Berg", "")
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(e.dir, decisionsName)
	good, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	bad := append(slices.Clone(good), "marry\tperson\n"...)
	if err := os.WriteFile(name, bad, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(e.dir, Options{}); err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "line") {
		t.Errorf("error %v", err)
	}
	if b, _ := os.ReadFile(name); !bytes.Equal(b, bad) {
		t.Error("the file was changed")
	}
	if err := os.WriteFile(name, good, 0o666); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(good, []byte(aliases.Header)) {
		t.Errorf("the file does not say what it is: %q", good)
	}
	if got := people(t, openEngine(t, e.dir, Options{})); got != "" {
		t.Error(got)
	}
}

// TestGraphsAreRemembered opens an index whose names were compared already, with the files of the graphs whole, damaged, and
// gone.
func TestGraphsAreRemembered(t *testing.T) {
	e := openEngine(t, t.TempDir(), Options{})
	put(t, e, nameArticle("1", "Ruslan Mirzaev"), nameArticle("2", "Ruslan Mirzayev"), nameArticle("3", "Ida Holm"))
	if err := e.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(e.dir, graphName(index.Person))
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	want := people(t, e)
	for what, content := range map[string][]byte{"whole": whole, "cut": whole[:len(whole)/2], "empty": {}, "gone": nil} {
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		if content != nil {
			if err := os.WriteFile(name, content, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		e = openEngine(t, e.dir, Options{})
		if n := e.names.graph(index.Person).Len(); n != map[string]int{"whole": 3}[what] {
			t.Errorf("%s: %d spellings are known", what, n)
		}
		if got := people(t, e); got != want || !strings.Contains(got, "Ruslan Mirzaev=2") {
			t.Errorf("%s: %s", what, got)
		}
	}
}

// TestEntityTally compares the counts of entities with counting one article after the other, in every unit.
func TestEntityTally(t *testing.T) {
	v, e := talliedNames(t, 600)
	b := v.book(index.Person)
	if len(b.moved) < 10 {
		t.Fatalf("%d names are of entities with several", len(b.moved))
	}
	d := rand.New(rand.NewPCG(3, 5))
	for _, u := range []index.Unit{index.Articles, index.Texts, index.Stories} {
		for _, density := range []float64{0, 0.01, 0.3, 0.7, 1} {
			sets := make([]*roaring.Bitmap, len(v.segments))
			for i, s := range v.segments {
				sets[i] = roaring.New()
				for _, doc := range s.live.ToArray() {
					if d.Float64() < density {
						sets[i].Add(doc)
					}
				}
			}
			counts := make([]uint32, v.table(index.Person).size())
			without := v.tally(index.Person, sets, u, counts, b)
			want, wantWithout := plainEntities(v, b, sets, u)
			got := map[string]int{}
			for n, count := range counts {
				if count > 0 {
					got[b.Label(uint32(n))] = int(count)
				}
			}
			if !maps.Equal(got, want) || without != wantWithout {
				t.Errorf("%s, %g of the articles: %v and %d without, not %v and %d", u, density, got, without, want, wantWithout)
			}
		}
	}
	_ = e
}

// talliedNames makes an index in which people have several names, often in one article.
func talliedNames(t *testing.T, articles int) (*view, *Engine) {
	t.Helper()
	e := openEngine(t, t.TempDir(), Options{})
	d := rand.New(rand.NewPCG(11, 13))
	names := make([]string, 60)
	for i := range names {
		names[i] = fmt.Sprintf("%c%c Person", 'A'+i/26, 'a'+i%26)
	}
	for first := 0; first < articles; first += 100 {
		var batch []index.Article
		for i := range 100 {
			var some []string
			for range d.IntN(6) {
				some = append(some, names[d.IntN(len(names))])
			}
			a := nameArticle(fmt.Sprint(first+i), some...)
			if d.IntN(3) > 0 {
				a.Text, a.Story = fmt.Sprint("text ", d.IntN(articles/3)), fmt.Sprint("story ", d.IntN(articles/9))
			}
			batch = append(batch, a)
		}
		put(t, e, batch...)
	}
	for i := range 25 {
		decide(t, e, index.ActionMerge, names[2*i], names[d.IntN(len(names)-1)/2*2+1])
	}
	v, release, err := e.acquire(time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := release(); err != nil {
			t.Error(err)
		}
	})
	return v, e
}

func plainEntities(v *view, b *book, sets []*roaring.Bitmap, u index.Unit) (counts map[string]int, without int) {
	having, none := map[string]map[string]bool{}, map[string]bool{}
	for i, set := range sets {
		for _, doc := range set.ToArray() {
			unit := v.unitOf(u, i, doc)
			values := v.segments[i].column(index.Person).of(nil, doc)
			if len(values) == 0 {
				none[unit] = true
			}
			for _, n := range values {
				label := b.Label(b.stands(n))
				if having[label] == nil {
					having[label] = map[string]bool{}
				}
				having[label][unit] = true
			}
		}
	}
	counts = map[string]int{}
	for label, units := range having {
		counts[label] = len(units)
	}
	return counts, len(none)
}

// TestFilterFindsWhatTheFacetCounts holds for every value of the facet of an index in which names are merged.
func TestFilterFindsWhatTheFacetCounts(t *testing.T) {
	_, e := talliedNames(t, 300)
	for _, u := range []index.Unit{index.Articles, index.Texts, index.Stories} {
		r, err := e.Search(context.Background(), index.Request{Facets: []index.Field{index.FieldPerson}, FacetSize: 100, Size: -1, Count: u})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range r.Facets[index.FieldPerson].Values {
			one, err := e.Search(context.Background(), index.Request{
				Size: -1, Filters: index.Filters{Include: map[index.Field][]string{index.FieldPerson: {v.Value}}},
			})
			if err != nil {
				t.Fatal(err)
			}
			if got := one.Total.Of(u); got != v.Count {
				t.Errorf("%s: %d %s, but the filter finds %d", v.Value, v.Count, u, got)
			}
		}
	}
}
