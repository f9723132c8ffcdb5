package server

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dateline/index"
)

// take takes a parameter that a search does not have out of the parameters: its value, or "" where it is absent or empty.
func take(v url.Values, name string) (string, error) {
	values := v[name]
	v.Del(name)
	switch values = slices.Compact(values); len(values) {
	case 0:
		return "", nil
	case 1:
		return strings.TrimSpace(values[0]), nil
	}
	return "", &index.ParamError{Name: name, Detail: fmt.Sprintf("is given %d times with different values", len(values)), Hint: "give it once"}
}

// takeNumber takes a number between two bounds, inclusive.
func takeNumber(v url.Values, name string, otherwise, least, most int) (int, error) {
	value, err := take(v, name)
	if err != nil || value == "" {
		return otherwise, err
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > most {
		return 0, &index.ParamError{Name: name, Detail: fmt.Sprintf("must be a number from %d to %d, not %s", least, most, quote(value))}
	}
	return n, nil
}

// takeSwitch takes what is on or off.
func takeSwitch(v url.Values, name string, otherwise bool) (bool, error) {
	value, err := take(v, name)
	switch {
	case err != nil || value == "":
		return otherwise, err
	case value == "1" || value == "true":
		return true, nil
	case value == "0" || value == "false":
		return false, nil
	}
	return false, isOneOf(name, value, "1", "0")
}

// noneLeft refuses the parameters that nobody has taken.
func noneLeft(v url.Values, taken ...string) error {
	left := make([]string, 0, len(v))
	for name := range v {
		left = append(left, name)
	}
	if len(left) == 0 {
		return nil
	}
	return &index.ParamError{Name: shorten(slices.Min(left)), Detail: "is not a parameter here", Hint: "parameters are " + strings.Join(taken, " and ")}
}
