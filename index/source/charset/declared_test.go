package charset

import (
	"io"
	"strings"
	"testing"
)

func TestDeclared(t *testing.T) {
	for _, c := range []struct{ head, want string }{
		{`<?xml version="1.0" encoding="ISO-8859-2"?><rss/>`, "ISO-8859-2"},
		{"\xEF\xBB\xBF<?xml version='1.0' encoding = 'windows-1251' ?>", "windows-1251"},
		{`<?xml version="1.0"?><html><meta charset=koi8-r>`, "koi8-r"},
		{`<!doctype html><html><head><META CHARSET="Shift_JIS"/>`, "Shift_JIS"},
		{`<html><meta name="charset-note" content="x"><meta http-equiv=Content-Type content="text/html; charset=iso-8859-15">`, "iso-8859-15"},
		{`<html><meta charset="no-such"><meta charset="big5">`, "big5"},
		{`<?xml version="1.0" encoding="UTF-8`, ""},
		{`<html><head><title>charset=koi8-r</title>`, ""},
		{`charset=koi8-r`, ""},
		{`<meta charset`, ""},
		{``, ""},
	} {
		if got := Declared([]byte(c.head)); got != c.want {
			t.Errorf("Declared(%q) = %q, want %q", c.head, got, c.want)
		}
	}
}

// What the bytes prove goes before what they declare.
func TestDeclaredWrongly(t *testing.T) {
	page := `<html><meta charset="iso-8859-1"><p>Überraschung in Łódź</p>`
	got, err := io.ReadAll(NewReader(strings.NewReader(page), Declared([]byte(page))))
	if err != nil || string(got) != page {
		t.Errorf("got %q, %v", got, err)
	}
	cyrillic := "<html><meta charset=windows-1251><p>\xcc\xee\xf1\xea\xe2\xe0</p>"
	if got, err = io.ReadAll(NewReader(strings.NewReader(cyrillic), Declared([]byte(cyrillic)))); err != nil || !strings.Contains(string(got), "Москва") {
		t.Errorf("got %q, %v", got, err)
	}
}

func BenchmarkDeclared(b *testing.B) {
	head := []byte("<!doctype html><html><head><script>" + strings.Repeat("if (a < b) { c(m, 'e') } ", 400))
	b.SetBytes(declaredLen)
	for b.Loop() {
		Declared(head)
	}
}

func FuzzDeclared(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0" encoding="ISO-8859-2"?><meta charset=x>`))
	f.Fuzz(func(t *testing.T, head []byte) { Declared(head) })
}
