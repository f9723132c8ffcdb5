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
	isLead
)

type word struct {
	kind, value int
}

// words knows the words of dates, folded.
var words = makeWords()

// monthNames has for each month its names and abbreviations, each once. Accents are folded away when words are compared.
// The lines: English, German, French, Spanish, Italian, Portuguese, Dutch and Russian; Polish, Czech, Ukrainian and
// Bulgarian; Swedish, Danish, Norwegian and Finnish; Turkish, Indonesian, Malay, Romanian, Hungarian and Catalan; Greek and
// Hebrew; Arabic, Persian (of the Gregorian calendar) and Hindi.
var monthNames = [12]string{
	`january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari январь января янв
	styczeń stycznia sty leden ledna січень січня січ януари tammikuu tammikuuta ocak oca ianuarie ian január januára gener
	ιανουάριος ιανουαρίου ιαν ינואר בינואר يناير ژانویه जनवरी`,
	`february feb february febr februar feber février févr fév febrero febbraio fevereiro fev februari февраль февраля фев февр
	luty lutego únor února лютий лютого лют февруари helmikuu helmikuuta şubat şub februarie február februára febrer
	φεβρουάριος φεβρουαρίου φεβ פברואר בפברואר فبراير شباط فوریه फरवरी फ़रवरी`,
	`march mar märz mär maerz mrz mars marzo março maart mrt март марта мар
	marzec marca březen března березень березня бер marts maaliskuu maaliskuuta mart maret mac martie március marec març
	μάρτιος μαρτίου μαρ מרץ במרץ مارس آذار मार्च`,
	`april apr avril avr abril abr aprile апрель апреля апр
	kwiecień kwietnia kwi duben dubna квітень квітня квіт април huhtikuu huhtikuuta nisan nis aprilie április apríl apríla
	απρίλιος απριλίου απρ אפריל באפריל أبريل إبريل نيسان آوریل अप्रैल`,
	`may mai mayo maggio mag maio mei май мая
	maj maja květen května травень травня трав toukokuu toukokuuta mayıs május máj mája maig
	μάιος μαΐου μαι μαϊ מאי במאי مايو أيار मई`,
	`june jun juni juin junio giugno giu junho июнь июня июн
	czerwiec czerwca červen června червень червня черв юни kesäkuu kesäkuuta haziran haz iunie június jún júna juny
	ιούνιος ιουνίου ιουν יוני ביוני يونيو حزيران ژوئن जून`,
	`july jul juli juillet juil julio luglio lug julho июль июля июл
	lipiec lipca červenec července липень липня лип юли heinäkuu heinäkuuta temmuz julai iulie július júl júla juliol
	ιούλιος ιουλίου ιουλ יולי ביולי يوليو تموز ژوئیه जुलाई`,
	`august aug août agosto ago augustus август августа авг
	sierpień sierpnia srpen srpna серпень серпня серп augusti elokuu elokuuta ağustos agustus ogos augusztus augusta agost
	αύγουστος αυγούστου αυγ אוגוסט באוגוסט أغسطس آب अगस्त`,
	`september sept sep septembre septiembre setiembre settembre set setembro сентябрь сентября сен сент
	wrzesień września wrz září вересень вересня вер септември syyskuu syyskuuta eylül eyl septembrie szeptember septembra setembre
	σεπτέμβριος σεπτεμβρίου σεπ σεπτ ספטמבר בספטמבר سبتمبر أيلول سپتامبر सितंबर सितम्बर`,
	`october oct oktober okt octobre octubre ottobre ott outubro out октябрь октября окт
	październik października paź říjen října жовтень жовтня жовт октомври lokakuu lokakuuta ekim eki octombrie október októbra
	οκτώβριος οκτωβρίου οκτ אוקטובר באוקטובר أكتوبر اکتبر अक्टूबर अक्तूबर`,
	`november nov novembre noviembre novembro ноябрь ноября ноя нояб
	listopad listopada listopadu лис листопад листопада ноември marraskuu marraskuuta kasım noiembrie novembra
	νοέμβριος νοεμβρίου νοε נובמבר בנובמבר نوفمبر نوامبر नवंबर नवम्बर`,
	`december dec dezember dez décembre déc diciembre dic dicembre dezembro dez декабрь декабря дек
	grudzień grudnia gru prosinec prosince грудень грудня груд декември joulukuu joulukuuta aralık ara desember disember decembrie
	decembra desembre des δεκέμβριος δεκεμβρίου δεκ דצמבר בדצמבר ديسمبر دسامبر दिसंबर दिसम्बर`,
}

