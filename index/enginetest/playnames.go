package enginetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dateline/index"
)

// askNames does a step about names and returns what it gave, as expectations ask for it. A fault that none expects is an error.
func (s *step) askNames(ctx context.Context, e index.Engine) (func(expectation) (string, error), error) {
	var get func(expectation) (string, error)
	var err error
	switch s.verb {
	case "decide":
		get, err = s.decide(ctx, e)
	case "entity":
		get, err = s.entity(ctx, e)
	case "suggestions":
		get, err = s.suggestions(ctx, e)
	default:
		get, err = s.network(ctx, e)
	}
	expected := slices.ContainsFunc(s.expect, func(x expectation) bool { return x.verb == "error" })
	switch {
	case expected && err == nil:
		return nil, errors.New("went well, want an error")
	case expected:
		return func(expectation) (string, error) { return writeFault(err), nil }, nil
	}
	return get, err
}

// writeFault writes what an engine says is wrong: the parameter, "not found", or of a decision the detail.
func writeFault(err error) string {
	decision := (*index.DecisionError)(nil)
	switch {
	case errors.Is(err, index.ErrNotFound):
		return "not found"
	case errors.As(err, &decision):
		return decision.Detail
	}
	if p := paramOf(err); p != "" {
		return p
	}
	return err.Error()
}

// decide decides what the line says: an action, a type and names; or undo, with a number or not.
func (s *step) decide(ctx context.Context, e index.Engine) (func(expectation) (string, error), error) {
	words := append(slices.Clone(s.ids), "", "", "", "")
	d := index.Decision{Action: index.Action(words[0]), Type: words[1], Name: words[2], Other: words[3], By: "script"}
	if d.Action == index.ActionUndo {
		d.Type = ""
		d.Undoes, _ = strconv.Atoi(words[1])
	}
	list, err := e.Decide(ctx, []index.Decision{d})
	if err != nil {
		return nil, err
	}
	return counts(map[string]int{"number": list[0].Number, "undoes": list[0].Undoes}), nil
}

func (s *step) entity(ctx context.Context, e index.Engine) (func(expectation) (string, error), error) {
	if len(s.ids) != 2 {
		return nil, errors.New("entity needs a type and a name")
	}
	info, err := e.Entity(ctx, s.ids[0], s.ids[1])
	if err != nil {
		return nil, err
	}
	return func(x expectation) (string, error) {
		var words []string
		switch x.verb {
		case "name":
			words = []string{quoted(info.Name)}
		case "total":
			return writeTotal(info.Total, x)
		case "hidden":
			words = []string{strconv.FormatBool(info.Hidden)}
		case "names":
			words = writeForms(info.Names)
		case "aliases":
			words = writeForms(info.Aliases)
		case "reasons":
			for _, n := range info.Names {
				words = append(words, fmt.Sprintf("%s: %s;", quoted(n.Name), n.Reason))
			}
		case "apart":
			for _, name := range info.Apart {
				words = append(words, quoted(name))
			}
		case "suggestions":
			for _, s := range info.Suggestions {
				words = append(words, writePair(s))
			}
		}
		return strings.Join(words, " "), nil
	}, nil
}

// writeForms writes forms as names=articles.
func writeForms(list []index.NameForm) (words []string) {
	for _, f := range list {
		words = append(words, fmt.Sprintf("%s=%d", quoted(f.Name), f.Articles))
	}
	return words
}

// writePair writes a suggestion as name~other=articles/articles/together.
func writePair(s index.Suggested) string {
	return fmt.Sprintf("%s~%s=%d/%d/%d", quoted(s.Name), quoted(s.Other), s.Articles[0], s.Articles[1], s.Together)
}

// suggestions asks for suggestions: of a type, or all; and so many, or all.
func (s *step) suggestions(ctx context.Context, e index.Engine) (func(expectation) (string, error), error) {
	words := append(slices.Clone(s.ids), "", "")
	size, err := strconv.Atoi(words[1])
	if err != nil {
		size = 1000
	}
	list, total, err := e.Suggestions(ctx, words[0], size)
	if err != nil {
		return nil, err
	}
	return func(x expectation) (string, error) {
		if x.verb == "total" {
			return strconv.Itoa(total), nil
		}
		var words []string
		for _, s := range list {
			words = append(words, writePair(s))
			if x.verb == "shared" {
				words[len(words)-1] = quoted(s.Name) + "~" + quoted(s.Other) + ":"
				for _, name := range s.Shared {
					words = append(words, quoted(name))
				}
			}
		}
		return strings.Join(words, " "), nil
	}, nil
}

// network asks for the network of a query. Among the parameters may be types, nodes and by.
func (s *step) network(ctx context.Context, e index.Engine) (func(expectation) (string, error), error) {
	o, asked := index.NetworkOptions{Edges: true}, *s
	asked.with = nil
	for _, p := range s.with {
		switch p.name {
		case "types":
			o.Types = strings.Split(p.value, ",")
		case "nodes":
			o.Size, _ = strconv.Atoi(p.value)
		case "by":
			o.By = index.Order(p.value)
		default:
			asked.with = append(asked.with, p)
		}
	}
	r, err := asked.request()
	if err != nil {
		return nil, err
	}
	n, err := e.Network(ctx, r, o)
	if err != nil {
		return nil, err
	}
	return func(x expectation) (string, error) {
		words := []string{}
		switch x.verb {
		case "total":
			words = append(words, strconv.Itoa(n.Total))
		case "nodes":
			for _, node := range n.Nodes {
				words = append(words, fmt.Sprintf("%s:%s=%d/%d", node.Type, quoted(node.Name), node.Count, node.All))
			}
		case "edges":
			for _, edge := range n.Edges {
				words = append(words, fmt.Sprintf("%s+%s=%d", quoted(n.Nodes[edge.A].Name), quoted(n.Nodes[edge.B].Name), edge.Count))
			}
		}
		return strings.Join(words, " "), nil
	}, nil
}

// writeVariants writes words with their variants: "mirzaev=mirzayev,мирзаев".
func writeVariants(list []index.WordVariants) string {
	var words []string
	for _, w := range list {
		words = append(words, w.Word+"="+strings.Join(w.Variants, ","))
	}
	return strings.Join(words, " ")
}
