package embedded

import (
	"slices"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/marks"
	"dateline/query"
)

// unit is what a query asks of prose and the ranking scores as one: a word, a phrase, words near each other.
type unit struct {
	*expr
	number int
	node   query.Node
	weight float64 // the product of the weights around it
	scored bool    // stands outside of every Not
	// neighbours says that it is none of the query's own, but a phrase that its words make.
	neighbours bool
}

// exprOp says how the parts of an expression stand to each other.
type exprOp byte

const (
	exprWord     exprOp = iota // one slot
	exprPhrase                 // the slots in order, within a slop of n
	exprTogether               // the slots within a distance of n
	exprNear                   // two kids, as near says
	exprRepeat                 // the kid, n times at least
	exprOr                     // any of the kids
)

// expr is an expression over positions in one field: see query.Near for what it occurs at.
type expr struct {
	op     exprOp
	slots  []*slot
	kids   []*expr
	near   query.NearOp
	n      int
	fields fieldSet // in which it can stand
	kinds  []uint8  // of the slots of a phrase, where some are of classes: see span.PhraseOf
}

// fieldSet is a set of fields of prose, a bit for each of index.TextFields.
type fieldSet uint8

func fieldsOf(name string) (set fieldSet) {
	for i, f := range index.TextFields {
		if name == f.Name || name == "" && slices.Contains(index.DefaultTextFields, f.Name) {
			set |= 1 << i
		}
	}
	return set
}

// defaultFields are those that a word without a field is looked for in.
var defaultFields = fieldsOf("")

func (s fieldSet) has(field int) bool { return s&(1<<field) != 0 }

// words returns the words that the ranking weighs the expression by: of each the slots, any of which stands for it. What must
// not be near is none, and a word written twice is one.
func (x *expr) words() (words [][]*slot) {
	add := func(word []*slot) {
		if len(word) > 0 && !slices.ContainsFunc(words, func(w []*slot) bool { return slices.Equal(w, word) }) {
			words = append(words, word)
		}
	}
	for _, sl := range x.slots {
		add([]*slot{sl})
	}
	if x.op == exprOr {
		add(slices.Concat(flatten(x.kids)...))
		return words
	}
	for i, k := range x.kids {
		if i == 0 || x.near != query.OpNotNear {
			for _, w := range k.words() {
				add(w)
			}
		}
	}
	return words
}

func flatten(kids []*expr) (words [][]*slot) {
	for _, k := range kids {
		words = append(words, k.words()...)
	}
	return words
}

// compiler makes a program of a tree.
type compiler struct {
	slots    []*slot
	known    map[string]*slot // by key
	variants func(term string) []string
}

// expr makes an expression of a node that looks for words. Text without a word gives one that stands in no field.
func (c *compiler) expr(n query.Node) (*expr, error) {
	switch n := n.(type) {
	case query.Word:
		return c.words(n.Field, n.Text, slotStem, 0, n.At), nil
	case query.Phrase:
		if n.Exact {
			return c.words(n.Field, n.Text, slotExact, n.Slop, n.At), nil
		}
		return c.words(n.Field, n.Text, slotStem, n.Slop, n.At), nil
	case query.Prefix:
		return c.prefix(n)
	case query.Wildcard:
		return c.wildcard(n)
	case query.Fuzzy:
		return c.pattern(n.Field, func() (*slot, error) { return fuzzySlot(analysis.Term(n.Text), n.Edits, n.At) })
	case query.Regexp:
		return c.pattern(n.Field, func() (*slot, error) { return regexpSlot(analysis.FoldPattern(n.Text), n.At) })
	case query.Together:
		x := c.words(n.Field, n.Text, slotStem, n.Distance, n.At)
		x.slots = distinct(x.slots)
		if x.op = exprWord; len(x.slots) > 1 {
			x.op = exprTogether
		}
		return x, nil
	case query.Repeat:
		kid, err := c.expr(n.Node)
		if err != nil {
			return nil, err
		}
		return &expr{op: exprRepeat, kids: []*expr{kid}, n: n.Times, fields: kid.fields}, nil
	case query.Or:
		return c.or(n)
	case query.Near:
		return c.near(n)
	}
	panic("embedded: a node that no lowered tree has here")
}

