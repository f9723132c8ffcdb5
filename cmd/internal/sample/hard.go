package sample

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/cmd/internal/backend"
	"dateline/index"
)

// Active is a text that runs, were it taken for anything but text. Each part sets the variable trapped.
const Active = `</title></textarea></script><script>trapped=1</script><img src=x onerror="trapped=2"><svg onload=trapped=3>" autofocus onfocus="trapped=4" ' style='x` +
	"\u202egnp.exe\u2066 {{.}} ${trapped=5} <!-- ]]> &lt;b&gt;"

// The ids of articles that pages are looked at for.
const (
	HostileID  = "hostile " + Active
	NamesID    = "https://example.org/forty//names?a=1&b=2#c"
	LongID     = "long"
	OneWordID  = "one-word"
	ArabicID   = "arabic"
	ChangedID  = "changed"
	UndatedID  = "undated"
	UntitledID = "untitled"
)

// Topics is how many values the facet of topics has.
const Topics = 10_000

// Hard fills an index with articles that are hard on a page: hostile ones, long ones, right-to-left ones, with very many names
// and very many values of a facet, and with nothing where one would expect something.
func Hard(ctx context.Context, e *backend.Engine, _ string) error {
	for _, list := range [][]index.Article{odd(), many(), changed(1), changed(2)} {
		if _, err := e.Put(ctx, list); err != nil {
			return err
		}
	}
	return nil
}

func odd() []index.Article {
	return []index.Article{hostile(), names(), long(), oneWord(), arabic(),
		{ID: UndatedID, Title: "An article without a date or a source", Body: "It was found in a drawer.\n\nNobody knows the harbour it speaks of."},
		{ID: UntitledID, Source: "example.org", Published: day(3), Precision: "day", Body: "An article that has no title, only a harbour."},
	}
}

// day is a day of the month in which the hard articles were published.
func day(n int) index.Time { return index.At(time.Date(2026, 5, n, 9, 30, 0, 0, time.UTC)) }

func hostile() index.Article {
	a := index.Article{
		ID: HostileID, URL: "javascript:trapped=6//" + Active, Source: Active, Agency: Active, Title: "Harbour " + Active, Lead: Active, Body: "Harbour " + Active + "\n\n" + Active,
		Authors: []string{Active}, Dateline: Active, Published: day(2), Precision: "minute", DateFrom: Active, Language: "en", Section: Active,
		Topics: []string{Active, "javascript:trapped=7"}, Story: Active, Format: Active, Path: Active, Extra: map[string]json.RawMessage{Active: json.RawMessage(`"<img src=x onerror=trapped=8>"`)},
		Flags: []string{index.FlagFutureDate},
	}
	for _, typ := range []string{index.Person, index.Org, index.Place} {
		a.Entities = append(a.Entities, named(typ, Active, index.Mention{Field: "body", Start: len("Harbour "), End: len("Harbour ") + utf8.RuneCountInString(Active), Text: Active}))
	}
	return a
}

func named(typ, name string, mentions ...index.Mention) index.Entity {
	return index.Entity{Type: typ, Name: name, Count: max(1, len(mentions)), Mentions: mentions}
}

// names names forty people, organisations and places.
func names() index.Article {
	a := index.Article{ID: NamesID, URL: "https://example.org/forty/names", Source: "The Harbour Gazette", Title: "Forty names at one harbour", Published: day(4), Precision: "minute", Language: "en", Section: "People"}
	types := []string{index.Person, index.Org, index.Place}
	for i := range 40 {
		typ := types[i%len(types)]
		name := fmt.Sprintf("%s Number %s", strings.ToUpper(typ[:1])+typ[1:], strings.Repeat("X", i%7)+fmt.Sprint(i))
		start := utf8.RuneCountInString(a.Body)
		a.Body += name + " came to the harbour. "
		a.Entities = append(a.Entities, named(typ, name, index.Mention{Field: "body", Start: start, End: start + len(name), Text: name}))
	}
	return a
}

func long() index.Article {
	return index.Article{ID: LongID, Source: "The Weekly Gazette of the Harbour, the Docks, the Warehouses and the Railway Yards behind Them", Agency: "The Associated Wire Services of the Coast",
		Title: strings.TrimSpace(strings.Repeat("A harbour title that goes on and on ", 9))[:300], Lead: strings.Repeat("The lead goes on as well. ", 30),
		Body: strings.Repeat(strings.Repeat("The harbour text goes on too. ", 40)+"\n\n", 12), Published: day(5), Precision: "day", Language: "en", Section: "News of the World and Its Harbours",
		Authors: []string{"Maria-Theresia von Hohenfels-Lichtenberg", "Bartholomew Featherstonehaugh-Cholmondeley"}, Story: "long"}
}

// oneWord has words and an address that nothing tells where to break.
func oneWord() index.Article {
	word := strings.Repeat("harbour", 40)
	return index.Article{ID: OneWordID, URL: "https://example.org/" + strings.Repeat("a", 300), Source: strings.Repeat("source", 30), Title: word, Body: "harbour " + word + "\n\nhttps://example.org/" + strings.Repeat("x/", 200),
		Published: day(6), Precision: "day", Language: "de", Section: word, Topics: []string{word}, Entities: []index.Entity{named(index.Org, word)}, Story: "long"}
}

func arabic() index.Article {
	return index.Article{ID: ArabicID, Source: "جريدة الميناء", Title: "رئيس الوزراء يزور ميناء harbour الجديد (2026)", Lead: "وصلت السفن إلى الميناء صباح اليوم.",
		Body: "وصلت السفن إلى harbour الميناء صباح اليوم، وقال الوزير إن العمل مستمر.\n\nאוניות הגיעו לנמל הבוקר.", Published: day(7), Precision: "minute", Language: "ar",
		Authors: []string{"ليلى حسن"}, Topics: []string{"اقتصاد"}, Entities: []index.Entity{named(index.Person, "ليلى حسن"), named(index.Place, "ميناء")}}
}

// changed has been changed by its publisher, as often as version says.
func changed(version int) []index.Article {
	return []index.Article{{ID: ChangedID, Source: "example.org", Title: fmt.Sprintf("Harbour closed, report %d", version), Published: day(8), Precision: "minute", Language: "en",
		Body: fmt.Sprintf("The harbour is closed to %d ships.\n\nThe rest of the text stays as it was.", version*11)}}
}

// many are articles that have all the topics among them, and more than one page of results.
func many() (list []index.Article) {
	var topics []string
	for i := range Topics {
		topics = append(topics, fmt.Sprintf("Topic %d of the harbour", i))
	}
	for few := range slices.Chunk(topics, 100) {
		i := len(list)
		list = append(list, index.Article{ID: fmt.Sprintf("many-%d", i), Source: fmt.Sprintf("source-%d.example", i%60), Title: fmt.Sprintf("Harbour news %d", i), Body: "Ships came and went at the harbour.",
			Published: day(9 + i%20), Precision: "minute", Language: []string{"en", "de", "fr"}[i%3], Topics: few})
	}
	return list
}
