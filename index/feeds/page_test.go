package feeds

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dateline/index"
	"dateline/index/fetch"
	"dateline/index/memory"
)

// readPages are options with a reader of pages.
func readPages() Options {
	format := paper
	return Options{page: &format}
}

const long = "<html>\nThe quay is open, said Ruslan Mirzaev in Rotterdam on Thursday.\n\nShips have been waiting for three weeks, and more than twenty of them are expected before the end of the month."

// TestFullText: a new article gets the text of its page, once; what the feed says of it leads.
func TestFullText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, engine := newWorld(), memory.New(memory.Options{})
		k := keeper(t, t.TempDir(), engine, w, readPages())
		if _, err := k.Import(t.Context(), []Wanted{{URL: quay, FullText: true}}); err != nil {
			t.Fatal(err)
		}
		w.says(quay, items(1, 4))
		w.says("https://quay.example.com/1", long)
		w.says("https://quay.example.com/2", "<html>\nShort.")
		w.says("https://quay.example.com/3", "!")
		w.says("https://quay.example.com/4", "?")
		out := pollNow(t, k, quay)
		if out.New != 4 || out.Records.Indexed != 4 || len(w.asked) != 5 {
			t.Errorf("%+v, asked %v", out, w.asked)
		}
		a, err := engine.Get(t.Context(), "https://quay.example.com/1")
		switch {
		case err != nil:
			t.Fatal(err)
		case a.Title != "Quay 1 opens" || a.Lead != "The quay number 1 is open." || "<html>\n"+a.Body != long || a.Section != "Ports" || len(a.Authors) != 1:
			t.Errorf("%+v", a)
		case a.Published.Hour() != 1 || a.Words < 25 || string(a.Extra[pageKey]) != `"https://quay.example.com/1"` || len(a.Names(index.Person)) == 0:
			t.Errorf("%+v", a)
		}
		if a, _ := engine.Get(t.Context(), "https://quay.example.com/2"); a.Body != "The quay number 2 is open." || a.Extra[pageKey] != nil {
			t.Errorf("%+v", a)
		}
		if f := feed(t, k, quay); !strings.Contains(f.Unpaged, "its page is no article") && !strings.Contains(f.Unpaged, "the reader failed") {
			t.Errorf("%+v", f)
		}
		// Again, in this process and in another: nothing is asked for and nothing changes.
		for _, k := range []*Keeper{k, keeper(t, t.TempDir(), engine, w, readPages())} {
			time.Sleep(time.Hour)
			if _, err := k.Import(t.Context(), []Wanted{{URL: quay, FullText: true}}); err != nil {
				t.Fatal(err)
			}
			asked := len(w.asked)
			if out := pollNow(t, k, quay); out.Records.Unchanged != 4 || out.Records.Read != 4 || len(w.asked) != asked+1 {
				t.Errorf("%+v, asked %v", out, w.asked[asked:])
			}
		}
		// A correction by the feed reaches the article, and its text stays.
		w.says(quay, strings.ReplaceAll(items(1, 1), "Quay 1 opens", "Quay 1 opens at last"))
		pollNow(t, k, quay)
		if a, _ := engine.Get(t.Context(), "https://quay.example.com/1"); a.Title != "Quay 1 opens at last" || "<html>\n"+a.Body != long {
			t.Errorf("%+v", a)
		}
	})
}

// TestPagesThatCannotBeHad are no reason not to index what the feed has.
func TestPagesThatCannotBeHad(t *testing.T) {
	w := newWorld()
	k := keeper(t, t.TempDir(), nil, w, readPages())
	if _, err := k.Import(t.Context(), []Wanted{{URL: quay, FullText: true}}); err != nil {
		t.Fatal(err)
	}
	w.says(quay, items(1, 3))
	w.set("https://quay.example.com/2", func(r fetch.Request) (*fetch.Response, error) {
		if !r.Robots {
			t.Error("a page is asked for whatever robots.txt says")
		}
		return &fetch.Response{URL: r.URL, ContentType: "application/pdf", Body: []byte("%PDF")}, nil
	})
	if out := pollNow(t, k, quay); out.Records.Indexed != 3 || out.Error != "" {
		t.Errorf("%+v", out)
	}
	bare := keeper(t, t.TempDir(), nil, w, Options{})
	must(t, bare.list.add1(Feed{URL: quay, FullText: true}))
	if out := pollNow(t, bare, quay); out.Records.Indexed != 3 {
		t.Errorf("%+v", out)
	}
}

// TestInterruptedPage: a page that was being fetched when the poll was broken off is fetched by the next.
func TestInterruptedPage(t *testing.T) {
	w, engine := newWorld(), memory.New(memory.Options{})
	k := keeper(t, t.TempDir(), engine, w, readPages())
	must(t, k.list.add1(Feed{URL: quay, FullText: true}))
	w.says(quay, items(1, 1))
	ctx, cancel := context.WithCancel(t.Context())
	w.set("https://quay.example.com/1", func(fetch.Request) (*fetch.Response, error) {
		cancel()
		return nil, ctx.Err()
	})
	if _, err := k.Poll(ctx, Polling{Now: true}); err == nil {
		t.Error("no error")
	}
	w.says("https://quay.example.com/1", long)
	if out := pollNow(t, k, quay); out.New != 1 {
		t.Errorf("%+v", out)
	}
	if a, err := engine.Get(t.Context(), "https://quay.example.com/1"); err != nil || "<html>\n"+a.Body != long {
		t.Errorf("%+v, %v", a, err)
	}
}

// add1 is add without the number.
func (l *list) add1(f Feed) error {
	_, err := l.add(f)
	return err
}
