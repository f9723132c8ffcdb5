package aliases

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"dateline/index"
)

func TestTextIsPlain(t *testing.T) {
	then := index.At(time.Date(2024, 3, 14, 10, 0, 0, 0, time.UTC))
	l := &Log{}
	if _, err := l.Add(then, []index.Decision{
		{Action: index.ActionMerge, Type: index.Person, Name: "R. Mirzaev", Other: "Ruslan Mirzaev", By: "the desk"},
		{Action: index.ActionHide, Type: index.Org, Name: "a\tb\\n\nc"},
		{Action: index.ActionUndo, By: "\r"},
	}); err != nil {
		t.Fatal(err)
	}
	want := "2024-03-14T10:00:00Z\tthe desk\tmerge\tperson\tR. Mirzaev\tRuslan Mirzaev\n" +
		"2024-03-14T10:00:00Z\t\thide\torg\ta\\tb\\\\n\\nc\n" +
		"2024-03-14T10:00:00Z\t\\r\tundo\t2\n"
	text := AppendText([]byte(Header), l.All())
	if string(text) != Header+want {
		t.Errorf("got\n%s", text)
	}
	got, err := ReadText(text)
	if err != nil || !reflect.DeepEqual(got, l.All()) {
		t.Errorf("read back: %v, %v", got, err)
	}
}

func TestReadTextByHand(t *testing.T) {
	text := "\uFEFF# dateline decisions, version 1\r\n\r\n# what the desk knows\r\n-\t\tmerge\tperson\tBob Dylan\tRobert Zimmerman\r\n" +
		"\tme\thide\torg\tToday\t\t\n2024-03-14T11:00:00+01:00\t\tundo\t2\t\n"
	got, err := ReadText([]byte(text))
	want := []index.Decision{
		{Number: 1, Action: index.ActionMerge, Type: index.Person, Name: "Bob Dylan", Other: "Robert Zimmerman"},
		{Number: 2, By: "me", Action: index.ActionHide, Type: index.Org, Name: "Today", Undone: true},
		{Number: 3, Time: index.At(time.Date(2024, 3, 14, 10, 0, 0, 0, time.UTC)), Action: index.ActionUndo, Undoes: 2},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
	if got, err := ReadText(nil); err != nil || len(got) != 0 {
		t.Errorf("of nothing: %v, %v", got, err)
	}
}

func TestReadTextFaults(t *testing.T) {
	for text, want := range map[string]string{
		"# dateline decisions, version 2\n":                "line 1: the log is of version 2, which this program does not read",
		"#\nhide person Anna Berg\n":                       "line 2: 1 fields parted by tabs; there are at least 4: the time, who decided, the action and what it is about",
		"yesterday\t\thide\tperson\tAnna Berg":             `line 1: "yesterday" is no time such as 2024-03-14T10:00:00Z`,
		"-\t\thide\tperson\n":                              "line 1: hide needs a name (say which person is meant)",
		"-\t\tjoin\tperson\tAnna Berg\n":                   `line 1: there is no action "join" (use merge, split, apart, rename, hide, show or undo)`,
		"-\t\thide\tperson\tA\tB\n":                        `line 1: hide takes one name, not also "B" (leave the second name out)`,
		"-\t\tmerge\tperson\tA\tB\tC\n":                    "line 1: 7 fields; merge has at most 6",
		"-\t\tundo\tlast\n":                                `line 1: "last" is no number of a decision`,
		"-\t\tundo\t0\n":                                   `line 1: "0" is no number of a decision`,
		"-\t\tundo\t1\n":                                   "line 1: there is no decision 1 to undo (the log has 0)",
		"-\t\thide\tperson\tA\n-\t\tundo\t1\n-\t\tundo\t1": "line 3: decision 1 is undone already",
	} {
		list, err := ReadText([]byte(text))
		var fault *TextError
		if !errors.As(err, &fault) || err.Error() != want || list != nil {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// FuzzText reads any file: what is understood is written and read back as it was.
func FuzzText(f *testing.F) {
	f.Add(Header + "2024-03-14T10:00:00Z\tthe desk\tmerge\tperson\tR. Mirzaev\tRuslan Mirzaev\n-\t\tundo\t1\n")
	f.Add("-\ta\\tb\\\\\thide\torg\ta\\nb\\\\n\n# x\n\n-\t\trename\tplace\tKyiv\tKiev")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := ReadText([]byte(text))
		if err != nil {
			if fault := (*TextError)(nil); !errors.As(err, &fault) || fault.Line < 1 || fault.Line > 1+strings.Count(text, "\n") {
				t.Errorf("%v", err)
			}
			return
		}
		again, err := ReadText(AppendText([]byte(Header), list))
		if err != nil || len(list) > 0 && !reflect.DeepEqual(again, list) {
			t.Errorf("%q\nread %v\nread back %v, %v", text, list, again, err)
		}
		var l Log
		if _, err := l.Add(index.Time{}, list); err != nil || len(list) > 0 && !reflect.DeepEqual(l.All(), list) {
			t.Errorf("%q: added %v, %v", text, l.All(), err)
		}
	})
}
