package graphml

import (
	"bytes"
	"encoding/xml"
	"flag"
	"io"
	"math"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/index"
)

var update = flag.Bool("update", false, "write the golden files anew")

// small is a network with names that are hard on XML.
func small() *index.Network {
	return &index.Network{
		Unit: index.Articles, Total: 12,
		Nodes: []index.Node{
			{Type: index.Person, Name: "Ruslan Mirzaev", Count: 9, All: 10, Strength: 17.25},
			{Type: index.Org, Name: `AT&T <"Quay"> 'Ltd'`, Count: 4, All: 400, Strength: -0.5},
			{Type: index.Place, Name: "Göteborg\t\x00\x1b]0;\ufffe", Count: 1, All: 1},
		},
		Edges: []index.Edge{{A: 0, B: 1, Count: 3, Strength: 1e-7}, {A: 0, B: 2, Count: 1}},
	}
}

func TestGolden(t *testing.T) {
	var got bytes.Buffer
	if err := Write(&got, small()); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/small.graphml"
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got\n%s", &got)
	}
}

// read is the network in a file of GraphML, by a reader of XML that knows the structure only. It checks that every reference
// leads somewhere, as the schema asks for.
func read(t *testing.T, b []byte) (nodes map[string]map[string]string, edges []map[string]string) {
	t.Helper()
	var d document
	if err := xml.Unmarshal(b, &d); err != nil {
		t.Fatalf("%v in %s", err, b)
	}
	if d.XMLName.Space != namespace || d.Graph.Default != "undirected" {
		t.Errorf("root %v, graph %v", d.XMLName, d.Graph.Default)
	}
	kinds, names := map[string]string{}, map[string]string{}
	for _, k := range d.Keys {
		if _, twice := kinds[k.ID]; twice {
			t.Errorf("key %s is declared twice", k.ID)
		}
		kinds[k.ID], names[k.ID] = k.For, k.Name
	}
	values := func(kind string, list []data) map[string]string {
		m := map[string]string{}
		for _, v := range list {
			if kinds[v.Key] != kind {
				t.Errorf("key %s of a %s is declared for %q", v.Key, kind, kinds[v.Key])
			}
			m[names[v.Key]] = v.Value
		}
		return m
	}
	nodes = map[string]map[string]string{}
	for _, n := range d.Graph.Nodes {
		nodes[n.ID] = values("node", n.Data)
	}
	if len(nodes) != len(d.Graph.Nodes) {
		t.Error("two nodes have one id")
	}
	for _, e := range d.Graph.Edges {
		if nodes[e.Source] == nil || nodes[e.Target] == nil {
			t.Errorf("an edge leads from %q to %q", e.Source, e.Target)
		}
		m := values("edge", e.Data)
		m["source"], m["target"] = e.Source, e.Target
		edges = append(edges, m)
	}
	return nodes, edges
}

func TestStructure(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, small()); err != nil {
		t.Fatal(err)
	}
	nodes, edges := read(t, b.Bytes())
	if len(nodes) != 3 || len(edges) != 2 {
		t.Fatalf("%d nodes, %d edges", len(nodes), len(edges))
	}
	for id, want := range map[string]map[string]string{
		"n0": {"label": "Ruslan Mirzaev", "name": "Ruslan Mirzaev", "type": "person", "count": "9", "all": "10", "strength": "17.25"},
		"n1": {"name": `AT&T <"Quay"> 'Ltd'`, "type": "org", "strength": "-0.5"},
		"n2": {"name": "Göteborg\t\ufffd\ufffd]0;\ufffd"},
	} {
		for name, value := range want {
			if nodes[id][name] != value {
				t.Errorf("%s of %s is %q, not %q", name, id, nodes[id][name], value)
			}
		}
	}
	if e := edges[0]; e["source"] != "n0" || e["target"] != "n1" || e["count"] != "3" || e["weight"] != "3" || e["strength"] != "1e-07" {
		t.Errorf("edge %v", e)
	}
}

func TestEmptyAndOdd(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, &index.Network{Unit: index.Stories}); err != nil {
		t.Fatal(err)
	}
	if nodes, edges := read(t, b.Bytes()); len(nodes)+len(edges) != 0 || !strings.Contains(b.String(), "<graph ") {
		t.Errorf("%v %v\n%s", nodes, edges, &b)
	}
	b.Reset()
	if err := Write(&b, &index.Network{Nodes: []index.Node{{Strength: math.NaN()}, {Strength: math.Inf(-1)}}}); err != nil {
		t.Fatal(err)
	}
	if nodes, _ := read(t, b.Bytes()); nodes["n0"]["strength"] != "0" || nodes["n1"]["strength"] != "0" {
		t.Errorf("%v", nodes)
	}
}

// full fails after some bytes.
type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestWritersThatFail(t *testing.T) {
	var whole bytes.Buffer
	if err := Write(&whole, small()); err != nil {
		t.Fatal(err)
	}
	for _, left := range []int{0, 10, whole.Len() / 2, whole.Len() - 1} {
		if err := Write(&full{left}, small()); err == nil {
			t.Errorf("no error after %d bytes", left)
		}
	}
}

// FuzzWrite: whatever a name is, it can be read, and comes back as it was but for what XML cannot have.
func FuzzWrite(f *testing.F) {
	for _, n := range small().Nodes {
		f.Add(n.Name)
	}
	f.Add("\xff\r\n]]>")
	f.Fuzz(func(t *testing.T, name string) {
		var b bytes.Buffer
		if err := Write(&b, &index.Network{Nodes: []index.Node{{Type: index.Person, Name: name}}}); err != nil {
			t.Fatal(err)
		}
		nodes, _ := read(t, b.Bytes())
		got := nodes["n0"]["name"]
		if utf8.RuneCountInString(got) != utf8.RuneCountInString(name) || utf8.ValidString(name) && !strings.ContainsRune(got, '\ufffd') && got != name {
			t.Errorf("%q became %q", name, got)
		}
	})
}
