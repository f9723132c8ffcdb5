package html

import (
	"net/url"
	"strings"

	"dateline/index"
	"dateline/index/source/fields"
)

// address finds the page's own address. What the page calls canonical counts unless it cannot be: another host's root, the home
// page, or the address of a section above the one that was fetched.
func (b *builder) address() {
	if u, err := url.Parse(strings.TrimSpace(b.o.URL)); err == nil && fields.Host(b.o.URL) != "" {
		b.where = u
	}
	for _, link := range b.addresses() {
		u := b.resolved(link)
		if u == nil || !b.mayBePage(u) {
			continue
		}
		b.a.URL = clean(u)
		break
	}
	if b.a.URL == "" && b.where != nil {
		u := *b.where
		b.a.URL = clean(&u)
	}
	if len(b.a.URL) <= index.MaxIDBytes {
		b.a.ID = b.a.URL
	}
}

// clean returns an address without its fragment and without what only says from where a reader came.
func clean(u *url.URL) string {
	u.Fragment, u.RawFragment = "", ""
	var kept []string
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(part, "=")
		switch {
		case strings.HasPrefix(name, "utm_"), name == "fbclid", name == "gclid", name == "mc_cid", name == "mc_eid", name == "ocid", name == "":
		default:
			kept = append(kept, part)
		}
	}
	u.RawQuery = strings.Join(kept, "&")
	u.ForceQuery = false
	return u.String()
}

// addresses returns what may be the page's address, best first.
func (b *builder) addresses() []string {
	all := append([]string{}, b.links["canonical"]...)
	all = append(all, b.metas["og:url"]...)
	for _, o := range b.linked.articles {
		for _, name := range [...]string{"url", "mainEntityOfPage", "@id"} {
			if s := b.linked.address(o[name]); strings.Contains(s, "://") {
				all = append(all, s)
			}
		}
	}
	all = append(all, b.metas["twitter:url"]...)
	all = append(all, b.metas["parsely-link"]...)
	if len(all) > 8 {
		all = all[:8]
	}
	return all
}

// resolved returns an address resolved against the page's, or nil when it is none of the web.
func (b *builder) resolved(link string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil {
		return nil
	}
	if !u.IsAbs() {
		base := b.where
		if given, err := url.Parse(b.base); err == nil && b.base != "" {
			if base != nil {
				given = base.ResolveReference(given)
			}
			base = given
		}
		if base == nil || !base.IsAbs() {
			return nil
		}
		u = base.ResolveReference(u)
	}
	if fields.Host(u.String()) == "" {
		return nil
	}
	return u
}

// mayBePage reports whether an address may be that of the page.
func (b *builder) mayBePage(u *url.URL) bool {
	path := strings.Trim(u.Path, "/")
	if b.where == nil {
		return path != "" || u.RawQuery != ""
	}
	own := strings.Trim(b.where.Path, "/")
	if path == "" && u.RawQuery == "" {
		return own == "" && b.where.RawQuery == ""
	}
	if b.sameHost(u) && path != own && strings.HasPrefix(own, path+"/") && u.RawQuery == "" {
		rest := strings.Trim(own[len(path):], "/")
		return len(path) > len(rest) || strings.HasPrefix(rest, "amp") || isFile(path) // pages and AMP of an article
	}
	return true
}

// isFile reports whether the last part of a path names a document rather than a section: it has a point, or several words.
func isFile(path string) bool {
	last := path[strings.LastIndexByte(path, '/')+1:]
	return strings.Contains(last, ".") || strings.Count(last, "-") >= 3
}

func (b *builder) sameHost(u *url.URL) bool {
	return strings.TrimPrefix(u.Hostname(), "www.") == strings.TrimPrefix(b.where.Hostname(), "www.")
}

// sameAddress reports whether two addresses are the same but for their scheme, www. and a slash at the end.
func sameAddress(a, b string) bool {
	return a != "" && b != "" && bareAddress(a) == bareAddress(b)
}

func bareAddress(s string) string {
	_, rest, found := strings.Cut(s, "://")
	if !found {
		rest = s
	}
	rest, _, _ = strings.Cut(rest, "#")
	return strings.TrimSuffix(strings.TrimPrefix(rest, "www."), "/")
}

// origin names the publisher.
func (b *builder) origin() {
	publisher := first(b.linked.names(b.news["publisher"])...)
	if strings.Contains(publisher, "://") {
		publisher = ""
	}
	b.a.Source = first(b.get("og:site_name"), publisher, b.get("application-name", "dc.publisher", "dcterms.publisher", "publisher", "twitter:app:name:iphone"), first(b.itemNames("publisher")...))
	if len(b.a.Source) > 100 {
		b.a.Source = ""
	}
	for _, o := range b.linked.pages {
		if b.a.Source == "" {
			b.a.Source = first(b.linked.names(o["publisher"])...)
		}
	}
	b.a.Source = first(b.a.Source, b.o.Source, fields.Host(b.a.URL), fields.Host(b.o.URL))
}

// originByTitle names the publisher, where nothing else does, by what the title element has besides the title.
func (b *builder) originByTitle() {
	full := first(b.titles...)
	i := strings.Index(full, b.a.Title)
	if b.a.Source != "" || b.a.Title == "" || i < 0 {
		return
	}
	rest := full[i+len(b.a.Title):]
	if isJoint(rest) && i == 0 {
		for _, j := range joints {
			if k := strings.LastIndex(rest, j); k >= 0 {
				rest = rest[k+len(j):]
			}
		}
	} else if rest == "" && i > 0 {
		rest = strings.TrimRight(full[:i], " :|-–—·")
	}
	if rest = strings.TrimSpace(rest); len(rest) > 2 && len(rest) < 60 {
		b.a.Source = rest
	}
}
