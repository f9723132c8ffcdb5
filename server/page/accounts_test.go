package page

import (
	"strings"
	"testing"

	"dateline/index/ledger"
)

// accounted is a report with something of everything.
func accounted() *ledger.Report {
	rows := []ledger.Row{
		{Source: "Quay", Day: "2024-03-14", Count: ledger.Count{Read: 1200, Indexed: 1000, Updated: 150, Unchanged: 50}},
		{Source: "Quay", Day: "2024-03-16", Count: ledger.Count{Read: 3, Indexed: 3, FutureDate: 1, DateConflict: 2}},
		{Source: "quay", Day: ledger.Undated, Count: ledger.Count{Read: 7, Indexed: 7, Undated: 7}},
		{Source: "Tide", Day: "2024-03-15", Count: ledger.Count{Read: 2, Indexed: 2, Deleted: 1}},
		{Day: ledger.NotRead, Count: ledger.Count{Read: 5, Rejected: map[string]int{"no text": 4, "bad date": 1}}},
		{Day: ledger.Recovered, Count: ledger.Count{Read: 9, Indexed: 9}},
	}
	r := &ledger.Report{By: ledger.ByCell, Rows: rows, Of: len(rows)}
	for i := range rows {
		r.Total.Add(&rows[i].Count)
	}
	r.Runs = []*ledger.Account{
		{Run: 9, Begun: at("2024-03-17T10:00:00Z"), Command: "index", Paths: []string{"news"}, Sum: r.Total},
		{Run: 8, Begun: at("2024-03-16T10:00:00Z"), Ended: at("2024-03-16T10:01:00Z"), Command: "index", Resumes: 7},
		{Run: 7, Begun: at("2024-03-15T10:00:00Z"), Ended: at("2024-03-15T10:01:00Z"), Command: "index", Error: "interrupted"},
		{Run: 6, Runs: 6, Begun: at("2024-03-14T10:00:00Z"), Ended: at("2024-03-14T10:01:00Z"), Command: "feed"},
	}
	return r
}

func hostileAccounts() Accounts {
	r := accounted()
	r.Rows = append(r.Rows, ledger.Row{Source: hostile, Day: hostile, Count: ledger.Count{Read: 1, Rejected: map[string]int{hostile: 1}}},
		ledger.Row{Source: hostile, Day: "9999-99-99", Count: ledger.Count{Read: 1}}, ledger.Row{Source: hostile, Day: "0001-01-01", Count: ledger.Count{Read: 1}})
	r.Total.Reject(hostile, 1)
	r.Runs[2].Paths, r.Runs[2].Error, r.Runs[2].Command = []string{hostile}, hostile, hostile
	r.Audit = &ledger.Audit{Checks: []ledger.Check{{What: hostile, Has: 1, Wants: 2, Detail: hostile}, {What: "x", Holds: true}}}
	return Accounts{Report: r, Filter: ledger.Filter{Source: hostile, From: hostile, To: hostile}, Stats: stats}
}

func TestAccountsPage(t *testing.T) {
	d := draw(t, Accounts{Report: accounted(), Filter: ledger.Filter{From: "2024-03-01"}, Stats: stats})
	table := d.texts("section tbody tr")
	for _, want := range []string{
		"Quay 1,210 1,010 150 50 0 0 7 1 2", "no source known 14 9 0 0 5 0 0 0 0", "Tide 2 2 0 0 0 1 0 0 0", "in all 1,226 1,021 150 50 5 1 7 1 2",
		"no text 4", "14 March 2024 1,200 1,000 150 50 0 0 0 0 0", "undated 7", "recovered after a kill 9", "not understood 5",
		"9 index news under way, or killed", "8 index ended, went on from run 7", "7 index broken off: interrupted", "6 6 runs up to this one kept as one",
	} {
		found := false
		for _, row := range table {
			found = found || strings.Contains(packed(row), packed(want))
		}
		if !found {
			t.Errorf("no row %q in\n%s", want, strings.Join(table, "\n"))
		}
	}
	if n := len(d.all("section td svg rect")); n < 4 {
		t.Errorf("%d bars", n)
	}
	for selector, want := range map[string]string{
		"input#from": "2024-03-01", "input#source": "",
	} {
		if got := attr(d.one(selector), "value"); got != want {
			t.Errorf("%s has %q", selector, got)
		}
	}
	if links := d.text; !strings.Contains(links, `href="/accounts?from=2024-03-01&amp;source=Quay"`) || !strings.Contains(links, `href="/accounts?from=2024-03-14&amp;to=2024-03-14"`) {
		t.Error("sources and days lead nowhere")
	}
}

// packed is a row without the blanks, which cells do not have between them.
func packed(row string) string { return strings.ReplaceAll(row, " ", "") }

func TestAccountsAudit(t *testing.T) {
	r := accounted()
	r.Audit = &ledger.Audit{AddsUp: true, Checks: []ledger.Check{{What: "read", Has: 1, Wants: 1, Holds: true}}}
	if d := draw(t, Accounts{Report: r}); d.textOf("#audit") != "It adds up" {
		t.Errorf("verdict %q", d.textOf("#audit"))
	}
	r.Audit = &ledger.Audit{Checks: []ledger.Check{{What: "read", Has: 1, Wants: 2, Detail: "where"}}}
	d := draw(t, Accounts{Report: r})
	if d.textOf("#audit") != "It does not add up" || !strings.Contains(packed(strings.Join(d.texts("section tbody tr"), "\n")), "readwhere12no") {
		t.Errorf("verdict %q, %q", d.textOf("#audit"), d.texts("section tbody tr")[0])
	}
	if d := draw(t, Accounts{}); !strings.Contains(d.textOf("main"), "keeps no accounts") {
		t.Error("it keeps accounts")
	}
}

// TestAccountBars holds that a chart of four centuries, or of one day, is drawn.
func TestAccountBars(t *testing.T) {
	for _, days := range []map[string]int{{"1605-01-01": 1, "2024-03-14": 1000000}, {"2024-03-14": 1}, {}} {
		first, last := "", ""
		for day := range days {
			if first == "" || day < first {
				first = day
			}
			last = max(last, day)
		}
		if n := len(newAccountBars(days, parseDay(first), parseDay(last))); n != len(days) {
			t.Errorf("%v: %d bars", days, n)
		}
	}
}
