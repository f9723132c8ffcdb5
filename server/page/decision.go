package page

import (
	"strconv"

	"dateline/index"
)

// DecidePath is where the forms that decide are sent, with the fields action, type, name, other and undoes as a decision has
// them, and back, the address of the page that the form stands on.
const DecidePath = EntityPath + "decide"

// ActionTake is a merge with the two exchanged: the name of the page stays.
const ActionTake index.Action = "take"

// DecisionFault says beside the form that asked for it why a decision cannot be.
type DecisionFault struct {
	Decision index.Decision // as the form had it
	Detail   string         // in a sentence without a full stop
	Hint     string         // what to do instead, or ""
}

func (f DecisionFault) text() string {
	text := sentence(f.Detail)
	if f.Hint != "" {
		text += " " + sentence(f.Hint)
	}
	return text
}

// ask is a form that asks for a decision: a button, or a box for a name and one or two buttons.
type ask struct {
	index.Decision
	Back    string
	Buttons []askButton
	About   string // what a button is about, for those who do not see where it stands
	Fault   string
	ID      string // of the box; "" without one
	Label   string
	Value   string // what the box begins with
	List    string // id of the names to choose from
}

// askButton is a way to send a form. Action is "" where the form itself has it.
type askButton struct {
	Text   string
	Action index.Action
}

// desk makes the forms of one page. A nil desk makes none: the reader may not decide.
type desk struct {
	back  string
	fault *DecisionFault
	told  bool // a form says what the fault is
}

func newDesk(may bool, p params, fault *DecisionFault) *desk {
	if !may {
		return nil
	}
	return &desk{back: p.URL(), fault: fault}
}

// button makes a form that is a button.
func (d *desk) button(text, about string, decision index.Decision) *ask {
	if d == nil {
		return nil
	}
	a := &ask{Decision: decision, Back: d.back, Buttons: []askButton{{Text: text}}, About: about}
	d.tell(a, decision.Action)
	return a
}

// box makes a form with a box for the other name.
func (d *desk) box(a ask, buttons ...askButton) *ask {
	if d == nil {
		return nil
	}
	a.Back, a.Buttons = d.back, buttons
	for _, b := range buttons {
		d.tell(&a, b.Action)
	}
	return &a
}

// tell puts the fault into the form that asked for the decision.
func (d *desk) tell(a *ask, action index.Action) {
	if d.fault == nil || d.told {
		return
	}
	asked := d.fault.Decision
	if action != asked.Action || a.Type != asked.Type || a.Name != asked.Name || a.Undoes != asked.Undoes {
		return
	}
	if a.ID != "" {
		a.Value = asked.Other
	} else if a.Other != asked.Other {
		return
	}
	a.Fault, d.told = d.fault.text(), true
}

// untold is a fault that no form of the page has: that of a form that is gone, or of none.
func (d *desk) untold(fault *DecisionFault) string {
	if fault == nil || d != nil && d.told {
		return ""
	}
	return fault.text()
}

// undo makes the button that takes a decision back, where it is in force.
func (d *desk) undo(decision index.Decision) *ask {
	if decision.Undone || decision.Action == index.ActionUndo {
		return nil
	}
	return d.button("Undo", "decision "+strconv.Itoa(decision.Number), index.Decision{Action: index.ActionUndo, Undoes: decision.Number})
}

// said is a decision in words, with links to the names' pages.
type said struct {
	Verb  string
	Name  link
	Join  string
	Other link
	End   string
}

