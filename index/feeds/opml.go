package feeds

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Bounds of an OPML file: more than any feed reader has written.
const (
	MaxOPML      = 10 << 20 // bytes
	maxOutlines  = 50_000
	maxOPMLDepth = 64
)

// namespace is that of Dateline's own attributes in OPML.
const namespace = "urn:dateline:feeds"

// ReadOPML reads the subscriptions of an OPML file: its outlines that have the address of a feed, whatever folders they lie
// in, each once.
func ReadOPML(r io.Reader) ([]Wanted, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxOPML+1))
	switch {
	case err != nil:
		return nil, err
	case len(text) > MaxOPML:
		return nil, fmt.Errorf("the OPML file has more than %d bytes", MaxOPML)
	}
	d := xml.NewDecoder(bytes.NewReader(inUTF8(text)))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	o := outlines{known: map[string]bool{}}
	for depth := 0; ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("the OPML file cannot be read: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxOPMLDepth {
				return nil, errors.New("the OPML file has too many folders in folders")
			}
			if err := o.open(t); err != nil {
				return nil, err
			}
		case xml.EndElement:
			depth--
		}
	}
	if !o.opml {
		return nil, errors.New("this is no OPML file")
	}
	return o.list, nil
}

// outlines gathers subscriptions.
type outlines struct {
	opml  bool
	seen  int
	known map[string]bool
	list  []Wanted
}

func (o *outlines) open(t xml.StartElement) error {
	switch {
	case strings.EqualFold(t.Name.Local, "opml"):
		o.opml = true
	case !strings.EqualFold(t.Name.Local, "outline"):
		return nil
	}
	if o.seen++; o.seen > maxOutlines {
		return fmt.Errorf("the OPML file has more than %d outlines", maxOutlines)
	}
	var w Wanted
	var text string
	for _, a := range t.Attr {
		switch value := strings.TrimSpace(a.Value); strings.ToLower(a.Name.Local) {
		case "xmlurl":
			w.URL = value
		case "title":
			w.Title = oneLine(value)
		case "text":
			text = oneLine(value)
		case "source":
			if a.Name.Space == namespace || a.Name.Space == "dateline" {
				w.Source = oneLine(value)
			}
		case "fulltext":
			w.FullText = value == "true" && (a.Name.Space == namespace || a.Name.Space == "dateline")
		}
	}
	if w.URL != "" && !o.known[w.URL] {
		o.known[w.URL] = true
		w.Title = cmp.Or(w.Title, text)
		o.list = append(o.list, w)
	}
	return nil
}

// WriteOPML writes subscriptions as OPML 2.0, with what Dateline knows besides in attributes of its own.
func WriteOPML(w io.Writer, feeds []Feed) error {
	type outline struct {
		Type     string `xml:"type,attr"`
		Text     string `xml:"text,attr"`
		Title    string `xml:"title,attr"`
		URL      string `xml:"xmlUrl,attr"`
		Source   string `xml:"dateline:source,attr,omitempty"`
		FullText string `xml:"dateline:fullText,attr,omitempty"`
	}
	var doc struct {
		XMLName   xml.Name  `xml:"opml"`
		Version   string    `xml:"version,attr"`
		Namespace string    `xml:"xmlns:dateline,attr"`
		Title     string    `xml:"head>title"`
		Outlines  []outline `xml:"body>outline"`
	}
	doc.Version, doc.Namespace, doc.Title = "2.0", namespace, "Feeds of Dateline"
	for _, f := range feeds {
		title := cmp.Or(f.Title, f.URL)
		o := outline{Type: "rss", Text: title, Title: title, URL: f.URL, Source: f.Source}
		if f.FullText {
			o.FullText = "true"
		}
		doc.Outlines = append(doc.Outlines, o)
	}
	text, err := xml.MarshalIndent(doc, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(text)+"\n")
	return err
}
