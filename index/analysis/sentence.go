package analysis

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A sentence ends at a stop (. ! ? … and those of other scripts) that closing quotes and brackets may follow, then white
// space (none in Chinese and Japanese), and then a word that does not begin in lower case. It does not end at the full stop
// of an initial, an acronym or an abbreviation, unless what follows begins sentences: in the U.S. The court.

// endsSentence reports whether a sentence ends between the word just found, which ends at from, and the one at at.
func (s *scanner) endsSentence(from, at int) bool {
	for i := from; i < at; {
		r, size := s.rune(i)
		kind := stopKind(r)
		if kind == stopAlone {
			return true
		}
		after := i + size
		if kind == stopNone {
			i = after
			continue
		}
		after = s.closed(after, at)
		if after < at && s.space(after) {
			first, _ := s.rune(at)
			return !unicode.IsLower(first) && !(r == '.' && i == from && s.text[i+1] != '.' && s.abbreviated(from, at))
		}
		i = after
	}
	return false
}

const (
	stopNone   = iota
	stopSpaced // ends a sentence before white space
	stopAlone  // ends a sentence
)

func stopKind(r rune) int {
	switch r {
	case '.', '!', '?', '…', '؟', '۔', '।':
		return stopSpaced
	case '。', '！', '？', '｡':
		return stopAlone
	}
	return stopNone
}

// closed goes on over further stops, and over quotes and brackets: which mark closes depends on the language.
func (s *scanner) closed(i, end int) int {
	for i < end {
		r, size := s.rune(i)
		if stopKind(r) == stopNone && !strings.ContainsRune(`"')]}’”“»«›‹」』）`, r) {
			break
		}
		i += size
	}
	return i
}

func (s *scanner) space(i int) bool {
	r, _ := s.rune(i)
	return unicode.IsSpace(r)
}

// abbreviated reports whether the full stop behind the word just found is that of an abbreviation in the middle of a sentence.
func (s *scanner) abbreviated(from, at int) bool {
	word := s.text[s.start:from]
	first, size := utf8.DecodeRuneInString(word)
	var buf [longestAbbreviation]byte
	switch {
	case size == len(word) && unicode.IsLetter(first) && class(first) != classSingle:
		return !s.begins(at, initialStarts)
	case strings.Contains(word, ".") && !isDigit(word[0]):
		return strings.EqualFold(word, "e.g") || strings.EqualFold(word, "i.e") || !s.begins(at, starts)
	case len(word) <= 2 && digits(word):
		return s.begins(at, ordinalNouns)
	case len(word) > len(buf):
		return false
	}
	switch abbreviations[string(lower(buf[:0], word))] {
	case beforeName:
		return true
	case beforeNumber:
		return isDigit(s.text[at])
	case anywhere:
		return !s.begins(at, starts)
	}
	return false
}

// begins reports whether the word at at is one of the list.
func (s *scanner) begins(at int, list map[string]bool) bool {
	var buf [longestStart]byte
	if word := s.text[at:s.run(at)]; len(word) <= len(buf) {
		return list[string(lower(buf[:0], word))]
	}
	return false
}

func lower(dst []byte, word string) []byte {
	for _, r := range word {
		dst = utf8.AppendRune(dst, unicode.ToLower(r))
	}
	return dst
}

// What follows an abbreviation.
const (
	beforeName   = 1 + iota // Mr. X: it never ends a sentence
	beforeNumber            // No. 5: it is one only before a number
	anywhere                // Inc., Jan.: it ends a sentence before a word that begins sentences
)

// longestAbbreviation is how many bytes are looked up: млрд has eight.
const longestAbbreviation = 8

// abbreviations are those of news prose that are longer than a letter, without acronyms.
var abbreviations = func() map[string]int {
	m := map[string]int{}
	for kind, list := range map[int]string{
		beforeName: "mr mrs ms dr prof gen sen gov rep lt col sgt capt cmdr maj adm brig messrs hon rev pres amb insp supt " +
			"mme mlle mgr me dra sra srta srs ing dott avv sig dhr mevr drs hr fr frl dipl vs bzw ca ул им",
		beforeNumber: "no nos nr art abs fig vol sec núm num cap pag págs pp стр",
		anywhere: "inc corp co ltd bros jr sr plc llc etc usw approx dept univ assn al est st ave blvd mt ft " +
			"jan feb mar apr jun jul aug sept sep oct nov dec jän mär okt dez janv févr avr juil oct déc ene abr ago dic " +
			"mon tue wed thu fri sat sun calif conn ill mass mich minn tenn wash colo ariz okla penn " +
			"mio mrd tsd evtl ggf inkl vgl sog geb gest str ee uu cía cia av pág ed ex prov tel enz blz jl mln mld тыс млн млрд руб др пр гг",
	} {
		for word := range strings.FieldsSeq(list) {
			m[word] = kind
		}
	}
	return m
}()

// initialStarts begin a sentence and no name: J. It, but J. El, M. Le.
var initialStarts = set("the he she it they this that these those there his their its but when after while if")

// starts begin sentences, and rarely names; those of one letter would be initials.
var starts = set("the he she it they we this that these those there his her their its but and in on at an as for with after " +
	"when while if however meanwhile one some many most what who how why last " +
	"der die das er sie es wir ein eine in im am auf mit nach aber und doch für bei dies diese dieser seine ihre auch " +
	"le la les il elle ils elles un une des en ce cette ces mais et dans pour selon au aux " +
	"el los las una pero según se lo su sus por con para no " +
	"gli uno ma nel nella per secondo os as em um uma mas na segundo ele ela " +
	"de het een hij zij ze er maar volgens он она они это как по но на из об")

// ordinalNouns follow an ordinal number in German, where it has a full stop: am 3. Oktober.
var ordinalNouns = set("januar jänner februar märz april mai juni juli august september oktober november dezember " +
	"jahrhundert jahrhunderts jahrestag spieltag platz runde mal")

// longestStart is how many bytes are looked up: Jahrhunderts has twelve.
const longestStart = 12

func set(words string) map[string]bool {
	m := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		m[word] = true
	}
	return m
}
