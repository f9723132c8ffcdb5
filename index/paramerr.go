package index

import (
	"fmt"
	"slices"
	"strings"

	"dateline/query"
)

// habits are names that other search engines use for a parameter.
var habits = map[string]string{
	"query": "q", "search": "q", "text": "q", "s": "q", "keywords": "q",
	"limit": "size", "rows": "size", "per_page": "size", "page_size": "size", "pagesize": "size", "n": "size",
	"page": "cursor", "offset": "cursor", "start": "cursor", "next": "cursor", "after_cursor": "cursor",
	"since": "from", "after": "from", "date_from": "from", "start_date": "from", "min_date": "from", "date": "from",
	"until": "to", "before": "to", "date_to": "to", "end_date": "to", "max_date": "to", "end": "to",
	"order": "sort", "sortby": "sort", "sort_by": "sort", "order_by": "sort", "mode": "match", "operator": "match",
	"lang": "language", "publisher": "source", "site": "source", "domain": "source", "wire": "agency",
	"people": "person", "organization": "org", "organisation": "org", "location": "place", "byline": "author",
	"timezone": "tz", "time_zone": "tz", "zone": "tz", "category": "section", "tag": "topic", "keyword": "topic", "entity": "person", "facet": "facets",
}

func known(name string) bool {
	return slices.ContainsFunc(params, func(p param) bool { return p.name == name })
}

// unknown is the error of a name that is no parameter; its hint is the parameter that was probably meant.
func unknown(name string) error {
	e := &ParamError{Name: cutTo(name, 40), Detail: "is not a parameter of a search"}
	if meant := nearest(name); meant != "" {
		e.Hint = "did you mean " + meant + "?"
	} else {
		e.Hint = "parameters are " + strings.Join(paramNames(), ", ")
	}
	return e
}

// paramNames lists the parameters as help shows them: the exclusions in one word.
func paramNames() []string {
	var names []string
	for _, p := range params {
		if !strings.HasPrefix(p.name, "not.") {
			names = append(names, p.name)
		}
	}
	return append(names, "not.FIELD")
}

// nearest returns the parameter that a name is a usual other name for, or a spelling of, or "".
func nearest(name string) string {
	name = strings.ToLower(strings.TrimSpace(cutTo(name, 40)))
	prefix := ""
	if rest, ok := strings.CutPrefix(strings.NewReplacer("-", ".", "_", ".").Replace(name), "not."); ok {
		prefix, name = "not.", rest
	}
	if meant, ok := habits[name]; ok && known(prefix+meant) {
		return prefix + meant
	}
	best, least := "", 3
	for _, p := range params {
		// A short name may be wrong in fewer letters before it is another word.
		if d := query.Distance(prefix+name, p.name); d < least && d <= (len(p.name)+1)/3 {
			best, least = p.name, d
		}
	}
	return best
}

// notAllowed is the error of a value that is none of the few allowed.
func notAllowed[T ~string](name, value string, allowed []T) *ParamError {
	e := &ParamError{Name: name}
	list := ""
	least := 3
	for i, a := range allowed {
		switch {
		case i > 0 && i == len(allowed)-1:
			list += " or "
		case i > 0:
			list += ", "
		}
		list += string(a)
		if d := query.Distance(strings.ToLower(cutTo(value, 40)), string(a)); d < least && d <= (len(a)+1)/3 {
			e.Hint, least = fmt.Sprintf("did you mean %s?", string(a)), d
		}
	}
	e.Detail = fmt.Sprintf("must be %s, not %s", list, cut(value))
	return e
}

// CheckEntityType returns the *ParamError of a type of entity that there is not.
func CheckEntityType(typ string) error {
	if slices.Contains(EntityTypes, typ) {
		return nil
	}
	e := notAllowed("type", typ, EntityTypes)
	if meant := habits[typ]; e.Hint == "" && slices.Contains(EntityTypes, meant) {
		e.Hint = "did you mean " + meant + "?"
	}
	return e
}

// cut quotes a value for an error, shortened when it is long.
func cut(value string) string { return fmt.Sprintf("%q", cutTo(value, 40)) }

func cutTo(value string, most int) string {
	runes := 0
	for i := range value {
		if runes++; runes > most {
			return value[:i] + "…"
		}
	}
	return value
}
