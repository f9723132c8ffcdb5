package ingest

import (
	"strings"
	"unicode"

	"dateline/index"
	"dateline/index/entity"
)

// repair settles what the words of a name say by themselves, whatever the finder makes of it.
func (r *reading) repair() {
	kept := r.mentions[:0]
	for i := range r.mentions {
		m := r.widen(r.mentions[i])
		if last := len(kept) - 1; last >= 0 && m.Start < kept[last].End {
			continue // it is in the one before, which has been widened
		}
		if last := len(kept) - 1; last >= 0 && m.Type == index.Person && kept[last].Type == index.Person && r.parted(kept[last], m) {
			kept[last].End = m.End
			continue
		}
		if m = r.settle(m); m.Start < m.End {
			kept = append(kept, m)
		}
	}
	r.mentions = kept
}

// settle returns a mention as its words have it. It is empty where they name nothing.
func (r *reading) settle(m entity.Mention) entity.Mention {
	text := r.text[m.Start:m.End]
	first, _, several := strings.Cut(text, " ")
	last := lastWord(text)
	switch {
	case results[first] && r.resulting(m), r.inTicker(m):
		m.End = m.Start
	case !several:
	case storms[first], m.Type == index.Org && (monies[last] || dollars[last] && strings.HasSuffix(first, ".")):
		m.End = m.Start // Storm Ragna: neither a person nor a place; U.S. Dlrs
	case m.Type == index.Person && (orgEnds[last] || orgBegins[first]):
		m.Type = index.Org
	case m.Type != index.Place && (landscape[last] || streets[last] && !(m.Type == index.Person && mayBegin(first))):
		m.Type = index.Place
	case m.Type == index.Org && !orgEnds[last]:
		return r.person(m, last)
	}
	return m
}

// mayBegin reports whether a word may begin the name of a person of whose surname nothing can be told: Diane Lane, J. Street, D. H. Lake.
func mayBegin(word string) bool {
	return len(word) == 1 || strings.HasSuffix(word, ".") || entity.FirstName(word)
}

// resulting reports whether nothing but words of results and figures stands in the line before and behind a mention, as in the
// tables of companies: "Shr 34 cts vs 29 cts", "Net 1,204,000 vs 807,000".
func (r *reading) resulting(m entity.Mention) bool {
	for word := range strings.FieldsSeq(r.text[m.Start:m.End]) {
		if !results[word] {
			return false
		}
	}
	before := strings.TrimRight(r.text[max(0, m.Start-maxNameBytes):m.Start], " ")
	if before != "" && !strings.HasSuffix(before, "\n") && !resultWord(lastField(before)) {
		return false
	}
	line, _, _ := strings.Cut(r.text[m.End:min(len(r.text), m.End+maxNameBytes)], "\n")
	for word := range strings.FieldsSeq(line) {
		if !resultWord(word) {
			return false
		}
		if hasFigure(word) {
			return true
		}
	}
	return false
}

// inTicker reports whether a mention is the exchange of a ticker: PA of <KASP.PA>.
func (r *reading) inTicker(m entity.Mention) bool {
	return strings.HasSuffix(r.text[:m.Start], ".") && strings.HasPrefix(r.text[m.End:], ">")
}

// resultWord reports whether a word is of a table of results, or has a figure.
func resultWord(word string) bool {
	return hasFigure(word) || results[word] || resultUnits[strings.Trim(word, ",.;:()")]
}

func hasFigure(word string) bool { return strings.ContainsAny(word, "0123456789") }

func lastField(s string) string { return s[1+strings.LastIndexAny(s, " \n\t"):] }

// person returns the person of an organisation that is one with roles before the name, or nothing where it is a role alone:
// House Minority Leader Nancy Pelosi, Deputy Chairman.
func (r *reading) person(m entity.Mention, last string) entity.Mention {
	text := r.text[m.Start:m.End]
	if roles[last] {
		if !strings.Contains(text, " of ") { // Office of the President
			m.End = m.Start
		}
		return m
	}
	at := -1 // behind the last role
	for from, to := range words(text) {
		if roles[text[from:to]] {
			at = to
		}
	}
	if at < 0 {
		return m
	}
	name := strings.TrimLeft(text[at:], " .")
	capitals := 0
	for word := range strings.FieldsSeq(name) {
		switch {
		case orgEnds[word] || strings.ContainsAny(word, "&,/0123456789"):
			return m
		case capital(word):
			capitals++
		case !particles[word]:
			return m
		}
	}
	if capitals < 2 || capitals > 3 {
		return m // Captain Cook, the ship
	}
	return entity.Mention{Type: index.Person, Start: m.End - len(name), End: m.End}
}

