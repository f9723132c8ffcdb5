package ledger

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/analysis"
)

// Audit says whether what went in and what came of it add up.
type Audit struct {
	AddsUp bool    `json:"adds_up"`
	Checks []Check `json:"checks"`
}

// Check is one comparison of two numbers that must be the same.
type Check struct {
	What   string `json:"what"`
	Has    int    `json:"has"`
	Wants  int    `json:"wants"`
	Holds  bool   `json:"holds"`
	Detail string `json:"detail,omitempty"` // where it does not hold, or why it need not
}

// equal checks that two numbers are the same.
func (a *Audit) equal(what string, has, wants int, detail string) {
	a.add(Check{What: what, Has: has, Wants: wants, Holds: has == wants, Detail: detail})
}

func (a *Audit) add(c Check) {
	if c.Holds && c.Has == c.Wants {
		c.Detail = ""
	}
	a.Checks = append(a.Checks, c)
}

// Audit recomputes every sum of the book, and compares it with what the engine counted and has. Nothing may be put or deleted
// meanwhile: see Ledger.Still.
func (b *Book) Audit(ctx context.Context, e index.Engine) (*Audit, error) {
	stats, err := e.Stats(ctx)
	if err != nil {
		return nil, err
	}
	a := &Audit{}
	a.equal("lines of the ledger that cannot be read", b.Damaged, 0, "what they said is lost")
	b.auditRuns(a)
	total := b.Total()
	a.equal("read = indexed + updated + unchanged + rejected", total.Read, total.Indexed+total.Updated+total.Unchanged+total.Refused(), "")
	b.auditSums(a, total)
	if n := b.Pending(); n > 0 {
		a.equal("articles of batches of which it is not known what became of them", n, 0, "the engine failed, or was changed by something else; open the index for writing to have it settled")
	}
	for _, c := range []struct {
		what       string
		has, wants int
	}{
		{"indexed since the index was made: engine, ledger", stats.Changes.Indexed, total.Indexed},
		{"updated since the index was made: engine, ledger", stats.Changes.Updated, total.Updated},
		{"deleted since the index was made: engine, ledger", stats.Changes.Deleted, total.Deleted},
	} {
		a.equal(c.what, c.has, c.wants, "the ledger and the index are not of the same runs")
	}
	a.equal("articles in the index = indexed - deleted", stats.Articles, stats.Changes.Indexed-stats.Changes.Deleted, "")
	if err := b.auditSources(ctx, a, e); err != nil {
		return nil, err
	}
	if err := b.auditRejects(a); err != nil {
		return nil, err
	}
	a.AddsUp = !slices.ContainsFunc(a.Checks, func(c Check) bool { return !c.Holds })
	return a, nil
}

// auditRuns checks every run by itself.
func (b *Book) auditRuns(a *Audit) {
	wrong, differ, told := 0, 0, 0
	var details []string
	for _, r := range b.Accounts {
		sum := r.Cells.Sum()
		if !sum.AddsUp() {
			wrong++
			details = append(details, fmt.Sprintf("run %d read %d and accounts for %d", r.Run, sum.Read, sum.Indexed+sum.Updated+sum.Unchanged+sum.Refused()))
		}
		if r.Recorded == nil || r.Recorded.Read == 0 {
			continue
		}
		told++
		if s := r.Recorded; *s != r.expected(sum) {
			differ++
			details = append(details, fmt.Sprintf("run %d reported %d read, %d indexed, %d updated, %d unchanged, %d rejected", r.Run, s.Read, s.Indexed, s.Updated, s.Unchanged, s.Rejected))
		}
	}
	a.equal(fmt.Sprintf("runs of %d whose records do not add up", len(b.Accounts)), wrong, 0, strings.Join(details, "; "))
	a.equal(fmt.Sprintf("runs of %d that reported something else", told), differ, 0, strings.Join(details, "; "))
}

// expected is what a run must have reported that came to a sum: it did not know what was settled afterwards.
func (a *Account) expected(sum Count) Summary {
	s, skipped, later := *a.Recorded, a.Recorded.Skipped, &a.Settled
	s.Read = sum.Read - later.Read + skipped.Records
	s.Indexed, s.Updated = sum.Indexed-later.Indexed, sum.Updated-later.Updated
	s.Unchanged = sum.Unchanged - later.Unchanged + skipped.Records - skipped.Rejected
	s.Rejected = sum.Refused() - later.Refused() + skipped.Rejected
	return s
}

