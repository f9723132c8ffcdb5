package html

import (
	"strings"
	"time"

	"dateline/index"
	"dateline/index/source/date"
)

// dated is a date of publication as one place of the page names it.
type dated struct {
	at   time.Time
	unit string
	from string // where it was found
	raw  string
}

// day reports whether the time of day is not known.
func (d *dated) day() bool { return d.unit == date.Day || d.unit == date.Month || d.unit == date.Year }

// apart returns how far two dates are from each other.
func apart(a, b *dated) time.Duration {
	x, y := a.at, b.at
	if a.day() || b.day() {
		x, y = x.Truncate(24*time.Hour), y.Truncate(24*time.Hour)
	}
	return x.Sub(y).Abs()
}

// published finds the date of publication: what the page's data says, what its meta elements say, what its text and its address
// show. Dates of which one cannot be are passed over. The date of today is never made up, nor taken from when the page was
// fetched.
func (b *builder) published() {
	said := b.said()
	best := b.pick(said)
	if best == nil {
		best = b.pick(b.shown())
	}
	if best == nil {
		best = b.pick(b.hinted())
	}
	if best == nil {
		return
	}
	best = zoned(best, said)
	b.a.Published, b.a.Precision, b.a.DateFrom = index.At(best.at), best.unit, best.from
	if local := localDay(best.raw); local != "" && local != b.a.Day() {
		b.keep(nameOf(best.from), best.raw)
	}
	for i := range said {
		b.compare(best, &said[i])
	}
	if u := b.byAddress(); u != nil {
		b.compare(best, u)
	}
}

// compare flags the article where another place names a day of publication more than a day away, and keeps what that place says.
// A day of creation is none: articles are written before they appear.
func (b *builder) compare(best, d *dated) {
	if strings.Contains(strings.ToLower(d.from), "creat") || d.from == best.from && d.raw == best.raw || d.unit == date.Month || d.unit == date.Year || apart(best, d) <= date.MaxGap {
		return
	}
	b.a.Flag(index.FlagDateConflict)
	b.keep(nameOf(d.from), d.raw)
}

// nameOf returns the page's own name of the place of a date.
func nameOf(from string) string { return from[strings.IndexByte(from, ':')+1:] }

// localDay returns the day that a date of RFC 3339's kind begins with, or "".
func localDay(raw string) string {
	if len(raw) < 10 {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, raw[:10]); err != nil {
		return ""
	}
	return raw[:10]
}

// zoned returns, for a time of day that is written without a zone and so taken for UTC, the date of another place that has the
// same minute of the hour and says its zone.
func zoned(d *dated, said []dated) *dated {
	if d.day() || hasZone(d.raw) {
		return d
	}
	for i := range said {
		o := &said[i]
		gap := apart(d, o)
		if !o.day() && hasZone(o.raw) && gap > 0 && gap <= 14*time.Hour && gap%(15*time.Minute) == 0 {
			return o
		}
	}
	return d
}

// hasZone reports whether a date of RFC 3339's kind says its zone.
func hasZone(raw string) bool {
	i := strings.LastIndexByte(raw, ':')
	return i > 0 && strings.ContainsAny(raw[i:], "Zz+-") || i > 6 && (raw[i-3] == '+' || raw[i-3] == '-') && raw[i-4] >= '0' && raw[i-4] <= '9'
}

// pick returns the first date that is plausible, else the first that is possible, or nil.
func (b *builder) pick(all []dated) *dated {
	now := b.o.Time()
	if !b.o.Retrieved.IsZero() && b.o.Retrieved.Before(now) {
		now = b.o.Retrieved // what was fetched had been published
	}
	for i := range all {
		if date.Plausible(all[i].at, now) == nil {
			return &all[i]
		}
	}
	for i := range all {
		if date.Possible(all[i].at, now) == nil {
			return &all[i]
		}
	}
	return nil
}

// metaDates are the meta elements that carry the date of publication, best first.
var metaDates = [...]string{"article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished", "itemprop:datepublished",
	"rdfa:datepublished", "parsely-pub-date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "sailthru.date", "vr:published_time", "shareaholic:article_published_time",
	"rnews:datepublished", "citation_publication_date", "citation_online_date", "citation_date", "publish-date", "publish_date", "publishdate", "pubdate", "pub_date", "publication_date", "publication-date", "publicationdate",
	"published_at", "published-date", "published_date", "publisheddate", "published", "date.published", "date_published", "bt:pubdate", "originalpublicationdate", "firstpublished", "live_date",
	"dc.date.issued", "dcterms.issued", "dcterms.available", "dcterms.date", "dc.date", "dc.date.created", "dcterms.created", "dcsext.articlefirstpublished", "article.published", "article.created", "article_date_original",
	"analyticsattributes.articledate", "displaydate", "postdate", "post_date", "posted", "articlepubdate", "article_date", "articledate", "ptime", "pdate", "rdfa:issued", "rdfa:created", "rdfa:date", "rdfa:published", "rdfa:published_time",
	"news_published", "mediator_published_time", "og:pubdate", "og:regdate", "dable:published", "date", "created", "creation_date", "date_created", "datecreated", "itemprop:datecreated", "og:release_date", "release_date", "video:release_date", "eomportal-last-update"}

