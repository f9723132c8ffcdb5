package snippet

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/index"
)

const (
	// passageBytes is about how long a passage is: two lines of print.
	passageBytes = 220
	// lookback is how far before the first matched word a passage may begin where no sentence does.
	lookback = 60
	// sentenceLookback is how far before the first matched word a passage may begin to begin with a sentence or paragraph.
	sentenceLookback = 150
	// lookahead is how far behind the first matched word others count for a passage.
	lookahead = 130
	// maxPassages is how many passages of one body are shown.
	maxPassages = 3
	// maxMatches bounds the matches looked at in one body; an article with more shows its first ones.
	maxMatches = 2000
	// maxMarked bounds the matches that are marked in a whole text, which only a query for nearly every word of a long book passes.
	maxMarked = 20_000
)

// Title cuts the title of an article into segments that concatenate to it, the matched words marked.
func (m *Matcher) Title(a *index.Article) []index.Segment {
	return m.segments(a.Title, 0, len(a.Title), m.find("title", a.Title, a, maxMatches))
}

// Body returns the passages of the body of an article that show the most of what was asked, in their order in the text. Each is a part of
// the text, letter for letter. Where nothing matches, the one passage is the beginning.
func (m *Matcher) Body(a *index.Article) [][]index.Segment {
	text, found := a.Body, m.find("body", a.Body, a, maxMatches)
	if len(found) == 0 {
		if text == "" {
			return [][]index.Segment{}
		}
		return [][]index.Segment{{{Text: text[:passageEnd(text, 0, 0)]}}}
	}
	passages := [][]index.Segment{}
	for _, r := range m.best(text, found) {
		passages = append(passages, m.segments(text, r.start, r.end, found))
	}
	return passages
}

// Whole marks the matched words in all of an article.
func (m *Matcher) Whole(a *index.Article) index.Marks {
	whole := func(field, text string) []index.Segment {
		return m.segments(text, 0, len(text), m.find(field, text, a, maxMarked))
	}
	return index.Marks{Title: whole("title", a.Title), Lead: whole("lead", a.Lead), Body: whole("body", a.Body)}
}

// passage is a part of a text in bytes.
type passage struct{ start, end int }

// best picks up to maxPassages parts of the text that do not overlap: first the one that shows the most leaves, then those
// that show leaves not yet shown. With one leaf that is one passage, and it is enough.
func (m *Matcher) best(text string, found []match) []passage {
	shown := make([]bool, len(m.leaves))
	var picked []passage
	for len(picked) < maxPassages {
		first, news := m.richest(found, shown, picked)
		if first < 0 || news == 0 {
			break
		}
		p := m.around(text, found[first:], picked)
		for _, f := range found {
			if m.tokens[f.first].Start >= p.start && m.tokens[f.last].End <= p.end {
				shown[f.leaf] = true
			}
		}
		shown[found[first].leaf] = true
		picked = append(picked, p)
	}
	slices.SortFunc(picked, func(a, b passage) int { return a.start - b.start })
	return picked
}

// richest returns the match at which a passage shows the most leaves not shown so far, the earliest among equals.
func (m *Matcher) richest(found []match, shown []bool, picked []passage) (first, news int) {
	first = -1
	seen := make([]int, len(m.leaves)) // 1 + the start at which the leaf was counted last
	for i, f := range found {
		if within(picked, m.tokens[f.first].Start) {
			continue
		}
		end := m.tokens[f.first].Start + lookahead
		n := 0
		for _, g := range found[i:] {
			if m.tokens[g.last].End > end {
				break
			}
			if seen[g.leaf] != i+1 {
				seen[g.leaf] = i + 1
				if !shown[g.leaf] {
					n++
				}
			}
		}
		if n > news {
			first, news = i, n
		}
	}
	return first, news
}

func within(picked []passage, at int) bool {
	for _, p := range picked {
		if p.start <= at && at < p.end {
			return true
		}
	}
	return false
}

// around returns a passage that begins a little before the first match, where a sentence or at least a word begins, and ends
// at a word's end behind the matches near it.
func (m *Matcher) around(text string, found []match, picked []passage) passage {
	at, least := m.tokens[found[0].first].Start, m.tokens[found[0].last].End
	floor, ceiling := 0, len(text)
	for _, p := range picked {
		if p.end <= at {
			floor = max(floor, p.end)
		} else if p.start > at {
			ceiling = min(ceiling, p.start)
		}
	}
	for _, f := range found {
		if end := m.tokens[f.last].End; end <= min(at+lookahead, ceiling) {
			least = max(least, end)
		}
	}
	start := m.sentence(text, found[0].first)
	if start < max(floor, at-sentenceLookback) {
		start = at
		for i := found[0].first - 1; i >= 0 && m.tokens[i].Start >= max(floor, at-lookback); i-- {
			start = m.tokens[i].Start
		}
	}
	end := min(passageEnd(text, start, least), ceiling)
	return passage{start, max(end, least)}
}

// sentence returns where the sentence of a token begins, with the marks right before its first word.
func (m *Matcher) sentence(text string, token int) int {
	first := token
	for first > 0 && m.tokens[first-1].Sentence == m.tokens[token].Sentence {
		first--
	}
	if first == 0 {
		return 0
	}
	start := m.tokens[first].Start
	gap := text[m.tokens[first-1].End:start]
	if i := strings.LastIndexFunc(gap, unicode.IsSpace); i >= 0 {
		start -= len(strings.TrimLeftFunc(gap[i:], unicode.IsSpace))
	}
	return start
}

// passageEnd returns where a passage that begins at start and shows at least what goes to least ends: at a word's end, and
// not behind a paragraph's.
func passageEnd(text string, start, least int) int {
	end := max(start+passageBytes, least)
	if end >= len(text) {
		end = len(text)
	} else {
		for end > least && end > start+passageBytes/2 && text[end] != ' ' && text[end] != '\n' {
			end--
		}
		for end > start && end < len(text) && !utf8.RuneStart(text[end]) {
			end++
		}
	}
	for i := max(start, least); i+1 < end; i++ {
		if text[i] == '\n' && text[i+1] == '\n' {
			return max(i, least)
		}
	}
	return end
}

// segments cuts text[start:end] at the matched words. Words of one phrase are marked each on its own.
func (m *Matcher) segments(text string, start, end int, found []match) []index.Segment {
	segments := []index.Segment{}
	at, token := start, 0
	for _, f := range found {
		for i := max(f.first, token); i <= f.last; i++ {
			t := m.tokens[i]
			if t.Start < at || t.End > end {
				continue
			}
			segments = appendSegment(segments, text[at:t.Start], false)
			segments = appendSegment(segments, text[t.Start:t.End], true)
			at, token = t.End, i+1
		}
	}
	return appendSegment(segments, text[at:end], false)
}

func appendSegment(list []index.Segment, text string, marked bool) []index.Segment {
	if text == "" {
		return list
	}
	return append(list, index.Segment{Text: text, Marked: marked})
}
