package html

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
)

// prose returns the paragraphs of a page's article, parted by blank lines. titles are what its title may be.
func (l *layout) prose(titles []string) string {
	l.titles = map[string]bool{}
	for _, t := range titles {
		l.titles[letters(t)] = t != ""
	}
	l.weigh()
	l.cutAround()
	regions := l.container()
	standfirst := l.standfirst(regions[0])
	l.narrow(regions)
	for _, i := range standfirst {
		l.blocks[i].cut = false
	}
	l.weigh()
	l.cutEnds()
	l.cutLines()
	if s := l.join(); s != "" {
		return s
	}
	return l.rest()
}

// rest returns all that is not surely around an article, for pages that are too short for it to be told.
func (l *layout) rest() string {
	for i := range l.blocks {
		b := &l.blocks[i]
		b.cut = b.aside || b.links*2 > len(b.text) || isNotice(b.text) || l.isTitle(b)
	}
	return l.join()
}

// cutAround takes out what stands around the article: first what is so surely, then what a good part of the remaining prose is
// not in.
func (l *layout) cutAround() {
	total := l.weight(0)
	before := make([]bool, len(l.blocks))
	for pass := aroundHidden; pass >= aroundPicture; pass-- {
		for i := range l.blocks {
			before[i] = l.blocks[i].cut
		}
		alike, marked := l.alike(), l.isMarked(total)
		for r := 1; r < len(l.regions); r++ {
			g := &l.regions[r]
			if g.around != pass || g.cut {
				continue
			}
			if !l.keeps(r, pass, total, alike) || pass == aroundMaybe && marked && !l.holdsMarked(r) && !l.inMarked(r) {
				l.cutRegion(r)
				r = g.end - 1
			}
		}
		l.weigh()
		total = l.weight(0)
		for i := range l.blocks {
			if pass == aroundSurely || pass == aroundPicture && !before[i] {
				l.blocks[i].aside = l.blocks[i].cut
			}
		}
	}
}

// maxRest bounds the prose outside of what is surely around the article, in bytes, that makes it the article nonetheless: more
// than a sentence is an article with many comments.
const maxRest = 160

// alike returns the weight of all regions with the same tag and class, each once: the paragraphs of some pages each lie in a
// widget of their own.
func (l *layout) alike() map[string]int {
	sums := map[string]int{}
	ends := map[string]int{}
	for r := 1; r < len(l.regions); r++ {
		g := &l.regions[r]
		if g.around == 0 || g.cut {
			continue
		}
		if key := g.key(); r >= ends[key] {
			sums[key] += l.weight(r)
			ends[key] = g.end
		}
	}
	return sums
}

func (g *region) key() string { return g.node.Data + " " + attr(g.node, "class") }

// keeps reports whether a region that looks as if it stood around the article holds it, or a part of it.
func (l *layout) keeps(r int, pass around, total int, alike map[string]int) bool {
	w := l.weight(r)
	sum := alike[l.regions[r].key()]
	if w > 0 && pass != aroundHidden && sum*10 > total*7 && (pass < aroundSurely || total-sum < maxRest) {
		return true
	}
	switch pass {
	case aroundHidden:
		return w*2 > total // shown by a script
	case aroundSurely:
		return w > 0 && (w*10 > total*7 && total-w < maxRest || l.holdsTitle(r) && max(w, sum)*4 > total)
	}
	if pass == aroundPicture {
		return w*8 >= total
	}
	return w > 0 && w*10 >= total*4
}

// isMarked reports whether a good part of the prose is in elements that say that they are the body of an article.
func (l *layout) isMarked(total int) bool {
	sum := 0
	for r := 0; r < len(l.regions); r++ {
		if g := &l.regions[r]; g.marked != "" && !g.cut {
			sum += l.weight(r)
			r = g.end - 1
		}
	}
	return sum >= 250 && sum*4 >= total
}

// holdsTitle reports whether a region has a main heading or the body of an article in it.
func (l *layout) holdsTitle(r int) bool {
	return l.holdsHeading(r) || l.holdsMarked(r)
}

