package entity

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestCyrillic marks the names in short texts.
func TestCyrillic(t *testing.T) {
	for _, test := range []string{
		// People.
		"[p Руслан Мирзаев] прибыл в [l Актау]. Позже [p Мирзаев] сказал, что [p Мирзаеву] пора. С [p Мирзаевым] говорили; [p Мирзаева] ждут.",
		"По словам [p Руслана Темирова], вода ушла. «Я приехал слушать, — сказал [p Темиров]. — Говорить будем».",
		"Мнение [p Р. Темирова] и [p С.В. Баранова] известно. [p Темиров] ушёл.",
		"Президент [p Руслан Темиров] встретил [p Гульнару Ахметову]. [p Ахметова] улыбнулась.",
		"Однако [p Руслан Темиров] молчал. Вчера [p Темиров] ушёл, а Акулов нет.",
		"В [l Ташкенте] было тихо. По Улице шли люди. Сегодня Суббота.",
		"[p Айгуль Сатыбалдиева] заявила. [p Сатыбалдиеву] слушали.",
		"президент [l России] [p Владимир Роговцев] и глава [o МИД] [l Казахстана] [p Ерлан Досымов]",
		"[p Темиров Руслан] пришёл, [p Темирова] ждали.",
		"Ветераны Великой Северной стройки",
		"Это Красивый Большой Северный Длинный Причал",
		"Темиров пришёл один.",
		"Президентът [p Стефан Божков] пристигна в [l София].",
		"Рекао је [p Милорад Драгић] у [l Београду].",
		"Міністр [p Тарас Гнатюк] приїхав до [l Києва].",

		// Organisations and places.
		"Компания «[o Каспий Транзит]» и банк «[o Северный]» молчат, а пароход «Хазар Прайд» идёт. Это суд. «Конечно», — сказали там.",
		"Глава [o ОСК] говорил в [o ООН]; НДС не платят, в [l США] тоже.",
		"в [l Нижнем Новгороде] и в [l Южной Корее], из [l Нью-Йорка]",
		"Так решил [o Верховный Суд] и [o Северный Банк].",
		"Глава [o Организации Северного коридора] и [o Союз Рыбаков] города",
		"Корабль Turan Energy стоит. Sputnik сообщает.",
		"",
	} {
		var text strings.Builder
		var want []string
		rest := test
		for {
			before, after, ok := strings.Cut(rest, "[")
			text.WriteString(before)
			if !ok {
				break
			}
			name, after, _ := strings.Cut(after, "]")
			want = append(want, name)
			text.WriteString(name[2:])
			rest = after
		}
		var got []string
		for _, m := range (Cyrillic{}).FindAll(text.String())[0] {
			letter := m.Type[:1]
			if m.Type == "place" {
				letter = "l"
			}
			got = append(got, letter+" "+text.String()[m.Start:m.End])
		}
		if g, w := strings.Join(got, "|"), strings.Join(want, "|"); g != w {
			t.Errorf("%s\n got %s\nwant %s", test, g, w)
		}
	}
}

// TestCyrillicTogether finds in the body the surname of a full name that only the title has.
func TestCyrillicTogether(t *testing.T) {
	all := Cyrillic{}.FindAll("Приехал Руслан Темиров", "", "Позже Темиров уехал.")
	if got := fmt.Sprint(all); got != "[[{person 15 42 false}] [] [{person 11 25 false}]]" {
		t.Error(got)
	}
}

func TestInflected(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"Мирзаев", "Мирзаева", true}, {"Мирзаев", "Мирзаеву", true}, {"Мирзаев", "Мирзаевым", true}, {"Мирзаевым", "Мирзаеве", true},
		{"Путилин", "Путилиным", true}, {"Баранов", "Баранове", true}, {"Зеленецкий", "Зеленецкого", true}, {"Зеленецкому", "Зеленецким", true},
		{"Руслан Темиров", "Руслану Темирову", true}, {"Сергей Баранов", "Сергея Баранова", true}, {"Гульнара Ахметова", "Гульнаре Ахметовой", true},
		{"Москва", "Москве", true}, {"Россия", "Россией", true}, {"Германия", "Германии", true}, {"Израиль", "Израилем", true}, {"Казахстан", "Казахстана", true},
		{"Руслан Темиров", "Темиров", false}, {"Темиров", "Теминов", false}, {"Иван", "Иванов", false}, {"Мирзаев", "Мирзоев", false}, {"Dekker", "Dekkera", false}, {"", "", false}, {"Максим Орлов", "Максима Орлова", true},
	} {
		if got := Inflected(test.a, test.b); got != test.want || got != Inflected(test.b, test.a) {
			t.Errorf("%s, %s: %v %v %v", test.a, test.b, got, stems(test.a), stems(test.b))
		}
	}
}

func TestNominative(t *testing.T) {
	for _, test := range []struct{ typ, forms, want string }{
		{"person", "Темирова Темиров Темировым", "Темиров"},
		{"person", "Гульнаре_Ахметовой", "Гульнара_Ахметова"},
		{"person", "Руслана_Темирова", "Руслан_Темиров"},
		{"person", "Рус_Темирова Руслану_Темирову", "Руслан_Темиров"},
		{"person", "Сергея_Баранинского", "Сергей_Баранинский"},
		{"person", "Марией_Баранинской", "Мария_Баранинская"},
		{"person", "Ильёй_Фёдоровым", "Илья_Фёдоров"},
		{"person", "Александра_Баранова", "Александра_Баранова"}, // of Александр, or she
		{"person", "Сергія_Баранова", "Сергія_Баранова"},         // of Сергій
		{"person", "Олега_Гнатюка", "Олега_Гнатюка"},
		{"person", "Ахметовой Ахметова Ахметову", "Ахметова"},
		{"place", "Ташкенте", "Ташкент"},
		{"place", "Москве Москву", "Москва"},
		{"place", "Россией", "Россия"},
		{"place", "Южной_Кореи", "Южная_Корея"},
		{"place", "Лесогорске Лесогорск", "Лесогорск"},
		{"org", "Союза Союз", "Союз"},
		{"org", "", ""},
	} {
		forms := strings.Fields(test.forms)
		for i := range forms {
			forms[i] = strings.ReplaceAll(forms[i], "_", " ")
		}
		if got := strings.ReplaceAll(Nominative(test.typ, forms), " ", "_"); got != test.want {
			t.Errorf("%s: %s, want %s", test.forms, got, test.want)
		}
	}
}

// FuzzCyrillic holds that mentions are in order and cut whole characters.
func FuzzCyrillic(f *testing.F) {
	f.Add("Руслан Мирзаев и С. В. Баранов, «Каспий Транзит»; ОСК.")
	f.Add("А.А.А. а-А’А «» \xff Аа́ Б")
	f.Add("Иван ȺȺов")
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, m := range (Cyrillic{}).FindAll(text)[0] {
			if m.Start < at || m.End <= m.Start || m.End > len(text) || utf8.ValidString(text) && !utf8.ValidString(text[m.Start:m.End]) {
				t.Fatalf("%+v in %q", m, text)
			}
			at = m.End
		}
		stems(text)
		Inflected(text, text)
		for _, typ := range []string{"person", "org", "place"} {
			if n := Nominative(typ, []string{text}); utf8.ValidString(text) && !utf8.ValidString(n) {
				t.Fatalf("%q of %q", n, text)
			}
		}
	})
}
