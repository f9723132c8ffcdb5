package analysis

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// TestInflections reads testdata/inflections.txt.
func TestInflections(t *testing.T) {
	file, err := os.Open("testdata/inflections.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	language, lines := Unknown, map[Language]int{}
	for in := bufio.NewScanner(file); in.Scan(); {
		line := in.Text()
		if l := named(line); l != Unknown {
			language = l
		} else if language != Unknown && line != "" {
			lines[language]++
			meet(t, language, line)
		}
	}
	for l := English; l < Languages; l++ {
		if lines[l] == 0 || l <= Arabic && lines[l] < 12 {
			t.Errorf("%v has %d lines", l, lines[l])
		}
	}
}

// named returns the language of a name, or Unknown.
func named(name string) Language {
	for l := English; l < Languages; l++ {
		if l.String() == name {
			return l
		}
	}
	return Unknown
}

// meet checks one line of words.
func meet(t *testing.T, l Language, line string) {
	seen := map[string]string{} // stems to the groups that have them
	for group := range strings.SplitSeq(line, "|") {
		group = strings.TrimSpace(group)
		first := ""
		for word := range strings.FieldsSeq(group) {
			stem := l.Stem(Tokens(nil, word)[0].Term)
			if first == "" {
				first = stem
			}
			if stem != first {
				t.Errorf("%v: %s: %s has the stem %s, not %s", l, group, word, stem, first)
			}
			if other, ok := seen[stem]; ok && other != group {
				t.Errorf("%v: %s and %s have one stem %s", l, other, group, stem)
			}
			seen[stem] = group
		}
	}
}
