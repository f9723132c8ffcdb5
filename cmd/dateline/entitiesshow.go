package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dateline/cmd/internal/backend"
	"dateline/index"
	"dateline/index/graphml"
	"dateline/server"
)

func (p *program) entitiesShow() *command {
	c := newCommand("entities show", "TYPE NAME", "show an entity: its forms, its articles, who is named with it")
	c.long = wrap("Prints the names of the entity with how many articles have each and why they are one, the other forms that articles use, the "+
		"first article and the latest, the entities that stand out most in its articles, and other entities that may be the same. The "+
		"query and the filters narrow the articles, not the forms.", 0, flagWidth)
	c.status = queryStatus
	c.example = "dateline entities show --index news.idx --from 2024 person \"Ruslan Mirzaev\""
	var w where
	var f filters
	w.add(c)
	f.narrowing(c)
	q := repeated(c, "q", "`QUERY` only articles that match; `dateline help search` tells how")
	f.add("size", "`N`", "articles, the latest first")
	f.add("count", "`UNIT`", "what is counted: articles, texts or stories")
	nodes := c.flags.Int("nodes", 10, "`N` entities that are named with it")
	types := c.flags.String("types", "", "`LIST` of which types, as in person,org")
	asJSON := c.flags.Bool("json", false, "print exactly what GET /api/v1/entities/TYPE/NAME answers")
	c.run = func(ctx context.Context, args []string) (err error) {
		typ, name, err := entityName(c, args)
		if err != nil {
			return err
		}
		r, err := f.request(*q)
		if err != nil {
			return err
		}
		o, err := networkOptions(c, *types, *nodes, "")
		if err != nil {
			return err
		}
		if !c.flags.Changed("size") && !*asJSON {
			r.Size = 3
		}
		if *asJSON && !c.flags.Changed("nodes") {
			o.Size = 0
		}
		engine, err := w.open(ctx, c, backend.Options{})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, engine.Close()) }()
		a, err := server.DescribeEntity(ctx, engine, typ, name, r, o)
		switch {
		case errors.Is(err, index.ErrNotFound):
			return noSuchEntity(ctx, engine, typ, name)
		case err != nil:
			return withQuery(err, strings.Join(*q, " "))
		case *asJSON:
			return printJSON(p.stdout, a)
		}
		return p.showEntity(a, r, func(word string) string { return w.again(c, word) })
	}
	return c
}

// networkOptions reads the flags that say how much of a network is wanted.
func networkOptions(c *command, types string, nodes int, order string) (index.NetworkOptions, error) {
	o := index.NetworkOptions{Size: nodes, By: index.Order(order), Edges: true}
	for typ := range strings.SplitSeq(types, ",") {
		if typ = strings.TrimSpace(typ); typ == "" || slices.Contains(o.Types, typ) {
			continue
		}
		if _, err := entityType(c, []string{typ}); err != nil {
			return o, err
		}
		o.Types = append(o.Types, typ)
	}
	switch {
	case nodes < 1 || nodes > index.MaxNetworkSize:
		return o, &usageError{c.name, fmt.Sprintf("--nodes must be a number from 1 to %d, not %d", index.MaxNetworkSize, nodes)}
	case o.By != "" && o.By != index.OrderCount && o.By != index.OrderStrength:
		return o, &usageError{c.name, fmt.Sprintf("--order is %s or %s, not %q", index.OrderCount, index.OrderStrength, order)}
	}
	return o, nil
}

// noSuchEntity is the fault of a name that no entity has, with those that may have been meant.
func noSuchEntity(ctx context.Context, e index.Engine, typ, name string) error {
	near, err := server.Nearest(ctx, e, typ, name)
	if err != nil {
		return err
	}
	return errors.New(unknownName(typ, name, near))
}

// unknownName says that no entity has a name, and which may have been meant.
func unknownName(typ, name string, near []string) string {
	s := fmt.Sprintf("there is no %s %q", typ, oneLine(name))
	if hint := server.DidYouMean(near); hint != "" {
		s += "; " + hint
	}
	return s
}

