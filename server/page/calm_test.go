package page

import (
	"slices"
	"testing"

	"dateline/index"
)

// TestPartsOfTheQueryAreOpenWhereNothingWasFound: a search that finds something keeps them folded.
func TestPartsOfTheQueryAreOpenWhereNothingWasFound(t *testing.T) {
	r := found()
	r.Clauses = []index.Clause{{Text: "oil", Articles: 3}, {Text: "prise"}}
	d := draw(t, Search{Params: oil(), Result: r, Stats: stats})
	if len(d.all(".doctor details")) != 1 || len(d.all(".doctor details[open]")) != 0 {
		t.Error("not folded beside hits")
	}
	r.Total, r.Hits = index.Total{}, nil
	if d = draw(t, Search{Params: oil(), Result: r, Stats: stats}); len(d.all(".zero .doctor details[open]")) != 1 {
		t.Error("not open where nothing was found")
	}
}

// TestOptions: what is rarely changed is folded behind the orders and units of the list.
func TestOptions(t *testing.T) {
	d := draw(t, Search{Params: oil(), Result: found(), Stats: stats, Future: 2})
	got := d.texts("div.order details.options a")
	if !slices.Contains(got, "compact") || !slices.Contains(got, "Why this order?") || len(d.all("details.options .whylink")) < 1 {
		t.Errorf("%q", got)
	}
	if slices.Contains(got, "newest") || slices.Contains(got, "each story once") {
		t.Errorf("folded too: %q", got)
	}
}

// TestWayToTheFilters: on a narrow screen they stand below the hits; the link to them stands before these, and says how many apply.
func TestWayToTheFilters(t *testing.T) {
	for _, c := range []struct {
		source []string
		want   string
	}{{nil, "Filters"}, {[]string{"The Quay"}, "Filters (1)"}, {[]string{"The Quay", "Reuters"}, "Filters (2)"}} {
		p := oil()
		for name := range p {
			if name != "q" {
				delete(p, name)
			}
		}
		if c.source != nil {
			p["source"] = c.source
		}
		d := draw(t, Search{Params: p, Result: found(), Stats: stats})
		if got := d.textOf("a.tofilters[href=#filters]"); got != c.want {
			t.Errorf("%q: %q, not %q", c.source, got, c.want)
		}
		if len(d.all("#filters")) != 1 {
			t.Error("it leads nowhere")
		}
	}
}

// TestDeskFolds: what is asked for most stands open, and so does the form whose answer was refused.
func TestDeskFolds(t *testing.T) {
	e := mirzaev()
	d := draw(t, e)
	if len(d.all(".desk form")) != 4 || len(d.all(".desk details form")) != 3 || len(d.all(".desk details[open]")) != 0 {
		t.Errorf("%d forms, %d folded", len(d.all(".desk form")), len(d.all(".desk details form")))
	}
	e.Info.Hidden = true
	if d = draw(t, e); len(d.all(".desk details[open]")) != 1 {
		t.Error("a hidden name's desk is folded")
	}
}
