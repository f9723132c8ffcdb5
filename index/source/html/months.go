package html

import (
	"strings"
	"time"
)

// persianEpoch is the day before the first of the solar calendar of Iran, as the rule of 33 years counts back to it.
var persianEpoch = time.Date(622, 3, 21, 0, 0, 0, 0, time.UTC)

// monthNames are the names of each month in lower case: English, German, French, Spanish, Italian, Portuguese, Catalan, Romanian,
// Dutch, Danish, Norwegian, Swedish, Icelandic, Finnish, Estonian, Latvian, Lithuanian, Polish, Czech, Slovak, Slovene, Croatian,
// Serbian, Bulgarian, Macedonian, Russian, Ukrainian, Hungarian, Greek, Albanian, Turkish, Azerbaijani, Arabic of Egypt and of the
// Levant, Persian, Hebrew, Hindi, Gujarati, Bengali, Indonesian, Malay, Filipino, Thai, Georgian, Armenian. Where languages
// disagree (Croatian listopad is October, Polish and Czech November) the commoner one is here.
var monthNames = [12]string{
	`january jan januar jänner jän janvier janv enero ene gennaio gen janeiro gener ianuarie ian januari janúar tammikuu tammikuuta jaanuar jaanuari janvāris janvārī janvāra sausio sausis stycznia styczeń sty ledna leden januára január siječnja siječanj januara јануар јануара януари јануари январь января янв січня січень január januári ιανουαρίου ιανουάριος ιαν janar ocak oca yanvar يناير كانون_الثاني ژانویه ינואר बर जनवरी જાન્યુઆરી জানুয়ারি januari enero มกราคม იანვარი იანვარს հունվար հունվարի`,
	`february feb febr februar feber février févr fév febrero febbraio fevereiro fev febrer februarie februari februára februara febrúar helmikuu helmikuuta veebruar veebruari februāris februārī februāra vasario vasaris lutego luty lut února únor február veljače veljača фебруар фебруара февруари февраль февраля фев февр лютого лютий február φεβρουαρίου φεβρουάριος φεβ shkurt şubat şub fevral فبراير شباط فوریه פברואר फरवरी ફેબ્રુઆરી ফেব্রুয়ারি pebrero กุมภาพันธ์ თებერვალი თებერვალს փետրվար փետրվարի`,
	`march mar märz maerz mrz mars marzo março març martie maart mrt marts maaliskuu maaliskuuta märts märtsi marta kovo kovas marca marzec března březen ožujka ožujak март марта мар березня березень március márc marec μαρτίου μάρτιος μαρ mart مارس آذار מרץ מרס मार्च માર્ચ মার্চ maret mac marso มีนาคม მარტი მარტს մարտ մարտի`,
	`april apr avril avr abril abr aprile aprilie huhtikuu huhtikuuta aprill aprilli aprīlis aprīlī aprīļa balandžio balandis kwietnia kwiecień kwi dubna duben apríla apríl travnja travanj april aprila април априла апрель апреля апр квітня квітень április ápr απριλίου απρίλιος απρ prill nisan nis aprel أبريل إبريل ابريل نيسان آوریل אפריל अप्रैल એપ્રિલ এপ্রিল เมษายน აპრილი აპრილს ապրիլ ապրիլի`,
	`may mai mayo maggio mag maio maig mei maj toukokuu toukokuuta maijs maijā maija gegužės gegužė maja máj mája května květen svibnja svibanj maí май мая мај маја травня травень május μαΐου μάιος μαϊ μάι mayıs مايو أيار ماه_مه מאי मई મે মে mei mayo พฤษภาคม მაისი მაისს մայիս մայիսի`,
	`june jun juni juin junio giugno giu junho juny iunie júní kesäkuu kesäkuuta juuni jūnijs jūnijā jūnija birželio birželis czerwca czerwiec cze června červen júna jún lipnja lipanj juna јун јуна јуни юни июнь июня июн червня червень június jún ιουνίου ιούνιος ιουν qershor haziran haz iyun يونيو يونيه حزيران ژوئن יוני जून જૂન জুন hunyo มิถุนายน ივნისი ივნისს հունիս հունիսի`,
	`july jul juli juillet juil julio luglio lug julho juliol iulie júlí heinäkuu heinäkuuta juuli jūlijs jūlijā jūlija liepos liepa lipca lipiec července červenec júla júl srpnja srpanj jula јул јула јули юли июль июля июл липня липень július ιουλίου ιούλιος ιουλ korrik temmuz tem iyul يوليو يوليه تموز ژوئیه יולי जुलाई જુલાઈ জুলাই hulyo กรกฎาคม ივლისი ივლისს հուլիս հուլիսի`,
	`august aug août aout agosto ago agost augustus augusti ágúst elokuu elokuuta augusts augustā augusta rugpjūčio rugpjūtis sierpnia sierpień sie srpna srpen august augusta kolovoza kolovoz avgust avgusta август августа авг серпня серпень augusztus aug αυγούστου αύγουστος αυγ gusht ağustos ağu أغسطس اغسطس آب اوت אוגוסט अगस्त ઓગસ્ટ আগস্ট agustus ogos สิงหาคม აგვისტო აგვისტოს օգոստոս օգոստոսի`,
	`september sept sep septembre septiembre setiembre settembre set setembro setembre septembrie syyskuu syyskuuta septembri septembris septembrī septembra rugsėjo rugsėjis września wrzesień wrz září septembra rujna rujan septembra септембар септембра септември сентябрь сентября сен сент вересня вересень szeptember szept σεπτεμβρίου σεπτέμβριος σεπ shtator eylül eyl sentyabr سبتمبر أيلول سپتامبر ספטמבר सितंबर सितम्बर સપ્ટેમ્બર সেপ্টেম্বর setyembre กันยายน სექტემბერი სექტემბერს սեպտեմբեր սեպտեմբերի`,
	`october oct oktober okt octobre octubre ottobre ott outubro out octombrie október lokakuu lokakuuta oktoober oktoobri oktobris oktobrī oktobra spalio spalis października październik paź října říjen októbra listopada_hr oktobar октобар октобра октомври октябрь октября окт жовтня жовтень október οκτωβρίου οκτώβριος οκτ tetor ekim eki oktyabr أكتوبر اكتوبر تشرين_الأول اکتبر אוקטובר अक्टूबर अक्तूबर ઓક્ટોબર অক্টোবর oktubre ตุลาคม ოქტომბერი ოქტომბერს հոկտեմբեր հոկտեմբերի`,
	`november nov novembre noviembre novembro noiembrie nóvember marraskuu marraskuuta novembri novembris novembrī novembra lapkričio lapkritis listopada listopad lis studenoga studenog studeni novembar новембар новембра ноември ноябрь ноября ноя нояб листопада листопад november νοεμβρίου νοέμβριος νοε nëntor kasım kas noyabr نوفمبر تشرين_الثاني نوامبر נובמבר नवंबर नवम्बर નવેમ્બર নভেম্বর nobyembre พฤศจิกายน ნოემბერი ნოემბერს նոյեմբեր նոյեմբերի`,
	`december dec dezember dez décembre déc diciembre dic dicembre dezembro desembre decembrie desember joulukuu joulukuuta detsember detsembri decembris decembrī decembra gruodžio gruodis grudnia grudzień gru prosince prosinec decembra prosinca prosinac decembar децембар децембра декември декабрь декабря дек грудня грудень december δεκεμβρίου δεκέμβριος δεκ dhjetor aralık ara dekabr ديسمبر كانون_الأول دسامبر דצמבר दिसंबर दिसम्बर ડિસેમ્બર ডিসেম্বর disyembre ธันวาคม დეკემბერი დეკემბერს դեկտեմբեր դեկտեմբերի`,
}

// months has the number of each name of a month, and 12 more than that for those of the solar calendar.
var months = func() map[string]int {
	m := map[string]int{}
	for i, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			if m[name] == 0 {
				m[name] = i + 1
			}
		}
	}
	for i, names := range persianMonths {
		for name := range strings.FieldsSeq(names) {
			m[name] = 13 + i
		}
	}
	return m
}()

// persianMonths are those of the solar calendar, with Persian and with Arabic letters.
var persianMonths = [12]string{"فروردین فروردين", "اردیبهشت ارديبهشت", "خرداد", "تیر تير", "مرداد", "شهریور شهريور", "مهر", "آبان", "آذر", "دی دي", "بهمن", "اسفند"}

// fillers may stand between the parts of a date.
var fillers = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("st nd rd th er of de del di do the m d г р року года den a le ב") {
		m[w] = true
	}
	return m
}()
