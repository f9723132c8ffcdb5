package page

import (
	"strings"
	"testing"
	"time"

	"dateline/index"
	"dateline/query"
)

// saidNow is what relative dates of these queries are relative to.
var saidNow = at("2024-03-20T12:00:00Z").Time

// TestSayQuery has every construct of the language.
func TestSayQuery(t *testing.T) {
	for q, want := range map[string]string{
		``: "", `*:*`: "", `oil`: "with oil", `oil price`: "with oil and price", `oil OR gas`: "with oil or gas",
		`oil price gas`: "with oil, price and gas", `oil AND (gas OR coal)`: "with oil and (gas or coal)",
		`(oil price) OR gas`: "with (oil and price) or gas", `oil -gas`: "with oil, without gas", `-gas`: "without gas",
		`oil -gas -coal`: "with oil, without gas or coal", `NOT (oil gas)`: "without (oil and gas)", `NOT NOT oil`: "with oil", `+oil gas`: "with oil and gas",
		`oil -(gas OR coal)`: "with oil, without gas or coal",

		`"oil price"`: "with the phrase “oil price”", `"oil price"~5`: "with the phrase “oil price” with its words moved by up to 5",
		`="oil price"`: "with exactly “oil price”", `"oil"`: "with exactly “oil”", `=oil`: "with exactly “oil”",
		`"said @person"`: "with the phrase “said any person”", `@org`: "with any organisation", `@place`: "with any place", `@entity`: "with any name",
		`econom*`: "with words that begin with econom", `wom?n`: "with words like wom?n", `brexit~1`: "with words within 1 letter of brexit",
		`brexit~`: "with words within 2 letters of brexit", `/col(o|ou)r/`: "with words that fit /col(o|ou)r/",

		`gas NEAR/5 pipeline`: "with gas within 5 words of pipeline", `gas NEAR/1 pipeline`: "with gas within 1 word of pipeline",
		`gas ONEAR/5 pipeline`:                "with gas at most 5 words before pipeline",
		`gas NOTNEAR/5 pipeline`:              "with gas nowhere within 5 words of pipeline",
		`(oil NOTNEAR/2 gas) NEAR/5 pipeline`: "with (oil nowhere within 2 words of gas) within 5 words of pipeline",
		`oil gas NOTNEAR/5 pipeline`:          "with oil and gas nowhere within 5 words of pipeline",
		`(gas OR oil) NEAR/5 "pipe line"`:     "with (gas or oil) within 5 words of the phrase “pipe line”",
		`gas NEAR/5 (a b)`:                    "with gas within 5 words of a and gas within 5 words of b",
		`a SENTENCE b`:                        "with a in one sentence with b", `a PARAGRAPH b`: "with a in one paragraph with b",
		`repeat3:oil`: "with oil at least 3 times", `repeat3:(oil OR gas)`: "with (oil or gas) at least 3 times",
		`near20:"gas oil"`: "with the words “gas oil” within 20 words",

		`title:oil`: "with oil in the title", `lead:oil`: "with oil in the lead", `body:"oil price"`: "with the phrase “oil price” in the text",
		`author:quist`: "with quist in an author’s name", `dateline:rotterdam`: "with rotterdam in the dateline", `url:quay`: "with quay in the address",
		`title:(gas OR oil*)`: "with gas in the title or words that begin with oil in the title", `title:brexit~`: "with words within 2 letters of brexit in the title",
		`title:/x/`: "with words that fit /x/ in the title", `title:wom?n`: "with words like wom?n in the title", `title:near5:"a b"`: "with the words “a b” within 5 words in the title",

		`source:reuters.com`: "from reuters.com", `source:(reuters.com OR bbc.co.uk)`: "from reuters.com or bbc.co.uk", `-source:reuters.com`: "not from reuters.com",
		`agency:AP`: "of the agency AP", `person:"Ada Quist"`: "naming Ada Quist", `org:NATO`: "naming NATO", `place:Rotterdam`: "naming Rotterdam",
		`entity:"X Y"`: "naming X Y", `language:de`: "in German", `section:Business`: "in the section Business", `topic:crude`: "on the topic crude",
		`id:7`: "with the id 7", `story:s1`: "of the story s1", `text:t1`: "with the text t1", `flag:future-date`: "marked as future-date",
		`oil source:AP`:          "with oil, from AP",
		`oil OR source:AP`:       "either with oil or from AP",
		`oil (gas OR source:AP)`: "with oil, (either with gas or from AP)",
		`(oil source:AP) OR gas`: "either (with oil, from AP) or with gas",
		`-(oil source:AP)`:       "but not those (with oil, from AP)",
		`oil OR *:*`:             "either with oil or any",

		`date:2023-05-30`: "published on 30 May 2023", `date:2023-05`: "published in May 2023", `date:2023`: "published in 2023",
		`date:2023-05-02..2023-05-31`: "published from 2 May 2023 to 31 May 2023", `date:2020..2022`: "published from 2020 to 2022",
		`date:>=2023-05-01`: "published from May 2023 on", `date:>=2023-05-03`: "published from 3 May 2023 on", `before:2023-05-03`: "published until 2 May 2023",
		`after:2023`: "published from 2024 on", `date:last7d`: "published in the last 7 days", `date:last1m`: "published in the last month", `date:today`: "published on 20 March 2024",
		`date:2023-05-30T10:00:00Z`: "published at 30 May 2023, 10:00:00 UTC", `-date:2023`: "not published in 2023", `date:2023-05..2023-06-03`: "published from 1 May 2023 to 3 June 2023",
		`indexed:2023`: "indexed in 2023", `changed:>=2023`: "changed from 2023 on", `oil date:2023`: "with oil, published in 2023",

		`has:agency`: "with an agency", `-has:agency`: "without an agency", `has:title`: "with a title", `has:date`: "with a date", `has:person`: "with a person named",
		`words:>500`: "of more than 500 words", `words:>=500`: "of at least 500 words", `words:100..500`: "of 100 to 500 words", `words:..500`: "of at most 500 words",
		`words:7`: "of exactly 7 words", `-words:7`: "not of exactly 7 words", `words:<1000`: "of at most 999 words",
		`oil^2`: "with oil (weighing 2 times)", `(oil gas)^0.5 coal`: "with (oil and gas) (weighing 0.5 times) and coal", `(oil source:AP)^3`: "with oil, from AP (weighing 3 times)", `-(oil OR source:AP) gas`: "with gas, but not those (either with oil or from AP)",
	} {
		parsed, err := query.Parse(q, saidNow)
		if err != nil {
			t.Errorf("%s: %v", q, err)
			continue
		}
		if got := sayQuery(parsed, query.MatchAll, time.UTC); got != want {
			t.Errorf("%s is said\n%q, want\n%q", q, got, want)
		}
	}
}

