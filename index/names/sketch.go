package names

import "math"

// Sketch is what is seen of a name at a glance. It is small and has no pointers: to look at many names of an archive one after
// the other is mostly to wait for memory.
type Sketch struct {
	first, last, all signs  // the signs of the first word, the last one and all of them; of a person all is how the name begins
	called           signs  // of all letters, and of the acronyms that it is, has or makes
	letters, sounds  uint32 // the ends of all letters and of their key, which is not always known
	words            uint8
	links            links
}

// links are what may make names one that have no words in common, and what they are of.
type links uint8

const (
	hasAcronym links = 1 << iota
	hasTwo           // a name in parentheses
	isKnown
	isOffice
	isPerson
)

// Sketch makes it.
func (n *Name) Sketch() (s Sketch) {
	if len(n.Words) == 0 {
		return s
	}
	s = Sketch{first: n.Words[0].signs, last: n.Words[len(n.Words)-1].signs, all: n.signs, letters: endsOf(n.all), sounds: endsOf(n.sounds),
		words: uint8(len(n.Words))}
	if n.Type == Person {
		s.links |= isPerson
		s.all = n.beginning()
		return s
	}
	s.called.add(signsOf(hashOf(n.all)))
	for _, acronym := range n.initials {
		s.called.add(signsOf(hashOf(acronym)))
	}
	if n.Acronym != "" {
		s.links |= hasAcronym
		s.called.add(signsOf(hashOf(n.Acronym)))
	}
	if n.long != nil {
		s.links |= hasTwo
	}
	if n.known != 0 {
		s.links |= isKnown
	}
	if n.office {
		s.links |= isOffice
	}
	return s
}

// beginning is such that two people have a bit in common if their first names agree in any way, or the first name of one with another
// one of the other.
func (n *Name) beginning() signs {
	if n.Words[0].Initial() { // which may be that of any
		return signs{math.MaxUint64, math.MaxUint64}
	}
	bits := n.Words[0].signs
	for _, g := range n.Words[0].groups() {
		bits.add(signsOf(uint32(g)))
	}
	for i := 1; i < len(n.Words)-1; i++ {
		bits.add(n.Words[i].signs)
	}
	return bits
}

// endsOf is how long a text is, and its first and last bytes; 0 of none.
func endsOf(s string) uint32 {
	if s == "" {
		return 0
	}
	return uint32(len(s))<<16 | uint32(s[0])<<8 | uint32(s[len(s)-1])
}

// Apart reports whether it is plain that two names of one type have nothing in common: the score of [Compare] is 0 then, that of
// people in an article -1. Most of two names are such, but not all such are seen.
func (s *Sketch) Apart(o *Sketch) bool {
	switch {
	case s.words == 0 || o.words == 0:
		return false
	case s.links&isPerson != 0:
		return !s.last.meets(&o.first) && !s.first.meets(&o.last) && (!s.last.meets(&o.last) || !s.all.meets(&o.all)) &&
			(s.words == o.words || !s.first.meets(&o.first) && s.sounds != 0 && o.sounds != 0 && s.sounds != o.sounds)
	case s.letters == o.letters || (s.links|o.links)&hasTwo != 0 || s.links&o.links&(isKnown|isOffice) != 0:
		return false
	case (s.links|o.links)&hasAcronym != 0 && s.called.meets(&o.called):
		return false
	case s.words > o.words:
		s, o = o, s
	}
	return !s.first.meets(&o.all) || !s.last.meets(&o.all)
}
