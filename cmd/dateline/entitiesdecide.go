package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/user"
	"slices"
	"strconv"
	"strings"

	"dateline/cmd/internal/backend"
	"dateline/index"
	"dateline/server"
)

// deciding is a command that records one decision.
type deciding struct {
	*command
	p      *program
	where  where
	by     *string
	asJSON *bool
	force  bool // record a merge of names that no article has
}

func (p *program) newDeciding(word, args, short string) *deciding {
	d := &deciding{command: newCommand("entities "+word, args, short), p: p}
	d.status = " or impossible decision; 130 interrupted"
	d.where.add(d.command)
	d.by = d.flags.String("by", "", "`NAME` who decides (default the name of the user)")
	d.asJSON = d.flags.Bool("json", false, "print exactly what POST /api/v1/decisions answers")
	return d
}

// one makes the command of a decision about one name.
func (d *deciding) one(action index.Action) *command {
	d.run = func(ctx context.Context, args []string) error {
		typ, name, err := entityName(d.command, args)
		if err != nil {
			return err
		}
		return d.decide(ctx, index.Decision{Action: action, Type: typ, Name: name})
	}
	return d.command
}

// two makes the command of a decision about two names.
func (d *deciding) two(action index.Action) *command {
	d.run = func(ctx context.Context, args []string) error {
		typ, err := entityType(d.command, args)
		if err != nil {
			return err
		}
		if len(args) != 3 {
			return &usageError{d.name, fmt.Sprintf("two names are needed, not %d; quote a name that has blanks", len(args)-1)}
		}
		return d.decide(ctx, index.Decision{Action: action, Type: typ, Name: args[1], Other: args[2]})
	}
	return d.command
}

func (p *program) entitiesMerge() *command {
	d := p.newDeciding("merge", "TYPE NAME INTO", "make two entities one, shown as the second is")
	d.long = wrap("All names of the two are names of one entity then. A name that no article has is refused, as it is likely to be misspelt; "+
		"--force records it all the same, for articles to come.", 0, flagWidth)
	d.example = "dateline entities merge --index news.idx person \"R. Mirzayev\" \"Ruslan Mirzaev\""
	d.flags.BoolVar(&d.force, "force", false, "also names that no article has yet")
	return d.two(index.ActionMerge)
}

func (p *program) entitiesApart() *command {
	d := p.newDeciding("apart", "TYPE NAME NAME", "say that two names are not the same")
	d.long = wrap("No rule makes their entities one then, and they are suggested no more.", 0, flagWidth)
	d.example = "dateline entities apart --index news.idx person \"Boris Petrov\" \"B. Petrov\""
	return d.two(index.ActionApart)
}

func (p *program) entitiesSplit() *command {
	d := p.newDeciding("split", "TYPE NAME", "let a name stand alone")
	d.long = wrap("Takes it out of the entity that a rule or a merge has put it into.", 0, flagWidth)
	d.example = "dateline entities split --index news.idx person \"R. Mirzayev\""
	return d.one(index.ActionSplit)
}

func (p *program) entitiesRename() *command {
	d := p.newDeciding("rename", "TYPE NAME NEW", "show an entity by another name")
	d.long = wrap("The new name need not be in any article. It cannot be the name of another entity: merge makes the two one.", 0, flagWidth)
	d.example = "dateline entities rename --index news.idx org \"Harbour Auth.\" \"Harbour Authority\""
	return d.two(index.ActionRename)
}

func (p *program) entitiesHide() *command {
	d := p.newDeciding("hide", "TYPE NAME", "leave what is no entity out of facets, lists and networks")
	d.example = "dateline entities hide --index news.idx person \"Read More\""
	return d.one(index.ActionHide)
}

func (p *program) entitiesUnhide() *command {
	d := p.newDeciding("unhide", "TYPE NAME", "the opposite of hide")
	d.example = "dateline entities unhide --index news.idx person \"Read More\""
	return d.one(index.ActionShow)
}

