package aliases

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"dateline/index"
)

// Header is the first line of a log file. A file without it is read as one.
const Header = "# dateline decisions, version 1\n"

const headerStart = "# dateline decisions, version "

// AppendText writes decisions as lines of a log file, one each, its fields parted by tabs:
//
//	time	by	action	type	name	other
//	time	by	undo	number
//
// The time is RFC 3339, or - for none; other is left out where the action takes one name. In by and the names a tab, a line's end
// and a backslash are \t, \n, \r and \\. A line that begins with # is a comment. The numbers of decisions are not written:
// they are those of the lines, without empty ones and comments.
func AppendText(b []byte, list []index.Decision) []byte {
	for _, d := range list {
		when := "-"
		if !d.Time.IsZero() {
			when = d.Time.UTC().Format(time.RFC3339)
		}
		fields := []string{when, escape(d.By), string(d.Action), d.Type, escape(d.Name)}
		switch {
		case d.Action == index.ActionUndo:
			fields = append(fields[:3], strconv.Itoa(d.Undoes))
		case actions[d.Action] == 2:
			fields = append(fields, escape(d.Other))
		}
		b = append(b, strings.Join(fields, "\t")...)
		b = append(b, '\n')
	}
	return b
}

var (
	escaper  = strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)
	unescape = strings.NewReplacer(`\\`, "\\", `\t`, "\t", `\n`, "\n", `\r`, "\r").Replace
)

func escape(s string) string { return escaper.Replace(s) }

// TextError says what is wrong with a line of a log file.
type TextError struct {
	Line   int // from 1
	Detail string
}

func (e *TextError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Detail) }

// ReadText reads a log file: the decisions as Log.All returns them, numbered, those undone marked. A time may be missing. Error:
// *TextError with the line.
func ReadText(b []byte) ([]index.Decision, error) {
	var l Log
	text := strings.TrimPrefix(string(b), "\uFEFF")
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if version, ok := strings.CutPrefix(line, headerStart); ok && strings.TrimSpace(version) != "1" {
			return nil, &TextError{i + 1, fmt.Sprintf("the log is of version %s, which this program does not read", strings.TrimSpace(version))}
		}
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		d, err := readLine(line)
		if err == nil {
			err = l.append(d)
		}
		if err != nil {
			return nil, &TextError{i + 1, err.Error()}
		}
	}
	return l.All(), nil
}

// append is Add of one decision to a log that nobody else has, as it is.
func (l *Log) append(d index.Decision) error {
	if err := check(&d); err != nil {
		return err
	}
	if d.Action == index.ActionUndo {
		if d.Undoes == 0 {
			return fault("an undo needs the number of a decision", "")
		}
		if err := undo(l.list, &d); err != nil {
			return err
		}
	}
	d.Number = len(l.list) + 1
	l.list = append(l.list, d)
	return nil
}

func readLine(line string) (d index.Decision, err error) {
	fields := strings.Split(line, "\t")
	if len(fields) < 4 {
		return d, fmt.Errorf("%d fields parted by tabs; there are at least 4: the time, who decided, the action and what it is about", len(fields))
	}
	if fields[0] != "-" && fields[0] != "" {
		t, err := time.Parse(time.RFC3339, fields[0])
		if err != nil {
			return d, fmt.Errorf("%q is no time such as 2024-03-14T10:00:00Z", fields[0])
		}
		d.Time = index.At(t)
	}
	d.By, d.Action = unescape(fields[1]), index.Action(fields[2])
	if d.Action == index.ActionUndo {
		d.Undoes, err = number(fields[3])
		return d, orTooMany(err, fields, 4)
	}
	d.Type = fields[3]
	if len(fields) > 4 {
		d.Name = unescape(fields[4])
	}
	if len(fields) > 5 {
		d.Other = unescape(fields[5])
	}
	return d, orTooMany(nil, fields, 6)
}

func orTooMany(err error, fields []string, most int) error {
	if err == nil && len(fields) > most && strings.Join(fields[most:], "") != "" {
		return fmt.Errorf("%d fields; %s has at most %d", len(fields), fields[2], most)
	}
	return err
}

func number(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%q is no number of a decision", s)
	}
	return n, nil
}
