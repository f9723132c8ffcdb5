// Package wire makes an article of what the formats of news agencies say about one.
package wire

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/dateline"
	"dateline/index/source/record"
)

// Builder gathers an article. Its reader fills A with what needs no judgement, and calls the methods for the rest.
type Builder struct {
	A      index.Article
	at     record.Place
	o      record.Options
	format string

	claims    []claim
	filed     string // the place of filing that is believed when neither dateline nor text names one
	publisher []string
	fault     *record.Fault // why it is no article
}

// New returns a builder for the record at a place.
func New(format string, at record.Place, o record.Options) *Builder {
	return &Builder{A: index.Article{Format: format}, at: at, o: o, format: format}
}

// Reject says why the record is no article. The first reason counts.
func (b *Builder) Reject(reason, format string, args ...any) {
	if b.fault == nil {
		b.fault = record.Faultf(b.at, reason, format, args...)
	}
}

// Keep puts a JSON value into Extra under the name that the format has for it. What comes under a name again makes a list of
// it; what says nothing (null, "", {} or []) is not kept.
func (b *Builder) Keep(name string, raw json.RawMessage) {
	raw = bytes.TrimSpace(raw)
	switch string(raw) {
	case "", "null", `""`, "{}", "[]":
		return
	}
	if b.A.Extra == nil {
		b.A.Extra = map[string]json.RawMessage{}
	}
	old := b.A.Extra[name]
	switch {
	case old == nil:
		b.A.Extra[name] = compact(raw)
	case bytes.Equal(old, raw):
	case old[0] == '[':
		b.A.Extra[name] = slices.Concat(old[:len(old)-1], []byte(","), compact(raw), []byte("]"))
	default:
		b.A.Extra[name] = slices.Concat([]byte("["), old, []byte(","), compact(raw), []byte("]"))
	}
}

// compact returns a JSON text in the form in which encoding/json prints it.
func compact(raw json.RawMessage) json.RawMessage {
	if b, err := json.Marshal(raw); err == nil {
		return b
	}
	return nil
}

// KeepText puts a text into Extra.
func (b *Builder) KeepText(name, text string) {
	if text = strings.TrimSpace(charset.Clean(text)); text != "" {
		if raw, err := json.Marshal(text); err == nil {
			b.Keep(name, raw)
		}
	}
}

// Line returns a text in one line.
func Line(s string) string { return strings.Join(strings.Fields(charset.Clean(s)), " ") }

// Topic adds a topic, unless the article has it. A single letter is a code.
func (b *Builder) Topic(name string) {
	has := func(topic string) bool { return strings.EqualFold(topic, name) }
	if name = Line(name); len(name) > 1 && !slices.ContainsFunc(b.A.Topics, has) {
		b.A.Topics = append(b.A.Topics, name)
	}
}

// Entity adds an entity that the record names, with other names that it has.
func (b *Builder) Entity(typ, name string, aliases ...string) {
	name = Line(name)
	if name == "" {
		return
	}
	at := slices.IndexFunc(b.A.Entities, func(e index.Entity) bool { return e.Type == typ && e.Name == name })
	if at < 0 {
		at = len(b.A.Entities)
		b.A.Entities = append(b.A.Entities, index.Entity{Type: typ, Name: name, Count: 1})
	}
	e := &b.A.Entities[at]
	for _, alias := range aliases {
		if alias = Line(alias); alias != "" && alias != name && !slices.Contains(e.Aliases, alias) {
			e.Aliases = append(e.Aliases, alias)
		}
	}
}

// Language takes a language tag or code.
func (b *Builder) Language(tag string) {
	primary, _, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-"), "-")
	base, err := language.ParseBase(primary)
	switch {
	case tag == "" || b.A.Language != "":
	case err != nil || len(base.String()) != 2:
		b.KeepText("language", tag)
	default:
		b.A.Language = base.String()
	}
}

