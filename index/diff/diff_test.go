package diff

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dateline/index"
)

// show writes segments as `git diff --word-diff` does.
func show(list []Segment) string {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(map[Kind]string{Same: "%s", Insert: "{+%s+}", Delete: "[-%s-]"}[s.Kind])
		text := strings.ReplaceAll(b.String(), "%s", s.Text)
		b.Reset()
		b.WriteString(text)
	}
	return b.String()
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ name, a, b, want string }{
		{"nothing", "", "", ""},
		{"the same", "The crane stands.", "The crane stands.", "The crane stands."},
		{"all new", "", "The crane.", "{+The crane.+}"},
		{"all gone", "The crane.", "", "[-The crane.-]"},
		{"a word", "The crane stands.", "The crane fell.", "The crane [-stands-]{+fell+}."},
		{"a word more", "Harbour reopens", "Harbour reopens after storm", "Harbour reopens{+ after storm+}"},
		{"a word within", "the old crane", "the crane", "the [-old -]crane"},
		{"a number", "cost 3.5 million", "cost 3.6 million", "cost [-3.5-]{+3.6+} million"},
		{"an apostrophe", "the port's crane", "the ports' crane", "the [-port's-]{+ports'+} crane"},
		{"punctuation", "He said, no", "He said: no", "He said[-,-]{+:+} no"},
		{"case", "Port closed", "port closed", "[-Port-]{+port+} closed"},
		{"accents", "cafe\u0301 noir", "cafe noir", "[-cafe\u0301-]{+cafe+} noir"},
		{"Chinese", "港口今天关闭", "港口明天关闭", "港口[-今-]{+明+}天关闭"},
		{"Thai", "ท่าเรือปิด", "ท่าเรือเปิด", "ท่าเรือ{+เ+}ปิด"},
		{"Arabic", "أغلق الميناء اليوم", "أغلق الميناء أمس", "أغلق الميناء [-اليوم-]{+أمس+}"},
		{"islands of blanks", "one two three", "four five six", "[-one two three-]{+four five six+}"},
		{"islands of small words", "ministers rejected the proposal outright", "unions accepted the settlement yesterday",
			"[-ministers rejected the proposal outright-]{+unions accepted the settlement yesterday+}"},
		{"islands that say something", "Two ships sank near Rotterdam harbour today", "Three ships sank near Rotterdam harbour yesterday",
			"[-Two-]{+Three+} ships sank near Rotterdam harbour [-today-]{+yesterday+}"},
		{"a paragraph more", "One.\n\nThree.", "One.\n\nTwo.\n\nThree.", "One.\n\n{+Two.\n\n+}Three."},
		{"a paragraph at the end", "One.", "One.\n\nTwo.", "One.{+\n\nTwo.+}"},
		{"a paragraph fewer", "One.\n\nTwo.\n\nThree.", "One.\n\nThree.", "One.\n\n[-Two.\n\n-]Three."},
		{"paragraphs joined", "One.\n\nTwo.", "One. Two.", "One.[-\n\n-]{+ +}Two."},
		{"paragraphs kept apart", "Ships are back at the quay.\n\nNothing else is known.", "Ships are gone from the quay.\n\nMore is known.",
			"Ships are [-back at-]{+gone from+} the quay.\n\n[-Nothing else-]{+More+} is known."},
		{"a paragraph gone before one that is changed", "Unions had asked for a stop of work in high winds since last year.\n\nInsurers put it at 12.5 million euros.",
			"Insurers put it at 14.5 million euros.\n\nA second crane of the same make was stopped on Wednesday.",
			"[-Unions had asked for a stop of work in high winds since last year.\n\n-]Insurers put it at [-12.5-]{+14.5+} million euros.{+\n\nA second crane of the same make was stopped on Wednesday.+}"},
		{"blanks", "one  two", "one two", "one[- -] two"},
		{"blanks around a change", "it closed, killing nobody but closing", "it closed, injuring two dockers and closing", "it closed, [-killing nobody but-]{+injuring two dockers and+} closing"},
		{"not UTF-8", "a\xffb", "a\xfeb", "a[-\xff-]{+\xfe+}b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(Words(c.a, c.b)); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestValues(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"", "", ""}, {"", "Ada Quist", "{+Ada Quist+}"}, {"Ada Quist", "Ada Lund", "[-Ada Quist-]{+Ada Lund+}"},
		{"a|b|c", "a|c|d", "a[-b-]c{+d+}"}, {"a|b", "b|a", "[-a-]b{+a+}"}, {"a|a", "a", "a[-a-]"},
	} {
		split := func(s string) []string { return strings.FieldsFunc(s, func(r rune) bool { return r == '|' }) }
		if got := show(Values(split(c.a), split(c.b))); got != c.want {
			t.Errorf("%q to %q: %q, want %q", c.a, c.b, got, c.want)
		}
	}
}

