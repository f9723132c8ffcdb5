package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"dateline/index"
)

// entities is the group of commands about names.
func (p *program) entities() *command {
	c := newCommand("entities", "SUBCOMMAND [ARGUMENTS]", "people, organisations and places: show them, correct them, draw who is named with whom")
	c.long = wrap("Names that are spelt differently and mean one person, organisation or place are one entity: by rule, and as you decide. "+
		"A decision holds at once and for articles to come, is kept in the index with its time, and can be taken back with undo. TYPE is "+
		typeNames()+". NAME is any name of the entity, case and accents apart; quote it for the shell.", 0, flagWidth)
	c.status = " or impossible decision; 130 interrupted"
	c.example = "dateline entities --index news.idx show person \"Ruslan Mirzaev\"\n" +
		"dateline entities --index news.idx merge person \"R. Mirzayev\" \"Ruslan Mirzaev\"\n" +
		"dateline entities --index news.idx undo"
	var w where
	w.add(c)
	c.subs = []*command{
		p.entitiesList(), p.entitiesShow(), p.entitiesSuggest(), p.entitiesNetwork(),
		p.entitiesMerge(), p.entitiesApart(), p.entitiesSplit(), p.entitiesRename(), p.entitiesHide(), p.entitiesUnhide(),
		p.entitiesUndo(), p.entitiesLog(), p.entitiesExport(), p.entitiesImport(),
	}
	return c
}

func typeNames() string {
	last := len(index.EntityTypes) - 1
	return strings.Join(index.EntityTypes[:last], ", ") + " or " + index.EntityTypes[last]
}

// entityType reads the argument that is a type.
func entityType(c *command, args []string) (string, error) {
	if len(args) == 0 {
		return "", &usageError{c.name, "no type is given: write " + typeNames()}
	}
	var param *index.ParamError
	if errors.As(index.CheckEntityType(args[0]), &param) {
		return "", &usageError{c.name, "the " + param.Error()}
	}
	return args[0], nil
}

// entityName reads the arguments that are a type and a name, of which the shell may have taken the blanks.
func entityName(c *command, args []string) (typ, name string, err error) {
	if typ, err = entityType(c, args); err != nil {
		return "", "", err
	}
	if name = strings.TrimSpace(strings.Join(args[1:], " ")); name == "" {
		return "", "", &usageError{c.name, "no name is given"}
	}
	return typ, name, nil
}

// entitiesList is the search for values of a facet.
func (p *program) entitiesList() *command {
	c := p.facets()
	c.name, c.args, c.short = "entities list", "TYPE [PREFIX...]", "list the entities of a type, by the beginnings of their words"
	c.long = wrap("Prints the entities with how many articles name each, the most frequent first, as `dateline facets` does. Of the prefix "+
		"each word has to begin a word of one of the entity's names, in any order. The query and the filters narrow what is counted.", 0, flagWidth)
	c.example = "dateline entities list --index news.idx person mirz"
	run := c.run
	c.run = func(ctx context.Context, args []string) error {
		if _, err := entityType(c, args); err != nil {
			return err
		}
		return run(ctx, args)
	}
	return c
}

// again is the beginning of a command on the same index, to be typed.
func (w *where) again(c *command, word string) string {
	s := "dateline entities " + word
	switch {
	case c.flags.Changed("index"):
		s += " --index " + shellWord(w.dir)
	case c.flags.Changed("server"):
		s += " --server " + shellWord(w.server)
	}
	return s
}

// shellWord quotes a word for the shell where it has to be.
func shellWord(s string) string {
	s = oneLine(s)
	plain := s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:-") == ""
	if plain && !strings.HasPrefix(s, "-") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// sizeOf tells how large an entity is.
func sizeOf(info *index.EntityInfo) string {
	return fmt.Sprintf("%s, %s", count(info.Total.Articles, "article"), count(len(info.Names), "name"))
}
