package charset

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	utext "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

const (
	german  = "Straßenbahn fährt wieder.\nDer „Spaß“ kostet 3 €.\n"
	russian = "Порт открыт.\nСудно 12 прибыло.\n"
)

func encode(t *testing.T, enc encoding.Encoding, text string) string {
	t.Helper()
	s, err := enc.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestReader(t *testing.T) {
	utf16le := utext.UTF16(utext.LittleEndian, utext.IgnoreBOM)
	utf16be := utext.UTF16(utext.BigEndian, utext.IgnoreBOM)
	utf32le := utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	utf32be := utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	for _, c := range []struct{ name, in, declared, want string }{
		{"empty", "", "", ""},
		{"ascii", "plain\n", "", "plain\n"},
		{"utf-8", german, "", german},
		{"utf-8 mark", "\xEF\xBB\xBF" + german, "", german},
		{"only a mark", "\xEF\xBB\xBF", "", ""},
		{"utf-16le mark", "\xFF\xFE" + encode(t, utf16le, german), "", german},
		{"utf-16be mark", "\xFE\xFF" + encode(t, utf16be, german), "", german},
		{"utf-16le", encode(t, utf16le, german), "", german},
		{"utf-16be", encode(t, utf16be, german), "", german},
		{"utf-16le Cyrillic", encode(t, utf16le, russian), "", russian},
		{"utf-16be Cyrillic", encode(t, utf16be, russian), "iso-8859-1", russian},
		{"utf-32le", "\xFF\xFE\x00\x00" + encode(t, utf32le, german), "", german},
		{"utf-32be", "\x00\x00\xFE\xFF" + encode(t, utf32be, german), "", german},
		{"utf-32le without a mark", encode(t, utf32le, german), "utf-32", german},
		{"utf-32be without a mark", encode(t, utf32be, russian), "", russian},
		{"windows-1252", encode(t, charmap.Windows1252, german), "", german},
		{"windows-1252 declared", encode(t, charmap.Windows1252, german), "ISO-8859-1", german},
		{"windows-1251 declared", encode(t, charmap.Windows1251, russian), "windows-1251", russian},
		{"koi8-r declared", encode(t, charmap.KOI8R, russian), "KOI8-R", russian},
		{"shift_jis declared", encode(t, japanese.ShiftJIS, "港が再開した。\n"), "shift_jis", "港が再開した。\n"},
		{"iso-2022-jp declared", encode(t, japanese.ISO2022JP, "港が再開した。\n"), "iso-2022-jp", "港が再開した。\n"},
		{"euc-kr declared", encode(t, korean.EUCKR, "항구 다시 열려\n"), "euc-kr", "항구 다시 열려\n"},
		{"utf-8 declared windows-1251", russian, "windows-1251", russian},
		{"utf-8 declared euc-kr", russian, "euc-kr", russian},
		{"utf-8 declared utf-16", "<?xml encoding='utf-16'?>", "utf-16", "<?xml encoding='utf-16'?>"},
		{"unknown label", german, "x-nonsense", german},
		{"refused label", german, "iso-2022-kr", german},
		{"no line end", "caf\xE9", "", "café"},
		{"cut off", "Порт"[:7], "", "ПорÑ"},
		{"byte without a character", "a\x81b\xE9", "", "a\uFFFDbé"},
		{"mixed lines", "Zürich über\nZ\xFCrich \xFCber\nПорт\n", "", "Zürich über\nZürich über\nПорт\n"},
		{"damaged utf-8", "Порт от\xFFкрыт.\n", "", "Порт отÿкрыт.\n"},
		{"sz and quote", "\x84Spa\xDF\x93 f\xFCr alle\n", "", "„Spaß“ für alle\n"},
		{"zero byte in text", "alpha\x00beta, and so on and on and on\n", "", "alpha\x00beta, and so on and on and on\n"},
	} {
		for mode, wrap := range map[string]func(io.Reader) io.Reader{
			"whole": func(r io.Reader) io.Reader { return r }, "by byte": iotest.OneByteReader, "with EOF": iotest.DataErrReader,
		} {
			got, err := io.ReadAll(NewReader(wrap(strings.NewReader(c.in)), c.declared))
			if err != nil || string(got) != c.want {
				t.Errorf("%s, %s: %q, %v; want %q", c.name, mode, got, err, c.want)
			}
		}
	}
}

func TestReaderLongLines(t *testing.T) {
	for _, unit := range []string{"Straße ", "Порт ", "港口 ", "a"} {
		text := strings.Repeat(unit, 3*chunk/len(unit))
		if err := iotest.TestReader(NewReader(strings.NewReader(text), ""), []byte(text)); err != nil {
			t.Errorf("%q: %v", unit, err)
		}
	}
}

func TestReaderKeepsTextBeforeAnError(t *testing.T) {
	broken := errors.New("broken")
	for _, in := range []string{"Zürich\nund", "Z\xFCrich", strings.Repeat("x", 2*headLen)} {
		got, err := io.ReadAll(NewReader(io.MultiReader(strings.NewReader(in), iotest.ErrReader(broken)), ""))
		if !errors.Is(err, broken) || len(got) < len(in) {
			t.Errorf("%.20q: %d bytes, %v", in, len(got), err)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"":                               "",
		"tab\tand\nline":                 "tab\tand\nline",
		"a\r\nb\rc\n\rd":                 "a\nb\nc\n\nd",
		"a\x00b\x07c\x1b[0m\x7fd":        "abc[0md",
		"next\u0085line\u2028sep\u2029":  "next\nline\nsep\n",
		"form\ffeed\vtab":                "form\nfeed\ntab",
		"c1\u0092\u009bm \u0081\u0085":   "c1’›m \n",
		"12\u00a0000\u202f€":             "12 000 €",
		"eco\u00adno\u200bmy\ufeff":      "economy",
		"\u202eevil\u202c \u2066x\u2069": "evil x",
		"\u200eleft\u200f \u061cright":   "left right",
		"می\u200cخواهم 👩\u200d🚀":         "می\u200cخواهم 👩\u200d🚀",
		"alpha \xff beta":                "alpha ÿ beta",
		"caf\xe9 \x93quoted\x94 \x81":    "café “quoted” \uFFFD",
		"kept \uFFFD":                    "kept \uFFFD",
		"non\ufffechar\U0001FFFFacter":   "noncharacter",
		"İstanbul – Kraków":              "İstanbul – Kraków",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCleanDoesNotAllocate(t *testing.T) {
	for _, s := range []string{strings.Repeat("plain text\n", 100), strings.Repeat("Straße ", 100)} {
		if n := testing.AllocsPerRun(100, func() { Clean(s) }); n != 0 {
			t.Errorf("%.10q: %v allocations", s, n)
		}
	}
}

func TestIsBinary(t *testing.T) {
	noise := make([]byte, 4096)
	for i, x := 0, uint32(1); i < len(noise); i++ {
		x = x*1664525 + 1013904223
		noise[i] = byte(x >> 24)
	}
	for _, c := range []struct {
		name string
		head []byte
		want bool
	}{
		{"empty", nil, false},
		{"text", []byte(german), false},
		{"one zero byte", []byte(strings.Repeat("news ", 40) + "\x00"), false},
		{"windows-1252", []byte("Z\xFCrich \x84gro\xDF\x93"), false},
		{"escapes", []byte("\x1b[31mred\x1b[0m"), false},
		{"utf-16", []byte(encode(t, utext.UTF16(utext.LittleEndian, utext.IgnoreBOM), russian)), false},
		{"utf-16 mark", []byte("\xFF\xFEa\x00"), false},
		{"utf-32 mark", []byte("\xFF\xFE\x00\x00a\x00\x00\x00"), false},
		{"utf-32 without a mark", []byte(encode(t, utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), russian)), false},
		{"utf-8 mark, then noise", append([]byte("\xEF\xBB\xBF"), noise...), true},
		{"noise", noise, true},
		{"zeros", make([]byte, 100), true},
		{"numbers", bytes.Repeat([]byte{1, 0, 0, 0, 7, 0, 0, 0}, 100), true},
		{"little numbers", bytes.Repeat([]byte{1, 0, 2, 0, 7, 0, 3, 0}, 100), true},
		{"pdf", []byte("%PDF-1.7\nplain so far"), true},
		{"png", []byte("\x89PNG\r\n\x1a\nrest of it is text"), true},
		{"elf", []byte("\x7fELF\x02"), true},
		{"wave", []byte("RIFF\x00\x01\x00\x00WAVEfmt "), true},
	} {
		if got := IsBinary(c.head); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte("Z\xFCrich\nПорт\n"), "")
	f.Add([]byte("\xFF\xFEa\x00\x00"), "")
	f.Add([]byte("\x00a\x00b\x00 \x00c\xD8"), "gbk")
	f.Add([]byte("\x1b$B9A\x1b(B"), "iso-2022-jp")
	f.Fuzz(func(t *testing.T, in []byte, declared string) {
		got, err := io.ReadAll(NewReader(bytes.NewReader(in), declared))
		if err != nil || !utf8.Valid(got) {
			t.Fatalf("%q as %q: %q, %v", in, declared, got, err)
		}
		again, err := io.ReadAll(NewReader(iotest.OneByteReader(bytes.NewReader(in)), declared))
		if err != nil || !bytes.Equal(got, again) {
			t.Fatalf("%q as %q by bytes: %q, %v; whole %q", in, declared, again, err, got)
		}
		if utf8.Valid(in) && declared == "" && !bytes.Contains(in, []byte{0}) && !bytes.Equal(got, bytes.TrimPrefix(in, []byte("\uFEFF"))) {
			t.Fatalf("valid %q became %q", in, got)
		}
	})
}

func FuzzClean(f *testing.F) {
	f.Add("a\r\nb\u202e\xff\u00a0")
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if !utf8.ValidString(got) || strings.ContainsAny(got, "\r\x00\x7f\u00ad\ufeff") || Clean(got) != got {
			t.Fatalf("Clean(%q) = %q", s, got)
		}
	})
}

func BenchmarkReader(b *testing.B) {
	old := []byte(strings.Repeat("Der Stra\xDFenbahn-Verkehr l\xE4uft wieder, sagte ein Sprecher der Stadt am Montag.\n", 1<<14))
	for name, data := range map[string][]byte{
		"ascii": bytes.Repeat([]byte("The tram runs again, said a speaker of the town on Monday.\n"), 1<<14),
		"utf-8": bytes.Repeat([]byte(german), 1<<14), "windows-1252": old,
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				_, _ = io.Copy(io.Discard, NewReader(bytes.NewReader(data), ""))
			}
		})
	}
}

func BenchmarkClean(b *testing.B) {
	for name, s := range map[string]string{
		"ascii": strings.Repeat("The tram runs again. ", 200), "utf-8": strings.Repeat(german, 100),
		"dirty": strings.Repeat("The tram\u00a0runs\r\n", 200),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				Clean(s)
			}
		})
	}
}
