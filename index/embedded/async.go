package embedded

import (
	"errors"
	"sync"
	"syscall"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// Bleve takes the callback for failures in the background by a name in a global table, which must not change while any
// index is open. So there is one callback, which finds the engine by the path.
const asyncName = "dateline"

var (
	registerAsync sync.Once
	asyncWatchers sync.Map // path -> func(error)
)

// watchAsync has fn called for failures of the index at path, and returns the name to configure.
func watchAsync(path string, fn func(error)) string {
	registerAsync.Do(func() {
		scorch.RegistryAsyncErrorCallbacks[asyncName] = func(err error, path string) {
			if fn, ok := asyncWatchers.Load(path); ok {
				fn.(func(error))(err)
			}
		}
	})
	asyncWatchers.Store(path, fn)
	return asyncName
}

func unwatchAsync(path string) { asyncWatchers.Delete(path) }

// isFull reports whether an error is for lack of disk space.
func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
