package analysis

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func terms(text string) string {
	var list []string
	for _, t := range Tokens(nil, text) {
		list = append(list, t.Term)
	}
	return strings.Join(list, " ")
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{" -- & … ", ""},
		{"Oil prices ROSE", "oil prices rose"},
		{"don't won’t", "dont wont"},
		{"Belarus's Reuters’s JONES'S readers'", "belarus reuters jones readers"},
		{"l'eau d’Orsay qu'il dell'arte O'Neill I'm", "l eau d orsay qu il dell arte o neill i m"},
		{"U.S. US u.s.a. e.g. J.K. Rowling", "us us usa eg jk rowling"},
		{"Ph.D. reuters.com", "ph d reuters com"},
		{"AT&T S&P M&A Johnson&Johnson a & b", "at&t s&p m&a johnson johnson a b"},
		{"anti-terrorist e-mail well_known", "anti terrorist e mail well known"},
		{"1,000,000 12,5 3.5 3.5. 14.03.2024 2023,100 $5bn 24/7", "1000000 12 5 3.5 3.5 14.03.2024 2023 100 5bn 24 7"},
		{"covid19 G20 B-52", "covid19 g20 b 52"},
		{"Café Zürich naïve cœur Łódź Straße Ærø", "cafe zurich naive coeur lodz strasse aero"},
		{"İstanbul ISTANBUL ıI", "istanbul istanbul ii"},
		{"Ёлка Мирзаев российский йод", "елка мирзаев российский йод"},
		{"Ελλάς ΕΛΛΑΣ", "ελλασ ελλασ"},
		{"ｏｉｌ ﬁrst ½ m²", "oil first 1/2 m2"},
		{"石油価格 カタカナ 한국어", "石 油 価 格 カ タ カ ナ 한 국 어"},
		{"コーヒー ｺｰﾋｰ ガス ｶﾞｽ ガス", "コ ー ヒ ー コ ー ヒ ー ガ ス ガ ス ガ ス"},
		{"한국은 한국", "한 국 은 한 국"},
		{"2024年 二〇二四 G7峰会 人々 葛󠄀飾", "2024 年 二 〇 二 四 g7 峰 会 人 々 葛 飾"},
		{"ราคา น้ำมัน", "ร า ค า น้ ํา มั น"},
		{"ລາຄາ ថ្លៃ စျေး", "ລ າ ຄ າ ថ្ លៃ စျေး"},
		{"שָׁלוֹם كَتَبَ", "שלום كتب"},
		{"हिन्दी", "हिन्दी"},
		{"ـ", "ـ"},
		{"a\xffb", "a b"},
		{"infor\u00adma\u00adtion \u00adx\u00ad", "information x"},
		{"anti\u2010terrorist anti\u2011terrorist", "anti terrorist anti terrorist"},
		{"می\u200cخواهم क्\u200dष \ufeffbom", "ميخواهم क्ष bom"},
		{"don\u02bct O\u02bcNeill Belarus\u02bcs Hawai\u02bbi п'ять комп’ютер", "dont o neill belarus hawaii пять компютер"},
		{"أخبار إسلام آسيا ٱلله کتاب العـــراق", "اخبار اسلام اسيا الله كتاب العراق"},
		{"Ёж ёж еж İzmir ızgara", "еж еж еж izmir izgara"},
		{"ＡＢＣ１２ ﬂow ĳs ǆ ſtadt Œuvre", "abc12 flow ijs dz stadt oeuvre"},
	} {
		if got := terms(c.text); got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestPositions(t *testing.T) {
	var got []string
	for _, tok := range Tokens(nil, "\n\nOne two.\nThree\n\n“four\n \n\n- five.\n\u00a0\r\nsix") {
		got = append(got, fmt.Sprintf("%s@%d/%d/%d", tok.Term, tok.Position, tok.Sentence, tok.Paragraph))
	}
	want := "one@1/0/0 two@2/0/0 three@3/1/0 four@5/2/1 five@7/3/2 six@9/4/3"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func TestOffsetsAreOfTheWrittenWord(t *testing.T) {
	text := "Ruslan Mirzaev’s U.S. café, 1,000"
	var got []string
	for _, tok := range Tokens(nil, text) {
		got = append(got, text[tok.Start:tok.End])
	}
	if s, want := strings.Join(got, "|"), "Ruslan|Mirzaev|U.S|café|1,000"; s != want {
		t.Errorf("got %s, want %s", s, want)
	}
}

func TestLongWordIsFoundByItsBeginning(t *testing.T) {
	long := strings.Repeat("ä", 1000)
	got := terms(long)
	if len(got) > MaxTermBytes || !strings.HasPrefix(strings.Repeat("a", 1000), got) {
		t.Errorf("term of a long word has %d bytes: %q", len(got), got)
	}
	if !utf8.ValidString(terms(strings.Repeat("石x", 200))) {
		t.Error("cut inside a character")
	}
}

func TestFold(t *testing.T) {
	for _, group := range [][]string{
		{"UrduPoint.com", "urdupoint.com", "www.urdupoint.com", " WWW.UrduPoint.com "},
		{"José María Ibáñez", "jose maria ibanez", "José  María\tIbáñez"},
		{"Straßenbahn", "STRASSENBAHN"},
		{"O’Neill", "o'neill"},
		{"\xf7å", "\xf7a"},
	} {
		for _, v := range group[1:] {
			if Fold(v) != Fold(group[0]) {
				t.Errorf("Fold(%q) = %q, but Fold(%q) = %q", v, Fold(v), group[0], Fold(group[0]))
			}
		}
	}
	if Fold("Reuters") == Fold("Reuters.com") || Fold("www.") != "www." || Fold("U.S.") == Fold("US") {
		t.Error("different values have one key")
	}
}

func TestStem(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"prices", "price"}, {"pricing", "priced"}, {"economies", "economy"}, {"hoping", "hope"}, {"dying", "die"},
	} {
		if English.Stem(c.a) != English.Stem(c.b) {
			t.Errorf("%s and %s have different stems %s and %s", c.a, c.b, English.Stem(c.a), English.Stem(c.b))
		}
	}
	for _, term := range []string{"is", "1990s", "at&t", "мирзаев", "zurich"} {
		if s := English.Stem(term); s != term {
			t.Errorf("Stem(%s) = %s, want it as it is", term, s)
		}
	}
}

