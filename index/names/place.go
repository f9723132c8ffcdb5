package names

import "strings"

// parsePlace takes a place's name apart: the words for its kind, a qualifier behind a comma, Saint.
func (n *Name) parsePlace() {
	head, qualifier, _ := strings.Cut(theOff(n.Text), ",")
	outer, inner := parenthesis(head)
	if qualifier == "" {
		qualifier = inner
	}
	n.short = isAcronym(outer)
	if n.short {
		n.Acronym = foldAcronym(outer)
	}
	var buf [someTokens]orgToken
	tokens := appendOrgTokens(buf[:0], outer)
	if len(tokens) == 0 {
		return
	}
	var keys [2][MaxBytes]byte
	key := appendKnownKey(keys[0][:0], tokens)
	tokens = cardinal(saints(tokens))
	n.initials = acronymsOf(tokens)
	if whole := theOff(n.Text); outer != whole {
		n.known = knownGroup(n, appendKnownKey(keys[1][:0], appendOrgTokens(nil, whole)))
	}
	if n.known != 0 {
		qualifier = "" // it is part of the name: Washington, D.C.
	} else {
		n.known = knownGroup(n, key)
	}
	n.Words = placeWords(n.kindOff(tokens))
	n.Qualifier = qualifierWords(qualifier)
}

// saints writes the abbreviations of Saint out.
func saints(tokens []orgToken) []orgToken {
	for i := range tokens {
		if tokens[i].lists.in(inSaints) && len(tokens) > 1 {
			tokens[i].text = saintForms[tokens[i].folded]
			tokens[i].fold()
		}
	}
	return tokens
}

// cardinal writes the abbreviation of a cardinal point out, and Northern as North.
func cardinal(tokens []orgToken) []orgToken {
	if full, ok := cardinals[tokens[0].folded]; ok && len(tokens) > 1 {
		tokens[0].text = full
		tokens[0].fold()
	}
	return tokens
}

var saintForms = map[string]string{"st": "saint", "ste": "sainte", "sankt": "saint", "sint": "saint", "mt": "mount", "ft": "fort", "is": "islands"}

var cardinals = map[string]string{"n": "north", "s": "south", "e": "east", "w": "west", "northern": "north", "southern": "south", "eastern": "east", "western": "west"}

// kinds are what stands before "of" and says only what kind of place it is.
var kinds = fieldSet("republic city kingdom province state commonwealth principality sultanate emirate grand duchy town village county municipality islamic federal federation port island")

// kindOff takes "Republic of" and "City of" off the front, and "the".
func (n *Name) kindOff(tokens []orgToken) []orgToken {
	for len(tokens) > 1 && tokens[0].folded == "the" {
		tokens = tokens[1:]
	}
	for i := 0; i < len(tokens)-1 && i < 3; i++ {
		if tokens[i].folded == "of" && i > 0 {
			n.weak = true
			return n.kindOff(tokens[i+1:])
		}
		if !tokens[i].lists.in(inKinds) || tokens[i].folded == "islamic" && tokens[i+1].folded == "state" {
			break
		}
	}
	return tokens
}

func placeWords(tokens []orgToken) []Word {
	words := make([]Word, 0, len(tokens))
	for i := range tokens {
		t := &tokens[i]
		if t.stop && len(tokens) > 1 && t.folded != "new" || len(words) == maxWords {
			continue
		}
		words = append(words, t.word())
	}
	return words
}

// qualifierWords returns what a qualifier says as one word: newyork of N.Y., texas of Tex.
func qualifierWords(text string) []Word {
	if text == "" {
		return nil
	}
	plain := ""
	for _, t := range appendOrgTokens(nil, shorten(text)) {
		plain += t.folded
	}
	if full, ok := stateNames[plain]; ok {
		plain = full
	}
	if plain == "" {
		return nil
	}
	return []Word{newWord(plain)}
}
