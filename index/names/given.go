package names

import (
	"slices"
	"strings"
)

// givenGroups are the forms of one given name: nicknames, and what it is in other languages. A form may be of several names.
// Spellings that transliteration explains need no entry of their own.
var givenGroups = []string{
	"william will willie bill billy", "robert rob robbie bob bobby roberto", "joseph joe joey jose josef giuseppe josip iosif yosef",
	"james jim jimmy jamie", "michael mike mick mickey mikhail michel miguel mykhailo misha mikheil mikael michele mihail",
	"richard rick rich dick ricky", "edward ed eddie ted teddy eduard edouard", "theodore ted teddy theo fyodor fedor theodor",
	"thomas tom tommy tomas", "anthony tony antonio antoine anton antony", "charles charlie chuck carlos karl carl carlo",
	"john jack johnny jon juan ivan jean johann jan giovanni ioan hans johannes joao ioannis yannis giannis", "jonathan jon jonny", "daniel dan danny",
	"david dave davy davit", "steven steve stephen stefan stephan esteban stepan", "christopher chris kit", "christian chris cristian",
	"christina chris tina christine kristina", "benjamin ben benny", "samuel sam sammy", "samantha sam", "andrew andy drew",
	"andrew andrei andre andreas andriy andrzej andrea", "alexander alex sasha alejandro aleksandr alexandre alessandro oleksandr",
	"alexander aljaksandr aliaksandr alyaksandr", "alexandra sasha alex", "alexei alexey aleksey oleksiy oleksii alyosha alexis",
	"nicholas nick nicky nicolas nikolai nikola mykola nicola nikolaus", "gregory greg grigory hryhoriy grigori",
	"matthew matt matteo matthias matvei", "patrick pat paddy", "patricia pat patty tricia", "peter pete pyotr petr piotr pedro petro pierre pieter pietro",
	"paul pavel pablo pavlo paolo", "george jorge georgy georgi georges yuri heorhiy giorgio georgios giorgi giorgos yorgos yiorgos", "yuri yury yuriy iouri juri",
	"ronald ron ronnie", "donald don donnie", "kenneth ken kenny", "lawrence larry laurence laurent lorenzo", "leonard len lenny leo", "raymond ray",
	"gerald gerry jerry", "jeffrey jeff geoffrey geoff", "philip phil felipe philippe filip phillip", "timothy tim timmy",
	"walter walt wally", "henry hank harry henri heinrich enrique", "harold harry hal", "frederick fred freddy friedrich frederic",
	"francis frank francisco franz francois francesco", "franklin frank", "albert al bert alberto", "alfred al fred", "arthur art",
	"eugene gene yevgeny evgeny yevhen jewgeni evgeni ievgen", "martin marty", "maxwell max", "maximilian max", "maxim max maksym maksim",
	"nathan nate", "nathaniel nate nat", "peter petros", "stanley stan", "vincent vince vicente vincenzo", "zachary zach zack", "douglas doug",
	"elizabeth liz beth betty lizzie eliza elisabeth elisabet bess libby yelizaveta", "margaret maggie peggy meg marge margarita",
	"catherine kate katie cathy kathy katherine kathryn ekaterina yekaterina catalina katharina caterina kateryna",
	"susan sue susie suzanne", "deborah deb debbie debra", "barbara barb", "jennifer jen jenny", "jessica jess jessie",
	"victoria vicky tori viktoria", "rebecca becky", "abigail abby", "judith judy", "pamela pam", "cynthia cindy", "dorothy dot dottie",
	"nancy nan", "theresa terry tess teresa therese", "ann annie anna anne", "helen elena yelena olena helena helene", "mary maria marie molly",
	"vladimir volodymyr wolodymyr uladzimir volodya", "sergei serhiy sergey serge sergio siarhei sergii", "dmitry dmytro dmitri dimitri dima",
	"igor ihor", "oleg oleh", "konstantin kostyantyn constantine constantin kostas konstantinos costas", "vasily vasyl vasiliy", "viktor victor vitya", "leonid leonyd",
	"vitaly vitali vitaliy vitalii", "gennady hennadiy gennadi", "ilya illya ilia", "valery valeriy valerii valeri", "yulia julia yuliya iuliia",
	"natalia natalya nataliya natasha natalie", "tatiana tatyana tanya tetiana", "oksana aksana", "arkady arkadi arkadiy", "anatoly anatoli anatoliy",
	"moses moshe musa moussa", "isaac yitzhak itzhak",
	"benjamin binyamin benyamin", "shimon simon simeon", "jacob jake yaakov", "joshua josh yehoshua", "lev leo leon", "louis luis luigi lou ludwig", "lucas luke luka", "mark marc marco marcus marko", "james jaime jaume",
	"hugh hugo", "erik eric erich", "frederik fredrik", "nils niels", "jens jen", "gustav gustavo gus", "augustus gus", "laura lori", "sophia sofia sophie", "xenia ksenia kseniya", "eve eva yeva",
	"jonas yonas", "yaroslav jaroslav", "stanislav stas", "vyacheslav viacheslav slava vjatscheslaw", "bogdan bohdan", "roman ramon", "raphael rafael rafa", "gabriel gavriil", "emmanuel manuel manny",
	"alan allan allen al", "sean shaun shawn", "brian bryan", "stuart stewart", "geoffrey jeffrey", "neil neal", "teri terry", "terence terry", "calvin cal", "clifford cliff", "russell russ", "rodney rod", "roderick rod",
	"randolph randy", "randall randy", "herbert bert herb", "hubert bert", "gilbert gil", "norman norm", "oliver ollie", "leslie les", "mitchell mitch", "melvin mel", "ernest ernie ernesto ernst", "bernard bernie bernhard",
}

