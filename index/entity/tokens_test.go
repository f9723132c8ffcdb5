package entity

import (
	"strings"
	"testing"
	"unicode"
)

// TestTokens holds how texts are cut: tokens between spaces, sentences between bars.
func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "",
		"Mr. Smith's wife, Ann, didn't go.": "Mr. Smith 's wife , Ann , did n't go .",
		"He left the U.S. The court ruled. It's over.":            "He left the U.S. | The court ruled . | It 's over .",
		"The U.S. Senate met in Washington, D.C. on Monday.":      "The U.S. Senate met in Washington , D.C. on Monday .",
		"J. K. Rowling met J.P. Morgan & Co. on Jan. 5, 2004.":    "J. K. Rowling met J.P. Morgan & Co. on Jan. 5 , 2004 .",
		"AT&T's Jean-Pierre O'Neill saw Côte d'Ivoire":            "AT&T 's Jean-Pierre O'Neill saw Côte d'Ivoire",
		"“Stop it!” said al-Qaida’s man. “No.”":                   "“ Stop it ! ” said al-Qaida ’s man . | “ No . ”",
		"“It ended.” The rest went home.":                         "“ It ended . ” | The rest went home .",
		"(He won.) She lost.":                                     "( He won . ) | She lost .",
		"LONDON (Reuters) - Shares fell 1,200.5 points to $3.25.": "LONDON ( Reuters ) - | Shares fell 1,200.5 points to $ 3.25 .",
		"PARIS, Nov. 25 (AFP) -- Talks began.":                    "PARIS , Nov. 25 ( AFP ) -- | Talks began .",
		"A Headline\n\nThe first\nparagraph":                      "A Headline | The first paragraph",
		"Rise to 5.2 percent... Then what? Nobody knows":          "Rise to 5.2 percent ... | Then what ? | Nobody knows",
		"Lot No. 5 of Djokovic, the No. 1. No. Never":             "Lot No. 5 of Djokovic , the No. 1 . | No . | Never",
		"CLINTON'S TRIP": "CLINTON 'S TRIP",
		"the boys' club of St. Louis vs. Mt. Airy":                    "the boys ' club of St. Louis vs. Mt. Airy",
		"Visit Amazon.com or write to a@b.org":                        "Visit Amazon.com or write to a@b.org",
		"end of one.Next without space":                               "end of one . Next without space",
		"said Gen. Ray Odierno of Acme Inc. Officials did not answer": "said Gen. Ray Odierno of Acme Inc. | Officials did not answer",
		"Zürich and São Paulo\u00a0grow":                              "Zürich and São Paulo grow",
		"\xff\xfe bytes":                                              "\xff \xfe bytes",
	} {
		if got := tokensOf(text); got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
}

func tokensOf(text string) string {
	var words []string
	tokens := appendTokens(nil, text)
	for i, k := range tokens {
		words = append(words, text[k.start:k.end])
		if k.ends && i+1 < len(tokens) {
			words = append(words, "|")
		}
	}
	return strings.Join(words, " ")
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"Mr. Smith's.", "LONDON (AP) - x", "a.b.c...'s'’\n\n\n", "\xff'S\u2029"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, k := range appendTokens(nil, text) {
			if int(k.start) < end || k.end <= k.start || int(k.end) > len(text) {
				t.Fatalf("%q: token %+v after %d", text, k, end)
			}
			if gap := strings.TrimFunc(text[end:k.start], isGap); gap != "" {
				t.Fatalf("%q is left out", gap)
			}
			end = int(k.end)
		}
	})
}

func isGap(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' }
