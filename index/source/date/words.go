package date

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a word of a date can be.
const (
	isMonth = iota + 1
	isWeekday
	isFiller
	isHalf // am or pm; value 0 or 12
	isZone // value: seconds east of UTC
)

type word struct {
	kind, value int
}

// words knows the words of dates, folded.
var words = makeWords()

// monthNames has for each month its names and abbreviations in English, German, French, Spanish, Italian, Portuguese, Dutch
// and Russian, each once. Accents are folded away when words are compared.
var monthNames = [12]string{
	"january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari январь января янв",
	"february feb february febr februar feber février févr fév febrero febbraio fevereiro fev februari февраль февраля фев февр",
	"march mar märz mär maerz mrz mars marzo março maart mrt март марта мар",
	"april apr avril avr abril abr aprile апрель апреля апр",
	"may mai mayo maggio mag maio mei май мая",
	"june jun juni juin junio giugno giu junho июнь июня июн",
	"july jul juli juillet juil julio luglio lug julho июль июля июл",
	"august aug août agosto ago augustus август августа авг",
	"september sept sep septembre septiembre setiembre settembre set setembro сентябрь сентября сен сент",
	"october oct oktober okt octobre octubre ottobre ott outubro out октябрь октября окт",
	"november nov novembre noviembre novembro ноябрь ноября ноя нояб",
	"december dec dezember dez décembre déc diciembre dic dicembre dezembro dez декабрь декабря дек",
}

const weekdayNames = `monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim
lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom
lunedì martedì mercoledì giovedì venerdì sabato domenica gio
segunda terça quarta quinta sexta feira seg ter qua qui sex
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo
понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье пн вт ср чт пт сб вс`

// fillers may stand anywhere between the parts of a date and say nothing of their own.
const fillers = `the of at on t um uhr den der le du à de del di da las los el alle ore às as om op uur em em há в г года год h hs hrs hours st nd rd th er`

// zones are hours east of UTC, with minutes after a colon. Names with two common meanings have the one that news wires
// use: CST and EST are American, IST is Indian, BST is British.
const zones = `Z 0 GMT 0 UTC 0 UT 0 WET 0 WEST 1 BST 1 CET 1 CEST 2 MEZ 1 MESZ 2 EET 2 EEST 3 MSK 3 MSD 4 SAST 2 EAT 3 CAT 2 WAT 1
EST -5 EDT -4 CST -6 CDT -5 MST -7 MDT -6 PST -8 PDT -7 AKST -9 AKDT -8 HST -10 NST -3:30 NDT -2:30 AST -4 ADT -3
BRT -3 ART -3 CLT -4 CLST -3 COT -5 PET -5 VET -4
IST 5:30 PKT 5 NPT 5:45 ICT 7 WIB 7 WITA 8 WIT 9 SGT 8 HKT 8 MYT 8 PHT 8 JST 9 KST 9 AEST 10 AEDT 11 ACST 9:30 ACDT 10:30 AWST 8 NZST 12 NZDT 13
TRT 3 IRST 3:30 GST 4 AZT 4 UZT 5 YEKT 5 IDT 3`

// American zones named without saying whether summer time holds; which it is follows from the date.
var floating = map[string]int{"et": -5, "ct": -6, "mt": -7, "pt": -8}

func makeWords() map[string]word {
	m := map[string]word{"am": {isHalf, 0}, "pm": {isHalf, 12}}
	for w := range strings.FieldsSeq(fillers) {
		m[foldString(w)] = word{isFiller, 0}
	}
	for w := range strings.FieldsSeq(weekdayNames) {
		m[foldString(w)] = word{isWeekday, 0}
	}
	for i, names := range monthNames {
		for w := range strings.FieldsSeq(names) {
			m[foldString(w)] = word{isMonth, i + 1}
		}
	}
	fields := strings.Fields(zones)
	for i := 0; i < len(fields); i += 2 {
		m[foldString(fields[i])] = word{isZone, zoneSeconds(fields[i+1])}
	}
	return m
}

// zoneSeconds reads hours east of UTC as the table has them.
func zoneSeconds(s string) int {
	s, west := strings.CutPrefix(s, "-")
	hours, minutes, _ := strings.Cut(s, ":")
	seconds := number(hours)*3600 + number(minutes)*60
	if west {
		return -seconds
	}
	return seconds
}

// foldBuffer holds a folded word; the longest in the tables, понедельник, has 22 bytes.
type foldBuffer [32]byte

// fold appends s in lower case without accents. Words too long for the buffer are no word of a date: ok is false.
func (b *foldBuffer) fold(s string) (folded []byte, ok bool) {
	folded = b[:0]
	for _, r := range s {
		if r >= 0x300 && r <= 0x36f { // a combining accent
			continue
		}
		if r >= 0x80 {
			r = plain(unicode.ToLower(r))
		} else if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		if len(folded)+utf8.UTFMax > len(b) {
			return nil, false
		}
		folded = utf8.AppendRune(folded, r)
	}
	return folded, true
}

func foldString(s string) string {
	var b foldBuffer
	folded, _ := b.fold(s)
	return string(folded)
}

// plain takes the accent off a small letter.
func plain(r rune) rune {
	switch r {
	case 'à', 'á', 'â', 'ã', 'ä':
		return 'a'
	case 'è', 'é', 'ê', 'ë':
		return 'e'
	case 'ì', 'í', 'î', 'ï':
		return 'i'
	case 'ò', 'ó', 'ô', 'õ', 'ö':
		return 'o'
	case 'ù', 'ú', 'û', 'ü':
		return 'u'
	case 'ç':
		return 'c'
	case 'й':
		return 'и'
	case 'ё':
		return 'е'
	}
	return r
}

// lookup finds a word as written, whatever its case and accents.
func lookup(s string) (word, bool) {
	var b foldBuffer
	folded, ok := b.fold(s)
	if !ok {
		return word{}, false
	}
	w, ok := words[string(folded)]
	return w, ok
}
