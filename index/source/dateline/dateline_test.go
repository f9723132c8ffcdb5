package dateline

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ in, place, agency, date, rest string }{
		{"ROTTERDAM (Harbour News / Sputnik - 14th March, 2024) The port reopened.", "Rotterdam", "Sputnik", "14th March, 2024", "The port reopened."},
		{"Rotterdam (Harbour News / Sputnik - 14th March, 2024) The port", "Rotterdam", "Sputnik", "14th March, 2024", "The port"},
		{"LAHORE, (Harbour News / Quay Point News - 30th May, 2023 ) :The", "Lahore", "", "30th May, 2023", "The"},
		{"NEW YORK, March 3 (Reuters) - Shares", "New York", "Reuters", "March 3", "Shares"},
		{"NEW YORK (Reuters) - Shares", "New York", "Reuters", "", "Shares"},
		{"LONDON/PARIS (Reuters) - Shares", "London/Paris", "Reuters", "", "Shares"},
		{"MOSCOW/KIEV, Jan 7 (Thomson Reuters Foundation) - Gas", "Moscow/Kiev", "Thomson Reuters Foundation", "Jan 7", "Gas"},
		{"PARIS (AFP) — Le port", "Paris", "AFP", "", "Le port"},
		{"PARIS, 3 mars (AFP) - Le port", "Paris", "AFP", "3 mars", "Le port"},
		{"Madrid, 3 mar (EFE).- El puerto", "Madrid", "EFE", "3 mar", "El puerto"},
		{"Berlin (dpa) - Der Hafen", "Berlin", "dpa", "", "Der Hafen"},
		{"LONDON, March 3 - Shares", "London", "", "March 3", "Shares"},
		{"LONDON, March 3, 2024 -- Shares", "London", "", "March 3, 2024", "Shares"},
		{"Washington, D.C., Tuesday, March 3 — Officials", "Washington, D.C.", "", "Tuesday, March 3", "Officials"},
		{"WASHINGTON, D.C. (AP) — Officials", "Washington, D.C.", "AP", "", "Officials"},
		{"ST. PETERSBURG, Fla. (AP) -- A man", "St. Petersburg, Fla.", "AP", "", "A man"},
		{"COLUMBUS, IND., Feb 26 - A man", "Columbus, Ind.", "", "Feb 26", "A man"},
		{"Kyiv, Ukraine (AP) — Officials", "Kyiv, Ukraine", "AP", "", "Officials"},
		{"Washington (CNN) -- Officials", "Washington", "", "", "Officials"},
		{"(CNN) -- Officials", "", "", "", "Officials"},
		{"(Reuters) - Shares", "", "Reuters", "", "Shares"},
		{"BEIJING, May 30 (Xinhua) -- The ministry", "Beijing", "Xinhua", "May 30", "The ministry"},
		{"MOSCOW, May 30. /TASS/. The ministry", "Moscow", "TASS", "May 30", "The ministry"},
		{"SAN JOSE, Calif., May 30, 2023 /PRNewswire/ -- Acme", "San Jose, Calif.", "PR Newswire", "May 30, 2023", "Acme"},
		{"МОСКВА, 30 мая — РИА Новости. Суд", "Москва", "RIA Novosti", "30 мая", "Суд"},
		{"WASHINGTON, March 12, Reuter - The", "Washington", "Reuters", "March 12", "The"},
		{"GAZA CITY — Fishermen", "Gaza City", "", "", "Fishermen"},
		{"RIO DE JANEIRO - Surfers", "Rio de Janeiro", "", "", "Surfers"},
		{"New York CNN Business —\nFishermen", "New York", "", "", "Fishermen"},
		{"Lviv, Ukraine CNN — Fishermen", "Lviv, Ukraine", "", "", "Fishermen"},
		{"Reuters — Fishermen", "", "Reuters", "", "Fishermen"},
		{"Jackson, Wyoming (CNN) Fishermen", "Jackson, Wyoming", "", "", "Fishermen"},
		{"PORT-AU-PRINCE, Haiti — Teachers", "Port-au-Prince, Haiti", "", "", "Teachers"},
		{"L'AQUILA, Italy (ANSA) - Builders", "L'Aquila, Italy", "ANSA", "", "Builders"},
		{"ISLAMABAD (Staff Report): The court", "Islamabad", "", "", "The court"},
		{"NEW DELHI, May 30 (PTI) The court", "New Delhi", "PTI", "May 30", "The court"},
		{"ROTTERDAM (Harbour News / Sputnik -\n14th March, 2024)\nThe port", "Rotterdam", "Sputnik", "14th March, 2024", "The port"},
		{"St. CLOUD, Virginia. (Reuters) - A man", "St. Cloud, Virginia", "Reuters", "", "A man"},
		{"OSLO/ BERGEN, VA (Reuters) - A man", "Oslo/Bergen, VA", "Reuters", "", "A man"},
		{"L'AQUILA, July 10 Reuters) - Leaders", "L'Aquila", "Reuters", "July 10", "Leaders"},
		{"Jan 23 (Reuters) - Shares", "", "Reuters", "Jan 23", "Shares"},
		{"   OSLO (NTB) - Havnen", "Oslo", "NTB", "", "Havnen"},
	} {
		got, ok := Parse(c.in)
		if !ok || got.Place != c.place || got.Agency != c.agency || got.Date != c.date || c.in[got.Rest:] != c.rest {
			t.Errorf("%q\n got %+v %v, rest %q\nwant %q %q %q %q", c.in, got, ok, c.in[got.Rest:], c.place, c.agency, c.date, c.rest)
		}
	}
}