// terms returns the terms of a text of the query.
func terms(text string) (list []string) {
	for _, t := range analysis.Tokens(nil, text) {
		list = append(list, t.Term)
	}
	return list
}

// distinct leaves each slot once.
func distinct(list []*slot) (kept []*slot) {
	for _, sl := range list {
		if !slices.Contains(kept, sl) {
			kept = append(kept, sl)
		}
	}
	return kept
}

// words makes an expression of a text that may have class words: those slots are of their class, the others of the kind.
func (c *compiler) words(field, text string, kind slotKind, slop int, at query.Span) *expr {
	x := &expr{n: slop}
	for _, p := range query.Parts(text) {
		if p.Class != "" {
			sl := &slot{kind: slotClass, text: string(p.Class), classes: marks.Of(p.Class), at: at}
			x.slots = append(x.slots, c.slot(sl))
			x.kinds = append(x.kinds, uint8(sl.classes))
			continue
		}
		for _, t := range terms(p.Text) {
			x.slots = append(x.slots, c.slot(&slot{kind: kind, text: t, at: at}))
			x.kinds = append(x.kinds, 0)
		}
	}
	return x.settle(field)
}

// settle says where an expression of slots stands.
func (x *expr) settle(field string) *expr {
	if len(x.slots) > 0 {
		x.fields = fieldsOf(field)
	}
	if len(x.slots) > 1 {
		x.op = exprPhrase
	}
	return x
}

func (c *compiler) slot(sl *slot) *slot {
	if sl.kind == slotStem {
		sl.also = c.variants(sl.text)
	}
	if known := c.known[sl.key()]; known != nil {
		return known
	}
	sl.number = len(c.slots)
	c.slots = append(c.slots, sl)
	c.known[sl.key()] = sl
	return sl
}

func (c *compiler) prefix(n query.Prefix) (*expr, error) {
	x := &expr{}
	list := terms(n.Text)
	for i, t := range list {
		kind := slotStem
		if i == len(list)-1 {
			kind = slotRange
		}
		x.slots = append(x.slots, c.slot(&slot{kind: kind, text: t, at: n.At}))
	}
	return x.settle(n.Field), nil
}

func (c *compiler) wildcard(n query.Wildcard) (*expr, error) {
	x := &expr{}
	for _, p := range analysis.Wildcard(n.Text) {
		sl := &slot{kind: slotStem, text: p.Text, at: n.At}
		if p.Wild {
			var err error
			if sl, err = wildcardSlot(p.Text, n.At); err != nil {
				return nil, err
			}
		}
		x.slots = append(x.slots, c.slot(sl))
	}
	return x.settle(n.Field), nil
}

func (c *compiler) pattern(field string, make func() (*slot, error)) (*expr, error) {
	sl, err := make()
	if err != nil {
		return nil, err
	}
	return (&expr{slots: []*slot{c.slot(sl)}}).settle(field), nil
}

func (c *compiler) or(n query.Or) (*expr, error) {
	x := &expr{op: exprOr}
	for _, k := range n.Nodes {
		kid, err := c.expr(k)
		if err != nil {
			return nil, err
		}
		x.kids = append(x.kids, kid)
		x.fields |= kid.fields
	}
	return x, nil
}

func (c *compiler) near(n query.Near) (*expr, error) {
	left, err := c.expr(n.Left)
	if err != nil {
		return nil, err
	}
	right, err := c.expr(n.Right)
	if err != nil {
		return nil, err
	}
	x := &expr{op: exprNear, near: n.Op, n: n.Distance, kids: []*expr{left, right}, fields: left.fields}
	if n.Op != query.OpNotNear {
		x.fields &= right.fields
	}
	return x, nil
}
