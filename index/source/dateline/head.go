package dateline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// head is what stands before the credit or the dash: "PORTLAND, Ore., March 3".
type head struct {
	place  string
	date   string // as written
	agency string // where it stands without parentheses: "WASHINGTON, March 12, Reuter"
	caps   bool   // the place was in capitals
	region bool   // something follows the place: "Ore."
	whole  string // the place as written, without its region
}

// readHead takes a head apart; ok is false when it cannot be place and date.
func readHead(s string) (h head, ok bool) {
	var place []string
	for part := range strings.SplitSeq(s, ",") {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
		case IsDate(part) || dateWords[strings.ToLower(part)] || h.date != "" && isYear(part):
			h.date = strings.TrimPrefix(h.date+", "+strings.TrimSuffix(part, "."), ", ")
		case h.date != "":
			if h.agency = Agency(part); h.agency == "" {
				return h, false
			}
		default:
			name, date := undated(part)
			place, h.date = append(place, name), date
		}
	}
	if len(place) == 0 || len(place) > 3 {
		return h, false
	}
	h.whole, h.region = place[0], len(place) > 1
	h.caps = allCaps(place[0]) && utf8.RuneCountInString(place[0]) >= 3
	for i, p := range place {
		if !isPlace(p) {
			return h, false
		}
		if i == 0 || utf8.RuneCountInString(p) > 2 { // "VA" and "ON" stay
			place[i] = Title(p)
		}
		if !strings.Contains(p, " ") && len(p) > len("Calif.") {
			place[i] = strings.TrimSuffix(place[i], ".")
		}
	}
	h.place = strings.ReplaceAll(strings.Join(place, ", "), "/ ", "/")
	return h, true
}

// undated takes off the date that stands behind a place without a comma: "NEW YORK  Nov 19".
func undated(part string) (place, date string) {
	words := strings.Fields(part)
	for i := max(1, len(words)-3); i < len(words)-1; i++ {
		if d := strings.Join(words[i:], " "); IsDate(d) {
			return strings.Join(words[:i], " "), d
		}
	}
	return part, ""
}

// Place gives a place as datelines write it ("NEW YORK", "PORTLAND, Ore.") its usual spelling; ok is false for what cannot be
// a place.
func Place(s string) (place string, ok bool) {
	h, ok := readHead(s)
	if !ok || h.date != "" {
		return "", false
	}
	return h.place, true
}

// isPlace reports whether s may name a place: one to five words, with a capital each but for small ones, no digit.
func isPlace(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 5 || strings.EqualFold(words[0], "By") ||
		len(words) > 1 && small[strings.ToLower(words[len(words)-1])] {
		return false
	}
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case strings.ContainsFunc(w, unicode.IsDigit):
			return false
		case unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r): // scripts without case have no small letters
		case strings.HasPrefix(w, "al-") || strings.HasPrefix(w, "el-") || strings.HasPrefix(w, "d'") || strings.HasPrefix(w, "'s-"):
		case i > 0 && small[w]:
		default:
			return false
		}
	}
	return true
}

// stands reports whether the place makes a dateline with nothing but a dash behind it. Newspapers open paragraphs with
// labels in capitals too ("EXCLUSIVE —", "REPORTAGE -"), so it must be in capitals and either name its region, or be one
// of the cities that stylebooks let stand alone.
func (h head) stands() bool {
	if !h.caps || h.region {
		return h.caps
	}
	for city := range strings.SplitSeq(strings.ToLower(h.whole), "/") {
		if !alone[strings.TrimSpace(city)] {
			return false
		}
	}
	return true
}

