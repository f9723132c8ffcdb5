package page

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dateline/index"
)

var today = time.Date(2024, 3, 20, 12, 0, 0, 0, time.UTC)

// someFeeds is the page of feeds with one of each kind.
func someFeeds() Feeds {
	return Feeds{Kept: true, Polling: true, MayChange: true, Now: today, Stats: stats, Feeds: []Feed{
		{
			URL: "https://quay.example.com/feed", Title: "The Quay", Source: "Quay Wire", FullText: true, Items: 1234, Days: map[string]int{"2024-03-20": 5, "2024-02-20": 10, "2024-02-19": 99},
			Success: at("2024-03-20T11:00:00Z"), Next: at("2024-03-20T12:30:00Z"), Rejects: 1, Rejected: "no text: it has neither title nor body", Unpaged: "the robots.txt of its host forbids it",
		},
		{URL: "https://tide.example.com/feed", Error: "the host answers 500 Internal Server Error", Failures: 3, Success: at("2024-03-01T11:00:00Z")},
		{URL: "https://gone.example.com/feed", Disabled: "its host says that it is gone for good"},
		{URL: "https://new.example.com/feed"},
	}}
}

func hostileFeeds() Feeds {
	f := Feed{URL: hostile, Title: hostile, Source: hostile, Error: hostile, Disabled: hostile, Rejected: hostile, Unpaged: hostile, Days: map[string]int{hostile: 1 << 60}, Items: -1}
	failing := f
	failing.Disabled, failing.URL = "", "javascript:alert(1)"
	return Feeds{Kept: true, MayChange: true, Now: today, Feeds: []Feed{f, failing}, Done: FeedPolled, DoneFeed: hostile, Fault: hostile, Hint: hostile, Wanted: f, Stats: stats}
}

func TestFeedsPage(t *testing.T) {
	d := draw(t, someFeeds())
	if got := d.textOf("p.total"); got != "4 feeds, 114 articles in the last 30 days; 2 in trouble" {
		t.Error(got)
	}
	if got := d.texts("table.feeds tr.bad p.state"); fmt.Sprint(got) != "[The host answers 500 Internal Server Error. Failed 3 times in a row. Given up: its host says that it is gone for good.]" {
		t.Error(got)
	}
	if got := d.texts("table.feeds p.note"); len(got) != 3 || got[0] != "1 record was rejected." {
		t.Error(got)
	}
	if n := len(d.all("table.feeds form")); n != 7 { // one that was given up cannot be polled
		t.Errorf("%d forms", n)
	}
	svg := d.all("td.days svg")[0]
	if label := attr(svg, "aria-label"); label != "15 articles in 30 days, at most 10 in one" {
		t.Error(label)
	}
	bars := d.all("td.days rect.bar")
	if len(bars) != 4*30 || attr(bars[0], "height") != "100%" || attr(bars[29], "height") != "50%" || attr(bars[1], "height") != "0%" {
		t.Errorf("%d bars, %s, %s", len(bars), attr(bars[0], "height"), attr(bars[29], "height"))
	}
	still := someFeeds()
	still.MayChange, still.Polling = false, false
	d = draw(t, still)
	if len(d.all("main form")) != 0 || !strings.Contains(d.textOf("p.notice"), "--poll never") {
		t.Error("a reader who may not change anything")
	}
}

func TestFeedsDone(t *testing.T) {
	for done, want := range map[FeedsDone]string{
		FeedAdded: "Subscribed to The Quay.", FeedKnown: "There is a subscription already to The Quay.", FeedPolled: "Polled The Quay.", FeedRemoved: "Ended the subscription to The Quay.", "x": "", "": "",
	} {
		p := someFeeds()
		p.Done, p.DoneFeed = done, p.Feeds[0].URL
		if got := strings.Join(draw(t, p).texts("div.done p"), " "); got != want {
			t.Errorf("%q: %q", done, got)
		}
	}
	p := someFeeds()
	p.Done, p.DoneFeed = FeedAdded, "https://other.example.com/" // an old address
	if got := draw(t, p).texts("div.done"); len(got) != 0 {
		t.Error(got)
	}
}

func TestFeedDates(t *testing.T) {
	f := Feed{Next: index.Time{}, Success: at("2024-03-20T11:05:09Z")}
	if row := f.row(Feeds{Now: today}); row.Success.Text != "20 March 2024, 11:05 UTC" || row.Next.Text != "" || row.Remove != "" {
		t.Errorf("%+v", row)
	}
}
