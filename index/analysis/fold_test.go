package analysis

import (
	"bytes"
	"strings"
	"testing"
)

// FuzzFoldASCII compares with folding by the functions for any text.
func FuzzFoldASCII(f *testing.F) {
	for _, s := range []string{"", " Reuters \t News\n", "www.www. x", "a\x00b\rc\x7f", "U.S.", "already so", " ", "é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		value = strings.ReplaceAll(value, "\x7f", "") // the one control that ASCII keeps
		key, ok := appendASCII([]byte("before "), value)
		got := strings.TrimPrefix(string(key), "before ")
		if !ok {
			if strings.IndexFunc(value, func(r rune) bool { return r >= 0x80 }) < 0 {
				t.Errorf("%q is ASCII", value)
			}
			return
		}
		plain := bytes.Map(func(r rune) rune { // without controls but tabs and new lines
			if r < ' ' && r != '\t' && r != '\n' {
				return -1
			}
			return r
		}, []byte(value))
		if want := strings.Join(strings.Fields(string(foldAll(string(plain)))), " "); got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	})
}

// TestAppendFold holds that what stands before a key changes nothing of it.
func TestAppendFold(t *testing.T) {
	for _, value := range []string{"", " ", "www.", "www.www. Reuters.com", " The\tTimes ", "Ölpreis  Straße", "www.Łódź.pl", "\xff", "é"} {
		if got, want := string(AppendFold([]byte("www. "), value)), "www. "+Fold(value); got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Fold("Shanghai Cooperation Organization")
		Fold("ruslan mirzaev")
	}
}
