package remote

import (
	"context"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"dateline/index"
)

// Entity implements index.Engine.
func (e *Engine) Entity(ctx context.Context, typ, name string) (*index.EntityInfo, error) {
	if err := e.ended(ctx); err != nil {
		return nil, err
	}
	if err := index.CheckEntityType(typ); err != nil {
		return nil, err
	}
	if name == "" || len(name) > index.MaxValueBytes || !utf8.ValidString(name) { // no article has it, and it could not be sent faithfully
		return nil, index.ErrNotFound
	}
	info := &index.EntityInfo{}
	if err := e.get(ctx, "/api/v1/entities/"+typ+"/"+index.EscapeID(name)+"?brief=1", info); err != nil {
		return nil, err
	}
	return info, nil
}

// Network implements index.Engine.
func (e *Engine) Network(ctx context.Context, r index.Request, o index.NetworkOptions) (*index.Network, error) {
	r = index.Request{Query: r.Query, Match: r.Match, Filters: r.Filters, Count: r.Count, Zone: r.Zone, Variants: r.Variants, AsOf: r.AsOf}
	if _, err := r.Resolve(); err != nil { // parameters cannot say everything that is wrong
		return nil, err
	}
	v := r.Values()
	if len(o.Types) > 0 {
		v.Set("types", strings.Join(o.Types, ","))
	}
	if o.Size != 0 {
		v.Set("nodes", strconv.Itoa(o.Size))
	}
	if o.By != "" {
		v.Set("by", string(o.By))
	}
	if !o.Edges {
		v.Set("edges", "0")
	}
	n := &index.Network{}
	if err := e.get(ctx, "/api/v1/network?"+v.Encode(), n); err != nil {
		return nil, err
	}
	return n, nil
}

// Suggestions implements index.Engine.
func (e *Engine) Suggestions(ctx context.Context, typ string, size int) ([]index.Suggested, int, error) {
	v := url.Values{"size": {strconv.Itoa(size)}}
	if typ != "" {
		v.Set("type", typ)
	}
	var answer struct {
		Total       int
		Suggestions []index.Suggested
	}
	err := e.get(ctx, "/api/v1/suggestions?"+v.Encode(), &answer)
	return answer.Suggestions, answer.Total, err
}

// decisions is a list of decisions as servers read and write it.
type decisions struct {
	Decisions []index.Decision `json:"decisions"`
}

// Decide implements index.Engine. The decisions go out in one request, since all or none are recorded: a server takes no more
// than its limits say.
func (e *Engine) Decide(ctx context.Context, wanted []index.Decision) ([]index.Decision, error) {
	list := make([]index.Decision, len(wanted))
	for i, d := range wanted {
		d.Number, d.Undone = 0, false // the log's to say
		list[i] = d
	}
	body, err := json.Marshal(decisions{list})
	if err != nil {
		return nil, err
	}
	var answer decisions
	if err := e.post(ctx, "/api/v1/decisions", "application/json", body, &answer); err != nil {
		return nil, err
	}
	return answer.Decisions, nil
}

// Decisions implements index.Engine.
func (e *Engine) Decisions(ctx context.Context) ([]index.Decision, error) {
	var answer decisions
	if err := e.get(ctx, "/api/v1/decisions", &answer); err != nil || len(answer.Decisions) == 0 {
		return nil, err
	}
	return answer.Decisions, nil
}
