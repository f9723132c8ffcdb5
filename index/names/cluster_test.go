package names

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// forms makes forms of lines "type: text, text×3, text", with the positions that a text has them at.
func forms(text, list string) (out []Form) {
	for _, line := range strings.Split(strings.TrimSpace(list), "\n") {
		typ, texts, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for _, f := range strings.Split(texts, "; ") {
			f, times, _ := strings.Cut(f, " ×")
			form := Form{Type: typ, Text: f}
			fmt.Sscan(times, &form.Count)
			for at := 0; text != "" && f != ""; {
				i := strings.Index(text[at:], f)
				if i < 0 {
					break
				}
				form.Positions = append(form.Positions, at+i)
				at += i + len(f)
			}
			out = append(out, form)
		}
	}
	return out
}

// String shows an entity as the tests write it.
func (e Entity) String() string {
	s := fmt.Sprintf("%s: %s ×%d", e.Type, e.Name, e.Count)
	if len(e.Aliases) > 0 {
		s += " = " + strings.Join(e.Aliases, "; ")
	}
	return s
}

var clusters = []struct{ name, text, forms, want string }{
	{"a surname", "",
		`person: Ruslan Mirzaev; Mr. Mirzayev ×2; Mirzayev's; the director`,
		`person: Ruslan Mirzaev ×4 = Mirzayev`},
	{"transliterations and order", "",
		`person: Mirzaev, Ruslan; Руслан Мирзаев; R. Mirzayev; MIRZAEV`,
		`person: Ruslan Mirzaev ×4 = MIRZAEV; R. Mirzayev; Руслан Мирзаев`},
	{"two of one surname", "",
		`person: Joris Dekker; Maria Dekker; Dekker ×5`,
		`person: Dekker ×5
		 person: Joris Dekker ×1
		 person: Maria Dekker ×1`},
	{"titles tell two of one surname apart", "",
		`person: Bill Clinton; Hillary Clinton; President Bill Clinton; Ms. Hillary Clinton`,
		`person: Bill Clinton ×2
		 person: Hillary Clinton ×2`},
	{"middle names and initials", "",
		`person: John Fitzgerald Kennedy; John F. Kennedy; John Kennedy; J. Kennedy; Kennedy ×3`,
		`person: John Fitzgerald Kennedy ×7 = Kennedy; J. Kennedy; John F. Kennedy; John Kennedy`},
	{"an initial of two", "",
		`person: George W. Bush; George H. W. Bush; George Bush`,
		`person: George Bush ×1
		 person: George H. W. Bush ×1
		 person: George W. Bush ×1`},
	{"father and son", "",
		`person: Donald Trump ×2; Donald Trump Jr.`,
		`person: Donald Trump ×2
		 person: Donald Trump Jr. ×1`},
	{"parts of long names", "",
		`person: Luiz Inácio Lula da Silva; Lula da Silva; Gabriel García Márquez; Gabriel García`,
		`person: Gabriel García Márquez ×2 = Gabriel García
		 person: Luiz Inácio Lula da Silva ×2 = Lula da Silva`},
	{"a given name alone", "",
		`person: Hillary Clinton; Hillary`,
		`person: Hillary Clinton ×2 = Hillary`},
	{"no names", "",
		`person: Monday; January; President; the director; Prime Minister; Mr.; 2024
		 place: French; Tuesday; Russians; Kenya
		 org: Spokesman; March`,
		`place: Kenya ×1`},
	{"a month is a surname where somebody has it", "",
		`person: Theresa May; May ×2; March`,
		`person: Theresa May ×3 = May`},
	{"an acronym and its words", "the Shanghai Cooperation Organization (SCO) met. SCO RATS too",
		`org: Shanghai Cooperation Organization; SCO; SCO RATS`,
		`org: Shanghai Cooperation Organization ×3 = SCO
		 org: SCO RATS ×1`},
	{"an acronym of another language", "the German Football Association (DFB) said. DFB officials",
		`org: German Football Association; DFB`,
		`org: German Football Association ×3 = DFB`},
	{"an acronym explained behind it", "KGB (the State Security Committee) and KGB",
		`org: KGB; State Security Committee`,
		`org: State Security Committee ×3 = KGB`},
	{"an acronym of many is one in an article", "",
		`org: Australian Broadcasting Corporation; ABC ×2`,
		`org: Australian Broadcasting Corporation ×3 = ABC`},
	{"company forms", "",
		`org: Reuters Group plc; Reuters ×3; Gazprom; Gazprom Neft`,
		`org: Reuters ×4 = Reuters Group plc
		 org: Gazprom ×1
		 org: Gazprom Neft ×1`},
	{"what is left out", "",
		`org: Harbour Workers' Federation; Harbour Workers; Harbour Owners' Federation`,
		`org: Harbour Workers' Federation ×2 = Harbour Workers
		 org: Harbour Owners' Federation ×1`},
	{"the place", "He flew to Washington. In Washington, Washington said no.",
		"person: Washington ×1\nplace: Washington ×2",
		`place: Washington ×6`},
	{"the place and the man", "Denzel Washington flew to Boston from Washington. Mr. Washington smiled.",
		"person: Denzel Washington; Washington",
		`person: Denzel Washington ×3 = Washington
		 place: Washington ×1`},
	{"a man after a preposition", "They listened to Joris Dekker, then turned from Dekker to others.",
		`person: Joris Dekker; Dekker`,
		`person: Joris Dekker ×3 = Dekker`},
	{"the usual name of a country", "",
		`place: Russia ×5; Russian Federation; RUSSIA; U.S. ×3; United States`,
		`place: Russia ×7 = RUSSIA; Russian Federation
		 place: United States ×4 = U.S.`},
	{"places", "",
		`place: the Netherlands; Netherlands; Kyiv ×2; Kiev; North Korea; South Korea`,
		`place: Kyiv ×3 = Kiev
		 place: Netherlands ×2 = the Netherlands
		 place: North Korea ×1
		 place: South Korea ×1`},
}

