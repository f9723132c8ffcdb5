package ingest

import "testing"

func TestRepair(t *testing.T) {
	for _, test := range [][2]string{
		// Particles.
		{"[p Anneke van der] [p Velde] left", "[p Anneke van der Velde] left"},
		{"[p Anneke van der] Velde left", "[p Anneke van der Velde] left"},
		{"[p Anneke van der] [o Velde] left", "[p Anneke van der Velde] left"},
		{"[p Anneke] van der [p Velde]", "[p Anneke van der Velde]"},
		{"“Van der [p Velde], van [p Velde]", "“[p Van der Velde], [p van Velde]"},
		{"caravan [p Velde], de [p Velde], van [o Velde]", "caravan [p Velde], de [p Velde], van [o Velde]"},
		{"[p Fatima] el [p Idrissi], [p Yannick] [p Le Goff]", "[p Fatima el Idrissi], [p Yannick] [p Le Goff]"},
		{"[p Velde] and [p Claes]  [p Hoogland]", "[p Velde] and [p Claes]  [p Hoogland]"},
		{"[p Velde] de\n\n[p Claes]", "[p Velde] de\n\n[p Claes]"},
		{"[o Bank] de [p Claes] de [l Gent]", "[o Bank] de [p Claes] de [l Gent]"},
		{"[p Anneke van der]", "[p Anneke van der]"},
		{"[p Anneke van der] and", "[p Anneke van der] and"},

		// What a last or a first word says.
		{"[p Calloway Tankers] and [p Kaspiy Transit]", "[o Calloway Tankers] and [o Kaspiy Transit]"},
		{"[p Bank], [p Joris Banks]", "[p Bank], [p Joris Banks]"},
		{"[p Banque Lemaire] [p Ann Banque]", "[o Banque Lemaire] [p Ann Banque]"},
		{"[o Caspian Sea] [p Mill Pond] [o Weir Lane] [p Ann Lane] [o Lane]", "[l Caspian Sea] [l Mill Pond] [l Weir Lane] [p Ann Lane] [o Lane]"},
		{"[p Deckard Street], [p Weir Lane], [p J. Lane], [p D.H. Lake], [p Lane]", "[l Deckard Street], [l Weir Lane], [p J. Lane], [p D.H. Lake], [p Lane]"},
		{"[p Harbour Road], [p John Square], [p José River]", "[l Harbour Road], [l John Square], [p José River]"},
		{"[p Storm Ragna] [o Hurricane Ragna] [l Storm Ragna] [p Storm]", "Storm Ragna Hurricane Ragna Storm Ragna [p Storm]"},
		{"[o Captain Manolis Drakakis], [o Father Anselmo Duarte]", "Captain [p Manolis Drakakis], Father [p Anselmo Duarte]"},
		{"[o House Minority Leader Ann Roe], [o Gov. Ann van der Roe]", "House Minority Leader [p Ann Roe], Gov. [p Ann van der Roe]"},
		{"[o House of Representatives Speaker Ann Roe] [o Bank of Roe] [o Speaker Ann Roe and Bo Chan]", "House of Representatives Speaker [p Ann Roe] [o Bank of Roe] [o Speaker Ann Roe and Bo Chan]"},
		{"[o Deputy Chairman] [o Senate Majority Leader] [o U.S. Ambassador]", "Deputy Chairman Senate Majority Leader U.S. Ambassador"},
		{"[o Captain Cook], [o Judge Ann Roe Foundation], [o Office of the President], [o President]", "[o Captain Cook], [o Judge Ann Roe Foundation], [o Office of the President], [o President]"},
		{"[o Justice Ann 2 Roe] [o Mayor Ann & Roe]", "[o Justice Ann 2 Roe] [o Mayor Ann & Roe]"},

		// Tables of results, tickers and currencies.
		{"[o Shr] 34 cts vs 29 cts\n\n[o Net] 1,204,000 vs 807,000\n\n[o Revs] nil vs 12.3 mln", "Shr 34 cts vs 29 cts\n\nNet 1,204,000 vs 807,000\n\nRevs nil vs 12.3 mln"},
		{"[p Oper Shr] loss 12 cts\n\nAvg [o Shrs] 3,100,000", "Oper Shr loss 12 cts\n\nAvg Shrs 3,100,000"},
		{"[o Net] said 12 of its ships sail", "[o Net] said 12 of its ships sail"},
		{"[p Sales] added", "[p Sales] added"},
		{"He told [o Net] 12 times", "He told [o Net] 12 times"},
		{"[o Net] and [o Income Fund] 3", "[o Net] and [o Income Fund] 3"},
		{"[o Kaspiy Transit] <KASP.[o PA]> and <[o PA]> of [o PA]", "[o Kaspiy Transit] <KASP.PA> and <[o PA]> of [o PA]"},
		{"100 mln [o U.S. Dlrs], [o N.Z. Dollar], [l U.S. Dlrs], [o Family Dollar]", "100 mln U.S. Dlrs, N.Z. Dollar, [l U.S. Dlrs], [o Family Dollar]"},
		{"", ""},
	} {
		r := marked("", test[0])
		r.repair()
		if got := r.mark()[2*len(paragraph):]; got != test[1] {
			t.Errorf("%q, want %q", got, test[1])
		}
	}
}
