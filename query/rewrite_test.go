package query

import (
	"fmt"
	"strings"
	"testing"
)

func TestPairs(t *testing.T) {
	for text, want := range map[string]string{
		"oil":                                "",
		"oil price":                          `"oil price"`,
		"crude oil price":                    `"crude oil" "oil price"`,
		"title:oil title:price":              `title:"oil price"`,
		"title:oil price":                    "",
		`oil "gas price" coal`:               "",
		"oil -gas price":                     `"oil price"`,
		"NOT (oil price)":                    "",
		"oil source:AP price":                "",
		"(crude oil) AND (gas OR peak coal)": `"crude oil" "peak coal"`,
	} {
		var got []string
		for _, p := range Pairs(mustParse(t, text).Tree(MatchAll)) {
			got = append(got, p.String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %s, want %s", text, strings.Join(got, " "), want)
		}
	}
}

func TestLeaves(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "",
		"oil -gas":                        "oil -gas",
		`NOT (oil NOT "gas price")`:       `-oil "gas price"`,
		"+a b (c OR NOT d) date:2023":     "a b c -d date:2023",
		"source:AP AND title:(a OR bcd*)": "source:AP title:a title:bcd*",
	} {
		var got []string
		for _, l := range Leaves(mustParse(t, text).Root) {
			sign := ""
			if l.Excluded {
				sign = "-"
			}
			got = append(got, sign+l.Node.String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %s, want %s", text, strings.Join(got, " "), want)
		}
	}
}

// TestReplace changes oil to gas and leaves out whatever is called gone.
func TestReplace(t *testing.T) {
	for text, want := range map[string]string{
		"":                     "",
		"oil price":            "gas price",
		"oil gone":             "gas",
		"gone":                 "",
		"NOT gone":             "",
		"a AND (gone OR oil)":  "a AND gas",
		"a OR gone OR NOT oil": "a OR NOT gas",
		"+oil gone -oil":       "+gas -gas",
		"a (gone gone)":        "a",
	} {
		q := mustParse(t, text)
		before := fmt.Sprint(q)
		root := Replace(q.Root, func(n Node) Node {
			w, ok := n.(Word)
			switch {
			case ok && w.Text == "oil":
				w.Text = "gas"
				return w
			case ok && w.Text == "gone":
				return nil
			}
			return n
		})
		if got := (&Query{Root: root}).String(); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
		if q.String() != before {
			t.Errorf("%s was changed", text)
		}
	}
}

// TestReplaceNothing holds that a tree of which every leaf stays is the same.
func TestReplaceNothing(t *testing.T) {
	forTrees(t, func(n Node, _ maker) error {
		if same := Replace(n, func(n Node) Node { return n }); sexpr(same) != sexpr(n) {
			return fmt.Errorf("became %s", sexpr(same))
		}
		return nil
	})
}
