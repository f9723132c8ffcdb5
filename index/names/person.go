package names

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word of a name as written, and where.
type token struct {
	text       string
	start, end int
	of         *spelling
	folded     string // its letters and digits, romanised, without accents
	lists      lists  // of folded
	hyphen     bool   // a hyphen stands before it
}

// fold looks a token up by its text.
func (t *token) fold() {
	t.of = spellingOf(t.text)
	t.folded, t.lists = t.of.folded, t.of.lists
}

// respell gives a token other letters than its text has.
func (t *token) respell(folded string) { t.folded, t.lists = folded, listed[folded] }

// parsePerson takes a person's name apart.
func (n *Name) parsePerson() {
	n.Text = possessiveOff(n.Text, nil)
	head, rest, commas := strings.Cut(n.Text, ",")
	var buf [someTokens]token
	tokens := appendPersonTokens(buf[:0], head, 0)
	at := len(head) + 1
	var parts []string
	if commas {
		parts = strings.SplitN(rest, ",", 3)
	}
	for _, part := range parts {
		more := n.suffixesOff(appendPersonTokens(nil, part, at), 0)
		at += len(part) + 1
		switch {
		case len(more) == 0:
		case !n.ordered && !startsWithTitle(more) && len(tokens) > 0:
			tokens = append(n.titlesOff(more), tokens...)
			n.ordered = true
		}
	}
	tokens = n.suffixesOff(n.titlesOff(tokens), 1)
	if n.Text = written(n.Text, tokens, n.ordered); n.Text != "" {
		n.Text += n.distinction()
	}
	n.addPersonWords(tokens)
	n.sexes = sexesOf(n.Titles)
}

// distinction is what a person's name is shown with at its end: the number, Jr. or Sr.
func (n *Name) distinction() string {
	switch {
	case n.Number != "":
		return " " + strings.ToUpper(n.Number)
	case n.Suffix == "jr":
		return " Jr."
	case n.Suffix == "sr":
		return " Sr."
	}
	return ""
}

// startsWithTitle reports whether what follows a comma tells what somebody is: Joris Dekker, director.
func startsWithTitle(tokens []token) bool {
	for _, t := range tokens {
		if t.folded != "the" && t.folded != "a" {
			return t.lists&(inTitles|inDoubtful) == inTitles && t.text == strings.ToLower(t.text)
		}
	}
	return true
}

// appendPersonTokens parts a name at white space, hyphens, and the full stops of initials. base is where the text begins.
func appendPersonTokens(tokens []token, text string, base int) []token {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !inWord(r) {
			i += size
			continue
		}
		end := wordEnd(text, i)
		tokens = appendToken(tokens, text, i, end)
		i = end
	}
	for i := range tokens {
		tokens[i].start += base
		tokens[i].end += base
	}
	return tokens
}

func inWord(r rune) bool {
	if r >= 'a' && r <= 'z' || r == ' ' { // nearly always
		return r != ' '
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '.' || r == '\'' || r == '’' || r == 'ʼ' || r == '&'
}

func wordEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !inWord(r) {
			return i
		}
		i += size
	}
	return i
}

// appendToken appends the token from start to end of a text; initials are one each, and so are г and н of г-н, a title.
func appendToken(tokens []token, text string, start, end int) []token {
	t := token{text: text[start:end], start: start, end: end, hyphen: start > 0 && isHyphen(text[:start])}
	t.fold()
	if t.folded == "" {
		return tokens
	}
	if last := len(tokens) - 1; t.hyphen && last >= 0 && titles[tokens[last].folded+t.folded] {
		tokens[last].respell(tokens[last].folded + t.folded)
		tokens[last].end = end
		return tokens
	}
	if pieces := pieces(t.text); len(pieces) > 1 && !t.lists.in(inTitles|inStates) && !(start > 0 && t.lists.in(inSuffixes|inNumbers)) {
		for _, p := range pieces {
			tokens = appendPiece(tokens, t, p)
		}
		return tokens
	}
	return append(tokens, t)
}

func appendPiece(tokens []token, t token, piece string) []token {
	at := t.start + strings.Index(t.text, piece)
	p := token{text: piece, start: at, end: at + len(piece)}
	if p.fold(); p.folded == "" {
		return tokens
	}
	return append(tokens, p)
}

// pieces parts J.R.R. and John.F into what the full stops end, and JRR, which has no vowel, into letters.
func pieces(text string) []string {
	if strings.Contains(strings.TrimSuffix(text, "."), ".") {
		return strings.FieldsFunc(text, func(r rune) bool { return r == '.' })
	}
	if n := len(text); n == 2 || n == 3 {
		for i := 0; i < n; i++ {
			if text[i] < 'B' || text[i] > 'Z' || strings.IndexByte("AEIOUY", text[i]) >= 0 {
				return nil
			}
		}
		return strings.Split(text, "")
	}
	return nil
}

