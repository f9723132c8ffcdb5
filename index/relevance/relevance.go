// Package relevance says how well a ranking puts the judged articles first.
//
// A judged set is topics (what somebody asks) and judgements (which articles answer, and how well). A ranking is the ids that
// a search engine returns for a topic, best first. A Metric makes one number between 0 and 1 of a topic's ranking, whose mean
// over the topics is the figure of a system; Permutation says whether the difference of two systems may be chance.
package relevance

import "time"

// Topic is what somebody asks.
type Topic struct {
	ID    string
	Text  string
	Asked time.Time // the day; zero when it is not known
}

// Grades are the judgements of one topic, by article: 0 is not relevant, as is an article that has none; 1 and more are.
type Grades map[string]int

// relevant counts the articles with a grade above 0.
func (g Grades) relevant() int {
	n := 0
	for _, grade := range g {
		if grade > 0 {
			n++
		}
	}
	return n
}

// Judgements are the grades by topic.
type Judgements map[string]Grades

// Add sets a grade.
func (j Judgements) Add(topic, article string, grade int) {
	if j[topic] == nil {
		j[topic] = Grades{}
	}
	j[topic][article] = grade
}

// Set is a judged set.
type Set struct {
	Name       string
	Topics     []Topic
	Judgements Judgements
}

// NewSet returns a set of those topics that have a relevant article: no ranking could tell the others apart.
func NewSet(name string, topics []Topic, j Judgements) Set {
	s := Set{Name: name, Judgements: j}
	for _, t := range topics {
		if j[t.ID].relevant() > 0 {
			s.Topics = append(s.Topics, t)
		}
	}
	return s
}

// Unknown counts the relevant articles, each once for each topic, that a collection does not have. They count as not found.
func (s Set) Unknown(has func(article string) bool) int {
	n := 0
	for _, t := range s.Topics {
		for article, grade := range s.Judgements[t.ID] {
			if grade > 0 && !has(article) {
				n++
			}
		}
	}
	return n
}

// Rankings are ids of articles, best first, by topic.
type Rankings map[string][]string

// Scores returns a metric of each topic, in the order of the topics, so that systems can be compared topic by topic.
func (s Set) Scores(m Metric, r Rankings) []float64 {
	scores := make([]float64, len(s.Topics))
	for i, t := range s.Topics {
		scores[i] = m.Of(r[t.ID], s.Judgements[t.ID])
	}
	return scores
}

// Mean returns the mean, 0 of nothing.
func Mean(scores []float64) float64 {
	sum := 0.0
	for _, x := range scores {
		sum += x
	}
	return sum / float64(max(len(scores), 1))
}
