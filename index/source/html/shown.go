package html

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dateline/index/source/date"
)

// shown returns the dates that a reader of the page sees, best first: those near the title in elements that are named after dates,
// then that of the address, then those in the text around the title. One that the address bears out goes before the others.
func (b *builder) shown() []dated {
	all := b.markedDates()
	if u := b.byAddress(); u != nil {
		for i := range all {
			if apart(&all[i], u) <= 48*time.Hour || u.unit == date.Month && all[i].at.Year() == u.at.Year() && all[i].at.Month() == u.at.Month() {
				return []dated{all[i]}
			}
		}
		if u.unit == date.Day {
			return []dated{*u}
		}
	}
	if len(all) == 0 {
		all = b.writtenDates()
	}
	return all
}

// scored is a date with how likely it is that of publication.
type scored struct {
	dated
	score int
}

// markedDates returns the dates in elements that are named after dates, the likeliest first.
func (b *builder) markedDates() []dated {
	var all []scored
	title := b.headingOrder()
	for i := range b.marks {
		m := &b.marks[i]
		score := markScore(m.name)
		if score <= 0 || len(all) >= maxMarks {
			continue
		}
		d := b.ofMark(m.node)
		if d == nil {
			continue
		}
		d.from, d.raw = "text:"+lastName(m.name), line(brief(m.node))
		if m.node.DataAtom == atom.Time {
			d.from = "time"
		}
		above := aroundAbove(m.node)
		switch {
		case above == aroundSurely:
			score -= 6
		case above == aroundHidden:
			score -= 2
		}
		if inLink(m.node) {
			score -= 3
		}
		switch distance := m.order - title; {
		case title < 0:
		case distance >= 0 && distance < 60:
			score += 4
		case distance < 0 && distance > -20:
			score += 3
		case distance > 400 || distance < -100:
			score -= 2
		}
		all = append(all, scored{*d, score})
	}
	slices.SortStableFunc(all, func(x, y scored) int { return y.score - x.score })
	var dates []dated
	for _, s := range all {
		if s.score > 0 {
			dates = append(dates, s.dated)
		}
	}
	return dates
}

// lastName returns the first of the names of an element, without the address that it may begin with.
func lastName(names string) string {
	name, _, _ := strings.Cut(strings.TrimSpace(names), " ")
	return name[strings.LastIndexAny(name, "/:#")+1:]
}

// headingOrder returns where in the page the heading stands that is the title, or -1.
func (b *builder) headingOrder() int {
	for i, h := range b.headings {
		if sameText(text(h), b.a.Title) {
			return b.headingAt[i]
		}
	}
	if len(b.headingAt) > 0 {
		return b.headingAt[0]
	}
	return -1
}

// markScore says how likely an element's names make its date that of publication.
func markScore(name string) int {
	score := 0
	for _, s := range [...]struct {
		part  string
		score int
	}{{"publi", 4}, {"posted", 4}, {"pubdate", 4}, {"entry-date", 4}, {"created", 3}, {"time ", 3}, {"date", 3}, {"fecha", 3}, {"tarih", 3}, {"datum", 3}, {"stamp", 3}, {"time", 2},
		{"byline", 1}, {"meta", 1}, {"info", 1}, {"author", 1}, {"credit", 1}, {"source", 1}, {"writer", 1}} {
		if strings.Contains(name, s.part) {
			score = max(score, s.score)
		}
	}
	if score < 3 && strings.Contains(" "+name+" ", " data ") { // Portuguese and Italian
		score = 3
	}
	for _, part := range [...]string{"startdate", "enddate", "event", "due", "expir", "birth", "join", "valid"} {
		if strings.Contains(name, part) {
			return 0
		}
	}
	for _, part := range [...]string{"updat", "modif", "comment", "copyright", "current", "today", "clock", "now", "weather", "related", "upcoming"} {
		if strings.Contains(name, part) {
			score -= 2
		}
	}
	return score
}

// ofMark reads the date of an element: its attribute, or its text.
func (b *builder) ofMark(n *html.Node) *dated {
	for _, a := range [...]string{"datetime", "content", "data-datetime", "data-date", "data-timestamp", "data-time", "data-published", "title"} {
		if v := attr(n, a); v != "" {
			if d := b.read(v); d != nil {
				return d
			}
		}
	}
	s := brief(n)
	if s == "" || len(s) > 300 {
		return nil
	}
	d, _ := b.findDate(s)
	return d
}

func inLink(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == atom.A {
			return true
		}
	}
	return false
}

// maxWritten bounds the length of a block whose date may be that of publication.
const maxWritten = 200

