package html

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// around says how surely an element is not the article but something around it.
type around int

const (
	aroundPicture around = 1 // cut unless more than a caption is in it
	aroundMaybe   around = 2 // cut unless a good part of the page's prose is in it
	aroundSurely  around = 3 // cut unless the article itself is in it
	aroundHidden  around = 4 // not shown
)

// surely and maybe are words of the names (classes and ids) that pages give to what stands around an article.
var names = func() map[string]around {
	m := map[string]around{}
	for w := range strings.FieldsSeq(`comment comments commenting disqus respond replies kommentare kommentar comentarios commentaires commenti
		nav navbar navigation menu submenu breadcrumb breadcrumbs breadcrump footer sidebar cookie cookies consent gdpr
		related recommended recommendation recommendations recirc recirculation newsletter newsletters outbrain taboola
		share sharing sharebar sharethis sharetools addtoany addthis mostread mostpopular popular trending
		advert advertisement advertising ads adsense adslot sponsor sponsored
		outbrain taboola plista revcontent modal popup lightbox`) {
		m[w] = aroundSurely
	}
	for w := range strings.FieldsSeq(`ad adv banner dfp social socials promo promos promotion promoted subscribe subscription signup login signin register
		toolbar tools pagination pager paging skip ticker teaser teasers tag tags taglist hashtags topics keywords
		caption captions figcaption credit credits byline bylines author authors bio biography meta metadata postmeta timestamp pubdate
		print widget readmore more moreon toc rating ratings vote poll quiz survey widgets screenreader visuallyhidden hide hidden
		excerpt excerpts rollover popover hovercard flyout
		relacionadas relacionados relacionada verwandt verwandte aside rail gallery slideshow carousel slider copyright disclaimer
		follow feedback correction donate donation support membership paywall regwall meter app apps promobox infobox factbox
		playlist player jwplayer video videos audio tooltip dropdown search header masthead topbar sticky latest recent similar
		readalso alsoread seealso embed card cards linklist links teaserlist publication headlines instagram facebook whatsapp telegram`) {
		if m[w] == 0 {
			m[w] = aroundMaybe
		}
	}
	for w := range strings.FieldsSeq(`pic pics picbox picture pictures photo photos foto fotos bild bilder image images img imagen imagem imagebox legend legende
		pie epigrafe bildunterschrift didascalia zdjecie`) {
		if m[w] == 0 {
			m[w] = aroundPicture
		}
	}
	return m
}()

// aroundOf tells from an element's tag, its attributes and the words of its names.
func aroundOf(n *html.Node) around {
	w := around(0)
	switch n.DataAtom {
	case atom.Nav, atom.Footer:
		w = aroundSurely
	case atom.Aside, atom.Figure, atom.Figcaption, atom.Form, atom.Fieldset, atom.Address, atom.Menu:
		w = aroundMaybe
	}
	for i := range n.Attr {
		v := n.Attr[i].Val
		switch n.Attr[i].Key {
		case "class", "id":
			if n.DataAtom != atom.Body {
				w = max(w, byName(v))
			}
		case "role":
			switch v {
			case "navigation", "complementary", "contentinfo", "search", "dialog", "alert", "menu", "toolbar", "menubar":
				w = max(w, aroundSurely)
			}
		case "hidden":
			w = aroundHidden
		case "aria-hidden":
			if v == "true" {
				w = max(w, aroundMaybe)
			}
		case "style":
			if hides(v) {
				w = aroundHidden
			}
		}
	}
	return w
}

// hides reports whether a style says that an element is not shown.
func hides(style string) bool {
	if !strings.Contains(style, "none") && !strings.Contains(style, "hidden") {
		return false
	}
	style = strings.ToLower(strings.ReplaceAll(style, " ", ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

// byName looks the words of a class or an id up. Words are parted by what is no letter, and by capitals: "articleShareBar".
func byName(s string) around {
	w := around(0)
	var buf [24]byte
	word := buf[:0]
	begun := true // at a sign between words, or at the beginning; short words are only taken so, for they stand in hashes by chance
	for i := 0; i <= len(s); i++ {
		c := byte(0)
		if i < len(s) {
			c = s[i]
		}
		upper := c >= 'A' && c <= 'Z'
		if upper || c < 'a' || c > 'z' {
			if whole := !upper && !isDigit(c) && begun; len(word) > 1 && len(word) < len(buf) && (whole || len(word) > 2) && !(upper && i > 0 && s[i-1] >= 'A' && s[i-1] <= 'Z') {
				w = max(w, names[string(word)])
			}
			if !upper || i > 0 && !(s[i-1] >= 'A' && s[i-1] <= 'Z') {
				word, begun = buf[:0], !upper && !isDigit(c)
			}
		}
		if upper {
			c += 'a' - 'A'
		}
		if c >= 'a' && c <= 'z' && len(word) < len(buf) {
			word = append(word, c)
		}
	}
	return w
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// bodyNames are beginnings and ends of names that publishers give to the element with the text of an article, without the
// signs between their words.
var bodyNames = [...]string{"articlebody", "articlecontent", "articletext", "articlecopy", "storybody", "storycontent", "storytext", "entrycontent",
	"postcontent", "postbody", "posttext", "newsbody", "newscontent", "newstext", "contentbody", "bodycontent", "bodycopy", "textcontent", "articlemain",
	"fulltext", "singlecontent", "articlefulltext", "detailtext", "newsdetail", "articledetail", "contentarticle", "bodytext", "maintext",
	"artikeltext", "textoarticulo", "textonoticia", "noticiatexto", "cuerponoticia", "corpsarticle", "richtextbody", "storydetail", "textarticle", "artbody", "articleparagraphs"}

// bodyName returns the name by which an element says that it is the body of an article, or "".
func bodyName(n *html.Node) string {
	for i := range n.Attr {
		v := n.Attr[i].Val
		switch n.Attr[i].Key {
		case "itemprop", "property":
			if strings.HasSuffix(strings.ToLower(v), "articlebody") || strings.EqualFold(v, "text") && n.DataAtom != atom.P || strings.EqualFold(v, "content:encoded") {
				return "articlebody of items"
			}
		case "class", "id", "data-testid", "data-component", "data-type", "data-qa":
			for name := range strings.FieldsSeq(v) {
				if name = bare(name); len(name) > 6 {
					for _, b := range bodyNames {
						if name == b || strings.HasSuffix(name, b) || strings.HasPrefix(name, b) && len(name) < len(b)+12 {
							return name
						}
					}
				}
			}
		}
	}
	return ""
}

// bare returns a name in lower case with nothing but its letters.
func bare(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		switch c := s[i] | 0x20; {
		case c >= 'a' && c <= 'z':
			b = append(b, c)
		}
	}
	return string(b)
}
