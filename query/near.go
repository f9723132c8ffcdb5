package query

import (
	"fmt"
	"strconv"
	"strings"
)

// Limits of nearness. Beyond a thousand positions "near" is most of an article.
const (
	MaxDistance = 1000 // positions: of NEAR/N, near20: and the slop of a phrase
	// MaxNears is how many pairs of sides a query compares: in (a b) NEAR/5 (c d) each of two stands near each of two, which
	// are four. Each pair costs a walk along the positions of its words in every article that has them.
	MaxNears = 256
	// MaxNearLeaves is how many words these pairs have in all; a side of alternatives counts in each pair it belongs to.
	MaxNearLeaves = 4 * MaxLeaves
)

// nearNames are the operators of nearness, in upper case only.
var nearNames = map[NearOp]string{
	OpNear: "NEAR", OpOrdered: "ONEAR", OpNotNear: "NOTNEAR", OpSentence: "SENTENCE", OpParagraph: "PARAGRAPH",
}

var nearOps = map[string]NearOp{
	"NEAR": OpNear, "ONEAR": OpOrdered, "NOTNEAR": OpNotNear, "SENTENCE": OpSentence, "PARAGRAPH": OpParagraph,
}

// operator spells the operator: NEAR/5.
func (n Near) operator() string {
	name := nearNames[n.Op]
	if !n.Op.counts() {
		return name
	}
	return name + "/" + strconv.Itoa(n.Distance)
}

// counts reports whether the operator has a number.
func (o NearOp) counts() bool { return o != OpSentence && o != OpParagraph }

// nearOp reads an operator of nearness; the operator of a text that is none is 0. The fault comes without a place.
func nearOp(text string) (op NearOp, distance int, fault *Error) {
	if text == "" || !strings.ContainsRune("NOSP", rune(text[0])) { // for speed
		return 0, 0, nil
	}
	name, number, slash := strings.Cut(text, "/")
	if op = nearOps[name]; op == 0 {
		return 0, 0, nil
	}
	itself := "; for the word itself write " + quote(text) + " in quotes"
	switch {
	case !op.counts() && !slash:
		return op, 0, nil
	case !op.counts():
		return op, 0, &Error{Detail: name + " takes no number", Hint: "write " + name + itself}
	case number == "":
		return op, 0, &Error{Detail: name + " needs a distance", Hint: "write " + name + "/5 for at most 5 words apart" + itself}
	}
	distance, ok := readCount(number)
	if !ok || distance < 1 || distance > MaxDistance {
		return op, 0, &Error{
			Detail: fmt.Sprintf("the distance of %s is not a number between 1 and %s, which is most of an article", name, thousands(MaxDistance)),
			Hint:   "write " + name + "/5 for at most 5 words apart" + itself,
		}
	}
	return op, distance, nil
}

// readCount reads digits. Numbers of more than nine digits are larger than any limit and stay so.
func readCount(text string) (n int, ok bool) {
	if text == "" || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	if text = strings.TrimLeft(text, "0"); len(text) > 9 {
		return 1e9, true
	}
	n, _ = strconv.Atoi(text)
	return n, true
}

// foreignOps are operators of nearness of other languages, with a number after them.
var foreignOps = []struct{ prefix, op string }{
	{"w/", "NEAR/"}, {"W/", "NEAR/"}, {"PRE/", "ONEAR/"}, {"ADJ", "NEAR/"}, {"NEAR", "NEAR/"}, {"ONEAR", "ONEAR/"}, {"NOTNEAR", "NOTNEAR/"},
}

// foreignNear returns what to write for an operator of nearness of LexisNexis, dtSearch or Ovid, or "".
func foreignNear(run string) string {
	if run == "" || !strings.ContainsRune("wWPANO", rune(run[0])) { // for speed
		return ""
	}
	if run == "W/S" {
		return "SENTENCE"
	}
	if run == "W/P" {
		return "PARAGRAPH"
	}
	for _, f := range foreignOps {
		number, ok := strings.CutPrefix(run, f.prefix)
		if ok && number == "" && f.prefix == "ADJ" {
			return "NEAR/5"
		}
		if _, digits := readCount(number); ok && digits {
			return f.op + number
		}
	}
	return ""
}

