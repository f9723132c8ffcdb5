// Package cite writes the reference to an article as BibTeX, RIS and CSL JSON, which reference managers read, and as a line of
// text. A date is written no more precisely than it is known. When somebody read the article is not known, and not written.
package cite

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode"

	"dateline/index"
)

// Format is a format of references.
type Format string

// The formats.
const (
	BibTeX Format = "bibtex"
	RIS    Format = "ris"
	CSL    Format = "csl"
)

// Formats lists the formats, with how they are called, their media types and the endings of their files.
var Formats = []struct {
	Format
	Name, MediaType, Extension string
}{
	{BibTeX, "BibTeX", "application/x-bibtex; charset=utf-8", ".bib"},
	{RIS, "RIS", "application/x-research-info-systems; charset=utf-8", ".ris"},
	{CSL, "CSL JSON", "application/vnd.citationstyles.csl+json", ".json"},
}

// Write returns the reference to an article in a format.
func Write(f Format, a *index.Article) string {
	switch f {
	case BibTeX:
		return bibTeX(a)
	case RIS:
		return ris(a)
	}
	return csl(a)
}

// Line is the reference as people write it: authors, title, publisher, date, address.
func Line(a *index.Article) (line string) {
	for _, p := range Parts(a) {
		text := p.Text
		if p.Quoted {
			text = "“" + text + "”"
		}
		line += text + p.End
	}
	return line
}

// Part is a part of the line: whoever shows it keeps its writing direction from what stands beside it.
type Part struct {
	Text   string
	Quoted bool
	End    string // what parts it from the next
}

// Parts are the parts of the line.
func Parts(a *index.Article) (list []Part) {
	put := func(s string, quoted bool, end string) {
		if s = plain(s); s != "" {
			list = append(list, Part{s, quoted, end})
		}
	}
	for _, name := range a.Authors {
		put(name, false, ", ")
	}
	if n := len(list); n > 0 {
		list[n-1].End = ". "
	}
	put(title(a), true, ". ")
	put(a.Source, false, ". ")
	put(day(a), false, ". ")
	if list[len(list)-1].End = "."; address(a) != "" {
		list[len(list)-1].End = ". "
		list = append(list, Part{Text: address(a)})
	}
	for i, p := range list {
		if !p.Quoted && strings.HasPrefix(p.End, ".") {
			list[i].Text = strings.TrimRight(p.Text, ".")
		}
	}
	return list
}

// Key is a name for the reference, of small ASCII letters and digits: publisher, year and a word of the title.
func Key(a *index.Article) string {
	key := first(a.Source)
	if date := parts(a); len(date) > 0 {
		key += strconv.Itoa(date[0])
	}
	if key += first(a.Title); key == "" {
		return "article"
	}
	return key
}

// first is the first word of a text that has three ASCII letters or digits, without its others.
func first(text string) string {
	const longest = 20 // of a domain, or a word of another script that was taken apart
	for word := range strings.FieldsSeq(strings.TrimPrefix(strings.ToLower(text), "www.")) {
		word = strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, word)
		if len(word) >= 3 {
			return word[:min(len(word), longest)]
		}
	}
	return ""
}

// parts are the year, month and day of publication, as many as are known.
func parts(a *index.Article) []int {
	if a.Published.IsZero() {
		return nil
	}
	year, month, day := a.Published.UTC().Date()
	switch a.Precision {
	case "year":
		return []int{year}
	case "month":
		return []int{year, int(month)}
	}
	return []int{year, int(month), day}
}

// day is the date of publication in words.
func day(a *index.Article) string {
	layouts := []string{"", "2006", "January 2006", "2 January 2006"}
	return a.Published.UTC().Format(layouts[len(parts(a))])
}

// address is where the article is on the web, or "".
func address(a *index.Article) string {
	text := plain(a.URL)
	if index.WebAddress(text) == nil {
		return ""
	}
	return text
}

func title(a *index.Article) string {
	if plain(a.Title) == "" {
		return "(no title)"
	}
	return a.Title
}

// plain is a text in one line, without what is no text: no field reaches into the next line.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.IsSpace(r) {
			return ' '
		}
		if unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// item is an article in CSL JSON (https://docs.citationstyles.org). Names are given as they are written: which part of one is the
// family's is not known.
type item struct {
	ID        string `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title"`
	Container string `json:"container-title,omitempty"`
	Author    []name `json:"author,omitempty"`
	Issued    *date  `json:"issued,omitempty"`
	URL       string `json:"URL,omitempty"`
	Language  string `json:"language,omitempty"`
	Abstract  string `json:"abstract,omitempty"`
	Place     string `json:"event-place,omitempty"`
}

type name struct {
	Literal string `json:"literal"`
}

type date struct {
	Parts [][]int `json:"date-parts"`
}

func csl(a *index.Article) string {
	x := item{ID: Key(a), Type: "article-newspaper", Title: plain(title(a)), Container: plain(a.Source), URL: address(a),
		Language: plain(a.Language), Abstract: plain(a.Lead), Place: plain(a.Dateline)}
	for _, author := range a.Authors {
		if author = plain(author); author != "" {
			x.Author = append(x.Author, name{author})
		}
	}
	if p := parts(a); p != nil {
		x.Issued = &date{[][]int{p}}
	}
	text, err := json.MarshalIndent([]item{x}, "", "  ")
	if err != nil { // of strings and numbers there is none
		panic(err)
	}
	return string(text) + "\n"
}
