package enginetest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/index"
	"dateline/index/story"
)

// A script is what a user does and what comes of it:
//
//	# Oil, in two articles.
//	put a title="Oil price rises" source=AP date=2024-03-14
//	put b title="Gold falls" source=AP date=2024-03
//		got indexed=2
//
//	search oil OR gold
//		with sort=oldest size=1 source=AP
//		total 2 texts=2
//		hits b
//		then a
//		facet source AP=2* missing=0
//		timeline month 2024-03-01=2/2 undated=0
//		title b [Gold] falls
//
//	search oil
//		with around=a
//		place 1 after - before b
//		whole a [Oil] price rises | |
//
//	facet person mir rus
//		with q=oil
//		values "Ruslan Mirzaev"=2 missing=0
//
//	complete mir
//		words mirzaev=2
//		values person "Ruslan Mirzaev"=2
//
//	decide merge person "R. Mirzaev" "Ruslan Mirzaev"
//	entity person Mirzaev
//		names "Ruslan Mirzaev"=2 "R. Mirzaev"=1
//	network oil
//		with types=person size=2
//		nodes person:"Ruslan Mirzaev"=2/3
//
//	wait 1h
//	versions a
//		titles "Oil price rises"
//		since 2024-03-20T12:00:00Z
//
// A step begins at the line's start: put, delete, wait, versions, search, facet, complete, export, stats, decide, entity, suggestions, network. It is noon on 20 March 2024 until a wait lets time pass. What is indented under it says more of it: with
// (parameters as in the HTTP interface) and, under put, more of the article; all else is expected. Successive put lines are
// one batch. An entity is mentioned wherever title, lead or body has its name, as written. The rest of a search or export line is the query as typed, that of a facet line the field and the prefix, that of a complete line the prefix. A value may stand in Go's double quotes; in one of person, org
// and place, aka parts the name from aliases. A search is
// in the order of newest, unless it says otherwise: orders by score are for scripts about ranking.
type script struct {
	name  string
	steps []step
}

// step is one line at the line's start, with what is indented under it.
type step struct {
	line     int
	verb     string
	query    string          // of search and export; the prefix of facet
	field    string          // of facet
	with     []pair          // parameters of search, export and facet
	articles []index.Article // of put
	ids      []string        // of delete; the words of decide, entity and suggestions
	expect   []expectation
}

// expectation is one indented line: a word and what follows it.
type expectation struct {
	line int
	verb string
	rest string
}

// pair is name=value.
type pair struct{ name, value string }

// scriptError names a line that cannot be read.
type scriptError struct {
	name   string
	line   int
	detail string
}

func (e *scriptError) Error() string { return fmt.Sprintf("%s:%d: %s", e.name, e.line, e.detail) }

// expected lists what may stand under each kind of step.
var expected = map[string]string{
	"put":      "got",
	"delete":   "got",
	"wait":     "",
	"versions": "titles since until error",
	"search":   "total hits then end match facet timeline title marked story suggestion clauses narrowing variants place whole error",
	"export":   "hits error",
	"facet":    "values error",
	"stats":    "got",
	"complete": "words values",

	"decide":      "got error",
	"entity":      "name total names reasons aliases hidden apart suggestions error",
	"suggestions": "pairs total shared error",
	"network":     "total nodes edges error",
}

// parseScript reads a script.
func parseScript(name, text string) (*script, error) {
	s := &script{name: name}
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		if trimmed := strings.TrimSpace(line); trimmed == "" || strings.HasPrefix(trimmed, "#") {
			continue
		}
		if err := s.add(n, line); err != nil {
			return nil, &scriptError{name, n, err.Error()}
		}
	}
	if len(s.steps) == 0 {
		return nil, &scriptError{name, n, "the script has no steps"}
	}
	return s, nil
}

// add reads one line.
func (s *script) add(n int, line string) error {
	verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	if line[0] == '\t' || line[0] == ' ' {
		return s.addIndented(n, verb, strings.TrimSpace(rest), strings.TrimSpace(line))
	}
	if _, ok := expected[verb]; !ok {
		return fmt.Errorf("%q is no step: a line begins with put, delete, wait, versions, search, facet, complete, export, stats, decide, entity, suggestions or network", verb)
	}
	if verb == "put" && len(s.steps) > 0 {
		if last := s.last(); last.verb == "put" && len(last.expect) == 0 {
			return last.put(rest)
		}
	}
	s.steps = append(s.steps, step{line: n, verb: verb})
	last := s.last()
	switch verb {
	case "put":
		return last.put(rest)
	case "delete":
		var err error
		last.ids, err = split(rest)
		return err
	case "search", "export", "network", "complete":
		last.query = strings.TrimSpace(rest)
	case "decide", "entity", "suggestions", "wait", "versions":
		var err error
		last.ids, err = split(rest)
		return err
	case "facet":
		last.field, last.query, _ = strings.Cut(strings.TrimSpace(rest), " ")
	case "stats":
		if rest != "" {
			return fmt.Errorf("stats stands alone, not with %q", rest)
		}
	}
	return nil
}

func (s *script) last() *step { return &s.steps[len(s.steps)-1] }

