package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word or a mark of punctuation in a text.
type token struct {
	start, end int32 // no article comes near 2 GiB
	made       letters
	ends       bool // the sentence ends with it
}

// letters are the kinds of characters that a token has.
type letters uint8

const (
	lowerLetter letters = 1 << iota // a to z
	upperLetter                     // A to Z
	digit
	noLetter // the rest of ASCII
	beyond   // ASCII
)

var lettersOf = func() (table [256]letters) {
	for i := range table {
		switch c := byte(i); {
		case c >= 'a' && c <= 'z':
			table[i] = lowerLetter
		case c >= 'A' && c <= 'Z':
			table[i] = upperLetter
		case isDigit(c):
			table[i] = digit
		case c < utf8.RuneSelf:
			table[i] = noLetter
		default:
			table[i] = beyond
		}
	}
	return table
}()

// plainLetters are those of words that nothing joins with others.
const plainLetters = lowerLetter | upperLetter | digit

func madeOf(s string) (made letters) {
	for i := range len(s) {
		made |= lettersOf[s[i]]
	}
	return made
}

// mayCapital reports whether a word may have a capital letter.
func (l letters) mayCapital() bool { return l&(upperLetter|beyond) != 0 }

// maxSentence is where a sentence that does not end is cut, in tokens.
const maxSentence = 300

// appendTokens cuts a text into tokens as the Penn Treebank does, and into sentences. A sentence ends at a full stop, a
// question or an exclamation mark before white space and what is no word in lower case, at a blank line, and at the dash after
// a dateline: LONDON (Reuters) -
func appendTokens(dst []token, text string) []token {
	first := len(dst)
	t := tokenizer{text: text, tokens: dst}
	for i := 0; i < len(text); {
		if text[i] == ' ' && i+1 < len(text) && lettersOf[text[i+1]]&plainLetters != 0 { // nearly always
			i++
		} else if i = t.space(i); i == len(text) {
			break
		}
		if end, made := t.plain(i); end > i {
			t.tokens = append(t.tokens, token{start: int32(i), end: int32(end), made: made})
			i = end
			continue
		}
		i = t.next(i)
	}
	t.endSentences(t.tokens[first:])
	return t.tokens
}

// endOfSentence returns the token after the sentence that begins at one.
func endOfSentence(tokens []token, from int) int {
	to := from
	for to < len(tokens) && to-from < maxSentence {
		to++
		if tokens[to-1].ends {
			break
		}
	}
	return to
}

type tokenizer struct {
	text   string
	tokens []token
}

// space skips white space. A blank line ends a sentence.
func (t *tokenizer) space(i int) int {
	lines := 0
	for i < len(t.text) && (t.text[i] <= ' ' || t.text[i] >= utf8.RuneSelf) {
		r, size := utf8.DecodeRuneInString(t.text[i:])
		if !unicode.IsSpace(r) && r != '\ufeff' && r != '\u200b' {
			break
		}
		if r == '\n' || r == '\u2029' {
			lines++
		}
		i += size
	}
	if lines > 1 && len(t.tokens) > 0 {
		t.tokens[len(t.tokens)-1].ends = true
	}
	return i
}

// next cuts off the token at i, which is no plain word, and returns where it ends.
func (t *tokenizer) next(i int) int {
	r, size := utf8.DecodeRuneInString(t.text[i:])
	if isWord(r) {
		return t.word(i, t.endOfWord(i))
	}
	end := i + size
	for end < len(t.text) && r < utf8.RuneSelf && t.text[end] == byte(r) && (r == '-' || r == '.' || r == '\'' || r == '`') {
		end++
	}
	if r == '\'' || r == '’' { // 's of a quoted word, which stands by itself
		if own := t.own(end); own > end {
			end = own
		}
	}
	t.add(i, end)
	return end
}

// plain returns where the word at i ends if it has ASCII letters and digits only and nothing after it can be of it, and what it
// is made of; else i. Most words are such.
func (t *tokenizer) plain(i int) (end int, made letters) {
	text := t.text
	for end = i; end < len(text); end++ {
		l := lettersOf[text[end]]
		if l&plainLetters == 0 {
			break
		}
		made |= l
	}
	if end < len(text) {
		switch c := text[end]; {
		case c == ' ':
		case c == ',' && end+1 < len(text) && text[end+1] <= ' ':
		case c >= utf8.RuneSelf || ascii[c] != afterWord:
			return i, 0
		}
	}
	return end, made
}

