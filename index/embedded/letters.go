package embedded

import (
	"context"
	"slices"
	"unicode/utf8"

	"dateline/index"
	"dateline/index/segment"
	"dateline/query"
)

// askLetters asks for what begins with each letter: that takes the longest, and everybody asks for it.
func (e *Engine) askLetters(ctx context.Context) {
	var letters []string
	_ = e.view(ctx, func(v *view) error {
		letters = v.letters()
		return nil
	})
	for _, letter := range letters {
		if len(e.written) > 0 {
			return
		}
		c, err := e.Complete(ctx, index.CompletionRequest{Prefix: letter, Words: true, Fields: index.FacetFields, Size: askedLetters})
		if err != nil {
			return
		}
		requests := []index.Request{oneNode(query.Word{Text: letter})}
		for _, w := range c.Words {
			requests = append(requests, oneNode(query.Word{Text: w.Text}))
		}
		for field, list := range c.Values {
			for _, value := range list[:min(len(list), askedLetters/2)] {
				requests = append(requests, oneNode(query.Value{Field: string(field), Text: value.Text}))
			}
		}
		if _, err := e.Count(ctx, requests); err != nil {
			return
		}
	}
}

func oneNode(n query.Node) index.Request {
	return index.Request{Query: &query.Query{Root: n}, Match: query.MatchAll}
}

// askedLetters is how many words and values of each field are asked for.
const askedLetters = 10

// maxLetters bounds the letters that are asked for: those of alphabets come before those of scripts that have thousands, with each
// of which few words begin.
const maxLetters = 128

// letters returns the first letters of words of articles.
func (v *view) letters() (list []string) {
	found := make([][]string, len(v.segments)*textFieldCount)
	v.eachWords(func(i int, d *segment.Dictionary) {
		for t := d.Terms(""); t.Next() && len(found[i]) < maxLetters; {
			letter, _ := utf8.DecodeRune(t.Term)
			found[i] = append(found[i], string(letter))
			t = d.Terms(string(letter + 1))
		}
	})
	list = slices.Concat(found...)
	slices.Sort(list)
	list = slices.Compact(list)
	return list[:min(len(list), maxLetters)]
}
