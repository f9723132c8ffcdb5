package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Romanize returns a word in lower-case Latin letters twice: plain, without accents (milosevic, muller), and spoken, with
// accented letters as English or German spell them (miloshevich, mueller). Cyrillic, Greek and, as far as it writes its
// vowels, Arabic have one romanisation, which is both. Letters of other scripts stay as they are.
func Romanize(word string) (plain, spoken string) {
	if s, ok := asciiLower(word); ok {
		return s, s
	}
	word = strings.ToLower(norm.NFKC.String(strings.ToValidUTF8(word, "")))
	plain = letters(word, plainLetter)
	spoken = letters(word, spokenLetter)
	return plain, spoken
}

// asciiLower is Romanize for ASCII, of which only letters and digits stay.
func asciiLower(word string) (string, bool) {
	var buf [64]byte
	out := buf[:0]
	for i := 0; i < len(word); i++ {
		c := word[i]
		switch {
		case c >= utf8.RuneSelf:
			return "", false
		case 'A' <= c && c <= 'Z':
			out = append(out, c+'a'-'A')
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			out = append(out, c)
		}
	}
	if string(out) == word {
		return word, true
	}
	return string(out), true
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// letters writes each letter of a word in lower case as spell says, Greek by its pairs of letters.
func letters(word string, spell func(r rune) (string, bool)) string {
	if hasGreek(word) {
		word = greekPairs.Replace(bare(word))
	}
	out := make([]byte, 0, len(word)+4)
	for _, r := range word {
		if s, ok := spell(r); ok {
			out = append(out, s...)
		} else if r < utf8.RuneSelf {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				out = append(out, byte(r))
			}
		} else {
			out = appendBare(out, r)
		}
	}
	return string(out)
}

func plainLetter(r rune) (string, bool) {
	if s, ok := otherScripts[r]; ok {
		return s, true
	}
	s, ok := plainLatin[r]
	return s, ok
}

func spokenLetter(r rune) (string, bool) {
	if s, ok := spokenLatin[r]; ok {
		return s, true
	}
	return plainLetter(r)
}

// appendBare appends a letter without its accents; marks by themselves are left out.
func appendBare(out []byte, r rune) []byte {
	var in [utf8.UTFMax]byte
	for _, d := range string(norm.NFD.Append(nil, in[:utf8.EncodeRune(in[:], r)]...)) {
		if s, ok := plainLetter(d); ok {
			out = append(out, s...)
		} else if unicode.IsLetter(d) || unicode.IsDigit(d) {
			out = utf8.AppendRune(out, d)
		}
	}
	return out
}

// bare returns a text without accents.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

func hasGreek(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return 0x370 <= r && r < 0x400 || 0x1F00 <= r && r < 0x2000 })
}

// foreign reports whether a word is written in a script that has to be transliterated, and whether that is Arabic, which
// leaves out most vowels.
func foreign(word string) (foreign, arabic bool) {
	for _, r := range word {
		switch {
		case 0x370 <= r && r < 0x530, 0x1F00 <= r && r < 0x2000:
			foreign = true
		case 0x600 <= r && r < 0x700:
			return true, true
		}
	}
	return foreign, false
}

// plainLatin are the letters that Unicode does not decompose.
var plainLatin = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ħ': "h", 'ə': "a",
}

// spokenLatin are accented letters as those spell them who have no accents: German for its umlauts, else English. ё, which
// Russians print as е, is among them.
var spokenLatin = map[rune]string{
	'ё': "yo", 'ä': "ae", 'ö': "oe", 'ü': "ue", 'ø': "oe", 'å': "aa", 'đ': "dj", 'ć': "ch", 'č': "ch", 'š': "sh", 'ş': "sh", 'ș': "sh",
	'ž': "zh", 'ț': "ts", 'ţ': "ts", 'ř': "rzh", 'ñ': "ny", 'ń': "ny", 'ě': "ye", 'ç': "ch", 'ś': "sh", 'ź': "zh", 'ż': "zh",
}

// otherScripts romanises Cyrillic of all its languages, Greek, and Arabic with Persian, as English newspapers do.
var otherScripts = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'ґ': "g", 'ѓ': "g", 'д': "d", 'ђ': "dj", 'е': "e", 'ё': "e", 'є': "ye", 'ж': "zh",
	'з': "z", 'ѕ': "dz", 'и': "i", 'і': "i", 'ї': "yi", 'й': "y", 'ј': "y", 'к': "k", 'ќ': "k", 'л': "l", 'љ': "lj", 'м': "m",
	'н': "n", 'њ': "nj", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'ћ': "ch", 'у': "u", 'ў': "u", 'ф': "f", 'х': "kh",
	'ц': "ts", 'ч': "ch", 'џ': "dzh", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
	'ә': "a", 'ғ': "g", 'қ': "k", 'ң': "n", 'ө': "o", 'ұ': "u", 'ү': "u", 'һ': "h",

	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k", 'λ': "l", 'μ': "m",
	'ν': "n", 'ξ': "x", 'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s", 'ς': "s", 'τ': "t", 'υ': "y", 'φ': "f", 'χ': "ch", 'ψ': "ps",
	'ω': "o",

	'ا': "a", 'أ': "a", 'إ': "i", 'آ': "a", 'ب': "b", 'ت': "t", 'ث': "th", 'ج': "j", 'ح': "h", 'خ': "kh", 'د': "d", 'ذ': "dh",
	'ر': "r", 'ز': "z", 'س': "s", 'ش': "sh", 'ص': "s", 'ض': "d", 'ط': "t", 'ظ': "z", 'ع': "a", 'غ': "gh", 'ف': "f", 'ق': "q",
	'ك': "k", 'ک': "k", 'ل': "l", 'م': "m", 'ن': "n", 'ه': "h", 'و': "u", 'ي': "i", 'ی': "i", 'ى': "a", 'ة': "a", 'ء': "",
	'ئ': "i", 'ؤ': "u", 'پ': "p", 'چ': "ch", 'ژ': "zh", 'گ': "g",
}

// greekPairs are the pairs of Greek letters that are one sound. Accents are gone.
var greekPairs = strings.NewReplacer("ου", "ou", "αι", "e", "ει", "i", "οι", "i", "αυ", "av", "ευ", "ev", "γγ", "ng", "γκ", "gk",
	"μπ", "b", "τζ", "tz")
