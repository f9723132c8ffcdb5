package names

import "slices"

// Letters returns all letters and digits of what is compared of a name, romanised, in lower case, without spaces.
func (n *Name) Letters() string { return n.all }

// Short reports whether the name itself is an acronym, as it is written: SCO, but not Sco.
func (n *Name) Short() bool { return n.short }

// Common reports whether a person's surname is so frequent that it says little.
func (n *Name) Common() bool { return n.Type == Person && common[n.Surname()] }

// Generic reports whether an organisation's words are such as many have: Bank, State Council.
func (n *Name) Generic() bool {
	for i := range n.Words {
		if !generic[n.Words[i].Plain] {
			return false
		}
	}
	return true
}

// Transliterated reports whether the name is of another script, or spelt as only names of other scripts are in ours, or of
// Islam, whose names are spelt in many ways.
func (n *Name) Transliterated() bool {
	for i := range n.Words {
		w := &n.Words[i]
		surname := n.Type == Person && i > 0 && i == len(n.Words)-1 || n.Lone()
		if w.foreign || romanized(w.Plain) || surname && slavic(w.Plain) || slices.ContainsFunc(w.groups(), isArabic) {
			return true
		}
	}
	return arabicParticle(n)
}