func TestCount(t *testing.T) {
	ins, del := Count(Words("The crane stands.", "The tall crane fell, it's said."))
	if ins != 4 || del != 1 {
		t.Errorf("+%d -%d", ins, del)
	}
}

// checkLaws: the segments make up both texts, none is empty, no two neighbours are of one kind, and deletions come first.
func checkLaws(t *testing.T, a, b string) []Segment {
	t.Helper()
	list := Words(a, b)
	var before, after strings.Builder
	for i, s := range list {
		if s.Kind != Insert {
			before.WriteString(s.Text)
		}
		if s.Kind != Delete {
			after.WriteString(s.Text)
		}
		if s.Text == "" || i > 0 && (list[i-1].Kind == s.Kind || list[i-1].Kind == Insert && s.Kind == Delete) {
			t.Fatalf("%q to %q: %q", a, b, list)
		}
	}
	if before.String() != a || after.String() != b {
		t.Fatalf("%q to %q: %q", a, b, list)
	}
	if len(list) > 1 && a == b {
		t.Fatalf("a text differs from itself: %q", list)
	}
	return list
}

func FuzzWords(f *testing.F) {
	for _, s := range [][2]string{
		{"", "a"}, {"one two\n\nthree", "one\n\ntwo three"}, {"港口今天关闭", "港口明天\n关闭"}, {"\n\n\n", "\n"}, {"a\xff", "\xffa"}, {"a b a b", "b a b a"},
		{"it's 3.5", "its 3,5"}, {"e\u0301e", "ee\u0301"},
	} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		list := checkLaws(t, a, b)
		if ins, del := Count(list); ins > countWords(b)+len(list) || del > countWords(a)+len(list) {
			t.Errorf("%d words inserted and %d deleted", ins, del)
		}
	})
}