// say writes a decision. all is the log, where that which an undo takes back is found.
func say(d index.Decision, all []index.Decision) said {
	if d.Action == index.ActionUndo {
		s := said{Verb: "took back decision " + number(d.Undoes)}
		if i := d.Undoes - 1; i >= 0 && i < len(all) && all[i].Action != index.ActionUndo {
			undone := say(all[i], nil)
			undone.Verb = s.Verb + ": " + undone.Verb
			return undone
		}
		return s
	}
	s := said{Name: entityLink(d.Type, d.Name)}
	switch d.Action {
	case index.ActionMerge:
		s.Verb, s.Join, s.Other = "merged", "into", entityLink(d.Type, d.Other)
	case index.ActionSplit:
		s.Verb, s.End = "split off", ", which stands alone now"
	case index.ActionApart:
		s.Verb, s.Join, s.Other = "kept apart", "and", entityLink(d.Type, d.Other)
	case index.ActionRename:
		s.Verb, s.Join, s.Other = "renamed", "to", entityLink(d.Type, d.Other)
	case index.ActionHide:
		s.Verb = "hid"
	case index.ActionShow:
		s.Verb, s.End = "showed", " again"
	default:
		s.Verb = string(d.Action)
	}
	return s
}

// logLine is a decision in the log.
type logLine struct {
	Number int
	Date   date
	By     string
	Kind   string // what it is about: "person"
	Said   said
	Undone bool
	Undo   *ask
}

// newLog lists decisions, the latest first, at most so many of those that are about what is looked at.
func newLog(d *desk, all []index.Decision, most int, about func(index.Decision) bool) (list []logLine, total int) {
	for i := len(all) - 1; i >= 0; i-- {
		x := all[i]
		if about != nil && !about(x) {
			continue
		}
		if total++; total > most {
			continue
		}
		list = append(list, logLine{
			Number: x.Number, Date: newDate(x.Time, "minute"), By: x.By, Kind: fieldNames[index.Field(x.Type)].one,
			Said: say(x, all), Undone: x.Undone, Undo: d.undo(x),
		})
	}
	return list, total
}

// done is the notice of what was just decided.
type done struct {
	Said said
	Undo *ask
}

// newDone makes the notice, if the decision of the number is the last of the log and in force: an address that somebody keeps
// says no old news.
func newDone(d *desk, all []index.Decision, number int) *done {
	if len(all) == 0 || all[len(all)-1].Number != number || all[len(all)-1].Undone {
		return nil
	}
	last := all[len(all)-1]
	return &done{say(last, all), d.undo(last)}
}

// suggestion is a pair of entities that may be one.
type suggestion struct {
	Kind         string
	Name, Other  link // the one with more articles, and the other
	Count, Minor string
	Reason       string
	Together     string
	Shared       []link
	Company      string // how far they keep the same company, "" where they share none
	Days         string // between the times of the two, "" where these overlap
	Same, Apart  *ask
}

func newSuggestion(d *desk, s index.Suggested) suggestion {
	v := suggestion{
		Kind: fieldNames[index.Field(s.Type)].one, Name: entityLink(s.Type, s.Name), Other: entityLink(s.Type, s.Other),
		Count: count(s.Articles[0], "article", "articles"), Minor: count(s.Articles[1], "article", "articles"),
		Reason: s.Reason, Together: "no article names both",
	}
	switch {
	case s.Together == 1:
		v.Together = "1 article names both"
	case s.Together > 1:
		v.Together = number(s.Together) + " articles name both"
	}
	for _, name := range s.Shared {
		v.Shared = append(v.Shared, link{Text: name})
	}
	if len(s.Shared) > 0 {
		v.Company = share(s.Company)
	}
	if s.DaysApart > 0 {
		v.Days = count(s.DaysApart, "day", "days")
	}
	about := s.Other + " and " + s.Name
	v.Same = d.button("Same", about, index.Decision{Action: index.ActionMerge, Type: s.Type, Name: s.Other, Other: s.Name})
	v.Apart = d.button("Not the same", about, index.Decision{Action: index.ActionApart, Type: s.Type, Name: s.Other, Other: s.Name})
	return v
}

func newSuggestions(d *desk, list []index.Suggested) (views []suggestion) {
	for _, s := range list {
		views = append(views, newSuggestion(d, s))
	}
	return views
}
