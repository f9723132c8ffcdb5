package query

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"testing"
)

func TestParsePrints(t *testing.T) {
	forTrees(t, func(n Node, _ maker) error {
		q, err := Parse(n.String(), noon)
		switch {
		case err != nil:
			return err
		case sexpr(q.Root) != sexpr(n):
			return fmt.Errorf("reads as %s", sexpr(q.Root))
		case q.String() != n.String():
			return fmt.Errorf("prints as %s", q)
		}
		return checkSpans(q)
	})
}

// TestParseIgnoresDress holds that spaces, parentheses and quotes that say nothing change nothing.
func TestParseIgnoresDress(t *testing.T) {
	forTrees(t, func(n Node, _ maker) error {
		for _, text := range []string{" \n" + n.String() + "\t ", "((" + n.String() + "))", "（" + n.String() + "）"} {
			q, err := Parse(text, noon)
			if err != nil {
				return err
			}
			if q.String() != n.String() {
				return fmt.Errorf("%s prints as %s", text, q)
			}
		}
		return nil
	})
}

// TestTreeMeans holds that lowering keeps the meaning: for random truths of the leaves, the lowered tree matches exactly
// when the clauses do as the language says.
func TestTreeMeans(t *testing.T) {
	forTrees(t, func(n Node, m maker) error {
		q := &Query{Root: n}
		for _, match := range []Match{MatchAll, MatchAny} {
			tree := q.Tree(match)
			if err := checkLowered(tree); err != nil {
				return err
			}
			for range 8 {
				salt := m.Uint64()
				truth := func(key string) bool {
					h := fnv.New64a()
					fmt.Fprint(h, salt, key)
					return h.Sum64()>>7&1 == 0
				}
				if matches(tree, match, truth) != matches(n, match, truth) {
					return fmt.Errorf("under %s %s means something else", match, sexpr(tree))
				}
			}
		}
		if same := sexpr(q.Tree(MatchAll)) == sexpr(q.Tree(MatchAny)); same == q.Relaxable() {
			return fmt.Errorf("relaxable is %v", q.Relaxable())
		}
		return nil
	})
}

// matches says by the plain rules whether a tree matches, given which leaves do.
func matches(n Node, m Match, truth func(string) bool) bool {
	is := func(n Node) bool { return matches(n, m, truth) }
	switch n := n.(type) {
	case All:
		return true
	case And:
		return !slices.ContainsFunc(n.Nodes, func(n Node) bool { return !is(n) })
	case Or:
		return slices.ContainsFunc(n.Nodes, is)
	case Not:
		return !is(n.Node)
	case Boost:
		return is(n.Node)
	case Near:
		if n.Op == OpNotNear {
			return nowhereNear(n, plainSide(n.Left, m), m, truth)
		}
		return units(n, m, truth)
	case List:
		musts := 0
		var words, filters []bool // the bare clauses, with words and without: whether they match
		for _, c := range n.Clauses {
			matched := is(c.Node)
			switch {
			case c.Occur == MustNot && matched, c.Occur == Must && !matched:
				return false
			case c.Occur == Must:
				musts++
			case c.Occur == Bare && wordless(c.Node):
				filters = append(filters, matched)
			case c.Occur == Bare:
				words = append(words, matched)
			}
		}
		every := func(list []bool) bool { return !slices.Contains(list, false) }
		some := func(list []bool) bool { return len(list) == 0 || slices.Contains(list, true) }
		switch {
		case m == MatchAll:
			return every(words) && every(filters)
		case len(words)+musts == 0:
			return some(filters)
		}
		return every(filters) && (musts > 0 || some(words))
	}
	return truth(n.String())
}

