package rss

import "strings"

// namespaces has the usual prefixes of the namespaces that feeds use, by the beginning of their addresses in small letters,
// without their scheme: publishers write them with https, with versions and with or without a slash at the end. Those of RSS
// have none.
var namespaces = [][2]string{
	{"purl.org/rss/1.0/modules/content", "content"}, {"purl.org/rss/1.0/modules/syndication", "sy"},
	{"purl.org/rss/1.0/modules/slash", "slash"}, {"purl.org/rss/1.0/modules/dcterms", "dcterms"},
	{"purl.org/rss/1.0/modules/dc", "dc"}, {"purl.org/rss/1.0/modules/", ""}, {"purl.org/rss/1.0", rssPrefix},
	{"my.netscape.com/", rssPrefix}, {"channel.netscape.com/", rssPrefix}, {"backend.userland.com/rss", rssPrefix},
	{"blogs.law.harvard.edu/tech/rss", rssPrefix}, {"cyber.law.harvard.edu/rss", rssPrefix}, {"backend.userland.com/creativecommons", "creativecommons"},
	{"www.w3.org/2005/atom", "atom"}, {"purl.org/atom/", "atom"}, {"purl.org/dc/elements/", "dc"}, {"purl.org/dc/terms", "dcterms"},
	{"search.yahoo.com/mrss", "media"}, {"www.itunes.com/dtds/podcast", "itunes"}, {"example.com/dtds/podcast", "itunes"},
	{"rssnamespace.org/feedburner", "feedburner"}, {"www.w3.org/1999/xhtml", "xhtml"}, {"wordpress.org/export/", "wp"},
	{"wellformedweb.org/commentapi", "wfw"}, {"www.w3.org/1999/02/22-rdf-syntax-ns", "rdf"}, {"www.georss.org/georss", "georss"},
	{"www.w3.org/2003/01/geo/", "geo"}, {"www.opengis.net/gml", "gml"}, {"purl.org/syndication/thread/", "thr"},
	{"www.w3.org/xml/1998/namespace", "xml"},
}

const rssPrefix = "rss"

// known returns the usual prefix of a namespace.
func known(uri string) (prefix string, ok bool) {
	uri = strings.ToLower(uri)
	_, address, found := strings.Cut(uri, "://")
	if !found {
		return "", false
	}
	switch {
	case strings.HasPrefix(address, "wordpress.org/export/") && strings.Contains(address, "excerpt"):
		return "excerpt", true
	case strings.HasPrefix(address, "prismstandard.org/namespaces/"), strings.HasPrefix(address, "purl.org/rss/1.0/modules/prism"):
		return "prism", true
	}
	for _, n := range namespaces {
		if strings.HasPrefix(address, n[0]) {
			switch n[1] {
			case rssPrefix:
				return "", true
			case "":
				return "", false
			}
			return n[1], true
		}
	}
	return "", false
}
