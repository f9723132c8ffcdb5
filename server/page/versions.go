package page

import (
	"fmt"
	"io"
	"strings"

	"dateline/index"
	"dateline/index/diff"
)

// Versions is the page of what an article has said, with the differences between two versions.
type Versions struct {
	ID       string
	List     []index.Version // the oldest first; at least one
	Steps    [][]diff.Field  // of each version, in what it differs from the one before; nil when that was not counted
	From, To int             // the numbers of those that are compared
	Fields   []diff.Field    // how they differ
	Stats    index.Stats
}

// MaxVersions bounds the versions that the page lists, the latest first; the HTTP interface gives all.
const MaxVersions = 100

// versionsView is what versions.html draws.
type versionsView struct {
	frame
	Heading  string
	Language string
	Article  string // address
	Editions []edition
	More     string // how many are not listed, or ""
	Action   string // of the form
	From, To []option
	Pair     string // what is compared
	Fields   []fieldChange
	Others   string // what is unchanged, in words
	Diff     string // addresses of the JSON
	JSON     string
}

// edition is one version in the list.
type edition struct {
	Number       string
	Present      bool
	Since, Until date
	Title        string
	Words        string
	Changes      link // what was changed; "" of the first version
	URL          string
}

// option is a choice of a select.
type option struct {
	Value, Text string
	Selected    bool
}

// fieldChange is how a field differs.
type fieldChange struct {
	Title  string
	Blocks []passage
	Values []diff.Segment // of a field of values; then there are no blocks
	Count  string
	Long   bool // too many differences to be shown
}

// passage is a paragraph, or several unchanged ones.
type passage struct {
	Parts []diff.Segment
	Same  []string // unchanged paragraphs
	Count string   // how many
}

// Render writes the page.
func (p Versions) Render(w io.Writer) error {
	last := p.List[len(p.List)-1].Article
	id := index.EscapeID(p.ID)
	v := versionsView{
		frame: newFrame("Versions of "+orUntitled(last.Title), p.Stats), Heading: orUntitled(last.Title), Language: last.Language, Article: articleURL(p.ID),
		Action: versionsURL(p.ID), From: p.options(p.From), To: p.options(p.To),
		Diff: fmt.Sprintf("/api/v1/diff/%s?from=%d&to=%d", id, p.From, p.To), JSON: "/api/v1/versions/" + id,
	}
	v.NoIndex = true
	for i := len(p.List) - 1; i >= max(0, len(p.List)-MaxVersions); i-- {
		v.Editions = append(v.Editions, p.edition(i))
	}
	if n := len(p.List) - len(v.Editions); n > 0 {
		v.More = count(n, "earlier version", "earlier versions")
	}
	if len(p.List) > 1 {
		v.Pair = fmt.Sprintf("From version %s to version %s", number(p.From), number(p.To))
		v.Fields, v.Others = fieldChanges(p.Fields)
	}
	return render(w, "versions.html", v)
}

func (p Versions) edition(i int) edition {
	x := p.List[i]
	e := edition{
		Number: number(x.Number), Present: x.Until.IsZero(), Since: newDate(x.Since, "second"), Until: newDate(x.Until, "second"),
		Title: orUntitled(x.Article.Title), Words: count(x.Article.Words, "word", "words"), URL: versionURL(p.ID, x.Number),
	}
	if i > 0 {
		e.Changes = link{Text: "what was changed", URL: changesURL(p.ID, x.Number-1, x.Number)}
		if i < len(p.Steps) && p.Steps[i] != nil {
			e.Changes.Text = changeWords(p.Steps[i])
		}
	}
	return e
}

// options are the versions to choose from: those listed, and the chosen one.
func (p Versions) options(chosen int) []option {
	var list []option
	for i, x := range p.List {
		if x.Number == chosen || len(p.List)-i <= MaxVersions {
			list = append(list, option{fmt.Sprint(x.Number), number(x.Number) + ": " + editionTime(x.Since), x.Number == chosen})
		}
	}
	return list
}

