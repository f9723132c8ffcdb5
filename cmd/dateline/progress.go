package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"dateline/index/ingest"

	"golang.org/x/term"
)

// barCells is the width of the progress bar itself; the line with all figures is below 80.
const barCells = 20

// newProgress returns what shows progress, or nil. On a terminal it draws one line over and over; elsewhere it writes a
// line every few seconds.
func (p *program) newProgress(c *command, when string) (func(ingest.Progress), error) {
	onTerminal := isTerminal(p.stderr)
	switch when {
	case "auto":
		if !onTerminal {
			return nil, nil
		}
	case "never":
		return nil, nil
	case "always":
	default:
		return nil, &usageError{c.name, fmt.Sprintf("--progress is auto, always or never, not %q", when)}
	}
	if onTerminal {
		return func(pr ingest.Progress) { fmt.Fprint(p.stderr, "\r\x1b[K"+progressLine(pr)) }, nil
	}
	var last time.Duration
	return func(pr ingest.Progress) {
		if last == 0 || pr.Elapsed-last >= 2*time.Second || pr.Done {
			last = pr.Elapsed
			fmt.Fprintln(p.stderr, progressLine(pr))
		}
	}, nil
}

// finishProgress leaves the line with the last state.
func (p *program) finishProgress(bar func(ingest.Progress)) {
	if bar != nil && isTerminal(p.stderr) {
		fmt.Fprintln(p.stderr)
	}
}

// progressLine draws the bar, and says articles, rate and time left.
func progressLine(pr ingest.Progress) string {
	var b strings.Builder
	done := 0.0
	if pr.Total > 0 {
		done = min(1, float64(pr.Bytes)/float64(pr.Total))
		full := int(done * barCells)
		fmt.Fprintf(&b, "[%s%s] %3.0f %%  ", strings.Repeat("#", full), strings.Repeat("-", barCells-full), 100*done)
	}
	fmt.Fprintf(&b, "%s, %s/s", count(pr.Articles, "article"), number(int(pr.Rate())))
	if pr.Rejected > 0 {
		fmt.Fprintf(&b, ", %s rejected", number(pr.Rejected))
	}
	if done > 0.005 && done < 1 {
		left := time.Duration(float64(pr.Elapsed) * (1 - done) / done)
		fmt.Fprintf(&b, ", %v left", left.Round(time.Second))
	}
	return b.String()
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
