package server

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"dateline/index"
)

// fakeEntities has the entities that a test gives it, and a log that refuses what is named "impossible".
type fakeEntities struct {
	failure func() error
	infos   map[string]index.EntityInfo // by type, a slash, and name
	log     []index.Decision

	nodes   index.Network // the answer of every Network
	asked   index.Request // what the last Network was asked
	options index.NetworkOptions

	suggested   []index.Suggested
	askedTyp    string
	askedSize   int
	hasDeadline bool // whether the last question that takes its turn had one
}

func (f *fakeEntities) see(ctx context.Context) error {
	_, f.hasDeadline = ctx.Deadline()
	return f.failure()
}

func (f *fakeEntities) Entity(ctx context.Context, typ, name string) (*index.EntityInfo, error) {
	err := cmp.Or(f.see(ctx), index.CheckEntityType(typ))
	info, ok := f.infos[typ+"/"+name]
	if !ok {
		err = cmp.Or(err, index.ErrNotFound)
	}
	return &info, err
}

func (f *fakeEntities) Network(ctx context.Context, r index.Request, o index.NetworkOptions) (*index.Network, error) {
	f.asked, f.options = r, o
	n := f.nodes
	return &n, f.see(ctx)
}

func (f *fakeEntities) Suggestions(ctx context.Context, typ string, size int) ([]index.Suggested, int, error) {
	f.askedTyp, f.askedSize = typ, size
	return f.suggested, len(f.suggested), f.see(ctx)
}

func (f *fakeEntities) Decide(_ context.Context, decisions []index.Decision) ([]index.Decision, error) {
	if err := f.failure(); err != nil {
		return nil, err
	}
	for i, d := range decisions {
		if strings.Contains(d.Name, "impossible") {
			return nil, &index.DecisionError{Index: i, Detail: fmt.Sprintf("%s cannot be", d.Action), Hint: "do not"}
		}
	}
	first := len(f.log)
	for _, d := range decisions {
		if d.Number = len(f.log) + 1; d.Time.IsZero() {
			d.Time = index.At(noon)
		}
		f.log = append(f.log, d)
	}
	return f.log[first:], nil
}

func (f *fakeEntities) Decisions(context.Context) ([]index.Decision, error) {
	return f.log, f.failure()
}
