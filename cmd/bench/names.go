package main

import "strings"

// maxName is the longest name that is kept, in bytes: longer ones are headings in capitals.
const maxName = 60

// openers are words that are capitalised because a sentence begins with them.
var openers = setOf("The", "In", "On", "At", "But", "And", "For", "If", "As", "By", "From", "It", "He", "She", "They", "We",
	"This", "That", "These", "Those", "When", "While", "After", "Before", "With", "Some", "An", "Last", "Since", "Under", "Both", "Also")

// findNames returns what looks like names in a text: two to four capitalised words in a row, joined also by "of", "the", "de"
// or "and". It is the expression of the peers' corpus,
//
//	\b([A-Z][a-zA-Z.&-]+( (of|the|de|and) (?=[A-Z]))? ?){1,4}
//
// less the word that opens a sentence.
func findNames(text string) []string {
	var names []string
	for i := 0; i < len(text); i++ {
		if !isUpper(text[i]) || i > 0 && isWord(text[i-1]) {
			continue
		}
		end := endOfName(text, i)
		if name := trimName(text[i:end]); name != "" {
			names = append(names, name)
		}
		i = end
	}
	return names
}

// endOfName returns where the capitalised words end that begin at i.
func endOfName(text string, i int) int {
	end := i + 1
	for range 4 {
		n := capitalised(text[i:])
		if n == 0 {
			break
		}
		i += n
		end = i
		step := joiner(text[i:])
		if step == 0 {
			break
		}
		i += step
	}
	return end
}

// capitalised returns the length of the capitalised word at the beginning, 0 when there is none of two letters.
func capitalised(text string) int {
	if text == "" || !isUpper(text[0]) {
		return 0
	}
	n := 1
	for n < len(text) && (isLetter(text[n]) || text[n] == '.' || text[n] == '&' || text[n] == '-') {
		n++
	}
	if n == 1 {
		return 0
	}
	return n
}

// joiner returns the length of what may stand between two words of a name.
func joiner(text string) int {
	for _, j := range []string{" of ", " the ", " de ", " and "} {
		if strings.HasPrefix(text, j) && len(text) > len(j) && isUpper(text[len(j)]) {
			return len(j)
		}
	}
	if strings.HasPrefix(text, " ") {
		return 1
	}
	return 0
}

// trimName returns a name of two words at least, or "".
func trimName(name string) string {
	name = strings.Trim(name, " .")
	if first, rest, ok := strings.Cut(name, " "); ok && openers[first] {
		name = rest
	}
	if len(name) > maxName || !strings.Contains(name, " ") || !isUpper(name[0]) {
		return ""
	}
	return name
}

func isUpper(b byte) bool  { return b >= 'A' && b <= 'Z' }
func isLetter(b byte) bool { return isUpper(b) || b >= 'a' && b <= 'z' }
func isDigit(b byte) bool  { return b >= '0' && b <= '9' }
func isWord(b byte) bool   { return isLetter(b) || isDigit(b) || b == '_' || b >= 0x80 }

func setOf(list ...string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, s := range list {
		set[s] = true
	}
	return set
}
