package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"dateline/index/source/record"
)

// Reject is a record that was not indexed, and why: one line of the rejects file.
type Reject struct {
	Path   string `json:"path"`             // as it can be opened; what is inside an archive follows after a slash
	Record int    `json:"record"`           // in the file, from 1; 1 also for a file that could not be read at all
	Line   int    `json:"line,omitempty"`   // where it begins, from 1, in formats of lines
	Offset *int64 `json:"offset,omitempty"` // in bytes after decompression, in other formats
	Format string `json:"format"`           // "" when the file could not be told
	Reason string `json:"reason"`           // one of package record, or of index.Check
	Detail string `json:"detail"`
}

// String is the reject as a line for people.
func (r *Reject) String() string {
	where := r.Path
	switch {
	case r.Line > 0:
		where += fmt.Sprintf(":%d", r.Line)
	case r.Record > 1:
		where += fmt.Sprintf(", record %d", r.Record)
	}
	return where + ": " + r.Reason + ": " + r.Detail
}

// rejectOf describes the fault of a record that stands at a place.
func rejectOf(path, format string, at record.Place, reason, detail string) *Reject {
	r := &Reject{Path: path, Record: max(at.Number, 1), Line: at.Line, Format: format, Reason: reason, Detail: detail}
	if at.Line == 0 {
		r.Offset = &at.Offset
	}
	return r
}

// rejectFile describes the fault of a whole file.
func rejectFile(path, reason, detail string) *Reject {
	return &Reject{Path: path, Record: 1, Offset: new(int64), Reason: reason, Detail: detail}
}

// unreadable describes a file that the system would not open or read.
func unreadable(path string, err error) *Reject {
	detail := err.Error()
	var pe *fs.PathError
	if errors.As(err, &pe) {
		detail = pe.Err.Error() // the path stands beside it already
	}
	return rejectFile(path, record.Unread, detail)
}

// rejectWriter writes JSON lines and remembers the first error.
type rejectWriter struct {
	w   io.Writer
	err error
}

func (w *rejectWriter) write(r *Reject) {
	if w.w == nil || w.err != nil {
		return
	}
	line, err := json.Marshal(r)
	if err == nil {
		_, err = w.w.Write(append(line, '\n'))
	}
	if err != nil {
		w.err = fmt.Errorf("write the rejects: %w", err)
	}
}
