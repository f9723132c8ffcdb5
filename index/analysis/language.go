package analysis

import (
	"strings"

	"golang.org/x/text/language"
)

// Language is a stemmer: what an article's language means for the inflection of its words.
type Language uint8

// The languages with a stemmer, and the two without. Unknown is the zero value.
const (
	Unknown   Language = iota // not told: English, Russian or Arabic by the script of each term
	Unstemmed                 // a language without a stemmer: each term is its own stem
	English
	German
	French
	Spanish
	Portuguese
	Italian
	Dutch
	Russian
	Arabic
	Danish
	Swedish
	Norwegian
	Finnish
	Hungarian
	Romanian

	// Languages is how many there are; it stays below 32, so that a set of them is a uint32.
	Languages = iota
)

// LanguageOf returns the stemmer of an article's language: ISO 639 in any case, with or without a region ("en", "pt_BR").
// Unknown is for what names no language; every language that exists but has no stemmer is Unstemmed.
func LanguageOf(code string) Language {
	code = strings.ToLower(strings.TrimSpace(code))
	if i := strings.IndexAny(code, "-_"); i >= 0 {
		code = code[:i]
	}
	if l, ok := languageCodes[code]; ok {
		return l
	}
	if _, err := language.ParseBase(code); err != nil {
		return Unknown
	}
	return Unstemmed
}

// languageCodes has the codes of two letters, and those of three in both forms of ISO 639-2.
var languageCodes = map[string]Language{
	"": Unknown, "und": Unknown, "mul": Unknown, "mis": Unknown, "zxx": Unknown,
	"en": English, "eng": English,
	"de": German, "deu": German, "ger": German,
	"fr": French, "fra": French, "fre": French,
	"es": Spanish, "spa": Spanish,
	"pt": Portuguese, "por": Portuguese,
	"it": Italian, "ita": Italian,
	"nl": Dutch, "nld": Dutch, "dut": Dutch,
	"ru": Russian, "rus": Russian,
	"ar": Arabic, "ara": Arabic,
	"da": Danish, "dan": Danish,
	"sv": Swedish, "swe": Swedish,
	"no": Norwegian, "nor": Norwegian, "nb": Norwegian, "nob": Norwegian, "nn": Norwegian, "nno": Norwegian,
	"fi": Finnish, "fin": Finnish,
	"hu": Hungarian, "hun": Hungarian,
	"ro": Romanian, "ron": Romanian, "rum": Romanian, "mo": Romanian,
}

// String returns the English name: "German".
func (l Language) String() string {
	if int(l) < len(stemmers) {
		return stemmers[l].name
	}
	return stemmers[Unknown].name
}
