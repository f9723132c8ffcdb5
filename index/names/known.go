package names

import (
	"bytes"
	"strings"
)

// knownOrgs are organisations and places that news calls by an acronym, by a name in another language, or by a former name:
// the forms of each, folded, without "the". It decides acronyms of two letters, and those that the words do not make.
var knownOrgs = []string{
	"united nations|un|uno", "european union|eu", "european central bank|ecb", "international monetary fund|imf", "world health organization|who", "world trade organization|wto",
	"north atlantic treaty organization|nato", "organization of the petroleum exporting countries|opec", "international business machines|ibm", "british petroleum|bp",
	"general motors|gm", "general electric|ge", "hewlett packard|hp", "african union|au", "international olympic committee|ioc", "european commission|ec",
	"united nations educational scientific and cultural organization|unesco", "united nations childrens fund|united nations international childrens emergency fund|unicef",
	"office of the united nations high commissioner for refugees|united nations high commissioner for refugees|un refugee agency|unhcr", "world bank|ibrd",
	"federal bureau of investigation|fbi", "central intelligence agency|cia", "national security agency|nsa", "federal security service|fsb", "state security committee|committee for state security|kgb",
	"foreign intelligence service|svr", "food and agriculture organization|food and agriculture organization of the united nations|fao", "international atomic energy agency|iaea", "commonwealth of independent states|cis",
	"collective security treaty organization|csto", "shanghai cooperation organization|sco", "association of southeast asian nations|association of south east asian nations|asean",
	"organization for security and cooperation in europe|osce", "organization for economic cooperation and development|oecd", "international committee of the red cross|icrc",
	"federation internationale de football association|fifa", "union of european football associations|uefa", "national aeronautics and space administration|nasa",
	"federal reserve|federal reserve system|fed|us federal reserve", "securities and exchange commission|sec", "irish republican army|ira", "palestine liberation organization|plo",
	"palestinian authority|palestinian national authority", "african national congress|anc", "islamic state|isis|isil|daesh|islamic state of iraq and the levant|islamic state of iraq and syria",
	"kurdistan workers party|pkk", "christian democratic union|cdu", "social democratic party of germany|spd", "liberal democratic party|ldp", "communist party of the soviet union|cpsu",
	"british broadcasting corporation|bbc", "cable news network|cnn", "associated press|ap", "agence france presse|afp", "united press international|upi", "deutsche presse agentur|dpa",
	"bayerische motoren werke|bmw", "north american free trade agreement|nafta", "world wildlife fund|world wide fund for nature|wwf", "doctors without borders|medecins sans frontieres|msf",
	"american civil liberties union|aclu", "environmental protection agency|epa", "food and drug administration|fda", "centers for disease control and prevention|centers for disease control|cdc",
	"drug enforcement administration|dea", "internal revenue service|irs", "national health service|nhs", "national basketball association|nba", "national football league|nfl", "court of arbitration for sport|cas",
	"international criminal court|icc", "international court of justice|icj", "international labor organization|ilo", "international energy agency|iea", "european space agency|esa", "european free trade association|efta",
	"organization of american states|oas", "gulf cooperation council|gcc", "peoples liberation army|pla", "chinese communist party|communist party of china|ccp|cpc", "international criminal police organization|interpol",
	"new york stock exchange|nyse", "london stock exchange|lse", "bharatiya janata party|bjp", "american telephone and telegraph|att", "taliban|taleban", "al qaeda|al qaida|al kaida|al qaidah",
	"new york times|nyt", "wall street journal|wsj", "financial times|ft", "university of california los angeles|ucla", "massachusetts institute of technology|mit", "volkswagen|vw", "united states|us|usa|united states of america", "united kingdom|uk|britain|great britain", "interior ministry|ministry of internal affairs|internal affairs ministry|ministry of interior|ministry of the interior", "columbia broadcasting system|cbs", "kentucky fried chicken|kfc", "american international group|aig", "european economic community|eec", "european bank for reconstruction and development|ebrd", "human rights watch|hrw", "united nations development program|undp", "world food program|wfp", "voice of america|voa", "public broadcasting service|pbs", "home box office|hbo", "xinhua|xinhua news agency|new china news agency", "tass|itar tass", "general agreement on tariffs and trade|gatt", "asia pacific economic cooperation|apec", "economic community of west african states|ecowas", "procter and gamble|pg", "price waterhouse coopers|pricewaterhousecoopers|pwc", "metropolitan transportation authority|mta", "royal bank of scotland|rbs", "european court of human rights|echr", "world anti doping agency|wada", "united auto workers|uaw",
	"department of justice|justice department|doj", "department of defense|defense department|dod|pentagon", "department of state|state department", "department of homeland security|homeland security department|dhs",
}

