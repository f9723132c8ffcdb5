package query

import "fmt"

// cost is what spread makes of a side: units, which stand near the other side each by itself, and the nearnesses and words
// in all of them.
type cost struct{ units, nears, leaves int }

// near is the cost of a nearness of two sides. The right side of OpNotNear stays whole.
func (c cost) near(op NearOp, d cost) cost {
	if op == OpNotNear {
		d.units = 1
	}
	return cost{c.units * d.units, c.units*d.units + d.units*c.nears + c.units*d.nears, d.units*c.leaves + c.units*d.leaves}
}

func (c cost) tooMuch() bool { return c.nears > MaxNears || c.leaves > MaxNearLeaves }

func costOf(n Node) cost {
	switch n := n.(type) {
	case Near:
		return costOf(n.Left).near(n.Op, costOf(n.Right))
	case Repeat:
		return cost{1, 0, costOf(n.Node).leaves}
	case And:
		c, _ := costOfAll(n.Nodes)
		return c
	case Or:
		c, units := costOfAll(n.Nodes)
		if units == 1 { // else its alternatives are units too
			c.units = 1
		}
		return c
	case List:
		var sum cost
		for _, c := range n.Clauses {
			sum = sum.plus(costOf(c.Node))
		}
		return sum
	case Boost:
		return costOf(n.Node)
	case Not:
		return costOf(n.Node)
	}
	return cost{1, 0, 1}
}

// costOfAll returns the sum, and the most units of one of the nodes.
func costOfAll(nodes []Node) (sum cost, units int) {
	for _, n := range nodes {
		c := costOf(n)
		sum, units = sum.plus(c), max(units, c.units)
	}
	return sum, units
}

func (c cost) plus(d cost) cost {
	return cost{c.units + d.units, c.nears + d.nears, c.leaves + d.leaves}
}

// checkNears holds the limits for a query as a whole.
func checkNears(root Node) *Error {
	var sum cost
	var fault *Error
	Walk(root, func(n Node) bool {
		near, ok := n.(Near)
		if !ok || fault != nil {
			return fault == nil
		}
		c := costOf(near)
		if sum = (cost{0, sum.nears + c.nears, sum.leaves + c.leaves}); sum.tooMuch() {
			fault = tooNear(near.At)
		}
		return false
	})
	return fault
}

func tooNear(at Span) *Error {
	return &Error{at, fmt.Sprintf("more than %d pairs of words or groups near each other, or %s words in them, each of which costs every search time: "+
		"where groups have several words, each of the one stands near each of the other", MaxNears, thousands(MaxNearLeaves)),
		"write OR between words in the groups, or split the query"}
}
