package html

import (
	"testing"
	"time"
)

// TestFindDate has dates as pages write them, in the languages of their readers.
func TestFindDate(t *testing.T) {
	for _, c := range []struct{ language, text, want string }{
		{"en", "Published 3 May 2023, 10:00", "2023-05-03T10:00:00Z"},
		{"en", "May 3rd, 2023", "2023-05-03T00:00:00Z"},
		{"en", "Wednesday, May 3, 2023 at 4:15 p.m. EDT", "2023-05-03T20:15:00Z"},
		{"en-US", "Updated: 05/03/2023", "2023-05-03T00:00:00Z"},
		{"en-GB", "Updated: 03/05/2023", "2023-05-03T00:00:00Z"},
		{"en-US", "25/03/2023", "2023-03-25T00:00:00Z"},
		{"en", "2023-05-03 10:00:30", "2023-05-03T10:00:30Z"},
		{"en", "on 20230503", "2023-05-03T00:00:00Z"},
		{"de", "Stand: 03.05.2023, 10:00 Uhr", "2023-05-03T10:00:00Z"},
		{"de", "3. Mai 2023", "2023-05-03T00:00:00Z"},
		{"de", "03.05.23", "2023-05-03T00:00:00Z"},
		{"fr", "Publié le 3 mai 2023 à 07h15", "2023-05-03T07:15:00Z"},
		{"fr", "1er mai 2023", "2023-05-01T00:00:00Z"},
		{"es", "3 de mayo de 2023", "2023-05-03T00:00:00Z"},
		{"pt", "03/05/2023 - 10h00", "2023-05-03T10:00:00Z"},
		{"it", "3 maggio 2023", "2023-05-03T00:00:00Z"},
		{"ru", "3 мая 2023 года, 14:20", "2023-05-03T14:20:00Z"},
		{"uk", "3 травня 2023", "2023-05-03T00:00:00Z"},
		{"pl", "3 maja 2023", "2023-05-03T00:00:00Z"},
		{"cs", "3. května 2023", "2023-05-03T00:00:00Z"},
		{"hu", "2023. május 3.", "2023-05-03T00:00:00Z"},
		{"lt", "2023 m. gegužės 3 d.", "2023-05-03T00:00:00Z"},
		{"fi", "3.5.2023", "2023-05-03T00:00:00Z"},
		{"el", "3 Μαΐου 2023", "2023-05-03T00:00:00Z"},
		{"tr", "03 Mayıs 2023", "2023-05-03T00:00:00Z"},
		{"ar", "الأربعاء 3 مايو 2023", "2023-05-03T00:00:00Z"},
		{"ar", "٣ مايو ٢٠٢٣", "2023-05-03T00:00:00Z"},
		{"ar", "24 نيسان / أبريل 2020", "2020-04-24T00:00:00Z"},
		{"fa", "۲ تير ۱۳۹۹", "2020-06-22T00:00:00Z"},
		{"fa", "1399/04/02", "2020-06-22T00:00:00Z"},
		{"fa", "1 فروردین 1403", "2024-03-20T00:00:00Z"},
		{"hi", "03 मई 2023", "2023-05-03T00:00:00Z"},
		{"ja", "2023年5月3日 9時05分", "2023-05-03T09:05:00Z"},
		{"ko", "2023년 5월 3일", "2023-05-03T00:00:00Z"},
		{"zh", "2023年05月03日10:00", "2023-05-03T10:00:00Z"},
		{"th", "3 พฤษภาคม 2566", "2023-05-03T00:00:00Z"},
		{"en", "Call 555 2023 today", ""},
		{"en", "31 February 2023", ""},
		{"en", "in May 2023", ""},
		{"en", "1.2.3", ""},
		{"en", "12:30 14:50 16:10", ""},
		{"en", "", ""},
	} {
		b := builder{page: &page{language: c.language, metas: map[string][]string{}}}
		got := ""
		if d, _ := b.findDate(c.text); d != nil {
			got = d.at.UTC().Format(time.RFC3339)
		}
		if got != c.want {
			t.Errorf("%s %q: %s, want %s", c.language, c.text, got, c.want)
		}
	}
}

func TestPathDate(t *testing.T) {
	for path, want := range map[string]string{
		"/2023/05/03/quay": "2023-05-03", "/news/2023-05-03-quay": "2023-05-03", "/a/20230503/b": "2023-05-03", "/2023/5/3/": "2023-05-03", "/world/2023/may/03/x": "2023-05-03",
		"/radio/202305031079127690-x": "2023-05-03", "/2023/05/quay": "2023-05-01", "/a/12345678": "", "/2023/quay": "", "/1503302": "", "/x/99999999/y": "", "/2023/13/45/": "", "": "",
	} {
		got := ""
		if d := pathDate(path); d != nil {
			got = d.at.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

// TestMonths holds that no name of a month is two months, but where languages disagree, and that names are in lower case.
func TestMonths(t *testing.T) {
	if len(months) < 500 || months["may"] != 5 || months["listopad"] != 11 {
		t.Errorf("%d names", len(months))
	}
}