// ambiguous acronyms stand for several organisations, all of them in the news.
var ambiguous = fieldSet("abc cbc nbc pa pc pp ps sdp cp cdu csu sa ss aa ba ana afl cfa mfa cbi cma fca fa bc nab ncb ica ala apa asa bma dlp dp lp np adb mdc cpa nsc ndc udf npp icg psa idb uss npa nfa ndp dup pdp pml nla")

var knownPlaces = []string{
	"united states|united states of america|us|usa", "united kingdom|uk|britain|great britain|united kingdom of great britain and northern ireland", "united arab emirates|uae", "soviet union|ussr|union of soviet socialist republics",
	"democratic republic of congo|democratic republic of the congo|drc|dr congo|congo kinshasa|zaire", "republic of congo|republic of the congo|congo brazzaville", "central african republic|car",
	"north korea|democratic peoples republic of korea|dprk", "south korea|republic of korea|rok", "china|peoples republic of china|prc", "taiwan|republic of china|formosa", "german democratic republic|east germany|gdr|ddr",
	"federal republic of germany|germany|deutschland|frg", "russia|russian federation", "iran|islamic republic of iran|persia", "myanmar|burma", "yangon|rangoon", "mumbai|bombay", "kolkata|calcutta", "chennai|madras",
	"bengaluru|bangalore", "varanasi|benares", "pune|poona", "thiruvananthapuram|trivandrum", "beijing|peking|pekin", "guangzhou|canton", "nanjing|nanking", "tianjin|tientsin", "chongqing|chungking", "xian|sian", "ho chi minh city|saigon",
	"sri lanka|ceylon", "thailand|siam", "cambodia|kampuchea", "ethiopia|abyssinia", "zimbabwe|rhodesia", "burkina faso|upper volta", "benin|dahomey", "eswatini|swaziland", "lesotho|basutoland", "botswana|bechuanaland",
	"cote divoire|ivory coast", "cape verde|cabo verde", "east timor|timor leste", "czechia|czech republic", "north macedonia|republic of macedonia|former yugoslav republic of macedonia|fyrom", "turkey|turkiye",
	"netherlands|holland", "belarus|byelorussia|belorussia", "moldova|moldavia", "kyrgyzstan|kirghizia|kirgizia|kyrgyz republic", "vatican city|vatican|holy see", "slovakia|slovak republic", "syria|syrian arab republic",
	"kyiv|kiev", "kharkiv|kharkov", "lviv|lvov|lemberg|lwow", "odesa|odessa", "dnipro|dnipropetrovsk|dnepropetrovsk|dnepr", "mykolaiv|nikolaev|nikolayev", "zaporizhzhia|zaporozhye|zaporizhia", "luhansk|lugansk", "chernihiv|chernigov", "rivne|rovno",
	"ternopil|ternopol", "vinnytsia|vinnitsa", "sevastopol|sebastopol", "chornobyl|chernobyl", "homel|gomel", "brest litovsk|brest", "vilnius|vilna|wilno", "kaunas|kovno", "tallinn|reval", "tartu|dorpat", "gdansk|danzig", "wroclaw|breslau", "szczecin|stettin", "poznan|posen",
	"katowice|kattowitz", "krakow|cracow|krakau", "warsaw|warszawa|warschau", "lodz|litzmannstadt", "kaliningrad|konigsberg|koenigsberg", "st petersburg|saint petersburg|leningrad|petrograd|sankt peterburg|sankt petersburg|saint peterburg", "volgograd|stalingrad", "yekaterinburg|ekaterinburg|sverdlovsk", "nizhny novgorod|gorky", "samara|kuibyshev",
	"moscow|moskva|moskau|moscou", "prague|praha|prag", "brno|brunn", "vienna|wien", "munich|munchen|muenchen", "cologne|koln|koeln", "nuremberg|nurnberg|nuernberg", "hanover|hannover", "brunswick|braunschweig", "aachen|aix la chapelle", "bavaria|bayern", "saxony|sachsen", "bolzano|bozen",
	"basel|basle|bale", "geneva|geneve|genf", "bern|berne", "lucerne|luzern", "zurich|zuerich", "rome|roma", "milan|milano|mailand", "florence|firenze|florenz", "venice|venezia|venedig", "naples|napoli|neapel", "turin|torino", "genoa|genova|genua", "padua|padova", "leghorn|livorno", "sicily|sicilia", "sardinia|sardegna",
	"lisbon|lisboa|lissabon", "porto|oporto", "seville|sevilla", "zaragoza|saragossa", "la coruna|corunna", "the hague|hague|den haag|s gravenhage", "antwerp|antwerpen|anvers", "brussels|bruxelles|brussel|bruessel", "ghent|gent|gand", "bruges|brugge", "liege|luik|luttich", "louvain|leuven", "ypres|ieper", "flushing|vlissingen",
	"copenhagen|kobenhavn|kopenhagen", "gothenburg|goteborg", "elsinore|helsingor", "oslo|christiania|kristiania", "helsinki|helsingfors", "turku|abo", "athens|athina|athen", "thessaloniki|salonica|salonika", "corfu|kerkyra", "crete|kriti", "istanbul|constantinople", "izmir|smyrna", "ankara|angora", "edirne|adrianople",
	"bucharest|bucuresti|bukarest", "iasi|jassy", "belgrade|beograd|belgrad", "zagreb|agram", "ljubljana|laibach", "dubrovnik|ragusa", "rijeka|fiume", "trieste|triest", "bratislava|pressburg|pozsony", "kosice|kassa", "cluj napoca|cluj|kolozsvar", "timisoara|temesvar", "sofia|sofiya", "plovdiv|philippopolis",
	"jerusalem|al quds", "tel aviv|tel aviv yafo", "mecca|makkah", "medina|madinah", "aleppo|halab", "damascus|dimashq", "baghdad|bagdad", "cairo|al qahirah|kairo", "tunis|tunesia", "astana|nur sultan|akmola|tselinograd", "almaty|alma ata", "bishkek|frunze", "dushanbe|stalinabad", "ashgabat|ashkhabad|asgabat", "tbilisi|tiflis", "yerevan|erevan",
	"khujand|leninabad|khodzhent", "jakarta|batavia", "timbuktu|tombouctou", "kuwait|koweit", "morocco|maroc|marokko", "philippines|filipinas", "tokyo|tokio", "seoul|soul", "palestine|palestinian territories|occupied palestinian territories", "tashkent|toshkent", "bukhara|buxoro|bokhara", "fergana|ferghana|fargona", "khiva|xiva", "andijan|andijon|andizhan", "termez|termiz", "osh|ush", "guyana|british guiana", "belize|british honduras", "kinshasa|leopoldville", "lubumbashi|elisabethville", "maputo|lourenco marques", "harare|salisbury", "banjul|bathurst", "ndjamena|fort lamy", "gqeberha|port elizabeth", "tshwane|pretoria", "new york city|new york|nyc", "los angeles|la",
	"washington dc|washington district of columbia|district of columbia", "mexico city|ciudad de mexico", "falkland islands|falklands|malvinas", "germany|allemagne", "france|frankreich", "spain|espana|spanien", "italy|italia|italien", "austria|osterreich|oesterreich", "switzerland|schweiz|suisse|svizzera", "poland|polska|polen", "hungary|magyarorszag|ungarn",
	"finland|suomi", "sweden|sverige|schweden", "norway|norge|norwegen", "denmark|danmark", "greece|hellas|ellada", "croatia|hrvatska", "georgia republic|sakartvelo", "armenia|hayastan", "japan|nippon", "brazil|brasil", "ukraine|ukraina", "russia|rossiya", "nicosia|lefkosia", "tehran|teheran", "algiers|alger", "tangier|tanger", "marrakesh|marrakech", "bosnia|bosnia and herzegovina|bosnia herzegovina", "trinidad|trinidad and tobago",
}