// lcs is the length of the longest common subsequence by the book, the oracle of shortest.
func lcs(a, b []int32) int {
	row := make([]int, len(b)+1)
	for i := range a {
		diagonal := 0
		for j := range b {
			above := row[j+1]
			if row[j+1] = max(row[j+1], row[j]); a[i] == b[j] {
				row[j+1] = diagonal + 1
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

func TestShortestIsShortest(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	deal := func() []int32 {
		list := make([]int32, dice.IntN(30))
		for i := range list {
			list[i] = dice.Int32N(4)
		}
		return list
	}
	for range 3000 {
		a, b := deal(), deal()
		w := work{steps: maxSteps}
		runs, ok := w.shortest(a, b)
		sum := checkRuns(t, a, b, runs)
		if want := lcs(a, b); !ok || sum != want {
			t.Fatalf("%v and %v have %d in common, want %d: %v", a, b, sum, want, runs)
		}
	}
}

// checkRuns: runs ascend in both lists and hold what is equal. It returns how much that is.
func checkRuns(t *testing.T, a, b []int32, runs []run) (sum int) {
	t.Helper()
	i, j := 0, 0
	for _, r := range runs {
		if r.a < i || r.b < j || r.n == 0 || !slices.Equal(a[r.a:r.a+r.n], b[r.b:r.b+r.n]) {
			t.Fatalf("runs %v of %v and %v", runs, a, b)
		}
		i, j, sum = r.a+r.n, r.b+r.n, sum+r.n
	}
	return sum
}

// TestAlignWithoutMeans: with no steps left, what both lists have once is still found.
func TestAlignWithoutMeans(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		a := make([]int32, 50)
		for i := range a {
			a[i] = int32(dice.IntN(100))
		}
		b := slices.Concat(a[:10:10], []int32{-1, -2}, a[20:], []int32{-3})
		w := work{}
		if sum := checkRuns(t, a, b, w.align(a, b)); sum < 10 {
			t.Fatalf("only %d in common", sum)
		}
	}
	w := work{}
	if got := w.align([]int32{9, 1, 2, 3, 7}, []int32{8, 2, 1, 3, 6}); len(got) != 2 {
		t.Errorf("%v", got)
	}
}

// TestALongTextThatGrew: a paragraph that is changed beside so many new ones that the shortest way is too long.
func TestALongTextThatGrew(t *testing.T) {
	var more strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&more, "word%d ", i)
	}
	a := "The ministers of nine countries met at Lisbon on Thursday and signed nothing."
	b := "The ministers of ten countries met at Lisbon on Thursday and signed nothing.\n\n" + more.String()
	list := checkLaws(t, a, b)
	if got := show(list[:4]); !strings.HasPrefix(got, "The ministers of [-nine-]{+ten+} countries met") {
		t.Error(got[:100])
	}
}

// hostile are texts that cost the most: they differ everywhere.
func hostile(size int) map[string][2]string {
	random := func(seed uint64, alphabet string) string {
		dice, b := rand.New(rand.NewPCG(seed, 7)), make([]byte, size)
		for i := range b {
			b[i] = alphabet[dice.IntN(len(alphabet))]
		}
		return string(b)
	}
	return map[string][2]string{
		"two words":    {random(1, "ab "), random(2, "ab ")},
		"paragraphs":   {random(3, "ab\n"), random(4, "ab\n")},
		"both":         {random(5, "abcdefgh \n"), random(6, "abcdefgh \n")},
		"points":       {strings.Repeat(",", size), strings.Repeat(".", size)},
		"lines":        {strings.Repeat("\n", size), strings.Repeat("a\n", size/2)},
		"one of many":  {strings.Repeat("a ", size/2), strings.Repeat("a ", size/2) + "b"},
		"long words":   {strings.Repeat("a", size), strings.Repeat("b", size)},
		"few tokens":   {random(8, "ab ")[:size/8], random(9, "ab ")[:size/8]},
		"marks":        {"a" + strings.Repeat("\u0301", size/2), "a" + strings.Repeat("\u0302", size/2)},
		"not a letter": {strings.Repeat("\xff", size), strings.Repeat("\xfe", size/4)},
	}
}

// BenchmarkHostileTexts measures the most that two articles can cost.
func BenchmarkHostileTexts(b *testing.B) {
	for name, c := range hostile(index.MaxArticleBytes) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Words(c[0], c[1])
			}
		})
	}
}

// TestHostileTexts: all keep the laws.
func TestHostileTexts(t *testing.T) {
	for name, c := range hostile(256 << 10) {
		t.Run(name, func(t *testing.T) {
			list := Words(c[0], c[1])
			var before, after int
			for _, s := range list {
				if s.Kind != Insert {
					before += len(s.Text)
				}
				if s.Kind != Delete {
					after += len(s.Text)
				}
			}
			if before != len(c[0]) || after != len(c[1]) {
				t.Errorf("%d and %d bytes", before, after)
			}
		})
	}
}
