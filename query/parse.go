package query

import (
	"fmt"
	"time"
	"unicode/utf8"
)

// Limits of a query. Media monitors write queries of hundreds of terms; nobody writes more than these by hand, and each
// leaf costs every search a list of postings to read.
const (
	MaxText   = 16 << 10 // bytes of the text, and of its canonical spelling
	MaxLeaves = 1024     // words, phrases, patterns, values and dates
	MaxDepth  = 64       // parentheses and NOTs inside one another, each of which takes stack when a tree is walked
)

// Parse reads a query. Dates that are relative, such as last7d, count from now; days, months and years are those of the zone
// that now is in (now.UTC() for those of UTC). The error is an *Error.
//
//	or      = list { "OR" list }
//	list    = and { and }                     // side by side
//	and     = unary { "AND" unary }
//	unary   = ( "NOT" | "+" | "-" ) unary | near
//	near    = operand { "NEAR/5" operand }    // and its like
//	operand = primary [ "^" number ]
//	primary = [ field ":" ] ( word | phrase | "(" or ")" ) [ "~" number ]
//	        | [ field ":" ] ( "near5:" phrase | "repeat3:" primary )
//
// An empty text is the query that matches every article; its Root is nil.
func Parse(text string, now time.Time) (*Query, error) {
	if len(text) > MaxText {
		return nil, tooLong(text)
	}
	p := &parser{lex: lexer{text: []rune(text)}, now: now}
	p.advance()
	if p.tok.kind == tokEnd {
		return &Query{Text: text}, nil
	}
	root, err := p.or("")
	if err != nil {
		return nil, err
	}
	if p.tok.kind != tokEnd {
		return nil, p.missing()
	}
	if fault := checkNears(root); fault != nil {
		return nil, fault
	}
	q := &Query{Text: text, Root: root}
	// A canonical spelling repeats a field before each word of a group, which makes it at most six times as long.
	if len(text) > MaxText/8 && len(q.String()) > MaxText {
		return nil, &Error{
			At:     Span{0, utf8.RuneCountInString(text)},
			Detail: fmt.Sprintf("the query is too long: written out, with the field before each word, it has more than the %s bytes that are read", thousands(MaxText)),
			Hint:   "split it into several queries",
		}
	}
	return q, nil
}

func tooLong(text string) *Error {
	at := utf8.RuneCountInString(text[:MaxText])
	return &Error{
		At:     Span{at, max(at, utf8.RuneCountInString(text))},
		Detail: fmt.Sprintf("the query has %s bytes; at most %s are read, so that no search takes too long", thousands(len(text)), thousands(MaxText)),
		Hint:   "split it into several queries",
	}
}

// parser reads tokens by recursive descent, with one token of lookahead. A scope is the field in front of the group that
// is being read, "" outside any.
type parser struct {
	lex    lexer
	tok    token // the next one
	prev   token // the one before
	now    time.Time
	depth  int
	leaves int
}

func (p *parser) advance() { p.prev, p.tok = p.tok, p.lex.next() }

// since returns the span from start to the end of what has been read.
func (p *parser) since(start int) Span { return Span{start, p.prev.at.End} }

func (p *parser) or(scope string) (Node, error) {
	start := p.tok.at.Start
	var nodes []Node
	for {
		n, err := p.list(scope)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
		if p.tok.kind != tokOr {
			return newOr(p.since(start), nodes), nil
		}
		p.advance()
	}
}

func (p *parser) list(scope string) (Node, error) {
	start := p.tok.at.Start
	var clauses []Clause
	for {
		c, err := p.and(scope)
		if err != nil {
			return nil, err
		}
		clauses = append(clauses, c)
		if !p.tok.startsOperand() {
			return newList(p.since(start), clauses), nil
		}
	}
}

func (p *parser) and(scope string) (Clause, error) {
	start := p.tok.at.Start
	first, err := p.unary(scope)
	if err != nil || p.tok.kind != tokAnd {
		return first, err
	}
	nodes := []Node{first.plain(p.since(start))}
	for p.tok.kind == tokAnd {
		p.advance()
		at := p.tok.at.Start
		c, err := p.unary(scope)
		if err != nil {
			return Clause{}, err
		}
		nodes = append(nodes, c.plain(p.since(at)))
	}
	return Clause{Node: newAnd(p.since(start), nodes)}, nil
}

func (p *parser) unary(scope string) (Clause, error) {
	op := p.tok
	switch op.kind {
	case tokNot:
		p.advance()
		if err := p.enter(op.at); err != nil {
			return Clause{}, err
		}
		start := p.tok.at.Start
		c, err := p.unary(scope)
		p.depth--
		if err != nil {
			return Clause{}, err
		}
		return Clause{Node: Not{p.since(op.at.Start), c.plain(p.since(start))}}, nil
	case tokPlus, tokMinus:
		return p.signed(scope)
	}
	n, err := p.near(scope)
	return Clause{Node: n}, err
}

func (p *parser) signed(scope string) (Clause, error) {
	sign := p.tok
	p.advance()
	if k := p.tok.kind; k == tokPlus || k == tokMinus {
		return Clause{}, &Error{Span{sign.at.Start, p.tok.at.End}, "two signs in a row", "write one + or one - before a word"}
	}
	if err := p.enter(sign.at); err != nil { // a sign may be spelt NOT
		return Clause{}, err
	}
	c, err := p.unary(scope)
	p.depth--
	if err != nil {
		return Clause{}, err
	}
	if sign.kind == tokMinus {
		return Clause{MustNot, c.Node}, nil
	}
	return Clause{Must, c.Node}, nil
}

