package names

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Definition is a place in a text that says what an acronym stands for. Offsets are in bytes, half-open.
type Definition struct {
	Acronym, Long          string // as written: SCO, Shanghai Cooperation Organization
	AcronymStart, LongFrom int    // where they begin
}

// maxParenthesis is how long a parenthesis may be, in bytes, to define a name: longer ones are asides.
const maxParenthesis = 120

// Expansion finds the definitions of acronyms in a text, in their order: "Shanghai Cooperation Organization (SCO)", "SCO
// (Shanghai Cooperation Organization)", "KGB (the State Security Committee)", "Shanghai Cooperation Organization, or SCO,".
func Expansion(text string) []Definition {
	var list []Definition
	open, or := next(text, "(", 0), next(text, ors, 0)
	for open < len(text) || or < len(text) {
		var d Definition
		var ok bool
		if open < or {
			d, ok = inParenthesis(text, open)
			open = next(text, "(", open+1)
		} else {
			d, ok = behindOr(text, or)
			or = next(text, ors, or+1)
		}
		if ok {
			list = append(list, d)
		}
	}
	return list
}

const ors = ", or "

// next returns where a mark stands next in a text from a place on; its end where it does not.
func next(text, mark string, from int) int {
	if i := strings.Index(text[from:], mark); i >= 0 {
		return from + i
	}
	return len(text)
}

// inParenthesis reads the definition whose parenthesis opens at i.
func inParenthesis(text string, i int) (Definition, bool) {
	end := strings.IndexByte(text[i:min(len(text), i+maxParenthesis)], ')')
	if end < 0 {
		return Definition{}, false
	}
	inner := text[i+1 : i+end]
	if !strings.ContainsFunc(inner, unicode.IsUpper) { // an aside, as most are
		return Definition{}, false
	}
	begin := i + 1 + len(inner) - len(strings.TrimLeft(inner, " \"'“‘"))
	inner = strings.Trim(inner, " \"'“”‘’")
	if isAcronym(inner) {
		return wordsBefore(text, i, inner, begin)
	}
	return acronymBefore(text, i, inner, begin)
}

// behindOr reads ", or SCO" at i.
func behindOr(text string, i int) (Definition, bool) {
	rest := text[i+len(ors):]
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' && r != '&' })
	if end < 0 {
		end = len(rest)
	}
	if acronym := strings.TrimRight(rest[:end], "."); isAcronym(acronym) {
		d, ok := wordsBefore(text, i, acronym, i+len(ors))
		return d, ok && fits(d.Acronym, d.Long)
	}
	return Definition{}, false
}

// wordsBefore finds the words before i that an acronym stands for: the fewest whose initials are the acronym, else, since
// acronyms are of the words in another language too, all words in capitals, if they look like an organisation.
func wordsBefore(text string, i int, acronym string, at int) (Definition, bool) {
	letters := foldAcronym(acronym)
	words := wordsBack(text, i, 3*len(letters)+4)
	for k := range words {
		long := strings.TrimSpace(text[words[k].start:i])
		if startsUpper(long) && k > 0 && mayBegin(words[k].folded, letters) && fits(acronym, long) {
			return Definition{acronym, long, at, words[k].start}, true
		}
	}
	if k := capitalRun(words); k > 1 && len(letters) >= 3 && namesOrg(words[:k]) && stateNames[letters] == "" {
		return Definition{acronym, strings.TrimSpace(text[words[k-1].start:i]), at, words[k-1].start}, true
	}
	return Definition{}, false
}

// wordsBack returns up to n words that end before i, the last one first, as far as only spaces, hyphens, commas and
// apostrophes stand between them.
func wordsBack(text string, i, n int) []token {
	from := startOfWords(text, i, 60*n)
	var back []token
	for end := i; end > from && len(back) < n; {
		r, size := utf8.DecodeLastRuneInString(text[from:end])
		if !inWord(r) {
			if r != ' ' && r != ',' && !isHyphen(text[:end]) {
				return back
			}
			end -= size
			continue
		}
		t := lastToken(text, from, end)
		end = t.start
		switch {
		case t.folded == "" && t.text != "&":
		case strings.HasSuffix(t.text, ".") && len(t.folded) > 3 && len(back) > 0: // the end of a sentence
			return back
		default:
			back = append(back, t)
		}
	}
	return back
}

// startOfWords returns the place some bytes before i where words are looked for first, at a character's beginning.
func startOfWords(text string, i, limit int) int {
	from := max(i-limit, 0)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	return from
}

// lastToken returns the token that ends at end and begins at from or later.
func lastToken(text string, from, end int) token {
	start := end
	for start > from {
		r, size := utf8.DecodeLastRuneInString(text[from:start])
		if !inWord(r) {
			break
		}
		start -= size
	}
	t := token{text: text[start:end], start: start, end: end, hyphen: start > from && isHyphen(text[from:start])}
	if t.text != "&" {
		t.fold()
	}
	return t
}

// mayBegin reports whether a name that begins with a word may make an acronym, so that it is worth looking at.
func mayBegin(word, acronym string) bool {
	return word == "" || acronym == "" || stops[word] || articles[word] || american(word)[0] == acronym[0]
}

// capitalRun is how many of the words, from the first, are in capitals, stop words between them included.
func capitalRun(words []token) int {
	run := 0
	for k, t := range words {
		switch {
		case startsUpper(t.text) && !stops[t.folded]:
			run = k + 1
		case !stops[t.folded]:
			return run
		}
	}
	return run
}

// namesOrg reports whether words contain one that organisations have in their names.
func namesOrg(words []token) bool {
	for _, t := range words {
		if generic[american(t.folded)] || turning[t.folded] || t.folded == "organization" || t.folded == "security" {
			return true
		}
	}
	return len(words) >= 4
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// fits reports whether the words of a name make an acronym.
func fits(acronym, long string) bool {
	n := Name{Type: Org}
	tokens := appendOrgTokens(nil, long)
	n.initials = acronymsOf(tokens)
	return contains(n.initials, foldAcronym(acronym))
}

// acronymBefore finds the acronym before i that inner, the text of a parenthesis, explains.
func acronymBefore(text string, i int, inner string, at int) (Definition, bool) {
	long := theOff(inner)
	if !startsUpper(long) || len(strings.Fields(long)) < 2 {
		return Definition{}, false
	}
	words := wordsBack(text, i, 1)
	if len(words) == 0 || !isAcronym(words[0].text) || strings.TrimSpace(text[words[0].end:i]) != "" {
		return Definition{}, false
	}
	if !fits(words[0].text, long) && !explains(long) {
		return Definition{}, false
	}
	return Definition{words[0].text, long, words[0].start, at + len(inner) - len(long)}, true
}

// explains reports whether a text is a name of several words: all but the stop words in capitals.
func explains(long string) bool {
	tokens := appendTokens(nil, long)
	for _, t := range tokens {
		if !startsUpper(t.text) && !stops[t.folded] {
			return false
		}
	}
	return len(tokens) > 1 && namesOrg(tokens)
}
