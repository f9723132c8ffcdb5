package ingest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dateline/index"
	"dateline/index/source/sourcetest"
)

// show writes entities as lines of type, name, count, aliases and where they are named.
func show(list []index.Entity) string {
	var b strings.Builder
	for _, e := range list {
		fmt.Fprintf(&b, "%s %s x%d", e.Type, e.Name, e.Count)
		if len(e.Aliases) > 0 {
			fmt.Fprintf(&b, " (%s)", strings.Join(e.Aliases, ", "))
		}
		for _, m := range e.Mentions {
			fmt.Fprintf(&b, " %s:%d-%d", m.Field, m.Start, m.End)
		}
		b.WriteString("\n")
	}
	return strings.TrimSpace(b.String())
}

// read returns entities written as "type name (alias, alias) xN".
func read(lines string) (list []index.Entity) {
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		var e index.Entity
		e.Count = 1
		e.Type, line, _ = strings.Cut(line, " ")
		if at := strings.LastIndex(line, " x"); at >= 0 {
			fmt.Sscan(line[at+2:], &e.Count)
			line = line[:at]
		}
		name, aliases, ok := strings.Cut(line, " (")
		if e.Name = name; ok {
			e.Aliases = strings.Split(strings.TrimSuffix(aliases, ")"), ", ")
		}
		list = append(list, e)
	}
	return list
}

// TestName looks at the entities of whole articles: what is found, where, and what becomes of what the record gives.
func TestName(t *testing.T) {
	for _, test := range []struct{ what, title, lead, body, given, want string }{
		{
			"in all fields, in characters", "Ruslan Temirov in Rotterdam", "Voilà – Mr. Temirov said no.", "“Non”, Temirov told Rotterdam’s council.\n\nTemirov left Rotterdam.",
			"", `
			person Ruslan Temirov x4 (Temirov) title:0-14 lead:12-19 body:7-14 body:42-49
			place Rotterdam x3 title:18-27 body:20-29 body:55-64`,
		}, {
			"the record leads", "Ruslan Temirov in Rotterdam", "", "Temirov spoke in Rotterdam.",
			"place ROTTERDAM x7\nperson Mr Ruslan Temirov (the Secretary)\norg Quay Club x3", `
			place ROTTERDAM x2 (Rotterdam) title:18-27 body:17-26
			person Mr Ruslan Temirov x2 (the Secretary, Ruslan Temirov, Temirov) title:0-14 body:0-7
			org Quay Club x3`,
		}, {
			"a full name of the record and a surname of the text", "", "", "“No,” said Mr. Temirov. Mr. Temirov went to Geneva.",
			"person Ruslan Temirov", `
			person Ruslan Temirov x2 (Temirov) body:15-22 body:28-35
			place Geneva x1 body:44-50`,
		}, {
			"codes", "", "", "Ruslan Temirov of the Northern Corridor Organization (NCO) flew to the United States. Temirov said the U.S. and West Germany had agreed.",
			"person temirov\norg nco\nplace usa\nplace west-germany\nplace greece x2", `
			person temirov x2 (Ruslan Temirov, Temirov) body:0-14 body:86-93
			org nco x2 (Northern Corridor Organization, NCO) body:22-52 body:54-57
			place usa x2 (United States, U.S.) body:71-84 body:103-107
			place west-germany x1 (West Germany) body:112-124
			place greece x2`,
		}, {
			"a type of the record", "", "", "Ruslan Temirov met Turan Energy in Geneva. Turan Energy agreed.",
			"place Turan Energy", `
			place Turan Energy x2 body:19-31 body:43-55
			place Geneva x1 body:35-41
			person Ruslan Temirov x1 body:0-14`,
		}, {
			"a surname of two", "", "", "Mr. Hugo Dekker and Mr. Joris Dekker came to Rotterdam. Mr. Dekker spoke to Mr. Hugo Dekker.",
			"person Anna Dekker x2", `
			person Anna Dekker x2
			person Hugo Dekker x2 body:4-15 body:80-91
			person Dekker x1 body:60-66
			person Joris Dekker x1 body:24-36
			place Rotterdam x1 body:45-54`,
		}, {
			"no demonyms, no days", "", "", "The French minister met German and Dutch colleagues in Geneva on Monday in March.",
			"", `place Geneva x1 body:55-61`,
		}, {
			"the dateline", "", "", "The quay is open.\n\nOSTRAVA, March 3 (Reuters) - Joris Dekker of Reuters said so.",
			"", `
			person Joris Dekker x1 body:48-60
			place Ostrava x1 body:19-26
			org Reuters x1 body:64-71`,
		}, {
			"capitals", "TEMIROV SAYS NO IN ZURICH", "", "ZURICH (Reuters) - Ruslan Temirov said no.",
			"", `
			person Ruslan Temirov x2 (TEMIROV) title:0-7 body:19-33
			place Zurich x2 title:19-25 body:0-6`,
		}, {
			"surnames that are left out", "Deckard says no", "", "“No,” said Harrison Deckard. Mr. Deckard then left. When was Deckard told? The council asked Deckard. Deckard Street is long; Deckard’s is not.",
			"", `
			person Harrison Deckard x6 (Deckard) title:0-7 body:11-27 body:33-40 body:61-68 body:93-100 body:126-133
			place Deckard Street x1 body:102-116`,
		},
		{
			"Russian", "Руслан Мирзаев прибыл", "", "Позже Мирзаев сказал, что Мирзаеву пора. С Мирзаевым приехала Гульнара Ахметова. Ахметову ждали в Ташкенте: Ташкент рад Руслану Мирзаеву.",
			"", `
			person Руслан Мирзаев x5 (Мирзаев, Мирзаеву, Мирзаевым, Руслану Мирзаеву) title:0-14 body:6-13 body:26-34 body:43-52 body:120-136
			person Гульнара Ахметова x2 (Ахметову) body:62-79 body:81-89
			place Ташкент x2 (Ташкенте) body:98-106 body:108-115`,
		}, {
			"Russian, of two families", "", "", "Вот Руслан Мирзаев и Ольга Мирзаева. Мирзаев молчит, Мирзаеву ждут.",
			"person Руслан Мирзаев", `
			person Руслан Мирзаев x2 (Мирзаев) body:4-18 body:37-44
			person Ольга Мирзаева x2 (Мирзаеву) body:21-35 body:53-61`,
		},
	} {
		a := index.Article{ID: "x", Title: test.title, Lead: test.lead, Body: test.body, Language: "en", Entities: read(test.given)}
		if strings.HasPrefix(test.what, "Russian") {
			a.Language = "ru"
		}
		name(&a, &Options{})
		want := strings.Join(strings.Split(strings.TrimSpace(test.want), "\n\t\t\t"), "\n")
		if got := show(a.Entities); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", test.what, got, want)
		}
		checkNames(t, &a)
	}
}