// showEntity prints an entity for people.
func (p *program) showEntity(a *server.EntityAnswer, r index.Request, again func(word string) string) error {
	l := listing{bufio.NewWriter(p.stdout), false, r.Zone}
	if l.zone == nil {
		l.zone = time.UTC
	}
	fmt.Fprintf(l, "%s, %s: %s, %s, %s\n", oneLine(a.Name), a.Type, count(a.Total.Articles, "article"), count(a.Total.Texts, "distinct text"), count(a.Total.Stories, "story"))
	if a.Hidden {
		fmt.Fprintln(l, "hidden: facets do not show it")
	}
	l.forms("names", a.Names)
	l.forms("in its articles also", a.Aliases)
	if len(a.Apart) > 0 {
		fmt.Fprintf(l, "\nnot the same as\n")
	}
	for _, name := range a.Apart {
		fmt.Fprintf(l, "  %s\n", oneLine(name))
	}
	if a.Matching != a.Total {
		fmt.Fprintf(l, "\n%s of them match\n", count(a.Matching.Articles, "article"))
	}
	l.articles(a)
	l.companions(a)
	if len(a.Suggestions) > 0 {
		fmt.Fprintf(l, "\nmay be the same\n")
	}
	for _, s := range a.Suggestions {
		l.suggestion(s, again)
	}
	return l.Flush()
}

// forms prints forms of a name, each with its count before it.
func (l listing) forms(title string, forms []index.NameForm) {
	if len(forms) == 0 {
		return
	}
	fmt.Fprintf(l, "\n%s\n", title)
	for _, f := range forms {
		reason := ""
		if f.Reason != "" {
			reason = "  (" + oneLine(f.Reason) + ")"
		}
		fmt.Fprintf(l, "%7s  %s%s\n", number(f.Articles), oneLine(f.Name), reason)
	}
}

// articles prints the first article and the latest, a line each, and the sources.
func (l listing) articles(a *server.EntityAnswer) {
	if a.First != nil {
		fmt.Fprintf(l, "\nfirst\n")
		l.line(a.First)
	}
	if len(a.Latest) > 0 {
		fmt.Fprintf(l, "\nlatest\n")
	}
	for i := range a.Latest {
		l.line(&a.Latest[i])
	}
	if len(a.Sources.Values) == 0 {
		return
	}
	values := make([]string, 0, len(a.Sources.Values))
	for _, v := range a.Sources.Values {
		values = append(values, fmt.Sprintf("%s %s", oneLine(v.Value), number(v.Count)))
	}
	fmt.Fprintf(l, "\n%s: %s\n", count(a.Sources.Distinct, "source"), strings.Join(values, ", "))
}

func (l listing) line(h *index.Hit) {
	title := l.segments(h.Highlights.Title)
	if title == "" {
		title = "(no title)"
	}
	source := ""
	if h.Source != "" {
		source = " · " + oneLine(h.Source)
	}
	fmt.Fprintf(l, "  %s  %s%s  [%s]\n", when(h, l.zone), title, source, oneLine(h.ID))
}

func (l listing) companions(a *server.EntityAnswer) {
	if len(a.Companions) > 0 {
		fmt.Fprintf(l, "\nnamed with it: in how many %s, of how many that name them\n", a.Unit)
	}
	for _, n := range a.Companions {
		fmt.Fprintf(l, "%7s of %-7s %-6s %s\n", number(n.Count), number(n.All), n.Type, oneLine(n.Name))
	}
}

// suggestion prints a pair of entities that may be one, and what to type to make them one or not.
func (l listing) suggestion(s index.Suggested, again func(word string) string) {
	fmt.Fprintf(l, "  %.2f  %s %s, %s %s (%s)", s.Score, oneLine(s.Name), number(s.Articles[0]), oneLine(s.Other), number(s.Articles[1]), oneLine(s.Reason))
	if s.Together > 0 {
		fmt.Fprintf(l, "; both in %s", count(s.Together, "article"))
	}
	if len(s.Shared) > 0 {
		fmt.Fprintf(l, "; both with %s", oneLine(strings.Join(s.Shared, ", ")))
	}
	from, into := s.Other, s.Name
	if s.Type == index.Person && len(strings.Fields(into)) == 1 && len(strings.Fields(from)) > 1 {
		from, into = into, from // a surname alone is not what to show
	}
	fmt.Fprintf(l, "\n        %s %s %s %s\n", again("merge"), s.Type, shellWord(from), shellWord(into))
}

