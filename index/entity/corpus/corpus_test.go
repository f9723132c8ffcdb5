package corpus

import (
	"fmt"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/entity"
)

const gmb = "Sentence #,Word,POS,Tag\r\n" +
	"Sentence: 10,President,NNP,B-per\r\n,Lee,NNP,I-per\r\n,left,VBD,O\r\n,S\xe3o,NNP,B-geo\r\n,Paulo,NNP,I-geo\r\n,Monday,NNP,B-tim\r\n,.,.,O\r\n" +
	"Sentence: 11,Iraqi,JJ,B-gpe\r\n,NATO,NNP,B-org\r\n,\"\"\"\",``,O\r\n"

// written writes the words with the names in brackets.
func written(s entity.Sentence) string {
	var b strings.Builder
	for i, w := range s.Words {
		for _, n := range s.Names {
			if n.Start == i {
				fmt.Fprintf(&b, "[%s%t:", n.Type, n.Demonym)
			}
		}
		b.WriteString(w)
		for _, n := range s.Names {
			if n.End == i+1 {
				b.WriteString("]")
			}
		}
		b.WriteString(" ")
	}
	return b.String()
}

func TestReadGMB(t *testing.T) {
	all, err := ReadGMB(strings.NewReader(gmb))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"[personfalse:President Lee] left [placefalse:São Paulo] Monday . ", `[placetrue:Iraqi] [orgfalse:NATO] " `}
	for i, w := range want {
		if got := written(all[i].Sentence); got != w || all[i].Number != 10+i {
			t.Errorf("%d: %s", all[i].Number, got)
		}
	}
	for _, bad := range []string{"", "a,b,c,d\n,word,X,O\n", "a,b,c,d\nSentence: x,word,X,O\n", "a,b,c,d\nonly,three,columns\n"} {
		if _, err := ReadGMB(strings.NewReader(bad)); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

const conll = "-DOCSTART- -X- -X- O\n\nLONDON NNP I-NP I-LOC\n1996-08-30 CD I-NP O\n\nPhil NNP I-NP I-PER\nSimmons NNP I-NP I-PER\nof IN I-PP O\n" +
	"Essex NNP I-NP I-ORG\nSurrey NNP I-NP B-ORG\nBritish JJ I-NP I-MISC\n\n-DOCSTART- -X- -X- O\n\nEnd NN I-NP O\n"

func TestReadCoNLL(t *testing.T) {
	articles, err := ReadCoNLL(strings.NewReader(conll))
	if err != nil || len(articles) != 2 || len(articles[0]) != 2 {
		t.Fatalf("%v, %v", articles, err)
	}
	if got := written(articles[0][1]); got != "[personfalse:Phil Simmons] of [orgfalse:Essex] [orgfalse:Surrey] British " {
		t.Error(got)
	}
	if _, err := ReadCoNLL(strings.NewReader("alone\n")); err == nil {
		t.Error("a word without a tag is no error")
	}
}

func TestSplit(t *testing.T) {
	sentence := func(n int, words string) Numbered { return Numbered{n, entity.Sentence{Words: strings.Fields(words)}} }
	train, held := Split([]Numbered{sentence(1, "a b"), sentence(10, "c"), sentence(11, "c"), sentence(20, "a b"), sentence(21, "d")})
	if len(train) != 2 || len(held) != 1 || held[0].Words[0] != "c" {
		t.Errorf("%v, %v", train, held)
	}
}

func TestScore(t *testing.T) {
	person, place := entity.Span{Type: index.Person, Start: 0, Name: 1, End: 2}, entity.Span{Type: index.Place, Start: 3, Name: 3, End: 4}
	demonym := entity.Span{Type: index.Place, Start: 5, Name: 5, End: 6, Demonym: true}
	find := func(sentences [][]string) [][]entity.Span {
		all := make([][]entity.Span, len(sentences))
		all[0] = []entity.Span{person, place, demonym}
		return all
	}
	marks := []entity.Span{{Type: index.Person, Start: 1, End: 2}, {Type: index.Place, Start: 3, End: 5}, {Type: index.Org, Start: 3, End: 4}}
	sentence := entity.Sentence{Words: make([]string, 6), Names: marks}
	if c := ScoreCoNLL(find, [][]entity.Sentence{{sentence}}).All(); c != (Count{2, 3, 1}) || c.F1() != 0.4 || c.Precision() != 0.5 {
		t.Errorf("CoNLL: %+v", c)
	}
	if c := ScoreGMB(find, []entity.Sentence{sentence}).All(); c != (Count{3, 3, 0}) || c.F1() != 0 || (Count{}).Recall() != 0 {
		t.Errorf("GMB: %+v", c)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(gmb)
	f.Add(conll)
	f.Fuzz(func(t *testing.T, file string) {
		if all, err := ReadGMB(strings.NewReader(file)); err == nil {
			for _, s := range all {
				checkNames(t, s.Sentence)
			}
		}
		if articles, err := ReadCoNLL(strings.NewReader(file)); err == nil {
			for _, a := range articles {
				for _, s := range a {
					checkNames(t, s)
				}
			}
		}
	})
}

func checkNames(t *testing.T, s entity.Sentence) {
	end := 0
	for _, n := range s.Names {
		if n.Start < end || n.End <= n.Start || n.End > len(s.Words) {
			t.Fatalf("%+v of %q", n, s.Words)
		}
		end = n.End
	}
}