// editionTime writes when a version came or went.
func editionTime(t index.Time) string { return newDate(t, "second").Text }

// changedNames are the fields as the page names them.
var changedNames = map[string]string{
	"title": "title", "lead": "summary", "body": "text", "authors": "authors", "source": "source", "section": "section",
	"published": "date of publication", "topics": "topics", "url": "address",
}

// isProse tells the fields of which words are counted.
var isProse = map[string]bool{"title": true, "lead": true, "body": true}

// changeWords says what was changed: "title, text +12 −3 words".
func changeWords(fields []diff.Field) string {
	var list []string
	for _, f := range fields {
		if !f.Changed {
			continue
		}
		name := changedNames[f.Field]
		if f.Field == "body" {
			name += " " + wordCount(f)
		}
		list = append(list, name)
	}
	if len(list) == 0 {
		return "nothing"
	}
	return strings.Join(list, ", ")
}

// wordCount says how many words came and went.
func wordCount(f diff.Field) string {
	switch {
	case f.Inserted+f.Deleted == 0:
		return "in its spaces and marks only"
	case f.Deleted == 0:
		return "+" + count(f.Inserted, "word", "words")
	case f.Inserted == 0:
		return "−" + count(f.Deleted, "word", "words")
	}
	return fmt.Sprintf("+%s −%s words", number(f.Inserted), number(f.Deleted))
}

// maxParts bounds the segments of a field that are shown: more than in any text that people change, and few enough for a browser.
const maxParts = 20_000

func fieldChanges(fields []diff.Field) (changed []fieldChange, others string) {
	var same []string
	for _, f := range fields {
		if !f.Changed {
			same = append(same, changedNames[f.Field])
			continue
		}
		c := fieldChange{Title: capital(changedNames[f.Field]), Long: len(f.Segments) > maxParts}
		if isProse[f.Field] {
			c.Count = wordCount(f)
		}
		switch {
		case c.Long:
		case isProse[f.Field]:
			c.Blocks = passages(f.Segments)
		default:
			c.Values = f.Segments
		}
		changed = append(changed, c)
	}
	return changed, strings.Join(same, ", ")
}

// passages parts segments at the ends of paragraphs, and gathers the unchanged paragraphs.
func passages(list []diff.Segment) []passage {
	var all []passage
	for _, parts := range lines(list) {
		if len(parts) != 1 || parts[0].Kind != diff.Same {
			all = append(all, passage{Parts: parts})
			continue
		}
		if last := len(all) - 1; last < 0 || all[last].Same == nil {
			all = append(all, passage{})
		}
		last := &all[len(all)-1]
		last.Same = append(last.Same, parts[0].Text)
		last.Count = count(len(last.Same), "unchanged paragraph", "unchanged paragraphs")
	}
	return all
}

// lines parts segments at the ends of lines. Of two texts, one in the place of the other, of which one has several paragraphs,
// neither's last paragraph is put together with the other's first.
func lines(list []diff.Segment) [][]diff.Segment {
	var all [][]diff.Segment
	var line []diff.Segment
	end := func() {
		if len(line) > 0 {
			all, line = append(all, line), nil
		}
	}
	for i, s := range list {
		several := strings.Contains(s.Text, "\n")
		if i > 0 && s.Kind == diff.Insert && list[i-1].Kind == diff.Delete && (several || strings.Contains(list[i-1].Text, "\n")) {
			end()
		}
		if s.Kind != diff.Same && several && strings.TrimSpace(s.Text) == "" {
			line = append(line, diff.Segment{Text: "¶", Kind: s.Kind})
		}
		for j, text := range strings.Split(s.Text, "\n") {
			if j > 0 {
				end()
			}
			if strings.TrimSpace(text) != "" || text != "" && (len(line) > 0 || s.Kind != diff.Same) {
				line = append(line, diff.Segment{Text: text, Kind: s.Kind})
			}
		}
	}
	end()
	return all
}
