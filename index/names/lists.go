package names

// lists are those that a folded word is in, a bit for each, so that one look says all.
type lists uint32

const (
	inTitles lists = 1 << iota
	inDoubtful
	inCourtesies
	inParticles
	inStates
	inSuffixes
	inNumbers
	inOneLetterNumbers
	inCalendar
	inDemonyms
	inStops
	inRoles
	inJoined
	inArticles
	inCompanyForms
	inFrontForms
	inWeakForms
	inSaints
	inKinds
	inOffices
	inBritish // spelt in another way by Americans
)

// listed are all words of the lists.
var listed = func() map[string]lists {
	table := map[string]lists{}
	for list, words := range map[lists]map[string]bool{
		inTitles: titles, inDoubtful: doubtful, inCourtesies: courtesies, inParticles: particles, inStates: states, inNumbers: numbers,
		inOneLetterNumbers: oneLetterNumbers, inCalendar: calendar, inStops: stops, inRoles: roles, inJoined: joined, inArticles: articles,
		inCompanyForms: companyForms, inFrontForms: frontForms, inWeakForms: weakForms, inKinds: kinds, inOffices: offices,
	} {
		for word := range words {
			table[word] |= list
		}
	}
	for list, words := range map[lists]map[string]string{inSuffixes: suffixes, inDemonyms: demonyms, inSaints: saintForms} {
		for word := range words {
			table[word] |= list
		}
	}
	return table
}()

// in reports whether a word is in one of some lists at least.
func (l lists) in(some lists) bool { return l&some != 0 }
