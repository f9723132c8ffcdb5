package main

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"dateline/index"
)

// Of the searches that are drawn from a corpus: how many of a kind, and from how many of its articles.
const (
	probesOfKind = 30
	sampled      = 2000
)

// common are words that stand in most texts and say nothing.
var common = setOf(strings.Fields(`about after also been before could every from have here into just like made many more most much
	only other over said says same should some such than that their them then there these they this those through very want well
	were what when where which while will with would your`)...)

// drawn is what searches are drawn from: a sample of a corpus.
type drawn struct {
	dice    *rand.Rand
	docs    []doc
	tokens  [][]string
	words   map[string]int // the articles of the sample that have each
	phrases map[string]int // of two and three words

	mixedWords, mixedPhrases []string // of all frequencies
}

// drawSearches draws the searches of every kind from a file of articles: words of all frequencies, filters that find
// something with their words.
func drawSearches(path string, seed uint64) ([]group, error) {
	s := &drawn{dice: rand.New(rand.NewPCG(seed, 1)), words: map[string]int{}, phrases: map[string]int{}}
	n := 0
	for d, err := range docs(path) {
		if err != nil {
			return nil, err
		}
		s.sample(d.doc, n)
		n++
	}
	for i := range s.docs {
		s.count(&s.docs[i])
	}
	if len(s.words) == 0 || len(s.phrases) == 0 {
		return nil, fmt.Errorf("%s: no words to search for", path)
	}
	s.mixedWords, s.mixedPhrases = mixed(s.words, probesOfKind), mixed(s.phrases, probesOfKind)
	return s.groups(), nil
}

// sample keeps each article of the file with the same chance.
func (s *drawn) sample(d doc, n int) {
	if len(s.docs) < sampled {
		s.docs = append(s.docs, d)
	} else if i := s.dice.IntN(n + 1); i < sampled {
		s.docs[i] = d
	}
}

// count counts the words and phrases of an article once each.
func (s *drawn) count(d *doc) {
	seen := map[string]bool{}
	tokens := strings.Fields(strings.ToLower(d.Body))
	for i := range tokens {
		if isContent(tokens[i]) {
			seen[tokens[i]] = true
		}
		for n := 2; n <= 3 && i+n <= len(tokens); n++ {
			if isPhrase(tokens[i : i+n]) {
				seen[strings.Join(tokens[i:i+n], " ")] = true
			}
		}
	}
	for text := range seen {
		if strings.Contains(text, " ") {
			s.phrases[text]++
		} else {
			s.words[text]++
		}
	}
	s.tokens = append(s.tokens, slices.Sorted(maps.Keys(seen)))
}

// isContent reports whether a token is a word to search for.
func isContent(token string) bool { return len(token) > 3 && isPlain(token) && !common[token] }

func isPlain(token string) bool {
	return !strings.ContainsFunc(token, func(r rune) bool { return r < 'a' || r > 'z' })
}

// isPhrase reports whether tokens are words next to each other, the first and the last of them words to search for: plain Bleve
// leaves common words out, and would find other articles.
func isPhrase(tokens []string) bool {
	return isContent(tokens[0]) && isContent(tokens[len(tokens)-1]) && !slices.ContainsFunc(tokens, func(t string) bool { return !isPlain(t) })
}

// content returns the words of an article of the sample.
func (s *drawn) content(i int) []string {
	return slices.DeleteFunc(slices.Clone(s.tokens[i]), func(t string) bool { return strings.Contains(t, " ") })
}

// mixed returns n texts of all frequencies: at even steps of the logarithm of the rank, from the most frequent to those that
// two articles of the sample have.
func mixed(counts map[string]int, n int) []string {
	texts := slices.Sorted(maps.Keys(counts))
	slices.SortStableFunc(texts, func(a, b string) int { return cmp.Compare(counts[b], counts[a]) })
	for len(texts) > n && counts[texts[len(texts)-1]] < 2 {
		texts = texts[:len(texts)-1]
	}
	var chosen []string
	last := -1
	for i := range min(n, len(texts)) {
		rank := int(math.Pow(float64(len(texts)), float64(i)/float64(max(n-1, 1)))) - 1
		last = max(rank, last+1)
		chosen = append(chosen, texts[min(last, len(texts)-1)])
	}
	return chosen
}

