package index

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/query"
)

// ParseRequest reads the parameters of a search as URLs, forms and flags write them: names and values as in the HTTP
// interface. Empty values are as if absent, since forms send every field. An unknown name is an error, so that a typing
// error never widens a search. Without facets it counts every facet, without interval it draws a timeline.
// now is what relative dates in the query are relative to; its own zone is not looked at. Errors: *ParamError, *query.Error.
func ParseRequest(v url.Values, now time.Time) (Request, error) {
	r := Request{Facets: slices.Clone(FacetFields), Interval: IntervalAuto}
	given, err := clean(v)
	if err != nil {
		return Request{}, err
	}
	if now, err = inZone(given["tz"], now); err != nil {
		return Request{}, err
	}
	for _, p := range params {
		values := given[p.name]
		if len(values) == 0 {
			continue
		}
		if !p.many && len(values) > 1 {
			return Request{}, &ParamError{Name: p.name, Detail: fmt.Sprintf("is given %d times with different values", len(values)), Hint: "give it once"}
		}
		if err := p.read(&r, values, now); err != nil {
			return Request{}, err
		}
	}
	if f := r.Filters; !f.From.IsZero() && !f.To.IsZero() && !f.From.Before(f.To) {
		return Request{}, &ParamError{Name: "from", Detail: fmt.Sprintf("%s is after to, which is %s", f.FromText, f.ToText), Hint: "exchange the two"}
	}
	r.Recency = r.Recency.resolve(r.Filters, now)
	return r, nil
}

// Values writes the request as ParseRequest reads it. Only what differs from an empty URL is written.
func (r Request) Values() url.Values {
	v := url.Values{}
	for _, p := range params {
		if values := p.show(&r); len(values) > 0 {
			v[p.name] = values
		}
	}
	return v
}

// param is one parameter: read puts its values into a request, show takes them out again.
type param struct {
	name string
	many bool // may have several values
	read func(r *Request, values []string, now time.Time) error
	show func(r *Request) []string
}

var params = allParams()

func allParams() []param {
	list := []param{
		{"q", false, readQuery, showQuery},
		choice("match", func(r *Request) *query.Match { return &r.Match }, query.MatchAuto, query.MatchAll, query.MatchAny),
		{"from", false, readFrom, showFrom},
		{"to", false, readTo, showTo},
		{"missing", true, readMissing, showMissing},
		choice("sort", func(r *Request) *Sort { return &r.Sort }, SortRelevance, SortNewest, SortOldest),
		{"size", false, readSize, showSize},
		{"cursor", false, readCursor, showCursor},
		{"interval", false, readInterval, showInterval},
		{"facets", true, readFacets, showFacets},
		{"facet_size", false, readFacetSize, showFacetSize},
		{"tz", false, readZone, showZone},
		choice("count", func(r *Request) *Unit { return &r.Count }, Articles, Texts, Stories),
		{"group", false, readGroup, showGroup},
		{"recency", false, readRecency, showRecency},
		choice("variants", func(r *Request) *Variants { return &r.Variants }, VariantsMerged, VariantsOff),
		{"as_of", false, readAsOf, showAsOf},
		{"future", false, readFuture, showFuture},
		{"explain", false, readExplain, showExplain},
		{"highlight", false, readHighlight, showHighlight},
		{"around", false, readAround, showAround},
	}
	for _, f := range FacetFields {
		list = append(list,
			filter(string(f), f, func(s *Filters) *map[Field][]string { return &s.Include }),
			filter("not."+string(f), f, func(s *Filters) *map[Field][]string { return &s.Exclude }))
	}
	return list
}

// clean checks the names and drops what says nothing: empty values and repetitions.
func clean(v url.Values) (url.Values, error) {
	kept := url.Values{}
	for _, name := range sortedNames(v) {
		for _, value := range v[name] {
			switch {
			case !known(name):
				return nil, unknown(name)
			case !utf8.ValidString(value):
				return nil, &ParamError{Name: name, Detail: "is not valid UTF-8"}
			case strings.TrimSpace(value) != "" && !slices.Contains(kept[name], value):
				kept[name] = append(kept[name], value)
			}
		}
	}
	return kept, nil
}