// auditSums checks that the sums over sources and over days are that over the runs.
func (b *Book) auditSums(a *Audit, total Count) {
	for _, by := range []string{BySource, ByDay} {
		sum := Count{}
		for _, row := range b.Rows(by, Filter{}) {
			sum.Add(&row.Count)
		}
		a.equal("read, summed by "+by+" and by run", sum.Read, total.Read, "")
		if sum.AddsUp() != total.AddsUp() || sum.Changes() != total.Changes() {
			a.equal("indexed, summed by "+by+" and by run", sum.Indexed, total.Indexed, "")
		}
	}
}

// auditSources compares the articles of each source with what was indexed and deleted of it. An update may give an article another
// source, and of some batches only the sum is known: a source may have so many more or fewer.
func (b *Book) auditSources(ctx context.Context, a *Audit, e index.Engine) error {
	r, err := e.Search(ctx, index.Request{Size: -1, Facets: []index.Field{index.FieldSource}, FacetSize: index.MaxFacetSize, Variants: index.VariantsOff})
	if err != nil {
		return err
	}
	wants, updated, unknown := map[string]int{}, map[string]int{}, 0
	for _, row := range b.Rows(BySource, Filter{}) {
		wants[row.folded] += row.Indexed - row.Deleted
		updated[row.folded] += row.Updated
	}
	for _, x := range b.Accounts {
		for _, day := range []string{Recovered, OtherDays} {
			if c := x.Cells[Key{"", day}]; c != nil {
				wants[""] -= c.Indexed - c.Deleted
				unknown += c.Indexed + c.Deleted + c.Updated
			}
		}
	}
	facet := r.Facets[index.FieldSource]
	has := map[string]int{"": facet.Missing}
	for _, v := range facet.Values {
		has[analysis.Fold(v.Value)] += v.Count
	}
	if facet.Distinct > len(facet.Values) {
		for source := range wants { // the rest cannot be told apart from none
			if _, ok := has[source]; !ok {
				delete(wants, source)
			}
		}
	}
	a.sources(has, wants, updated, unknown)
	return nil
}

// sources compares what sources have.
func (a *Audit) sources(has, wants, updated map[string]int, unknown int) {
	moved := 0
	for _, n := range updated {
		moved += n
	}
	wrong, off := []string{}, 0
	for _, source := range slices.Sorted(maps.Keys(merged(has, wants))) {
		more := has[source] - wants[source]
		if more == 0 {
			continue
		}
		off += max(more, -more)
		if more > updated[source]+unknown || -more > moved+unknown {
			wrong = append(wrong, fmt.Sprintf("%q has %d, and %d are accounted for", source, has[source], wants[source]))
		}
	}
	c := Check{What: "sources whose articles are not those indexed - deleted", Has: len(wrong), Holds: len(wrong) == 0}
	if c.Detail = strings.Join(wrong, "; "); c.Holds && off > 0 {
		c.Detail = fmt.Sprintf("updates, or batches of which only the sum is known, have given %d articles another source", (off+1)/2)
	}
	a.Checks = append(a.Checks, c)
}

func merged(a, b map[string]int) map[string]int {
	m := maps.Clone(a)
	maps.Copy(m, b)
	return m
}

// auditRejects counts the lines in the file of rejects of the last run that had one.
func (b *Book) auditRejects(a *Audit) error {
	var last *Account
	for _, r := range b.Accounts {
		if r.RejectsFile != "" {
			last = r
		}
	}
	if last == nil || last.BrokenOff() {
		return nil
	}
	lines, err := countRejects(last.RejectsFile)
	if errors.Is(err, fs.ErrNotExist) {
		a.add(Check{What: "lines in the file of rejects", Wants: total(last.Rejects), Holds: total(last.Rejects) == 0, Detail: last.RejectsFile + " is gone"})
		return nil
	}
	if err != nil {
		return err
	}
	var differ []string
	for _, reason := range slices.Sorted(maps.Keys(merged(lines, last.Rejects))) {
		if lines[reason] != last.Rejects[reason] {
			differ = append(differ, fmt.Sprintf("%q has %d lines, and %d were rejected", reason, lines[reason], last.Rejects[reason]))
		}
	}
	a.add(Check{
		What: fmt.Sprintf("lines in the rejects of run %d, by reason", last.Run), Has: total(lines), Wants: total(last.Rejects),
		Holds: len(differ) == 0, Detail: strings.Join(differ, "; "),
	})
	return nil
}

func total(m map[string]int) (n int) {
	for _, k := range m {
		n += k
	}
	return n
}

// countRejects counts the lines of a file of rejects by their reason.
func countRejects(name string) (map[string]int, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	reasons := map[string]int{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r struct{ Reason string }
		if json.Unmarshal(lines.Bytes(), &r) != nil {
			r.Reason = "unreadable line"
		}
		reasons[r.Reason]++
	}
	return reasons, lines.Err()
}