// said returns the dates that the page's data and meta elements name.
func (b *builder) said() []dated {
	var all []dated
	take := func(from, raw string) {
		if d := b.read(raw); d != nil && len(all) < maxValues {
			d.from, d.raw = from, raw
			all = append(all, *d)
		}
	}
	take("json-ld:datePublished", text1(b.news["datePublished"]))
	for _, name := range metaDates {
		for _, raw := range b.metas[name] {
			from := "meta:" + name
			if prop, ok := strings.CutPrefix(name, "itemprop:"); ok {
				from = "microdata:" + prop
			} else if prop, ok := strings.CutPrefix(name, "rdfa:"); ok {
				from = "rdfa:" + prop
			}
			take(from, raw)
		}
		if name == "datepublished" && b.micro != nil {
			for _, raw := range b.micro.values["datepublished"] {
				take("microdata:datePublished", raw)
			}
		}
	}
	take("json-ld:dateCreated", text1(b.news["dateCreated"]))
	if len(all) == 0 {
		for _, o := range append(b.linked.pages, b.linked.videos...) {
			take("json-ld:datePublished", text1(o["datePublished"]))
			take("json-ld:uploadDate", text1(o["uploadDate"]))
		}
	}
	return all
}

// hinted returns the dates that may stand for the missing one of publication: those in scripts, and that of the last change.
func (b *builder) hinted() []dated {
	var all []dated
	if d := b.scripted(); d != nil {
		all = append(all, *d)
	}
	for _, place := range b.changes() {
		if d := b.read(place[1]); d != nil {
			d.from, d.raw = place[0], place[1]
			all = append(all, *d)
		}
	}
	return all
}

// changes returns the places that name the last change, and what they say.
func (b *builder) changes() [][2]string {
	all := [][2]string{{"json-ld:dateModified", text1(b.news["dateModified"])}}
	for _, name := range [...]string{"article:modified_time", "og:updated_time", "article:updated_time", "og:modified_time", "lastmod", "last-modified", "modified", "datemodified", "itemprop:datemodified", "rdfa:datemodified",
		"dc.date.modified", "dcterms.modified", "revised", "updated", "article:modified", "utime", "rdfa:modified"} {
		for _, raw := range b.metas[name] {
			all = append(all, [2]string{"meta:" + name, raw})
		}
	}
	return append(all, [2]string{"microdata:dateModified", b.value("datemodified")})
}

// updated reads when the article was last changed.
func (b *builder) updated() {
	for _, place := range b.changes() {
		if d := b.read(place[1]); d != nil && date.Plausible(d.at, b.o.Time()) == nil {
			b.a.Updated = index.At(d.at)
			return
		}
	}
}

// read reads a date as data has it, or returns nil. A date before the Web's first year that is the start of a clock is none.
func (b *builder) read(raw string) *dated {
	if raw = strings.TrimSpace(raw); len(raw) < 6 || len(raw) > 200 {
		return nil
	}
	if at, unit, err := date.Parse(raw); err == nil && unit != date.Year && unit != date.Month {
		if at.Year() <= 1970 && at.YearDay() == 1 {
			return nil
		}
		return &dated{at: at, unit: unit}
	}
	d, _ := b.findDate(raw)
	return d
}

// keys are the names under which scripts hold the date of publication.
var keys = [...]string{"datePublished", "publishedAt", "published_at", "publishDate", "publish_date", "publishedDate", "published_date", "publishedTime", "published_time", "publicationDate", "publication_date",
	"date_published", "datePublishedISO", "pubDate", "pub_date", "pubdate", "firstPublished", "firstPublishDate", "published", "publishTime", "articleDate", "displayDate", "dateCreated", "created_at", "createdAt", "postDate"}

// scripted finds the first date of publication in the scripts of the page.
func (b *builder) scripted() *dated {
	for _, key := range keys {
		for _, s := range b.scripts {
			for rest := s; ; {
				i := strings.Index(rest, key)
				if i < 0 {
					break
				}
				rest = rest[i+len(key):]
				if d := b.read(scriptValue(rest)); d != nil {
					d.from, d.raw = "script:"+key, scriptValue(rest)
					return d
				}
			}
		}
	}
	return nil
}

// scriptValue returns the quoted text behind a name, its closing quote and a colon or an equals sign, or "".
func scriptValue(rest string) string {
	rest = strings.TrimLeft(rest, "\\\"' \t")
	if rest == "" || rest[0] != ':' && rest[0] != '=' {
		return ""
	}
	rest = strings.TrimLeft(rest[1:], "\\ \t")
	if rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	end := strings.IndexAny(rest[1:min(len(rest), 64)], "\"'\\")
	if end < 0 {
		return ""
	}
	return rest[1 : 1+end]
}
