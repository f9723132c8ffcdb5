package remote

import (
	"context"
	"errors"

	"dateline/index"
)

var errLater = errors.New("not written yet")

// Entity implements index.Engine.
func (e *Engine) Entity(ctx context.Context, typ, name string) (*index.EntityInfo, error) {
	return nil, errLater
}

// Network implements index.Engine.
func (e *Engine) Network(ctx context.Context, r index.Request, o index.NetworkOptions) (*index.Network, error) {
	return nil, errLater
}

// Suggestions implements index.Engine.
func (e *Engine) Suggestions(ctx context.Context, typ string, size int) ([]index.Suggested, int, error) {
	return nil, 0, errLater
}

// Decide implements index.Engine.
func (e *Engine) Decide(ctx context.Context, decisions []index.Decision) ([]index.Decision, error) {
	return nil, errLater
}

// Decisions implements index.Engine.
func (e *Engine) Decisions(ctx context.Context) ([]index.Decision, error) {
	return nil, errLater
}
