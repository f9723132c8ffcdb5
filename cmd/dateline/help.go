package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/pflag"
)

func (p *program) help() *command {
	c := newCommand("help", "[COMMAND [SUBCOMMAND]]", "show this help, or that of a command")
	c.example = "dateline help search"
	c.run = func(_ context.Context, args []string) error {
		all := p.commands()
		if len(args) == 0 {
			_, err := fmt.Fprint(p.stdout, overview(all))
			return err
		}
		c, err := find(args[0], "", all)
		if err == nil && c.subs != nil && len(args) > 1 {
			c, err = find(args[1], c.name, c.subs)
		}
		if err != nil {
			return err
		}
		c.flags.BoolP("help", "h", false, "show this help")
		_, err = fmt.Fprint(p.stdout, c.page())
		return err
	}
	return c
}

// overview is the help of the program.
func overview(all []*command) string {
	var b strings.Builder
	b.WriteString("dateline indexes news articles and searches them: words, phrases, dates, sources, people, places.\n\n")
	b.WriteString("Usage: dateline COMMAND [FLAGS] [ARGUMENTS]\n\nCommands:\n")
	for _, c := range all {
		fmt.Fprintf(&b, "  %-9s %s\n", c.name, c.short)
	}
	b.WriteString(`
Begin with:
  dateline demo                               a first look, with sample articles
  dateline index --index news.idx FOLDER      index a folder of articles
  dateline search --index news.idx oil price  search it
  dateline serve --index news.idx             search it in the browser

Every flag can be given by environment: --index DIR as DATELINE_INDEX=DIR, --not-source S as DATELINE_NOT_SOURCE=S.
Results go to standard output, progress and faults to standard error; - is standard input.

Exit status: 0 done; 1 fault; 2 wrong command line or query; 3 done, but some records were rejected; 130 interrupted.

"dateline COMMAND --help" shows the flags of a command and an example.
`)
	return b.String()
}

// Exit statuses beyond the first three, as help adds them.
const (
	usualStatus   = "; 130 interrupted"
	queryStatus   = " or query; 130 interrupted"
	rejectsStatus = "; 3 done, but some records were rejected; 130 interrupted"
)

// page is the help of a command.
func (c *command) page() string {
	var b strings.Builder
	b.WriteString(strings.ToUpper(c.short[:1]) + c.short[1:] + ".\n\n")
	fmt.Fprintf(&b, "Usage: %s\n", strings.TrimRight("dateline "+c.name+" [FLAGS] "+c.args, " "))
	if c.long != "" {
		b.WriteString("\n" + strings.TrimSpace(c.long) + "\n")
	}
	if c.subs != nil {
		b.WriteString("\nSubcommands, each with a --help of its own:\n")
	}
	for _, sub := range c.subs {
		fmt.Fprintf(&b, "  %-28s %s\n", sub.word()+" "+sub.args, wrap(sub.short, 31, flagWidth))
	}
	b.WriteString("\nFlags (each also by environment, as DATELINE_<FLAG>):\n")
	b.WriteString(flagLines(c.flags))
	if c.status == "" {
		c.status = usualStatus
	}
	fmt.Fprintf(&b, "\nExit status: 0 done; 1 fault; 2 wrong command line%s.\n", c.status)
	b.WriteString("\nExample:\n  " + strings.ReplaceAll(c.example, "\n", "\n  ") + "\n")
	return b.String()
}

// The column where the words on a flag begin, and where they end.
const flagIndent, flagWidth = 30, 110

// flagLines lists flags. The text of a flag begins with what its value is, in backquotes, unless it takes none.
func flagLines(flags *pflag.FlagSet) string {
	var b strings.Builder
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, text, ok := strings.Cut(strings.TrimPrefix(f.Usage, "`"), "` ")
		if !ok {
			value, text = "", f.Usage
		}
		short := "    "
		if f.Shorthand != "" {
			short = "-" + f.Shorthand + ", "
		}
		if f.DefValue != "" && f.DefValue != "false" {
			text += " (default " + f.DefValue + ")"
		}
		head := strings.TrimRight("  "+short+"--"+f.Name+" "+value, " ")
		fmt.Fprintf(&b, "%-*s%s\n", flagIndent, head+"  ", wrap(text, flagIndent, flagWidth))
	})
	return b.String()
}

// wrap breaks a text at blanks so that its lines, of which all but the first are indented, end before width.
func wrap(text string, indent, width int) string {
	var b strings.Builder
	at := indent
	for word := range strings.FieldsSeq(text) {
		switch {
		case at > indent && at+1+len(word) > width:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			at = indent
		case at > indent:
			b.WriteString(" ")
			at++
		}
		b.WriteString(word)
		at += len(word)
	}
	return b.String()
}