// sortedNames makes errors the same each time.
func sortedNames(v url.Values) []string {
	names := make([]string, 0, len(v))
	for name := range v {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func readQuery(r *Request, values []string, now time.Time) (err error) {
	r.Query, err = query.Parse(values[0], now)
	return err
}

func showQuery(r *Request) []string {
	switch {
	case r.Query == nil:
		return nil
	case strings.TrimSpace(r.Query.Text) == "" && r.Query.Root != nil:
		return one(r.Query.String())
	}
	return one(r.Query.Text)
}

// choice makes the parameter of one out of a few values.
func choice[T ~string](name string, at func(*Request) *T, allowed ...T) param {
	read := func(r *Request, values []string, _ time.Time) error {
		if !slices.Contains(allowed, T(values[0])) {
			return notAllowed(name, values[0], allowed)
		}
		*at(r) = T(values[0])
		return nil
	}
	return param{name, false, read, func(r *Request) []string { return one(string(*at(r))) }}
}

// filter makes the parameter that includes or excludes values of a facet.
func filter(name string, f Field, at func(*Filters) *map[Field][]string) param {
	read := func(r *Request, values []string, _ time.Time) error {
		if len(values) > MaxFilterValues {
			return &ParamError{Name: name, Detail: fmt.Sprintf("has %d values; at most %d are allowed", len(values), MaxFilterValues)}
		}
		m := at(&r.Filters)
		if *m == nil {
			*m = map[Field][]string{}
		}
		(*m)[f] = values
		return nil
	}
	return param{name, true, read, func(r *Request) []string { return slices.Clone((*at(&r.Filters))[f]) }}
}

func readMissing(r *Request, values []string, _ time.Time) (err error) {
	r.Filters.Missing, err = readFields("missing", values)
	return err
}

func showMissing(r *Request) []string { return fieldNames(r.Filters.Missing) }

func readFacets(r *Request, values []string, _ time.Time) (err error) {
	if r.Facets = nil; len(values) == 1 && values[0] == none {
		return nil
	}
	r.Facets, err = readFields("facets", values)
	return err
}

func showFacets(r *Request) []string {
	switch {
	case len(r.Facets) == 0:
		return one(none)
	case slices.Equal(r.Facets, FacetFields):
		return nil
	}
	return one(strings.Join(fieldNames(r.Facets), ","))
}

// readFields reads names of facets, separated by commas or given one by one.
func readFields(name string, values []string) ([]Field, error) {
	var fields []Field
	for _, value := range values {
		for f := range strings.SplitSeq(value, ",") {
			switch f = strings.TrimSpace(f); {
			case !IsFacet(f):
				return nil, notAllowed(name, f, FacetFields)
			case !slices.Contains(fields, Field(f)):
				fields = append(fields, Field(f))
			}
		}
	}
	return fields, nil
}

func fieldNames(fields []Field) []string {
	var names []string
	for _, f := range fields {
		names = append(names, string(f))
	}
	return names
}

// readSize takes 0 for no hits, which a Request calls a negative Size.
func readSize(r *Request, values []string, _ time.Time) (err error) {
	if r.Size, err = readInt("size", values[0], 0, MaxSize); err == nil && r.Size == 0 {
		r.Size = -1
	}
	return err
}

func showSize(r *Request) []string {
	if r.Size == 0 {
		return nil
	}
	return one(strconv.Itoa(max(r.Size, 0)))
}

func readFacetSize(r *Request, values []string, _ time.Time) (err error) {
	r.FacetSize, err = readInt("facet_size", values[0], 1, MaxFacetSize)
	return err
}

func showFacetSize(r *Request) []string {
	if r.FacetSize == 0 {
		return nil
	}
	return one(strconv.Itoa(r.FacetSize))
}

func readInt(name, value string, least, most int) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(value))
	if err != nil || n < least || n > most {
		return 0, &ParamError{Name: name, Detail: fmt.Sprintf("must be a number from %d to %d, not %s", least, most, cut(value))}
	}
	return n, nil
}

func readCursor(r *Request, values []string, _ time.Time) error {
	r.Cursor = values[0]
	return nil
}

func showCursor(r *Request) []string { return one(r.Cursor) }

// none in a URL says what the zero value says in a Request.
const none = "none"

func readInterval(r *Request, values []string, _ time.Time) error {
	switch i := Interval(values[0]); {
	case i == none:
		r.Interval = ""
	case i == IntervalAuto || slices.Contains(Intervals, i):
		r.Interval = i
	default:
		return notAllowed("interval", values[0], slices.Concat([]Interval{IntervalAuto}, Intervals, []Interval{none}))
	}
	return nil
}

func showInterval(r *Request) []string {
	switch r.Interval {
	case "":
		return one(none)
	case IntervalAuto:
		return nil
	}
	return one(string(r.Interval))
}

func readGroup(r *Request, values []string, _ time.Time) error {
	switch values[0] {
	case none:
		r.Group = ""
	case "text":
		r.Group = Texts
	case "story":
		r.Group = Stories
	default:
		return notAllowed("group", values[0], []string{none, "text", "story"})
	}
	return nil
}

func showGroup(r *Request) []string {
	switch r.Group {
	case Texts:
		return one("text")
	case Stories:
		return one("story")
	case Articles:
		return nil
	}
	return one(string(r.Group)) // for ParseRequest to refuse
}

func readExplain(r *Request, values []string, _ time.Time) (err error) {
	r.Explain, err = readSwitch("explain", values[0])
	return err
}

// readHighlight takes 1 for what a Request does by itself.
func readHighlight(r *Request, values []string, _ time.Time) error {
	on, err := readSwitch("highlight", values[0])
	r.Unmarked = err == nil && !on
	return err
}

