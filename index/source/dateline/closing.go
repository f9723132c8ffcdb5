package dateline

import "strings"

// maxCredit bounds a closing credit in bytes: Reuters' names up to a dozen reporters.
const maxCredit = 600

// closing returns the wire service that one of the last three paragraphs credits as a whole, or "".
func closing(body string) string {
	tail := body[max(0, len(body)-4*maxCredit):]
	var last [3]string
	for p := range paragraphs(tail) {
		last[0], last[1], last[2] = last[1], last[2], p
	}
	for i := len(last) - 1; i >= 0; i-- {
		if p := last[i]; p != "" && len(p) <= maxCredit {
			if a := paragraphCredit(p); a != "" {
				return a
			}
		}
	}
	return ""
}

func paragraphCredit(p string) string {
	lower := strings.ToLower(p)
	// Others write of additional reporting; both halves in parentheses are Reuters' own form.
	if strings.HasPrefix(lower, "(reporting by ") && strings.Contains(lower, "editing by ") && strings.HasSuffix(p, ")") {
		return "Reuters"
	}
	for _, prefix := range []string{"source:", "quelle:", "fuente:", "источник:"} {
		if strings.HasPrefix(lower, prefix) && len(lower) == len(p) {
			return Agency(p[len(prefix):])
		}
	}
	for _, prefix := range []string{"©", "(c) ", "copyright "} {
		if strings.HasPrefix(lower, prefix) && len(lower) == len(p) {
			return owner(p[len(prefix):])
		}
	}
	if len(p) <= 64 && (p[0] == '(' && strings.HasSuffix(p, ")") || dash(p) > 0 || p[0] == '-') {
		return Agency(strings.TrimSuffix(strings.TrimPrefix(p, "("), ")"))
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
