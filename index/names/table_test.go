package names

import "testing"

// checkApart holds that names that are apart at a glance have nothing in common when they are compared, and reports whether they are.
func checkApart(t *testing.T, a, b *Name) bool {
	t.Helper()
	glance := a.Type == Person && personsApart(a, b) || a.Lone() && len(b.Words) > 0 && !a.Words[0].signs.meets(&b.Words[len(b.Words)-1].signs)
	if glance {
		if v := Compare(a, b); v.Score != 0 {
			t.Errorf("%s: %q and %q are apart, and compared they are %+v", a.Type, a.Text, b.Text, v)
		}
	}
	apart := map[bool]float64{true: -1, false: 0}[a.Type == Person]
	x, y := a.Sketch(), b.Sketch()
	if !x.Apart(&y) {
		return glance
	}
	if Compare(a, b).Score != 0 || articleScore(a, b) != apart {
		t.Errorf("%s: the sketches of %q and %q are apart, and their score is %v", a.Type, a.Text, b.Text, articleScore(a, b))
	}
	return true
}

func TestApart(t *testing.T) {
	names := goldenNames(t)
	pairs, glances := 0, 0
	for i := range names {
		for j := range i {
			if names[i].Type == names[j].Type {
				pairs++
				if checkApart(t, &names[i], &names[j]) {
					glances++
				}
				checkApart(t, &names[j], &names[i])
			}
		}
	}
	if glances*10 < pairs*7 {
		t.Errorf("of %d pairs only %d are apart at a glance", pairs, glances)
	}
}

func FuzzApart(f *testing.F) {
	for _, p := range [][2]string{
		{"Paeh", "Pah"}, {"Oeric", "Oric"}, {"Stroef", "Strof"}, {"Mohammed", "Mehmet"}, {"Mueller", "Müller"}, {"Anna Goethe", "Anna Gothe"},
		{"Dataline", "Data Line"}, {"Russian Foreign Ministry", "Ministry of Russia"}, {"SCO", "Shanghai Cooperation Organization"}, {"USA", "United States"},
		{"Ki-moon Ban", "Ban Kimoon"}, {"Ю. Зуев", "Yuri Zuev"}, {"البنك", "bnk"}, {"London, Ontario", "London"}, {"Vicente Fox Quesada", "Vicente Fox"},
	} {
		f.Add(p[0], p[1])
	}
	f.Fuzz(func(t *testing.T, one, other string) {
		for _, typ := range []string{Person, Org, Place} {
			a, b := Parse(typ, one), Parse(typ, other)
			checkApart(t, &a, &b)
			checkApart(t, &b, &a)
		}
	})
}