// nowhereNear says whether each word that the left side asks for is there, and no place of it near to anything on the right.
func nowhereNear(n Near, left Node, m Match, truth func(string) bool) bool {
	is := func(c Node) bool { return nowhereNear(n, c, m, truth) }
	switch l := left.(type) {
	case And:
		return !slices.ContainsFunc(l.Nodes, func(c Node) bool { return !is(c) })
	case Or:
		if slices.ContainsFunc(l.Nodes, demanding) {
			return slices.ContainsFunc(l.Nodes, is)
		}
	}
	n.Op = OpNear
	right := strings.Join(unitsOf(n.Right, MatchAny), "|")
	return matches(left, m, truth) && !units(left, m, func(left string) bool {
		return truth(fmt.Sprintf("(%s) %s (%s)", left, n.operator(), right))
	})
}

// units says whether a side of a Near holds, given which of its units do: words and the like, several that are alternatives
// together, and pairs of units of another Near.
func units(n Node, m Match, truth func(string) bool) bool {
	is := func(n Node) bool { return units(n, m, truth) }
	n = plainSide(n, m)
	switch n := n.(type) {
	case And:
		return !slices.ContainsFunc(n.Nodes, func(n Node) bool { return !is(n) })
	case Or:
		if slices.ContainsFunc(n.Nodes, demanding) {
			return slices.ContainsFunc(n.Nodes, is)
		}
		return truth(strings.Join(unitsOf(n, m), "|"))
	case Near:
		return units(n.Left, m, func(left string) bool {
			pair := func(right string) bool { return truth(fmt.Sprintf("(%s) %s (%s)", left, n.operator(), right)) }
			if n.Op == OpNotNear {
				return pair(strings.Join(unitsOf(n.Right, MatchAny), "|"))
			}
			return units(n.Right, m, pair)
		})
	}
	return truth(n.String())
}

// plainSide makes And or Or of a List, at any depth but below a Near.
func plainSide(n Node, m Match) Node {
	plain := func(nodes []Node) []Node {
		list := make([]Node, len(nodes))
		for i, n := range nodes {
			list[i] = plainSide(n, m)
		}
		return list
	}
	switch n := n.(type) {
	case And:
		return And{Nodes: plain(n.Nodes)}
	case Or:
		return newOr(Span{}, plain(n.Nodes))
	case List:
		var musts, all []Node
		for _, c := range n.Clauses {
			all = append(all, plainSide(c.Node, m))
			if c.Occur == Must {
				musts = append(musts, plainSide(c.Node, m))
			}
		}
		switch {
		case m == MatchAll:
			return And{Nodes: all}
		case len(musts) > 0:
			return And{Nodes: musts, Optional: all[:len(all)-len(musts)]} // that they are optional says nothing here
		}
		return newOr(Span{}, all)
	}
	return n
}

// unitsOf names the alternatives of a side.
func unitsOf(n Node, m Match) []string {
	var list []string
	Walk(lower(n, m), func(n Node) bool {
		switch n.(type) {
		case And, Or:
			return true
		}
		units(n, m, func(unit string) bool {
			list = append(list, unit)
			return true
		})
		return false
	})
	return list
}

// checkLowered holds what engines are told of a lowered tree.
func checkLowered(root Node) (err error) {
	Walk(root, func(n Node) bool {
		switch n := n.(type) {
		case List:
			err = fmt.Errorf("a List is left")
		case Or:
			if len(n.Nodes) < 2 {
				err = fmt.Errorf("an Or of %d", len(n.Nodes))
			}
		case And:
			isNot := func(n Node) bool { _, ok := n.(Not); return ok }
			if len(n.Nodes)+len(n.Optional) < 2 || !slices.ContainsFunc(n.Nodes, func(n Node) bool { return !isNot(n) }) {
				err = fmt.Errorf("an And with nothing to take from: %s", sexpr(n))
			}
		}
		return err == nil
	})
	return err
}