// arabicGroups are names of Islam, which are given names and surnames.
var arabicGroups = []string{
	"mohammed muhammad mohammad mohamed muhammed mohamad mohamud magomed mehmet mahamed md mohd", "ahmed ahmad akhmed achmed ahmet", "hussein husain hussain husayn husein hossein huseyn hussin",
	"hassan hasan", "yusuf youssef yousef yusef yousuf yousif", "khalid khaled", "omar umar omer", "osama usama", "abdul abdel abd abdal abdol", "mahmoud mahmud mahmood mehmud",
	"abdullah abdallah abdulla abdollah", "ibrahim abraham ebrahim", "ismail ismael esmail", "mustafa mostafa moustafa", "said saeed sayed saied", "suleiman sulaiman soleiman suleyman solomon",
	"muammar moammar", "nasser nasir naser", "rashid rasheed rachid", "tariq tarek tarik", "yahya yehya yahia", "karim kareem", "salim saleem selim", "saleh salih salah", "jamal gamal djamal", "iskandar iskander",
	"osman othman uthman", "ali aly", "faisal faysal feisal", "hosni husni", "walid waleed", "hamid hameed", "majid majeed", "pervez parvez parviz parwez", "aziz azeez",
}

// sharedNames are given names at home in so many languages that they say nothing of a surname's.
const sharedNames = " peter maria anna alexander victor viktor martin max roman simon leo leon marina nina vera helena elena michael daniel " +
	"andreas anton eva adam ali sara sarah marko mark marco filip stefan igor ivan boris oleg oliver natalie alexandra "

