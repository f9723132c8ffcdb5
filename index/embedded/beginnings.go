package embedded

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"dateline/index/analysis"
)

// beginnings are the words of the keys of a table, in their order: what begins with something stands together.
type beginnings struct {
	words []keyWord
	keys  int // of which the words are
}

// keyWord is a word of a key: where it begins. A key is short, so that 16 bits are enough for that.
type keyWord struct {
	number uint32
	at     uint16
}

// beginning returns the words that begin with a prefix. The list must not be changed.
func (t *table) beginning(prefix string) []keyWord {
	t.mu.Lock()
	if t.beginnings.keys < len(t.entries) {
		t.addWords()
	}
	words, entries := t.beginnings.words, t.entries
	t.mu.Unlock()
	rest := func(w keyWord) string { return entries[w.number].key[w.at:] }
	from := sort.Search(len(words), func(i int) bool { return rest(words[i]) >= prefix })
	n := sort.Search(len(words)-from, func(i int) bool { return !strings.HasPrefix(rest(words[from+i]), prefix) })
	return words[from : from+n]
}

// addWords adds the words of the new keys.
func (t *table) addWords() {
	b := &t.beginnings
	rest := func(w keyWord) string { return t.entries[w.number].key[w.at:] }
	var fresh []headedWord
	for n := b.keys; n < len(t.entries); n++ {
		key, _, _ := strings.Cut(t.entries[n].key, aliasEnd)
		at := 0
		for word := range analysis.KeyWords(key) {
			at += strings.Index(key[at:], word)
			if at < 1<<16 {
				w := keyWord{uint32(n), uint16(at)}
				fresh = append(fresh, headedWord{head(rest(w)), w})
			}
			at += len(word)
		}
	}
	before := func(x, y keyWord) int {
		return cmp.Or(strings.Compare(rest(x), rest(y)), cmp.Compare(x.number, y.number))
	}
	slices.SortFunc(fresh, func(x, y headedWord) int {
		if x.head != y.head {
			return cmp.Compare(x.head, y.head)
		}
		return before(x.keyWord, y.keyWord)
	})
	words := make([]keyWord, len(fresh))
	for i, w := range fresh {
		words[i] = w.keyWord
	}
	b.words, b.keys = merged(b.words, words, before), len(t.entries) // a new list, because readers may hold the old one
}

// headedWord is a word and its first bytes, by which most are in order.
type headedWord struct {
	head uint64
	keyWord
}

// head returns the first eight bytes of a text as a number that is in the order of texts: of equal ones the rest decides.
func head(s string) (n uint64) {
	for i := range 8 {
		n <<= 8
		if i < len(s) {
			n |= uint64(s[i])
		}
	}
	return n
}

// merged merges two lists that are in order.
func merged[T any](a, b []T, before func(x, y T) int) []T {
	if len(a) == 0 {
		return b
	}
	list := make([]T, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if before(a[0], b[0]) <= 0 {
			list, a = append(list, a[0]), a[1:]
		} else {
			list, b = append(list, b[0]), b[1:]
		}
	}
	return append(append(list, a...), b...)
}

// key returns the key of a number.
func (t *table) key(n uint32) string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.entries[n].key
}
