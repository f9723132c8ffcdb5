package names

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean returns a mention as it is shown: without quotation marks, stray punctuation, a possessive and a courtesy title.
// Mr. Mirzayev's is Mirzayev; McDonald's stays.
func Clean(mention string) string {
	return courtesiesOff(tidy(mention))
}

func courtesiesOff(s string) string {
	for {
		first, rest, ok := strings.Cut(s, " ")
		if !ok || !courtesies[courtesy(first)] {
			return s
		}
		s = strings.TrimLeftFunc(rest, stray)
	}
}

// tidy is Clean without its care for titles.
func tidy(mention string) string {
	s := strings.TrimFunc(oneSpaced(mention), stray)
	return closeAcronym(possessiveOff(s, forever))
}

// courtesy folds a first word if it may be a courtesy title at all.
func courtesy(word string) string {
	if len(word) > 16 || word != "" && word[0] < utf8.RuneSelf && strings.IndexByte("mdsphfgMDSPHFG", word[0]) < 0 && word[0] >= 'A' {
		return ""
	}
	plain, _ := Romanize(word)
	return plain
}

// stray reports whether a character cannot begin or end a name. A full stop may end one: Inc., Jr.
func stray(r rune) bool {
	return !(unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '.' || r == ')' || r == '(' || r == '\'' || r == '’')
}

// possessiveOff takes 's and the apostrophe of Reuters' off, not of names that keep it.
func possessiveOff(s string, keep map[string]bool) string {
	if strings.IndexByte(s, '\'') < 0 && !strings.Contains(s, "’") {
		return s
	}
	s = strings.TrimLeft(s, " '’")
	for _, ending := range [...]string{"'s", "’s", "'S", "’S"} {
		if stem, ok := strings.CutSuffix(s, ending); ok && stem != "" {
			if plain, _ := Romanize(lastWord(s)); keep[plain] {
				return s
			}
			return strings.TrimRight(stem, " ")
		}
	}
	return strings.TrimRight(s, " '’")
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// forever are names whose 's is part of them.
var forever = fieldSet(" mcdonalds lloyds sotheby sothebys christies macys kohls wendys sainsburys moodys dominos levis poors peoples womens dennys " +
	"hardees arbys harrods waterstones selfridges kelloggs reddys dickeys barneys bloomingdales morrisons ")

// closeAcronym drops a parenthesis that has no partner.
func closeAcronym(s string) string {
	if strings.Count(s, "(") != strings.Count(s, ")") {
		s = strings.TrimSpace(strings.NewReplacer("(", " ", ")", " ").Replace(s))
		s = strings.Join(strings.Fields(s), " ")
	}
	return s
}
