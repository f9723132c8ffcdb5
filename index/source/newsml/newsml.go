// Package newsml reads NewsML, the news envelope of the IPTC: NewsML-G2 and NewsML 1.
//
// An article is a news item. Packages, concepts and plans of coverage are none.
package newsml

import (
	"io"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/source/element"
	"dateline/index/source/record"
	"dateline/index/source/wire"
)

// Format is the format "newsml".
var Format = record.Format{Name: formatName, Sniff: sniff, Open: open}

const formatName = "newsml"

// others are the items of NewsML-G2 that are no news, in lower case, and what they are.
var others = map[string]string{
	"packageitem":   "a package, which only refers to other items",
	"conceptitem":   "a concept of a vocabulary",
	"knowledgeitem": "a set of concepts",
	"planningitem":  "a plan of coverage",
	"catalogitem":   "a catalogue of vocabularies",
}

var roots = []string{"newsMessage", "NewsML", "newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"}

func sniff(head []byte, whole bool) bool {
	root := element.Root(head)
	return slices.ContainsFunc(roots, func(name string) bool { return strings.EqualFold(name, root) })
}

// open returns a reader of the items of a stream, however many messages it has.
func open(r io.Reader, o record.Options) record.Reader {
	cut := element.NewCutter(r, o.Limit(), roots[2:], []string{"header", "NewsEnvelope"})
	return cut.Records(func(p element.Piece) (index.Article, error) { return decode(p, o) })
}

func decode(piece element.Piece, o record.Options) (index.Article, error) {
	b := wire.New(formatName, piece.Place, o)
	item := element.Parse(piece.Raw, piece.Line).Elements()[0]
	var head *element.Node
	if e := element.Parse(piece.Head, 0).Elements(); len(e) > 0 {
		head = e[0]
	}
	switch what := others[strings.ToLower(item.Name)]; {
	case what != "":
		b.Reject(record.NotNews, "%s", what)
	case item.First("NewsManagement") != nil || item.First("NewsComponent") != nil || item.First("Identification") != nil:
		first(b, item, head)
	default:
		second(b, item, head)
	}
	return b.Article()
}

// keep puts an element into Extra under its own name.
func keep(b *wire.Builder, n *element.Node) { b.Keep(n.Name, n.JSON()) }