func TestParseNothing(t *testing.T) {
	for _, in := range []string{
		"", "-", "(", "By Ann Lee OSLO (Reuters) - Ships", "()", "/", "The port reopened (after repairs) - on Monday.", "The Port Authority reopened.",
		"President Ann Lee (D) - said", "Ann Lee (R-Ohio) said", "Ann Lee (4 August 1961 – 25 May 2020) was",
		"Ann Lee (born 4 August 1961) was", "UPDATE 1 - Shares fell", "BREAKING - Shares fell", "BREAKING NEWS — Shares", "WATCH: Ships",
		"EXCLUSIVE - Ships", "READ MORE — Ships", "World Health Organization (WHO) - The agency", "NASA (the space agency) said",
		"2023 - a year", "AI - what next", "He said (Reuters) - no", "\"PARIS\" - a film", "Paris - a film", "the hague (AP) - a court",
		"REPORTAGE - Ships", "LE SCAN POLITIQUE — Ships", "ANN LEE (co-host): Ships", "境外消费 - 人", "Ann Lee (CNN) said ships",
		"March 3 - Shares", "March 3 (Tuesday) - Shares", "OSLO, March 3) - Shares", "Ann Lee) — said", "Pat Toomey (PA) said the", "OPINION, March 3: why", "HARBOUR QUAY STORM DAMAGE REPAIR COSTS - report",
	} {
		if got, ok := Parse(in); ok {
			t.Errorf("%q: %+v", in, got)
		}
	}
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ name, body, place, agency string }{
		{"none", "The port reopened.\n\nShips came.", "", ""},
		{"after the lead", "The port said it reopened\n\nROTTERDAM (Harbour News / Sputnik - 14th March, 2024) The port said.\n\nMore.", "Rotterdam", "Sputnik"},
		{"lines", "By Ann Lee\nOSLO (Reuters) - Ships came.\nThey left.", "Oslo", "Reuters"},
		{"too late", strings.Repeat("Ships came.\n\n", 9) + "OSLO (Reuters) - Ships", "", ""},
		{"credit only", "(Reuters) - Ships came.", "", "Reuters"},
		{"credit, then place", "(CNN) -- Ships came.\n\nOSLO (AP) — They left.", "Oslo", "AP"},
		{"reporters", "OSLO — Ships came.\n\n(Reporting by Ann Lee; Editing by Bo Chan)", "Oslo", "Reuters"},
		{"other reporters", "Ships came.\n\n(Additional reporting by Ann Lee)", "", ""},
		{"source", "Ships came.\n\nSource: Xinhua", "", "Xinhua"},
		{"source within", "Ships came.\n\nSource: Xinhua said on Monday", "", ""},
		{"copyright", "Ships came.\n\n© 2023 AFP", "", "AFP"},
		{"long copyright", "Ships came.\n\nCopyright 2014 The Associated Press. All rights reserved.", "", "AP"},
		{"brackets", "Ships came.\n\n(ANI)\n\nRead more", "", "ANI"},
		{"dash", "Ships came.\n\n— AFP", "", "AFP"},
		{"words", "Ships came.\n\nUNI\n\nTrend", "", ""},
		{"agency in the text", "The Reuters news agency said ships came.", "", ""},
		{"a date without a comma", "OSLO/BERGEN  Nov 19 (Reuters Legal) - Ships came.", "Oslo/Bergen", "Reuters"},
		{"a region and a date without commas", "PORTLAND, Ore. Nov 16 (Reuters) - Ships came.", "Portland, Ore.", "Reuters"},
		{"behind a byline", "By Ann Lee NEW YORK, March 3 (Reuters) - Ships came.", "New York", "Reuters"},
		{"behind a note and a byline", "Corrects day in paragraph 3\n\nBy  Ann B. Lee OSLO  (Reuters) - Ships came.", "Oslo", "Reuters"},
		{"a byline for a service", "By Ann Lee for AFP\n\nShips came.", "", "AFP"},
		{"a byline for a service, of two", "By Ann Lee and Bo Chan for The Associated Press\n\nShips came.", "", "AP"},
		{"a byline for a service, then a place", "By Ann Lee for AFP\n\nOSLO — Ships came.", "Oslo", "AFP"},
		{"a byline of a service's writer", "By ANN LEE, Associated Press Writer\nShips came.", "", "AP"},
		{"a byline of a service", "By Reuters\n\nShips came.", "", "Reuters"},
		{"a byline in French", "Par Ann Lee pour l'AFP\n\nLes bateaux sont là.", "", "AFP"},
		{"a byline for another", "By Ann Lee for The Quay\n\nShips came.", "", ""},
		{"a byline alone", "By Ann Lee\n\nShips came.", "", ""},
		{"a sentence with by and for", "By noon ships came for AFP reporters to see, Ann Lee said.", "", ""},
		{"a sentence that ends with a service", "By noon ships came, said Reuters", "", ""},
		{"a bar", "PARIS | Les bateaux sont là.", "Paris", ""},
		{"a label and a bar", "EXCLUSIF | Les bateaux sont là.", "", ""},
		{"below a byline", "Ann Lee\n\nAssociated Press\n\nPORTLAND, Ore. — Ships came.", "Portland, Ore.", "AP"},
		{"below two bylines", "Ann Lee and Bo Chan\n\nThe Associated Press/Report for All\n\nShips came.", "", "AP"},
		{"a picture's", "Ships came.\n\nAP\n\nThey left.", "", ""},
		{"a picture's at the end", "Ships came.\n\n© AP\n\n" + strings.Repeat("They left at noon, and came again. ", 4), "", ""},
		{"a copyright in lines", "Ships came.\n14/03/2024 10:00:00 -\nParis (AFP) -\n© 2024 AFP", "Paris", "AFP"},
		{"contributed", "Ships came.\n\nThe Associated Press and Reuters contributed to this report.", "", "AP"},
		{"staff and a service", "Ships came.\n\nThe Gazette's Ann Lee and The Associated Press contributed to this report.", "", ""},
		{"material", "Ships came.\n\nMaterial from the Associated Press was used in compiling this report.", "", "AP"},
		{"with files", "Ships came.\n\n— With files from The Canadian Press", "", "Canadian Press"},
		{"with files of staff", "Ships came.\n\nWith files from Ann Lee", "", ""},
		{"avec", "Les bateaux sont là.\n\n(Avec AFP)", "", "AFP"},
		{"avec l'", "Les bateaux sont là.\n\n- Avec la collaboration de l'Agence France-Presse", "", "AFP"},
		{"mit", "Schiffe kamen.\n\nMit Material von dpa", "", "dpa"},
		{"con", "Llegaron barcos.\n\nCon información de EFE", "", "EFE"},
		{"informa", "Llegaron barcos al puerto, informa EFE.", "", "EFE"},
		{"contributing", "Ships came.\n\nContributing: The Associated Press", "", "AP"},
		{"behind the last sentence", "Ships came.\n\nThey left. – Reuters/Guardian", "", "Reuters"},
		{"behind the last sentence, in parentheses", "Les bateaux sont là. (afp/nxp)", "", "AFP"},
		{"editors behind the last sentence", "\"Ships came.\" (Editing by  Bo Chan )", "", "Reuters"},
		{"a name behind the last sentence", "Ships came. – Ann Lee", "", ""},
		{"a question to a service", "\"Ships came\", a-t-il dit à l'AFP.", "", ""},
		{"a party behind the last sentence", "She spoke with Pat Lee (PA).", "", ""},
	} {
		if place, agency := Read(c.body); place != c.place || agency != c.agency {
			t.Errorf("%s: %q %q, want %q %q", c.name, place, agency, c.place, c.agency)
		}
	}
}