func (p *program) entitiesUndo() *command {
	d := p.newDeciding("undo", "[NUMBER]", "take back the last decision, or that of a number")
	d.long = wrap("`dateline entities log` shows the numbers. Every count is then as if it had not been decided.", 0, flagWidth)
	d.example = "dateline entities undo --index news.idx"
	d.run = func(ctx context.Context, args []string) error {
		undo := index.Decision{Action: index.ActionUndo}
		if len(args) > 0 {
			n, err := strconv.Atoi(args[0])
			if err != nil || n < 1 {
				return &usageError{d.name, fmt.Sprintf("the number of a decision is 1 or more, not %q", args[0])}
			}
			undo.Undoes = n
			if err := none(d.command, args[1:]); err != nil {
				return err
			}
		}
		return d.decide(ctx, undo)
	}
	return d.command
}

// decide records the decision, and prints what it did.
func (d *deciding) decide(ctx context.Context, wanted index.Decision) (err error) {
	wanted.By = cmp.Or(*d.by, userName())
	engine, err := d.where.open(ctx, d.command, backend.Options{Write: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	subject, err := subjectOf(ctx, engine, wanted)
	if err != nil {
		return err
	}
	before, err := look(ctx, engine, subject.Type, subject.Name, subject.Other)
	if err != nil {
		return err
	}
	if err := d.checkNames(ctx, engine, wanted, before); err != nil {
		return err
	}
	made, err := engine.Decide(ctx, []index.Decision{wanted})
	if err != nil {
		return decisionFault(d.command, err)
	}
	if *d.asJSON {
		return printJSON(d.p.stdout, server.NewDecisionsAnswer(made))
	}
	after, err := look(ctx, engine, subject.Type, slices.Concat([]string{subject.Name, subject.Other}, before.others())...)
	if err != nil || len(made) == 0 {
		return err
	}
	if subject.Action == index.ActionRename {
		before, after = before.without(subject.Other), after.without(subject.Other)
	}
	was := "as before"
	if before.String() != after.String() {
		was = "before: " + before.String()
	}
	_, err = fmt.Fprintf(d.p.stdout, "%s; now %s (%s)\n%s\n", whatDone(made[0], subject), after, was, d.takeBack(made[0], subject))
	return err
}

// takeBack tells how to undo a decision, or to have again what an undo took back.
func (d *deciding) takeBack(made, subject index.Decision) string {
	if made.Action != index.ActionUndo {
		return "to undo it: " + d.where.again(d.command, "undo") + " " + strconv.Itoa(made.Number)
	}
	word := string(subject.Action)
	if subject.Action == index.ActionShow {
		word = "unhide"
	}
	s := "to have it again: " + d.where.again(d.command, word) + " " + subject.Type + " " + shellWord(subject.Name)
	if subject.Other != "" {
		s += " " + shellWord(subject.Other)
	}
	return s
}

// userName is who works with the program, as the system calls them.
func userName() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return os.Getenv("USER")
}

// subjectOf returns the decision whose names the wanted one is about: itself, or the one that it undoes.
func subjectOf(ctx context.Context, e index.Engine, wanted index.Decision) (index.Decision, error) {
	if wanted.Action != index.ActionUndo {
		return wanted, nil
	}
	log, err := e.Decisions(ctx)
	for i := len(log) - 1; i >= 0 && err == nil; i-- {
		last := wanted.Undoes == 0 && !log[i].Undone && log[i].Action != index.ActionUndo
		if last || wanted.Undoes == log[i].Number {
			return log[i], nil
		}
	}
	return index.Decision{}, err // the engine says what is wrong
}

// checkNames warns of names that no entity has, and refuses to merge them.
func (d *deciding) checkNames(ctx context.Context, e index.Engine, wanted index.Decision, have entitiesSeen) error {
	if wanted.Action == index.ActionUndo {
		return nil
	}
	for _, name := range []string{wanted.Name, wanted.Other} {
		if name == "" || have.has(name) || wanted.Action == index.ActionRename && name == wanted.Other {
			continue
		}
		near, err := server.Nearest(ctx, e, wanted.Type, name)
		if err != nil {
			return err
		}
		text := unknownName(wanted.Type, name, near)
		if wanted.Action == index.ActionMerge && !d.force {
			return &usageError{d.name, text + "\n--force merges it all the same, for articles to come"}
		}
		fmt.Fprintf(d.p.stderr, "dateline: %s\nit is recorded all the same, for articles to come\n", text)
	}
	return nil
}

// decisionFault makes of a decision that cannot be a wrong command line.
func decisionFault(c *command, err error) error {
	var fault *index.DecisionError
	if errors.As(err, &fault) {
		return &usageError{c.name, fault.Error()}
	}
	return err
}

// whatDone tells what a decision did. An undo is about another, its subject.
func whatDone(made, subject index.Decision) string {
	name, other := quoted(made.Name), quoted(made.Other)
	switch made.Action {
	case index.ActionMerge:
		return "merged " + name + " into " + other
	case index.ActionApart:
		return "kept " + name + " and " + other + " apart"
	case index.ActionSplit:
		return "split " + name + " off"
	case index.ActionRename:
		return "renamed " + name + " to " + other
	case index.ActionHide:
		return "hid " + name
	case index.ActionShow:
		return "unhid " + name
	}
	return fmt.Sprintf("took back %d, that %s", made.Undoes, whatDone(subject, index.Decision{}))
}

// quoted writes a name in quotes, and none as none.
func quoted(name string) string {
	if name == "" {
		return ""
	}
	return fmt.Sprintf("%q", oneLine(name))
}

// entitiesSeen are entities by the names that they were asked for.
type entitiesSeen struct {
	names []string
	infos []*index.EntityInfo // nil where there is none
}

// look asks for the entities of names, "" being none.
func look(ctx context.Context, e index.Engine, typ string, names ...string) (entitiesSeen, error) {
	var seen entitiesSeen
	for _, name := range names {
		if name == "" {
			continue
		}
		info, err := e.Entity(ctx, typ, name)
		if err != nil && !errors.Is(err, index.ErrNotFound) {
			return seen, err
		}
		if err != nil {
			info = nil
		}
		seen.names, seen.infos = append(seen.names, name), append(seen.infos, info)
	}
	return seen, nil
}

func (s entitiesSeen) has(name string) bool {
	i := slices.Index(s.names, name)
	return i >= 0 && s.infos[i] != nil
}

// without leaves a name out that no entity has.
func (s entitiesSeen) without(name string) entitiesSeen {
	i := slices.Index(s.names, name)
	if i < 0 || s.infos[i] != nil {
		return s
	}
	return entitiesSeen{slices.Delete(slices.Clone(s.names), i, i+1), slices.Delete(slices.Clone(s.infos), i, i+1)}
}

// others returns a further name of each entity, by which to find what is left of it.
func (s entitiesSeen) others() []string {
	var others []string
	for i, info := range s.infos {
		if info == nil {
			continue
		}
		for _, form := range info.Names {
			if !strings.EqualFold(form.Name, s.names[i]) && !slices.Contains(others, form.Name) {
				others = append(others, form.Name)
			}
		}
	}
	return others[:min(len(others), maxLeft)]
}

// maxLeft bounds the names that are asked for to find out what a decision has made of the other names of its entities.
const maxLeft = 20

// String tells how large the entities are, each once.
func (s entitiesSeen) String() string {
	var parts, shown []string
	for i, info := range s.infos {
		name := s.names[i]
		if info != nil {
			name = info.Name
		}
		if slices.Contains(shown, name) {
			continue
		}
		shown = append(shown, name)
		text := oneLine(name) + ": no article"
		if info != nil {
			text = oneLine(name) + ": " + sizeOf(info)
		}
		if info != nil && info.Hidden {
			text += ", hidden"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}