func isHyphen(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return r == '-' || r == '‐' || r == '‑' || r == '–'
}

// titlesOff takes titles off the front, and what belongs to them: French of "French President", of State of "Secretary of
// State". The last word always stays.
func (n *Name) titlesOff(tokens []token) []token {
	for len(tokens) > 1 {
		k := titleLength(tokens)
		if k == 0 || k >= len(tokens) {
			return tokens
		}
		for _, t := range tokens[:k] {
			n.Titles = append(n.Titles, t.folded)
		}
		tokens = tokens[k:]
	}
	return tokens
}

// titleLength is how many tokens at the front are one title, 0 when there is none.
func titleLength(tokens []token) int {
	first := &tokens[0]
	if first.lists.in(inDemonyms | inStates) {
		if len(tokens) == 1 {
			return 0
		}
		if next := titleLength(tokens[1:]); next > 0 {
			return next + 1
		}
		return 0
	}
	if !first.lists.in(inTitles) || first.lists.in(inDoubtful) && (len(tokens) < 3 || len(tokens[1].folded) == 1 || tokens[1].lists.in(inParticles)) {
		return 0
	}
	k := 1
	for k+2 < len(tokens) && (tokens[k].folded == "of" || tokens[k].folded == "for") && tokens[k+1].lists.in(inTitles) {
		k += 2
	}
	return k
}

// states stand before titles as demonyms do.
var states = fieldSet("us uk eu un the")

// suffixesOff takes suffixes and numbers off the end, and leaves keep tokens.
func (n *Name) suffixesOff(tokens []token, keep int) []token {
	for len(tokens) > keep {
		last := tokens[len(tokens)-1]
		switch {
		case last.lists.in(inSuffixes):
			n.Suffix = cmp.Or(suffixes[last.folded], n.Suffix)
		case isNumber(last) && (last.folded != "xi" || royalTitle(n) != ""):
			n.Number = last.folded
		default:
			return tokens
		}
		tokens = tokens[:len(tokens)-1]
	}
	return tokens
}

// isNumber reports whether a token is a regnal or generation number: written in capitals, without a full stop.
func isNumber(t token) bool {
	return t.lists.in(inNumbers|inOneLetterNumbers) && !strings.Contains(t.text, ".") && t.text == strings.ToUpper(t.text) && (len(t.folded) > 1 || t.text == "I")
}

// written returns what a text has from the first token to the last; of "Surname, Given" in the usual order.
func written(text string, tokens []token, ordered bool) string {
	if len(tokens) == 0 {
		return ""
	}
	first, last := tokens[0], tokens[len(tokens)-1]
	if !ordered {
		return text[first.start:last.end]
	}
	var b strings.Builder
	for i, t := range tokens {
		switch {
		case i > 0 && t.hyphen:
			b.WriteByte('-')
		case i > 0:
			b.WriteByte(' ')
		}
		b.WriteString(text[t.start:t.end])
	}
	return b.String()
}

// addPersonWords makes the words and particles of the tokens that are a name. A name of particles only has them as words.
func (n *Name) addPersonWords(tokens []token) {
	if len(tokens) > maxWords {
		tokens = tokens[:maxWords]
	}
	n.Words = make([]Word, 0, len(tokens))
	for i, t := range tokens {
		if t.lists.in(inParticles) && len(tokens) > 1 && (i > 0 || i+1 < len(tokens)) && isParticle(tokens, i) {
			n.Particles = append(n.Particles, t.folded)
			continue
		}
		if t.of.Plain != "" {
			n.Words = append(n.Words, Word{t.of, true, t.hyphen})
		}
	}
	n.initialsFirst()
}

// initialsFirst turns "Mirzaev R." and "Чехов А. П.". Ruslan M. stays, of whom the paper does not say the surname.
func (n *Name) initialsFirst() {
	k := len(n.Words)
	for k > 1 && n.Words[k-1].Initial() {
		k--
	}
	if k == 1 && len(n.Words) > 1 && !isGiven(&n.Words[0]) && !n.Words[0].Initial() {
		n.Words = turn(n.Words)
		n.ordered = true
	}
}

// isParticle reports whether the particle at i is one there: not an initial, nor the last word, nor all of a Chinese name.
func isParticle(tokens []token, i int) bool {
	t := tokens[i]
	if len(t.folded) == 1 && (strings.Contains(t.text, ".") || t.text != strings.ToLower(t.text)) || i+1 == len(tokens) {
		return false
	}
	if i == 0 && len(tokens) == 2 && t.text != strings.ToLower(t.text) {
		return tokens[1].hyphen || t.folded != "le" && t.folded != "as" && t.folded != "al" && t.folded != "ben"
	}
	return i > 0 || t.folded != "ben" && t.folded != "al"
}
