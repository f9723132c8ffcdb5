// Package record says what the reader of a news format yields: records, each an article or the reason why it is none.
package record

import (
	"fmt"
	"io"
	"time"

	"dateline/index"
)

// Reader cuts a stream into records. It is used by one goroutine; the records' Decode may run on others.
type Reader interface {
	// Next returns the next record, or io.EOF. A *Fault says that one record could not be cut out, and that Next may be
	// called again; any other error ends the stream, after what was read.
	Next() (Record, error)
}

// Record is one record of a stream, not yet understood.
type Record struct {
	Place
	// Decode makes the article of it, or fails with a *Fault. It needs nothing of the reader and may run on any goroutine.
	// The article has no Text, Story, Indexed, Words or Path; its ID is empty when the record has none.
	Decode func() (index.Article, error)
}

// Place says where in its stream a record begins.
type Place struct {
	Number int   // of the record, from 1
	Line   int   // from 1; 0 when lines mean nothing in the format
	Offset int64 // in bytes, after decompression; meant only when Line is 0
}

// Fault says why a record is no article.
type Fault struct {
	Place
	Reason string // one of the Reasons
	Detail string // what exactly, in a sentence without a full stop
}

func (f *Fault) Error() string { return f.Reason + ": " + f.Detail }

// Faultf makes a fault at a place.
func Faultf(at Place, reason, format string, args ...any) *Fault {
	return &Fault{Place: at, Reason: reason, Detail: fmt.Sprintf(format, args...)}
}

// The reasons why a record is rejected, as they stand in the rejects file. Engines add those of index.Check.
const (
	Empty       = "empty"     // a file or record without content
	NotNews     = "not news"  // a file of no known format, or binary
	NoHeader    = "no header" // a text file without its header line
	NoText      = "no text"   // neither title nor body
	BadDate     = "bad date"  // a date that is there and cannot be, such as 0001 or 2999
	BadSyntax   = "bad syntax"
	Truncated   = "truncated" // the stream ended inside the record, or the compression broke off
	TooLarge    = "too large"
	Embargoed   = "embargoed"   // not to be published before a time that has not come
	Cancelled   = "cancelled"   // withdrawn by its publisher
	Unpublished = "unpublished" // a draft, or kept private by its publisher
	BadText     = "bad text"    // bytes in no encoding that could be told
	Unread      = "unreadable"  // the file could not be opened or read
	Revisit     = "revisit"     // a web archive's note that an address gave once more what it had given before
	Withheld    = "withheld"    // held back by its publisher, for now
)

// Options bound and guide a reader. The zero value is usable.
type Options struct {
	Source    string // the publisher where the record names none
	MaxRecord int64  // bytes of one record; 0 is DefaultMaxRecord
	Name      string // of the file, for formats that take a fallback from it

	URL       string           // the address that the stream was fetched from, against which links are resolved; "" when unknown
	Retrieved time.Time        // when it was fetched; zero when unknown. No date of publication is ever made of it
	Now       func() time.Time // the time that dates and embargoes are judged by; nil is time.Now

	// Breaks returns the first place at or after an offset where the compression of the stream was damaged and the stream
	// goes on behind what is lost; it knows those in the part that was read. A format that calls it accounts for every one;
	// only the streams of web archives have any. nil is none.
	Breaks func(from int64) (Break, bool)
}

// Break is a place where a stream goes on behind a damaged piece of its compression.
type Break struct {
	At     int64 // offset of the first byte that is sound again
	Began  int64 // offset of what came out of the damaged piece; At when nothing did
	Reason string
	Detail string
}

// Time returns the time that dates and embargoes are judged by.
func (o Options) Time() time.Time {
	if o.Now == nil {
		return time.Now()
	}
	return o.Now()
}

// DefaultMaxRecord bounds one record before it is understood: four times the longest article that is kept, for markup.
const DefaultMaxRecord = 4 * index.MaxArticleBytes

// Limit returns the bound on a record in bytes.
func (o Options) Limit() int64 {
	if o.MaxRecord > 0 {
		return o.MaxRecord
	}
	return DefaultMaxRecord
}

// Format is one news format.
type Format struct {
	Name string // as --format takes it
	// Sniff reports whether a stream that begins with head, already decoded to UTF-8, is of the format. File names are
	// never trusted alone. head is at most SniffLen bytes; whole says that the stream ends with it.
	Sniff func(head []byte, whole bool) bool
	Open  func(r io.Reader, o Options) Reader
	// Raw says that Sniff looks at the bytes as they stand and Open reads them so: the format has parts in encodings of their
	// own, as web archives and mail have.
	Raw bool
}

// SniffLen is how many bytes of a stream are looked at to tell its format.
const SniffLen = 64 << 10
