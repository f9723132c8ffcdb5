package jsonl

import (
	"dateline/index"
	"dateline/index/source/record"
	"dateline/index/source/window"
)

// Decoder makes the Decode of a record, a JSON value that may be broken.
type Decoder func(raw []byte, at record.Place) func() (index.Article, error)

// List returns a reader of the objects in the list whose bracket is the next byte of a window, for formats of JSON that have
// their records in a list. depth is how many objects are open around it; what they have behind the list is passed over.
func List(in *window.Window, depth int, decode Decoder) record.Reader {
	in.Skip(1)
	return &stream{in: in, decode: decode, inList: true, depth: depth}
}

// Check says why a record is no JSON object that can be read, or returns nil.
func Check(raw []byte, at record.Place) *record.Fault { return check(raw, at, false) }
