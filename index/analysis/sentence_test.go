package analysis

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// TestSentences reads testdata/sentences.txt.
func TestSentences(t *testing.T) {
	file, err := os.Open("testdata/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	texts := 0
	for in := bufio.NewScanner(file); in.Scan(); {
		marked := strings.ReplaceAll(in.Text(), `\n`, "\n")
		texts++
		text := strings.ReplaceAll(marked, "|", "")
		if got := markSentences(text); got != marked {
			t.Errorf("\n got %s\nwant %s", strings.ReplaceAll(got, "\n", `\n`), in.Text())
		}
	}
	if texts < 40 {
		t.Errorf("only %d texts", texts)
	}
}

// markSentences writes a | before the first word of each sentence but the first.
func markSentences(text string) string {
	var b strings.Builder
	end, sentence := 0, 0
	for _, token := range Tokens(nil, text) {
		b.WriteString(text[end:token.Start])
		if token.Sentence != sentence {
			b.WriteString("|")
		}
		b.WriteString(text[token.Start:token.End])
		end, sentence = token.End, token.Sentence
	}
	return b.String() + text[end:]
}
