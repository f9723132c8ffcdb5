package rss

import (
	"cmp"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/date"
	"dateline/index/source/dateline"
	"dateline/index/source/fields"
	"dateline/index/source/record"
	"dateline/index/source/soup"
)

// offer is a value that may fill a field of the article.
type offer struct {
	rank  int
	name  string // as it is shown and kept
	text  string
	prose text
	node  *soup.Node      // nil in JSON
	raw   json.RawMessage // the value in JSON
}

// draft is an article in the making.
type draft struct {
	feed     *feed
	at       record.Place
	a        index.Article
	entry    string // the name of the item's element
	scope    soup.Scope
	base     string
	language string
	exported bool // of WordPress
	fault    *record.Fault

	offers  map[int][]offer
	links   []offer
	authors [3][]string // of the item, of its media, of its source
	topics  []string
	extra   map[string][]json.RawMessage
}

func newDraft(f *feed, at record.Place) *draft {
	d := &draft{feed: f, at: at, entry: "item", offers: map[int][]offer{}, extra: map[string][]json.RawMessage{}}
	d.a.Format = name
	return d
}

// offer takes a value into consideration.
func (d *draft) offer(what int, o offer) {
	if what == aLink {
		d.links = append(d.links, o)
		return
	}
	d.offers[what] = append(d.offers[what], o)
}

// best returns the offer of the lowest rank that says something, and keeps the others.
func (d *draft) best(what int) offer {
	list := d.offers[what]
	slices.SortStableFunc(list, func(x, y offer) int { return cmp.Compare(x.rank, y.rank) })
	found := -1
	for i, o := range list {
		switch {
		case strings.TrimSpace(o.text) == "" && strings.TrimSpace(o.prose.value) == "":
		case found < 0:
			found = i
		default:
			d.keep(o)
		}
	}
	d.offers[what] = nil
	if found < 0 {
		return offer{}
	}
	return list[found]
}

// finish makes the article, or says why the item is none.
func (d *draft) finish() (index.Article, error) {
	if d.fault == nil {
		d.fault = d.embargo()
	}
	if d.fault != nil {
		return index.Article{}, d.fault
	}
	if err := d.fill(); err != nil {
		return index.Article{}, err
	}
	if d.a.Title == "" && d.a.Body == "" {
		return index.Article{}, record.Faultf(d.at, record.NoText, "the item has neither title nor text")
	}
	return d.a, nil
}

// fill fills the fields of the article.
func (d *draft) fill() error {
	if err := d.dates(); err != nil {
		return err
	}
	d.origin()
	d.texts()
	d.people()
	d.leftover()
	return nil
}

// origin takes the address, the identifier, the publisher and the language.
func (d *draft) origin() {
	id := d.best(anID)
	d.a.URL = charset.Clean(d.link())
	d.a.ID = cmp.Or(oneLine(id.text), d.a.URL)
	d.a.Source = d.publisher()
	d.a.Language = cmp.Or(fields.LanguageCode(d.best(aLanguage).text), d.language, d.feed.language)
	if d.feed.title != "" {
		d.add("feed:title", d.feed.title)
	}
}

// dates takes when the item was published and updated. An item that says only when it was updated, as most of Atom do, is
// taken to be of that time. A date of publication that is there and cannot be is a fault.
func (d *draft) dates() error {
	published, updated := d.offers[aPublication], d.offers[anUpdate]
	d.offers[aPublication], d.offers[anUpdate] = nil, nil
	if t, o := d.latest(updated); !t.IsZero() {
		d.a.Updated = index.At(t)
		if !saysSome(published) {
			published = []offer{o}
		}
	}
	return d.published(published)
}

// latest reads the first of the updates that can be read, and keeps the others.
func (d *draft) latest(list []offer) (t time.Time, taken offer) {
	slices.SortStableFunc(list, func(x, y offer) int { return cmp.Compare(x.rank, y.rank) })
	for _, o := range list {
		u, _, err := date.Parse(o.text)
		if err == nil && t.IsZero() && date.Plausible(u, d.feed.options.Time()) == nil {
			t, taken = u, o
			continue
		}
		d.keep(o)
	}
	return t, taken
}

// saysSome reports whether one of the dates is more than blank.
func saysSome(list []offer) bool {
	return slices.ContainsFunc(list, func(o offer) bool { return !saysNone(o.text) })
}

// saysNone reports whether a date says that there is none.
func saysNone(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "", "none", "null", "nan", "n/a", "0000-00-00 00:00:00":
		return true
	}
	return false
}

// published takes the first date that can be. Others that claim to be of publication and name another day make a conflict.
func (d *draft) published(list []offer) error {
	slices.SortStableFunc(list, func(x, y offer) int { return cmp.Compare(x.rank, y.rank) })
	var taken offer
	var failed error
	var at time.Time
	for _, o := range list {
		if saysNone(o.text) {
			continue
		}
		t, unit, err := date.Parse(o.text)
		if err == nil {
			err = date.Possible(t, d.feed.options.Time())
		}
		switch {
		case err != nil:
			failed = cmp.Or(failed, errors.New(o.name+": "+err.Error()))
			d.keep(o)
		case at.IsZero():
			at, taken = t, o
			d.a.Published, d.a.Precision, d.a.DateFrom = index.At(t), unit, d.entry+":"+o.name
		default:
			if taken.rank < lessSure && o.rank < lessSure && date.Apart(t, unit, at, d.a.Precision) {
				d.a.Flag(index.FlagDateConflict)
			}
			d.keep(o)
		}
	}
	if failed != nil && at.IsZero() {
		return record.Faultf(d.at, record.BadDate, "%v", failed)
	}
	return nil
}

