package names

import (
	"strings"
	"unicode"
)

// parseOrg takes an organisation's name apart: acronym and expansion, one of them in parentheses; company forms; the words
// that are left.
func (n *Name) parseOrg() {
	outer, inner := parenthesis(theOff(n.Text))
	var buf [MaxBytes]byte
	key := n.addOrgWords(buf[:0], outer)
	if n.short {
		n.Acronym = n.Words[0].Plain
	}
	switch {
	case inner == "":
	case isAcronym(inner) && !n.short:
		n.Acronym = foldAcronym(inner)
	case n.short:
		long := Name{Type: n.Type, Text: inner}
		var buf [MaxBytes]byte
		long.known = knownGroup(&long, long.addOrgWords(buf[:0], inner))
		long.join()
		n.long = &long
	}
	n.known = knownGroup(n, key)
}

// theOff returns a name without the article.
func theOff(text string) string {
	if len(text) > 4 && strings.EqualFold(text[:4], "the ") {
		return text[4:]
	}
	return text
}

// parenthesis parts "Name (other)". A name that is nothing but a parenthesis is that.
func parenthesis(text string) (outer, inner string) {
	open := strings.IndexByte(text, '(')
	if open < 0 {
		return text, ""
	}
	inner, rest, _ := strings.Cut(text[open+1:], ")")
	outer = strings.TrimSpace(text[:open] + " " + rest)
	if outer == "" {
		return inner, ""
	}
	return outer, strings.TrimSpace(inner)
}

// isAcronym reports whether a text is one word of two to seven letters, most of them capitals: UN, U.N., OSCE, AT&T, UNHCR,
// but not Apple.
func isAcronym(text string) bool {
	capitals, others := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case r == '.' || r == '&':
		case unicode.IsDigit(r) && capitals > 0:
		default:
			others++
		}
	}
	return capitals >= 2 && capitals <= 7 && others <= 1 && capitals > 2*others
}

func foldAcronym(text string) string {
	plain, _ := Romanize(text)
	return plain
}

// orgToken is a word of an organisation's name, folded and in American spelling.
type orgToken struct {
	token
	stop bool // a word that says nothing: of, the, and
}

// addOrgWords makes the words of a text and the acronyms that they make, and appends the key that known names are found by.
func (n *Name) addOrgWords(key []byte, text string) []byte {
	var buf [someTokens]orgToken
	all := appendOrgTokens(buf[:0], text)
	key = appendKnownKey(key, all)
	all = saints(all)
	tokens := n.companyOff(all)
	n.initials = acronymsOf(tokens)
	if len(tokens) < len(all) {
		n.initials = append(n.initials, acronymsOf(theLess(all))...)
	}
	n.Words = make([]Word, 0, len(tokens))
	n.short = len(tokens) == 1 && isAcronym(tokens[0].text)
	for i := range tokens {
		t := &tokens[i]
		if (t.stop || t.folded == "affairs" && isMinistry(tokens)) && len(tokens) > 1 || len(n.Words) == maxWords {
			continue
		}
		n.Words = append(n.Words, t.word())
	}
	return key
}

// word makes the word of a token: of a folded one that is spelt in another way, that.
func (t *orgToken) word() Word {
	if t.folded != t.of.Plain && !t.of.foreign {
		return newWord(t.folded)
	}
	return Word{spelling: t.of}
}

// theLess returns tokens without a leading article.
func theLess(tokens []orgToken) []orgToken {
	if len(tokens) > 1 && tokens[0].folded == "the" {
		return tokens[1:]
	}
	return tokens
}

// isMinistry reports whether tokens name a ministry, of whose name Affairs is left out: the Foreign Ministry.
func isMinistry(tokens []orgToken) bool {
	return tokens[0].folded == "ministry" || tokens[len(tokens)-1].folded == "ministry"
}

// someTokens are as many as most names have, for which room on the stack is made.
const someTokens = 8

// appendOrgTokens parts a text into words; "co-operation" and "al-Qaida" are parted nowhere and everywhere else at hyphens.
func appendOrgTokens(tokens []orgToken, text string) []orgToken {
	var buf [someTokens]token
	for _, t := range appendTokens(buf[:0], text) {
		if last := len(tokens) - 1; t.hyphen && last >= 0 && tokens[last].lists.in(inJoined) {
			tokens[last].text += t.text
			tokens[last].of = spellingOf(tokens[last].text)
			tokens[last].respell(american(tokens[last].folded + t.folded))
			continue
		}
		if last := len(tokens) - 1; t.hyphen && last >= 0 && tokens[last].lists.in(inArticles) {
			tokens[last].stop = true
		}
		o := orgToken{token: t, stop: t.lists.in(inStops)}
		if t.lists.in(inBritish) {
			o.respell(american(t.folded))
		}
		if t.text == "&" {
			o.text, o.stop = "and", true
			o.fold()
		}
		tokens = append(tokens, o)
	}
	return tokens
}

// joined are prefixes that are one word with what follows their hyphen.
var joined = fieldSet("co inter non anti multi sub counter re")

// articles are the Arabic one, as it is said before other letters; they are such before a hyphen.
var articles = fieldSet("al el il ul ez es ed en er et az as ad an ar at ash esh ut ur us")

