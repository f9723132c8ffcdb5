package page

import (
	"bytes"
	"encoding/xml"
	"strings"
)

// OpenSearchPath is where the search is described, OpenSearchType its media type.
const (
	OpenSearchPath = "/opensearch.xml"
	OpenSearchType = "application/opensearchdescription+xml"
)

// openSearchDescription is a description document of OpenSearch 1.1 (draft 6).
type openSearchDescription struct {
	XMLName        xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName      string   // at most 16 characters
	Description    string
	InputEncoding  string
	OutputEncoding string
	Image          openSearchImage
	URL            []openSearchURL `xml:"Url"`
}

type openSearchImage struct {
	Type    string `xml:"type,attr"`
	Address string `xml:",chardata"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Rel      string `xml:"rel,attr,omitempty"`
	Method   string `xml:"method,attr,omitempty"`
	Template string `xml:"template,attr"`
}

// OpenSearch describes the search of a server for browsers, which add it to their search engines. The origin is scheme and host.
func OpenSearch(origin string) ([]byte, error) {
	origin = strings.NewReplacer("{", "%7B", "}", "%7D").Replace(origin)
	return document(openSearchDescription{
		ShortName: "Dateline", Description: "Search the news in Dateline", InputEncoding: "UTF-8", OutputEncoding: "UTF-8",
		Image: openSearchImage{"image/svg+xml", origin + assetURL("icon.svg")},
		URL: []openSearchURL{
			{Type: "text/html", Method: "get", Template: origin + searchPath + "?q={searchTerms}"},
			{Type: "application/x-suggestions+json", Rel: "suggestions", Template: origin + "/api/v1/suggest?format=opensearch&q={searchTerms}"},
			{Type: feedType, Template: origin + feedPath + "?q={searchTerms}"},
			{Type: OpenSearchType, Rel: "self", Template: origin + OpenSearchPath},
		},
	})
}

// document writes XML with its declaration.
func document(v any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", " ")
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// headLink is a link in the head of a page.
type headLink struct{ Rel, Type, Title, URL string }

// describedBy leads browsers to the description of the search.
func describedBy() headLink { return headLink{"search", OpenSearchType, "Dateline", OpenSearchPath} }