// near reads operands with operators of nearness between them.
func (p *parser) near(scope string) (Node, error) {
	start := p.tok.at.Start
	left, err := p.operand(scope)
	if err != nil || p.tok.kind != tokNear {
		return left, err
	}
	if p.tok.fault == nil {
		if fault := sideFault(left, p.tok); fault != nil {
			return nil, fault
		}
	}
	leftCost, leftFields := costOf(left), fieldsOf(left)
	stands := func(fields uint) bool { return standsIn(left, fields) }
	for p.tok.kind == tokNear {
		op := p.tok
		if op.fault != nil {
			return nil, op.fault
		}
		p.advance()
		right, err := p.rightSide(scope, op)
		if err != nil {
			return nil, err
		}
		n := Near{p.since(start), left, right, op.op, op.number}
		rightFields := fieldsOf(right)
		if !stands(rightFields) || !standsIn(right, leftFields) {
			return nil, &Error{n.At, "the sides of " + op.text + " are never in one field", "search both sides in the same field; no field means title, lead and body"}
		}
		if leftCost = leftCost.near(op.op, costOf(right)); leftCost.tooMuch() {
			return nil, tooNear(n.At)
		}
		left, leftFields = n, leftFields&rightFields
		stands = func(fields uint) bool { return leftFields&fields != 0 } // without a walk along the chain
	}
	return left, nil
}

func (p *parser) rightSide(scope string, op token) (Node, error) {
	switch p.tok.kind {
	case tokNot, tokMinus, tokPlus:
		return nil, signedSide(p.tok.at, op)
	}
	right, err := p.operand(scope)
	if err != nil {
		return nil, err
	}
	if fault := sideFault(right, op); fault != nil {
		return nil, fault
	}
	return right, nil
}

func signedSide(at Span, op token) *Error {
	e := &Error{at, "a side of " + op.text + " takes no sign and no NOT", "put it before the whole"}
	if op.op == OpNear || op.op == OpOrdered {
		e.Hint = "write NOTNEAR/" + strconv.Itoa(op.number) + " for words that must not stand near"
	}
	return e
}

// sideFault says why a node cannot be a side of nearness, which needs words with positions.
func sideFault(n Node, op token) *Error {
	if IsProse(n) {
		return nil
	}
	switch n := n.(type) {
	case Or:
		return anySideFault(n.Nodes, op)
	case And:
		return anySideFault(n.Nodes, op)
	case List:
		for _, c := range n.Clauses {
			if c.Occur == MustNot {
				return signedSide(c.Node.Span(), op)
			}
			if f := sideFault(c.Node, op); f != nil {
				return f
			}
		}
		return nil
	case Not:
		return signedSide(n.At, op)
	case Boost:
		return &Error{n.At, "a side of " + op.text + " takes no weight", "put parentheses around both sides and the weight after them"}
	}
	return &Error{n.Span(), "a side of " + op.text + " needs words, which have a place in the text", "join conditions with AND"}
}

func anySideFault(nodes []Node, op token) *Error {
	for _, n := range nodes {
		if f := sideFault(n, op); f != nil {
			return f
		}
	}
	return nil
}

// standsIn reports whether all that a side asks for at once can stand in one of the fields, of alternatives one.
func standsIn(n Node, fields uint) bool {
	switch n := n.(type) {
	case Or:
		for _, c := range n.Nodes {
			if standsIn(c, fields) {
				return true
			}
		}
		return false
	case And:
		for _, c := range n.Nodes {
			if !standsIn(c, fields) {
				return false
			}
		}
		return true
	case List:
		for _, c := range n.Clauses {
			if !standsIn(c.Node, fields) {
				return false
			}
		}
		return true
	}
	return fieldsOf(n)&fields != 0
}

// fieldsOf returns the fields in which a node can occur as fieldBits.
func fieldsOf(n Node) uint {
	name, set := "", uint(0)
	switch n := n.(type) {
	case Near:
		return fieldsOf(n.Left) & fieldsOf(n.Right)
	case Repeat:
		return fieldsOf(n.Node)
	case Or:
		for _, c := range n.Nodes {
			set |= fieldsOf(c)
		}
		return set
	case And:
		for _, c := range n.Nodes {
			set |= fieldsOf(c)
		}
		return set
	case List:
		for _, c := range n.Clauses {
			set |= fieldsOf(c.Node)
		}
		return set
	case Word:
		name = n.Field
	case Phrase:
		name = n.Field
	case Prefix:
		name = n.Field
	case Wildcard:
		name = n.Field
	case Fuzzy:
		name = n.Field
	case Regexp:
		name = n.Field
	case Together:
		name = n.Field
	}
	return fieldBits[name]
}

// fieldBits gives each field of prose a bit. No field is title, lead and body.
var fieldBits = map[string]uint{"": 7, "title": 1, "lead": 2, "body": 4, "author": 8, "dateline": 16, "url": 32}