func (d *draft) embargo() *record.Fault {
	o := d.best(anEmbargo)
	if t, _, err := date.Parse(o.text); err == nil && t.After(d.feed.options.Time()) {
		return record.Faultf(d.at, record.Embargoed, "%s is %s", o.name, t.Format(time.RFC3339))
	}
	return nil
}

const (
	// longProse is from how many bytes on a description of several paragraphs is an article: leads of two paragraphs exist.
	longProse = 500
	// longParagraph is the same of a single one: no lead is as long, but some publishers send their texts so.
	longParagraph = 1500
)

// isArticle reports whether a description that stands alone is the text of the article: it is long, and does not break off.
func isArticle(s string) bool {
	long := len(s) >= longProse && strings.Contains(s, "\n\n") || len(s) >= longParagraph
	return long && !breaksOff.MatchString(s)
}

// breaksOff fits a text that ends in dots, or with the link to the rest of it.
var breaksOff = regexp.MustCompile(`(?i)(?:\.\.\.|…|\[…\]|\[&hellip;\]|\bread (?:the )?(?:more|full (?:story|article))|\bcontinue reading|\bweiterlesen|\blire la suite|` +
	`\bleer más|\bseguir leyendo|читать далее)[\s.…\])»>→]*$`)

// texts takes the title and the prose. The content is the body and the description, unless it says the same, the lead. A
// description alone is the lead; it is the body when there is no title, and when it is long.
func (d *draft) texts() {
	title := d.best(aTitle)
	if d.a.Title = title.prose.line(); d.a.Title == "" {
		d.a.Title = d.best(aTitleToo).prose.line()
	}
	for _, o := range d.offers[aTitleToo] {
		if o.prose.line() != d.a.Title {
			d.keep(o)
		}
	}
	d.a.Body = d.content()
	summary := d.best(aSummary)
	lead := summary.prose.prose()
	switch {
	case d.a.Body != "":
		if !same(lead, d.a.Body) {
			d.a.Lead = lead
		}
	case d.a.Title == "", isArticle(lead):
		d.a.Body = lead
	default:
		d.a.Lead = lead
	}
	d.a.Dateline, d.a.Agency = dateline.Read(cmp.Or(d.a.Body, d.a.Lead))
}

// content returns the longest of the contents, and keeps those that say something else.
func (d *draft) content() string {
	list := d.offers[aContent]
	texts := make([]string, len(list))
	best := 0
	for i, o := range list {
		if texts[i] = o.prose.prose(); len(texts[i]) > len(texts[best]) {
			best = i
		}
	}
	for i, o := range list {
		if i != best && !same(texts[i], texts[best]) {
			d.keep(o)
		}
	}
	if len(list) == 0 {
		return ""
	}
	return texts[best]
}

// same reports whether two texts have the same words.
func same(a, b string) bool {
	if d := len(a) - len(b); d > len(b)/2 || -d > len(a)/2 {
		return false // blanks do not make as much
	}
	return a == b || slices.Equal(strings.Fields(a), strings.Fields(b))
}

// people takes the authors and the topics. A wire service among the authors is the agency.
func (d *draft) people() {
	names := d.feed.authors
	for _, group := range [...][]string{d.authors[2], d.authors[1], d.authors[0]} {
		if len(group) > 0 {
			names = group
		}
	}
	for _, name := range names {
		if wire := dateline.Agency(name); wire != "" && (d.a.Agency == "" || d.a.Agency == wire) {
			d.a.Agency = wire
			continue
		}
		d.a.Authors = union(d.a.Authors, name)
	}
	for _, o := range d.offers[anAuthorToo] {
		if !slices.Contains(d.a.Authors, oneLine(o.node.Content())) {
			d.keep(o)
		}
	}
	sections := d.offers[aSection]
	slices.SortStableFunc(sections, func(x, y offer) int { return cmp.Compare(x.rank, y.rank) })
	for _, o := range sections {
		if d.a.Section == "" {
			d.a.Section = oneLine(o.text)
			continue
		}
		d.a.Topics = union(d.a.Topics, o.text)
	}
	for _, topic := range d.topics {
		d.a.Topics = union(d.a.Topics, topic)
	}
}

// union adds a value in one line that is not there yet, in whatever case. More than an article may have are not looked at.
func union(list []string, s string) []string {
	if len(list) > index.MaxValues {
		return list
	}
	if s = oneLine(soup.Unescape(s)); s != "" && !slices.ContainsFunc(list, func(has string) bool { return strings.EqualFold(has, s) }) {
		list = append(list, s)
	}
	return list
}
