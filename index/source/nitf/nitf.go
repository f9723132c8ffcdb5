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
	return &reader{element.NewCutter(r, o.Limit(), []string{"nitf"}, nil), o}
}

type reader struct {
	cut     *element.Cutter
	options record.Options
}

func (r *reader) Next() (record.Record, error) {
	piece, err := r.cut.Next()
	if err != nil {
		return record.Record{}, err
	}
	decode := func() (index.Article, error) { return decode(piece, r.options) }
	return record.Record{Place: piece.Place, Decode: decode}, nil
}

func decode(piece element.Piece, o record.Options) (index.Article, error) {
	b := wire.New(formatName, piece.Place, o)
	Fill(b, element.Parse(piece.Raw, piece.Line).First("nitf"))
	return b.Article()
}