// westernNames are given names, besides those of the groups' English, that show a name to be spelt as its bearer spells it,
// so that another spelling of the surname is another surname.
const westernNames = " william will bill billy robert rob bob bobby joseph joe james jim jimmy mike richard rick dick edward ed eddie ted teddy " +
	"thomas tom tommy anthony tony charles charlie chuck john jack johnny jonathan jon dan danny david dave steven steve stephen " +
	"christopher chris christian christina christine benjamin ben samuel sam samantha andrew andy nicholas nick gregory greg matthew matt " +
	"patrick pat patricia pete paul ronald ron donald don kenneth ken lawrence larry leonard raymond ray gerald gerry jerry jeffrey jeff " +
	"geoffrey philip phil timothy tim walter henry harry harold frederick fred francis frank franklin albert alfred arthur eugene gene " +
	"nathan stanley vincent zachary douglas doug elizabeth liz beth betty margaret maggie catherine kate katie kathy katherine susan sue " +
	"deborah debbie barbara jennifer jenny jessica victoria rebecca becky abigail judith judy pamela nancy helen mary ann anne jane joan " +
	"emily emma olivia grace alice amy karen linda laura lisa julie kelly kevin brian bryan sean shaun scott eric erik karl carl paula " +
	"alan allan allen adrian aaron keith neil neal craig gary george graham howard hugh ian ivor jason justin keir kyle luke malcolm marcus " +
	"nigel oscar peggy ralph roger ross roy russell ryan simone stuart stewart terry trevor tyler wayne gordon glenn duncan dennis clive colin " +
	"hans jan johann johannes heinrich heinz fritz franz friedrich wolfgang jurgen juergen klaus dieter heike ingrid ursula angela gerhard gerd " +
	"helmut horst kurt ludwig manfred otto petra sabine silke ulrich uwe werner wilhelm wil piet joris pieter willem kees jeroen maarten sander " +
	"jens lars lena mats nils niels ole olof per sven soren gunnar bjorn bengt astrid birgit anders fredrik frederik gustav hakan henrik jorgen " +
	"jean pierre jacques francois michel claude claire luc louis marie nicolas olivier philippe sophie yves andre alain antoine gilles " +
	"jose juan carlos luis jorge pedro pablo miguel antonio manuel francisco javier ana lucia carmen rosa raul fernando alejandro diego " +
	"giovanni giuseppe luigi paolo pietro francesco carlo matteo lorenzo vincenzo roberto mario silvia tina daniela kirsten margaret julian "

// commonSurnames are so frequent that an initial or a missing name leaves too many people.
const commonSurnames = " smith jones johnson williams brown davis miller wilson moore taylor anderson thomas jackson white harris martin " +
	"thompson garcia martinez robinson clark rodriguez lewis lee walker hall allen young hernandez king wright lopez hill scott green adams " +
	"baker gonzalez nelson carter mitchell perez roberts turner phillips campbell parker evans edwards collins stewart sanchez morris rogers " +
	"reed cook morgan bell murphy kelly cooper bailey ward cox muller mueller schmidt schneider fischer weber meyer wagner becker schulz hoffmann " +
	"dubois bernard petit durand leroy moreau simon laurent lefebvre rossi russo ferrari silva santos oliveira souza costa pereira fernandez " +
	"gomez diaz ruiz ivanov ivanova petrov petrova sidorov kuznetsov smirnov popov vasiliev sokolov mikhailov kim park choi jung wang li " +
	"zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo singh kumar sharma patel khan gupta das ali ahmed hassan hussein " +
	"mohammed ibrahim abdullah nguyen tran pham le hoang jansen devries bakker visser hansen johansson andersson nielsen jensen larsen olsen tanaka sato suzuki "

// groupsOf are the groups of a given name by its skeleton. Groups begin at 1.
var groupsOf = func() map[string][]int {
	table := map[string][]int{}
	for i, group := range slices.Concat(givenGroups, arabicGroups) {
		for _, name := range strings.Fields(group) {
			if s := skeleton(name); !has(table[s], i+1) {
				table[s] = append(table[s], i+1)
			}
		}
	}
	return table
}()

var (
	western = fieldSet(westernNames)
	common  = fieldSet(commonSurnames)
	several = fieldSet(sharedNames)
)

func fieldSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[word] = true
	}
	return set
}

// isArabic reports whether a group is of arabicGroups.
func isArabic(group int) bool { return group > len(givenGroups) }

func has(list []int, n int) bool {
	for _, m := range list {
		if m == n {
			return true
		}
	}
	return false
}

// givenGroupsOf returns the groups of a word, by either of its skeletons.
func givenGroupsOf(w *spelling) []int {
	if groups := groupsOf[w.skeletons[0]]; groups != nil {
		return groups
	}
	return groupsOf[w.skeletons[1]]
}

// slavic reports whether a surname's ending shows that it was transliterated, whatever the given name.
func slavic(plain string) bool {
	for _, ending := range [...]string{"ov", "ev", "ova", "eva", "off", "eff", "ow", "ew", "sky", "ski", "skii", "skij", "skyj", "skyy", "skiy",
		"skaya", "skaja", "enko", "enka", "vich", "vic", "witsch", "vych", "chuk", "tschuk", "tchouk", "shvili", "dze", "yan", "oglu"} {
		if len(plain) > len(ending)+1 && strings.HasSuffix(plain, ending) {
			return true
		}
	}
	return false
}