// TestGivenOnly checks the switch, and that mentions of a record are of no text that is known.
func TestGivenOnly(t *testing.T) {
	a := index.Article{Title: "Ruslan Temirov in Rotterdam", Language: "en", Entities: read("org Quay Club x3")}
	a.Entities[0].Mentions = []index.Mention{{Field: "title", Start: 0, End: 6, Text: "Ruslan"}}
	name(&a, &Options{Names: NamesGiven})
	if got := show(a.Entities); got != "org Quay Club x3" {
		t.Error(got)
	}
}

// TestMerging looks at who is who between a record and a text.
func TestMerging(t *testing.T) {
	for _, test := range []struct{ what, given, found, want string }{
		{"nothing given", "", "person Ann Bek (Bek)", "person Ann Bek (Bek)"},
		{"nothing found", "person A Bek (Bek)", "", "person A Bek (Bek)"},
		{"the name", "person Ann Bek", "place Ann Bek\nperson Ann Bek", "person Ann Bek"},
		{"the alias before what is alike", "person Anna Bek\nperson Cleo (Ann Bek)", "person Ann Bek", "person Anna Bek\nperson Cleo (Ann Bek)"},
		{"another type", "org Bek", "person Bek (Mr Bek)", "org Bek (Mr Bek)"},
		{"only one that is alike", "person Joris Dekker", "person JORIS DEKKER\nperson Dekker, Joris", "person Joris Dekker (JORIS DEKKER)\nperson Dekker, Joris"},
		{"an alias found", "org Ostport", "org Eastern Port (Ostport)", "org Ostport (Eastern Port)"},
		{"no alias that is another's name", "", "org Ostport x2\norg Port (Ostport, P)", "org Ostport\norg Port (P)"},
		{"a surname of two given", "person Ann Bek\nperson Bob Bek", "person Bek", "person Ann Bek\nperson Bob Bek\nperson Bek"},
		{"a surname given, of two found", "person bek", "person Ann Bek\nperson Bob Bek", "person bek\nperson Ann Bek\nperson Bob Bek"},
	} {
		var found []named
		for _, e := range read(test.found) {
			found = append(found, named{typ: e.Type, name: e.Name, aliases: e.Aliases, at: []int{len(found)}})
		}
		m := newMerging(read(test.given), found)
		m.run()
		list := m.entities()
		if got := strings.ReplaceAll(show(list), " x1", ""); strings.ReplaceAll(got, " x0", "") != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.what, got, test.want)
		}
	}
}

