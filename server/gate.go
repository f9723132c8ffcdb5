package server

import (
	"context"
	"errors"
	"time"
)

var errBusy = errors.New("too many requests at a time")

// gate lets a few in at a time, lets some wait, and sends the others away at once: under a crowd, those that are let in are
// answered in time instead of all being late.
type gate struct {
	running, waiting chan struct{}
	patience         time.Duration
}

func newGate(running, waiting int, patience time.Duration) *gate {
	return &gate{make(chan struct{}, running), make(chan struct{}, waiting), patience}
}

// enter waits for a place, which leave gives back. Errors: errBusy, the context's.
func (g *gate) enter(ctx context.Context) error {
	select {
	case g.running <- struct{}{}:
		return nil
	default:
	}
	select {
	case g.waiting <- struct{}{}:
		defer func() { <-g.waiting }()
	default:
		return errBusy
	}
	timer := time.NewTimer(g.patience)
	defer timer.Stop()
	select {
	case g.running <- struct{}{}:
		return nil
	case <-timer.C:
		return errBusy
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g *gate) leave() { <-g.running }
