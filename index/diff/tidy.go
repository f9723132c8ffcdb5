package diff

import "strings"

// change counts the letters of what stands between two runs.
type change struct {
	any      bool // something is changed, be it without letters
	del, ins int
}

func (c change) size() int { return max(c.del, c.ins) }

// maxIsland is how many letters an island has at most: some four words.
const maxIsland = 24

// tidy drops runs between changes that are so much larger that a reader does better to see one change: a text replaced by
// another has "the" in common with it, and says nothing by that. Ends of lines stay, since paragraphs are shown each by itself.
func tidy(a, b string, runs []run) []run {
	changes := changesOf(a, b, runs)
	for range 4 { // merged changes are larger, and may take in further islands
		before := len(runs)
		if runs, changes = dropIslands(a, runs, changes); len(runs) == before {
			break
		}
	}
	return runs
}

func changesOf(a, b string, runs []run) []change {
	list, i, j := make([]change, 0, len(runs)+1), 0, 0
	for _, r := range append(runs[:len(runs):len(runs)], run{len(a), len(b), 0}) {
		list = append(list, change{r.a > i || r.b > j, countLetters(a[i:r.a]), countLetters(b[j:r.b])})
		i, j = r.a+r.n, r.b+r.n
	}
	return list
}

// dropIslands returns what is left of the runs, and the changes around these.
func dropIslands(a string, runs []run, changes []change) ([]run, []change) {
	kept, around := make([]run, 0, len(runs)), changes[:1:1]
	for i, r := range runs {
		before, after := &around[len(around)-1], changes[i+1]
		text := a[r.a : r.a+r.n]
		if !isIsland(text, *before, after) {
			kept, around = append(kept, r), append(around, after)
			continue
		}
		n := countLetters(text)
		before.del += n + after.del
		before.ins += n + after.ins
	}
	return kept, around
}

// isIsland reports whether a text is not worth showing between two changes that, together, replace something by something.
func isIsland(text string, before, after change) bool {
	if !before.any || !after.any || before.del+after.del == 0 || before.ins+after.ins == 0 {
		return false
	}
	if len(text) > 4*maxIsland || strings.Contains(text, "\n") {
		return false
	}
	n := countLetters(text)
	return n <= maxIsland && 2*n <= min(before.size(), after.size())
}