// holdsMarked reports whether the body of an article lies in a region.
func (l *layout) holdsMarked(r int) bool {
	for i := r; i < l.regions[r].end; i++ {
		if l.regions[i].marked != "" && l.weight(i) > 0 {
			return true
		}
	}
	return false
}

// inMarked reports whether a region lies in the body of an article.
func (l *layout) inMarked(r int) bool {
	for ; r > 0; r = l.regions[r].parent {
		if l.regions[r].marked != "" {
			return true
		}
	}
	return false
}

// container returns the regions that hold the article: those that say so, or else the innermost one with nearly all prose.
func (l *layout) container() []int {
	found := l.descend()
	if marked := l.markedRegions(); marked != nil {
		sum := 0
		for _, r := range marked {
			sum += l.weight(r)
		}
		if sum*3 >= l.weight(found) {
			return marked
		}
	}
	return []int{found}
}

// markedRegions returns the outermost regions of the name with most prose that says it is an article's body. Of names with
// nearly as much the innermost counts: it has less around it.
func (l *layout) markedRegions() []int {
	byName := map[string][]int{}
	sums := map[string]int{}
	var order []string
	for r := range l.regions {
		g := &l.regions[r]
		if g.marked == "" || g.cut || l.weight(r) == 0 {
			continue
		}
		of := byName[g.marked]
		if len(of) > 0 && r < l.regions[of[len(of)-1]].end {
			continue
		}
		if of == nil {
			order = append(order, g.marked)
		}
		byName[g.marked] = append(of, r)
		sums[g.marked] += l.weight(r)
	}
	best, most := "", 0
	for _, name := range order {
		if sums[name]*20 >= most*19 {
			best, most = name, max(most, sums[name])
		}
	}
	if most < 140 || most*4 < l.weight(0) {
		return nil
	}
	return l.firstArticle(byName[best])
}

// firstArticle returns those of the regions that lie in the same article element as the first: the others are articles that
// the page goes on with.
func (l *layout) firstArticle(regions []int) []int {
	outermost := func(r int) int {
		found := -1
		for ; r > 0; r = l.regions[r].parent {
			if l.regions[r].tag == atom.Article {
				found = r
			}
		}
		return found
	}
	home := outermost(regions[0])
	if home < 0 || l.weight(home) < 250 || !l.holdsHeading(home) {
		return regions
	}
	return slices.DeleteFunc(regions, func(r int) bool { return outermost(r) != home })
}

// descend goes from the whole page into the region with most prose as long as that is nearly all.
func (l *layout) descend() int {
	at := 0
	for {
		if r := l.firstOfSeveral(at); r > 0 {
			at = r
			continue
		}
		best, most := 0, 0
		for r := at + 1; r < l.regions[at].end; r = l.regions[r].end {
			if w := l.weight(r); w > most && !l.regions[r].cut {
				best, most = r, w
			}
		}
		tag := l.regions[max(best, 0)].tag
		share := 75
		if tag == atom.Article || tag == atom.Main || best > 0 && l.holdsHeading(best) {
			share = 45
		}
		if best == 0 || most*100 < l.weight(at)*share || tag == atom.P || tag == atom.Li || tag == atom.Blockquote || tag == atom.Tr || tag == atom.Ul {
			return at
		}
		at = best
	}
}

// firstOfSeveral returns the first of the parts of a region that each have a main heading of their own, as pages have that go on
// with other articles, or 0.
func (l *layout) firstOfSeveral(at int) int {
	first, n := 0, 0
	for r := at + 1; r < l.regions[at].end; r = l.regions[r].end {
		if l.regions[r].cut || l.weight(r) < 250 || !l.holdsHeading(r) {
			continue
		}
		if n++; n == 1 {
			first = r
		}
	}
	if n < 2 {
		return 0
	}
	return first
}

func (l *layout) holdsHeading(r int) bool {
	for i := r; i < l.regions[r].end; i++ {
		if l.regions[i].tag == atom.H1 {
			return true
		}
	}
	return false
}

