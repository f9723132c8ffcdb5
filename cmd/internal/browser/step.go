package browser

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// do takes steps, for all of which there is one limit.
func (t *Tab) do(steps ...chromedp.Action[chromedp.Void]) error {
	_, err := run(t, chromedp.Steps(steps...))
	return err
}

// run takes a step and returns what comes of it.
func run[T any](t *Tab, step chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(t.ctx, limit)
	defer cancel()
	return chromedp.Run(ctx, step)
}

// command is the step that sends a command of the protocol.
func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// failed says what could not be done to what.
func failed(what, object string, err error) error {
	if err != nil {
		err = fmt.Errorf("%s %s: %w", what, object, err)
	}
	return err
}
