package embedded

import (
	"encoding/binary"
	"errors"
	"regexp/syntax"
	"slices"
	"unicode/utf8"
)

// Bounds of a regular expression: its instructions, each of which a step looks at, and the states of the automaton, which are
// made as a dictionary is walked. Those that people write have some dozens of each.
const (
	maxInstructions = 500
	maxStates       = 20_000
)

// machine is a regular expression made ready to run over the terms of dictionaries, each of which it has to match from end
// to end.
type machine struct{ prog *syntax.Prog }

// errAutomaton says that a regular expression has more instructions than a search is worth, or what terms do not have.
var (
	errAutomaton = errors.New("it is too large")
	errBoundary  = errors.New(`\b and \B have no place inside of a word`)
)

func newMachine(re *syntax.Regexp) (*machine, error) {
	prog, err := syntax.Compile(re.Simplify())
	if err != nil {
		return nil, err
	}
	if len(prog.Inst) > maxInstructions {
		return nil, errAutomaton
	}
	for i := range prog.Inst {
		if in := &prog.Inst[i]; in.Op == syntax.InstEmptyWidth &&
			syntax.EmptyOp(in.Arg)&(syntax.EmptyWordBoundary|syntax.EmptyNoWordBoundary) != 0 {
			return nil, errBoundary
		}
	}
	return &machine{prog}, nil
}

// walk makes the automaton for one walk through a dictionary: deterministic, its states made when they are come to (Thompson,
// Regular expression search algorithm, 1968; as in RE2).
func (m *machine) walk() *walker {
	w := &walker{machine: m, known: map[string]int{}, seen: make([]uint32, len(m.prog.Inst))}
	w.states = append(w.states, patternState{}, patternState{}) // none, and the dead one
	set := w.closure(nil, uint32(m.prog.Start), syntax.EmptyBeginText|syntax.EmptyBeginLine)
	w.start = w.state(set, nil)
	return w
}

// walker is an automaton over bytes. It implements automaton.
type walker struct {
	*machine
	states []patternState
	known  map[string]int
	start  int
	full   bool // there were too many states: what was accepted is not all
	// seen[i] is the round in which instruction i was last put into the set being made.
	seen  []uint32
	round uint32
	key   []byte
}

var _ automaton = (*walker)(nil)

// patternState is a set of instructions to go on from, and the bytes read of a character that is not complete.
type patternState struct {
	set     []uint32
	pending []byte
	match   bool
	next    []int32 // by byte; 0 when not made yet
}

const dead = 1

// Start implements automaton.
func (w *walker) Start() int { return w.start }

// IsMatch implements automaton.
func (w *walker) IsMatch(s int) bool { return w.states[s].match }

// CanMatch implements automaton.
func (w *walker) CanMatch(s int) bool { return s != dead }

// Accept implements automaton.
func (w *walker) Accept(s int, b byte) int {
	if s == dead {
		return dead
	}
	if w.states[s].next == nil {
		w.states[s].next = make([]int32, 256)
	}
	next := w.states[s].next[b]
	if next == 0 {
		next = int32(w.step(s, b))
		w.states[s].next[b] = next
	}
	return int(next)
}

func (w *walker) step(s int, b byte) int {
	at := &w.states[s]
	r, pending := rune(b), at.pending
	if b >= utf8.RuneSelf || len(pending) > 0 {
		pending = append(slices.Clone(pending), b)
		if !utf8.FullRune(pending) {
			return w.state(at.set, pending)
		}
		r, _ = utf8.DecodeRune(pending)
	}
	var set []uint32
	w.round++
	for _, i := range at.set {
		if in := &w.prog.Inst[i]; in.Op != syntax.InstEmptyWidth && in.MatchRune(r) {
			set = w.follow(set, in.Out, 0)
		}
	}
	return w.state(set, nil)
}

// closure appends the instructions that a character can be read at, or that wait for the end, from one on.
func (w *walker) closure(set []uint32, from uint32, holds syntax.EmptyOp) []uint32 {
	w.round++
	return w.follow(set, from, holds)
}

func (w *walker) follow(set []uint32, i uint32, holds syntax.EmptyOp) []uint32 {
	if w.seen[i] == w.round {
		return set
	}
	w.seen[i] = w.round
	switch in := &w.prog.Inst[i]; in.Op {
	case syntax.InstFail:
		return set
	case syntax.InstAlt, syntax.InstAltMatch:
		return w.follow(w.follow(set, in.Out, holds), in.Arg, holds)
	case syntax.InstCapture, syntax.InstNop:
		return w.follow(set, in.Out, holds)
	case syntax.InstEmptyWidth:
		if syntax.EmptyOp(in.Arg)&^holds == 0 {
			return w.follow(set, in.Out, holds)
		}
		return append(set, i)
	}
	return append(set, i)
}

// state returns the number of a state.
func (w *walker) state(set []uint32, pending []byte) int {
	if len(set) == 0 {
		return dead
	}
	slices.Sort(set)
	w.key = append(w.key[:0], byte(len(pending)))
	w.key = append(w.key, pending...)
	for _, i := range set {
		w.key = binary.LittleEndian.AppendUint32(w.key, i)
	}
	if s, ok := w.known[string(w.key)]; ok {
		return s
	}
	if len(w.states) > maxStates {
		w.full = true
		return dead
	}
	s := len(w.states)
	w.known[string(w.key)] = s
	w.states = append(w.states, patternState{set: set, pending: pending, match: len(pending) == 0 && w.matches(set)})
	return s
}

// matches reports whether a term may end in a state.
func (w *walker) matches(set []uint32) bool {
	w.round++
	for _, i := range set {
		if w.prog.Inst[i].Op == syntax.InstMatch {
			return true
		}
		if w.prog.Inst[i].Op == syntax.InstEmptyWidth {
			for _, j := range w.follow(nil, i, syntax.EmptyEndText|syntax.EmptyEndLine) {
				if w.prog.Inst[j].Op == syntax.InstMatch {
					return true
				}
			}
		}
	}
	return false
}
