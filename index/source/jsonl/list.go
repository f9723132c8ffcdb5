package jsonl

import (
	"dateline/index/source/record"
	"dateline/index/source/window"
)

// List returns a reader of the objects in the list whose bracket is the next byte of a window, for formats of JSON that have
// their records in a list. depth is how many objects are open around it; what they have behind the list is passed over.
func List(in *window.Window, depth int, o record.Options, decode Decode) record.Reader {
	in.Skip(1)
	return &stream{in: in, options: o, decode: decode, inList: true, depth: depth}
}