// TestEnglishRangesReachEveryTerm holds over all the words of the programs' own documentation, some tens of thousands.
func TestEnglishRangesReachEveryTerm(t *testing.T) {
	seen := map[string]bool{}
	check := func(term string) {
		if seen[term] {
			return
		}
		seen[term] = true
		stem := English.Stem(term)
		if ranges := English.Ranges(stem, stem); English.Stem(stem) == stem && !reached(ranges, term) {
			t.Errorf("%s has the stem %s, whose ranges %q do not reach it", term, stem, ranges)
		}
	}
	for _, term := range strings.Fields("dying lying tying skies idly gently ugly early only singly news howe atlas cosmos " +
		"bias andes inning outing canning herring earring proceed exceed succeed sensibility possibility stability " +
		"hopping conformably valency analogously relational rationality generously communism arsenal") {
		check(term)
	}
	root := filepath.Join(runtimeRoot(t), "src")
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if len(seen) > 30_000 {
			return filepath.SkipAll
		}
		if err == nil && strings.HasSuffix(path, ".go") && !strings.Contains(path, "testdata") {
			if b, err := os.ReadFile(path); err == nil {
				for _, tok := range Tokens(nil, string(b)) {
					check(tok.Term)
				}
			}
		}
		return nil
	})
	if err != nil || len(seen) < 20_000 {
		t.Fatalf("saw %d words, %v", len(seen), err)
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"Oil's U.S. AT&T 1,000", "l’eau\n\n石油 a\xffb", "ـ'x.y.z", "½⁄&."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end, position, last := 0, 0, Token{}
		covered := make([]bool, len(text))
		for _, tok := range Tokens(nil, text) {
			if tok.Start < end || tok.End <= tok.Start || tok.End > len(text) || tok.Position <= position ||
				tok.Sentence-last.Sentence > 1 || tok.Sentence < last.Sentence || tok.Paragraph < last.Paragraph {
				t.Fatalf("token %+v after %+v", tok, last)
			}
			last = tok
			if tok.Term == "" || len(tok.Term) > MaxTermBytes {
				t.Fatalf("term %q", tok.Term)
			}
			end, position = tok.End, tok.Position
			for i := tok.Start; i < tok.End; i++ {
				covered[i] = true
			}
		}
		var each []Token
		for start, end := range EachWord(text) {
			each = append(each, Token{Term: Term(text[start:end]), Start: start, End: end})
		}
		if !slices.EqualFunc(each, Tokens(nil, text), func(a, b Token) bool { return a.Term == b.Term && a.Start == b.Start && a.End == b.End }) {
			t.Fatalf("EachWord yields %+v", each)
		}
		if n := len(Tokens(nil, text)); n != Words(text) {
			t.Fatalf("Words = %d, but %d tokens", Words(text), n)
		}
		for i, r := range text {
			if (unicode.IsLetter(r) || unicode.IsNumber(r)) && !covered[i] && !strings.ContainsRune("sSʼʻ\uff9e\uff9f", r) && !modifies(r) {
				t.Fatalf("%q at %d of %q is in no token", r, i, text)
			}
		}
		if k := Fold(text); Fold(k) != k {
			t.Fatalf("Fold(%q) = %q, but folded again %q", text, k, Fold(k))
		}
	})
}

func BenchmarkTokens(b *testing.B) {
	text := strings.Repeat("The Port Authority said on Thursday that Belarus's ships, 1,000 of them, would return to the U.S. soon. ", 30)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	var t Tokenizer
	var dst []Token
	for b.Loop() {
		dst = t.Tokens(dst[:0], text)
	}
}
