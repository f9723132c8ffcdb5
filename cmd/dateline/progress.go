package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"dateline/index/ingest"
)

// barCells is the width of the progress bar itself; the line with all figures is below 80.
const barCells = 20

// newProgress returns what shows progress, or nil. On a terminal it draws a bar; elsewhere it writes a line every few
// seconds.
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
		return newBar(p.stderr), nil
	}
	var last time.Duration
	return func(pr ingest.Progress) {
		if last == 0 || pr.Elapsed-last >= 2*time.Second || pr.Done {
			last = pr.Elapsed
			fmt.Fprintln(p.stderr, strings.TrimSpace(percent(pr)+"  "+progressLine(pr)))
		}
	}, nil
}

// newBar draws a bar of the bytes read, with articles, rate and time left, until the last report; the bar stays.
func newBar(w io.Writer) func(ingest.Progress) {
	var latest atomic.Pointer[ingest.Progress]
	latest.Store(&ingest.Progress{})
	figures := decor.Any(func(decor.Statistics) string {
		return " " + percent(*latest.Load()) + "  " + progressLine(*latest.Load())
	})
	container := mpb.New(mpb.WithOutput(w), mpb.WithAutoRefresh())
	style := mpb.BarStyle().Lbound("[").Filler("#").Tip("#").Padding("-").Rbound("]")
	bar := container.New(0, style, mpb.BarWidth(barCells+2), mpb.BarFillerTrim(), mpb.AppendDecorators(figures))
	return func(pr ingest.Progress) {
		latest.Store(&pr)
		bar.SetTotal(max(pr.Total, pr.Bytes+1), false)
		bar.SetCurrent(pr.Bytes)
		if pr.Done {
			bar.SetTotal(pr.Bytes, true)
			container.Wait()
		}
	}
}

// percent says how much of the input is read, where that is known.
func percent(pr ingest.Progress) string {
	if pr.Total <= 0 {
		return ""
	}
	return fmt.Sprintf("%3.0f %%", 100*min(1, float64(pr.Bytes)/float64(pr.Total)))
}

// progressLine says articles, rate and time left.
func progressLine(pr ingest.Progress) string {
	s := fmt.Sprintf("%s, %s/s", count(pr.Articles, "article"), number(int(pr.Rate())))
	if pr.Rejected > 0 {
		s += fmt.Sprintf(", %s rejected", number(pr.Rejected))
	}
	if pr.Total > 0 && pr.Bytes < pr.Total && pr.Bytes > pr.Total/200 {
		left := time.Duration(float64(pr.Elapsed) * float64(pr.Total-pr.Bytes) / float64(pr.Bytes))
		s += fmt.Sprintf(", %v left", left.Round(time.Second))
	}
	return s
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
