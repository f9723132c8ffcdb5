package embedded

import (
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// docsCache remembers which articles of a segment have words, deleted ones too: what is typed letter by letter asks for the same
// words again and again. What was not asked for while maxDocs came in is forgotten.
type docsCache struct {
	mu         sync.Mutex
	held       uint64 // bytes of young
	young, old map[docsKey]*roaring.Bitmap
}

// docsKey is a word by the key of its slot, in some fields.
type docsKey struct {
	slot   string
	fields fieldSet
}

// maxDocs bounds the bytes of what a segment remembers of words, twice; the largest have 65,536 articles.
const maxDocs = 512 << 10

func (c *docsCache) get(key docsKey, make func() (*roaring.Bitmap, error)) (*roaring.Bitmap, error) {
	if set := c.known(key); set != nil {
		return set, nil
	}
	set, err := make()
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(key, set)
	return set, nil
}

func (c *docsCache) known(key docsKey) *roaring.Bitmap {
	c.mu.Lock()
	defer c.mu.Unlock()
	set := c.young[key]
	if set == nil {
		if set = c.old[key]; set != nil {
			delete(c.old, key)
			c.keep(key, set)
		}
	}
	return set
}

// keep remembers a set. The caller holds the lock.
func (c *docsCache) keep(key docsKey, set *roaring.Bitmap) {
	size := set.GetSizeInBytes() + uint64(len(key.slot)) + 100
	if c.held += size; c.young == nil || c.held > maxDocs {
		c.young, c.old, c.held = map[docsKey]*roaring.Bitmap{}, c.young, size
	}
	c.young[key] = set
}
