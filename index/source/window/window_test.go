package window

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// Whatever the pieces in which a stream comes, the window shows the same and knows its place.
func TestPlaces(t *testing.T) {
	text := "ab\n  cd\n\n e" + strings.Repeat("x", size+100) + "\nf"
	for name, r := range map[string]io.Reader{
		"whole": strings.NewReader(text), "bytes": iotest.OneByteReader(strings.NewReader(text)), "last with the end": iotest.DataErrReader(strings.NewReader(text)),
	} {
		w := New(r, 1<<20)
		for i := range len(text) {
			b := w.Peek(1)
			if len(b) != 1 || b[0] != text[i] {
				t.Fatalf("%s: %q at %d", name, b, i)
			}
			if i < 20 || i%4096 == 0 {
				before := text[strings.LastIndexByte(text[:i], '\n')+1 : i]
				blanks := len(before) - len(strings.TrimLeft(before, " "))
				line := 1 + strings.Count(text[:i], "\n")
				n, alone := w.Indent()
				if p := w.Place(3); p.Offset != int64(i) || p.Line != line || w.Line() != line || p.Number != 3 || n != blanks || alone != (blanks == len(before)) {
					t.Fatalf("%s: at %d %+v, indent %d %v", name, i, p, n, alone)
				}
			}
			w.Skip(1)
		}
		if len(w.Peek(1)) != 0 || !w.Ended() || w.Err() != io.EOF || w.More() {
			t.Errorf("%s: the end is not seen: %v", name, w.Err())
		}
	}
}

func TestBlanksAndComma(t *testing.T) {
	w := New(iotest.OneByteReader(strings.NewReader(" \n,, \t{} , {")), 100)
	if !w.Blanks(",") || w.Rest()[0] != '{' || w.Line() != 2 || w.BehindComma() {
		t.Errorf("%q in line %d", w.Rest(), w.Line())
	}
	w.Peek(2)
	w.Skip(2)
	if !w.Blanks(",") || !w.BehindComma() {
		t.Errorf("%q is not behind an object and a comma", w.Rest())
	}
	w.Skip(1)
	if w.Blanks("") || w.BehindComma() {
		t.Error("there is something behind the end")
	}
}

// A window holds no more than what is not consumed, and a reader that gives nothing is given up.
func TestHeld(t *testing.T) {
	w := New(io.LimitReader(zeros{}, 64<<20), 1<<20)
	for w.More() {
		w.Skip(len(w.Rest()))
	}
	if w.Held() > 2*size {
		t.Errorf("%d bytes held", w.Held())
	}
	w = New(silent{}, 100)
	if w.More() || !errors.Is(w.Err(), io.ErrNoProgress) {
		t.Errorf("a silent reader: %v", w.Err())
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }

type silent struct{}

func (silent) Read([]byte) (int, error) { return 0, nil }
