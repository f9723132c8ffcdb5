package ingest

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/index"
	"dateline/index/entity"
	"dateline/index/names"
)

// A finder looks at a sentence and at what others have made plain; some surnames it still leaves out, or takes for a company.
// Who has a full name in an article is whom their surname means there.

// addSurnames adds the surnames of people with a full name where the finder has left them out, and makes people of them where
// it has taken them for organisations.
func (r *reading) addSurnames() {
	surnames := r.surnames()
	if len(surnames) == 0 {
		return
	}
	all := r.spare[:0]
	next := 0 // of r.mentions
	for from, to := range wordsOf(surnames, r.text) {
		for next < len(r.mentions) && r.mentions[next].End <= from {
			all = append(all, r.mentions[next])
			next++
		}
		switch covered := next < len(r.mentions) && r.mentions[next].Start < to; {
		case !covered && r.alone(from, to) && names.IsName(index.Person, r.text[from:to]):
			all = append(all, entity.Mention{Type: index.Person, Start: from, End: to})
		case covered && r.mentions[next].Type == index.Org && r.mentions[next].Start == from && r.mentions[next].End == to &&
			names.IsName(index.Person, r.text[from:to]):
			r.mentions[next].Type = index.Person
		}
	}
	r.mentions, r.spare = append(all, r.mentions[next:]...), r.mentions
}

// surnames returns the last words of the full names of people, some of which are no names, but for those that are also in a longer
// name of something else: Calloway of Calloway Tankers.
func (r *reading) surnames() map[string]bool {
	last := map[string]bool{}
	for _, m := range r.mentions {
		text := r.text[m.Start:m.End]
		if i := strings.LastIndexByte(text, ' '); m.Type == index.Person && i > 0 && i+1 < len(text) {
			last[text[i+1:]] = true
		}
	}
	if len(last) == 0 {
		return nil
	}
	for _, m := range r.mentions {
		if m.Type != index.Person && strings.ContainsFunc(r.text[m.Start:m.End], notLetter) {
			for from, to := range words(r.text[m.Start:m.End]) {
				if to-from < m.End-m.Start {
					delete(last, r.text[m.Start+from:m.Start+to])
				}
			}
		}
	}
	return last
}

// alone reports whether no other word in capitals stands beside a word, but a title or the beginning of a sentence: else it
// is part of a name that nobody has found. In a headline all words may have capitals.
func (r *reading) alone(from, to int) bool {
	if to <= r.fields[0].end {
		return true
	}
	if rest, ok := strings.CutPrefix(r.text[to:], " "); ok && capital(rest) {
		return false
	}
	before, ok := strings.CutSuffix(r.text[:from], " ")
	if !ok {
		return !strings.HasSuffix(before, "-")
	}
	notSpace := func(c rune) bool { return !unicode.IsSpace(c) }
	start := len(strings.TrimRightFunc(before[max(0, len(before)-maxNameBytes):], notSpace)) + max(0, len(before)-maxNameBytes)
	word := before[start:]
	switch last, _ := utf8.DecodeLastRuneInString(word); {
	case !capital(word):
		return true
	case last == '.':
		return len(word) > longestShort || !names.IsName(index.Person, word)
	case !unicode.IsLetter(last):
		return true
	}
	return !names.IsName(index.Person, word) || opensSentence(before[:start])
}

// longestShort is how long a shortened word is before a name, its point included: Capt., Sept. Longer ones end a sentence.
const longestShort = 5

func capital(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(c)
}

// opensSentence reports whether a sentence may begin behind a text.
func opensSentence(text string) bool {
	text = strings.TrimRight(text, " \n\"'“‘")
	return text == "" || strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!")
}

func notLetter(c rune) bool { return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') }

// wordsOf yields where those of some words lie in a text that begin with a capital, as words would find them.
func wordsOf(some map[string]bool, text string) func(func(from, to int) bool) {
	var begins beginnings
	for word := range some {
		if c := word[0]; c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf {
			begins.add(word)
		}
	}
	return func(yield func(from, to int) bool) {
		for i := begins.next(text, 0); i < len(text); i = begins.next(text, i) {
			if !begins.has(text, i) || withinWord(text, i) {
				i++
				continue
			}
			end := i + firstWord(text[i:])
			if some[text[i:end]] && !yield(i, end) {
				return
			}
			i = max(end, i+1)
		}
	}
}

// beginnings are the first bytes of some words, and the first two, each pair under a number that it may share.
type beginnings struct {
	first [256]bool
	pairs [1 << 12]bool
}

func pairOf(a, b byte) int { return (int(a)<<4 ^ int(b)) & (1<<12 - 1) }

func (b *beginnings) add(word string) {
	b.first[word[0]] = true
	if len(word) > 1 {
		b.pairs[pairOf(word[0], word[1])] = true
		return
	}
	for next := range 256 {
		b.pairs[pairOf(word[0], byte(next))] = true
	}
}

// next returns where, from i on, a byte is the first of one of the words, all of which begin with a capital or another letter than
// those of ASCII, or the end of the text.
func (b *beginnings) next(text string, i int) int {
	for ; i+8 <= len(text); i++ {
		w := binary.LittleEndian.Uint64([]byte(text[i : i+8]))
		low := w & (0x7f * everyByte)
		capitals := (low + (0x80-'A')*everyByte) &^ (low + (0x7f-'Z')*everyByte)
		if i += bits.TrailingZeros64((w|capitals)&(0x80*everyByte)) / 8; i < len(text) && b.first[text[i]] {
			return i
		}
	}
	for i < len(text) && !b.first[text[i]] {
		i++
	}
	return min(i, len(text))
}

const everyByte = 0x0101010101010101

// has reports whether one of the words may begin at i of a text.
func (b *beginnings) has(text string, i int) bool {
	if i+1 == len(text) {
		return b.pairs[pairOf(text[i], 0)]
	}
	return b.pairs[pairOf(text[i], text[i+1])]
}

// firstWord returns how long the word is that a text begins with.
func firstWord(text string) int {
	for from, to := range words(text) {
		if from == 0 {
			return to
		}
		break
	}
	return 0
}

// withinWord reports whether a word that began before goes on at i.
func withinWord(text string, i int) bool {
	c, size := utf8.DecodeLastRuneInString(text[:i])
	if (c == '-' || c == '\'' || c == '’') && joins(text[i:]) {
		c, _ = utf8.DecodeLastRuneInString(text[:i-size])
	}
	return unicode.IsLetter(c) || unicode.IsMark(c)
}

// words yields where the words of a text lie: letters and marks, with apostrophes and hyphens between them.
func words(text string) func(func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		from := -1
		for i, c := range text {
			switch {
			case unicode.IsLetter(c) || unicode.IsMark(c):
				if from < 0 {
					from = i
				}
			case from >= 0 && (c == '-' || c == '\'' || c == '’') && joins(text[i+utf8.RuneLen(c):]):
			case from >= 0:
				if !yield(from, i) {
					return
				}
				from = -1
			}
		}
		if from >= 0 {
			yield(from, len(text))
		}
	}
}

// joins reports whether what stands behind an apostrophe or hyphen goes on with the word: O'Donnell, but not the s of Dekker's.
func joins(rest string) bool {
	c, size := utf8.DecodeRuneInString(rest)
	if !unicode.IsLetter(c) {
		return false
	}
	d, _ := utf8.DecodeRuneInString(rest[size:])
	return c != 's' || unicode.IsLetter(d)
}