func showHighlight(r *Request) []string {
	if r.Unmarked {
		return one("0")
	}
	return nil
}

func readAround(r *Request, values []string, _ time.Time) error {
	r.Around = values[0]
	return r.checkAround()
}

func showAround(r *Request) []string { return one(r.Around) }

func readSwitch(name, value string) (on bool, err error) {
	switch value {
	case "1", "true":
		return true, nil
	case "0", "false":
		return false, nil
	}
	return false, notAllowed(name, value, []string{"1", "0"})
}

func showExplain(r *Request) []string {
	if r.Explain {
		return one("1")
	}
	return nil
}

// inZone puts now into the zone of the request, as which every other parameter that has to do with dates reads it.
func inZone(tz []string, now time.Time) (time.Time, error) {
	if len(tz) == 0 {
		return now.UTC(), nil
	}
	zone, err := LoadZone(strings.TrimSpace(tz[0]))
	if err != nil {
		return now, err
	}
	return now.In(zone), nil
}

func readZone(r *Request, _ []string, now time.Time) error {
	if zone := now.Location(); zone != time.UTC {
		r.Zone = zone
	}
	return nil
}

func showZone(r *Request) []string {
	if zoneOf(r.Zone) == time.UTC {
		return nil
	}
	return one(r.Zone.String())
}

func readFrom(r *Request, values []string, now time.Time) error {
	from, _, err := readPeriod("from", values[0], now.Location())
	r.Filters.From, r.Filters.FromText = from, strings.TrimSpace(values[0])
	return err
}

// readTo reads an inclusive bound: the whole of the day, month, year or second belongs to the range.
func readTo(r *Request, values []string, now time.Time) error {
	_, to, err := readPeriod("to", values[0], now.Location())
	r.Filters.To, r.Filters.ToText = to, strings.TrimSpace(values[0])
	return err
}

// readAsOf reads an instant: of a day, month or year its last second.
func readAsOf(r *Request, values []string, now time.Time) error {
	_, end, err := readPeriod("as_of", values[0], now.Location())
	r.AsOf = end.Add(-time.Second)
	return err
}

func showAsOf(r *Request) []string { return showTime(r.AsOf) }

func readFuture(r *Request, values []string, _ time.Time) (err error) {
	r.Future, err = readSwitch("future", values[0])
	return err
}

func showFuture(r *Request) []string {
	if r.Future {
		return one("1")
	}
	return nil
}

func readPeriod(name, value string, zone *time.Location) (from, to time.Time, err error) {
	value = strings.TrimSpace(value)
	from, to, ok := query.Period(value, zone)
	if _, _, elsewhere := query.Period(value, time.UTC); !ok && elsewhere {
		err = &ParamError{Name: name, Detail: fmt.Sprintf("is a day that %s skipped: %s", zone, value)}
	} else if !ok {
		err = &ParamError{Name: name, Detail: fmt.Sprintf(
			"must be a day (2023-05-30), a month (2023-05), a year (2023) or a time (2023-05-30T10:00:00Z), not %s", cut(value))}
	}
	return from, to, err
}

// showFrom writes the bound as the reader did, unless the bound was changed since.
func showFrom(r *Request) []string {
	f := r.Filters
	if from, _, ok := query.Period(f.FromText, zoneOf(r.Zone)); ok && from.Equal(f.From) {
		return one(f.FromText)
	}
	return showTime(f.From)
}

func showTo(r *Request) []string {
	f := r.Filters
	if _, to, ok := query.Period(f.ToText, zoneOf(r.Zone)); ok && to.Equal(f.To) {
		return one(f.ToText)
	}
	if f.To.IsZero() {
		return nil
	}
	return showTime(ceil(f.To).Add(-time.Second))
}

func showTime(t time.Time) []string {
	if t.IsZero() {
		return nil
	}
	return one(ceil(t).UTC().Format(time.RFC3339))
}

// ceil rounds up to the second: articles are dated to the second, so that no article lies between t and ceil(t).
func ceil(t time.Time) time.Time {
	if s := t.Truncate(time.Second); !s.Equal(t) {
		return s.Add(time.Second)
	}
	return t
}

// one makes the list of a value, empty for an empty value.
func one(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

// EscapeID writes an article's id as the last part of a URL's path, whatever characters it has: slashes, and dots, which
// would be resolved, too.
func EscapeID(id string) string { return strings.ReplaceAll(url.PathEscape(id), ".", "%2E") }

// ArticlesType is the media type of articles as JSON lines, each as Article's own JSON has it.
const ArticlesType = "application/vnd.dateline.articles+x-ndjson"

// WebAddress reads an address of the web: http or https, with a host. It is nil for any other: a record may carry whatever scheme,
// and no reader is to be led to that.
func WebAddress(text string) *url.URL {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil
	}
	return u
}