// kinds are the searches of a corpus, each drawing its probe number i. To measure another, add it here.
var kinds = []struct {
	name string
	draw func(s *drawn, i int) probe
}{
	{"word", func(s *drawn, i int) probe { return probe{Words: words{All: []string{s.word(i)}}} }},
	{"two words", func(s *drawn, _ int) probe { return probe{Words: words{All: s.together(2)}} }},
	{"phrase", func(s *drawn, i int) probe { return probe{Words: words{Phrase: s.phrase(i)}} }},
	{"boolean", (*drawn).boolean},
	{"everything", func(*drawn, int) probe { return probe{} }},
	{"one month", (*drawn).month},
	{"one source", (*drawn).source},
	{"one entity", (*drawn).entity},
	{"drill-down", (*drawn).click},
	{"newest first", func(s *drawn, i int) probe { return probe{Words: words{All: []string{s.word(i)}}, Newest: true} }},
	{wordAlone, func(s *drawn, i int) probe { return probe{Words: words{All: []string{s.word(i)}}} }},
	{"suggest", (*drawn).suggest},
}

// wordAlone is the kind that asks for hits and nothing beside them.
const wordAlone = "word, hits alone"

// groups draws the probes of every kind.
func (s *drawn) groups() []group {
	var groups []group
	for _, k := range kinds {
		g := group{Name: k.name}
		for i := range probesOfKind {
			p := k.draw(s, i)
			if k.name != wordAlone && p.Prefix == "" {
				p.Beside = everything
			}
			g.Probes = append(g.Probes, p)
		}
		groups = append(groups, g)
	}
	return groups
}

func (s *drawn) word(i int) string   { return at(s.mixedWords, i) }
func (s *drawn) phrase(i int) string { return at(s.mixedPhrases, i) }

func at(list []string, i int) string { return list[i%len(list)] }

// article draws an article of the sample that has words; there are some.
func (s *drawn) article() int {
	for {
		if i := s.dice.IntN(len(s.docs)); len(s.content(i)) > 0 {
			return i
		}
	}
}

// together draws words that stand in one article.
func (s *drawn) together(n int) []string {
	list := s.content(s.article())
	s.dice.Shuffle(len(list), func(i, k int) { list[i], list[k] = list[k], list[i] })
	return list[:min(n, len(list))]
}

// boolean draws (a OR b) c -d, of which an article has a and c.
func (s *drawn) boolean(i int) probe {
	both := s.together(2)
	w := words{Any: []string{both[0], s.word(i + 7)}, All: both[1:]}
	if d := s.word(i + 13); !slices.Contains(both, d) {
		w.Not = []string{d}
	}
	return probe{Words: w}
}

// frequent draws an article and, of its words, one of the three that most articles have: what a reader filters further.
func (s *drawn) frequent() (doc, words) {
	i := s.article()
	list := s.content(i)
	slices.SortStableFunc(list, func(a, b string) int { return cmp.Compare(s.words[b], s.words[a]) })
	return s.docs[i], words{All: []string{list[s.dice.IntN(min(3, len(list)))]}}
}

func (s *drawn) month(int) probe {
	d, w := s.frequent()
	from := index.Month.Floor(d.Day)
	return probe{Words: w, From: from, To: index.Month.Next(from)}
}

func (s *drawn) source(int) probe {
	d, w := s.frequent()
	return probe{Words: w, Source: d.Source}
}

func (s *drawn) entity(int) probe {
	d, w := s.frequent()
	return probe{Words: w, Entity: s.one(d.Entities)}
}

func (s *drawn) click(int) probe {
	d, w := s.frequent()
	return probe{Words: w, Entity: s.one(d.Entities), Source: d.Source}
}

// suggest completes the first letters of a name.
func (s *drawn) suggest(int) probe {
	d, _ := s.frequent()
	name := s.one(d.Entities)
	return probe{Prefix: name[:min(len(name), 1+s.dice.IntN(4))]}
}

func (s *drawn) one(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[s.dice.IntN(len(list))]
}
