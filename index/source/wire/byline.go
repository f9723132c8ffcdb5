package wire

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/index/source/dateline"
)

// opening is the word that a byline begins with.
var opening = regexp.MustCompile(`(?i)^(?:by|von|par|por|di|da|av|af|door|от)[: \n]\s*`)

// between parts the names of a byline.
var (
	also    = regexp.MustCompile(`(?i),?\s+(?:&|and|und|et|og|och|with)\s+`)
	between = regexp.MustCompile(`\s*[,;/|\n\t]+\s*`)
	spanish = regexp.MustCompile(`\s+y\s+`) // after Por only: Ortega y Gasset
)

// notPersons are words of offices and organisations, by which what follows a name is told from another name.
var notPersons = words(`writer writers correspondent correspondents editor editors reporter reporters staff desk press news agency agencies times
	post journal university college institute association writing bureau chief special contributor columnist analyst photographer producer
	business sports science medical legal foundation service services media wire daily newsroom team company inc ltd redaktion agence agencia
	group limited corporation corp network radio television tv magazine review union council centre center school`)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// Byline takes the authors out of a byline: "By JANE DOE and Bo Chan, Associated Press Writers". A byline that says more
// than names is kept as well, under the format's name for it; a wire service in it is credited.
func (b *Builder) Byline(name, text string) {
	text = strings.TrimSpace(text)
	persons, rest := names(text)
	for _, person := range persons {
		if !slices.Contains(b.A.Authors, person) {
			b.A.Authors = append(b.A.Authors, person)
		}
	}
	for _, part := range rest {
		if !b.Credit(part) {
			b.Credit(withoutOffice(part))
		}
	}
	if len(rest) > 0 {
		b.KeepText(name, Line(text))
	}
}

// Author takes a name as it stands, unless it is a wire service, which is credited.
func (b *Builder) Author(name string) {
	if name = dateline.Title(Line(name)); name != "" && !b.Credit(name) && !slices.Contains(b.A.Authors, name) {
		b.A.Authors = append(b.A.Authors, name)
	}
}

// names returns the persons of a byline and what else it says.
func names(text string) (persons, rest []string) {
	if len(text) > 1000 { // no byline
		return nil, []string{text}
	}
	s := opening.ReplaceAllString(text, "")
	s = also.ReplaceAllString(s, "\n&")
	s = between.ReplaceAllString(s, "\n")
	if strings.HasPrefix(strings.ToLower(text), "por ") {
		s = spanish.ReplaceAllString(s, "\n&")
	}
	for part := range strings.SplitSeq(s, "\n") {
		joined := strings.HasPrefix(part, "&") || len(persons)+len(rest) == 0
		part = strings.Trim(Line(part), `& ._-–—*"“”()`)
		switch {
		case part == "":
		case isSuffix(part) && len(persons) > 0:
			persons[len(persons)-1] += ", " + part
		case isPerson(part, len(persons)+len(rest) == 0, joined):
			persons = append(persons, dateline.Title(part))
		default:
			rest = append(rest, part)
		}
	}
	return persons, rest
}

func isSuffix(s string) bool {
	switch strings.ToLower(s) {
	case "jr", "sr", "ii", "iii", "iv", "md", "m.d", "phd", "ph.d":
		return true
	}
	return false
}

// surnames are words of organisations that are names of persons as well, in the second place: "Jordan Press".
var surnames = words(`press post chief page`)

// isPerson reports whether a part of a byline may be a name. One word is a name only where it stands first; joined says that
// the part stands first or behind "and", where no organisation is expected.
func isPerson(s string, first, joined bool) bool {
	fields := strings.Fields(s)
	if len(fields) > 6 || len(fields) < 2 && !first || strings.ContainsAny(s, "0123456789@:") || Known(s) != "" {
		return false
	}
	capital := false
	for i, w := range fields {
		lower := strings.ToLower(strings.Trim(w, ".'"))
		if notPersons[lower] && !(joined && i == 1 && len(fields) == 2 && surnames[lower]) {
			return false
		}
		r, _ := utf8.DecodeRuneInString(w)
		capital = capital || unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
	}
	return capital && (len(fields) > 1 || !strings.Contains(s, "."))
}

// withoutOffice takes the office off what follows a name: "Associated Press Writer".
func withoutOffice(s string) string {
	fields := strings.Fields(s)
	for len(fields) > 1 {
		last := strings.ToLower(fields[len(fields)-1])
		if last == "press" || last == "news" || last == "agency" || last == "service" || !notPersons[last] {
			break
		}
		fields = fields[:len(fields)-1]
	}
	return strings.Join(fields, " ")
}