const weekdayNames = `monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim
lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom
lunedì martedì mercoledì giovedì venerdì sabato domenica gio
segunda terça quarta quinta sexta feira seg ter qua qui sex
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo
понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье пн вт ср чт пт сб вс
poniedziałek wtorek środa czwartek piątek sobota niedziela pondělí úterý středa čtvrtek pátek neděle
понеділок вівторок середа четвер пʼятниця субота неділя
måndag mandag tisdag tirsdag onsdag torsdag fredag lördag lørdag söndag søndag mån tis tir ons tors tor fre lör lør sön søn
maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai
pazartesi salı çarşamba perşembe cuma cumartesi pazar senin selasa rabu kamis jumat sabtu minggu
luni marți miercuri joi vineri sâmbătă duminică
δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή
الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت`

// leads may stand before a date of publication. Those of an update are another date's.
const leads = `published first zuerst posted written publié publie publicado pubblicato gepubliceerd geplaatst veröffentlicht erschienen geschrieben
publicerad publisert publiceret julkaistu опубликовано opublikowano yayınlanma`

// fillers may stand anywhere between the parts of a date and say nothing of their own.
const fillers = `the of at on t um uhr den der le du à de del di da las los el alle ore às as om op uur em há в г года год h hs hrs hours st nd rd th er kl klo klokken pukul saat godz r ngày năm р року`

// zones are hours east of UTC, with minutes after a colon. Names with two common meanings have the one that news wires
// use: CST and EST are American, IST is Indian, BST is British.
const zones = `Z 0 GMT 0 UTC 0 UT 0 WET 0 WEST 1 BST 1 CET 1 CEST 2 MEZ 1 MESZ 2 EET 2 EEST 3 MSK 3 MSD 4 SAST 2 EAT 3 CAT 2 WAT 1
EST -5 EDT -4 CST -6 CDT -5 MST -7 MDT -6 PST -8 PDT -7 AKST -9 AKDT -8 HST -10 NST -3:30 NDT -2:30 AST -4 ADT -3
BRT -3 ART -3 CLT -4 CLST -3 COT -5 PET -5 VET -4
IST 5:30 PKT 5 NPT 5:45 ICT 7 WIB 7 WITA 8 WIT 9 SGT 8 HKT 8 MYT 8 PHT 8 JST 9 KST 9 AEST 10 AEDT 11 ACST 9:30 ACDT 10:30 AWST 8 NZST 12 NZDT 13
CHST 10 NOVT 7 IRKT 8 VLAT 10 UYT -3 MMT 6:30 TRT 3 IRST 3:30 GST 4 AZT 4 UZT 5 YEKT 5 IDT 3`

// American zones named without saying whether summer time holds; which it is follows from the date.
var floating = map[string]int{"et": -5, "ct": -6, "mt": -7, "pt": -8}

func makeWords() map[string]word {
	m := map[string]word{"am": {isHalf, 0}, "pm": {isHalf, 12}, "ص": {isHalf, 0}, "م": {isHalf, 12}, "πμ": {isHalf, 0}, "μμ": {isHalf, 12}}
	for w := range strings.FieldsSeq(fillers) {
		m[foldString(w)] = word{isFiller, 0}
	}
	for w := range strings.FieldsSeq(weekdayNames) {
		m[foldString(w)] = word{isWeekday, 0}
	}
	for w := range strings.FieldsSeq(leads) {
		m[foldString(w)] = word{isLead, 0}
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

// foldBuffer holds a folded word; the longest in the tables, σεπτεμβρίου, has 22 bytes and room for one more.
type foldBuffer [48]byte

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

// accented are small letters with an accent, behind the letter that they are compared as. The alefs of Arabic are one.
const accented = `aàáâãäåąăā cçćčċ dďđ eèéêëęěėē gğģ iìíîïıīį lłľļ nñńňņ oòóôõöøőō rřŕ sśšşș tťţț uùúûüůűūų yýÿ zźžż
иѝй еёѐ αά εέ ηή ιίϊΐ οό υύϋΰ ωώ اأإآ`

var unaccented = func() map[rune]rune {
	m := map[rune]rune{}
	for group := range strings.FieldsSeq(accented) {
		to, n := utf8.DecodeRuneInString(group)
		for _, r := range group[n:] {
			m[r] = to
		}
	}
	return m
}()

// plain takes the accent off a small letter.
func plain(r rune) rune {
	if to, ok := unaccented[r]; ok {
		return to
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