// checkSpans holds that every node's place is inside its parent's, and that words stand where they say.
func checkSpans(q *Query) error {
	text := []rune(q.Text)
	var check func(n Node, around Span) error
	check = func(n Node, around Span) error {
		at := n.Span()
		if at.Start < around.Start || at.Start >= at.End || at.End > around.End {
			return fmt.Errorf("%s at %v is not inside %v", sexpr(n), at, around)
		}
		written := string(text[at.Start:at.End])
		switch n := n.(type) {
		case Word:
			if oneSpaced(unescape(written)) != n.Text {
				return fmt.Errorf("the word %s stands at %q", n.Text, written)
			}
		case Prefix:
			if oneSpaced(unescape(written)) != n.Text+"*" {
				return fmt.Errorf("the prefix %s stands at %q", n.Text, written)
			}
		case Wildcard:
			if oneSpaced(unescape(written)) != n.Text {
				return fmt.Errorf("the wildcard %s stands at %q", n.Text, written)
			}
		case Fuzzy:
			if base, _, ok := strings.Cut(oneSpaced(unescape(written)), "~"); !ok || !strings.HasPrefix(n.Text, strings.TrimSpace(base)) {
				return fmt.Errorf("the fuzzy word %s stands at %q", n.Text, written)
			}
		case Regexp:
			if strings.ToValidUTF8(written, "") != "/"+n.Text+"/" {
				return fmt.Errorf("the regular expression %s stands at %q", n.Text, written)
			}
		case Near:
			if n.Left.Span().End >= n.Right.Span().Start {
				return fmt.Errorf("the sides of %s stand at %v and %v", sexpr(n), n.Left.Span(), n.Right.Span())
			}
		case Together:
			if !strings.HasPrefix(strings.ToLower(written), "near") {
				return fmt.Errorf("%s stands at %q", sexpr(n), written)
			}
		case Repeat:
			if !strings.HasPrefix(strings.ToLower(written), "repeat") {
				return fmt.Errorf("%s stands at %q", sexpr(n), written)
			}
		case Boost:
			if i := strings.LastIndexByte(written, '^'); i < 0 || n.Node.Span().End > at.Start+len([]rune(written[:i])) {
				return fmt.Errorf("%s stands at %q", sexpr(n), written)
			}
		}
		var err error
		Walk(n, func(child Node) bool {
			if child.Span() == at && sexpr(child) == sexpr(n) {
				return true // n itself
			}
			err = check(child, at)
			return false
		})
		return err
	}
	if q.Root == nil {
		return nil
	}
	return check(q.Root, Span{0, len(text)})
}

// TestPrintAnything holds that trees no parser makes still print as something that is read, and stays the same.
func TestPrintAnything(t *testing.T) {
	a, b := Word{Text: "a"}, Word{Text: "b"}
	tests := []struct {
		node Node
		want string
	}{
		{All{}, "*:*"},
		{And{Nodes: []Node{All{}, Not{Node: a}}}, "*:* AND NOT a"},
		{And{Nodes: []Node{a}, Optional: []Node{b, Or{Nodes: []Node{a, b}}}}, "+a b (a OR b)"},
		{Not{Node: And{Nodes: []Node{a}, Optional: []Node{b}}}, "NOT (+a b)"},
		{Or{Nodes: []Node{a, Or{Nodes: []Node{a, b}}}}, "a OR (a OR b)"},
		{List{Clauses: []Clause{{Bare, All{}}, {Must, a}}}, "*:* +a"},
		{Word{Text: "two words"}, `two\ words`},
		{Word{Text: "AND"}, `\AND`},
		{Word{Text: "title:x"}, `title\:x`},
		{Word{Field: "title", Text: "x*"}, `title:x\*`},
		{Word{Text: "-x"}, `\-x`},
		{Dates{Field: "date", From: noon, To: noon.AddDate(0, 0, 1)}, "date:2026-11-23T12:30:00Z..2026-11-24T12:29:59Z"},
		{Dates{Field: "date", To: noon}, "date:..2026-11-23T12:29:59Z"},
		{Dates{Field: "indexed", From: noon}, "indexed:2026-11-23T12:30:00Z.."},
	}
	for _, c := range tests {
		if got := c.node.String(); got != c.want {
			t.Errorf("%s prints %s, want %s", sexpr(c.node), got, c.want)
		}
		mustParse(t, c.node.String())
	}
}
