package page

import (
	"cmp"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"dateline/index"
	"dateline/index/analysis"
	"dateline/index/ledger"
)

// AccountsPath is the path of the page Accounts.
const AccountsPath = "/accounts"

// Accounts is the page that says what was read, by source and day, and what became of it.
type Accounts struct {
	Report *ledger.Report // by source and day; nil when no accounts are kept
	Filter ledger.Filter
	Stats  index.Stats
}

// What the page shows at most.
const (
	maxSources     = 50
	maxDays        = 60
	maxRuns        = 30
	accountBars    = 60 // in the chart of a source
	accountBarsTop = 24 // pixels
)

// accountsView is what accounts.html draws.
type accountsView struct {
	frame
	Kept     bool
	Source   string
	From, To string
	All      string // address of the page without a filter; "" when it has none
	Total    accountRow
	Sources  []accountRow
	OfMany   string // how many sources are not shown
	Span     string // the days that the charts are of
	Days     []accountRow
	OfDays   string
	Reasons  []reasonRow
	Runs     []runRow
	OfRuns   string
	Audit    *auditView
	AddUp    string // address of the page with an audit
	JSON     string
}

// auditView is what was added up again.
type auditView struct {
	AddsUp bool
	Checks []checkRow
}

// checkRow is a comparison.
type checkRow struct {
	What, Detail, Has, Wants string
	Holds                    bool
}

func newAuditView(a *ledger.Audit) *auditView {
	if a == nil {
		return nil
	}
	v := &auditView{AddsUp: a.AddsUp}
	for _, c := range a.Checks {
		v.Checks = append(v.Checks, checkRow{c.What, c.Detail, number(c.Has), number(c.Wants), c.Holds})
	}
	return v
}

// accountRow is a line of counts.
type accountRow struct {
	Name                                        link
	Bars                                        []accountBar
	Width                                       string // of the bar of what was read
	Read, Indexed, Updated, Unchanged, Rejected string
	Deleted, Undated, Ahead, Conflict           string
	count                                       ledger.Count
	days                                        map[string]int
}

// accountBar is a bar of a chart of days.
type accountBar struct {
	X, Y, Width, Height string
}

// reasonRow is a reason for which records were rejected.
type reasonRow struct{ Reason, Count string }

// runRow is a run.
type runRow struct {
	Number string
	Begun  date
	What   string
	State  string
	accountRow
}

// Render writes the page.
func (a Accounts) Render(w io.Writer) error {
	v := accountsView{frame: newFrame("Accounts", a.Stats), Source: a.Filter.Source, From: a.Filter.From, To: a.Filter.To}
	p := a.params()
	v.NoIndex = !p.empty()
	if !p.empty() {
		v.All = AccountsPath
	}
	v.AddUp, v.JSON = p.with("audit", "1").URL(), p.with("by", ledger.ByCell).at("/api/v1/accounts")
	if a.Report != nil {
		v.Kept, v.Audit = true, newAuditView(a.Report.Audit)
		v.Total = newAccountRow(link{Text: "in all"}, &a.Report.Total)
		v.sources(p, a.Report.Rows)
		v.days(p, a.Report.Rows)
		for _, reason := range slices.Sorted(maps.Keys(a.Report.Total.Rejected)) {
			v.Reasons = append(v.Reasons, reasonRow{reason, number(a.Report.Total.Rejected[reason])})
		}
		v.runs(a.Report.Runs)
	}
	return render(w, "accounts.html", v)
}

func (a Accounts) params() params {
	p := params{path: AccountsPath}
	for _, x := range []hidden{{"source", a.Filter.Source}, {"from", a.Filter.From}, {"to", a.Filter.To}} {
		if x.Value != "" {
			p = p.with(x.Name, x.Value)
		}
	}
	return p
}

func newAccountRow(name link, c *ledger.Count) accountRow {
	return accountRow{
		Name: name, count: *c,
		Read: number(c.Read), Indexed: number(c.Indexed), Updated: number(c.Updated), Unchanged: number(c.Unchanged), Rejected: number(c.Refused()),
		Deleted: number(c.Deleted), Undated: number(c.Undated), Ahead: number(c.FutureDate), Conflict: number(c.DateConflict),
	}
}