// plain returns the clause's meaning where nothing stands beside it: there it is required anyway, so + says nothing new.
func (c Clause) plain(at Span) Node {
	if c.Occur == MustNot {
		return Not{at, c.Node}
	}
	return c.Node
}

// operand reads one operand with its weight.
func (p *parser) operand(scope string) (Node, error) {
	start := p.tok.at.Start
	n, err := p.primary(scope)
	if err != nil {
		return nil, err
	}
	if n, err = p.weighted(start, n); err != nil {
		return nil, err
	}
	if fault := p.glued(); fault != nil {
		return nil, fault
	}
	return n, nil
}

func (p *parser) primary(scope string) (Node, error) {
	switch p.tok.kind {
	case tokFault:
		return nil, p.tok.fault
	case tokOpen:
		return p.group(scope)
	case tokField:
		return p.field(scope)
	case tokQuoted:
		return p.quoted(scope)
	case tokRegexp:
		return p.regexp(scope)
	case tokRun:
		return p.run(scope)
	case tokTilde, tokCaret:
		return nil, strayFault(p.tok)
	}
	return nil, p.missing()
}

// follows reports whether the next token is of the kind and stands directly after the last one.
func (p *parser) follows(k kind) bool { return p.tok.kind == k && p.tok.at.Start == p.prev.at.End }

func (p *parser) group(scope string) (Node, error) {
	open := p.tok
	p.advance()
	if err := p.enter(open.at); err != nil {
		return nil, err
	}
	n, err := p.or(scope)
	if err != nil {
		return nil, err
	}
	if p.tok.kind != tokClose {
		return nil, unclosed(open)
	}
	p.advance()
	p.depth--
	return n, nil
}

func (p *parser) enter(at Span) error {
	p.depth++
	if p.depth > MaxDepth {
		return &Error{at, fmt.Sprintf("more than %d parentheses or NOTs inside one another, each of which takes memory when the query is read", MaxDepth), "write the query flatter"}
	}
	return nil
}

func unclosed(open token) *Error {
	return &Error{open.at, "this parenthesis is not closed", "end the group with )"}
}

// missing says what is wrong where an operand should stand, or where the text should end.
func (p *parser) missing() *Error {
	if p.tok.fault != nil {
		return p.tok.fault
	}
	if p.tok.isBinary() {
		if p.tok.kind == tokNear && p.tok.op == OpNear && p.prev.kind == tokNot {
			return &Error{Span{p.prev.at.Start, p.tok.at.End}, p.tok.text + " stands directly after " + p.prev.text, "write NOT" + p.tok.text}
		}
		if p.prev.isBinary() || p.prev.kind == tokNot {
			return &Error{p.tok.at, p.tok.text + " stands directly after " + p.prev.text, "leave one of them out"}
		}
		return &Error{p.tok.at, p.tok.text + " has nothing on its left", forWord(p.tok.text)}
	}
	switch p.prev.kind {
	case tokAnd, tokOr, tokNot, tokNear:
		return &Error{p.prev.at, p.prev.text + " has nothing on its right", forWord(p.prev.text)}
	case tokOpen:
		if p.tok.kind == tokEnd {
			return unclosed(p.prev)
		}
		return &Error{Span{p.prev.at.Start, p.tok.at.End}, "the parentheses are empty", "write something between them, or leave them out"}
	}
	return &Error{p.tok.at, "no parenthesis is open here", "leave it out, or write ( before the group"}
}

func forWord(op string) string {
	if !hasWord(op) {
		return "write a word there, or leave it out"
	}
	return "to search for the word, write " + quote(op) + " in quotes"
}

// newOr joins alternatives; an Or inside an Or says nothing new.
func newOr(at Span, nodes []Node) Node {
	if len(nodes) == 1 {
		return nodes[0]
	}
	flat := make([]Node, 0, len(nodes))
	for _, n := range nodes {
		if or, ok := n.(Or); ok {
			flat = append(flat, or.Nodes...)
		} else {
			flat = append(flat, n)
		}
	}
	return Or{at, flat}
}

// newAnd joins conditions; an And without optional nodes inside an And says nothing new.
func newAnd(at Span, nodes []Node) Node {
	if len(nodes) == 1 {
		return nodes[0]
	}
	flat := make([]Node, 0, len(nodes))
	for _, n := range nodes {
		if and, ok := n.(And); ok && len(and.Optional) == 0 {
			flat = append(flat, and.Nodes...)
		} else {
			flat = append(flat, n)
		}
	}
	return And{At: at, Nodes: flat}
}

// newList puts clauses side by side. A NOT among them is an exclusion, as a reader of "oil NOT gas" takes it.
func newList(at Span, clauses []Clause) Node {
	if len(clauses) == 1 {
		return clauses[0].plain(at)
	}
	for i, c := range clauses {
		if not, ok := c.Node.(Not); ok && c.Occur == Bare {
			clauses[i] = Clause{MustNot, not.Node}
		}
	}
	return List{at, clauses}
}
