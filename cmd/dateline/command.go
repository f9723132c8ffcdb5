package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"dateline/query"
)

// command is one subcommand.
type command struct {
	name    string
	args    string // after the flags, as the usage line shows them
	short   string // one line for the list of commands
	long    string // what a user must know beyond the flags
	example string
	status  string // what the exit statuses mean, where more than the usual
	flags   *pflag.FlagSet
	run     func(ctx context.Context, args []string) error
	subs    []*command // of a group, which has no run; their names begin with the group's
}

// word is what names the command in its group.
func (c *command) word() string { return c.name[strings.LastIndexByte(c.name, ' ')+1:] }

// commands returns the subcommands in the order in which help lists them.
func (p *program) commands() []*command {
	return []*command{
		p.demo(), p.index(), p.watch(), p.feeds(), p.search(), p.facets(), p.entities(), p.versions(), p.serve(), p.export(), p.delete(), p.stats(), p.audit(), p.parse(), p.version(), p.help(),
	}
}

// newCommand returns a command without flags.
func newCommand(name, args, short string) *command {
	c := &command{name: name, args: args, short: short, flags: pflag.NewFlagSet(name, pflag.ContinueOnError)}
	c.flags.SortFlags = false
	c.flags.Usage = func() {}
	return c
}

// dispatch runs the subcommand that the arguments name.
func (p *program) dispatch(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return &usageError{"", "no command is given"}
	}
	name := args[0]
	switch name {
	case "-h", "--help":
		name = "help"
	case "--version", "-V":
		name = "version"
	}
	c, err := find(name, "", p.commands())
	if err != nil {
		return err
	}
	return p.call(ctx, c, args[1:])
}

// find returns the command that a word names, of the program or of a group.
func find(word, group string, all []*command) (*command, error) {
	for _, c := range all {
		if c.word() == word {
			return c, nil
		}
	}
	return nil, &usageError{group, unknownCommand(word, all)}
}

// call parses the flags and runs the command. A group's flags may stand before the subcommand's name as well as after it.
func (p *program) call(ctx context.Context, c *command, args []string) error {
	help := c.flags.BoolP("help", "h", false, "show this help")
	c.flags.SetInterspersed(c.subs == nil)
	err := c.flags.Parse(args)
	if *help || errors.Is(err, pflag.ErrHelp) {
		_, err := fmt.Fprint(p.stdout, c.page())
		return err
	}
	if err != nil {
		return &usageError{c.name, flagFault(err)}
	}
	if c.subs != nil {
		rest := c.flags.Args()
		if len(rest) == 0 {
			return &usageError{c.name, "no subcommand is given"}
		}
		sub, err := find(rest[0], c.name, c.subs)
		if err != nil {
			return err
		}
		return p.call(ctx, sub, append(slices.Clone(args[:len(args)-len(rest)]), rest[1:]...))
	}
	if err := fromEnvironment(c); err != nil {
		return err
	}
	return c.run(ctx, c.flags.Args())
}

// flagFault words an error of pflag. A query that begins with a dash is the likeliest cause of an odd short flag.
func flagFault(err error) string {
	s := err.Error()
	if strings.HasPrefix(s, "unknown shorthand flag") {
		s += "; write -- before a query that begins with a dash"
	}
	return s
}

// variable is the environment variable of a flag.
func variable(flag string) string {
	return "DATELINE_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// fromEnvironment sets the flags that were not given from their variables. An empty variable is as if absent.
func fromEnvironment(c *command) error {
	var fault error
	c.flags.VisitAll(func(f *pflag.Flag) {
		value := os.Getenv(variable(f.Name))
		if f.Changed || value == "" || f.Name == "help" || fault != nil {
			return
		}
		if err := f.Value.Set(value); err != nil {
			fault = &usageError{c.name, fmt.Sprintf("%s=%s: %v", variable(f.Name), value, err)}
		}
	})
	return fault
}

// unknownCommand suggests the command that was probably meant.
func unknownCommand(name string, all []*command) string {
	s := fmt.Sprintf("there is no command %q", name)
	best, least := "", 3
	for _, c := range all {
		word := c.word()
		d := query.Distance(name, word)
		if strings.HasPrefix(word, name) && len(name) > 1 {
			d = 1
		}
		if d < least && d < len(word) {
			best, least = word, d
		}
	}
	if best != "" {
		s += fmt.Sprintf("; did you mean %q?", best)
	}
	return s
}
