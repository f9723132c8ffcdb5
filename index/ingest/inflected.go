package ingest

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"dateline/index"
	"dateline/index/entity"
	"dateline/index/names"
)

// cyrillicLanguage stands for the language of a text in Cyrillic letters that is too short to tell: the finder is the same.
const cyrillicLanguage = "ru"

// mostlyCyrillic reports whether most letters of a text are Cyrillic.
func mostlyCyrillic(text string) bool {
	cyrillic, others := 0, 0
	for _, c := range text {
		switch {
		case !unicode.IsLetter(c):
		case unicode.Is(unicode.Cyrillic, c):
			cyrillic++
		default:
			others++
		}
	}
	return cyrillic > others
}

// nominatives makes one form of those that differ by the case of grammar, so that names.Cluster, which knows none, takes them
// for one: the likeliest nominative. A surname alone becomes that of the full name that it belongs to.
func nominatives(list []names.Form) []names.Form {
	full := func(f names.Form) bool { return strings.Contains(f.Text, " ") }
	slices.SortStableFunc(list, func(a, b names.Form) int { // full names first
		return cmp.Compare(strings.Count(b.Text, " "), strings.Count(a.Text, " "))
	})
	var groups [][]names.Form
	for _, f := range list {
		if f.Type == index.Person && !full(f) {
			i, several := surnameOf(groups, f)
			if i >= 0 {
				f.Text = lastWord(nominative(groups[i]))
			}
			if several { // of a husband and a wife: as it is written
				groups = append(groups, []names.Form{f})
				continue
			}
		}
		at := slices.IndexFunc(groups, func(g []names.Form) bool { return g[0].Type == f.Type && entity.Inflected(g[0].Text, f.Text) })
		if at < 0 {
			groups = append(groups, []names.Form{f})
		} else {
			groups[at] = append(groups[at], f)
		}
	}
	merged := make([]names.Form, len(groups))
	for i, g := range groups {
		m := names.Form{Type: g[0].Type, Text: nominative(g)}
		for _, f := range g {
			m.Count += f.Count
			m.Positions = append(m.Positions, f.Positions...)
		}
		slices.Sort(m.Positions)
		merged[i] = m
	}
	return merged
}

// surnameOf returns the one group of full names whose surname a form is, in any case; -1 when there is none or several.
func surnameOf(groups [][]names.Form, f names.Form) (found int, several bool) {
	found = -1
	for i, g := range groups {
		if text := g[0].Text; g[0].Type != index.Person || !strings.Contains(text, " ") || !entity.Inflected(lastWord(text), f.Text) {
			continue
		}
		if found >= 0 {
			return -1, true
		}
		found = i
	}
	return found, false
}

func nominative(group []names.Form) string {
	texts := make([]string, len(group))
	for i, f := range group {
		texts[i] = f.Text
	}
	return entity.Nominative(group[0].Type, texts)
}

// written returns what mentions are written like, the commonest first.
func (r *reading) written(at []int) []string {
	count := map[string]int{}
	for _, i := range at {
		count[r.text[r.mentions[i].Start:r.mentions[i].End]]++
	}
	list := make([]string, 0, len(count))
	for text := range count {
		list = append(list, text)
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(count[b]-count[a], cmp.Compare(a, b)) })
	return list
}
