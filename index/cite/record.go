package cite

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"dateline/index"
)

// bibTeX writes an @article, with the fields of plain BibTeX and the url that its styles and biblatex know.
func bibTeX(a *index.Article) string {
	var b strings.Builder
	fmt.Fprintf(&b, "@article{%s", Key(a))
	put := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, ",\n  %s = {%s}", name, value)
		}
	}
	put("author", bibAuthors(a.Authors))
	put("title", "{"+texEscaped(title(a))+"}") // the inner braces keep its capitals
	put("journal", texEscaped(a.Source))
	if p := parts(a); p != nil {
		put("year", strconv.Itoa(p[0]))
		if len(p) > 1 {
			fmt.Fprintf(&b, ",\n  month = %s", strings.ToLower(time.Month(p[1]).String()[:3])) // a name that every style knows
		}
		if len(p) > 2 {
			put("day", strconv.Itoa(p[2]))
		}
	}
	put("url", texAddress(address(a)))
	put("language", texEscaped(a.Language))
	b.WriteString("\n}\n")
	return b.String()
}

// bibAuthors joins names as BibTeX parts them. One that it would part itself stands in braces, as one word.
func bibAuthors(authors []string) string {
	var list []string
	for _, a := range authors {
		escaped := texEscaped(a)
		if escaped == "" {
			continue
		}
		if strings.Contains(escaped, ",") || strings.Contains(" "+strings.ToLower(escaped)+" ", " and ") {
			escaped = "{" + escaped + "}"
		}
		list = append(list, escaped)
	}
	return strings.Join(list, " and ")
}

// tex writes what TeX takes for a command. BibTeX counts braces even behind a backslash, so that a text must have none alone.
var tex = strings.NewReplacer(`\`, `\textbackslash{}`, `{`, `\textbraceleft{}`, `}`, `\textbraceright{}`, `~`, `\textasciitilde{}`,
	`^`, `\textasciicircum{}`, `#`, `\#`, `$`, `\$`, `%`, `\%`, `&`, `\&`, `_`, `\_`)

func texEscaped(s string) string { return tex.Replace(plain(s)) }

// texAddress writes an address as \url takes it: as it is, but for what would end the field.
func texAddress(address string) string {
	return strings.NewReplacer(`\`, "%5C", "{", "%7B", "}", "%7D", " ", "%20").Replace(plain(address))
}

// ris writes a newspaper article in RIS: tags of two letters, lines that end with CR LF.
func ris(a *index.Article) string {
	var b strings.Builder
	put := func(tag, value string) {
		if value = plain(value); value != "" {
			b.WriteString(tag + "  - " + value + "\r\n")
		}
	}
	put("TY", "NEWS")
	for _, author := range a.Authors {
		put("AU", author)
	}
	put("TI", title(a))
	put("T2", a.Source)
	if p := parts(a); p != nil {
		put("PY", fmt.Sprintf("%04d", p[0]))
		put("DA", risDate(p))
	}
	put("CY", a.Dateline)
	put("AB", a.Lead)
	put("LA", a.Language)
	put("UR", address(a))
	b.WriteString("ER  - \r\n")
	return b.String()
}

// risDate is YYYY/MM/DD/ with nothing for what is not known.
func risDate(p []int) string {
	text := fmt.Sprintf("%04d/", p[0])
	for i := 1; i < 3; i++ {
		if i < len(p) {
			text += fmt.Sprintf("%02d", p[i])
		}
		text += "/"
	}
	return text
}
