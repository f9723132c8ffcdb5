package dateline

import (
	"regexp"
	"strings"
)

// maxCredit bounds a closing credit in bytes: Reuters' names up to a dozen reporters.
const maxCredit = 600

// maxRest is how long a paragraph may be that is not of the article's text: "Read more about the port".
const maxRest = 100

// closing returns the wire service that the end of a body credits, or "": one of its last three paragraphs or lines as a
// whole, or what stands behind its last sentence.
func closing(body string) string {
	tail := strings.TrimSpace(body[max(0, len(body)-4*maxCredit):])
	var last [3]string
	for p := range paragraphs(tail) {
		last[0], last[1], last[2] = last[1], last[2], p
	}
	prose := false // follows
	for i := len(last) - 1; i >= 0; i-- {
		p := last[i]
		before := prose
		prose = prose || len(p) > maxRest
		if before && strings.HasPrefix(p, "©") && !strings.ContainsAny(p, "0123456789") {
			continue // a picture's
		}
		if p != "" && len(p) <= maxCredit {
			if a := paragraphCredit(p); a != "" {
				return a
			}
		}
		if a := lastLines(p); a != "" {
			return a
		}
	}
	return trailing(last[2])
}

// lastLines returns the service that one of the last two lines of a paragraph of several credits.
func lastLines(p string) string {
	for range 2 {
		i := strings.LastIndexByte(p, '\n')
		if i < 0 {
			return ""
		}
		if line := strings.TrimSpace(p[i+1:]); line != "" && len(line) <= maxCredit {
			if a := paragraphCredit(line); a != "" {
				return a
			}
		}
		p = p[:i]
	}
	return ""
}

// paragraphCredit returns the service that a paragraph credits as a whole.
func paragraphCredit(p string) string {
	lower := strings.ToLower(p)
	// Others write of additional reporting; both halves in parentheses are Reuters' own form.
	if strings.HasPrefix(lower, "(reporting by ") && strings.Contains(lower, "editing by ") && strings.HasSuffix(p, ")") {
		return "Reuters"
	}
	for _, prefix := range []string{"source:", "quelle:", "fuente:", "источник:", "contributing:", "agency:", "agencia:"} {
		if strings.HasPrefix(lower, prefix) && len(lower) == len(p) {
			return Agency(p[len(prefix):])
		}
	}
	for _, prefix := range []string{"©", "(c) ", "copyright "} {
		if strings.HasPrefix(lower, prefix) && len(lower) == len(p) {
			return owner(p[len(prefix):])
		}
	}
	if m := assisted.FindStringSubmatch(p); m != nil {
		return first(m[1] + m[2] + m[3] + m[4])
	}
	if len(p) <= 64 && (p[0] == '(' && strings.HasSuffix(p, ")") || dash(p) > 0 || p[0] == '-') {
		return Agency(strings.TrimSuffix(strings.TrimPrefix(p, "("), ")"))
	}
	return ""
}

// assisted is a paragraph that thanks a service for what it gave:
//
//	The Associated Press contributed to this report.     Material from the Associated Press was used in this report.
//	— With files from The Canadian Press                  (Avec AFP)     Mit Material von dpa     Click for more from Reuters.
var assisted = regexp.MustCompile(`^(?:([^.,]{2,60}) contributed to this (?:report|story|article)\.?` +
	`|(?:Material|Information) from (?:the )?([^.,]{2,60}) was used in (?:compiling )?this (?:report|story|article)\.?` +
	`|[-–—( ]*(?i:with files from|with reporting by|with|avec la collaboration de|avec|con información de|con informacion de|com informações da|mit material von|mit material der|mit)\s+(?:l['’]|the )?([^.,]{2,40}?)[.)]*` +
	`|Click for more from ([^.,]{2,40})\.?)$`)

// first returns the first of the services that a credit names when it names nothing else: staff who wrote with a service's
// help are the authors of their own report.
func first(credit string) (agency string) {
	for _, part := range splitCredit(credit) {
		a := Agency(strings.TrimPrefix(part, "the "))
		if a == "" {
			return ""
		}
		if agency == "" {
			agency = a
		}
	}
	return agency
}

// afterSentence is what stands behind the last sentence of a text: a credit in parentheses or behind a dash.
//
//	… the fuel tax. – Reuters     … à 19h00. (AFP/nxp)     … said on Monday. (Reporting by Ann Lee; Editing by Bo Chan)
var afterSentence = regexp.MustCompile(`[.!?…”"»’)]\s*(?:[–—-]\s*\(?([^()–—.]{2,40})\)?|\(([^()]{2,200}?)\s*\))\.?$`)

// informs closes reports of Spanish services.
var informs = regexp.MustCompile(`, (?:según )?informa (EFE|Efe|Europa Press)\.$`)

// trailing returns the service credited behind the last sentence of a paragraph.
func trailing(p string) string {
	p = strings.TrimSpace(p)
	p = p[max(0, len(p)-maxCredit):]
	if m := informs.FindStringSubmatch(p); m != nil {
		return Agency(m[1])
	}
	m := afterSentence.FindStringSubmatch(p)
	if m == nil {
		return ""
	}
	if m[1] != "" {
		a, _ := credited(strings.TrimSpace(m[1]))
		return a
	}
	credit := strings.TrimSpace(m[2])
	lower := strings.ToLower(credit)
	for _, opening := range []string{"editing by ", "reporting by ", "writing by ", "additional reporting by ", "compiled by "} {
		if strings.HasPrefix(lower, opening) && strings.Contains(lower, "editing by ") {
			return "Reuters"
		}
	}
	for _, word := range []string{"avec ", "with ", "mit "} {
		credit = strings.TrimPrefix(strings.TrimPrefix(credit, word), strings.ToUpper(word[:1])+word[1:])
	}
	for _, part := range strings.Split(credit, "/") {
		if part = strings.TrimSpace(part); part == strings.ToLower(part) && strings.Contains(credit, "/") {
			part = strings.ToUpper(part) // "afp/nxp": the initials of a desk
		}
		if a := Agency(part); a != "" {
			return a
		}
	}
	return ""
}

// owner reads the rest of a copyright line: "2023 AFP", "Copyright 2014 The Associated Press. All rights reserved."
func owner(s string) string {
	s = strings.TrimLeft(s, " ©0123456789-–,")
	if len(s) >= len("copyright ") && strings.EqualFold(s[:len("copyright ")], "copyright ") {
		s = strings.TrimLeft(s[len("copyright "):], " ©0123456789-–,")
	}
	if i := strings.Index(s, ". "); i >= 0 {
		s = s[:i]
	}
	return Agency(strings.TrimRight(s, " ,0123456789"))
}
