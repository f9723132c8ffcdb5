package ingest

import (
	"errors"
	"io"

	"dateline/index/source/record"
)

// open takes a file out of its compression and archives and cuts every stream in it.
func (c *cutter) open(in input, r io.Reader) {
	c.stream(&origin{path: in.path, name: in.name}, r)
}

// readFault classifies an error of reading a stream.
func readFault(err error) (reason, detail string) {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return record.Truncated, "the file breaks off: " + err.Error()
	}
	return record.Unread, err.Error()
}

// detect tells the format of a stream, or takes the one that the options name.
func (o *Options) detect(head []byte, whole bool) (record.Format, bool) {
	for _, f := range o.formats {
		if o.Format == f.Name || (o.Format == "" || o.Format == "auto") && f.Sniff(head, whole) {
			return f, true
		}
	}
	return record.Format{}, false
}