// countries are those that stand behind the names of their towns.
var countries = fieldSet("afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus belgium benin bolivia bosnia botswana brazil bulgaria cambodia cameroon canada chad chile china colombia croatia cuba cyprus " +
	"czechia denmark ecuador egypt england eritrea estonia ethiopia finland france germany ghana greece guatemala guinea haiti honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya kosovo kuwait kyrgyzstan " +
	"laos latvia lebanon liberia libya lithuania luxembourg malawi malaysia mali malta mexico moldova mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua niger nigeria norway oman pakistan panama paraguay peru philippines poland portugal " +
	"qatar romania russia rwanda scotland senegal serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tajikistan tanzania thailand tunisia turkey turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam wales yemen zambia zimbabwe")

// bigCities are, with their states, those that news names without them too.
var bigCities = fieldSet("losangeles,california sanfrancisco,california sandiego,california oakland,california sacramento,california chicago,illinois houston,texas dallas,texas austin,texas sanantonio,texas " +
	"philadelphia,pennsylvania pittsburgh,pennsylvania phoenix,arizona boston,massachusetts seattle,washington denver,colorado detroit,michigan miami,florida orlando,florida tampa,florida baltimore,maryland lasvegas,nevada " +
	"neworleans,louisiana minneapolis,minnesota cleveland,ohio cincinnati,ohio saintlouis,missouri newyork,newyork honolulu,hawaii atlanta,georgia milwaukee,wisconsin indianapolis,indiana memphis,tennessee nashville,tennessee " +
	"toronto,ontario ottawa,ontario vancouver,britishcolumbia montreal,quebec calgary,alberta edmonton,alberta winnipeg,manitoba saltlakecity,utah")

