package record

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"dateline/index"
)

func TestWhole(t *testing.T) {
	dead := errors.New("the line is dead")
	for _, c := range []struct {
		name string
		in   io.Reader
		want string
	}{
		{"a text", strings.NewReader("quay"), "quay"},
		{"of the limit", strings.NewReader("0123456789"), "0123456789"},
		{"above it", strings.NewReader("0123456789x"), "too large: the file has more than 10 bytes"},
		{"nothing", strings.NewReader(""), "empty: the file has no text"},
		{"blanks", strings.NewReader(" \n\t"), "empty: the file has no text"},
		{"broken off", io.MultiReader(strings.NewReader("quay"), iotest.ErrReader(dead)), dead.Error()},
	} {
		r := Whole(c.in, Options{MaxRecord: 10}, "file", func(raw []byte, at Place) (index.Article, error) {
			return index.Article{Title: string(raw)}, nil
		})
		rec, err := r.Next()
		got := ""
		if err != nil {
			got = err.Error()
		} else if a, err := rec.Decode(); err != nil || rec.Place != (Place{Number: 1, Line: 1}) {
			t.Errorf("%s: %+v, %v", c.name, rec.Place, err)
		} else {
			got = a.Title
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if _, err := r.Next(); err != io.EOF {
			t.Errorf("%s: a second record: %v", c.name, err)
		}
	}
}
