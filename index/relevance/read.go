package relevance

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// ReadTopics reads topics, one a line: an id, white space, and the text to the line's end. Empty lines and those that begin
// with # are passed over.
func ReadTopics(r io.Reader) ([]Topic, error) {
	var topics []Topic
	err := eachLine(r, func(line string) error {
		id, text, ok := strings.Cut(strings.ReplaceAll(line, "\t", " "), " ")
		if !ok {
			return errors.New("want an id and a text")
		}
		topics = append(topics, Topic{ID: id, Text: strings.TrimSpace(text)})
		return nil
	})
	return topics, err
}

// ReadJudgements reads grades, one a line, as TREC writes them: topic, a word that is not looked at, article, grade. Empty
// lines and those that begin with # are passed over.
func ReadJudgements(r io.Reader) (Judgements, error) {
	j := Judgements{}
	err := eachLine(r, func(line string) error {
		f := strings.Fields(line)
		if len(f) != 4 {
			return fmt.Errorf("%d words; want topic, 0, article, grade", len(f))
		}
		grade, err := strconv.Atoi(f[3])
		if err != nil || grade < 0 {
			return fmt.Errorf("the grade %q is no number from 0", f[3])
		}
		j.Add(f[0], f[2], grade)
		return nil
	})
	return j, err
}

// ReadJSON reads topics as JSON lines: id, query_id or question_id; query or question; perhaps question_date. The ids of a topic's relevant articles
// may stand with it, in urls.
func ReadJSON(r io.Reader) ([]Topic, Judgements, error) {
	var topics []Topic
	j := Judgements{}
	err := eachLine(r, func(line string) error {
		var t jsonTopic
		if err := json.Unmarshal([]byte(line), &t); err != nil {
			return err
		}
		topic := Topic{ID: string(cmp.Or(t.ID, t.QueryID, t.QuestionID)), Text: cmp.Or(t.Query, t.Question)}
		if topic.ID == "" || topic.Text == "" {
			return errors.New("no id or no text")
		}
		if t.QuestionDate != "" {
			var err error
			if topic.Asked, err = time.Parse(time.DateOnly, t.QuestionDate); err != nil {
				return err
			}
		}
		topics = append(topics, topic)
		for _, url := range t.URLs {
			j.Add(topic.ID, url, 1)
		}
		return nil
	})
	return topics, j, err
}

type jsonTopic struct {
	ID           label
	QueryID      label `json:"query_id"`
	QuestionID   label `json:"question_id"`
	Query        string
	Question     string
	QuestionDate string `json:"question_date"`
	URLs         []string
}

// label is an id that is written as a string or as a number.
type label string

// UnmarshalJSON implements json.Unmarshaler.
func (l *label) UnmarshalJSON(b []byte) error {
	if b[0] != '"' {
		*l = label(bytes.Clone(b))
		return nil
	}
	return json.Unmarshal(b, (*string)(l))
}

// eachLine calls fn with each line that is neither empty nor a comment, and names the line in its error.
func eachLine(r io.Reader, fn func(line string) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20) // a long question
	for n := 1; s.Scan(); n++ {
		line := strings.TrimSpace(s.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := fn(line); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return s.Err()
}