// TestSayQueryAny: with any of the words, those with a + are asked for and the others help the ranking.
func TestSayQueryAny(t *testing.T) {
	for q, want := range map[string]string{
		`oil price`: "with oil or price", `oil price source:AP`: "with oil or price, from AP", `+oil price`: "with oil, better with price",
		`oil price -gas`: "with oil or price, without gas", `oil`: "with oil",
	} {
		parsed, err := query.Parse(q, saidNow)
		if err != nil {
			t.Fatal(err)
		}
		if got := sayQuery(parsed, query.MatchAny, time.UTC); got != want {
			t.Errorf("%s is said\n%q, want\n%q", q, got, want)
		}
	}
}

// TestSayNothingUnsaid: every field of the language has words of its own.
func TestSayNothingUnsaid(t *testing.T) {
	for _, f := range query.Fields {
		words := map[query.Kind]map[string]string{
			query.KindText: proseFields, query.KindValue: valueFields, query.KindDate: dateFields,
		}[f.Kind]
		if words != nil && words[f.Name] == "" {
			t.Errorf("the field %s has no words", f.Name)
		}
	}
	for _, c := range query.Classes {
		if classNames[c] == "" {
			t.Errorf("the class %s has no words", c)
		}
	}
}

func TestSaySearch(t *testing.T) {
	for params, want := range map[string]string{
		"":      "All articles, newest first.",
		"q=oil": "Articles with oil, best first.",
		"q=oil+price&source=reuters.com&source=bbc.co.uk&not.topic=X&from=2023-05&to=2023-05&sort=newest": "Articles with oil and price, from reuters.com or bbc.co.uk, not on the topic X, published in May 2023, newest first.",
		"q=oil&sort=oldest":               "Articles with oil, oldest first.",
		"q=oil&recency=30d":               "Articles with oil, best and newer ones first.",
		"q=source:AP":                     "Articles from AP, newest first.",
		"group=text":                      "One article of each text, newest first.",
		"group=story&q=oil":               "One article of each story with oil, best first.",
		"missing=agency,author":           "Articles without an agency, without an author, newest first.",
		"language=de&language=xx":         "Articles in German or xx, newest first.",
		"from=2023-05-03":                 "Articles published from 3 May 2023 on, newest first.",
		"to=2023":                         "Articles published until 2023, newest first.",
		"as_of=2024-03-01":                "All articles, newest first, as the index was at the end of 1 March 2024.",
		"q=oil&variants=off":              "Articles with oil, best first, names only as written.",
		"from=2023-05&tz=Europe/Berlin":   "Articles published from May 2023 on, newest first.",
		"person=Ada&not.person=Bo&q=-oil": "Articles without oil, naming Ada, not naming Bo, newest first.",
	} {
		r, err := index.ParseRequest(values(params).values, saidNow)
		if err != nil {
			t.Errorf("%s: %v", params, err)
			continue
		}
		got := ""
		for _, run := range saySearch(r, query.MatchAll) {
			got += run.Text
		}
		if got != want {
			t.Errorf("%s is said\n%q, want\n%q", params, got, want)
		}
	}
}

// TestSaidRuns: what the query says stands apart from what the page says, whatever it says.
func TestSaidRuns(t *testing.T) {
	r, err := index.ParseRequest(values("q=%22a\x03 b\x02%22+oil").values, saidNow)
	if err != nil {
		t.Fatal(err)
	}
	for _, run := range saySearch(r, query.MatchAll) {
		if strings.ContainsAny(run.Text, dataStart+dataEnd) || run.Data != (run.Text == "a b" || run.Text == "oil") {
			t.Errorf("%+v", run)
		}
	}
}
