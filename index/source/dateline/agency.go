package dateline

import "strings"

// agencies are the wire services, in their usual spelling, each with the other forms that articles credit it by.
var agencies = [][]string{
	{"AAP", "Australian Associated Press"},
	{"ABNA"},
	{"Adnkronos"},
	{"AFP", "Agence France-Presse", "Agence France Presse", "AFP News", "АФП"},
	{"AGERPRES"},
	{"AGI"},
	{"AKIpress"},
	{"Anadolu", "Anadolu Agency", "Anadolu Ajansı", "Anadolu Ajansi", "AA"},
	{"ANI", "Asian News International"},
	{"ANP"},
	{"ANSA", "Agenzia ANSA"},
	{"Antara", "ANTARA News"},
	{"AP", "Associated Press", "The Associated Press", "A.P."},
	{"APA"},
	{"APP", "Associated Press of Pakistan"},
	{"Azertac", "AZERTAC"},
	{"BBC Monitoring"},
	{"Belga"},
	{"BelTA", "БелТА"},
	{"Bernama"},
	{"Bloomberg", "Bloomberg News"},
	{"BNS", "Baltic News Service"},
	{"BTA"},
	{"Business Wire", "BUSINESS WIRE"},
	{"Caixin"},
	{"Canadian Press", "The Canadian Press", "CP"},
	{"ČTK", "CTK"},
	{"Dow Jones", "Dow Jones Newswires"},
	{"dpa", "DPA", "Deutsche Presse-Agentur", "dpa-AFX"},
	{"EFE", "Agencia EFE"},
	{"ELTA"},
	{"epd"},
	{"Europa Press"},
	{"Fars", "Fars News", "Fars News Agency", "FNA"},
	{"GlobeNewswire", "GLOBE NEWSWIRE", "GlobeNewswire News Room"},
	{"Hina", "HINA"},
	{"IANS", "Indo-Asian News Service"},
	{"INA"},
	{"Interfax", "Интерфакс", "Interfax-Ukraine", "Interfax-Kazakhstan"},
	{"IPS", "Inter Press Service"},
	{"IRNA"},
	{"ISNA"},
	{"Jiji", "Jiji Press", "時事通信"},
	{"Kazinform"},
	{"KCNA"},
	{"Keystone-SDA"},
	{"KNA"},
	{"KUNA"},
	{"Kyodo", "Kyodo News", "共同通信"},
	{"LETA"},
	{"Lusa", "LUSA"},
	{"MAP", "Maghreb Arabe Presse"},
	{"Mehr", "Mehr News Agency"},
	{"MENA", "Middle East News Agency"},
	{"MTI"},
	{"NAN", "News Agency of Nigeria"},
	{"Notimex"},
	{"NTB"},
	{"NZPA"},
	{"PA Media", "PA", "PA Mediapoint", "Press Association", "The Press Association", "PA News"},
	{"PAP"},
	{"Petra"},
	{"PNA", "Philippine News Agency"},
	{"PR Newswire", "PRNewswire", "PRNEWSWIRE", "PRNewswire-USNewswire", "PR NEWSWIRE"},
	{"Prensa Latina"},
	{"PTI", "Press Trust of India"},
	{"QNA", "Qatar News Agency"},
	{"RAPSI"},
	{"Reuters", "Reuter", "Thomson Reuters", "Thomson/Reuters", "Рейтер", "Reuters News", "Reuters.com", "Reuters Legal", "Reuters Health", "Reuters Life!", "Reuters Breakingviews"},
	{"RIA Novosti", "RIA", "РИА Новости", "РИА"},
	{"Ritzau"},
	{"Rossiya Segodnya"},
	{"SANA"},
	{"SID"},
	{"SPA", "Saudi Press Agency"},
	{"Sputnik", "Sputnik News", "Спутник"},
	{"STA"},
	{"STT"},
	{"TANJUG", "Tanjug"},
	{"TAP"},
	{"Tasnim", "Tasnim News Agency"},
	{"TASR"},
	{"TASS", "ITAR-TASS", "Itar-Tass", "ТАСС", "ИТАР-ТАСС"},
	{"Télam", "Telam"},
	{"Thomson Reuters Foundation"},
	{"Trend"},
	{"TT"},
	{"Ukrinform", "Укринформ", "Укрінформ"},
	{"UNI", "United News of India"},
	{"UNIAN"},
	{"UPI", "United Press International"},
	{"WAM"},
	{"Xinhua", "Xinhua News Agency", "新华社"},
	{"Yonhap", "Yonhap News Agency", "연합뉴스"},
}

// outlets stand in a dateline's parentheses as agencies do, and are none.
var outlets = []string{
	"ABC", "ABC News", "Al Jazeera", "AllAfrica", "BBC", "Catholic News Agency", "CBC", "CBS", "CBS News", "CNA", "CNBC", "CNET", "CNN",
	"CNN Business", "CNNBusiness", "CNN Travel", "CNNMoney", "FOX", "Fox News", "Hollywood Reporter", "IRIN", "JTA", "MarketWatch", "MINA", "NBC", "NBC News", "NPR", "RFE/RL",
	"RNS", "RT", "The Verge", "Variety", "VOA", "WSJ", "Kathimerini", "Staff", "Staff Report", "Web Desk",
}

// byForm finds an agency by any of its forms: exactly, or, for a form of five letters and more, without regard to case.
// Short forms are words of many languages and count only as written.
var byForm, isOutlet = tables()

func tables() (map[string]string, map[string]bool) {
	forms, outside := map[string]string{}, map[string]bool{}
	for _, names := range agencies {
		for _, form := range names {
			forms[form] = names[0]
			if len(form) >= 5 {
				forms[strings.ToLower(form)] = names[0]
			}
		}
	}
	for _, name := range outlets {
		outside[name] = true
	}
	return forms, outside
}

// Agency returns the usual spelling of the wire service of that name, or "".
func Agency(name string) string {
	name = strings.Trim(name, " \t\n.,;:/|©*-–—")
	if a := byForm[name]; a != "" {
		return a
	}
	if len(name) >= 5 && len(name) <= 64 {
		return byForm[strings.ToLower(name)]
	}
	return ""
}

// credited returns the first wire service that a credit such as "Harbour News / Sputnik - 14th March, 2024" names, and
// whether it names a known outlet at all.
func credited(credit string) (agency string, known bool) {
	if a := Agency(credit); a != "" {
		return a, true
	}
	for _, part := range splitCredit(credit) {
		if a := Agency(part); a != "" {
			return a, true
		}
		known = known || isOutlet[part]
	}
	return "", known || isOutlet[credit]
}

// signed takes off the agency or outlet that a place is followed by without parentheses: "New York CNN Business".
func signed(place string) (rest, agency string, ok bool) {
	words := strings.Fields(place)
	for n := min(2, len(words)); n > 0; n-- {
		name := strings.Join(words[len(words)-n:], " ")
		if a := Agency(name); (a != "" || isOutlet[name]) && len(name) >= 3 {
			return strings.Join(words[:len(words)-n], " "), a, true
		}
	}
	return place, "", false
}

var betweenCredits = strings.NewReplacer("/", "\n", "|", "\n", ",", "\n", ";", "\n", "&", "\n", " and ", "\n", " via ", "\n",
	" - ", "\n", " – ", "\n", " — ", "\n")

// splitCredit cuts a credit at slashes, bars, commas, semicolons, ampersands, "and", and dashes with blanks around.
func splitCredit(credit string) []string {
	parts := strings.Split(betweenCredits.Replace(credit), "\n")
	for i, p := range parts {
		parts[i] = strings.TrimSpace(p)
	}
	return parts
}
