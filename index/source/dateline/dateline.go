// Package dateline reads where an article was filed and which wire service it came from, as the text itself says it:
//
//	ROTTERDAM (Harbour News / Sputnik - 14th March, 2024) The port ...
//	NEW YORK, March 3 (Reuters) - Shares ...
//	Kyiv, Ukraine (AP) — Officials ...
//	MOSCOW, May 30. /TASS/. The ministry ...
//
// It would rather miss a dateline than take a headline or a name for one.
package dateline

import (
	"cmp"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxLine  = 240 // bytes of a paragraph that are looked at; the longest datelines with two agencies and a date have 120
	maxPlace = 80  // bytes before the credit or the dash
	tries    = 6   // paragraphs looked at: a lead, a byline and a note may stand before the dateline
)

// Line is a dateline, taken apart.
type Line struct {
	Place  string // with usual capitals: "New York", "Portland, Ore."; "" when there is only a credit
	Agency string // the wire service, or ""
	Date   string // as written: "14th March, 2024", "March 3"; or ""
	Rest   int    // where in the paragraph the text begins

	signed bool // Agency is a paragraph of its own
}

// Read returns the place of filing and the wire service that a body credits, each "" when it does not say. The dateline is
// looked for at the beginning of the first paragraphs; a service also in a credit at the end, such as "(Reporting by Ann
// Lee; Editing by Bo Chan)", which is Reuters', "Source: Xinhua" or "© AFP".
func Read(body string) (place, agency string) {
	line, _ := Find(body)
	if line.Agency == "" {
		line.Agency = closing(body)
	}
	return line.Place, line.Agency
}

// Find returns the first dateline of a body. Rest counts from the beginning of its paragraph.
func Find(body string) (Line, bool) {
	only := Line{}
	found := false
	n, before := 0, ""
	for p := range paragraphs(body) {
		line, ok := Parse(p)
		if !ok {
			line, ok = behindByline(p)
		}
		if ok && line.Place != "" {
			if line.Agency == "" && only.Agency != "" && only.signed {
				line.Agency = only.Agency
			}
			return line, true
		} else if ok && !found {
			only, found = line, true
		} else if a := cmp.Or(bylined(p), signature(p, before)); a != "" && !found {
			only, found = Line{Agency: a, Rest: len(p), signed: true}, true
		}
		before = p
		if n++; n == tries {
			break
		}
	}
	return only, found
}

// Parse reads the dateline that a paragraph begins with.
func Parse(paragraph string) (Line, bool) {
	s := scan{text: window(paragraph)}
	s.text = strings.TrimLeft(s.text, " ")
	lead := len(window(paragraph)) - len(s.text)
	for i := 0; i < len(s.text) && i <= maxPlace; {
		r, size := utf8.DecodeRuneInString(s.text[i:])
		var line Line
		ok, end := false, true
		switch {
		case r == '(':
			line, ok = s.credit(i, ")")
		case r == '/' && i > 0 && s.text[i-1] == ' ':
			line, ok = s.credit(i, "/")
		case s.dashAt(i), r == '|' && i > 0 && s.text[i-1] == ' ':
			line, ok = s.bare(i)
		default:
			end = !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" ,.'’-/)", r)
		}
		if end {
			line.Rest += lead
			return line, ok
		}
		i += size
	}
	return Line{}, false
}

// glued is a dateline that a page put behind its byline: "By Ann Lee NEW YORK, March 3 (Reuters) - ".
var glued = regexp.MustCompile(`^By\s.{3,80}?\s(\p{Lu}[\p{Lu}.'’-]+(?:[ /]\p{Lu}[\p{Lu}.'’-]+)*(?:, \p{Lu}[\p{L}.]+)?(?:,?\s+\p{Lu}[a-z]+\.? \d{1,2})?)\s+\(([^()]{2,40})\)\s*[-–—]`)

// behindByline reads such a dateline, if its credit is a wire service's.
func behindByline(p string) (Line, bool) {
	s := window(p)
	m := glued.FindStringSubmatchIndex(s)
	if m == nil || Agency(s[m[4]:m[5]]) == "" {
		return Line{}, false
	}
	line, ok := Parse(s[m[2]:])
	line.Rest += m[2]
	return line, ok
}

// byline is one that names whom the reporter works for: "By Ann Lee for AFP", "By Ann Lee, Reuters", "By The Associated Press", "Par
// Ann Lee pour l'AFP".
var byline = regexp.MustCompile(`^(?:B[yY]|BY|P[aA]r|P[oO]r|V[oO]n):?\s+(?:\p{Lu}.{1,78}?(?:\s+(?:for|pour|para|für|of)\s+(?:the\s+|l['’]|la\s+|die\s+)?|\s*[,|/]\s*(?:for\s+)?))?([^,|/]{2,40}?)(?i:\s+(?:staff|writers?|correspondents?|reporters?))*$`)

// bylined returns the service that a byline names, which stands in a line of its own.
func bylined(p string) string {
	line, _, _ := strings.Cut(p, "\n")
	if len(line) > maxLine {
		return ""
	}
	m := byline.FindStringSubmatch(strings.TrimRight(line, " .\r"))
	if m == nil {
		return ""
	}
	return Agency(m[1])
}

// signature returns the service that stands alone as a paragraph, as it does below the name of its reporter.
func signature(p, before string) string {
	if len(p) < len("Reuters") || len(p) > 64 || strings.ContainsAny(p, "\n.,:") {
		return ""
	}
	a := Agency(p)
	if name, _, ok := strings.Cut(p, "/"); ok && a == "" && len(name) > len("Reuters") {
		a = Agency(name) // "Associated Press/Report for America"
	}
	if a == "AP" { // Associated Press, which no picture is credited by in full
		return a
	}
	if name := strings.Fields(before); a == "" || len(name) < 2 || len(name) > 4 || !isPlace(before) {
		return ""
	}
	return a
}

