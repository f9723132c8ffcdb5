package embedded

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
)

// network is the work of one Network.
type network struct {
	*found
	index.NetworkOptions
	nodes []networkNode
	total int // what matches, in the unit
	all   int // of the index
}

// networkNode is an entity: its number among those of its type, and what is shown of it.
type networkNode struct {
	companion
	index.Node
	book *book
}

// Network implements index.Engine.
func (e *Engine) Network(ctx context.Context, r index.Request, o index.NetworkOptions) (*index.Network, error) {
	r, o, err := r.ResolveNetwork(o)
	if err != nil {
		return nil, err
	}
	var result *index.Network
	err = e.viewAt(ctx, r.AsOf, func(v *view) error {
		f, _, err := find(ctx, r, v)
		if err != nil {
			return err
		}
		defer f.free()
		n := network{found: f, NetworkOptions: o, total: v.count(f.result, r.Count), all: v.count(v.lives(), r.Count)}
		for _, typ := range o.Types {
			n.add(typ)
		}
		n.cut()
		result = &index.Network{Unit: r.Count, Total: n.total, Nodes: []index.Node{}, Edges: []index.Edge{}}
		for _, node := range n.nodes {
			result.Nodes = append(result.Nodes, node.Node)
		}
		if o.Edges {
			result.Edges, err = n.edges()
		}
		return err
	})
	return result, err
}

// add counts the entities of a type.
func (n *network) add(typ string) {
	v, b := n.view, n.names.book(typ)
	t := v.numbered(typ)
	here, free := takeNumbers(t.size())
	defer free()
	everywhere, freeToo := takeNumbers(t.size())
	defer freeToo()
	v.tally(typ, n.result, n.Count, here, b)
	v.tally(typ, v.lives(), n.Count, everywhere, b)
	for of, count := range here {
		if count == 0 || b != nil && b.Hidden(uint32(of)) {
			continue
		}
		node := networkNode{companion: companion{typ, uint32(of)}, book: b}
		node.Node = index.Node{Type: typ, Count: int(count), All: int(everywhere[of])}
		node.Strength = index.LogLikelihood(node.Count, n.total, node.All, n.all)
		n.nodes = append(n.nodes, node)
	}
}

// cut leaves the entities that are wanted, in their order. Names are looked up for those alone that may be among them.
func (n *network) cut() {
	key := func(a *networkNode) float64 {
		if n.By == index.OrderStrength {
			return a.Strength
		}
		return float64(a.Count)
	}
	if len(n.nodes) > n.Size {
		keys := make([]float64, len(n.nodes))
		for i := range n.nodes {
			keys[i] = -key(&n.nodes[i])
		}
		slices.Sort(keys)
		least := -keys[n.Size-1]
		n.nodes = slices.DeleteFunc(n.nodes, func(a networkNode) bool { return key(&a) < least })
	}
	for i := range n.nodes {
		a := &n.nodes[i]
		if a.book != nil {
			a.Name = a.book.Label(a.of)
		} else {
			a.Name = n.view.label(n.view.table(a.typ), a.typ, a.of)
		}
	}
	slices.SortFunc(n.nodes, func(a, b networkNode) int {
		place := func(typ string) int { return slices.Index(index.EntityTypes, typ) }
		return cmp.Or(cmp.Compare(key(&b), key(&a)), cmp.Compare(place(a.typ), place(b.typ)), strings.Compare(a.Name, b.Name))
	})
	n.nodes = n.nodes[:min(len(n.nodes), n.Size)]
}

// pairs counts pairs of nodes.
type pairs struct {
	*network
	places map[string][]uint32 // by type: of the name that stands for an entity, one more than its place among the nodes
	counts []uint32            // of the pair a, b with a < b at a·len(nodes)+b
}

// edges counts the pairs of nodes in what matches.
func (n *network) edges() ([]index.Edge, error) {
	p := pairs{n, map[string][]uint32{}, make([]uint32, len(n.nodes)*len(n.nodes))}
	for _, typ := range n.Types {
		places, free := takeNumbers(n.view.table(typ).size())
		defer free()
		p.places[typ] = places
	}
	for i, node := range n.nodes {
		p.places[node.typ][node.of] = uint32(i + 1)
	}
	if err := p.count(); err != nil {
		return nil, err
	}
	edges := []index.Edge{}
	for a := range n.nodes {
		for b := a + 1; b < len(n.nodes); b++ {
			if count := int(p.counts[a*len(n.nodes)+b]); count > 0 {
				strength := index.LogLikelihood(count, n.nodes[a].Count, n.nodes[b].Count, n.total)
				edges = append(edges, index.Edge{A: a, B: b, Count: count, Strength: strength})
			}
		}
	}
	slices.SortStableFunc(edges, func(a, b index.Edge) int { return cmp.Compare(b.Count, a.Count) })
	return edges, nil
}

// count counts every pair once for an article, text or story.
func (p *pairs) count() error {
	once := func(pair int) { p.counts[pair]++ }
	if p.Count == index.Articles {
		for i, set := range p.result {
			if err := p.ctx.Err(); err != nil {
				return err
			}
			p.countAlone(i, set, once)
		}
		return nil
	}
	g := p.view.groupsOf(p.Count)
	for i, set := range p.result {
		if err := p.ctx.Err(); err != nil {
			return err
		}
		p.countAlone(i, g.alone(i, set), once)
	}
	stamps := make([]uint32, len(p.counts)) // one more than the group for which a pair was counted last
	var list []int
	g.each(p.result, func(m member) {
		list = p.of(list[:0], int(m.segment), m.doc)
		p.eachPair(list, func(pair int) {
			if stamps[pair] != m.group+1 {
				stamps[pair] = m.group + 1
				p.counts[pair]++
			}
		})
	})
	return nil
}

// countAlone counts pairs in articles each of which counts by itself.
func (p *pairs) countAlone(segment int, set *roaring.Bitmap, once func(pair int)) {
	var list []int
	eachDoc(set, func(docs []uint32) {
		for _, doc := range docs {
			list = p.of(list[:0], segment, doc)
			p.eachPair(list, once)
		}
	})
}

// of appends the places of the nodes that an article names, ascending.
func (p *pairs) of(list []int, segment int, doc uint32) []int {
	var few [32]uint32
	for _, typ := range p.Types {
		b := p.names.book(typ)
		for _, n := range p.view.segments[segment].column(typ).of(few[:0], doc) {
			if b != nil {
				n = b.stands(n)
			}
			if place := int(p.places[typ][n]) - 1; place >= 0 && !slices.Contains(list, place) {
				list = append(list, place)
			}
		}
	}
	slices.Sort(list)
	return list
}

func (p *pairs) eachPair(list []int, fn func(pair int)) {
	for i, a := range list {
		for _, b := range list[i+1:] {
			fn(a*len(p.nodes) + b)
		}
	}
}
