package enginetest

import (
	"context"
	"errors"
	"fmt"
	"math"

	"dateline/index"
)

// decide decides something at random in both, perhaps what cannot be.
func (r *round) decide(ctx context.Context) {
	batch := make([]index.Decision, 1+r.IntN(2))
	for i := range batch {
		batch[i] = r.decision()
	}
	got, err1 := r.engine.Decide(ctx, batch)
	want, err2 := r.oracle.Decide(ctx, batch)
	for _, list := range [][]index.Decision{got, want} {
		for i := range list {
			list[i].Time = index.Time{}
		}
	}
	if text(got) != text(want) || faultOf(err1) != faultOf(err2) {
		r.fault("Decide %s:\n got %s, %v\nwant %s, %v", text(batch), text(got), err1, text(want), err2)
	}
}

// faultOf writes what a decision failed for, with its place in the list, and any other error.
func faultOf(err error) string {
	if d := (*index.DecisionError)(nil); errors.As(err, &d) {
		return fmt.Sprintf("%d: %s", d.Index, d)
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// decision makes a decision about names that articles have, mostly.
func (d *dice) decision() index.Decision {
	typ := pick(d, index.EntityTypes)
	name := func() string {
		if d.one(8) {
			return pick(d, []string{"Nobody Yet", "Somebody Else", "nobody yet", formsOf[typ][0]})
		}
		return pick(d, values[index.Field(typ)])
	}
	decision := index.Decision{Type: typ, Name: name(), By: pick(d, []string{"", "a\treader"})}
	decision.Action = pick(d, []index.Action{index.ActionMerge, index.ActionMerge, index.ActionSplit, index.ActionApart, index.ActionRename,
		index.ActionHide, index.ActionShow, index.ActionUndo, index.ActionUndo})
	switch decision.Action {
	case index.ActionMerge, index.ActionApart, index.ActionRename:
		decision.Other = name()
	case index.ActionUndo:
		decision.Undoes = d.IntN(4)
	}
	return decision
}

// compareNames compares what both know of names: the log, an entity, the suggestions, a network.
func (r *round) compareNames(ctx context.Context, req index.Request) {
	typ := pick(r.dice, index.EntityTypes)
	name := pick(r.dice, append([]string{"Nobody Yet", formsOf[typ][0]}, values[index.Field(typ)]...))
	for _, one := range []struct {
		what string
		ask  func(index.Engine) (any, error)
	}{
		{"decisions", func(e index.Engine) (any, error) {
			list, err := e.Decisions(ctx)
			for i := range list {
				list[i].Time = index.Time{}
			}
			return list, err
		}},
		{"entity " + typ + " " + name, func(e index.Engine) (any, error) { return e.Entity(ctx, typ, name) }},
		{"suggestions", func(e index.Engine) (any, error) {
			return suggestionsOf(ctx, e, pick(newDice(1), []string{typ, ""}), 1+len(name)%3)
		}},
		{"all suggestions", func(e index.Engine) (any, error) { return suggestionsOf(ctx, e, "", 1000) }},
	} {
		got, err1 := one.ask(r.engine)
		want, err2 := one.ask(r.oracle)
		if g, w := text(got), text(want); g != w || err1 == nil != (err2 == nil) {
			r.fault("%s:\n got %s, %v\nwant %s, %v", one.what, g, err1, w, err2)
		}
	}
	o := index.NetworkOptions{Size: pick(r.dice, []int{0, 1, 3, 500}), Edges: r.one(2), By: pick(r.dice, []index.Order{"", index.OrderStrength})}
	if r.one(3) {
		o.Types = []string{typ}
	}
	got, err1 := r.engine.Network(ctx, req, o)
	want, err2 := r.oracle.Network(ctx, req, o)
	if err := sameNetwork(got, want, err1, err2); err != nil {
		r.fault("network %+v of %s\n%s\n%w", o, req.Query, show(req), err)
	}
}

// suggestionsOf returns suggestions with their number.
func suggestionsOf(ctx context.Context, e index.Engine, typ string, size int) (any, error) {
	list, total, err := e.Suggestions(ctx, typ, size)
	return struct {
		List  []index.Suggested
		Total int
	}{list, total}, err
}

// sameNetwork compares two networks, strengths but for rounding.
func sameNetwork(got, want *index.Network, err1, err2 error) error {
	if err1 != nil || err2 != nil {
		return fmt.Errorf("got the error %v, want %v", err1, err2)
	}
	for _, n := range []*index.Network{got, want} {
		for i := range n.Nodes {
			n.Nodes[i].Strength = rounded(n.Nodes[i].Strength)
		}
		for i := range n.Edges {
			n.Edges[i].Strength = rounded(n.Edges[i].Strength)
		}
	}
	if g, w := text(got), text(want); g != w {
		return fmt.Errorf("got %s\nwant %s", g, w)
	}
	return nil
}

func rounded(f float64) float64 { return math.Round(f*1e6) / 1e6 }
