package aliases

import (
	"slices"
	"strings"
	"unicode"

	"dateline/index/names"
)

// class is what the archive does with two names that are alike.
type class uint8

const (
	suggests  class = iota // somebody has to say
	ifDefined              // one by rule where an article says what the acronym stands for
	merges                 // one by rule
)

// classify says what the archive does with a verdict. It is stricter than [names.Merge]: what is right on pairs that somebody
// wrote down is wrong on some of the millions that an archive has.
func classify(a, b *names.Name, v names.Verdict) class {
	if !v.Merges() {
		return suggests
	}
	c := merges
	for _, s := range strictures {
		if (s.typ == "" || s.typ == a.Type) && (s.reason == "" || s.reason == v.Reason) && s.applies(a, b) {
			c = min(c, s.class)
		}
	}
	return c
}

// demoted is what is left of a score that would merge by itself but does not by the rules of the archive.
const demoted = 0.8

// judge compares two names.
func judge(a, b *names.Name) verdict {
	v := names.Compare(a, b)
	c := classify(a, b, v)
	if c == suggests && v.Merges() {
		v.Score *= demoted
	}
	return verdict{v, c}
}

// stricture is where the archive merges less than package names would. The examples are of two years of news.
type stricture struct {
	typ, reason string // of the verdict; "" is any
	applies     func(a, b *names.Name) bool
	class       class
	example     string
}

var strictures = []stricture{
	{"", names.AcronymFits, always, ifDefined, "three initials fit dozens of names: CMS is no Chicago Medical School"},
	{"", names.SameSound, tiny, suggests, "Ba1 is not Baa1, CII not Cy, GAAP not Gap"},
	{"", names.NearSound, homely, suggests, "where nothing is transliterated, other letters are another name: Market, Markit; Columbia, Colombia"},

	{names.Person, "", endsInInitial, suggests, "Robert W. is anybody"},
	{names.Person, names.SameForm, notShortForm, suggests, "John is no Jean where he lives, nor Bob a Rob"},
	{names.Person, names.SameForm, common, suggests, "there are a Tim and a Timothy Jones"},
	{names.Person, names.SameSound, common, suggests, "and an Eric and an Erik Smith"},
	{names.Person, names.NameMissing, doubleName, suggests, "Mary White is not Mary Jo White"},
	{names.Person, names.InitialFits, otherInitials, suggests, "J. Wayne Leonard is no Joe, R.J. O'Brien no Rosalba"},
	{names.Person, names.InitialFits, otherSurname, suggests, "S. Still is not Shawn Steel"},
	{names.Person, names.OtherOrder, otherWords, suggests, "Tom Bradley is not Bradley Thomas"},
	{names.Person, "", loneUnlike, suggests, "Jones is not Van Jones, Trump not Trump Jr."},

	{names.Org, names.SameSound, oneWordAtHome, suggests, "Kynect is not Kinect"},
	{names.Org, names.SameLetters, generically, suggests, "News is not News Corp"},
	{names.Org, names.SameLetters, otherArticle, suggests, "the L.A. Times is not The Times"},
	{names.Org, names.WeakWords, generically, suggests, "Broadcasting Group is not Broadcasting Corp"},
	{names.Org, names.WeakWords, international, suggests, "Access is not Access International"},
	{names.Org, names.OtherOrder, generically, suggests, "the State Council is China's, the Council of State France's"},

	{names.Place, "", otherDirection, suggests, "southern Africa is not South Africa"},
	{names.Place, names.AcronymKnown, formerName, suggests, "Salisbury is in England, and was Harare"},
	{names.Place, names.SameSound, otherFirstLetter, suggests, "Kantor is not Cantor"},
	{names.Place, names.WeakWords, portOf, suggests, "Port of Spain is not in Spain"},
	{names.Place, names.SameLetters, oneWordOrTwo, suggests, "Westchester is not West Chester"},
	{names.Place, names.SameLetters, wordDropped, suggests, "East L.A. is not the East"},
	{names.Place, names.SameLetters, acronymOrWord, suggests, "M.D. is no Md."},
}

func always(a, b *names.Name) bool { return true }

