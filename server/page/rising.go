package page

import (
	"strconv"

	"dateline/index"
	"dateline/index/rising"
)

// RisingParam is the parameter of the window in which things rise.
const RisingParam = "rising"

// risingView is what rises, as the front page shows it.
type risingView struct {
	Windows []choice
	Explain string
	Lists   []risingList
	None    string // why there are no lists
}

// risingList are the values of one field.
type risingList struct {
	ID, Title string
	Rows      []risingRow
}

// risingRow is one of them. Its counts lead to the articles that they count.
type risingRow struct{ Name, Count, Before link }

// newRising is nil where nothing rises, unless a window was asked for.
func newRising(f Front, newest index.Time) *risingView {
	v, r := &risingView{}, f.Rising
	if f.Window == "" && (r == nil || len(r.Lists) == 0) {
		return nil
	}
	for _, w := range rising.Windows {
		if w.Enough(newest, f.Stats.First) {
			v.Windows = append(v.Windows, choice{
				Text: count(w.Days, "day", "days"), URL: params{path: FrontPath}.with(RisingParam, w.Name).URL(), Current: r != nil && w.Name == r.Window || w.Name == f.Window,
			})
		}
	}
	if r == nil {
		v.None = "There are no articles before to compare so many days with."
		return v
	}
	w, _ := rising.WindowOf(r.Window)
	v.Explain = risingSpan(r) + " against the " + count(w.Before, "day", "days") + " before, by how far a share exceeds what chance would bring (log-likelihood ratio)."
	if len(r.Lists) == 0 {
		v.None = "Nothing is named more often than chance explains."
	}
	for _, l := range r.Lists {
		v.Lists = append(v.Lists, newRisingList(r, l, w.Before))
	}
	return v
}

func risingSpan(r *rising.Report) string {
	from, to := dayText(r.From), dayText(r.To)
	if from == to {
		return to
	}
	return from + " – " + to
}

// dayText writes a day in words.
func dayText(day string) string {
	return bucketLabel(index.Day, bucketStart(day, nil))
}

func newRisingList(r *rising.Report, l rising.List, days int) risingList {
	v := risingList{ID: "rising-" + string(l.Field), Title: capital(fieldNames[l.Field].many)}
	before := " in the " + strconv.Itoa(days) + " days before"
	for _, x := range l.Values {
		find := params{}.with(string(l.Field), x.Value)
		row := risingRow{Name: entityLink(string(l.Field), x.Value), Before: link{Text: "none" + before}}
		row.Name.Text = shown(l.Field, x.Value)
		if row.Name.URL == "" {
			row.Name.URL = find.URL()
		}
		row.Count = link{Text: units(x.Count, index.Articles), URL: find.with("from", r.From).with("to", r.To).URL()}
		if x.Before > 0 {
			row.Before = link{Text: number(x.Before) + before, URL: find.with("from", r.BeforeFrom).with("to", r.BeforeTo).URL()}
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}