// alone are the cities that stand alone in datelines: those of the wire services' stylebooks, and capitals.
var alone = list("amsterdam, ankara, bahrain, berne, athens, atlanta, auckland, baghdad, baltimore, bangkok, barcelona, beijing, beirut, belgrade, " +
	"berlin, bern, bogota, boston, brasilia, bratislava, brussels, bruxelles, bucharest, budapest, buenos aires, cairo, " +
	"calgary, canberra, cape town, caracas, chicago, cincinnati, cleveland, copenhagen, dakar, dallas, damascus, denver, " +
	"detroit, dhaka, djibouti, doha, dubai, dublin, edinburgh, edmonton, frankfurt, gaza, gaza city, genève, geneva, " +
	"gibraltar, guatemala city, hamburg, hanoi, harare, havana, helsinki, hiroshima, hong kong, honolulu, houston, " +
	"indianapolis, islamabad, istanbul, jakarta, jerusalem, johannesburg, kabul, karachi, kathmandu, khartoum, kiev, " +
	"kinshasa, kuala lumpur, kuwait, kuwait city, kyiv, lagos, lahore, las vegas, lima, lisbon, lisboa, ljubljana, london, " +
	"los angeles, luxembourg, macau, madrid, manila, melbourne, mexico city, miami, milan, milano, milwaukee, minneapolis, " +
	"minsk, monaco, monrovia, montevideo, montreal, montréal, moscow, mumbai, munich, münchen, nairobi, nashville, new " +
	"delhi, new orleans, new york, nicosia, oklahoma city, osaka, oslo, ottawa, panama city, paris, philadelphia, phnom " +
	"penh, phoenix, pittsburgh, prague, pyongyang, quebec city, québec, rabat, riga, ramallah, reykjavik, rio de janeiro, " +
	"riyadh, roma, rome, rotterdam, salt lake city, san antonio, san diego, san francisco, san juan, santiago, são paulo, " +
	"sao paulo, sarajevo, seattle, seoul, shanghai, singapore, skopje, sofia, st. louis, st. petersburg, stockholm, sydney, " +
	"taipei, tallinn, tashkent, tbilisi, tehran, tel aviv, the hague, tirana, tokyo, toronto, tripoli, tunis, united " +
	"nations, vancouver, vatican city, venice, vienna, vilnius, warsaw, washington, wellington, wien, yangon, yerevan, " +
	"zagreb, zurich, lyon, marseille, toulouse, bordeaux, strasbourg, lille, nantes, nice, rennes, montpellier, turin, naples, valencia, sevilla, köln, stuttgart, москва, киев, минск, санкт-петербург")

func list(names string) map[string]bool {
	m := map[string]bool{}
	for name := range strings.SplitSeq(names, ", ") {
		m[name] = true
	}
	return m
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var months = set(`january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
	januar jänner februar märz mai juni juli oktober dezember
	janvier février fevrier mars avril juin juillet août aout septembre octobre novembre décembre decembre
	enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr ago dic
	gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
	janeiro fevereiro março marco maio junho julho setembro outubro novembro dezembro
	января февраля марта апреля мая июня июля августа сентября октября ноября декабря`)

var dateWords = set(`de of the on monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
	montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche le du
	am pm gmt utc г года`)

// IsDate reports whether s is the date of a dateline: a month and a day, in either order, perhaps a weekday and a year.
func IsDate(s string) bool {
	month, day := false, false
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == '.' || r == ',' }) {
		digits := strings.TrimRight(w, "abcdefghijklmnopqrstuvwxyzº")
		switch {
		case months[w] && !month:
			month = true
		case dateWords[w]:
		case isNumber(digits) && (w == digits || w[len(digits):] == "st" || w[len(digits):] == "nd" || w[len(digits):] == "rd" || w[len(digits):] == "th"):
			day = day || len(digits) <= 2
		default:
			return false
		}
	}
	return month && day
}

func isNumber(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(s) > 0 && len(s) <= 4
}

func isYear(s string) bool {
	return isNumber(strings.TrimSuffix(s, ".")) && len(strings.TrimSuffix(s, ".")) == 4
}

// creditDate returns the date in a credit such as "Harbour News / Sputnik - 14th March, 2024", and whether a name stands
// before it. Two dates are a person's life and no date of filing.
func creditDate(credit string) (named bool, date string) {
	name, tail := "", credit
	for _, sep := range []string{" - ", " – ", " — "} {
		if i := strings.LastIndex(credit, sep); i >= 0 {
			name, tail = strings.TrimSpace(credit[:i]), strings.TrimSpace(credit[i+len(sep):])
			break
		}
	}
	day, year, _ := strings.Cut(tail, ",")
	if year = strings.TrimSpace(year); !IsDate(day) || year != "" && !isYear(year) || dated(name) {
		return false, ""
	}
	return name != "", tail
}

func dated(name string) bool {
	for part := range strings.SplitSeq(name, ",") {
		if IsDate(strings.TrimSpace(part)) || isYear(strings.TrimSpace(part)) {
			return true
		}
	}
	return false
}