// addIndented reads a line that belongs to the step above.
func (s *script) addIndented(n int, verb, rest, whole string) error {
	if len(s.steps) == 0 {
		return fmt.Errorf("an indented line belongs to the step above, and there is none")
	}
	last := s.last()
	switch {
	case verb == "with" && (last.verb == "search" || last.verb == "export" || last.verb == "facet" || last.verb == "network"):
		pairs, err := pairsOf(rest)
		last.with = append(last.with, pairs...)
		return err
	case last.verb == "put" && verb != "got":
		pairs, err := pairsOf(whole)
		if err != nil {
			return err
		}
		return setAll(&last.articles[len(last.articles)-1], pairs)
	case !strings.Contains(" "+expected[last.verb]+" ", " "+verb+" "):
		return fmt.Errorf("%q cannot be expected of %s: write one of %s", verb, last.verb, expected[last.verb])
	}
	last.expect = append(last.expect, expectation{n, verb, rest})
	return nil
}

// put adds an article to a step: an id, then what it has.
func (s *step) put(rest string) error {
	id, rest, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if id == "" || strings.Contains(id, "=") {
		return fmt.Errorf("put needs an id before what the article has")
	}
	pairs, err := pairsOf(rest)
	if err != nil {
		return err
	}
	s.articles = append(s.articles, index.Article{ID: id})
	return setAll(&s.articles[len(s.articles)-1], pairs)
}

// setAll sets fields of an article. Unless they are set, its text is that of its title and body, and its story its text.
func setAll(a *index.Article, pairs []pair) error {
	for _, p := range pairs {
		if err := set(a, p.name, p.value); err != nil {
			return err
		}
	}
	return nil
}

func set(a *index.Article, name, value string) error {
	strings := map[string]*string{
		"title": &a.Title, "lead": &a.Lead, "body": &a.Body, "source": &a.Source, "agency": &a.Agency, "url": &a.URL,
		"dateline": &a.Dateline, "language": &a.Language, "section": &a.Section, "text": &a.Text, "story": &a.Story,
		"format": &a.Format, "path": &a.Path,
	}
	if at, ok := strings[name]; ok {
		*at = value
		return nil
	}
	switch name {
	case "flag":
		a.Flag(value)
	case "author":
		a.Authors = append(a.Authors, value)
	case "topic":
		a.Topics = append(a.Topics, value)
	case index.Person, index.Org, index.Place:
		forms := formsIn(value)
		a.Entities = append(a.Entities, index.Entity{Type: name, Name: forms[0], Aliases: forms[1:], Count: 1})
	case "date":
		return setDate(a, value)
	default:
		return fmt.Errorf("an article has no %q", name)
	}
	return nil
}

// formsIn parts "Ruslan Mirzaev aka Mirzayev" into the name and its aliases.
func formsIn(value string) []string { return strings.Split(value, " aka ") }

// layouts are the ways to write a date in a script, each with its precision.
var layouts = []struct{ layout, precision string }{
	{"2006", "year"}, {"2006-01", "month"}, {"2006-01-02", "day"}, {"2006-01-02T15:04Z07:00", "minute"}, {time.RFC3339, "second"},
}

func setDate(a *index.Article, value string) error {
	for _, l := range layouts {
		if t, err := time.Parse(l.layout, value); err == nil {
			a.Published, a.Precision, a.DateFrom = index.At(t), l.precision, "script"
			return nil
		}
	}
	return fmt.Errorf("%q is no date: write 2024, 2024-03, 2024-03-14 or 2024-03-14T15:04:05Z", value)
}

// identified returns the article with its text, its story and the mentions of its entities, as ingest would set them. A script
// writes text=- for none.
func identified(a index.Article) index.Article {
	a.Entities = slices.Clone(a.Entities)
	for i := range a.Entities {
		mention(&a, &a.Entities[i])
	}
	switch a.Text {
	case "":
		a.Text = story.Text(a.Title, a.Body)
	case "-":
		a.Text = ""
	}
	switch a.Story {
	case "":
		a.Story = a.Text
	case "-":
		a.Story = ""
	}
	return a
}

// mention sets the mentions of an entity: wherever a field has its name.
func mention(a *index.Article, e *index.Entity) {
	for _, f := range index.TextFields {
		if !slices.Contains(index.DefaultTextFields, f.Name) || e.Name == "" {
			continue
		}
		text, at := f.Of(a), 0
		for i := strings.Index(text, e.Name); i >= 0; i = strings.Index(text[at:], e.Name) {
			start := utf8.RuneCountInString(text[:at+i])
			e.Mentions = append(e.Mentions, index.Mention{Field: f.Name, Start: start, End: start + utf8.RuneCountInString(e.Name), Text: e.Name})
			at += i + len(e.Name)
		}
	}
}

// pairsOf reads name=value words.
func pairsOf(text string) ([]pair, error) {
	words, err := split(text)
	if err != nil {
		return nil, err
	}
	var pairs []pair
	for _, w := range words {
		name, value, ok := strings.Cut(w, "=")
		if !ok || name == "" {
			return nil, fmt.Errorf("%q is not name=value", w)
		}
		pairs = append(pairs, pair{name, value})
	}
	return pairs, nil
}

// split cuts a line into words at its spaces, those within Go's double quotes apart.
func split(text string) ([]string, error) {
	var words []string
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		word := ""
		for text != "" && text[0] != ' ' && text[0] != '\t' {
			if text[0] != '"' {
				word, text = word+text[:1], text[1:]
				continue
			}
			quoted, err := strconv.QuotedPrefix(text)
			if err != nil {
				return nil, fmt.Errorf("the quotes in %s are not closed, or hold what Go's do not", text)
			}
			value, err := strconv.Unquote(quoted)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", quoted, err)
			}
			word, text = word+value, text[len(quoted):]
		}
		words = append(words, word)
	}
	return words, nil
}
