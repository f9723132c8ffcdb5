package names

import (
	"slices"
	"testing"
)

// share reports whether two lists have a key in common.
func share(a, b []string) bool {
	return slices.ContainsFunc(a, func(k string) bool { return slices.Contains(b, k) })
}

// accepted reports whether an archive has to find two names by their blocks.
func accepted(v Verdict) bool { return v.Score >= Suggest && v.Reason != surnameOnly }

// TestBlocksCover holds that names which Same accepts share a block: the golden pairs, every name of them with every other,
// and each with its variants.
func TestBlocksCover(t *testing.T) {
	names := goldenNames(t)
	found := 0
	for i := range names {
		for j := range i {
			if a, b := &names[i], &names[j]; accepted(Compare(a, b)) {
				found++
				if !share(a.Blocks(), b.Blocks()) {
					t.Errorf("%s %q %q share no block: %v, %v, %q", a.Type, a.Text, b.Text, Compare(a, b), a.Blocks(), b.Blocks())
				}
			}
		}
	}
	if found < 300 {
		t.Errorf("only %d accepted", found)
	}
}

func TestBlocksCoverVariants(t *testing.T) {
	for _, n := range goldenNames(t) {
		for _, text := range variants(n.Type, n.Text) {
			v := Parse(n.Type, text)
			if verdict := Compare(&n, &v); accepted(verdict) && !share(n.Blocks(), v.Blocks()) {
				t.Errorf("%s %q %q share no block: %v", n.Type, n.Text, text, verdict)
			}
		}
	}
}

// TestBlocksAreFew holds that a name has few keys, and that a key has few of the golden names, which are no more alike than
// others.
func TestBlocksAreFew(t *testing.T) {
	names := goldenNames(t)
	keys, most := 0, 0
	members := map[string]int{}
	for i := range names {
		list := names[i].Blocks()
		keys += len(list)
		most = max(most, len(list))
		for _, k := range list {
			members[k]++
		}
	}
	pairs := 0
	for _, m := range members {
		pairs += m * (m - 1) / 2
	}
	all := len(names) * (len(names) - 1) / 2
	t.Logf("%d names: %.1f keys on average, at most %d; %d pairs share a key, of %d", len(names), float64(keys)/float64(len(names)), most, pairs, all)
	if keys > 10*len(names) || most > 40 || pairs > all/50 {
		t.Error("too many")
	}
}

// goldenNames returns the names of the golden pairs, each once.
func goldenNames(t testing.TB) (names []Name) {
	seen := map[[2]string]bool{}
	for _, p := range readPairs(t) {
		for _, text := range []string{p.a, p.b} {
			if key := [2]string{p.typ, text}; !seen[key] {
				seen[key] = true
				names = append(names, Parse(p.typ, text))
			}
		}
	}
	return names
}