// widen returns a person with the particles before a surname, and with the surname behind particles.
func (r *reading) widen(m entity.Mention) entity.Mention {
	if m.Type != index.Person {
		return m
	}
	text := r.text[m.Start:m.End]
	if !strings.Contains(text, " ") {
		for n := r.particleBefore(m.Start); n > 0; n = r.particleBefore(m.Start) {
			m.Start -= n
		}
	}
	for particles[lastWord(r.text[m.Start:m.End])] {
		n := r.wordBehind(m.End)
		if n == 0 {
			break
		}
		m.End += n
	}
	return m
}

func lastWord(s string) string { return s[1+strings.LastIndexByte(s, ' '):] }

// wordBehind returns how many bytes the word behind a place in the text takes with the blank before it, if it is a particle
// or has a capital; else 0.
func (r *reading) wordBehind(at int) int {
	rest, ok := strings.CutPrefix(r.text[at:], " ")
	if !ok {
		return 0
	}
	for from, to := range words(rest[:min(len(rest), maxNameBytes)]) {
		if from == 0 && (capital(rest) || particles[rest[:to]]) {
			return 1 + to
		}
		break
	}
	return 0
}

// particleBefore returns how many bytes a particle before a place in the text takes with the blank behind it; 0 without one.
func (r *reading) particleBefore(at int) int {
	before, ok := strings.CutSuffix(r.text[max(0, at-8):at], " ")
	if !ok {
		return 0
	}
	word := before[len(strings.TrimRightFunc(before, unicode.IsLetter)):]
	if !dutch[strings.ToLower(word)] {
		return 0
	}
	return len(word) + 1
}

// parted reports whether nothing but particles stands between two mentions of people: they are one.
func (r *reading) parted(a, b entity.Mention) bool {
	between := r.text[a.End:b.Start]
	if first, _, _ := strings.Cut(r.text[b.Start:b.End], " "); between == " " && particles[first] {
		return true
	}
	if len(between) < 3 || len(between) > 12 || between[0] != ' ' || !strings.HasSuffix(between, " ") {
		return false
	}
	for word := range strings.SplitSeq(between[1:len(between)-1], " ") {
		if !particles[word] {
			return false
		}
	}
	return true
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		m[word] = true
	}
	return m
}

var (
	// particles are the small words inside surnames; not "y" and "e", which stand between two people as well.
	particles = set("van von der den de del della di da dos du la le el al bin ibn ten ter zu zur af")
	// dutch are those that stand before a surname without a given name, and are no preposition in a language of news.
	dutch = set("van von der den bin ibn ten ter zur")
	// results are what lines of tables of companies' results begin with, and resultUnits what else stands in them.
	results = set("Shr Shrs Net Revs Rev Sales Avg Qtr Qtly Oper Mths Yr Year Nine Six Three Twelve First Second Third Fourth Half Loss Profit Income Assets " +
		"Deposits Loans Div Prior Pay Record Note Tax Turnover Dilu Diluted Pretax Extraord Backlog Orders")
	resultUnits = set("vs cts cents ct dlrs dlr mln billion bln pct nil loss profit net shr shrs avg oper mths dil diluted nc na p stg crowns marks francs yen guilders lire and to of per")
	// monies are last words of currencies, dollars are so behind U.S. and N.Z.
	monies  = set("Dlrs Dlr")
	dollars = set("Dollar Dollars")
	// storms are what is named like people.
	storms = set("Storm Hurricane Typhoon Cyclone Comet Tropical")
	// orgEnds are last words of organisations that are no surnames.
	orgEnds = set("Bank Energy Transit Tankers Airlines Airways Group Holdings Holding Motors Shipping Systems Technologies Technology Pharmaceuticals Industries " +
		"Partners Capital Securities Insurance Media Party Council Commission Federation University College Hospital Institute Foundation Association " +
		"Committee Ministry Agency Authority Rovers United Corp Corp. Inc Inc. Ltd Ltd. Plc PLC LLC Co Co. Company Corporation Organization Organisation " +
		"Society Network Networks Airport Library Museum Electric Foods Oil Petroleum Resources Financial Department Office Center Centre Times Post Gazette")
	orgBegins = set("Bank Banque Banco University Ministry Department")
	// landscape and streets are last words of places; the latter are surnames too.
	landscape = set("Sea Ocean Road Avenue Square Plains Pond Islands Province Peninsula Strait Mountains Desert")
	streets   = set("Lane Street River Island Valley Lake")
	// roles are words before names, and words for who holds an office.
	roles = set("Captain Father Chairman Chairwoman Commissioner Leader Senator Sen Gov Governor Ambassador Director Spokesman Spokeswoman President Minister Secretary " +
		"Chancellor Mayor Judge Justice Colonel Col Lieutenant Lt Sergeant Sgt Major Maj Bishop Archbishop Cardinal Officer Chief Sheriff Representative Rep Speaker " +
		"Congressman Congresswoman Professor Prof Dr Mr Mrs Ms Sir Prosecutor Attorney Superintendent")
)
