package suggest

import (
	"slices"

	"dateline/index"
	"dateline/query"
)

// nameless reports whether a request can be counted without the names of the index: it has no words, which may be spellings of
// names, and no names.
func nameless(r index.Request) bool {
	for _, filters := range []map[index.Field][]string{r.Filters.Include, r.Filters.Exclude} {
		for field := range filters {
			if isName(string(field)) {
				return false
			}
		}
	}
	return r.Query == nil || namelessNode(r.Query.Tree(r.Match))
}

func namelessNode(n query.Node) bool {
	all := func(nodes []query.Node) bool {
		return !slices.ContainsFunc(nodes, func(n query.Node) bool { return !namelessNode(n) })
	}
	switch n := n.(type) {
	case nil, query.All, query.Dates:
		return true
	case query.Value:
		return !isName(n.Field)
	case query.And:
		return all(n.Nodes) && all(n.Optional)
	case query.Or:
		return all(n.Nodes)
	case query.Not:
		return namelessNode(n.Node)
	}
	return false
}

// isName reports whether the values of a field are names of entities.
func isName(field string) bool { return field == "entity" || slices.Contains(index.EntityTypes, field) }
