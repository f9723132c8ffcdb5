// Package warctest writes web archives for tests.
package warctest

import (
	"bytes"
	"crypto/sha256"
	"fmt"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Record is one record of an archive. The zero values of all but Type are usable.
type Record struct {
	Type        string
	URI         string
	ContentType string
	Date        string // Date where it is ""
	Fields      string // further lines of the header, each with its line end
	Block       string
}

// Date is when everything was fetched.
const Date = "2024-07-15T06:30:00Z"

// Page is the response of a server with a page of a media type.
func Page(uri, contentType, page string) Record {
	return Answer(uri, "200 OK", "Content-Type: "+contentType+"\r\n", page)
}

// Answer is the response of a server: a status, further lines of the header, and the body as it was sent.
func Answer(uri, status, head, body string) Record {
	return Record{
		Type: "response", URI: uri, ContentType: "application/http; msgtype=response",
		Block: fmt.Sprintf("HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n%s", status, head, len(body), body),
	}
}

// Request is the request that a response answers.
func Request(uri string) Record {
	return Record{
		Type: "request", URI: uri, ContentType: "application/http; msgtype=request",
		Block: "GET / HTTP/1.1\r\nUser-Agent: quay\r\n\r\n",
	}
}

// Info describes the archive.
func Info() Record {
	return Record{Type: "warcinfo", ContentType: "application/warc-fields", Block: "software: warctest\r\nformat: WARC File Format 1.1\r\n"}
}

// String is the record as it stands in a file. Its id is made of its content.
func (r Record) String() string {
	date := r.Date
	if date == "" {
		date = Date
	}
	sum := sha256.Sum256([]byte(r.Type + "\n" + r.URI + "\n" + r.Block))
	head := fmt.Sprintf("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%x-%x-%x-%x-%x>\r\nWARC-Date: %s\r\n",
		r.Type, sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16], date)
	if r.URI != "" {
		head += "WARC-Target-URI: " + r.URI + "\r\n"
	}
	if r.ContentType != "" {
		head += "Content-Type: " + r.ContentType + "\r\n"
	}
	return head + r.Fields + fmt.Sprintf("Content-Length: %d\r\n\r\n%s\r\n\r\n", len(r.Block), r.Block)
}

// Plain is an archive that is not compressed.
func Plain(records ...Record) []byte {
	var b bytes.Buffer
	for _, r := range records {
		b.WriteString(r.String())
	}
	return b.Bytes()
}

// Gzip is an archive in which every record is compressed by itself, as crawlers write it.
func Gzip(records ...Record) []byte {
	var b bytes.Buffer
	for _, r := range records {
		b.Write(Squeeze([]byte(r.String())))
	}
	return b.Bytes()
}

// Squeeze compresses with gzip.
func Squeeze(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(data) // a buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

// Zstd is an archive in which every record is a frame, behind a dictionary that they were compressed with.
func Zstd(dictionary []byte, records ...Record) ([]byte, error) {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderDict(dictionary))
	if err != nil {
		return nil, err
	}
	out := []byte{0x5d, 0x2a, 0x4d, 0x18, byte(len(dictionary)), byte(len(dictionary) >> 8), byte(len(dictionary) >> 16), 0}
	out = append(out, dictionary...)
	for _, r := range records {
		out = w.EncodeAll([]byte(r.String()), out)
	}
	return out, nil
}