// tiny reports whether two names of our alphabet that sound alike are too short for that to say much.
func tiny(a, b *names.Name) bool {
	other := func(n *names.Name) bool {
		return strings.ContainsFunc(n.Text, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
	}
	return min(len(a.Letters()), len(b.Letters())) < 5 && !other(a) && !other(b)
}

// homely reports whether neither name shows that it comes out of another alphabet.
func homely(a, b *names.Name) bool { return !a.Transliterated() && !b.Transliterated() }

func endsInInitial(a, b *names.Name) bool {
	ends := func(n *names.Name) bool { return len(n.Words) > 1 && len(n.Surname()) == 1 }
	return ends(a) || ends(b)
}

func common(a, b *names.Name) bool { return (a.Common() || b.Common()) && homely(a, b) }

// doubleName reports whether a surname is common and the middle name that one lacks is so short that it belongs to the first.
func doubleName(a, b *names.Name) bool {
	if len(a.Words) < len(b.Words) {
		a, b = b, a
	}
	given := a.Given()
	return common(a, b) && len(given) == 2 && !given[1].Initial() && len(given[1].Plain) < 4
}

// otherInitials reports whether a name with initials has more or fewer given names than the other: who writes the first one as
// an initial goes by the second.
func otherInitials(a, b *names.Name) bool {
	return len(a.Words) != len(b.Words) && (len(a.Words) > 2 && a.Words[0].Initial() || len(b.Words) > 2 && b.Words[0].Initial())
}

func otherSurname(a, b *names.Name) bool { return a.Surname() != b.Surname() && homely(a, b) }

// otherWords reports whether two names are not the same words, and not for transliteration.
func otherWords(a, b *names.Name) bool {
	return homely(a, b) && !slices.Equal(sorted(a), sorted(b))
}

func sorted(n *names.Name) (words []string) {
	for i := range n.Words {
		words = append(words, n.Words[i].Plain)
	}
	slices.Sort(words)
	return words
}

// loneUnlike reports whether two surnames alone have other particles than Arabic articles, or one is Jr.
func loneUnlike(a, b *names.Name) bool {
	if !a.Lone() || !b.Lone() {
		return false
	}
	return a.Suffix != b.Suffix || a.Number != b.Number || !slices.Equal(particles(a), particles(b))
}

func particles(n *names.Name) []string {
	return slices.DeleteFunc(slices.Clone(n.Particles), func(p string) bool { return p == "al" || p == "el" })
}

func oneWordAtHome(a, b *names.Name) bool { return len(a.Words) == 1 && homely(a, b) }

// vague are words that are no name of an organisation by themselves, besides those of [names.Name.Generic].
var vague = []string{"broadcasting", "investment", "investments", "industry", "access"}

// generically reports whether the words of two names are ones that many have, and they are not written alike.
func generically(a, b *names.Name) bool {
	generic := a.Generic() && b.Generic() || slices.Contains(vague, a.Letters()) && slices.Contains(vague, b.Letters())
	return generic && !strings.EqualFold(a.Text, b.Text)
}

// international reports whether two names of one word differ in International, which says more than Group does.
func international(a, b *names.Name) bool {
	ends := func(n *names.Name) bool { return strings.Contains(strings.ToLower(n.Text), "international") }
	return len(a.Words) == 1 && ends(a) != ends(b)
}

// directions are regions as they are named and as they are described.
var directions = []string{"northern", "southern", "eastern", "western"}

func otherDirection(a, b *names.Name) bool {
	described := func(n *names.Name) bool {
		return slices.ContainsFunc(strings.Fields(strings.ToLower(n.Text)), func(w string) bool { return slices.Contains(directions, w) })
	}
	return described(a) != described(b)
}

func otherFirstLetter(a, b *names.Name) bool {
	x, y := a.Letters()[0], b.Letters()[0]
	return min(x, y) == 'c' && max(x, y) == 'k' && homely(a, b)
}

// wordDropped reports whether one of two names has a word that was not looked at, but for the article and Republic of.
func wordDropped(a, b *names.Name) bool {
	return spelled(a) != spelled(b) && writtenWords(a) != writtenWords(b) && !strings.Contains(a.Text+b.Text, " of ")
}

func portOf(a, b *names.Name) bool {
	port := func(n *names.Name) bool { return strings.HasPrefix(strings.ToLower(n.Text), "port ") }
	return port(a) != port(b)
}

// writtenWords counts the words of a name as it is written; a hyphen parts them as a space does.
func writtenWords(n *names.Name) int {
	return len(strings.Fields(strings.ReplaceAll(n.Text, "-", " ")))
}

// oneWordOrTwo reports whether one of two names is one word and the other the same in two.
func oneWordOrTwo(a, b *names.Name) bool {
	x, y := writtenWords(a), writtenWords(b)
	return min(x, y) == 1 && max(x, y) == 2 && spelled(a) == spelled(b)
}

// spelled returns the letters and digits of a name as it is written, without an article before it.
func spelled(n *names.Name) string {
	letters, _ := names.Romanize(n.Text)
	for _, article := range []string{"the", "al"} {
		letters = strings.TrimPrefix(letters, article)
	}
	return letters
}

// acronymOrWord reports whether one of two short names is an acronym, and the other a word.
func acronymOrWord(a, b *names.Name) bool {
	return a.Short() != b.Short() && len(spelled(a)) < 4 && len(spelled(b)) < 4
}

// otherArticle reports whether only one of two names begins with what may be an article, or Los Angeles.
func otherArticle(a, b *names.Name) bool {
	begins := func(n *names.Name) bool {
		first, _, more := strings.Cut(strings.ToLower(n.Text), " ")
		return more && slices.Contains([]string{"la", "le", "el", "los", "las"}, first)
	}
	return begins(a) != begins(b)
}

// elsewhere are former names of towns that others bear today.
var elsewhere = []string{"salisbury", "canton", "batavia", "bathurst", "portelizabeth", "la"}

func formerName(a, b *names.Name) bool {
	return slices.Contains(elsewhere, a.Letters()) || slices.Contains(elsewhere, b.Letters())
}
