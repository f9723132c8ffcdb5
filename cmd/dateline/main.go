// Command dateline indexes, searches and serves news. Its help says how.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // for machines without files of time zones

	"dateline/index"
	"dateline/query"
)

// The exit statuses, as every help page lists them.
const (
	exitDone        = 0
	exitFault       = 1
	exitUsage       = 2
	exitRejects     = 3
	exitInterrupted = 130
)

func main() { os.Exit(process()) }

// process runs the program as a process: the first signal ends the work in an orderly way, the second kills.
func process() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
}

// program is what a command sees of the world.
type program struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
}

// run is the program: it returns the exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	p := &program{stdin: stdin, stdout: stdout, stderr: stderr}
	return p.report(ctx, p.dispatch(ctx, args))
}

// usageError is a wrong command line.
type usageError struct {
	command string // whose help tells more; "" is the program's
	detail  string
}

func (e *usageError) Error() string { return e.detail }

// errRejects says that the work is done, but some records were rejected. It has been reported.
var errRejects = errors.New("some records were rejected")

// report tells what went wrong and returns the exit status.
func (p *program) report(ctx context.Context, err error) int {
	var usage *usageError
	var fault *queryFault
	var param *index.ParamError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errRejects):
		return exitRejects
	case errors.As(err, &usage):
		fmt.Fprintf(p.stderr, "dateline: %s\nTry `%s`.\n", usage.detail, helpOf(usage.command))
		return exitUsage
	case errors.As(err, &fault):
		fmt.Fprint(p.stderr, fault.text())
		return exitUsage
	case errors.As(err, &param):
		fmt.Fprintf(p.stderr, "dateline: %v\n", flagError(param))
		return exitUsage
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		fmt.Fprintln(p.stderr, "dateline: interrupted")
		return exitInterrupted
	}
	fmt.Fprintf(p.stderr, "dateline: %v\n", err)
	return exitFault
}

func helpOf(command string) string {
	if command == "" {
		return "dateline help"
	}
	return "dateline " + command + " --help"
}

// queryFault is a fault in a query, with the text that it stands in.
type queryFault struct {
	query string
	err   *query.Error
}

func (f *queryFault) Error() string { return f.err.Error() }

// text shows the place of the fault.
func (f *queryFault) text() string {
	s := fmt.Sprintf("dateline: query: %s\n", f.err.Detail)
	if f.query != "" {
		s += query.Caret(f.query, f.err) + "\n"
	}
	if f.err.Hint != "" {
		s += f.err.Hint + "\n"
	}
	return s
}

// withQuery gives a fault of a query the text of the query.
func withQuery(err error, text string) error {
	var fault *query.Error
	if errors.As(err, &fault) {
		return &queryFault{text, fault}
	}
	return err
}