// sources sums the cells up by source, those with most records first.
func (v *accountsView) sources(p params, cells []ledger.Row) {
	bySource := map[string]*accountRow{}
	var list []*accountRow
	first, last := "", ""
	for i := range cells {
		c := &cells[i]
		key := analysis.Fold(c.Source)
		row := bySource[key]
		if row == nil {
			row = &accountRow{Name: sourceLink(p, c.Source), days: map[string]int{}}
			bySource[key], list = row, append(list, row)
		}
		row.count.Add(&c.Count)
		if isDay(c.Day) {
			row.days[c.Day] += c.Read
			if first == "" || c.Day < first {
				first = c.Day
			}
			last = max(last, c.Day)
		}
	}
	slices.SortStableFunc(list, func(a, b *accountRow) int { return cmp.Compare(b.count.Read, a.count.Read) })
	if len(list) > maxSources {
		v.OfMany = number(maxSources) + " of " + count(len(list), "source", "sources") + " are shown, those with most records."
		list = list[:maxSources]
	}
	from, to := parseDay(first), parseDay(last)
	if first != "" {
		v.Span = span(from, to)
	}
	for _, row := range list {
		whole := newAccountRow(row.Name, &row.count)
		whole.Bars = newAccountBars(row.days, from, to)
		v.Sources = append(v.Sources, whole)
	}
}

func sourceLink(p params, source string) link {
	if source == "" {
		return link{Text: "no source known"}
	}
	return link{Text: source, URL: p.with("source", source).URL()}
}

// isDay tells days from the words that stand for none.
func isDay(day string) bool { return day != "" && day[0] >= '0' && day[0] <= '9' }

func parseDay(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return time.Time{}
	}
	return t
}

// newAccountBars draws how many records there are of the days from first to last, in as many bars as fit.
func newAccountBars(days map[string]int, first, last time.Time) []accountBar {
	span := int(last.Sub(first).Hours()/24) + 1
	if len(days) == 0 || span < 1 {
		return nil
	}
	n := min(span, accountBars)
	sums := make([]int, n)
	for day, k := range days {
		i := int(parseDay(day).Sub(first).Hours()/24) * n / span
		sums[max(0, min(i, n-1))] += k
	}
	most := slices.Max(sums)
	var bars []accountBar
	for i, k := range sums {
		if k == 0 {
			continue
		}
		height := max(1, accountBarsTop*k/most)
		bars = append(bars, accountBar{
			X: percent(100 * float64(i) / float64(n)), Width: percent(100 / float64(n)),
			Y: strconv.Itoa(accountBarsTop - height), Height: strconv.Itoa(height),
		})
	}
	return bars
}

// days sums the cells up by day, the latest first; what has no day stands above.
func (v *accountsView) days(p params, cells []ledger.Row) {
	byDay := map[string]*ledger.Count{}
	for i := range cells {
		c := byDay[cells[i].Day]
		if c == nil {
			c = &ledger.Count{}
			byDay[cells[i].Day] = c
		}
		c.Add(&cells[i].Count)
	}
	days := slices.SortedFunc(maps.Keys(byDay), func(a, b string) int {
		if isDay(a) != isDay(b) {
			return cmp.Compare(b2i(isDay(a)), b2i(isDay(b)))
		}
		return strings.Compare(b, a)
	})
	if len(days) > maxDays {
		v.OfDays = "The latest " + number(maxDays) + " of " + number(len(days)) + " are shown."
		days = days[:maxDays]
	}
	most := 1
	for _, day := range days {
		most = max(most, byDay[day].Read)
	}
	for _, day := range days {
		row := newAccountRow(dayLink(p, day), byDay[day])
		row.Width = percent(100 * float64(byDay[day].Read) / float64(most))
		v.Days = append(v.Days, row)
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// dayNames say what the days are that are none.
var dayNames = map[string]string{ledger.NotRead: "not understood", ledger.Recovered: "recovered after a kill"}

func dayLink(p params, day string) link {
	if isDay(day) {
		return link{Text: parseDay(day).Format(layoutDay), URL: p.with("from", day).with("to", day).URL()}
	}
	return link{Text: cmp.Or(dayNames[day], day)}
}

// runs shows the last runs.
func (v *accountsView) runs(runs []*ledger.Account) {
	if len(runs) > maxRuns {
		v.OfRuns = "The last " + number(maxRuns) + " are shown."
		runs = runs[:maxRuns]
	}
	for _, r := range runs {
		row := runRow{Number: number(r.Run), Begun: newDate(r.Begun, "minute"), What: strings.Join(append([]string{r.Command}, r.Paths...), " "), accountRow: newAccountRow(link{}, &r.Sum)}
		switch {
		case r.Runs > 0:
			row.What, row.State = count(r.Runs, "run", "runs")+" up to this one", "kept as one"
		case r.Error != "":
			row.State = "broken off: " + r.Error
		case r.Ended.IsZero():
			row.State = "under way, or killed"
		default:
			row.State = "ended"
		}
		if r.Resumes > 0 {
			row.State += ", went on from run " + number(r.Resumes)
		}
		v.Runs = append(v.Runs, row)
	}
}
