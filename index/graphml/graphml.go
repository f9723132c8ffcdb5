// Package graphml writes a network of entities as GraphML (http://graphml.graphdrawing.org), which Gephi, NetworkX, yEd and
// Cytoscape open.
package graphml

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"

	"dateline/index"
)

// ContentType is the media type of a file of GraphML, and Extension the ending of its name.
const (
	ContentType = "application/graphml+xml"
	Extension   = ".graphml"
)

// Write writes a network as one undirected graph. Nodes have type, name, count, all and strength, edges count and strength, as
// index.Network has them; besides them a node has its name as label, and an edge its count as weight, which is what programs
// look for. Characters that XML cannot have become U+FFFD.
func Write(w io.Writer, n *index.Network) error {
	d := document{
		Namespace: namespace, Instance: "http://www.w3.org/2001/XMLSchema-instance", Schema: namespace + " http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
		Description: fmt.Sprintf("entities named in %d %s, with those named together", n.Total, n.Unit), Keys: keys(),
		Graph: graph{ID: "network", Default: "undirected", Nodes: make([]node, len(n.Nodes)), Edges: make([]edge, len(n.Edges))},
	}
	for i, v := range n.Nodes {
		d.Graph.Nodes[i] = node{nodeID(i), []data{
			{"label", v.Name}, {"type", v.Type}, {"name", v.Name}, {"count", strconv.Itoa(v.Count)}, {"all", strconv.Itoa(v.All)}, {"strength", float(v.Strength)},
		}}
	}
	for i, v := range n.Edges {
		d.Graph.Edges[i] = edge{"e" + strconv.Itoa(i), nodeID(v.A), nodeID(v.B), []data{
			{"weight", strconv.Itoa(v.Count)}, {"edge-count", strconv.Itoa(v.Count)}, {"edge-strength", float(v.Strength)},
		}}
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	if err := e.Encode(d); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func nodeID(i int) string { return "n" + strconv.Itoa(i) }

// float writes a number as XML Schema's double has it.
func float(f float64) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		f = 0
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// keys declares what nodes and edges have. The names of two attributes may be one, their ids not.
func keys() []key {
	return []key{
		{"label", "node", "label", "string"}, {"type", "node", "type", "string"}, {"name", "node", "name", "string"},
		{"count", "node", "count", "int"}, {"all", "node", "all", "int"}, {"strength", "node", "strength", "double"},
		{"weight", "edge", "weight", "double"}, {"edge-count", "edge", "count", "int"}, {"edge-strength", "edge", "strength", "double"},
	}
}

const namespace = "http://graphml.graphdrawing.org/xmlns"

// document is the root element, in the order that the schema asks for.
type document struct {
	XMLName     xml.Name `xml:"graphml"`
	Namespace   string   `xml:"xmlns,attr"`
	Instance    string   `xml:"xmlns:xsi,attr"`
	Schema      string   `xml:"xsi:schemaLocation,attr"`
	Description string   `xml:"desc"`
	Keys        []key    `xml:"key"`
	Graph       graph    `xml:"graph"`
}

type key struct {
	ID   string `xml:"id,attr"`
	For  string `xml:"for,attr"`
	Name string `xml:"attr.name,attr"`
	Type string `xml:"attr.type,attr"`
}

type graph struct {
	ID      string `xml:"id,attr"`
	Default string `xml:"edgedefault,attr"`
	Nodes   []node `xml:"node"`
	Edges   []edge `xml:"edge"`
}

type node struct {
	ID   string `xml:"id,attr"`
	Data []data `xml:"data"`
}

type edge struct {
	ID     string `xml:"id,attr"`
	Source string `xml:"source,attr"`
	Target string `xml:"target,attr"`
	Data   []data `xml:"data"`
}

type data struct {
	Key   string `xml:"key,attr"`
	Value string `xml:",chardata"`
}
