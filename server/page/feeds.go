package page

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"time"

	"dateline/index"
)

// FeedsPath is the path of the page Feeds. Its forms are sent to the other paths, with the fields url, source and full_text.
const (
	FeedsPath      = "/feeds"
	AddFeedPath    = FeedsPath + "/add"
	RemoveFeedPath = FeedsPath + "/remove"
	PollFeedPath   = FeedsPath + "/poll"
)

// FeedsDone is what a form of the page has done.
type FeedsDone string

// What can be done.
const (
	FeedAdded   FeedsDone = "added"
	FeedKnown   FeedsDone = "known"
	FeedRemoved FeedsDone = "removed"
	FeedPolled  FeedsDone = "polled"
)

// doneWords say it.
var doneWords = map[FeedsDone]string{
	FeedAdded: "Subscribed to", FeedKnown: "There is a subscription already to", FeedRemoved: "Ended the subscription to", FeedPolled: "Polled",
}

// Feeds is the page of the subscriptions and how they do.
type Feeds struct {
	Kept      bool // the server keeps subscriptions
	Feeds     []Feed
	Polling   bool // they are polled when they are due
	MayChange bool
	Now       time.Time
	Done      FeedsDone // what was done just now, or ""
	DoneFeed  string    // the address of the feed that it was done to
	Fault     string    // why the feed that is wanted cannot be, in a sentence without a full stop; or ""
	Hint      string
	Wanted    Feed // as the form had it
	Stats     index.Stats
}

// Feed is a subscription.
type Feed struct {
	URL, Title, Source string
	FullText           bool
	Items              int
	Days               map[string]int // articles by day (YYYY-MM-DD, UTC)
	Success, Next      index.Time
	Error              string // of the last poll, or ""
	Failures           int
	Disabled           string // why it is polled no more, or ""
	Rejects            int    // records of all polls that were rejected
	Rejected           string // one of the last poll, or ""
	Unpaged            string // why the page of an article could not be had, or ""
}

// feedsView is what feeds.html draws.
type feedsView struct {
	frame
	Heading   string
	Done      string
	DoneFeed  string
	Summary   string
	Still     bool // nobody polls
	Rows      []feedRow
	MayChange bool
	Add       addForm
	Export    string
	None      string
}

// addForm is the form that subscribes.
type addForm struct {
	Action, URL, Source string
	FullText            bool
	Fault               string
}

// feedRow is a subscription in the table.
type feedRow struct {
	Title, URL string
	Source     string
	FullText   bool
	Items      string
	Bars       []bar
	Days       string // the bars in words
	Success    date
	Next       date
	State      string
	Bad        bool
	Notes      []string
	Remove     string // where the form that ends it is sent; "" when there is none
	Poll       string
}

// shownDays is how many days the bars show.
const shownDays = 30

// Render writes the page.
func (p Feeds) Render(w io.Writer) error {
	v := feedsView{
		frame: newFrame("Feeds", p.Stats).on("/feeds"), Heading: "Feeds", MayChange: p.MayChange, Still: !p.Polling && len(p.Feeds) > 0,
		Add:    addForm{Action: AddFeedPath, URL: p.Wanted.URL, Source: p.Wanted.Source, FullText: p.Wanted.FullText},
		Export: "/api/v1/feeds?format=opml", None: "There are no subscriptions yet.",
	}
	if !p.Kept {
		v.None = "This server keeps no feeds."
	}
	v.NoIndex = true
	if p.Fault != "" {
		v.Add.Fault = sentence(p.Fault)
		if p.Hint != "" {
			v.Add.Fault += " " + sentence(p.Hint)
		}
	}
	total, bad := 0, 0
	for _, f := range p.Feeds {
		row := f.row(p)
		if row.Bad {
			bad++
		}
		for _, n := range f.Days {
			total += n
		}
		v.Rows = append(v.Rows, row)
		if f.URL == p.DoneFeed {
			v.DoneFeed = row.Title
		}
	}
	if words := doneWords[p.Done]; words != "" && (v.DoneFeed != "" || p.Done == FeedRemoved) {
		v.Done, v.DoneFeed = words, cmp.Or(v.DoneFeed, p.DoneFeed)
	}
	if len(p.Feeds) > 0 {
		v.Summary = fmt.Sprintf("%s, %s in the last %d days", count(len(p.Feeds), "feed", "feeds"), count(total, "article", "articles"), shownDays)
		if bad > 0 {
			v.Summary += "; " + number(bad) + " in trouble"
		}
	}
	return render(w, "feeds.html", v)
}

func (f Feed) row(p Feeds) feedRow {
	row := feedRow{
		Title: cmp.Or(f.Title, f.URL), URL: f.URL, Source: f.Source, FullText: f.FullText, Items: number(f.Items),
		Success: newDate(f.Success, "minute"), Next: newDate(f.Next, "minute"),
	}
	row.Bars, row.Days = f.bars(p.Now)
	switch {
	case f.Disabled != "":
		row.State, row.Bad = sentence("Given up: "+f.Disabled), true
	case f.Error != "":
		row.State, row.Bad = sentence(f.Error), true
		if f.Failures > 1 {
			row.State += " Failed " + strconv.Itoa(f.Failures) + " times in a row."
		}
	case f.Success.IsZero():
		row.State = "Not polled yet."
	}
	if f.Rejects > 0 {
		row.Notes = append(row.Notes, count(f.Rejects, "record was", "records were")+" rejected.")
	}
	if f.Rejected != "" {
		row.Notes = append(row.Notes, "Last: "+ended(f.Rejected))
	}
	if f.Unpaged != "" {
		row.Notes = append(row.Notes, "The full text of an article could not be had: "+ended(f.Unpaged))
	}
	if p.MayChange {
		row.Remove, row.Poll = RemoveFeedPath, PollFeedPath
		if f.Disabled != "" {
			row.Poll = ""
		}
	}
	return row
}

// bars draws the articles of each day, today last, and says the same in words.
func (f Feed) bars(now time.Time) (bars []bar, words string) {
	most, total := 0, 0
	first := now.UTC().AddDate(0, 0, 1-shownDays)
	days := make([]time.Time, shownDays)
	for i := range days {
		days[i] = first.AddDate(0, 0, i)
		n := f.Days[days[i].Format(time.DateOnly)]
		most, total = max(most, n), total+n
	}
	for i, day := range days {
		n := f.Days[day.Format(time.DateOnly)]
		b := bar{Title: day.Format(layoutDay) + ": " + count(n, "article", "articles")}
		b.place(i, shownDays, float64(n)/float64(max(most, 1)))
		bars = append(bars, b)
	}
	return bars, fmt.Sprintf("%s in %d days, at most %s in one", count(total, "article", "articles"), shownDays, number(most))
}