// narrow cuts everything but the regions.
func (l *layout) narrow(to []int) {
	at := 0
	for _, r := range to {
		for ; at < l.regions[r].first; at++ {
			l.blocks[at].cut = true
		}
		at = l.regions[r].last
	}
	for ; at < len(l.blocks); at++ {
		l.blocks[at].cut = true
	}
	l.weigh()
}

// isTitle reports whether a block is the title, in one of the forms that the page gives it.
func (l *layout) isTitle(b *block) bool { return len(b.text) < 500 && l.titles[letters(b.text)] }

// onlyLinks reports whether the prose that is left of a page is little, or little in many blocks.
func onlyLinks(rest, total, blocks int) bool {
	return rest*12 < total || rest*3 < total && rest < 90*blocks
}

// standfirst returns the blocks of prose between the title and the region of the article, which stand there on some pages: its
// summary, and no more than three of them.
func (l *layout) standfirst(r int) []int {
	end := l.regions[r].first
	var found []int
	for i := end - 1; i >= max(0, end-40); i-- {
		b := &l.blocks[i]
		if b.cut {
			continue
		}
		if b.kind == atom.H1 || l.isTitle(b) {
			slices.Reverse(found)
			return found
		}
		if b.weight() > 0 && len(b.text) < 800 && !isNotice(b.text) && !strings.Contains(strings.ToLower(b.text), "photo") {
			if found = append(found, i); len(found) > 3 {
				return nil
			}
		}
	}
	return nil
}

// cutEnds takes out what stands before the title and what begins behind a heading such as "More stories".
func (l *layout) cutEnds() {
	total := l.sums[len(l.blocks)]
	left := 0 // blocks that are not cut, from the one that is looked at
	for i := range l.blocks {
		if !l.blocks[i].cut {
			left++
		}
	}
	begin, end := 0, len(l.blocks)
	for i := range l.blocks {
		b := &l.blocks[i]
		if b.cut {
			continue
		}
		if l.sums[i]*4 <= total && len(b.text) < 300 && (b.kind == atom.H1 || l.isTitle(b)) {
			begin = i + 1
		}
		if isEnding(b) && onlyLinks(total-l.sums[i], total, left) {
			end = i
			break
		}
		left--
	}
	for i := range l.blocks {
		l.blocks[i].cut = l.blocks[i].cut || i < begin || i >= end
	}
	l.weigh()
}

// cutLines takes out blocks that are links, notices or labels.
func (l *layout) cutLines() {
	begun := false
	for i := range l.blocks {
		b := &l.blocks[i]
		if b.cut {
			continue
		}
		n := len(b.text)
		switch {
		case isNotice(b.text):
			b.cut = true
		case b.links*10 >= n*9 && n < 250:
			b.cut = true
		case b.links*2 > n && n < 120 && !endsSentence(b.text):
			b.cut = true
		case !begun && isLabel(b):
			b.cut = true
		}
		begun = begun || !b.cut && b.weight() > 0
	}
	l.cutLooseHeadings()
}

// cutLooseHeadings takes out headings that nothing stands under.
func (l *layout) cutLooseHeadings() {
	under := false
	for i := len(l.blocks) - 1; i >= 0; i-- {
		b := &l.blocks[i]
		switch {
		case b.cut:
		case !isHeading(b.kind):
			under = true
		case !under:
			b.cut = true
		}
	}
}

func (l *layout) join() string {
	var out strings.Builder
	last := 0
	for i := range l.blocks {
		if l.blocks[i].cut {
			continue
		}
		switch {
		case out.Len() == 0:
		case l.sameRow(last, i):
			out.WriteByte(' ')
		default:
			out.WriteString("\n\n")
		}
		out.WriteString(l.blocks[i].text)
		last = i
	}
	return out.String()
}

// sameRow reports whether two blocks are cells of one row of a table of data.
func (l *layout) sameRow(a, b int) bool {
	row := func(i int) int {
		if k := l.blocks[i].kind; (k == atom.Td || k == atom.Th) && len(l.blocks[i].text) < 100 {
			return l.regions[l.blocks[i].region].parent
		}
		return -1
	}
	return row(a) > 0 && row(a) == row(b)
}
