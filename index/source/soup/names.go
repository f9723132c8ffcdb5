package soup

import "strings"

// Scope says what the prefixes of names stand for at a place of a document.
type Scope struct {
	known    func(uri string) (prefix string, ok bool)
	prefixes map[string]string // as written, to the usual one
}

// NewScope returns the scope outside a document. known returns the usual prefix of a namespace.
func NewScope(known func(uri string) (prefix string, ok bool)) Scope { return Scope{known: known} }

// maxPrefixes bounds the prefixes that a scope knows: the richest feeds declare thirty.
const maxPrefixes = 256

// In returns the scope inside an element that stands in s.
func (s Scope) In(n *Node) Scope {
	inner := s
	for _, a := range n.Attrs {
		prefix, ok := declares(a.Name)
		if !ok || len(s.prefixes) >= maxPrefixes {
			continue
		}
		usual, ok := s.known(strings.TrimSpace(a.Value))
		if !ok {
			usual = strings.ToLower(prefix)
		}
		if len(inner.prefixes) == len(s.prefixes) { // still that of s
			inner.prefixes = make(map[string]string, len(s.prefixes)+8)
			for k, v := range s.prefixes {
				inner.prefixes[k] = v
			}
		}
		inner.prefixes[prefix] = usual
	}
	return inner
}

// declares returns the prefix that an attribute of this name declares.
func declares(name string) (prefix string, ok bool) {
	if name == "xmlns" {
		return "", true
	}
	return strings.CutPrefix(name, "xmlns:")
}

// Name returns a name with the usual prefix of its namespace, the local part in small letters. A prefix that nothing declares
// stands for itself.
func (s Scope) Name(written string) string {
	prefix, local := "", written
	if i := strings.IndexByte(written, ':'); i >= 0 {
		prefix, local = written[:i], written[i+1:]
	}
	usual, ok := s.prefixes[prefix]
	if !ok {
		usual = strings.ToLower(prefix)
	}
	if usual == "" {
		return strings.ToLower(local)
	}
	return usual + ":" + strings.ToLower(local)
}
