package embedded

import "sync"

// memo remembers answers of a state of the index. It is empty until the first.
type memo[K comparable, V any] struct {
	mu   sync.Mutex
	held map[K]V
}

// maxMemo bounds what a memo remembers.
const maxMemo = 4096

// get returns what is remembered of a key, or makes it. Two who ask at once may both make it.
func (m *memo[K, V]) get(key K, make func() V) V {
	m.mu.Lock()
	value, known := m.held[key]
	m.mu.Unlock()
	if known {
		return value
	}
	value = make()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.held == nil || len(m.held) >= maxMemo {
		m.held = map[K]V{}
	}
	m.held[key] = value
	return value
}
