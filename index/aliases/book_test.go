package aliases

import (
	"slices"
	"testing"

	"dateline/index"
)

func TestRulesJoin(t *testing.T) {
	for _, c := range []struct {
		typ   string
		names []string
		want  []string
	}{
		{index.Person, []string{"Ruslan Mirzaev 3", "Ruslan Mirzayev", "Руслан Мирзаев 2", "Aleksei Mirzaev 9"}, []string{"Ruslan Mirzaev = Руслан Мирзаев = Ruslan Mirzayev"}},
		{index.Person, []string{"Marc Owen Jones 2", "Marc Jones"}, []string{"Marc Owen Jones = Marc Jones"}},
		{index.Person, []string{"George Bush 5", "George W. Bush 4", "George H. W. Bush 3"}, nil},
		{index.Person, []string{"Joris Veldkamp 5", "J. Veldkamp 4", "Jan Veldkamp 3"}, nil},
		{index.Person, []string{"Joris Veldkamp 5", "J. Veldkamp 4"}, []string{"Joris Veldkamp = J. Veldkamp"}},
		{index.Person, []string{"Mirzaev 5", "Ruslan Mirzaev 4"}, nil},
		{index.Org, []string{"Al Shabaab", "Al-Shabaab 2", "AL-SHABAAB 2"}, []string{"AL-SHABAAB = Al Shabaab"}},
		{index.Org, []string{"CMS 4", "Chicago Medical School"}, nil},
		{index.Org, []string{"SCO 4", "Shanghai Cooperation Organization = SCO"}, []string{"SCO = Shanghai Cooperation Organization"}},
		{index.Org, []string{"HPA 4", "Harbour Police Association"}, nil},
		{index.Org, []string{"HPA 4", "Harbour Police Association = H.P.A."}, []string{"HPA = Harbour Police Association"}},
		{index.Org, []string{"HPA 4", "Harbour Police Association = HPA", "Highland Park Association = HPA"}, nil},
		{index.Place, []string{"Kyiv 4", "Kiev 5"}, []string{"Kiev = Kyiv"}},
	} {
		if got := entities(bookOf(c.typ, archiveOf(c.names...))); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.names, got, c.want)
		}
	}
}
