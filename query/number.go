package query

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// numberForms is the hint of a number that cannot be read.
const numberForms = "write 500, 100..500, 100.., ..500, >500, >=500, <500 or <=500"

// maxNumber is the largest number that can be asked for; no article has so many words.
const maxNumber = 999_999_999

// numbers makes a node of a written number or range.
func numbers(scope string, t token) (Node, error) {
	n, fault := readNumbers(t.text)
	if fault != nil {
		fault.At = t.at
		return nil, fault
	}
	n.At, n.Field = t.at, scope
	return n, nil
}

// readNumbers reads all forms of a number. Faults come without a place.
func readNumbers(text string) (Number, *Error) {
	if text != "" && isBracket(text[0]) {
		b, fault := readBrackets(text)
		if fault != nil {
			return Number{}, fault
		}
		return b.numbers()
	}
	for _, op := range []string{">=", "<=", ">", "<"} {
		if rest, ok := strings.CutPrefix(text, op); ok {
			if rest == "" {
				return Number{}, &Error{Detail: "no number follows " + op, Hint: "write it without a space, as in " + op + "500"}
			}
			n, fault := readNumber(rest)
			if fault != nil {
				return Number{}, fault
			}
			return compareNumber(op, n)
		}
	}
	from, to, isRange := strings.Cut(text, "..")
	if !isRange {
		to = from
	}
	if from == "" && to == "" {
		return Number{}, &Error{Detail: "the range of numbers has no ends", Hint: numberForms}
	}
	low, high := 0, math.MaxInt
	var fault *Error
	if from != "" {
		if low, fault = readNumber(from); fault != nil {
			return Number{}, fault
		}
	}
	if to != "" {
		if high, fault = readNumber(to); fault != nil {
			return Number{}, fault
		}
	}
	return newNumber(low, high)
}

func compareNumber(op string, n int) (Number, *Error) {
	switch {
	case op == ">=":
		return newNumber(n, math.MaxInt)
	case op == "<=":
		return newNumber(0, n)
	case op == ">":
		return Number{From: n + 1, To: math.MaxInt, Text: ">" + strconv.Itoa(n)}, nil
	case n == 0:
		return Number{}, &Error{Detail: "nothing has less than 0", Hint: "write 0 or a larger number"}
	}
	return Number{From: 0, To: n - 1, Text: "<" + strconv.Itoa(n)}, nil
}

// newNumber makes the range from low to high, both included.
func newNumber(low, high int) (Number, *Error) {
	n := Number{From: low, To: high}
	switch {
	case low > high:
		return n, &Error{Detail: "the range runs backwards", Hint: fmt.Sprintf("write %d..%d", high, low)}
	case high == math.MaxInt:
		n.Text = strconv.Itoa(low) + ".."
	case low == high:
		n.Text = strconv.Itoa(low)
	case low == 0:
		n.Text = ".." + strconv.Itoa(high)
	default:
		n.Text = strconv.Itoa(low) + ".." + strconv.Itoa(high)
	}
	return n, nil
}

func readNumber(text string) (int, *Error) {
	n, ok := readCount(text)
	switch {
	case ok && n > maxNumber:
		return 0, &Error{Detail: "the number is larger than " + thousands(maxNumber) + ", and no article has so many", Hint: "write a smaller one"}
	case ok:
		return n, nil
	}
	hint := numberForms
	if plain := strings.Map(func(r rune) rune {
		if strings.ContainsRune(",.'_", r) {
			return -1
		}
		return r
	}, text); plain != text {
		if n, ok := readCount(plain); ok && n <= maxNumber {
			hint = "write " + strconv.Itoa(n)
		}
	}
	return 0, &Error{Detail: fmt.Sprintf("%q is not a number", short(text)), Hint: hint}
}

// numbers makes a range of two ends in brackets.
func (b brackets) numbers() (Number, *Error) {
	low, high := 0, math.MaxInt
	var fault *Error
	if b.from != "*" {
		if low, fault = readNumber(b.from); fault != nil {
			return Number{}, fault
		}
	}
	if b.to != "*" {
		if high, fault = readNumber(b.to); fault != nil {
			return Number{}, fault
		}
	}
	if low > high {
		return newNumber(low, high)
	}
	if b.from != "*" && !b.withFrom {
		low++
	}
	if b.to != "*" && !b.withTo {
		high--
	}
	if low > high || high < 0 {
		return Number{}, &Error{Detail: "nothing lies in this range", Hint: "write [ and ] to have its ends in it"}
	}
	return newNumber(low, high)
}
