package aliases

import (
	"slices"

	"dateline/index"
)

// Decided is what is in force of the decisions. A nil Decided is none. It is never changed.
type Decided struct {
	rulings map[string]*ruling // by type
}

// of returns what is decided about the names of a type.
func (d *Decided) of(typ string) *ruling {
	if d != nil && d.rulings[typ] != nil {
		return d.rulings[typ]
	}
	return &ruling{}
}

// ruling is what is decided about the names of one type. Names are keys.
//
// Decisions are taken one after the other, and the later one has its way. A split or an apart takes Name, not Other, out of
// what it was merged into. A merge forgets that its names were apart, and what Name's side was shown as, or hidden. That a
// name was split stays, so that only those come back to it that it is merged with.
type ruling struct {
	sets   map[string]*set // of every name that is in one
	alone  map[string]bool // no rule joins it
	apart  map[[2]string]bool
	hidden map[string]flag
	text   map[string]string // of each name, as it was last written
}

// set is names that are one by decision, and how they are shown: as label, or as the entity by rule of holder, or, when both
// are "", as any entity is.
type set struct {
	names         []string
	label, holder string
	at            int // the number of the decision that said so
}

// flag is whether an entity is hidden, and since which decision: of the names of an entity, the last one tells.
type flag struct {
	hidden bool
	at     int
}

// decide takes all decisions that are in force.
func decide(list []index.Decision) *Decided {
	d := &Decided{rulings: map[string]*ruling{}}
	for _, one := range list {
		if !inForce(one) {
			continue
		}
		r := d.rulings[one.Type]
		if r == nil {
			r = &ruling{sets: map[string]*set{}, alone: map[string]bool{}, apart: map[[2]string]bool{}, hidden: map[string]flag{}, text: map[string]string{}}
			d.rulings[one.Type] = r
		}
		r.take(one)
	}
	return d
}

func (r *ruling) take(d index.Decision) {
	name, other := key(d.Name), key(d.Other)
	r.text[name] = d.Name
	if other != "" {
		r.text[other] = d.Other
	}
	switch d.Action {
	case index.ActionMerge:
		r.merge(name, other, d.Number)
	case index.ActionSplit:
		r.out(name)
		r.alone[name] = true
	case index.ActionApart:
		if s := r.sets[name]; s != nil && slices.Contains(s.names, other) {
			r.out(name)
		}
		r.apart[pairOf(name, other)] = true
	case index.ActionRename:
		r.rename(name, other, d)
	case index.ActionHide, index.ActionShow:
		r.hidden[name] = flag{d.Action == index.ActionHide, d.Number}
	}
}

func (r *ruling) merge(name, other string, number int) {
	a, b := r.set(name), r.set(other)
	if a == b {
		return
	}
	r.together(a, b)
	for _, n := range a.names {
		delete(r.hidden, n)
	}
	if b.label == "" && b.holder == "" {
		b.holder, b.at = other, number
	}
	r.add(b, a.names)
}

func (r *ruling) rename(name, other string, d index.Decision) {
	s := r.set(name)
	if other != name {
		if r.sets[other] != s {
			r.out(other)
		}
		if o := r.set(other); o != s {
			r.together(s, o)
			r.add(s, o.names)
		}
	}
	s.label, s.holder, s.at = d.Other, "", d.Number
}

// set returns the set of a name, made when it is in none.
func (r *ruling) set(name string) *set {
	s := r.sets[name]
	if s == nil {
		s = &set{}
		r.add(s, []string{name})
	}
	return s
}

func (r *ruling) add(s *set, names []string) {
	for _, n := range names {
		s.names = append(s.names, n)
		r.sets[n] = s
	}
}

// out takes a name out of its set.
func (r *ruling) out(name string) {
	s := r.sets[name]
	if s == nil {
		return
	}
	delete(r.sets, name)
	s.names = slices.DeleteFunc(s.names, func(n string) bool { return n == name })
	if s.holder == name {
		s.holder = ""
	}
	if key(s.label) == name {
		s.label = ""
	}
}

// together forgets what was decided apart between two sets.
func (r *ruling) together(a, b *set) {
	for _, x := range a.names {
		for _, y := range b.names {
			delete(r.apart, pairOf(x, y))
		}
	}
}

func pairOf(a, b string) [2]string { return [2]string{min(a, b), max(a, b)} }
