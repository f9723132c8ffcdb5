package wire

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/source/record"
)

func builder() *Builder {
	return New("wire", record.Place{Number: 1, Line: 1}, record.Options{Source: "Fallback"})
}

func TestBylines(t *testing.T) {
	for byline, want := range map[string]string{
		"By JANE DOE, Associated Press Writer":        "Jane Doe; AP; kept",
		"By Benjamin Wright, Press Association":       "Benjamin Wright; PA Media; kept",
		"Von Christian Hollmann, dpa":                 "Christian Hollmann; dpa; kept",
		"Paulo Santalucia and Frances d'Emilio":       "Paulo Santalucia, Frances d'Emilio; ; ",
		"Ann Lee, Bo Chan and Max Moe":                "Ann Lee, Bo Chan, Max Moe; ; ",
		"Ann Lee, Bo Chan, and Max Moe":               "Ann Lee, Bo Chan, Max Moe; ; ",
		"Mia Rabson and Jordan Press":                 "Mia Rabson, Jordan Press; ; ",
		"By Jordan Press":                             "Jordan Press; ; ",
		"Geir Molnes / Faktisk.no":                    "Geir Molnes; ; kept",
		"gr/bp":                                       "; ; kept",
		"NTB":                                         "; NTB; kept",
		"Staff Reporter":                              "; ; kept",
		"A3576/_Maurizio Gamba":                       "Maurizio Gamba; ; kept",
		"Aaron J. Staples, Michigan State University": "Aaron J. Staples; ; kept",
		"By Wim Terpstra, Jr.":                        "Wim Terpstra, Jr; ; ",
		"Por Ana López y Juan Pérez":                  "Ana López, Juan Pérez; ; ",
		"Ortega y Gasset":                             "Ortega y Gasset; ; ",
		"By\nAnn Lee\nReuters":                        "Ann Lee; Reuters; kept",
		"Madonna":                                     "Madonna; ; ",
		"王小明":                                         "王小明; ; ",
		"Ann Lee ann.lee@example.org":                 "; ; kept",
		"":                                            "; ; ",
		"By":                                          "By; ; ",
		strings.Repeat("Ann Lee, ", 200):              "; ; kept",
		"Jean-Luc Picard et Will Riker":               "Jean-Luc Picard, Will Riker; ; ",
		"By Ann Lee & Bo Chan for The Associated Press": "Ann Lee; ; kept",
	} {
		b := builder()
		b.Byline("byline", byline)
		kept := ""
		if b.A.Extra["byline"] != nil {
			kept = "kept"
		}
		if got := strings.Join([]string{strings.Join(b.A.Authors, ", "), b.A.Agency, kept}, "; "); got != want {
			t.Errorf("%.60q: %s, want %s", byline, got, want)
		}
	}
}

func TestDatelines(t *testing.T) {
	for line, want := range map[string]string{
		"STOCKHOLM, Aug 29, 2014 (AFP) -": "Stockholm AFP",
		"MOSCOW, March 3 (Reuters)":       "Moscow Reuters",
		"Oslo":                            "Oslo ",
		"KANSAS CITY, Mo.":                "Kansas City, Mo. ",
		"2014-07-17 00:24:11 GMT+00:00":   " ",
		"":                                " ",
	} {
		b := builder()
		b.Dateline("dateline", line)
		if got := b.A.Dateline + " " + b.A.Agency; got != want {
			t.Errorf("%q: %q", line, got)
		}
		if kept := b.A.Extra["dateline"] != nil; kept != (want == " " && line != "") {
			t.Errorf("%q: kept %v", line, kept)
		}
	}
}

func TestKnown(t *testing.T) {
	for name, want := range map[string]string{
		"reuters.com": "Reuters", "nprov:REUTERS": "Reuters", "The Associated Press": "AP", "http://x/cv/AFP": "AFP", "www.reuters.com": "Reuters",
		"dpa": "dpa", "Harbour News": "", "": "", "Getty Images": "", "nprov:dpa": "dpa",
	} {
		if got := Known(name); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
}

func TestKeep(t *testing.T) {
	b := builder()
	for _, raw := range []string{"", "null", `""`, "{}", "[]"} {
		b.Keep("nothing", json.RawMessage(raw))
	}
	b.KeepText("text", " a ")
	b.KeepText("text", "a")
	b.KeepText("text", "b")
	b.KeepText("text", "c")
	b.Keep("object", json.RawMessage("{ \"a\" : 1 }"))
	if got := fmt.Sprintf("%s", b.A.Extra); got != `map[object:{"a":1} text:["a","b","c"]]` {
		t.Error(got)
	}
}

func TestLanguage(t *testing.T) {
	for tag, want := range map[string]string{"en-US": "en", "deu": "de", "PT_br": "pt", "x-klingon": "", "": "", "zh-Hans": "zh", "nb-NO": "nb"} {
		b := builder()
		b.Language(tag)
		if b.A.Language != want || (b.A.Extra["language"] != nil) != (want == "" && tag != "") {
			t.Errorf("%q: %q %s", tag, b.A.Language, b.A.Extra)
		}
	}
}

// What the text says counts where the structure says nothing, and the place of making last.
func TestArticle(t *testing.T) {
	b := builder()
	b.Filed("BANGALORE")
	b.A.Body = "LONDON (Reuters) - Wheat fell."
	a, err := b.Article()
	if err != nil || a.Dateline != "London" || a.Agency != "Reuters" || a.Source != "Fallback" {
		t.Errorf("%+v %v", a, err)
	}
	b = builder()
	b.Filed("BANGALORE")
	b.Publisher("Harbour News")
	b.A.Title, b.A.ID = "Wheat fell", "http://harbournews.example/1"
	a, err = b.Article()
	if err != nil || a.Dateline != "Bangalore" || a.Source != "Harbour News" || a.URL != a.ID || len(a.Flags) != 1 || a.Flags[0] != index.FlagMetadataOnly {
		t.Errorf("%+v %v", a, err)
	}
	if _, err := builder().Article(); err == nil || err.Error() != "no text: the record has neither headline nor text" {
		t.Error(err)
	}
}

func TestWithoutTitle(t *testing.T) {
	for _, c := range [][3]string{
		{"A title\n\nText.", "a  Title", "Text."}, {"A title", "A title", "A title"}, {"Other\n\nText.", "A title", "Other\n\nText."}, {"\n\nx", "", "\n\nx"},
	} {
		if got := WithoutTitle(c[0], c[1]); got != c[2] {
			t.Errorf("%q without %q: %q", c[0], c[1], got)
		}
	}
}

// Claims of publication conflict where they name days apart; one of a month contradicts none, in either order.
func TestConflict(t *testing.T) {
	for _, c := range []struct {
		first, second string
		conflict      bool
	}{
		{"2024-03-14T10:00:00Z", "2024-03-15T09:00:00Z", false},
		{"2024-03-14T10:00:00Z", "2024-03-20", true},
		{"2024-03-20", "2024-03", false},
		{"2024-03", "2024-03-20", false},
	} {
		b := builder()
		b.A.Title = "Wheat fell"
		b.Published("first", c.first)
		b.Published("second", c.second)
		a, err := b.Article()
		if err != nil || slices.Contains(a.Flags, index.FlagDateConflict) != c.conflict {
			t.Errorf("%s and %s: %v, %v", c.first, c.second, a.Flags, err)
		}
	}
}
