// Package nitf reads NITF, the News Industry Text Format of the IPTC, versions 2 and 3: one article a document.
package nitf

import (
	"io"
	"strings"

	"dateline/index"
	"dateline/index/source/element"
	"dateline/index/source/record"
	"dateline/index/source/wire"
)

// Format is the format "nitf".
var Format = record.Format{Name: formatName, Sniff: sniff, Open: open}

const formatName = "nitf"

func sniff(head []byte, whole bool) bool { return strings.EqualFold(element.Root(head), "nitf") }

// open returns a reader of the <nitf> elements of a stream, however many documents it has.
func open(r io.Reader, o record.Options) record.Reader {
	cut := element.NewCutter(r, o.Limit(), []string{"nitf"}, nil)
	return cut.Records(func(p element.Piece) (index.Article, error) { return decode(p, o) })
}

func decode(piece element.Piece, o record.Options) (index.Article, error) {
	b := wire.New(formatName, piece.Place, o)
	Fill(b, element.Parse(piece.Raw, piece.Line).First("nitf"))
	return b.Article()
}
