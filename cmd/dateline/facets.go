package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"dateline/cmd/internal/backend"
	"dateline/index"
	"dateline/server"
)

func (p *program) facets() *command {
	c := newCommand("facets", "FIELD [PREFIX...]", "list the values of a facet, by the beginnings of their words")
	c.long = wrap("Prints the values of a field with how many articles have each, the most frequent first. FIELD is "+facetNames()+
		". Of the prefix each word has to begin a word of the value, in any order, case and accents apart: \"mir rus\" finds Ruslan "+
		"Mirzaev. Without a prefix every value is listed. The query and the filters narrow what is counted, but for those of the "+
		"field itself.", 0, flagWidth)
	c.status = queryStatus
	c.example = "dateline facets --index news.idx --q pipeline --from 2023 person mirz"
	var w where
	var f filters
	w.add(c)
	f.narrowing(c)
	q := repeated(c, "q", "`QUERY` only articles that match; `dateline help search` tells how")
	f.add("facet_size", "`N`", fmt.Sprintf("values, at most %d (default %d)", index.MaxFacetSize, index.DefaultFacetSize))
	f.add("count", "`UNIT`", "what is counted: articles, texts or stories")
	asJSON := c.flags.Bool("json", false, "print exactly what GET /api/v1/facets/FIELD answers")
	c.run = func(ctx context.Context, args []string) (err error) {
		if len(args) == 0 {
			return &usageError{c.name, "no field is given: write one of " + facetNames()}
		}
		r, err := f.request(*q)
		if err != nil {
			return err
		}
		field, prefix := index.Field(args[0]), strings.Join(args[1:], " ")
		if _, err := r.ResolveFacet(field, prefix); err != nil {
			return argumentFault(c, err)
		}
		engine, err := w.open(ctx, c, backend.Options{})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, engine.Close()) }()
		facet, err := engine.Facet(ctx, r, field, prefix)
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(p.stdout, server.NewFacetAnswer(r, field, prefix, facet))
		}
		return p.listValues(facet, r.Count)
	}
	return c
}

func facetNames() string {
	names := make([]string, len(index.FacetFields))
	for i, f := range index.FacetFields {
		names[i] = string(f)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// argumentFault says what is wrong with an argument, which is no flag.
func argumentFault(c *command, err error) error {
	var param *index.ParamError
	if errors.As(err, &param) && (param.Name == "field" || param.Name == "prefix") {
		return &usageError{c.name, "the " + param.Error()}
	}
	return err
}

// listValues prints a value a line, with its count before it.
func (p *program) listValues(facet *index.Facet, unit index.Unit) error {
	out := bufio.NewWriter(p.stdout)
	width := 0
	for _, v := range facet.Values {
		width = max(width, len(number(v.Count)))
	}
	for _, v := range facet.Values {
		mark := " "
		if v.Selected {
			mark = "*"
		}
		fmt.Fprintf(out, "%*s %s%s\n", width, number(v.Count), mark, oneLine(v.Value))
	}
	noun := map[index.Unit]string{index.Texts: "text", index.Stories: "story"}[unit]
	fmt.Fprintf(out, "%s; %s without any\n", count(facet.Distinct, "value"), count(facet.Missing, cmp.Or(noun, "article")))
	return out.Flush()
}
