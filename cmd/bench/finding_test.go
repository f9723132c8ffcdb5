package main

import (
	"fmt"
	"strings"
	"testing"

	"dateline/index/entity"
)

// TestProseNames holds how what prose finds is laid over the words of a corpus.
func TestProseNames(t *testing.T) {
	sentences := []entity.Sentence{{Words: strings.Fields("José Díaz left U.S. troops")}, {Words: []string{"None"}}}
	text := `[{"Label":"PERSON","Start":0,"End":8},{"Label":"GPE","Start":12,"End":15},{"Label":"DATE","Start":0,"End":1}]` + "\n[]\n1.5\n"
	found, seconds, err := parseProse([]byte(text), sentences)
	if err != nil || seconds != 1.5 {
		t.Fatalf("%v s, %v", seconds, err)
	}
	if got := fmt.Sprint(found); got != "[[{person 0 0 2 false} {place 3 3 4 false}] []]" {
		t.Error(got)
	}
	for _, bad := range []string{"", "[]\n", "[]\n[]\n", "x"} {
		if _, _, err := parseProse([]byte(bad), sentences); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

func TestSpread(t *testing.T) {
	all := make([]entity.Sentence, 3*sampleSize)
	if n := len(spread(all)); n != sampleSize {
		t.Errorf("%d sentences", n)
	}
	if n := len(spread(all[:7])); n != 7 {
		t.Errorf("%d of 7 sentences", n)
	}
}
