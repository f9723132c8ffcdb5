package aliases

import (
	"strings"

	"dateline/index/names"
)

// shortForms are English given names with the forms that one person goes by and is written by. What is used in its place less
// often, or for another name too, or is the name in another language, is not here: Jack, Ivan.
var shortForms = func() map[[2]string]bool {
	forms := map[[2]string]bool{}
	for _, line := range strings.Split("william bill will billy;robert bob rob bobby;joseph joe joey;james jim jimmy;michael mike mick;richard rich rick dick;edward ed eddie;"+
		"theodore ted;edward ted;thomas tom tommy;anthony tony;charles charlie chuck;john johnny;jonathan jon;daniel dan danny;david dave;steven steve;stephen steve;"+
		"christopher chris;christine chris tina;christina chris tina;benjamin ben;samuel sam sammy;samantha sam;andrew andy drew;alexander alex;alexandra alex;nicholas nick;"+
		"gregory greg;matthew matt;patrick pat;patricia pat;peter pete;ronald ron ronnie;donald don donnie;kenneth ken kenny;lawrence larry;leonard len lenny;raymond ray;"+
		"gerald gerry jerry;jeffrey jeff;geoffrey geoff;philip phil;phillip phil;timothy tim;walter walt;henry hank;harold hal;frederick fred;franklin frank;francis frank;albert al;"+
		"alfred al fred;arthur art;eugene gene;martin marty;maxwell max;nathan nate;nathaniel nate nat;stanley stan;vincent vince;zachary zach zack;douglas doug;elizabeth liz beth betty;"+
		"margaret maggie peggy meg;catherine cathy kate cate;katherine kathy kate katie;kathryn kathy;kathleen kathy;susan sue susie;deborah deb debbie;debra deb debbie;barbara barb;"+
		"jennifer jen jenny;jessica jess;victoria vicky;rebecca becky;abigail abby;judith judy;pamela pam;cynthia cindy;theresa terry;terence terry;terrence terry;calvin cal;"+
		"clifford cliff;russell russ;rodney rod;randolph randy;randall randy;herbert herb;gilbert gil;norman norm;mitchell mitch;melvin mel;ernest ernie;bernard bernie;"+
		"joshua josh;jacob jake;louis lou;louise lou;gustav gus;augustus gus;allan al;alan al;emmanuel manny;bradley brad;bradford brad;jeremiah jerry;isabel izzy;vladimir volodya;mohammed mo", ";") {
		fields := strings.Fields(line)
		for _, f := range fields[1:] {
			forms[[2]string{fields[0], f}], forms[[2]string{f, fields[0]}] = true, true
		}
	}
	return forms
}()

// notShortForm reports whether the first names of two people are not one in full and in short, and nothing is transliterated.
func notShortForm(a, b *names.Name) bool {
	return homely(a, b) && !shortForms[[2]string{a.Words[0].Plain, b.Words[0].Plain}]
}
