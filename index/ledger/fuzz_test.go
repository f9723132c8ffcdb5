package ledger

import (
	"bytes"
	"encoding/hex"
	"testing"
)

// FuzzParse reads what may stand in a ledger after damage: it never panics, and writing it anew loses nothing.
func FuzzParse(f *testing.F) {
	for _, e := range []entry{
		{Run: 1, Begin: &begin{Command: "index", Key: "k"}},
		{Run: 1, Tag: 1, Plan: &Plan{Articles: 1, Cells: []Cell{{"Quay", Undated, Count{Read: 1}}}, Files: []Span{{Path: "a", To: 1}}, Rejects: []Reject{{Span: 9}}}},
		{Run: 1, Tag: 1, Done: &Done{All: 1}},
		{Run: 1, Tag: 1, Void: true},
		{Run: 1, End: &End{}},
		{Sum: &Account{Run: 3, Runs: 2}},
		{Next: &next{7, 8}},
	} {
		line, err := e.line()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(line, line[sumLen+1:])
	}
	f.Fuzz(func(t *testing.T, raw, text []byte) {
		parse(raw)
		// With a true checksum, whatever the JSON says.
		line := append(append([]byte(hexSum(text)+" "), bytes.ReplaceAll(text, []byte("\n"), nil)...), '\n')
		content := append(bytes.Clone(raw), line...)
		b := parse(append(content, line...))
		earlierOf(content, []int{1, b.last})
		if b.Damaged > 0 || len(b.pending) > 0 {
			return
		}
		total := b.Total()
		again, err := b.content()
		if err != nil {
			t.Fatal(err)
		}
		if sum := parse(again).Total(); sum.Read != total.Read || sum.Changes() != total.Changes() {
			t.Errorf("written anew: %+v, before %+v", sum, total)
		}
	})
}

func hexSum(text []byte) string {
	return hex.EncodeToString(checksum(bytes.ReplaceAll(text, []byte("\n"), nil)))
}