// stops are the words of organisations' and places' names that are left out of comparison.
var stops = fieldSet("of the and for in on de du des la le les el al der die das des fur und y e et i by to a von van del della di da do dos 's")

// appendTokens is appendPersonTokens without its care for initials.
func appendTokens(tokens []token, text string) []token {
	for i := 0; i < len(text); {
		r := rune(text[i])
		if r < 0x80 && !inWord(r) {
			i++
			continue
		}
		end := wordEnd(text, i)
		if end == i {
			end++
		} else if t := (token{text: text[i:end], start: i, end: end, hyphen: i > 0 && isHyphen(text[:i])}); t.text == "&" {
			tokens = append(tokens, t)
		} else if t.fold(); t.folded != "" {
			tokens = append(tokens, t)
		}
		i = end
	}
	return tokens
}

// companyOff takes company forms off both ends, and words like Group and Holdings off the end, as long as a word is left
// that says which company it is.
func (n *Name) companyOff(tokens []orgToken) []orgToken {
	for len(tokens) > 1 && tokens[0].folded == "the" || len(tokens) > 1 && tokens[0].lists.in(inFrontForms) {
		tokens = tokens[1:]
	}
	for len(tokens) > 1 {
		last := &tokens[len(tokens)-1]
		switch {
		case last.lists.in(inCompanyForms), last.folded == "and" && len(tokens) > 1:
		case last.lists.in(inWeakForms) && !endsPair(tokens):
			n.weak = true
		default:
			return tokens
		}
		tokens = tokens[:len(tokens)-1]
	}
	return tokens
}

// endsPair reports whether the last word belongs to the one before: "Bank of Company", "Co-operative Group".
func endsPair(tokens []orgToken) bool {
	before := tokens[len(tokens)-2]
	return before.stop || len(tokens) == 2 && (generic[before.folded] || len(before.folded) < 3)
}

// companyForms say only how a company is registered.
var companyForms = fieldSet("inc incorporated ltd limited gmbh ag plc sa co corp corporation llc llp lp nv bv spa srl sarl sas oy oyj ab asa as aps kg kgaa se pty pte " +
	"sdn bhd kk oao ooo pao zao ao jsc ojsc pjsc cjsc company aktiengesellschaft tbk zrt nyrt sro doo dd ad eood ead spzoo fc afc cf")

// frontForms are company forms that stand before the name.
var frontForms = fieldSet("oao ooo pao zao ao jsc ojsc pjsc cjsc pt ip fgup gup tov vat fc cf")

// weakForms say little more.
var weakForms = fieldSet("group holding holdings companies international")

// generic are words that many organisations share, so that one of them is no name by itself, and two names that differ in
// one of them are two.
var generic = fieldSet("bank air royal national metro first second general american british united new world european global central federal state city " +
	"north south east west northern southern eastern western oil gas energy motor motors media television radio news press university college institute school hospital " +
	"ministry department agency office committee council commission court party union federation association society league club foundation fund trust service army navy force police the")

// acronymsOf returns the acronyms that words make: of all of them, and of those that are no stop words.
func acronymsOf(tokens []orgToken) []string {
	if len(tokens) < 2 {
		return nil
	}
	var allBuf [2 * maxWords]byte
	var someBuf [maxWords]byte
	all, some := allBuf[:0], someBuf[:0]
	for i := range tokens {
		t := &tokens[i]
		if t.folded[0] >= 0x80 || len(all) == maxWords {
			return nil
		}
		all = append(all, t.folded[0])
		if !t.stop {
			some = append(some, t.folded[0])
		}
	}
	if len(some) < 2 || string(some) == string(all) {
		return []string{string(all)}
	}
	both := string(append(all, some...))
	return []string{both[:len(all)], both[len(all):]}
}

// american returns an English word in American spelling, so that Defence is Defense and Organisation is Organization.
func american(word string) string {
	if s, ok := spellings[word]; ok {
		return s
	}
	for _, e := range [...][2]string{{"isation", "ization"}, {"isations", "izations"}, {"ising", "izing"}, {"ised", "ized"}} {
		if stem, ok := strings.CutSuffix(word, e[0]); ok && len(stem) > 2 {
			return stem + e[1]
		}
	}
	return word
}

var spellings = map[string]string{"defence": "defense", "labour": "labor", "harbour": "harbor", "centre": "center", "theatre": "theater", "programme": "program",
	"honour": "honor", "neighbour": "neighbor", "licence": "license", "offence": "offense", "grey": "gray", "aluminium": "aluminum", "colour": "color", "armour": "armor",
	"tyre": "tire", "jewellery": "jewelry", "travellers": "travelers", "cheque": "check", "catalogue": "catalog", "dept": "department", "intl": "international", "int": "international",
	"natl": "national", "univ": "university", "assn": "association", "assoc": "association", "bros": "brothers", "govt": "government", "min": "ministry", "inst": "institute", "mfg": "manufacturing",
	"organisers": "organizers", "paediatric": "pediatric", "orthopaedic": "orthopedic", "archaeological": "archeological", "enquiry": "inquiry"}
