package memory

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"dateline/index"
)

// Network implements index.Engine.
func (e *Engine) Network(ctx context.Context, r index.Request, o index.NetworkOptions) (*index.Network, error) {
	r, o, err := r.ResolveNetwork(o)
	if err != nil {
		return nil, err
	}
	s, err := e.find(ctx, r)
	if err != nil {
		return nil, err
	}
	nodes := s.nodes(o)
	network := &index.Network{Unit: s.Count, Total: count(s.found, s.Count), Nodes: []index.Node{}, Edges: []index.Edge{}}
	for _, n := range nodes {
		network.Nodes = append(network.Nodes, n.Node)
	}
	if o.Edges {
		network.Edges = s.edges(nodes, network.Total)
	}
	return network, nil
}

// node is a node with the articles that match and name it.
type node struct {
	index.Node
	found []*entry
}

// nodes returns the entities that are wanted, in order.
func (s *search) nodes(o index.NetworkOptions) (list []node) {
	matches, everything := count(s.found, s.Count), count(s.state.all, s.Count)
	for _, typ := range o.Types {
		all := s.naming.named(typ, s.state.all, s.labels(index.Field(typ)))
		for id, found := range s.naming.named(typ, s.found, nil) {
			n := index.Node{Type: typ, Name: all[id].name, Count: count(found.list, s.Count), All: count(all[id].list, s.Count)}
			n.Strength = index.LogLikelihood(n.Count, matches, n.All, everything)
			list = append(list, node{n, found.list})
		}
	}
	slices.SortFunc(list, func(a, b node) int {
		by := cmp.Compare(b.Count, a.Count)
		if o.By == index.OrderStrength {
			by = cmp.Compare(b.Strength, a.Strength)
		}
		return cmp.Or(by, cmp.Compare(slices.Index(o.Types, a.Type), slices.Index(o.Types, b.Type)), strings.Compare(a.Name, b.Name))
	})
	return list[:min(len(list), o.Size)]
}

// named is an entity, or a name that stands for itself, with articles.
type named struct {
	name string
	list []*entry
}

// named returns what articles name, but for what is hidden: by the key of the name that stands for it. labels are what names that
// stand for themselves are shown as.
func (n *naming) named(typ string, all []*entry, labels map[string]string) map[string]named {
	found := map[string]named{}
	b := n.book(typ)
	for _, e := range all {
		if b == nil {
			for _, key := range e.keys(index.Field(typ)) {
				found[key] = named{labels[key], append(found[key].list, e)}
			}
			continue
		}
		for _, of := range b.of(e) {
			if !b.Hidden(of) {
				key := b.lexicon.Key(int(of))
				found[key] = named{b.Label(of), append(found[key].list, e)}
			}
		}
	}
	return found
}

// edges returns the pairs of nodes that matches name.
func (s *search) edges(nodes []node, total int) []index.Edge {
	list := []index.Edge{}
	for a := range nodes {
		for b := a + 1; b < len(nodes); b++ {
			var both []*entry
			for _, e := range nodes[a].found {
				if slices.Contains(nodes[b].found, e) {
					both = append(both, e)
				}
			}
			if n := count(both, s.Count); n > 0 {
				list = append(list, index.Edge{A: a, B: b, Count: n, Strength: index.LogLikelihood(n, nodes[a].Count, nodes[b].Count, total)})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b index.Edge) int { return cmp.Compare(b.Count, a.Count) })
	return list
}
