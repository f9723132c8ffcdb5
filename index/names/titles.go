package names

import "strings"

// titleWords are words before a person's name that are no part of it, folded: honorifics, ranks, offices and roles. A title
// that a woman or a man alone has is in womens or mens.
const titleWords = " mr mrs ms miss mister mx dr doctor prof professor sir dame lord lady rev reverend fr father sister brother rabbi imam sheikh shaikh " +
	"sheik ayatollah mullah maulana hajji haji pope cardinal archbishop bishop saint st patriarch metropolitan president prophet majority minority whip house vice deputy acting " +
	"former ex late then interim outgoing incoming prime premier minister chancellor secretary senator sen congressman congresswoman congressmember rep " +
	"representative governor gov mayor councillor councilor councilman councilwoman alderman ambassador amb envoy consul commissioner chairman chairwoman chairperson chair chief " +
	"director manager ceo cfo coo founder owner head leader speaker spokesman spokeswoman spokesperson judge justice attorney general gen lieutenant " +
	"lt colonel col major maj captain capt cpt sergeant sgt corporal cpl private pvt admiral adm commander cmdr marshal brigadier brig officer detective inspector " +
	"superintendent constable sheriff king queen prince princess duke duchess emperor empress count countess baron baroness emir sultan shah tsar czar crown staff elect presidentelect " +
	"coach analyst economist author actor actress singer architect engineer lawyer journalist reporter correspondent editor writer defence defense foreign " +
	"interior finance economy justice health education energy labour labor state union first lady lead senior junior honourable honorable hon rt " +
	"herr frau fraulein doktor bundeskanzler bundeskanzlerin kanzler kanzlerin prasident prasidentin praesident bundesprasident burgermeister minister ministerin ministerprasident " +
	"m mme mlle monsieur madame mademoiselle maitre me ministre senor senora senorita sr sra srta don dona senhor senhora signor signora signore dott presidente presidenta ministro ministra " +
	"dhr mevr mevrouw meneer heer pan pani fru gospodin gospozha gospodarz gn gzha bay hanim effendi tovarishch prezident ministr general polkovnik akademik "

var titles = fieldSet(titleWords)

// doubtful titles are also given names, initials or nicknames: they are titles only where two other names follow.
var doubtful = fieldSet(" m me don pan bay duke count st saint lead state head union acting late first justice ")

// courtesies are the titles that a name in print goes without.
var courtesies = fieldSet(" mr mrs ms miss mister dr sir prof professor herr frau mme mlle monsieur madame senor senora signor signora dhr mevr gn gzha ")

// royal are titles that belong to a name so closely that two of them are two people: Pope Francis, King Francis.
var royal = fieldSet(" pope king queen prince princess emperor empress patriarch sultan tsar czar saint duke duchess ")

var (
	womens = fieldSet(" mrs ms miss lady dame queen princess duchess countess baroness empress frau mme mlle madame mademoiselle senora sra srta senhora signora mevr mevrouw pani fru gospozha gzha congresswoman chairwoman spokeswoman actress councilwoman sister ")
	mens   = fieldSet(" mr mister sir lord king prince duke baron emperor herr monsieur senor senhor signor signore dhr meneer gospodin gn congressman chairman spokesman father brother pope tsar czar ")
)

// suffixes are what follows a person's name: the value is what it is compared as, "" where it is not.
var suffixes = map[string]string{"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "fils": "jr", "pere": "sr", "mp": "", "phd": "", "md": "", "esq": "", "qc": "", "kc": "",
	"mbe": "", "obe": "", "cbe": "", "kbe": "", "mep": "", "msp": "", "mba": "", "dds": "", "ret": "", "mla": "", "cpa": "", "llb": "", "llm": "", "msc": "", "bsc": "", "dphil": ""}

// numbers are the regnal and generation numbers.
var numbers = fieldSet(" ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii ")

