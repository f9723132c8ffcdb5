package embedded

import (
	"cmp"
	"slices"
	"time"

	"dateline/index"
	"dateline/query"
)

// program is a lowered query tree made ready to run over segments.
type program struct {
	tree  query.Node
	root  *node
	units []*unit
	slots []*slot
	zone  *time.Location // of the dates
	names *naming
}

// nodeOp is what a node of a program does with its kids.
type nodeOp byte

const (
	nodeAll nodeOp = iota
	nodeAnd
	nodeOr
	nodeNot
	nodeUnit
	nodeCondition
)

// node is a node of a program.
type node struct {
	op        nodeOp
	kids      []*node
	unit      *unit
	condition query.Node // a Value, Dates, Has or Number
}

// compile makes a program of a tree. Its errors are *query.Error: patterns that cannot be.
func compile(tree query.Node, names *naming) (*program, error) {
	return (&compiler{known: map[string]*slot{}}).compile(tree, names)
}

// compile is compile for several trees, whose words have the numbers of one list: so has every program, which the next may have
// made longer.
func (c *compiler) compile(tree query.Node, names *naming) (*program, error) {
	c.variants = names.variants
	b := programmer{program: &program{tree: tree, names: names}, compiler: c, scored: map[string]*unit{}}
	var err error
	if b.root, err = b.node(tree, 1, true); err != nil {
		return nil, err
	}
	for _, pair := range query.Pairs(tree) {
		x, err := b.expr(pair)
		if err != nil {
			return nil, err
		}
		b.add(&unit{expr: x, node: pair, weight: index.PairWeight, scored: true, neighbours: true})
	}
	b.program.slots = b.compiler.slots
	return b.program, nil
}

type programmer struct {
	*program
	*compiler
	scored map[string]*unit // by spelling
}

// node compiles a node with the product of the weights around it, outside or inside of a Not.
func (b *programmer) node(n query.Node, weight float64, scored bool) (*node, error) {
	switch n := n.(type) {
	case nil, query.All:
		return &node{op: nodeAll}, nil
	case query.Boost:
		return b.node(n.Node, weight*n.By, scored)
	case query.Not:
		return b.inner(nodeNot, []query.Node{n.Node}, weight, false)
	case query.Or:
		return b.inner(nodeOr, n.Nodes, weight, scored)
	case query.And:
		for _, optional := range n.Optional { // for their score only
			if _, err := b.node(optional, weight, scored); err != nil {
				return nil, err
			}
		}
		return b.inner(nodeAnd, n.Nodes, weight, scored)
	}
	if !query.IsProse(n) {
		return &node{op: nodeCondition, condition: n}, nil
	}
	x, err := b.expr(n)
	if err != nil {
		return nil, err
	}
	u := &unit{expr: x, node: n, weight: weight, scored: scored}
	b.add(u)
	return &node{op: nodeUnit, unit: u}, nil
}

// add adds a unit. Of those that are spelt alike one is scored.
func (b *programmer) add(u *unit) {
	u.number = len(b.units)
	b.units = append(b.units, u)
	if !u.scored {
		return
	}
	spelling := u.node.String()
	if u.neighbours {
		spelling = "neighbours " + spelling
	}
	if same := b.scored[spelling]; same != nil {
		same.weight, u.scored = max(same.weight, u.weight), false
		return
	}
	b.scored[spelling] = u
}

func (b *programmer) inner(op nodeOp, nodes []query.Node, weight float64, scored bool) (*node, error) {
	n := &node{op: op}
	for _, k := range nodes {
		kid, err := b.node(k, weight, scored)
		if err != nil {
			return nil, err
		}
		n.kids = append(n.kids, kid)
	}
	return n, nil
}

// dear reports whether matching the node reads positions.
func (n *node) dear() bool {
	if n.op == nodeUnit {
		return n.unit.op != exprWord
	}
	for _, k := range n.kids {
		if k.dear() {
			return true
		}
	}
	return false
}

// wordVariants lists the words of the query that have variants, in the order of the query, each once.
func (p *program) wordVariants() []index.WordVariants {
	slots := slices.Clone(p.slots)
	slices.SortStableFunc(slots, func(a, b *slot) int { return cmp.Compare(a.at.Start, b.at.Start) })
	list := []index.WordVariants{}
	for _, sl := range slots {
		if len(sl.also) > 0 {
			list = append(list, index.WordVariants{Word: sl.text, Variants: sl.also})
		}
	}
	return list
}
