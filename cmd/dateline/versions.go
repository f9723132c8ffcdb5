package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"dateline/cmd/internal/backend"
	"dateline/index"
	"dateline/index/diff"
	"dateline/server"
)

func (p *program) versions() *command {
	c := newCommand("versions", "ID", "list what an article has said, or how that was changed")
	c.long = wrap("An article that is put again with changes keeps what it said before. Each version is listed with since when the index had "+
		"it, and until when; --diff shows two versions as one text, with [-what was taken out-] and {+what was put in+}, in colours on "+
		"a terminal. \"dateline search --as-of DATE\" searches the versions of that time.", 0, flagWidth)
	c.example = "dateline versions --index news.idx --diff 8f3c0d52a1b94e67"
	var w where
	w.add(c)
	asDiff := c.flags.BoolP("diff", "d", false, "show how two versions differ, the last two unless --from and --to say others")
	from := c.flags.String("from", "", "`N` the version to compare from (default the one before)")
	to := c.flags.String("to", "", "`N` the version to compare with (default the present one)")
	asJSON := c.flags.Bool("json", false, "print exactly what GET /api/v1/versions/ID, or with --diff /api/v1/diff/ID, answers")
	c.run = func(ctx context.Context, args []string) (err error) {
		if len(args) != 1 {
			return &usageError{c.name, "give the id of one article"}
		}
		if !*asDiff && (c.flags.Changed("from") || c.flags.Changed("to")) {
			return &usageError{c.name, "--from and --to are for --diff"}
		}
		engine, err := w.open(ctx, c, backend.Options{})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, engine.Close()) }()
		list, err := engine.Versions(ctx, args[0])
		switch {
		case errors.Is(err, index.ErrNotFound):
			return fmt.Errorf("there is no article %q", args[0])
		case err != nil:
			return err
		case !*asDiff && *asJSON:
			return printJSON(p.stdout, server.VersionList{ID: args[0], Versions: list})
		case !*asDiff:
			return p.listVersions(list)
		}
		a, b, err := pairOf(c, *from, *to, len(list))
		if err != nil {
			return err
		}
		d := server.CompareVersions(args[0], list, a, b)
		if *asJSON {
			return printJSON(p.stdout, d)
		}
		return p.showDiff(d)
	}
	return c
}

// pairOf chooses the versions to compare; by default the last two, as the HTTP interface does.
func pairOf(c *command, from, to string, n int) (a, b int, err error) {
	if b, err = versionNumber(c, "to", to, n, n); err == nil {
		a, err = versionNumber(c, "from", from, max(1, b-1), n)
	}
	return a, b, err
}

// versionNumber reads the number of one of n versions. It is read only where it is needed, since the variables of --from and
// --to may hold dates, for searches.
func versionNumber(c *command, flag, value string, otherwise, n int) (int, error) {
	if value == "" {
		return otherwise, nil
	}
	number, err := strconv.Atoi(value)
	if err != nil || number < 1 || number > n {
		return 0, &usageError{c.name, fmt.Sprintf("--%s must be a version from 1 to %d, not %s", flag, n, value)}
	}
	return number, nil
}

// listVersions lists the versions, the oldest first, each with what was changed in it.
func (p *program) listVersions(list []index.Version) error {
	out := bufio.NewWriter(p.stdout)
	for i := range list {
		v := &list[i]
		fmt.Fprintf(out, "%d  %s to %s  %s\n", v.Number, versionTime(v.Since), versionTime(v.Until), oneLine(v.Article.Title))
		if i > 0 {
			fmt.Fprintf(out, "   %s\n", changes(diff.Articles(&list[i-1].Article, &v.Article)))
		}
	}
	return out.Flush()
}

func versionTime(t index.Time) string {
	if t.IsZero() {
		return "now"
	}
	return t.UTC().Format(time.DateTime)
}

// changes says which fields were changed, and in how many words.
func changes(fields []diff.Field) string {
	var list []string
	for _, f := range fields {
		if f.Changed {
			list = append(list, fmt.Sprintf("%s +%d -%d", f.Field, f.Inserted, f.Deleted))
		}
	}
	return strings.Join(list, ", ")
}

// marks stand around what was taken out and put in.
type marks struct{ del, delEnd, ins, insEnd string }

var (
	plainMarks  = marks{"[-", "-]", "{+", "+}"}
	colourMarks = marks{"\x1b[9;31m", "\x1b[0m", "\x1b[4;34m", "\x1b[0m"} // struck and underlined, for those who see no colours
)

// showDiff writes each field that was changed as one text.
func (p *program) showDiff(d server.Diff) error {
	m := plainMarks
	if isTerminal(p.stdout) && os.Getenv("NO_COLOR") == "" {
		m = colourMarks
	}
	out := bufio.NewWriter(p.stdout)
	fmt.Fprintf(out, "from version %d, %s to %s\nto version %d, %s to %s\n", d.From.Number, versionTime(d.From.Since), versionTime(d.From.Until),
		d.To.Number, versionTime(d.To.Since), versionTime(d.To.Until))
	for _, f := range d.Fields {
		if f.Changed {
			fmt.Fprintf(out, "\n%s:\n%s\n", f.Field, m.text(f))
		}
	}
	return out.Flush()
}

// text writes a field: prose as it is, and each value on a line of its own.
func (m marks) text(f diff.Field) string {
	var b strings.Builder
	between := "\n"
	if f.Field == "title" || f.Field == "lead" || f.Field == "body" {
		between = ""
	}
	for i, s := range f.Segments {
		if i > 0 {
			b.WriteString(between)
		}
		switch text := manyLines(s.Text); s.Kind {
		case diff.Delete:
			b.WriteString(m.del + text + m.delEnd)
		case diff.Insert:
			b.WriteString(m.ins + text + m.insEnd)
		default:
			b.WriteString(text)
		}
	}
	return b.String()
}

// manyLines is oneLine for a text that keeps its lines.
func manyLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = oneLine(line)
	}
	return strings.Join(lines, "\n")
}
