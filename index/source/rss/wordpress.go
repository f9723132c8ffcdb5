package rss

import (
	"strings"
	"time"

	"dateline/index/source/date"
	"dateline/index/source/record"
)

// wordpress reads an element of WordPress's own, and reports whether it is done with. Its exports hold all that a site has:
// only what is published is news.
func (d *draft) wordpress(name string, o offer) bool {
	if !strings.HasPrefix(name, "wp:") {
		return false
	}
	d.exportedNow()
	value := o.node.Content()
	switch name {
	case "wp:status":
		d.status(value, o)
	case "wp:post_type":
		if value != "post" && d.fault == nil {
			d.fault = record.Faultf(d.at, record.NotNews, "it is of the WordPress type %.40q, not a post", value)
		}
	case "wp:post_password":
		if value != "" && d.fault == nil {
			d.fault = record.Faultf(d.at, record.Unpublished, "it is kept behind a password")
		}
	case "wp:post_id", "wp:post_name", "wp:comment", "wp:postmeta", "wp:is_sticky":
		d.keep(o)
		return true
	}
	return strings.HasPrefix(name, "wp:") && name != "wp:attachment_url"
}

// exportedNow says that the item is of an export: what was read of it already had its line ends.
func (d *draft) exportedNow() {
	if d.exported {
		return
	}
	d.exported = true
	for i := range d.offers[aContent] {
		d.offers[aContent][i].prose.lines = true
	}
}

// status looks whether a post is published. A scheduled one is from its time on.
func (d *draft) status(value string, o offer) {
	switch value {
	case "publish", "inherit", "":
	case "future":
		t := d.scheduled()
		if t.IsZero() || t.After(d.feed.options.Time()) {
			d.fault = record.Faultf(d.at, record.Embargoed, "it is scheduled and not yet published")
		}
	default:
		d.fault = record.Faultf(d.at, record.Unpublished, "its WordPress status is %.40q", value)
	}
}

// scheduled returns the time for which a post is set.
func (d *draft) scheduled() time.Time {
	for _, o := range d.offers[aPublication] {
		if t, _, err := date.Parse(o.text); err == nil {
			return t
		}
	}
	return time.Time{}
}
