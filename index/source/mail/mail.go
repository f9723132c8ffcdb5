// Package mail reads newsletters as mail programs keep them: one message a file (eml), or many in one (mbox).
//
// A message is RFC 5322 and MIME as senders really write it: headers with bytes beyond ASCII, encoded words cut inside a
// character, boundaries that are never closed, encodings that are not what they say. What can be read of it is read.
// Messages inside a message are attachments of it and no articles.
package mail

import (
	"bytes"
	"io"
	"regexp"
	"strings"

	"dateline/index"
	"dateline/index/source/record"
)

// EML is one message a file, MBOX any number of them. Both read bytes, for each part has an encoding of its own.
var (
	EML  = record.Format{Name: emlName, Sniff: sniffEML, Open: openEML, Raw: true}
	MBOX = record.Format{Name: mboxName, Sniff: sniffMBOX, Open: openMBOX, Raw: true}
)

const (
	emlName  = "eml"
	mboxName = "mbox"
)

// signs are the headers that tell a message from other texts that begin with names and colons.
var signs = map[string]bool{
	"return-path": true, "received": true, "message-id": true, "date": true, "from": true, "subject": true, "mime-version": true,
	"delivered-to": true, "list-unsubscribe": true, "dkim-signature": true,
}

// sniffEML reports whether a stream begins with headers, two of which only a message has together: From or Message-ID must
// be one. A web page saved as MHTML is in this form too, but is no mail.
func sniffEML(head []byte, whole bool) bool {
	h, _ := splitHeader(bytes.TrimLeft(bytes.TrimPrefix(head, bom), "\r\n"))
	found := map[string]bool{}
	for i, f := range h {
		if i == 0 && f.odd {
			return false
		}
		if name := strings.ToLower(f.name); signs[name] {
			found[name] = true
		}
	}
	return len(found) >= 2 && (found["from"] || found["message-id"]) && h.get("Snapshot-Content-Location") == ""
}

var bom = []byte("\xef\xbb\xbf")

// sniffMBOX reports whether a stream begins with the line that parts messages and a header below it.
func sniffMBOX(head []byte, whole bool) bool {
	return isStart(bytes.TrimLeft(bytes.TrimPrefix(head, bom), "\r\n"), true)
}

// lookahead is how much isStart looks at: a parting line and the name of a header.
const lookahead = 1 << 10

var (
	stamped  = regexp.MustCompile(`^From \S.*\b\d\d?:\d\d(:\d\d)?\b.*\b\d{4}\b`)
	bare     = regexp.MustCompile(`^From (\S+@\S+|-|MAILER-DAEMON)\s*$`)
	headline = regexp.MustCompile(`^(>?From |[!-9;-~]{1,80}[ \t]*:)`)
)

// isStart reports whether b begins with the line that parts the messages of an mbox, and a header below it. The line has
// the time of delivery; without one it must stand behind a blank line.
func isStart(b []byte, behindBlank bool) bool {
	b = b[:min(len(b), lookahead)]
	line, next, found := bytes.Cut(b, []byte("\n"))
	line = bytes.TrimRight(line, "\r")
	return found && headline.Match(next) && (stamped.Match(line) || behindBlank && bare.Match(line))
}

func openEML(r io.Reader, o record.Options) record.Reader {
	return record.Whole(r, o, "message", func(raw []byte, at record.Place) (index.Article, error) { return article(raw, at, emlName, o) })
}
