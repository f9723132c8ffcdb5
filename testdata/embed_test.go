package testdata

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

// truth is truth.json; articles/README.md says what its parts mean.
type truth struct {
	Articles map[string]struct {
		Title, Published, Precision, Source, Agency, Dateline, Language string
		Bare                                                            bool
	}
	Copies []struct {
		Kind  string
		Files []string
	}
	Stories map[string]struct {
		About string
		Files []string
	}
	Languages map[string][]string
	Entities  []struct {
		Type, Name string
		Spellings  []string
	}
	Different [][]string
	Sources   []struct {
		Name      string
		Spellings []string
	}
}

func readTruth(t *testing.T) truth {
	t.Helper()
	b, err := os.ReadFile("articles/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var tr truth
	if err := json.Unmarshal(b, &tr); err != nil {
		t.Fatal(err)
	}
	return tr
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := Articles.ReadFile("articles/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// article is a text file taken apart as plainly as can be, so that a fault of the real reader cannot hide one here.
type article struct {
	date, source, title string
	body                []string
}

var header = regexp.MustCompile(`^ *date (\d{4}-\d\d-\d\d(?: \d\d:\d\d)?) (\S.*)$`)

func cut(text string) (article, error) {
	paras := strings.Split(strings.TrimSuffix(text, "\n"), "\n\n")
	m := header.FindStringSubmatch(paras[0])
	if m == nil {
		return article{}, fmt.Errorf("no header in %q", paras[0])
	}
	if len(paras) < 3 {
		return article{}, fmt.Errorf("%d paragraphs, want header, title and body", len(paras))
	}
	a := article{date: m[1], source: m[2], title: paras[1], body: paras[2:]}
	if first := a.body[0]; strings.HasPrefix(first, "Published ") || strings.HasPrefix(first, "Updated ") {
		a.body = a.body[1:]
	}
	if len(a.body) == 0 {
		return article{}, fmt.Errorf("no body")
	}
	return a, nil
}

func textFiles(t *testing.T) map[string]article {
	t.Helper()
	names, err := fs.Glob(Articles, "articles/text/*")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]article{}
	for _, name := range names {
		name = strings.TrimPrefix(name, "articles/")
		a, err := cut(read(t, name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		files[name] = a
	}
	return files
}

func TestTextArticles(t *testing.T) {
	files, tr := textFiles(t), readTruth(t)
	if len(files) < 60 {
		t.Errorf("%d text articles, want at least 60", len(files))
	}
	if len(tr.Articles) != len(files) {
		t.Errorf("truth.json knows %d articles of %d", len(tr.Articles), len(files))
	}
	months := map[string]bool{}
	for name, a := range files {
		want := tr.Articles[name]
		if a.title != want.Title || a.source != want.Source {
			t.Errorf("%s: title %q, source %q, truth has %q, %q", name, a.title, a.source, want.Title, want.Source)
		}
		if at := published(a.date); at != want.Published {
			t.Errorf("%s: published %s, truth has %s", name, at, want.Published)
		}
		if a.date < "2023-01-01" || a.date > "2024-12-31 23:59" || !strings.Contains(name, a.date[:10]) {
			t.Errorf("%s: date %s is out of the two years or not that of the name", name, a.date)
		}
		months[a.date[:7]] = true
		credit(t, name, a, want.Agency, want.Dateline)
		if bare := want.Dateline != "" && want.Agency == "" && !strings.Contains(want.Dateline, ", "); bare != want.Bare {
			t.Errorf("%s: a bare dateline: %v, truth has %v", name, bare, want.Bare)
		}
		checkText(t, name)
	}
	if len(months) < 16 {
		t.Errorf("articles of only %d months", len(months))
	}
}

// published writes a header's date as truth.json has it.
func published(date string) string {
	if day, clock, ok := strings.Cut(date, " "); ok {
		return day + "T" + clock + ":00Z"
	}
	return date
}

// credit checks that the agency and the place of filing stand in one of the first paragraphs, the place in capitals.
func credit(t *testing.T, name string, a article, agency, dateline string) {
	t.Helper()
	opening := strings.Join(a.body[:min(2, len(a.body))], "\n")
	if agency != "" && !regexp.MustCompile(`\([^)]*\b`+agency+`\b[^)]*\)`).MatchString(opening) {
		t.Errorf("%s: no credit to %s", name, agency)
	}
	city, region, _ := strings.Cut(dateline, ", ")
	if !strings.Contains(opening, strings.ToUpper(city)) || !strings.Contains(opening, region) {
		t.Errorf("%s: not filed from %s", name, dateline)
	}
}

func checkText(t *testing.T, name string) {
	t.Helper()
	text := read(t, name)
	bad := func(r rune) bool { return r == utf8.RuneError || r != '\n' && unicode.IsControl(r) }
	if strings.ContainsFunc(text, bad) || strings.Contains(text, "\n\n\n") || !strings.HasSuffix(text, "\n") {
		t.Errorf("%s: invalid text, a control character, an empty paragraph or no end of line", name)
	}
}

func TestLanguages(t *testing.T) {
	tr := readTruth(t)
	counts := map[string]int{}
	for _, a := range tr.Articles {
		counts[a.Language]++
	}
	for lang, least := range map[string]int{"en": 40, "de": 6, "fr": 5, "es": 5, "ru": 2} {
		if counts[lang] < least {
			t.Errorf("%d text articles in %s, want %d", counts[lang], lang, least)
		}
	}
	// An article of some length in the language has one of these words, and the other languages lack them.
	telling := map[string]*regexp.Regexp{}
	for lang, words := range map[string]string{"en": "the", "de": "der|und", "fr": "et|les", "es": "y|los", "ru": "в|на"} {
		telling[lang] = regexp.MustCompile(` (` + words + `) `)
	}
	for name, a := range textFiles(t) {
		body, lang := strings.Join(a.body, " "), tr.Articles[name].Language
		if len(body) > 500 && !telling[lang].MatchString(body) {
			t.Errorf("%s: does not look like %s", name, lang)
		}
	}
}

func TestCopies(t *testing.T) {
	files, tr := textFiles(t), readTruth(t)
	kinds := map[string]int{}
	for _, group := range tr.Copies {
		kinds[group.Kind]++
		first := files[group.Files[0]]
		for _, name := range group.Files[1:] {
			other, ok := files[name]
			if !ok {
				republished(t, first, name)
				continue
			}
			if other.source == first.source {
				t.Errorf("%s is of the same source as its original", name)
			}
			sameTitle := bare(first.title) == bare(other.title)
			same := 0
			for _, p := range first.body {
				if slices.Contains(other.body, p) {
					same++
				}
			}
			whole := same == len(first.body) && len(first.body) == len(other.body)
			switch group.Kind {
			case "exact":
				if !sameTitle || !whole {
					t.Errorf("%s is no exact copy of %s", name, group.Files[0])
				}
			case "near":
				if sameTitle || whole || same*5 < len(first.body)*2 {
					t.Errorf("%s is no near-copy of %s: %d of %d paragraphs the same", name, group.Files[0], same, len(first.body))
				}
			}
		}
	}
	if kinds["near"] < 8 || kinds["exact"] < 3 {
		t.Errorf("groups of copies: %v", kinds)
	}
}

// republished checks that a file of another format has the title and each paragraph, whatever its way of quoting.
func republished(t *testing.T, original article, record string) {
	t.Helper()
	file, _, ok := strings.Cut(record, "#")
	if !ok {
		t.Errorf("%s: not in the text folder", record)
		return
	}
	text := bare(read(t, file))
	for _, p := range append([]string{original.title}, original.body...) {
		if !strings.Contains(text, bare(p)) {
			t.Errorf("%s lacks %q", record, p)
		}
	}
}

// bare leaves the letters and digits, in lower case.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// records counts the records of each file that is not in the text folder.
func records(t *testing.T) map[string]int {
	t.Helper()
	return map[string]int{
		"jsonl/world.jsonl":    strings.Count(read(t, "jsonl/world.jsonl"), "\n"),
		"csv/clippings.csv":    len(regexp.MustCompile(`(?m)^[a-z]+-\d+,`).FindAllString(read(t, "csv/clippings.csv"), -1)),
		"reuters/wire.sgm":     strings.Count(read(t, "reuters/wire.sgm"), "</REUTERS>"),
		"packed/" + packedName: 1,
	}
}

const packedName = "harbourgazette-2024-07-15-west-half.txt.gz"

func TestOtherFormats(t *testing.T) {
	counts := records(t)
	if counts["jsonl/world.jsonl"] != 12 || counts["csv/clippings.csv"] != 6 || counts["reuters/wire.sgm"] != 5 {
		t.Errorf("records: %v", counts)
	}
	for line := range strings.Lines(read(t, "jsonl/world.jsonl")) {
		if !json.Valid([]byte(line)) {
			t.Errorf("not JSON: %s", line)
		}
	}
	if _, err := cut(unpack(t)); err != nil {
		t.Error(err)
	}
}

func unpack(t *testing.T) string {
	t.Helper()
	z, err := gzip.NewReader(strings.NewReader(read(t, "packed/"+packedName)))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Every name in truth.json is that of an article.
func TestTruthNamesArticles(t *testing.T) {
	tr, counts := readTruth(t), records(t)
	known := func(name string) bool {
		if _, ok := tr.Articles[name]; ok {
			return true
		}
		file, number, ok := strings.Cut(name, "#")
		if !ok {
			return counts[name] == 1
		}
		var n int
		_, err := fmt.Sscan(number, &n)
		return err == nil && n >= 1 && n <= counts[file]
	}
	all := 0
	for lang, names := range tr.Languages {
		all += len(names)
		for _, name := range names {
			if a, ok := tr.Articles[name]; !known(name) || ok && a.Language != lang {
				t.Errorf("languages: %s in %s", name, lang)
			}
		}
	}
	want := len(tr.Articles)
	for _, n := range counts {
		want += n
	}
	if all != want {
		t.Errorf("languages of %d articles, there are %d", all, want)
	}
	for story, s := range tr.Stories {
		for _, name := range s.Files {
			if !known(name) {
				t.Errorf("stories: %s: no article %s", story, name)
			}
		}
		if len(s.Files) < 2 || s.About == "" {
			t.Errorf("stories: %s has %d articles, about %q", story, len(s.Files), s.About)
		}
	}
	// Copies are of one story, or of none.
	for _, group := range tr.Copies {
		for story, s := range tr.Stories {
			first := slices.Contains(s.Files, group.Files[0])
			for _, name := range group.Files {
				if !known(name) || slices.Contains(s.Files, name) != first {
					t.Errorf("copies: %s is unknown, or not in %s as its original", name, story)
				}
			}
		}
	}
}

func TestSpellingsOccur(t *testing.T) {
	var all strings.Builder
	for _, name := range slices.Sorted(maps.Keys(readTruth(t).Articles)) {
		all.WriteString(read(t, name))
	}
	for _, name := range []string{"jsonl/world.jsonl", "csv/clippings.csv", "reuters/wire.sgm"} {
		all.WriteString(read(t, name))
	}
	all.WriteString(unpack(t))
	text := all.String()
	check := func(spelling string) {
		word := regexp.MustCompile(`(^|[^\pL\pN])` + regexp.QuoteMeta(spelling) + `($|[^\pL\pN])`)
		if !word.MatchString(text) {
			t.Errorf("no article has %q", spelling)
		}
	}
	tr := readTruth(t)
	for _, e := range tr.Entities {
		if !slices.Contains([]string{"person", "org", "place"}, e.Type) || e.Spellings[0] != e.Name {
			t.Errorf("entity %q: type %q, spellings %q", e.Name, e.Type, e.Spellings)
		}
		for _, s := range e.Spellings {
			check(s)
		}
	}
	for _, pair := range tr.Different {
		for _, s := range pair {
			check(s)
		}
	}
	for _, source := range tr.Sources {
		for _, s := range source.Spellings {
			check(s)
		}
	}
}

// What stands in truth.json as a date is one.
func TestTruthDates(t *testing.T) {
	for name, a := range readTruth(t).Articles {
		layout := map[string]string{"day": time.DateOnly, "minute": time.RFC3339}[a.Precision]
		if _, err := time.Parse(layout, a.Published); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
