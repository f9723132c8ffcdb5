package rss

import (
	"cmp"
	"strings"
	"sync"

	"dateline/index"
	"dateline/index/source/charset"
	"dateline/index/source/fields"
	"dateline/index/source/record"
	"dateline/index/source/soup"
)

// feed is what a feed says of itself, which holds for its items unless they say otherwise. It is read when the first of them
// is decoded.
type feed struct {
	head    *soup.Head
	options record.Options
	once    sync.Once

	scope     soup.Scope
	atom      bool // it is Atom, whose names go without a prefix
	base      string
	title     string
	link      string // absolute, of the site
	self      string // of the feed, as it says itself
	language  string
	publisher string
	authors   []string
	logins    map[string]string // WordPress: the names of its authors by what they log in with
}

// article makes the article of an item.
func (f *feed) article(p soup.Piece) (index.Article, error) {
	d, err := f.draft(p)
	if err != nil {
		return index.Article{}, err
	}
	return d.finish()
}

// draft reads an item.
func (f *feed) draft(p soup.Piece) (*draft, error) {
	f.once.Do(f.read)
	tree, err := soup.Parse(p.Raw, leaf)
	if err != nil {
		return nil, record.Faultf(p.Place, record.TooLarge, "%v", err)
	}
	d := newDraft(f, p.Place)
	d.entry = p.Name
	d.item(tree.Kids[0])
	return d, nil
}

// read makes the feed of its head.
func (f *feed) read() {
	f.scope = soup.NewScope(known)
	f.base = f.options.URL
	tree, err := soup.Parse(f.head.Raw(), nil)
	if err != nil {
		return // a head of nothing but tags says nothing
	}
	root := rootOf(tree)
	if root == nil {
		return
	}
	f.atom = soup.Local(root.Name) == "feed"
	f.element(root)
	for _, kid := range root.Kids {
		if kid.Name != "" && soup.Local(kid.Name) == "channel" {
			f.element(kid)
		}
	}
	if fields.Host(f.base) == "" {
		f.base = f.self
	}
	if fields.Host(f.link) == "" {
		f.link = cmp.Or(resolve(f.base, f.link), f.options.URL)
	}
}

// rootOf returns the root element of a feed, which may stand inside of others.
func rootOf(tree *soup.Node) *soup.Node {
	for _, kid := range tree.Kids {
		switch soup.Local(kid.Name) {
		case "rss", "rdf", "feed", "channel":
			return kid
		}
		if root := rootOf(kid); root != nil {
			return root
		}
	}
	return nil
}

// element reads the root or the channel.
func (f *feed) element(n *soup.Node) {
	f.scope = f.scope.In(n)
	f.base = resolve(f.base, n.Attr("xml:base"))
	f.language = cmp.Or(fields.LanguageCode(n.Attr("xml:lang")), f.language)
	for _, kid := range n.Kids {
		if kid.Name == "" {
			continue
		}
		switch name := f.name(kid); name {
		case "title":
			f.title = cmp.Or(f.title, textOf(kid, f.atom).line())
		case "link", "atom:link":
			f.linked(kid)
		case "language", "dc:language":
			f.language = cmp.Or(fields.LanguageCode(kid.Content()), f.language)
		case "dc:publisher":
			f.publisher = cmp.Or(f.publisher, oneLine(kid.Content()))
		case "author", "atom:author", "dc:creator":
			f.authors = append(f.authors, people(kid)...)
		case "wp:author":
			f.login(kid)
		}
	}
}

// linked takes the address of the feed's site.
func (f *feed) linked(n *soup.Node) {
	href, rel := n.Attr("href"), n.Attr("rel")
	if href == "" {
		href = n.Content()
	}
	if rel == "" || rel == "alternate" {
		f.link = cmp.Or(f.link, strings.TrimSpace(href))
	} else if rel == "self" {
		f.self = cmp.Or(f.self, strings.TrimSpace(href))
	}
}

func (f *feed) login(n *soup.Node) {
	login, name := n.Child("author_login"), n.Child("author_display_name")
	if login == nil || name == nil {
		return
	}
	if f.logins == nil {
		f.logins = map[string]string{}
	}
	f.logins[login.Content()] = oneLine(name.Content())
}

// name returns the usual name of an element: that of Atom's are without a prefix in Atom.
func (f *feed) name(n *soup.Node) string {
	return f.plain(f.scope.In(n).Name(n.Name))
}

func (f *feed) plain(name string) string {
	if f.atom {
		return strings.TrimPrefix(name, "atom:")
	}
	return name
}

// oneLine returns a text in one line with single blanks.
func oneLine(s string) string { return strings.Join(strings.Fields(charset.Clean(s)), " ") }
