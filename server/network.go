package server

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/graphml"
)

// NewNetworkAnswer returns a network whose JSON needs no special case, for programs that print the same without a server.
func NewNetworkAnswer(n *index.Network) *index.Network {
	a := *n
	a.Nodes, a.Edges = slices.Clone(list(n.Nodes)), slices.Clone(list(n.Edges))
	for i := range a.Nodes {
		a.Nodes[i].Strength = finite(a.Nodes[i].Strength)
	}
	for i := range a.Edges {
		a.Edges[i].Strength = finite(a.Edges[i].Strength)
	}
	return &a
}

// network answers with who is named together with whom in the articles of a search: its parameters, and types, nodes, by, edges
// and format.
func (s *Server) network(w http.ResponseWriter, r *http.Request) error {
	v, err := s.params(r)
	if err != nil {
		return err
	}
	format, err := take(v, "format")
	if err == nil && format != "" {
		err = isOneOf("format", format, "json", "graphml")
	}
	if err != nil {
		return err
	}
	req, o, err := s.networkRequest(v)
	if err != nil {
		return err
	}
	n, err := inTurn(r.Context(), s, func(ctx context.Context) (*index.Network, error) { return s.engine.Network(ctx, req, o) })
	switch {
	case err != nil:
		return err
	case format == "graphml":
		return download(w, graphml.ContentType, "network"+graphml.Extension, func(b *bytes.Buffer) error { return graphml.Write(b, n) })
	}
	return answer(w, http.StatusOK, NewNetworkAnswer(n))
}

// networkRequest reads which articles are asked for, and how much of a network of them.
func (s *Server) networkRequest(v url.Values) (req index.Request, o index.NetworkOptions, err error) {
	if o, err = takeNetwork(v); err == nil {
		req, err = index.ParseRequest(v, s.clock())
	}
	return req, o, err
}

// takeNetwork takes the parameters that say how much of a network is wanted.
func takeNetwork(v url.Values) (o index.NetworkOptions, err error) {
	if o.Types, err = takeTypes(v); err != nil {
		return o, err
	}
	if o.Size, err = takeNumber(v, "nodes", 0, 1, index.MaxNetworkSize); err != nil {
		return o, err
	}
	if o.Edges, err = takeSwitch(v, "edges", true); err != nil {
		return o, err
	}
	by, err := take(v, "by")
	if o.By = index.Order(by); err == nil && by != "" {
		err = isOneOf("by", o.By, index.OrderCount, index.OrderStrength)
	}
	return o, err
}

// takeTypes takes types of entities, separated by commas or given one by one.
func takeTypes(v url.Values) (types []string, err error) {
	given := strings.Join(v["types"], ",")
	v.Del("types")
	for typ := range strings.SplitSeq(given, ",") {
		typ = strings.TrimSpace(typ)
		if typ == "" || slices.Contains(types, typ) {
			continue
		}
		if err := isOneOf("types", typ, index.EntityTypes...); err != nil {
			return nil, err
		}
		types = append(types, typ)
	}
	return types, nil
}

// download answers with a file, made whole before the status goes out.
func download(w http.ResponseWriter, contentType, name string, write func(*bytes.Buffer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	return sendWhole(w, http.StatusOK, contentType, b.Bytes())
}