// oneLetterNumbers are numbers only behind a ruler's name.
var oneLetterNumbers = fieldSet(" i v x ")

// particles belong to a surname and are compared only when both names have some.
var particles = fieldSet(" van von der den de del della di da do dos das du la le les los las el al ul bin ibn bint ben abu ter ten zu zum zur af av und y e ash as ad an ar at az ")

// calendar are weekdays, months and seasons, which are no names.
var calendar = fieldSet(" monday tuesday wednesday thursday friday saturday sunday january february march may june july august september october november december " +
	"mon tue tues wed thu thur thurs fri sat sun jan feb mar apr april jun jul aug sep sept oct nov dec today yesterday tomorrow spring summer autumn winter christmas easter ramadan ")

// demonyms are the inhabitants' and the adjectives' forms, and their places. Used as a name they are an adjective, no place.
var demonyms = func() map[string]string {
	table := map[string]string{}
	for _, pair := range strings.Split("american:united states;british:united kingdom;english:england;scottish:scotland;welsh:wales;irish:ireland;french:france;german:germany;italian:italy;spanish:spain;"+
		"portuguese:portugal;dutch:netherlands;belgian:belgium;swiss:switzerland;austrian:austria;swedish:sweden;norwegian:norway;danish:denmark;finnish:finland;icelandic:iceland;polish:poland;czech:czechia;"+
		"slovak:slovakia;hungarian:hungary;romanian:romania;bulgarian:bulgaria;serbian:serbia;croatian:croatia;slovenian:slovenia;bosnian:bosnia;albanian:albania;greek:greece;turkish:turkey;cypriot:cyprus;"+
		"russian:russia;ukrainian:ukraine;belarusian:belarus;moldovan:moldova;georgian:georgia;armenian:armenia;azerbaijani:azerbaijan;azeri:azerbaijan;kazakh:kazakhstan;uzbek:uzbekistan;turkmen:turkmenistan;"+
		"kyrgyz:kyrgyzstan;tajik:tajikistan;estonian:estonia;latvian:latvia;lithuanian:lithuania;chinese:china;japanese:japan;korean:korea;vietnamese:vietnam;thai:thailand;indonesian:indonesia;malaysian:malaysia;"+
		"filipino:philippines;indian:india;pakistani:pakistan;bangladeshi:bangladesh;nepalese:nepal;afghan:afghanistan;iranian:iran;iraqi:iraq;syrian:syria;lebanese:lebanon;israeli:israel;palestinian:palestine;"+
		"jordanian:jordan;saudi:saudi arabia;yemeni:yemen;omani:oman;kuwaiti:kuwait;qatari:qatar;emirati:united arab emirates;egyptian:egypt;libyan:libya;tunisian:tunisia;algerian:algeria;moroccan:morocco;"+
		"sudanese:sudan;ethiopian:ethiopia;eritrean:eritrea;somali:somalia;kenyan:kenya;ugandan:uganda;tanzanian:tanzania;rwandan:rwanda;congolese:congo;nigerian:nigeria;ghanaian:ghana;senegalese:senegal;"+
		"malian:mali;angolan:angola;zambian:zambia;zimbabwean:zimbabwe;mozambican:mozambique;namibian:namibia;canadian:canada;mexican:mexico;cuban:cuba;haitian:haiti;colombian:colombia;venezuelan:venezuela;"+
		"ecuadorian:ecuador;peruvian:peru;bolivian:bolivia;chilean:chile;argentine:argentina;argentinian:argentina;brazilian:brazil;uruguayan:uruguay;paraguayan:paraguay;australian:australia;european:europe;"+
		"african:africa;asian:asia;arab:arabia;chechen:chechnya;kurdish:kurdistan;soviet:soviet union;western:;eastern:;northern:;southern:;muslim:;christian:;jewish:;islamic:;catholic:", ";") {
		adjective, place, _ := strings.Cut(pair, ":")
		table[adjective] = place
	}
	return table
}()
