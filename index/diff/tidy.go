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
	slide(a, b, runs)
	return takeBlanks(a, b, runs)
}

// slide moves what was only put in, or only taken out, to the end of the line before it, where it may as well begin: of
// "a{+.\n\nb+}." it makes "a.{+\n\nb.+}".
func slide(a, b string, runs []run) {
	for i := 1; i < len(runs); i++ {
		before, after := &runs[i-1], &runs[i]
		text := b[before.b+before.n : after.b]
		if gone := a[before.a+before.n : after.a]; gone != "" && text != "" {
			continue
		} else if gone != "" {
			text = gone
		}
		n := strings.IndexByte(text, '\n')
		if n <= 0 || n > after.n || a[after.a:after.a+n] != text[:n] {
			continue
		}
		before.n += n
		*after = run{after.a + n, after.b + n, after.n - n}
	}
}

// takeBlanks has the runs take in the blanks with which what was taken out and what was put in its place both begin or end.
func takeBlanks(a, b string, runs []run) []run {
	runs = append(runs, run{len(a), len(b), 0})
	for i := range runs {
		var before run
		if i > 0 {
			before = runs[i-1]
		}
		r, endA, endB := &runs[i], before.a+before.n, before.b+before.n
		for r.a > endA && r.b > endB && a[r.a-1] == ' ' && b[r.b-1] == ' ' {
			r.a, r.b, r.n = r.a-1, r.b-1, r.n+1
		}
		for i > 0 && r.a > endA && r.b > endB && a[endA] == ' ' && b[endB] == ' ' {
			runs[i-1].n++
			endA, endB = endA+1, endB+1
		}
	}
	joined := runs[:0]
	for _, r := range runs {
		joined = extend(joined, r)
	}
	return joined
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