// TestMergingAgain holds that what came out of a merging comes out of the next one, whatever is given and found.
func TestMergingAgain(t *testing.T) {
	words := strings.Fields("Ann Bob Bek Dekker bek DEKKER Anna A. Ostport EP Eastern Port")
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		text := func() string {
			n := 1 + r.IntN(2)
			list := make([]string, n)
			for i := range list {
				list[i] = words[r.IntN(len(words))]
			}
			return strings.Join(list, " ")
		}
		aliases := func() (list []string) {
			for range r.IntN(3) {
				list = append(list, text())
			}
			return list
		}
		var given []index.Entity
		for range r.IntN(4) {
			given = append(given, index.Entity{Type: index.EntityTypes[r.IntN(3)], Name: text(), Aliases: aliases(), Count: 1})
		}
		var found []named
		have := map[spelling]bool{}
		for range r.IntN(6) {
			n := named{typ: index.EntityTypes[r.IntN(3)], name: text(), at: []int{len(found)}}
			n.addAliases(aliases())
			if s := (spelling{n.typ, n.name}); !have[s] {
				have[s] = true
				found = append(found, n)
			}
		}
		first := newMerging(given, found)
		first.run()
		once := first.entities()
		second := newMerging(once, found)
		second.run()
		twice := second.entities()
		if !reflect.DeepEqual(once, twice) || !reflect.DeepEqual(first.at, second.at) {
			t.Fatalf("seed %d: given\n%s\nfound %+v\nfirst %v\n%s\nthen %v\n%s", seed, show(given), found, first.at, show(once), second.at, show(twice))
		}
	}
}

// checkNames holds what is true of the entities of any article.
func checkNames(t *testing.T, a *index.Article) {
	t.Helper()
	if reason, detail := index.Check(a); reason != "" {
		t.Errorf("%s: %s", reason, detail)
	}
	fields := map[string][]rune{"title": []rune(a.Title), "lead": []rune(a.Lead), "body": []rune(a.Body)}
	owned := map[string]bool{}
	for _, e := range a.Entities {
		if e.Count < 1 || len(e.Mentions) > 0 && e.Count != len(e.Mentions) {
			t.Errorf("%s has a count of %d and %d mentions", e.Name, e.Count, len(e.Mentions))
		}
		for i, m := range e.Mentions {
			if text := fields[m.Field]; m.Start < 0 || m.End > len(text) || m.Start >= m.End || string(text[m.Start:m.End]) != m.Text {
				t.Fatalf("%s: %+v is not in the text", e.Name, m)
			}
			key := fmt.Sprint(m.Field, m.Start)
			if owned[key] {
				t.Errorf("%s: %+v is of two", e.Name, m)
			}
			owned[key] = true
			if i > 0 && e.Mentions[i-1].Field == m.Field && e.Mentions[i-1].End > m.Start {
				t.Errorf("%s: %+v is out of order", e.Name, m)
			}
		}
	}
}

// TestPrintedAndReadAgain holds for all samples, and for the shared news where it is, that an article that was printed as JSON
// and read again has the same entities.
func TestPrintedAndReadAgain(t *testing.T) {
	paths := []string{filepath.Join("..", "..", "testdata", "articles")}
	shared := os.Getenv("DATELINE_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	for _, name := range []string{"seed", "allsides/allsides-2013.jsonl.zst", "reuters21578/reut2-003.sgm.gz", "gilets_jaunes"} {
		path := filepath.Join(shared, "data", name)
		if _, err := os.Stat(path); err != nil {
			t.Logf("%s is not there, and left out", path)
			continue
		}
		paths = append(paths, path)
	}
	most := 150
	if testing.Short() || sourcetest.Race {
		most = 50
	}
	for _, path := range paths {
		var printed []index.Article
		for a, reject := range Parse(t.Context(), []string{path}, Options{}) {
			if reject == nil {
				checkNames(t, &a)
				printed = append(printed, a)
			}
			if len(printed) == most {
				break
			}
		}
		mentions := 0
		for i, again := range reread(t, printed) {
			if a := printed[i]; !reflect.DeepEqual(again.Entities, a.Entities) {
				t.Fatalf("%s %s\n%s\nread again\n%s", a.Path, a.ID, show(a.Entities), show(again.Entities))
			}
			for _, e := range again.Entities {
				mentions += len(e.Mentions)
			}
		}
		if len(printed) == 0 || mentions < len(printed) {
			t.Errorf("%s: %d articles, %d mentions", path, len(printed), mentions)
		}
	}
}

