package browser

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/chromedp/chromedp"
)

// ErrNoAxe says that axe-core is not there.
var ErrNoAxe = errors.New("there is no axe-core: run npm ci in cmd/internal/browser")

// Axe is the source of axe-core, which finds what keeps people with a disability from using a page.
type Axe string

// OpenAxe reads axe-core, as npm has put it below the folder of this package. Errors: ErrNoAxe.
func OpenAxe(folder string) (Axe, error) {
	b, err := os.ReadFile(folder + "/node_modules/axe-core/axe.min.js")
	if errors.Is(err, fs.ErrNotExist) {
		return "", ErrNoAxe
	}
	return Axe(b), err
}

// WCAG are the tags of axe's rules for the levels A and AA of WCAG 2.2, and of those that are only good practice.
var WCAG = []string{"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"}

// Violation is a rule that a page breaks.
type Violation struct {
	ID, Impact, Help string
	Nodes            []struct {
		Target         []any // selectors, the outermost frame first
		HTML           string
		FailureSummary string
	}
}

// String names the rule and, a line each, the elements that break it.
func (v Violation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s", v.ID, v.Impact, v.Help)
	for i, n := range v.Nodes {
		if i == 5 {
			fmt.Fprintf(&b, "\n\tand %d more", len(v.Nodes)-i)
			break
		}
		fmt.Fprintf(&b, "\n\t%v %.160s\n\t\t%s", n.Target, n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", " "))
	}
	return b.String()
}

// Audit runs rules of axe-core on the page.
func (t *Tab) Audit(a Axe, r Rules) ([]Violation, error) {
	loaded, err := Eval[bool](t, "typeof axe === 'object'")
	if err != nil {
		return nil, err
	}
	if !loaded {
		if err := t.do(chromedp.Evaluate[chromedp.Void](string(a))); err != nil { // which the policy of the page does not hinder
			return nil, failed("loading", "axe-core", err)
		}
	}
	return Eval[[]Violation](t, fmt.Sprintf(
		`axe.run(document, {runOnly: {type: %s, values: %s}, resultTypes: ["violations"], preload: false}).then(r => r.violations)`, quote(r.kind), r.names))
}

// Rules are the parts of axe that Audit runs.
type Rules struct{ kind, names string }

// Tagged are the rules with one of some tags.
func Tagged(tags ...string) Rules { return Rules{"tag", quote(tags)} }

// Named are the rules with these names.
func Named(names ...string) Rules { return Rules{"rule", quote(names)} }
