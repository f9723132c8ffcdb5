package names

// Scores from which on names may be merged by rule, and are worth a suggestion. Scores are not probabilities: each rule gives
// what it says in its place, so that Merge stands between those rules that are right on the golden pairs of testdata/names
// and those that need somebody who knows. On the half of the pairs that nothing was tuned with, Merge has a precision of 0.99
// and a recall of 0.96; TestGolden prints them.
const (
	Merge   = 0.85
	Suggest = 0.5
)

// Verdict is how far two names are one, from 0 to 1, and why, in words that a reader of suggestions understands.
type Verdict struct {
	Score  float64
	Reason string
}

// Merges reports whether the names may be merged by rule.
func (v Verdict) Merges() bool { return v.Score >= Merge }

// Suggests reports whether the names may be one, and somebody has to say.
func (v Verdict) Suggests() bool { return v.Score >= Suggest && v.Score < Merge }

// Same scores two names of a type as [Compare] does.
func Same(typ, a, b string) (score float64, reason string) {
	x, y := Parse(typ, a), Parse(typ, b)
	v := Compare(&x, &y)
	return v.Score, v.Reason
}

// Compare scores two names of one type. It is symmetric. It takes the names as those of an archive, where a surname alone
// may be anybody's; for the names of one article see [Cluster]. Merging is not transitive: whoever merges more than two
// names asks for each pair, or an acronym of two organisations makes them one.
func Compare(a, b *Name) Verdict {
	switch {
	case a.Type != b.Type:
		return Verdict{0, "of different types"}
	case len(a.Words) == 0 || len(b.Words) == 0:
		return compareEmpty(a, b)
	case a.Type == Person:
		return comparePersons(a, b)
	case a.Type == Place:
		return comparePlaces(a, b)
	}
	return compareOrgs(a, b)
}

// compareEmpty compares names without a word, which are one only as they are written.
func compareEmpty(a, b *Name) Verdict {
	if a.Text == b.Text && len(a.Words) == len(b.Words) {
		return Verdict{1, "written the same"}
	}
	return Verdict{0, "no name"}
}

// best returns the verdict with the higher score, the first of equals.
func best(a, b Verdict) Verdict {
	if b.Score > a.Score {
		return b
	}
	return a
}

// The reasons of verdicts: one sentence part each, so that a page can list them. Those that an archive has rules about are exported.
const (
	SameLetters    = "the same letters"
	SameSound      = "the same but for transliteration"
	NearSound      = "near under transliteration"
	SameForm       = "forms of one given name"
	InitialFits    = "the initial fits"
	NameMissing    = "the same but for a missing middle name"
	firstMissing   = "the same but for a missing first name"
	OtherOrder     = "the same parts in another order"
	surnameOnly    = "a surname alone may be anybody's of that name"
	commonInitial  = "the initial fits, but the surname is common"
	otherSpelling  = "spelt differently where names have one spelling"
	secondMissing  = "the same but for a second surname"
	suffixMissing  = "the same but for Jr. or a number"
	hyphenMissing  = "half of a double given name is missing"
	otherGiven     = "different given names"
	otherSurname   = "different surnames"
	otherSuffix    = "one is Jr., the other Sr."
	otherNumber    = "different numbers"
	otherTitle     = "different titles"
	joinedLetters  = "the same letters, parted differently"
	AcronymKnown   = "a well-known acronym or other name"
	AcronymFits    = "the acronym fits the words"
	acronymGiven   = "the acronym is written with its words"
	acronymMany    = "the acronym fits, but stands for several"
	acronymShort   = "the acronym fits, but is short"
	acronymOther   = "the acronym stands for another name"
	partOf         = "one is named as part of the other"
	otherWords     = "different words"
	WeakWords      = "the same but for a word like Group"
	otherQualifier = "in different places"
	countryNamed   = "the same, one with its country"
	qualifierNamed = "the same, one with where it is"
	genericName    = "one lacks a word like Company or Bank"
	otherKnown     = "different well-known names"
)
