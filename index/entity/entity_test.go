package entity_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dateline/index"
	"dateline/index/entity"
)

// TestSentences holds which names are found in texts written for the purpose.
func TestSentences(t *testing.T) {
	file, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	n, right := 0, 0
	for line := range strings.Lines(string(file)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		want, later := strings.CutPrefix(strings.ReplaceAll(line, `\n`, "\n"), "~ ")
		got := marked(unmarked(want))
		n++
		switch {
		case got == want && later:
			t.Errorf("found now, take the ~ away: %s", want)
		case got == want:
			right++
		case !later:
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	}
	t.Logf("%d of %d texts as they should be", right, n)
}

var mark = regexp.MustCompile(`\{\w+\|([^}]*)\}`)

func unmarked(s string) string { return mark.ReplaceAllString(s, "$1") }

// marked writes the names that are found in a text into it.
func marked(text string) string {
	var b strings.Builder
	end := 0
	for _, m := range entity.New().Find(nil, text) {
		typ := m.Type
		if m.Demonym {
			typ = "demonym"
		}
		b.WriteString(text[end:m.Start] + "{" + typ + "|" + text[m.Start:m.End] + "}")
		end = m.End
	}
	return b.String() + text[end:]
}

// TestTextsHelpEachOther holds that what the body says decides about the title.
func TestTextsHelpEachOther(t *testing.T) {
	title, body := "DEKKER WINS VOTE", "The mayor, Joris Dekker, won the vote on Tuesday. His rival conceded."
	found := entity.New().FindAll(title, "", body)
	if len(found) != 3 || len(found[0]) != 1 || title[found[0][0].Start:found[0][0].End] != "DEKKER" || found[0][0].Type != index.Person {
		t.Errorf("in the title: %+v", found[0])
	}
}

// TestFindAppends holds that mentions are appended, also by goroutines that share a finder.
func TestFindAppends(t *testing.T) {
	f := entity.New()
	want := f.Find(nil, "Barack Obama flew to Berlin.")
	done := make(chan int)
	for range 8 {
		go func() {
			wrong := 0
			for range 50 {
				f.Find(nil, "The United Nations met in Geneva, Switzerland, on Monday.")
				if got := f.Find(want, "Barack Obama flew to Berlin."); len(got) != 2*len(want) || got[len(want)] != want[0] {
					wrong++
				}
			}
			done <- wrong
		}()
	}
	for range 8 {
		if n := <-done; n > 0 {
			t.Errorf("%d times something else was found", n)
		}
	}
}

func check(t *testing.T, text string, found []entity.Mention) {
	end, valid := 0, utf8.ValidString(text)
	for _, m := range found {
		if m.Start < end || m.End <= m.Start || m.End > len(text) {
			t.Fatalf("%q: %+v after %d", text, m, end)
		}
		name := text[m.Start:m.End]
		if valid && !utf8.ValidString(name) || strings.TrimSpace(name) != name {
			t.Fatalf("%q: cut out %q", text, name)
		}
		if m.Type != index.Person && m.Type != index.Org && m.Type != index.Place || m.Demonym && m.Type != index.Place {
			t.Fatalf("%q: %+v", text, m)
		}
		end = m.End
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"President Obama's trip to Côte d'Ivoire.", "LONDON (Reuters) - A.\n\nB of the C", "\xff\xfeЁ U.S.", "İstanbul ǅ"} {
		f.Add(s)
	}
	find := entity.New()
	f.Fuzz(func(t *testing.T, text string) {
		check(t, text, find.Find(nil, text))
		both := find.FindAll(text, text)
		check(t, text, both[0])
		check(t, text, both[1])
	})
}

// TestHostile holds that texts that are no news take no longer than others.
func TestHostile(t *testing.T) {
	for name, piece := range map[string]string{
		"letters": "a", "capitals": "A", "dots": ".", "initials": "A.", "apostrophes": "'", "names": "Aa ", "hyphens": "Aa-", "bad bytes": "\xff",
		"quotes": "\" ", "accents": "É", "abbreviations": "Mr. ", "possessives": "A's", "stops": ". A", "titles": "President ", "phrases": "Port of ",
	} {
		text := strings.Repeat(piece, 1<<20/len(piece))
		began := time.Now()
		check(t, text, entity.New().Find(nil, text))
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("1 MB of %s took %v", name, took)
		}
	}
}