// reread prints articles and returns what is read.
func reread(t *testing.T, printed []index.Article) (list []index.Article) {
	t.Helper()
	var b bytes.Buffer
	for _, a := range printed {
		must(t, json.NewEncoder(&b).Encode(a))
	}
	file := filepath.Join(t.TempDir(), "a.jsonl")
	must(t, os.WriteFile(file, b.Bytes(), 0o600))
	for again, reject := range Parse(t.Context(), []string{file}, Options{}) {
		if reject != nil {
			t.Fatal(reject)
		}
		list = append(list, again)
	}
	if len(list) != len(printed) {
		t.Fatalf("%d of %d articles were read again", len(list), len(printed))
	}
	return list
}

// TestHostile holds that no text costs more than its length, nor makes an article that cannot be kept.
func TestHostile(t *testing.T) {
	size := 1 << 20
	if testing.Short() || sourcetest.Race {
		size >>= 3
	}
	many := func(format string) string {
		var b strings.Builder
		for i := 0; b.Len() < size; i++ {
			fmt.Fprintf(&b, format, letters(i), letters(i/7))
		}
		return b.String()
	}
	for what, body := range map[string]string{
		"one word":       strings.Repeat("A", 4*size-len("Rotterdam")),
		"one small word": strings.Repeat("a", size),
		"capitals":       strings.Repeat("THE QUAY OF ROTTERDAM ", size/22),
		"people":         many("Mr. Joris %s met Anneke %s. "),
		"organisations":  many("The %s Bank Corp. of %s Inc. said. "),
		"acronyms":       many("The %s Quay Office (%[1]sQO), or %s, said. "),
		"one row":        many("%s %s "),
		"parentheses":    strings.Repeat("(AB) ", size/5),
		"commas":         strings.Repeat("Quay Office, or QO, ", size/20),
		"marks":          strings.Repeat("É́", size/4),
		"one long name":  strings.Repeat("Joris ", size/6),
	} {
		a := index.Article{ID: "x", Title: "Rotterdam", Body: body, Language: "en"}
		for i := range 2 * maxNames {
			a.Entities = append(a.Entities, index.Entity{Type: index.Person, Name: "Joris " + letters(i), Count: 1})
		}
		begin := time.Now()
		name(&a, &Options{})
		took := time.Since(begin)
		t.Logf("%-15s %6d ms, %d entities", what, took.Milliseconds(), len(a.Entities))
		checkNames(t, &a)
		if took > 20*time.Second {
			t.Errorf("%s: %v", what, took)
		}
	}
}

// letters writes a number as a capitalised word.
func letters(n int) string {
	b := []byte{'B' + byte(n%20)}
	for n /= 20; n > 0; n /= 20 {
		b = append(b, 'b'+byte(n%20), 'a')
	}
	return string(append(b, "ek"...))
}

// FuzzName holds what is true of the entities of any text, and that they are the same at the next reading.
func FuzzName(f *testing.F) {
	f.Add("Ruslan Temirov in Rotterdam", "Mr. Temirov said no", "OSLO (Reuters) - Temirov’s Northern Corridor Organization (NCO)", "person temirov\norg nco", "en")
	f.Add("", "", "É́ Руслан Темиров", "place X (Y, Z)", "ru")
	f.Fuzz(func(t *testing.T, title, lead, body, given, language string) {
		a := index.Article{ID: "x", Title: title, Lead: lead, Body: body, Language: language}
		for _, e := range read(given) {
			if e.Count > 0 && (e.Type == index.Person || e.Type == index.Org || e.Type == index.Place) {
				a.Entities = append(a.Entities, e)
			}
		}
		clean(&a)
		if reason, _ := index.Check(&a); reason != "" || !utf8.ValidString(given) {
			return
		}
		name(&a, &Options{})
		checkNames(t, &a)
		again := a
		again.Entities = append([]index.Entity{}, a.Entities...)
		name(&again, &Options{})
		if show(again.Entities) != show(a.Entities) {
			t.Errorf("%s\nread again\n%s", show(a.Entities), show(again.Entities))
		}
	})
}