// window returns the part of a paragraph that may be a dateline, its line ends made blanks. Byte offsets stay.
func window(p string) string {
	if len(p) > maxLine {
		n := maxLine
		for n > 0 && !utf8.RuneStart(p[n]) {
			n--
		}
		p = p[:n]
	}
	if i := strings.Index(p, "\n\n"); i >= 0 {
		p = p[:i]
	}
	return blanks.Replace(p)
}

var blanks = strings.NewReplacer("\n", " ", "\t", " ", "\r", " ")

type scan struct{ text string }

// dashAt reports whether the dash that ends a dateline stands at i; a hyphen is one behind a blank, a point or a digit.
func (s scan) dashAt(i int) bool {
	if n := dash(s.text[i:]); n != 1 {
		return n > 0
	}
	return i > 0 && (s.text[i-1] == ' ' || s.text[i-1] == '.' || s.text[i-1] >= '0' && s.text[i-1] <= '9')
}

// credit reads a dateline whose credit opens at i and is closed by close.
func (s scan) credit(i int, close string) (Line, bool) {
	n := strings.Index(s.text[i+1:], close)
	if n <= 0 || n > 120 {
		return Line{}, false
	}
	inside := strings.TrimSpace(s.text[i+1 : i+1+n])
	rest, mark := skipDash(s.text, i+1+n+1)
	h, ok := readHead(s.text[:i])
	agency, known := credited(inside)
	dashed := mark == '-' || mark == ':' && known
	if next, _ := utf8.DecodeRuneInString(s.text[rest:]); len(inside) >= 3 && unicode.IsUpper(next) {
		dashed = dashed || known // "Washington (CNN) The court said"
	}
	named, date := creditDate(inside)
	line := Line{Place: h.place, Agency: agency, Date: h.date, Rest: rest}
	if line.Date == "" {
		line.Date = date
	}
	switch {
	case strings.TrimSpace(s.text[:i]) == "":
		return line, known && dashed && close == ")"
	case agency != "" && mark == '-' && IsDate(strings.TrimSpace(s.text[:i])): // "Jan 23 (Reuters) -"
		return Line{Agency: agency, Date: strings.TrimSpace(s.text[:i]), Rest: rest}, true
	case !ok:
		return Line{}, false
	case close == "/":
		return line, agency != "" && (h.date != "" || h.caps)
	case h.caps:
		return line, known || date != "" || h.date != "" || dashed && len(strings.Fields(inside)) <= 4
	case known && (dashed || h.date != ""), named && date != "", dashed && h.date != "":
		return line, true
	}
	return Line{}, false
}

// bare reads a dateline without parentheses, whose dash stands at i.
func (s scan) bare(i int) (Line, bool) {
	before, agency, known := signed(strings.TrimRight(s.text[:i], " )"))
	rest, _ := skipDash(s.text, i)
	if agency == "" && strings.Contains(s.text[:i], ")") { // "L'AQUILA, July 10 Reuters) -" has lost a parenthesis
		return Line{}, false
	}
	if known && before == "" {
		return Line{Agency: agency, Rest: rest}, true
	}
	h, ok := readHead(before)
	if !ok || !known && h.date == "" && !h.stands() {
		return Line{}, false
	}
	if h.agency == "" {
		h.agency = agency
	}
	line := Line{Place: h.place, Agency: h.agency, Date: h.date, Rest: rest}
	// "МОСКВА, 30 мая — РИА Новости. ..."
	if name, _, ok := strings.Cut(s.text[rest:], ". "); ok && line.Agency == "" && Agency(name) != "" {
		line.Agency = Agency(name)
		line.Rest = rest + len(name) + len(". ")
	}
	return line, true
}

// dash returns the length of the dash that s begins with, or 0: a long one, two hyphens, or a hyphen before a blank.
func dash(s string) int {
	if s == "" || s[0] != '-' && s[0] != "—"[0] {
		return 0 // nearly always
	}
	for _, d := range []string{"—", "–", "―", "--"} {
		if strings.HasPrefix(s, d) {
			return len(d)
		}
	}
	if strings.HasPrefix(s, "- ") || s == "-" {
		return 1
	}
	return 0
}

// skipDash returns where the text begins after a dateline that ends at i, and '-', ':' or 0 for what stood between.
func skipDash(s string, i int) (rest int, mark byte) {
	for i < len(s) {
		n := dash(s[i:])
		if n == 0 && s[i] == '-' { // as in "(EFE).-El"
			n = 1
		}
		switch {
		case n > 0:
			i, mark = i+n, '-'
		case s[i] == '|':
			i, mark = i+1, '-'
		case s[i] == ':':
			i++
			if mark == 0 {
				mark = ':'
			}
		case s[i] == ' ' || s[i] == '.':
			i++
		default:
			return i, mark
		}
	}
	return i, mark
}

// paragraphs yields the paragraphs of a body; where it has no blank lines, its lines.
func paragraphs(body string) func(yield func(string) bool) {
	sep := "\n\n"
	if !strings.Contains(body, sep) {
		sep = "\n"
	}
	return func(yield func(string) bool) {
		for p := range strings.SplitSeq(body, sep) {
			if p = strings.TrimSpace(p); p != "" && !yield(p) {
				return
			}
		}
	}
}
