package date

import (
	"strings"
	"testing"
	"time"
)

func TestLanguages(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"19 sierpnia 2020, 5:16", "2020-08-19T05:16"}, {"31 stycznia 2020 | 10:00", "2020-01-31T10:00"}, {"1 Październik 2023", "2023-10-01"},
		{"3. května 2023", "2023-05-03"}, {"úterý 5. září 2023 17:30", "2023-09-05T17:30"}, {"30 травня 2023 р.", "2023-05-30"}, {"1 листопада 2023 року", "2023-11-01"},
		{"torsdag 8 januari 2026", "2026-01-08"}, {"Publicerad 23 okt 2025 kl 10.23", "2025-10-23T10:23"}, {"torsdag 09. mai 2024 - 13:26", "2024-05-09T13:26"},
		{"lørdag den 3. maj 2025", "2025-05-03"}, {"2.9.2020 klo 12.45", "2020-09-02T12:45"}, {"30. toukokuuta 2023", "2023-05-30"},
		{"20 Nisan 2026", "2026-04-20"}, {"3 Ağustos 2023 Perşembe 14:05", "2023-08-03T14:05"}, {"Selasa, 30 Mei 2023 pukul 10:15 WIB", "2023-05-30T03:15"},
		{"31 Ogos 2023", "2023-08-31"}, {"30 mai 2023", "2023-05-30"}, {"30 octombrie 2023", "2023-10-30"}, {"2023. május 30.", "2023-05-30"}, {"30 de maig de 2023", "2023-05-30"},
		{"19 Αυγούστου 2020 9:02 μμ", "2020-08-19T21:02"}, {"30 במאי 2023", "2023-05-30"}, {"03 يونيو 2020م", "2020-06-03"}, {"25 ديسمبر 2020 | 2:01 ص", "2020-12-25T02:01"},
		{"الخميس 13 أغسطس ٢٠٢٠", "2020-08-13"}, {"۳۰ مه ۲۰۲۳", ""}, {"30 آوریل 2023", "2023-04-30"}, {"30 मई 2023", "2023-05-30"}, {"१५ अगस्त २०२३", "2023-08-15"},
		{"30 tháng 5, 2023", "2023-05-30"}, {"ngày 30 tháng 5 năm 2023", "2023-05-30"}, {"2020年7月1日 10時00分", "2020-07-01T10:00"}, {"2025年1月14日 20:00", "2025-01-14T20:00"},
		{"2024年10月11日", "2024-10-11"}, {"2024年3月14日（木）15時04分", "2024-03-14T15:04"}, {"2024年3月14日 星期四 下午3:04:05", "2024-03-14T15:04:05"}, {"2024年3月14日 15:04 JST", "2024-03-14T06:04"},
		{"2024년 3월 14일 오후 3시 4분", "2024-03-14T15:04"}, {"2024년 3월 14일 (목) 09:10", "2024-03-14T09:10"}, {"令和6年3月14日", "2024-03-14"}, {"平成元年2月1日", "1989-02-01"}, {"２０２４年３月１４日", "2024-03-14"},
		{"2024年3月", "2024-03"}, {"12月25日", ""}, {"2024年3月32日", ""}, {"2024年3月14日頃", ""}, {"15. listopada 2023.", ""}, {"15 listopada 2023", "2023-11-15"},
		{"Veröffentlicht am 13. Mai 2026 um 15:44", "2026-05-13T15:44"}, {"Publié le 30/04/2024 - 16:00", "2024-04-30T16:00"}, {"Published: 7:40 p.m. ET March 17, 2020", "2020-03-17T23:40"},
		{"Published 23 May", ""}, {"Updated May 30, 2023", ""}, {"May 30, 2023 published", ""}, {"2 تير 1399", ""},
		{"5.30pm BST on Tuesday 3 May 2023", "2023-05-03T16:30"}, {"30th May, 2023", "2023-05-30"}, {"2019-11-18@05:36:50 CST", "2019-11-18T11:36:50"}, {"Nov 18, 2019 @17:19 PM", "2019-11-18T17:19"},
	} {
		at, precision, err := Parse(c.in)
		layout := map[string]string{Second: "2006-01-02T15:04:05", Minute: "2006-01-02T15:04", Day: time.DateOnly, Month: "2006-01", Year: "2006"}[precision]
		if got := at.Format(layout); err == nil && got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%q: %s, %v; want %q", c.in, got, err, c.want)
		}
	}
}

func TestWeeksAndOrdinals(t *testing.T) {
	for in, want := range map[string]string{
		"2023-W22-2": "2023-05-30T00:00:00Z", "2023W222": "2023-05-30T00:00:00Z", "2023-W22-2T10:30Z": "2023-05-30T10:30:00Z", "2020-W53-7": "2021-01-03T00:00:00Z", "2026-W01-1": "2025-12-29T00:00:00Z",
		"2023-150": "2023-05-30T00:00:00Z", "2024-366T23:59:01+01:00": "2024-12-31T22:59:01Z", "2020-12-05T23:15:0Z": "2020-12-05T23:15:00Z", "2020-12-05 9:05": "2020-12-05T09:05:00Z",
		"2023-366": "", "2023-000": "", "2023150": "", "2023-W53-1": "", "2023-W22": "", "2023-W22-8": "", "2023-W00-1": "", "0000-001": "",
	} {
		at, _, err := Parse(in)
		if got := at.Format(time.RFC3339); err == nil && got != want || (err != nil) != (want == "") {
			t.Errorf("%q: %s, %v; want %q", in, got, err, want)
		}
	}
}

func TestOrder(t *testing.T) {
	for _, c := range []struct{ in, language, want string }{
		{"03/04/2023", "", ""}, {"03/04/2023", "en", ""}, {"03/04/2023", "en-US", "2023-03-04"}, {"03/04/2023", "en-GB", "2023-04-03"}, {"10/06/2020 12h44", "pt", "2020-06-10"},
		{"03/04/2023", "fr_FR", "2023-04-03"}, {"03/04/2023", "ja", ""}, {"11/20/2019", "de", "2019-11-20"}, {"20/11/2019", "en-US", "2019-11-20"}, {"03.04.2023", "en-US", "2023-04-03"},
		{"3/4/23", "de", ""}, {"2023/04/03", "en-US", "2023-04-03"}, {"25/13/2023", "de", ""},
	} {
		at, _, err := ParseIn(c.in, OrderOf(c.language))
		if got := at.Format(time.DateOnly); err == nil && got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%q in %q: %s, %v; want %q", c.in, c.language, got, err, c.want)
		}
	}
}

// No word of the tables has two meanings.
func TestWordsMeanOneThing(t *testing.T) {
	seen := map[string]int{}
	add := func(names string, meaning int) {
		for w := range strings.FieldsSeq(names) {
			f := foldString(w)
			if f == "" {
				t.Errorf("%s is too long", w)
			}
			if before, ok := seen[f]; ok && before != meaning {
				t.Errorf("%s (%s) means %d and %d", w, f, before, meaning)
			}
			seen[f] = meaning
		}
	}
	for i, names := range monthNames {
		add(names, i+1)
	}
	add(weekdayNames, 20)
	add(fillers, 20) // both say nothing
	add(leads, 22)
	for i, w := range strings.Fields(zones) {
		if i%2 == 0 {
			add(w, 100+i)
		}
	}
	add("am pm ص م πμ μμ et ct mt pt", 23)
}