// own returns where the s of an apostrophe at the end of a word ends, or i.
func (t *tokenizer) own(i int) int {
	if i < len(t.text) && (t.text[i] == 's' || t.text[i] == 'S') {
		if r, _ := utf8.DecodeRuneInString(t.text[i+1:]); !isWord(r) {
			return i + 1
		}
	}
	return i
}

func (t *tokenizer) add(start, end int) {
	if start < end {
		t.tokens = append(t.tokens, token{start: int32(start), end: int32(end), made: madeOf(t.text[start:end])})
	}
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return ascii[r] == inWord
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r))
}

// What ASCII characters do to a word.
const (
	afterWord  = iota // end it
	inWord            // are of it
	withinWord        // are of it between letters, some of them
)

var ascii = func() (table [utf8.RuneSelf]uint8) {
	for c := range table {
		switch c := byte(c); {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
			table[c] = inWord
		case strings.IndexByte("-'&_@.,:", c) >= 0:
			table[c] = withinWord
		}
	}
	return table
}()

// endOfWord returns where the word at i ends, which may have hyphens, apostrophes, full stops and such between its letters.
func (t *tokenizer) endOfWord(i int) int {
	start, letters := i, 0 // letters since the last full stop
	for i < len(t.text) {
		if c := t.text[i]; c < utf8.RuneSelf && ascii[c] != withinWord {
			if ascii[c] == afterWord {
				return t.withStop(start, i)
			}
			letters++
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(t.text[i:])
		switch {
		case isWord(r):
			letters++
		case t.joins(r, i, i+size, letters):
			if r == '.' {
				letters = 0
			}
		default:
			return t.withStop(start, i)
		}
		i += size
	}
	return i
}

// joins reports whether a character within a word belongs to it.
func (t *tokenizer) joins(r rune, i, after, letters int) bool {
	next, _ := utf8.DecodeRuneInString(t.text[after:])
	if r == '.' && letters == 1 && next == '-' { // U.S.-led
		next, _ = utf8.DecodeRuneInString(t.text[after+1:])
		return isWord(next)
	}
	if !isWord(next) {
		return false
	}
	switch r {
	case '-', '‑', '\'', '’', '&', '_', '@':
		return true
	case '.':
		return letters == 1 || unicode.IsLower(next) || unicode.IsDigit(next)
	case ',', ':':
		return isDigit(t.text[i-1]) && unicode.IsDigit(next)
	}
	return false
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// withStop returns where a word ends that ends at end, or after the full stop that follows it: J. U.S. Mr.
func (t *tokenizer) withStop(start, end int) int {
	if end == len(t.text) || t.text[end] != '.' || strings.HasPrefix(t.text[end:], "..") {
		return end
	}
	if w := t.text[start:end]; isInitials(w) || abbreviations[w] != 0 || w == "No" && t.digitAfter(end+1) {
		return end + 1
	}
	return end
}

// digitAfter reports whether white space and a digit stand at i: No. 1
func (t *tokenizer) digitAfter(i int) bool {
	return i+1 < len(t.text) && t.text[i] == ' ' && isDigit(t.text[i+1])
}

// isInitials reports whether a word is letters parted by full stops, or one capital letter.
func isInitials(w string) bool {
	if len(w) == 1 {
		return w[0] >= 'A' && w[0] <= 'Z'
	}
	for i := range len(w) {
		if (i%2 == 1) != (w[i] == '.') || i%2 == 0 && (w[i]|0x20 < 'a' || w[i]|0x20 > 'z') {
			return false
		}
	}
	return len(w)%2 == 1
}

const (
	abbreviated = iota + 1 // may end a sentence
	beforeName             // does not
)

var abbreviations = func() map[string]int {
	m := map[string]int{}
	for _, w := range strings.Fields(`Inc Corp Co Ltd Bros Jr Sr Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec etc Calif Fla Mass Conn Pa Va
		Md Ill Mich Wis Minn Tex Ariz Colo Okla Tenn Ky Ala Ga Ore Wash Nev Neb Kan La Ind Bhd Plc Dept Univ Assn Ave Blvd`) {
		m[w] = abbreviated
	}
	for _, w := range strings.Fields(`Mr Mrs Ms Dr Prof Rev Sen Rep Gov Gen Lt Col Maj Capt Sgt Cpl Pfc Adm Cmdr Brig St Ste Mt Ft vs v Hon Pres
		Messrs Fr MR MRS MS DR PROF REV SEN REP GOV GEN LT COL MAJ CAPT SGT ST`) {
		m[w] = beforeName
	}
	return m
}()

// clitics are the ends of words that are words of their own.
var clitics = []string{"n't", "'s", "'ll", "'re", "'ve", "'d", "'m"}

// word adds the word, what the apostrophe parts from it by itself.
func (t *tokenizer) word(start, end int) int {
	at := apostrophe(t.text[start:end])
	if at <= 0 || end-start > maxWord {
		t.add(start, end)
		return end
	}
	var buf [maxWord]byte
	lower := string(appendLower(buf[:0], t.text[start:end]))
	for _, c := range clitics {
		if head, ok := strings.CutSuffix(lower, c); ok && head != "" {
			cut := start + at
			if c == "n't" {
				cut--
			}
			t.add(start, cut)
			t.add(cut, end)
			return end
		}
	}
	t.add(start, end)
	return end
}

// apostrophe returns where the last apostrophe of a word stands if no more than a clitic may follow it, else -1.
func apostrophe(word string) int {
	for i := len(word) - 1; i >= max(0, len(word)-len("’ll")); i-- {
		if word[i] == '\'' || word[i] == "’"[0] && strings.HasPrefix(word[i:], "’") {
			return i
		}
	}
	return -1
}

// endSentences marks the tokens at which sentences end.
func (t *tokenizer) endSentences(tokens []token) {
	opened := 0
	for i := range tokens {
		if i+1 < len(tokens) && !t.endsInWord(tokens[i]) && (t.stops(tokens, i) || t.endsDateline(tokens[opened:i+1], tokens[i+1])) {
			tokens[i].ends = true
		}
		if tokens[i].ends {
			opened = i + 1
		}
	}
}

// endsInWord reports whether a token ends in an ASCII letter or digit, with which no sentence ends.
func (t *tokenizer) endsInWord(k token) bool {
	if k.made&^plainLetters == 0 { // it has nothing else
		return true
	}
	c := t.text[k.end-1]
	return c < utf8.RuneSelf && ascii[c] == inWord
}

func (t *tokenizer) of(k token) string { return t.text[k.start:k.end] }

// stops reports whether a sentence ends with token i: it is a stop, or closes what a stop has ended, and the next begins one.
func (t *tokenizer) stops(tokens []token, i int) bool {
	next := tokens[i+1]
	if next.start == tokens[i].end {
		return false
	}
	first, _ := utf8.DecodeRuneInString(t.text[next.start:])
	if unicode.IsLower(first) {
		return false
	}
	for range 3 { // closing quotes and brackets
		if s := t.of(tokens[i]); i == 0 || !strings.Contains("\"'”’)]»''", s) || tokens[i-1].end != tokens[i].start {
			break
		}
		i--
	}
	return t.isStop(tokens[i], next)
}

func (t *tokenizer) isStop(k, next token) bool {
	s := t.of(k)
	switch s[len(s)-1] {
	case '!', '?':
		return true
	case '.':
	default:
		return s == "…" || s == "。"
	}
	if s[0] == '.' {
		return true
	}
	s = s[:len(s)-1]
	if abbreviations[s] == beforeName || len(s) == 1 || s == "No" {
		return false
	}
	return openers[t.of(next)]
}

// openers are words that open a sentence after an abbreviation; other words with a capital letter rather go on: U.S. Senate.
var openers = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`The A An In On At It He She They We I You This That These Those But And For If As By From When While After
		Before With Some Its His Her Their Our My There Here Last Since Under Both Also Mr. Mrs. Ms. Dr. Not No Now Then What Who Why How Many Most
		Officials Police Analysts Meanwhile However`) {
		m[w] = true
	}
	return m
}()

// maxDateline is how many tokens a dateline has at most, the dash included.
const maxDateline = 14

// endsDateline reports whether tokens are a dateline with its dash, which white space follows.
func (t *tokenizer) endsDateline(tokens []token, next token) bool {
	last := tokens[len(tokens)-1]
	switch t.of(last) {
	case "-", "--", "–", "—":
	default:
		return false
	}
	if len(tokens) < 2 || len(tokens) > maxDateline || next.start == last.end {
		return false
	}
	place := t.of(tokens[0])
	return len(place) > 2 && strings.ToUpper(place) == place && strings.ToLower(place) != place
}
