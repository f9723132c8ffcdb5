package rss

import (
	"cmp"
	"net/url"
	"strings"

	"dateline/index/source/fields"
)

// resolve returns the address that a reference means at a base. It is as written where it is whole, and where there is no base.
func resolve(base, ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" {
		return base
	}
	if fields.Host(ref) != "" || base == "" {
		return ref
	}
	b, err := url.Parse(base)
	if err != nil {
		return ref
	}
	r, err := url.Parse(strings.ReplaceAll(ref, " ", "%20"))
	if err != nil {
		return ref
	}
	return b.ResolveReference(r).String()
}

// link returns the address of the item: the best that is whole, if need be at the feed's site.
func (d *draft) link() string {
	var best offer
	best.rank = -1
	for _, o := range d.links {
		address := unwrapped(o.text)
		if fields.Host(address) == "" && d.feed.link != "" && address != "" {
			address = resolve(d.feed.link, address)
		}
		if strings.HasPrefix(address, "//") {
			address = "https:" + address
		}
		if spaced := strings.ReplaceAll(address, " ", "%20"); fields.Host(spaced) != "" && (best.rank < 0 || o.rank < best.rank) {
			best = offer{rank: o.rank, text: spaced, node: o.node}
		}
	}
	for _, o := range d.links {
		if o.node != nil && o.node != best.node && o.rank != 7 && o.text != best.text {
			d.keep(o)
		}
	}
	return best.text
}

// unwrapped returns the address in one of Google's that leads to it, as its alerts have them.
func unwrapped(address string) string {
	if host := fields.Host(address); host != "google.com" || !strings.Contains(address, "/url?") {
		return address
	}
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if to := cmp.Or(u.Query().Get("url"), u.Query().Get("q")); fields.Host(to) != "" {
		return to
	}
	return address
}

// redirectors are hosts that lead to publishers and are none.
var redirectors = []string{"feedproxy.google.com", "feeds.feedburner.com", "news.google.com", "rss.feedsportal.com", "feedsportal.com",
	"pheedo.com", "t.co", "bit.ly", "feedproxy.feedly.com", "go.microsoft.com", "rss.cnn.com", "feeds.bbci.co.uk"}

// publisher returns the publisher of an item: whom the item itself was taken over from, or names as its publisher; then whom the
// options name; then the publisher that the feed names; then the host of the item's address, or of the feed's. The title of a
// feed is the last resort: feeds are called after their sections ("World - Harbour Gazette"), so that one publisher would come
// apart into dozens.
func (d *draft) publisher() string {
	taken := d.best(aSource).text
	if strings.EqualFold(taken, d.feed.title) {
		taken = "" // half of those who give a source name their own feed
	}
	return cmp.Or(taken, oneLine(d.best(aPublisher).text), d.feed.options.Source, d.feed.publisher,
		publisherHost(d.a.URL), publisherHost(d.feed.link), fields.Host(d.a.URL), d.feed.title)
}

func publisherHost(address string) string {
	host := fields.Host(address)
	for _, r := range redirectors {
		if host == r || strings.HasSuffix(host, "."+r) {
			return ""
		}
	}
	return host
}
