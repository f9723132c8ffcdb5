package server

import (
	"strings"
	"testing"
)

func TestWordsOf(t *testing.T) {
	for address, want := range map[string]string{
		"/2024/03/north-quay-reopens.html":              "north quay reopens",
		"/article/https:%2F%2Fx.example%2Foil_price%2F": "oil price",
		"/article/https://x.example/a/Oil%20Price?x=y":  "oil price",
		"/OIL-AND-GAS":  "oil and gas",
		"/":             "",
		"/12/34":        "",
		"/a/b2":         "",
		"/%zz-oil":      "oil",
		"/новости-дня":  "новости дня",
		"/x\"><script>": "script",
		"/one-two-three-four-five-six-seven-eight-nine": "one two three four five six seven eight",
	} {
		if got := wordsOf(address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
	if got := wordsOf("/" + strings.Repeat("x", 10_000)); len(got) > 210 {
		t.Errorf("%d bytes", len(got))
	}
}
