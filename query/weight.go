package query

import (
	"strconv"
	"strings"
)

// weighted reads the weight after an operand, if there is one.
func (p *parser) weighted(start int, n Node) (Node, error) {
	if !p.follows(tokCaret) {
		return n, nil
	}
	t := p.tok
	p.advance()
	by, fault := readWeight(t.text)
	if fault != nil {
		fault.At = t.at
		return nil, fault
	}
	found := false
	Walk(n, func(n Node) bool {
		found = found || IsProse(n)
		return !found
	})
	if !found {
		return nil, &Error{t.at, "a weight is for words: values, dates and other conditions do not count in the ranking", "leave it out"}
	}
	return Boost{p.since(start), n, by}, nil
}

// readWeight reads the number after ^. The fault comes without a place.
func readWeight(text string) (float64, *Error) {
	const (
		most    = 1000 // more is no weight but an order, which sorting does better
		longest = 16   // bytes, as printed
		example = "write a number directly after it, as in oil^2 or oil^0.5"
	)
	if text == "" {
		return 0, &Error{Detail: "no number follows ^", Hint: example}
	}
	by, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil, strings.Trim(text, "0123456789.") != "":
		return 0, &Error{Detail: short(text) + " after ^ is not a number", Hint: example}
	case by <= 0 || by > most:
		return 0, &Error{Detail: "a weight is above 0 and at most " + thousands(most) + ", beside which nothing else counts", Hint: example}
	case len(strconv.FormatFloat(by, 'f', -1, 64)) > longest:
		return 0, &Error{Detail: "the weight has more digits than matter", Hint: example}
	}
	return by, nil
}
