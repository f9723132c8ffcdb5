package ingest_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/index/ingest"
	"dateline/index/source/warc/warctest"
)

// The articles of the sample archive: one in plain text, two in a list, and a page.
const (
	sampleText = ` date 2024-07-12 HarbourGazette.com

Ferry to Vlieland Takes Its Last Diesel Trip

Published July 12, 2024

HARLINGEN (Harbour News - 12th July, 2024) The ferry Noorderzon left for Vlieland on Friday with 311 passengers and, for the last time, a tank full of diesel.

Her two engines will be lifted out next week. From October she is to run on 14 tonnes of batteries, charged at the quay in the 40 minutes between two trips.

"She has never been on time with the old ones," said Captain Wiebke Oosterhuis. "I do not see what we have to lose."
`
	sampleList = `[
{"id":"hg-2024-0713-1","headline":"Oosterhuis Sells the Noorderzon's Engines for a Euro","articleBody":"HARLINGEN - The two diesel engines of the ferry Noorderzon went to a museum in Den Helder on Saturday for one euro each.\n\nCaptain Wiebke Oosterhuis paid for the crane.","datePublished":"2024-07-13T10:15:00+02:00","publisher":"HarbourGazette.com"},
{"id":"hg-2024-0714-1","headline":"Vlieland Council Asks Who Heard the Ferry","articleBody":"VLIELAND - Without engines to listen for, islanders missed two arrivals on Sunday, the council of Vlieland said.\n\nIt has ordered a bell.","datePublished":"2024-07-14T18:00:00+02:00","publisher":"HarbourGazette.com"}
]
`
	samplePage = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>A bell for the silent ferry - Harbour Gazette</title>
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"A bell for the silent ferry","datePublished":"2024-07-15T06:00:00+02:00","author":{"@type":"Person","name":"Anneke Ruiter"},"publisher":{"@type":"Organization","name":"Harbour Gazette"}}</script></head>
<body><article><h1>A bell for the silent ferry</h1>
<p>VLIELAND - The bell that the council of Vlieland ordered on Sunday will come from the church of Oost-Vlieland, which has two and rings one of them only at New Year.</p>
<p>It weighs 90 kilograms and will hang at the end of the pier, where the harbour master rings it by hand when the ferry Noorderzon rounds the buoy.</p>
<p>Captain Wiebke Oosterhuis said that she had offered to sound her horn instead. The council found that too loud for the seals.</p></article></body></html>
`
)

// sampleRecords are those of testdata/articles/warc/ferry.warc.gz. What becomes of each record of input is in sampleWant.
func sampleRecords() []warctest.Record {
	const site = "https://harbourgazette.example"
	head, body := sent(3, []byte(samplePage))
	return []warctest.Record{
		warctest.Info(),
		warctest.Request(site + "/robots.txt"), warctest.Page(site+"/robots.txt", "text/plain", "User-agent: *\nDisallow: /crew\n"),
		warctest.Request(site + "/ferry.txt"), warctest.Page(site+"/ferry.txt", "text/plain; charset=utf-8", sampleText),
		warctest.Request(site + "/latest.json"),
		warctest.Answer(site+"/latest.json", "200 OK", "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n", chunked(sampleList)),
		warctest.Request(site + "/bell.html"), warctest.Answer(site+"/bell.html", "200 OK", "Content-Type: text/html\r\n"+head, body),
		warctest.Page(site+"/noorderzon.png", "image/png", "\x89PNG\r\n\x1a\n"),
		warctest.Answer(site+"/timetable", "404 Not Found", "Content-Type: text/html\r\n", "<html><title>No timetable</title></html>"),
		{Type: "revisit", URI: site + "/ferry.txt", Fields: "WARC-Refers-To-Date: " + warctest.Date + "\r\n", Block: "HTTP/1.1 304 Not Modified\r\n\r\n"},
	}
}

const sampleWant = `not news: robots.txt
Ferry to Vlieland Takes Its Last Diesel Trip
Oosterhuis Sells the Noorderzon's Engines for a Euro
Vlieland Council Asks Who Heard the Ferry
A bell for the silent ferry
not news: image/png
not news: HTTP status 404
revisit: unchanged since 2024-07-15T06:30:00Z
`

func chunked(body string) string {
	_, body = sent(1, []byte(body))
	return body
}

// TestSampleArchive holds that the sample is what is made here, and reads it. -update writes it.
func TestSampleArchive(t *testing.T) {
	name := filepath.Join("..", "..", "testdata", "articles", "warc", "ferry.warc.gz")
	if *update {
		if err := os.WriteFile(name, warctest.Gzip(sampleRecords()...), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file) // what compressors make of the same bytes is their own
	if err != nil {
		t.Fatal(err)
	}
	if content, err := io.ReadAll(z); err != nil || !bytes.Equal(content, warctest.Plain(sampleRecords()...)) {
		t.Errorf("the sample is not what is made here (-update writes it): %v", err)
	}
	var got strings.Builder
	for a, reject := range ingest.Parse(t.Context(), []string{name}, ingest.Options{}) {
		switch {
		case reject == nil:
			got.WriteString(a.Title + "\n")
		case strings.Contains(reject.Detail, "sent as text/html"): // where pages are not read
			got.WriteString("A bell for the silent ferry\n")
		default:
			what, _, _ := strings.Cut(reject.Detail, " (")
			got.WriteString(reject.Reason + ": " + what + "\n")
		}
	}
	if got.String() != sampleWant {
		t.Errorf("got\n%s", got.String())
	}
}
