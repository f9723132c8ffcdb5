package aliases

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/index"
	"dateline/index/analysis"
)

// Log is the decisions in their order. The zero Log is empty. It is for one goroutine; what it returns is never changed.
type Log struct {
	list    []index.Decision
	decided *Decided // nil when it has to be made
}

// Add appends decisions, all or none, and returns them with their numbers. A zero Time becomes now; Number and Undone are not
// looked at. Whether a name is already another's only a [Book] knows: see Book.Check. Error: *index.DecisionError.
func (l *Log) Add(now index.Time, decisions []index.Decision) ([]index.Decision, error) {
	list := slices.Clone(l.list)
	for i, d := range decisions {
		d.Number, d.Undone = len(list)+1, false
		if d.Time.IsZero() {
			d.Time = now
		}
		d.Time = index.At(d.Time.Time)
		err := check(&d)
		if err == nil && d.Action == index.ActionUndo {
			err = undo(list, &d)
		}
		if err != nil {
			err.Index = i
			return nil, err
		}
		list = append(list, d)
	}
	added := list[len(l.list):]
	l.list, l.decided = list, nil
	return slices.Clone(added), nil
}

// Decide is Add for an engine: one decision after the other is also checked against the state that those before it make. The log
// stays as it was when any of them cannot be. What is before is made when it is asked for. Errors: *index.DecisionError with the place in the list; those of may.
func (l *Log) Decide(now index.Time, list []index.Decision, may func(before func() *Decided, d index.Decision) error) ([]index.Decision, error) {
	log, added := *l, []index.Decision{} // a copy, which leaves the log as it is
	for i, d := range list {
		before := log
		one, err := log.Add(now, list[i:i+1])
		if err == nil {
			err = may(before.Decided, d)
		}
		var fault *index.DecisionError
		if errors.As(err, &fault) {
			fault.Index = i
		}
		if err != nil {
			return nil, err
		}
		added = append(added, one...)
	}
	*l = log
	return added, nil
}

// All returns the log.
func (l *Log) All() []index.Decision { return slices.Clip(l.list) }

// Decided returns what is in force.
func (l *Log) Decided() *Decided {
	if l.decided == nil {
		l.decided = decide(l.list)
	}
	return l.decided
}

// Import returns the decisions of another log that are in force there, ready for Add: without numbers and what was undone.
// Those that are in force here are left out: of the same time, or of none.
func (l *Log) Import(list []index.Decision) []index.Decision {
	have := map[index.Decision]bool{}
	for _, d := range l.list {
		if inForce(d) {
			have[content(d)] = true
			d.Time = index.Time{}
			have[content(d)] = true
		}
	}
	added := []index.Decision{}
	for _, d := range list {
		if inForce(d) && !have[content(d)] {
			have[content(d)] = true
			d.Number = 0
			added = append(added, d)
		}
	}
	return added
}

func inForce(d index.Decision) bool { return !d.Undone && d.Action != index.ActionUndo }

// content is what a decision says, whoever says it.
func content(d index.Decision) index.Decision {
	return index.Decision{Time: d.Time, Action: d.Action, Type: d.Type, Name: d.Name, Other: d.Other}
}

// actions are the actions with how many names each takes.
var actions = map[index.Action]int{
	index.ActionMerge: 2, index.ActionSplit: 1, index.ActionApart: 2, index.ActionRename: 2, index.ActionHide: 1,
	index.ActionShow: 1, index.ActionUndo: 0,
}

// check reports what cannot be of a decision by itself, and clears what its action does not look at.
func check(d *index.Decision) *index.DecisionError {
	takes, known := actions[d.Action]
	y := d.Time.Year()
	switch {
	case y < 1 || y > 9999:
		return fault(fmt.Sprintf("the year %d cannot be kept", y), "")
	case !known:
		return fault(fmt.Sprintf("there is no action %q", d.Action), "use merge, split, apart, rename, hide, show or undo")
	case d.Action == index.ActionUndo:
		d.Type, d.Name, d.Other = "", "", ""
		return checkText("by", d.By)
	case d.Undoes != 0:
		return fault(fmt.Sprintf("%s undoes nothing", d.Action), "use undo with the number of a decision")
	case !slices.Contains(index.EntityTypes, d.Type):
		return fault(fmt.Sprintf("there is no type %q", d.Type), "use person, org or place")
	case takes == 1 && d.Other != "":
		return fault(fmt.Sprintf("%s takes one name, not also %q", d.Action, d.Other), "leave the second name out")
	}
	for _, text := range [...][2]string{{"by", d.By}, {"name", d.Name}, {"other", d.Other}} {
		if err := checkText(text[0], text[1]); err != nil {
			return err
		}
	}
	return checkNames(d, takes)
}

// checkText reports what no name can be.
func checkText(what, text string) *index.DecisionError {
	switch {
	case !utf8.ValidString(text):
		return fault(what+" is not valid UTF-8", "")
	case len(text) > index.MaxValueBytes:
		return fault(fmt.Sprintf("%s has %d bytes; at most %d are kept", what, len(text), index.MaxValueBytes), "")
	}
	return nil
}

func checkNames(d *index.Decision, takes int) *index.DecisionError {
	name, other := analysis.Fold(d.Name), analysis.Fold(d.Other)
	switch {
	case name == "":
		return fault(fmt.Sprintf("%s needs a name", d.Action), "say which "+d.Type+" is meant")
	case takes == 2 && other == "":
		return fault(fmt.Sprintf("%s needs two names", d.Action), "say the second one too")
	case name == other && d.Action == index.ActionMerge:
		return fault(fmt.Sprintf("%q and %q are one name already", d.Name, d.Other), "names that differ by case or accents only are the same; rename says how it is shown")
	case name == other && d.Action == index.ActionApart:
		return fault(fmt.Sprintf("%q and %q are one name", d.Name, d.Other), "two that are written the same cannot be told apart")
	}
	return nil
}

func fault(detail, hint string) *index.DecisionError {
	return &index.DecisionError{Detail: detail, Hint: hint}
}

// undo takes back what an undo asks for, and says in it what that was.
func undo(list []index.Decision, d *index.Decision) *index.DecisionError {
	if d.Undoes == 0 {
		for i := range list {
			if inForce(list[i]) {
				d.Undoes = i + 1
			}
		}
		if d.Undoes == 0 {
			return fault("nothing is left to undo", "")
		}
	}
	if d.Undoes < 1 || d.Undoes > len(list) {
		return fault(fmt.Sprintf("there is no decision %d to undo", d.Undoes), fmt.Sprintf("the log has %d", len(list)))
	}
	switch undone := &list[d.Undoes-1]; {
	case undone.Action == index.ActionUndo:
		return fault(fmt.Sprintf("decision %d is an undo, which cannot be undone", d.Undoes), "decide again what it took back")
	case undone.Undone:
		return fault(fmt.Sprintf("decision %d is undone already", d.Undoes), "")
	default:
		undone.Undone = true
	}
	return nil
}

// key is what decisions compare names by.
func key(name string) string { return analysis.Fold(strings.ToValidUTF8(name, "\uFFFD")) }
