package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RadhiFadlillah/whatlanggo"
)

// Detection looks at a piece of text of this many characters. Below the lower bound it guesses too often: of short items
// in capitals or full of names it makes Scots, Esperanto and Latin.
const (
	languageMost  = 1000
	languageLeast = 100
)

// language tells the language of a text, as in ISO 639-1, or "" when it is too short to tell reliably.
//
// Most news is in one of a few languages, which the share of their commonest words tells in some microseconds. The
// library compares trigrams with 80 languages, which takes half a millisecond: as long as indexing the article does.
func language(text string) string {
	if len(text) < languageLeast {
		return ""
	}
	text = strings.ToLower(prefix(text, languageMost))
	if utf8.RuneCountInString(text) < languageLeast {
		return ""
	}
	if l := commonLanguage(text); l != "" {
		return l
	}
	if l := cyrillicByLetters(text); l != "" {
		return l
	}
	info := whatlanggo.Detect(text)
	if !info.IsReliable() {
		return ""
	}
	return info.Lang.Iso6391()
}

// cyrillicByLetters returns the language of a text in Cyrillic letters, in lower case, that has some which only this language
// has: trigrams take Macedonian for Serbian, and Bulgarian for both.
func cyrillicByLetters(text string) string {
	letters, hard := 0, 0
	var only [4]int
	for _, c := range text {
		switch c {
		case 'ў':
			only[0]++
		case 'ї', 'є', 'ґ':
			only[1]++
		case 'ђ', 'ћ':
			only[2]++
		case 'ѓ', 'ќ', 'ѕ':
			only[3]++
		case 'ъ':
			hard++
		case 'ы', 'э', 'ё':
			hard = -len(text) // Russian has all three
		}
		if unicode.Is(unicode.Cyrillic, c) {
			letters++
		}
	}
	if letters < languageLeast*3/4 {
		return ""
	}
	best, second := 0, 0
	for i := 1; i < len(only); i++ {
		if only[i] > only[best] {
			best, second = i, only[best]
		} else {
			second = max(second, only[i])
		}
	}
	switch {
	case only[best] > 2*second:
		return [...]string{"be", "uk", "sr", "mk"}[best]
	case hard*100 > letters:
		return "bg"
	}
	return ""
}

// prefix returns the first n characters of a text.
func prefix(text string, n int) string {
	for i := range text {
		if n == 0 {
			return text[:i]
		}
		n--
	}
	return text
}

// commonLanguages lists the commonest words of some languages. A word may stand in several.
var commonLanguages = []struct{ code, words string }{
	{"en", "the of and to in a is that for on it with as was at by he be from said has are have an not his but were this they will which its been would their who had more after she also than about when one up out or"},
	{"de", "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei"},
	{"fr", "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont la avec ont été son cette aux mais comme ou ses nous leur elle d l qu n s c fait deux"},
	{"es", "de la que el en y a los del se las por un para con no una su al lo como más pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está"},
	{"it", "di e il la che in a per un del è una con non si i le da sono della al come ha dei nel più alla anche lo gli delle dalla su ma o nella questo ai ed stato l d dell all"},
	{"pt", "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está também só pelo pela até isso ela entre era"},
	{"nl", "de van een het en in is dat op te zijn met voor niet aan er om ook als dan maar bij of uit nog naar heeft ze door over hij wordt tot je worden deze die werd hebben was meer kan al"},
	{"ru", "в и на с что не по из за к о у от для как это был до его но после года также а он при все более или уже со во была они было будет я мы том их были только которые который около может так об"},
}

// commonWords has a bit for each of commonLanguages, of which there are eight.
var commonWords = func() map[string]uint8 {
	m := map[string]uint8{}
	for i, l := range commonLanguages {
		for w := range strings.FieldsSeq(l.words) {
			m[w] |= 1 << i
		}
	}
	return m
}()

// commonLanguage returns a language when a quarter of the words are its commonest, and one and a half times as many as of
// any other.
func commonLanguage(text string) string {
	var counts [8]int
	words := 0
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		words++
		for bits, i := commonWords[w], 0; bits != 0; bits, i = bits>>1, i+1 {
			counts[i] += int(bits & 1)
		}
	}
	best, second := 0, 0
	for i := 1; i < len(counts); i++ {
		if counts[i] > counts[best] {
			best, second = i, counts[best]
		} else {
			second = max(second, counts[i])
		}
	}
	if counts[best]*4 < words || counts[best]*2 < second*3 || words == 0 {
		return ""
	}
	return commonLanguages[best].code
}