func TestTitle(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "PARIS": "Paris", "NEW YORK": "New York", "D.C.": "D.C.", "ST. JOHN'S": "St. John's", "COEUR D'ALENE": "Coeur D'Alene",
		"THE HAGUE": "The Hague", "DAR ES SALAAM": "Dar es Salaam", "McALLEN": "McAllen", "Kyiv": "Kyiv", "ÎLE-DE-FRANCE": "Île-de-France",
		"UNITED NATIONS": "United Nations", "NEW YORK/LAS VEGAS": "New York/Las Vegas", "S. KOREA": "S. Korea", "TED D'AFFLISIO": "Ted D'Afflisio", "WINSTON-SALEM": "Winston-Salem",
		"САНКТ-ПЕТЕРБУРГ": "Санкт-Петербург", "İZMİR": "İzmir", "北京": "北京",
	} {
		if got := Title(in); got != want {
			t.Errorf("Title(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAgency(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "Reuters": "Reuters", "REUTERS": "Reuters", "reuter": "Reuters", " Associated Press ": "AP", "AP": "AP", "ap": "",
		"RIA Novosti": "RIA Novosti", "ITAR-TASS": "TASS", "DPA": "dpa", "trend": "Trend", "Harbour News": "", "Agence France-Presse": "AFP",
	} {
		if got := Agency(in); got != want {
			t.Errorf("Agency(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("ROTTERDAM (Harbour News / Sputnik - 14th March, 2024) The port\n\n(Reporting by A; Editing by B)")
	f.Add("MOSCOW, May 30. /TASS/. The")
	f.Add("МОСКВА, 30 мая — РИА Новости. Суд\n\n© 2023 AFP")
	f.Add("By Ann Lee NEW YORK, March 3 (Reuters) - Ships\n\nAssociated Press\n\nwent. (afp/nxp)")
	f.Add("ABC -") // an outlet, which is neither place nor agency: all it tells is where the text begins
	f.Fuzz(func(t *testing.T, s string) {
		line, ok := Parse(s)
		if line.Rest < 0 || line.Rest > len(s) || ok && line == (Line{}) && !strings.Contains(s, "(") {
			t.Fatalf("%q: %+v", s, line)
		}
		place, agency := Read(s)
		if utf8.ValidString(s) && !utf8.ValidString(place) || agency != "" && Agency(agency) != agency || len(place) > 3*maxPlace {
			t.Fatalf("%q: %q %q", s, place, agency)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	body := "The port said it reopened\n\nROTTERDAM (Harbour News / Sputnik - 14th March, 2024) The port said.\n\n" + strings.Repeat("Ships came and went all day long.\n\n", 60)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		Read(body)
	}
}