func TestCluster(t *testing.T) {
	for _, c := range clusters {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, e := range Cluster(c.text, forms(c.text, c.forms)) {
				got = append(got, e.String())
			}
			var want []string
			for _, line := range strings.Split(c.want, "\n") {
				want = append(want, strings.TrimSpace(line))
			}
			if !slices.Equal(got, want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
			}
		})
	}
}

// TestClusterKeepsCounts holds that no mention is lost or counted twice.
func TestClusterKeepsCounts(t *testing.T) {
	for _, c := range clusters {
		total, left := 0, 0
		for _, f := range forms(c.text, c.forms) {
			if n := Parse(f.Type, f.Text); IsName(f.Type, f.Text) || n.Surname() == "may" {
				total += max(f.Count, len(f.Positions), 1)
			}
		}
		for _, e := range Cluster(c.text, forms(c.text, c.forms)) {
			left += e.Count
		}
		if total != left {
			t.Errorf("%s: %d mentions became %d", c.name, total, left)
		}
	}
}

// TestClusterIsBounded holds that a list of names takes no longer than an article may.
func TestClusterIsBounded(t *testing.T) {
	var in []Form
	for i := range 3000 {
		text := fmt.Sprintf("%c. %s", 'A'+i%26, []string{"Mirzaev", "Mirzayev", "Mirzaiev", "Dekker"}[i%4])
		if i%3 == 0 {
			text = fmt.Sprintf("Name%d Dekker", i)
		}
		in = append(in, Form{Type: []string{Person, Org, Place}[i%3], Text: text + strings.Repeat(" X", i%5)})
	}
	began := time.Now()
	Cluster("", in)
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestExpansion(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The Shanghai Cooperation Organization (SCO) met.", "SCO = Shanghai Cooperation Organization"},
		{"members of the SCO (Shanghai Cooperation Organization) met", "SCO = Shanghai Cooperation Organization"},
		{"He joined the KGB (the State Security Committee) in 1970.", "KGB = State Security Committee"},
		{"the Organization for Security and Co-operation in Europe (OSCE)", "OSCE = Organization for Security and Co-operation in Europe"},
		{"the Securities and Exchange Commission, or SEC, said", "SEC = Securities and Exchange Commission"},
		{"the Harbour Workers' Federation (“HWF”)", "HWF = Harbour Workers' Federation"},
		{"Officials of the World Health Organization (WHO) and the International Monetary Fund (IMF)", "WHO = World Health Organization; IMF = International Monetary Fund"},
		{"the German Football Association (DFB)", "DFB = German Football Association"},
		{"Senator Alice Brandt (D-Ohio) and Joris Dekker (RIP) spoke (loudly).", ""},
		{"The Party of Democratic Action (SDA) won.", "SDA = Party of Democratic Action"},
		{"She lives in Austin (TX).", ""},
		{"the gross domestic product (GDP) fell", ""},
		{"(UN)", ""}, {"A (", ""}, {"", ""}, {"(", ""}, {", or ", ""},
	} {
		var got []string
		for _, d := range Expansion(c.text) {
			got = append(got, d.Acronym+" = "+d.Long)
			if c.text[d.AcronymStart:d.AcronymStart+len(d.Acronym)] != d.Acronym || c.text[d.LongFrom:d.LongFrom+len(d.Long)] != d.Long {
				t.Errorf("%q: offsets of %+v", c.text, d)
			}
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%q: got %q, want %q", c.text, strings.Join(got, "; "), c.want)
		}
	}
}

func FuzzExpansion(f *testing.F) {
	f.Add("The Shanghai Cooperation Organization (SCO) met, or SCO, KGB (the State Committee)")
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range Expansion(text) {
			if text[d.AcronymStart:d.AcronymStart+len(d.Acronym)] != d.Acronym || text[d.LongFrom:d.LongFrom+len(d.Long)] != d.Long {
				t.Errorf("%q: %+v", text, d)
			}
		}
	})
}

// FuzzCluster holds that any text and forms give entities that account for each mention once, and the same ones twice.
func FuzzCluster(f *testing.F) {
	for _, c := range clusters {
		f.Add(c.text, c.forms)
	}
	f.Fuzz(func(t *testing.T, text, list string) {
		if len(text)+len(list) > 4096 {
			return
		}
		in := forms(text, list)
		for i := range in {
			in[i].Type = []string{Person, Org, Place}[len(in[i].Text)%3]
		}
		out := Cluster(text, in)
		total := 0
		for _, e := range in {
			total += max(e.Count, len(e.Positions), 1)
		}
		for _, e := range out {
			total -= e.Count
			if e.Name == "" || e.Count < 1 || slices.Contains(e.Aliases, e.Name) {
				t.Errorf("%+v", e)
			}
		}
		if total < 0 {
			t.Errorf("%d mentions too many", -total)
		}
		if again := Cluster(text, in); fmt.Sprint(again) != fmt.Sprint(out) {
			t.Errorf("first %v, then %v", out, again)
		}
	})
}

// FuzzIsName holds that a plain word needs no cleaning to see whether it is a name.
func FuzzIsName(f *testing.F) {
	for _, s := range []string{"Dekker", "May", "Russians", "president", "MR", "us", "Defence", "DeKker", "2024", "O'Neill", "é", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, mention string) {
		for _, typ := range []string{Person, Org, Place} {
			if got, want := IsName(typ, mention), isName(typ, Clean(mention)); got != want {
				t.Errorf("%s %q: %v, want %v", typ, mention, got, want)
			}
		}
	})
}
