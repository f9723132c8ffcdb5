package server

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/index"
	"dateline/query"
)

// Bounds of a search for the nearest names. Longer names have no others near them that a slip of the fingers would explain.
const (
	maxNearest      = 3
	maxNearestBytes = 100
	maxNearestWords = 4
	nearestBegin    = 3   // letters of a word that are taken to be right
	nearestLooked   = 200 // names with a word that begins so
)

// Nearest returns the names of a type that are likely to be meant by one that no article has, the likeliest first: those of
// which it is a part, then those that differ by few letters.
func Nearest(ctx context.Context, e index.Engine, typ, name string) ([]string, error) {
	if len(name) > maxNearestBytes || !utf8.ValidString(name) || strings.TrimSpace(name) == "" {
		return nil, nil
	}
	found, err := begunBy(ctx, e, typ, name, maxNearest)
	if err != nil || len(found) == maxNearest {
		return found, err
	}
	var alike []string
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	for _, word := range words[:min(len(words), maxNearestWords)] {
		values, err := begunBy(ctx, e, typ, string([]rune(word)[:min(nearestBegin, utf8.RuneCountInString(word))]), nearestLooked)
		if err != nil {
			return nil, err
		}
		alike = append(alike, values...)
	}
	for _, value := range byDistance(name, alike) {
		if !slices.Contains(found, value) {
			found = append(found, value)
		}
	}
	return found[:min(len(found), maxNearest)], nil
}

func begunBy(ctx context.Context, e index.Engine, typ, prefix string, most int) ([]string, error) {
	facet, err := e.Facet(ctx, index.Request{FacetSize: most}, index.Field(typ), prefix)
	if err != nil {
		return nil, err
	}
	var values []string
	for _, v := range facet.Values {
		values = append(values, v.Value)
	}
	return values, nil
}

// byDistance returns the values of which no more than a third of the letters differ, the nearest first.
func byDistance(name string, values []string) []string {
	name = strings.ToLower(name)
	most := max(2, utf8.RuneCountInString(name)/3)
	distance := map[string]int{}
	for _, v := range values {
		if len(v) > 2*maxNearestBytes {
			continue
		}
		if d := query.Distance(name, strings.ToLower(v)); d <= most {
			distance[v] = d
		}
	}
	near := make([]string, 0, len(distance))
	for v := range distance {
		near = append(near, v)
	}
	slices.SortFunc(near, func(a, b string) int { return cmp.Or(cmp.Compare(distance[a], distance[b]), strings.Compare(a, b)) })
	return near
}

// DidYouMean asks for one of some names, or is "" for none.
func DidYouMean(names []string) string {
	if len(names) == 0 {
		return ""
	}
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = quote(n)
	}
	last := len(quoted) - 1
	if last == 0 {
		return "did you mean " + quoted[0] + "?"
	}
	return "did you mean " + strings.Join(quoted[:last], ", ") + " or " + quoted[last] + "?"
}
