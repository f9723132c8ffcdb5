package embedded

import "sync"

// memo remembers answers of a state of the index. It is empty until the first.
type memo[K comparable, V any] struct {
	mu   sync.Mutex
	held map[K]V
}

// maxMemo bounds what a memo remembers.
const maxMemo = 1 << 14

// get returns what is remembered of a key, or makes it. Two who ask at once may both make it.
func (m *memo[K, V]) get(key K, make func() V) V {
	value, known := m.known(key)
	if !known {
		value = make()
		m.keep(key, value)
	}
	return value
}

// known returns what is remembered of a key.
func (m *memo[K, V]) known(key K) (value V, known bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, known = m.held[key]
	return value, known
}

// keep remembers what belongs to a key; nothing does to the zero key.
func (m *memo[K, V]) keep(key K, value V) {
	var none K
	if key == none {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.held == nil || len(m.held) >= maxMemo {
		m.held = map[K]V{}
	}
	m.held[key] = value
}