// stateNames are the abbreviations of American states and Canadian provinces, as datelines have them.
var stateNames = func() map[string]string {
	table := map[string]string{}
	for _, line := range strings.Split("alabama ala al;alaska ak;arizona ariz az;arkansas ark ar;california calif cal ca;colorado colo co;connecticut conn ct;delaware del de;florida fla fl;georgia ga;hawaii hi;idaho id;illinois ill il;indiana ind in;iowa ia;"+
		"kansas kan kans ks;kentucky ky;louisiana la;maine me;maryland md;massachusetts mass ma;michigan mich mi;minnesota minn mn;mississippi miss ms;missouri mo;montana mont mt;nebraska neb nebr ne;nevada nev nv;newhampshire nh;newjersey nj;newmexico nm;newyork ny;"+
		"northcarolina nc;northdakota nd;ohio oh;oklahoma okla ok;oregon ore or;pennsylvania pa penn;rhodeisland ri;southcarolina sc;southdakota sd;tennessee tenn tn;texas tex tx;utah ut;vermont vt;virginia va;washington wash wa;westvirginia wva wv;wisconsin wis wisc wi;wyoming wyo wy;"+
		"districtofcolumbia dc;ontario ont on;quebec que qc;britishcolumbia bc;alberta alta ab;manitoba man mb;saskatchewan sask sk;novascotia ns;newbrunswick nb;newfoundland nfld nl", ";") {
		fields := strings.Fields(line)
		for _, f := range fields {
			table[f] = fields[0]
		}
	}
	return table
}()

// knownForms are the groups of known names by all their letters. Groups of organisations and of places are numbered on.
var knownOrgForms, knownPlaceForms = formsOf(knownOrgs, 1), formsOf(knownPlaces, 1+len(knownOrgs))

func formsOf(groups []string, base int) map[string]int {
	table := map[string]int{}
	for i, group := range groups {
		for _, form := range strings.Split(group, "|") {
			key := string(appendKnownKey(nil, appendOrgTokens(nil, form)))
			if table[key] == 0 {
				table[key] = base + i
			}
		}
	}
	return table
}

// appendKnownKey appends what known names are found by: all words but a leading "the", without spaces.
func appendKnownKey(key []byte, tokens []orgToken) []byte {
	tokens = theLess(tokens)
	for i := range tokens {
		key = append(key, tokens[i].folded...)
	}
	return key
}

// knownGroup returns the group of a name, 0 when it is in none, by its key. An acronym is one only in capitals: who is nobody.
func knownGroup(n *Name, key []byte) int {
	table := knownOrgForms
	if n.Type == Place {
		table = knownPlaceForms
	}
	if g := table[string(key)]; g != 0 && (len(key) > 4 || n.short || !acronymForms[string(key)]) {
		return g
	}
	if n.Type == Place {
		return 0
	}
	if rest, ok := bytes.CutPrefix(key, []byte("us")); ok && len(rest) > 8 && table[string(rest)] != 0 {
		return table[string(rest)]
	}
	all := key[:0]
	for i := range n.Words {
		all = append(all, n.Words[i].Plain...)
	}
	if g := table[string(all)]; g != 0 && (len(all) > 4 || n.short) {
		return g
	}
	return 0
}

// acronymForms are the known forms that are acronyms and also words in lower case.
var acronymForms = fieldSet("us who un eu au ec ge hp gm bp ap fed car la mit ft sec rok")
