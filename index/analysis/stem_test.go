package analysis

import (
	"strings"
	"testing"
)

func TestLanguageOf(t *testing.T) {
	for want, codes := range map[Language]string{
		English: "en EN en-US en_GB eng", German: "de de-AT ger deu", French: "fr fr-CA fre fra", Spanish: "es es-419 spa",
		Portuguese: "pt pt_BR pt-PT por", Italian: "it ita", Dutch: "nl nl-BE dut nld", Russian: "ru rus", Arabic: "ar ar-EG ara",
		Norwegian: "no nb nn nb-NO nno", Romanian: "ro rum mo", Swedish: "sv SV-fi", Danish: "da", Finnish: "fi", Hungarian: "hu",
		Unstemmed: "pl zh zh-Hant-TW ja ko tr uk el he fa cs haw",
		Unknown:   "xx q english 12 und mul - _ 日本",
	} {
		for code := range strings.FieldsSeq(codes) {
			if got := LanguageOf(code); got != want {
				t.Errorf("LanguageOf(%q) = %v, want %v", code, got, want)
			}
		}
	}
	if LanguageOf("") != Unknown || LanguageOf(" de ") != German {
		t.Error("white space makes another language")
	}
	if Languages > 32 {
		t.Errorf("%d languages are no bit set", Languages)
	}
	for l := range Language(Languages) {
		if l.String() == "" {
			t.Errorf("language %d has no name", l)
		}
	}
}

func TestStemIsOfTheTermsScript(t *testing.T) {
	for _, c := range []struct {
		language Language
		terms    string // each its own stem
	}{
		{English, "is 1990s at&t цены covid19s"},
		{German, "an g20 цены 3.5"},
		{Russian, "prices он ёлки мир2"},
		{Arabic, "prices من اسلام٣"},
		{Unknown, "is ab цe 石 ελλαδασ किताबें"},
		{Unstemmed, "prices цены السيارات"},
		{Languages + 3, "prices"},
	} {
		for term := range strings.FieldsSeq(c.terms) {
			if got := c.language.Stem(term); got != term {
				t.Errorf("%v.Stem(%s) = %s", c.language, term, got)
			}
			if got := c.language.Ranges(term, term); !reached(got, term) {
				t.Errorf("%v.Ranges(%s) = %q", c.language, term, got)
			}
		}
	}
	for term, l := range map[string]Language{"prices": English, "выборов": Russian, "السيارات": Arabic} {
		if Unknown.Stem(term) != l.Stem(term) || Unknown.Stem(term) == term {
			t.Errorf("Unknown.Stem(%s) = %s, but %v.Stem %s", term, Unknown.Stem(term), l, l.Stem(term))
		}
	}
}

func BenchmarkStem(b *testing.B) {
	for _, c := range []struct {
		language Language
		text     string
	}{
		{English, "the elections committee reported rising prices and possibilities for governments announcing strikes"},
		{German, "die regierung verhandelte uber gesetze streiks und wichtige wahlen in den stadten ministerinnen landern"},
		{French, "les elections presidentielles manifestants declaraient gouvernement publiees journaux possibilites arretee"},
		{Spanish, "las elecciones informaciones presidentes prometieron politicas huelga gobiernos instituciones paises"},
		{Portuguese, "as eleicoes informacoes presidentes declararam politicas nacionais governos organizacoes possiveis"},
		{Italian, "le elezioni informazioni presidenti dichiararono politiche nazionali governi scioperi ministri"},
		{Dutch, "de verkiezingen regeringen ministers stakingen mogelijkheden kranten belangrijke prijzen jaren"},
		{Russian, "выборы президента российскими правительства переговорах забастовки министерства заявили ценами"},
		{Arabic, "الانتخابات والحكومة الرئيس للوزراء السيارات شركات المدينة السياسي بالاتفاق"},
		{Danish, "valgene regeringen ministeren priserne forhandlinger aftalerne demonstranter"},
		{Swedish, "valen regeringen ministrarna priserna forhandlingar avtalen demonstranter"},
		{Norwegian, "valgene regjeringen ministeren prisene forhandlinger avtalene demonstranter"},
		{Finnish, "vaaleissa hallituksen ministerit hinnat neuvottelut sopimukset mielenosoittajat"},
		{Hungarian, "valasztasokrol kormanyok miniszterelnoknek arakbol targyalasok tuntetok"},
		{Romanian, "alegerilor guvernului ministrul preturile negocieri protestatarilor"},
		{Unstemmed, "wybory rzadu ministrowie ceny negocjacje"},
	} {
		b.Run(c.language.String(), func(b *testing.B) {
			terms := strings.Fields(c.text)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				c.language.Stem(terms[i%len(terms)])
			}
		})
	}
}
