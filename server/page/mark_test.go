package page

import (
	"slices"
	"strings"
	"testing"

	"dateline/index"
	"dateline/query"
)

// brackets writes segments as seg reads them.
func brackets(segments []index.Segment) string {
	var b strings.Builder
	for _, s := range segments {
		if s.Marked {
			b.WriteString("[" + s.Text + "]")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func TestMarksOfAPhraseAreOne(t *testing.T) {
	for _, c := range []struct{ q, text, want string }{
		{`"oil price"`, "The [oil] [prices] rose", "The [oil prices] rose"},
		{`"oil price"`, "[Oil]\n[price], [oil] [price]", "[Oil\nprice], [oil price]"},
		{`"crude oil price"`, "[crude] [oil] [price] up", "[crude oil price] up"},
		{`oil price`, "[oil] [price] up", "[oil] [price] up"},
		{`"oil price" gas`, "[gas] [oil] [prices] and [gas]", "[gas] [oil prices] and [gas]"},
		{`"oil price" OR "gas price"`, "[oil] [price], [gas] [price] [oil] [price]", "[oil price], [gas price] [oil price]"},
		{`"oil price"`, "[oil], [price]", "[oil], [price]"},
		{`"said @person"`, "[said] [Ada] [Quist]", "[said Ada Quist]"},
		{`-"oil price" oil price`, "[oil] [price]", "[oil] [price]"},
		{`oil-price`, "[oil] [price]", "[oil price]"},
		{``, "oil price", "oil price"},
		{`"oil price"`, "", ""},
	} {
		parsed, err := query.Parse(c.q, saidNow)
		if err != nil {
			t.Fatal(err)
		}
		given := seg(c.text)
		if got := brackets(newMarker(parsed).join(given, "en")); got != c.want {
			t.Errorf("%s: %q, want %q", c.q, got, c.want)
		}
		if !slices.Equal(given, seg(c.text)) {
			t.Errorf("%s: the engine's answer was changed", c.q)
		}
	}
	if newMarker(nil).always {
		t.Error("no query is no phrase")
	}
}