// Publisher offers a name for the source; the first that is offered counts.
func (b *Builder) Publisher(name string) {
	if name = Line(name); name != "" {
		b.publisher = append(b.publisher, name)
	}
}

// Agency takes the name of a distributor: the wire service that it is known as, else as written.
func (b *Builder) Agency(name string) {
	if name = strings.Trim(Line(name), " ,;-–—"); name != "" && b.A.Agency == "" {
		b.A.Agency = cmp.Or(Known(name), dateline.Title(name))
	}
}

// Credit takes a credit that may name a wire service, and reports whether it does.
func (b *Builder) Credit(text string) bool {
	a := Known(Line(text))
	b.A.Agency = cmp.Or(b.A.Agency, a)
	return a != ""
}

// Known returns the usual spelling of a wire service that goes by a name, a host ("reuters.com") or a code ("nprov:REUTERS"),
// or "".
func Known(name string) string {
	if a := dateline.Agency(name); a != "" {
		return a
	}
	if i := strings.LastIndexAny(name, ":/"); i >= 0 {
		name = name[i+1:]
	}
	name, _, _ = strings.Cut(strings.TrimPrefix(name, "www."), ".")
	if strings.ContainsAny(name, " ") {
		return ""
	}
	return cmp.Or(dateline.Agency(name), dateline.Agency(strings.ToUpper(name)))
}

// Dateline takes a dateline as agencies write it: "STOCKHOLM, Aug 29 (AFP) -" or only "Oslo". What is none is kept,
// under the format's name for it.
func (b *Builder) Dateline(name, text string) {
	text = Line(text)
	if text == "" || b.A.Dateline != "" {
		return
	}
	for _, s := range []string{text + " X", text + " - X"} {
		if l, ok := dateline.Parse(s); ok && l.Place != "" {
			b.A.Dateline, b.A.Agency = l.Place, cmp.Or(b.A.Agency, l.Agency)
			return
		}
	}
	if place, ok := dateline.Place(strings.Trim(text, " ,-–—")); ok {
		b.A.Dateline = place
		return
	}
	b.KeepText(name, text)
}

// Filed takes the place where the content was made, which stands for the dateline when the text has none.
func (b *Builder) Filed(place string) {
	if b.filed == "" && !strings.EqualFold(place, "No-Data-Available") { // as Reuters has it
		b.filed = dateline.Title(Line(place))
	}
}

// HTTP returns an address of the web, or "" for what is none.
func HTTP(s string) string {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(s, " \"<>") {
		return ""
	}
	return s
}

// Article returns the article, or the *record.Fault that says why there is none.
func (b *Builder) Article() (index.Article, error) {
	a := &b.A
	a.Title = Line(a.Title)
	a.Lead, a.Body = charset.Clean(a.Lead), charset.Clean(a.Body)
	if b.fault == nil {
		b.dates()
	}
	if b.fault == nil && a.Title == "" && a.Body == "" {
		b.Reject(record.NoText, "the record has neither headline nor text")
	}
	if b.fault != nil {
		return index.Article{}, b.fault
	}
	a.ID = strings.TrimSpace(charset.Clean(a.ID))
	if a.URL == "" {
		a.URL = HTTP(a.ID)
	}
	if a.Dateline == "" || a.Agency == "" {
		place, agency := dateline.Read(a.Body)
		a.Dateline, a.Agency = cmp.Or(a.Dateline, place, b.filed), cmp.Or(a.Agency, agency, Known(first(b.publisher)))
	}
	a.Source = cmp.Or(a.Source, first(b.publisher), b.o.Source, a.Agency)
	if a.Body == "" {
		a.Flag(index.FlagMetadataOnly)
	}
	return *a, nil
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// WithoutTitle returns a body without a first paragraph that repeats the title.
func WithoutTitle(body, title string) string {
	head, rest, _ := strings.Cut(body, "\n\n")
	if title = Line(title); title != "" && rest != "" && strings.EqualFold(Line(head), title) {
		return rest
	}
	return body
}
