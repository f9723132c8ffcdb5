package jsonl

import "strings"

// Lists of records under these names make an object an envelope, unless it has a title itself. A name with a dot is a list
// in an object: hits.hits of Elasticsearch, response.docs of the New York Times and Solr, response.results of the Guardian.
const envelopes = ` articles items data results docs documents records news stories entries posts value hits.hits response.docs response.results response.articles data.articles data.items result.articles articles.results `

// outer are the first halves of the names with a dot.
const outer = ` hits response data result articles `

// envelope looks for such a list in the object at the start of head, which may go on behind it. It returns where the list's
// first bracket is and how many objects are open there.
func envelope(head []byte) (at, depth int, ok bool) {
	at, depth = envelopeList(head, 0, "")
	return at, depth, at >= 0
}

// envelopeList walks the members of the object that begins at head[i]. at is -1 when there is no such list.
func envelopeList(head []byte, i int, path string) (at, depth int) {
	at = -1
	i = skipBlanks(head, i+1)
	for i < len(head) && head[i] == '"' {
		name, value := member(head, i)
		if value >= len(head) {
			return at, depth
		}
		if path == "" && isHeading(name) {
			return -1, 0
		}
		if at < 0 {
			at, depth = listAt(head, value, path+name)
		}
		end := valueEnd(head, value)
		if end >= len(head) {
			return at, depth
		}
		if i = skipBlanks(head, end); i < len(head) && head[i] == ',' {
			i = skipBlanks(head, i+1)
		}
	}
	return at, depth
}

// listAt returns where the list of records is in a member's value, if it is one or holds one.
func listAt(head []byte, value int, path string) (at, depth int) {
	switch {
	case head[value] == '[' && strings.Contains(envelopes, " "+path+" "):
		if inside := skipBlanks(head, value+1); inside < len(head) && head[inside] == '{' {
			return value, 1 + strings.Count(path, ".")
		}
	case head[value] == '{' && strings.Contains(outer, " "+path+" "):
		if at, depth = envelopeList(head, value, path+"."); at >= 0 {
			return at, depth
		}
	}
	return -1, 0
}

// isHeading reports whether an object with a member of this name is an article itself.
func isHeading(name string) bool {
	switch strings.ToLower(name) {
	case "headline", "body", "text", "content", "articlebody", "published", "date", "author", "authors":
		return true
	}
	return false
}

// member returns the name of the member at head[i] and where its value begins.
func member(head []byte, i int) (name string, value int) {
	end := valueEnd(head, i)
	if end > len(head) || end < i+2 {
		return "", len(head)
	}
	return string(head[i+1 : end-1]), skipBlanks(head, skipBlanks(head, end)+1)
}

func skipBlanks(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// valueEnd returns where the value at b[i] ends, or len(b) when it goes on behind b or is broken.
func valueEnd(b []byte, i int) int {
	if c := b[i]; c == '"' || c == '{' || c == '[' {
		var s scanner
		if n, st := s.scan(b[i:]); st == done {
			return i + n
		}
		return len(b)
	}
	for i < len(b) && strings.IndexByte(",}] \t\r\n", b[i]) < 0 {
		i++
	}
	return i
}