// writtenDates returns the dates in short blocks: those behind the title and before it, then those that say what they are, then
// that of the dateline ("ROTTERDAM, 14 March 2024 (Reuters) - ").
func (b *builder) writtenDates() []dated {
	blocks := b.layout.blocks
	var all []dated
	look := func(from, to int) {
		for i := max(from, 0); i < min(to, len(blocks)); i++ {
			if k := &blocks[i]; !k.aside && len(k.text) <= maxWritten && k.links*2 <= len(k.text) {
				if d, _ := b.findDate(k.text); d != nil {
					d.from, d.raw = "text", k.text
					all = append(all, *d)
				}
			}
		}
	}
	places := b.titlePlaces()
	for _, i := range places {
		look(i+1, i+12)
		look(i-6, i)
	}
	if len(places) == 0 {
		look(0, 40)
	}
	for i := range blocks {
		if len(all) == 0 && len(blocks[i].text) <= maxWritten && saysPublished(blocks[i].text) {
			look(i, i+2)
		}
	}
	if len(all) == 0 {
		if d := b.datelineDate(); d != nil {
			all = append(all, *d)
		}
	}
	return all
}

// titlePlaces returns the blocks that are the title, the first few of them.
func (b *builder) titlePlaces() []int {
	const most = 4 // a trail of links, the heading, a copy for small screens
	var places []int
	title := letters(b.a.Title)
	for i := range b.layout.blocks {
		if s := b.layout.blocks[i].text; title != "" && len(s) < 2*len(b.a.Title)+40 && letters(s) == title {
			if places = append(places, i); len(places) == most {
				break
			}
		}
	}
	return places
}

// datelineDate returns the date at the beginning of the text, or nil.
func (b *builder) datelineDate() *dated {
	body := b.a.Body
	cut := 0
	for i := range body {
		if i > 120 {
			break
		}
		cut = i
	}
	d, at := b.findDate(body[:cut])
	if d == nil || at > 60 {
		return nil
	}
	d.from, d.raw = "text", body[:cut]
	return d
}

// publishedWords say that a date is that of publication.
var publishedWords = [...]string{"publish", "posted", "datum", "date:", "veröffentlicht", "erstellt", "publié", "publicado", "publicada", "pubblicato", "gepubliceerd", "опубликован", "опубліковано", "publicerad", "publisert", "julkaistu", "opublikowano", "yayın", "created"}

func saysPublished(s string) bool {
	s = strings.ToLower(s)
	for _, w := range publishedWords {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// byAddress returns the date in the page's address: /2023/05/03/, /2023-05-03-, /20230503 or, to the month, /2023/05/.
func (b *builder) byAddress() *dated {
	for _, s := range [...]string{b.a.URL, b.o.URL} {
		u, err := url.Parse(s)
		if err != nil || s == "" {
			continue
		}
		if d := pathDate(u.Path); d != nil && date.Plausible(d.at, b.o.Time()) == nil {
			d.from, d.raw = "url", u.Path
			return d
		}
	}
	return nil
}

// pathDate reads the date in the path of an address, or returns nil.
func pathDate(path string) *dated {
	var month *dated
	for i := 0; i < len(path); i++ {
		if path[i] < '0' || path[i] > '9' || i > 0 && path[i-1] >= '0' && path[i-1] <= '9' {
			continue
		}
		n := 0
		for i+n < len(path) && path[i+n] >= '0' && path[i+n] <= '9' {
			n++
		}
		run := path[i : i+n]
		switch {
		case n == 8 || n >= 10 && n <= 14 || n >= 16 && n <= 20: // a day, with a time of day, with a number of the article
			if d := dayOf(atoi(run[:4]), atoi(run[4:6]), atoi(run[6:8])); d != nil && webYear(d.at.Year()) {
				return d
			}
		case n == 4 && webYear(atoi(run)) && i+n < len(path):
			y, m, d, ok := splitPath(path[i:])
			if ok && d > 0 {
				if found := dayOf(y, m, d); found != nil {
					return found
				}
			}
			if ok && d == 0 && month == nil && m >= 1 && m <= 12 {
				month = &dated{at: time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC), unit: date.Month}
			}
		}
		i += n
	}
	return month
}

// splitPath reads "2023/05/03", "2023-05-03", "2023/may/03" or "2023/05" at the beginning of s; d is 0 where there is none.
func splitPath(s string) (y, m, d int, ok bool) {
	parts := strings.FieldsFunc(s[:min(len(s), 24)], func(r rune) bool { return r == '/' || r == '-' || r == '_' || r == '.' })
	if len(parts) < 2 {
		return 0, 0, 0, false
	}
	y = atoi(parts[0])
	if len(parts[1]) <= 2 {
		m = atoi(parts[1])
	} else if len(parts[1]) >= 3 {
		m = months[strings.ToLower(parts[1])]
	}
	if m < 1 || m > 12 {
		return 0, 0, 0, false
	}
	if len(parts) > 2 && len(parts[2]) <= 2 {
		d = atoi(parts[2])
	}
	return y, m, max(d, 0), true
}

// webYear reports whether a year can be one of a page of the Web.
func webYear(y int) bool { return y >= 1990 && y <= 2100 }

// atoi returns the number that s is, or -1.
func atoi(s string) int {
	if s == "" || len(s) > 8 {
		return -1
	}
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

func dayOf(y, m, d int) *dated {
	if m < 1 || m > 12 || d < 1 || d > 31 || y < 1 || y > 9999 {
		return nil
	}
	at := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if at.Day() != d {
		return nil
	}
	return &dated{at: at, unit: date.Day}
}
