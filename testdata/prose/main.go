// Command prose finds names with github.com/jdkato/prose/v2, for cmd/bench names. It is a module of its own, so that prose is
// no dependency of Dateline.
//
// It reads a sentence a line, words parted by spaces, and writes a line of JSON for each: a list of {"Label", "Start", "End"},
// in characters of the line without its spaces. The last line is the seconds that it took, once its model was loaded.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jdkato/prose/v2"
)

type name struct {
	Label      string
	Start, End int
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "prose:", err)
		os.Exit(1)
	}
}

func run() error {
	doc, err := prose.NewDocument("Load the model.", prose.WithSegmentation(false))
	if err != nil {
		return err
	}
	out := json.NewEncoder(os.Stdout)
	began := time.Now()
	for lines := bufio.NewScanner(os.Stdin); ; {
		if !lines.Scan() {
			if err := lines.Err(); err != nil {
				return err
			}
			return out.Encode(time.Since(began).Seconds())
		}
		d, err := prose.NewDocument(lines.Text(), prose.WithSegmentation(false), prose.UsingModel(doc.Model))
		if err != nil {
			return err
		}
		if err := out.Encode(namesOf(d.Tokens(), d.Entities())); err != nil {
			return err
		}
	}
}

// namesOf returns where prose's entities stand, of which it says only the text: their tokens, joined by spaces.
func namesOf(tokens []prose.Token, entities []prose.Entity) []name {
	names := []name{}
	i, at := 0, 0
	for _, e := range entities {
		words := strings.Fields(e.Text)
		for i < len(tokens) && !begin(tokens[i:], words) {
			at += utf8.RuneCountInString(tokens[i].Text)
			i++
		}
		start := at
		for range min(len(words), len(tokens)-i) {
			at += utf8.RuneCountInString(tokens[i].Text)
			i++
		}
		if at > start {
			names = append(names, name{e.Label, start, at})
		}
	}
	return names
}

// begin reports whether tokens begin with words.
func begin(tokens []prose.Token, words []string) bool {
	for i, w := range words {
		if i >= len(tokens) || tokens[i].Text != w {
			return false
		}
	}
	return true
}
