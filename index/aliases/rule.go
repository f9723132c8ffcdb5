package aliases

import (
	"dateline/index/names"
)

// class is what the archive does with two names that are alike.
type class uint8

const (
	suggests  class = iota // somebody has to say
	ifDefined              // one by rule where an article says what the acronym stands for
	merges                 // one by rule
)

// classify says what the archive does with a verdict. It is stricter than [names.Merge]: what is right on pairs that somebody
// wrote down is wrong on some of the millions that an archive has.
func classify(a, b *names.Name, v names.Verdict) class {
	if !v.Merges() {
		return suggests
	}
	c := merges
	for _, s := range strictures {
		if s.reason == v.Reason && (s.typ == "" || s.typ == a.Type) && s.applies(a, b, v) {
			c = min(c, s.class)
		}
	}
	return c
}

// stricture is where the archive merges less than package names would.
type stricture struct {
	typ, reason string // of the verdict
	applies     func(a, b *names.Name, v names.Verdict) bool
	class       class
	why         string
}

func always(a, b *names.Name, v names.Verdict) bool { return true }

var strictures = []stricture{
	{"", "the acronym fits the words", always, ifDefined, "three initials fit dozens of names: CMS is no Chicago Medical School"},
}