func (p *program) entitiesSuggest() *command {
	c := newCommand("entities suggest", "[TYPE]", "list pairs of entities that may be one")
	c.long = wrap("Prints the likeliest pairs first: how alike they are from 0 to 1, each name with its articles, how the names are alike, "+
		"in how many articles both are named, which speaks against it, and whom both are named with, which speaks for it. "+
		"`dateline entities merge` makes them one, `dateline entities apart` says that they are not, and they are listed no more.", 0, flagWidth)
	c.example = "dateline entities suggest --index news.idx person"
	var w where
	w.add(c)
	size := c.flags.Int("size", server.DefaultSuggestions, fmt.Sprintf("`N` pairs, at most %d", server.MaxSuggestions))
	asJSON := c.flags.Bool("json", false, "print exactly what GET /api/v1/suggestions answers")
	c.run = func(ctx context.Context, args []string) (err error) {
		typ := ""
		if len(args) > 0 {
			if typ, err = entityType(c, args); err == nil {
				err = none(c, args[1:])
			}
		}
		if err == nil && (*size < 0 || *size > server.MaxSuggestions) {
			err = &usageError{c.name, fmt.Sprintf("--size must be a number from 0 to %d, not %d", server.MaxSuggestions, *size)}
		}
		if err != nil {
			return err
		}
		engine, err := w.open(ctx, c, backend.Options{})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, engine.Close()) }()
		suggested, total, err := engine.Suggestions(ctx, typ, *size)
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(p.stdout, server.NewSuggestionsAnswer(suggested, total))
		}
		l := listing{Writer: bufio.NewWriter(p.stdout)}
		for _, s := range suggested {
			l.suggestion(s, func(word string) string { return w.again(c, word) })
		}
		fmt.Fprintf(l, "%s, %s shown\n", count(total, "pair"), number(len(suggested)))
		if len(suggested) > 0 {
			fmt.Fprintf(l, "if two are not the same: %s TYPE NAME NAME\n", w.again(c, "apart"))
		}
		return l.Flush()
	}
	return c
}

func (p *program) entitiesNetwork() *command {
	c := newCommand("entities network", "[QUERY...]", "print who is named together with whom in the articles that match")
	c.long = wrap("Counts the entities in the articles that match, and the pairs of them, exactly. Strength is the log-likelihood ratio of the count "+
		"against that within the whole index, and of a pair against those of its two entities: how far it is from chance. GraphML "+
		"opens in Gephi, NetworkX, yEd and Cytoscape.", 0, flagWidth) + "\n\n" + queryHelp()
	c.status = queryStatus
	c.example = "dateline entities network --index news.idx --format graphml --person \"Ruslan Mirzaev\" > mirzaev.graphml"
	var w where
	var f filters
	w.add(c)
	format := c.flags.StringP("format", "f", "json", "`FORMAT` the format: json or graphml")
	types := c.flags.String("types", "", "`LIST` only entities of these types, as in person,org")
	nodes := c.flags.Int("nodes", index.DefaultNetworkSize, fmt.Sprintf("`N` entities, at most %d", index.MaxNetworkSize))
	order := c.flags.String("order", string(index.OrderCount), "`ORDER` which entities: those with the largest count or strength")
	f.narrowing(c)
	f.add("count", "`UNIT`", "what is counted: articles, texts or stories")
	c.run = func(ctx context.Context, args []string) (err error) {
		if *format != "json" && *format != "graphml" {
			return &usageError{c.name, fmt.Sprintf("--format is json or graphml, not %q", *format)}
		}
		r, err := f.request(args)
		if err != nil {
			return err
		}
		o, err := networkOptions(c, *types, *nodes, *order)
		if err != nil {
			return err
		}
		engine, err := w.open(ctx, c, backend.Options{})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, engine.Close()) }()
		n, err := engine.Network(ctx, r, o)
		if err != nil {
			return withQuery(err, strings.Join(args, " "))
		}
		if *format == "graphml" {
			return graphml.Write(p.stdout, n)
		}
		return printJSON(p.stdout, server.NewNetworkAnswer(n))
	}
	return c
}
