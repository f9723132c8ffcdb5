package names

// comparePlaces compares names of places: the words, then where they are.
func comparePlaces(a, b *Name) Verdict {
	if v, ok := compareKnown(a, b); ok && (v.Score == 0 || len(a.Qualifier)+len(b.Qualifier) == 0) {
		return v
	}
	v := Verdict{}
	if a.known != 0 && a.known == b.known && a.all != b.all {
		v = Verdict{0.95, AcronymKnown}
	} else if a.short != b.short {
		v = comparePlaceAcronym(a, b)
	}
	if v.Score == 0 {
		v = comparePlaceWords(a, b)
	}
	return compareQualifiers(a, b, v)
}

func comparePlaceAcronym(a, b *Name) Verdict {
	if b.short {
		a, b = b, a
	}
	if a.known == 0 && contains(b.initials, a.Acronym) && len(a.Acronym) > 2 {
		return Verdict{0.86, AcronymFits}
	}
	return Verdict{}
}

func comparePlaceWords(a, b *Name) Verdict {
	if a.all == b.all {
		return lessWeak(a, b, Verdict{1, SameLetters})
	}
	if len(a.Words) == len(b.Words) {
		if v := compareRow(a.Words, b.Words); v.Score > 0 {
			return lessWeak(a, b, v)
		}
	}
	return Verdict{0, otherWords}
}

// compareQualifiers lowers a verdict by what stands behind the commas.
func compareQualifiers(a, b *Name, v Verdict) Verdict {
	switch {
	case v.Score == 0 || len(a.Qualifier)+len(b.Qualifier) == 0:
		return v
	case len(a.Qualifier) > 0 && len(b.Qualifier) > 0:
		if l, _ := compareWords(&a.Qualifier[0], &b.Qualifier[0]); l < alike {
			return Verdict{0.1, otherQualifier}
		}
		return v
	case countries[qualifier(a, b)], bigCities[a.all+","+qualifier(a, b)]:
		return Verdict{0.93 * v.Score, countryNamed}
	}
	return Verdict{0.75 * v.Score, qualifierNamed}
}

func qualifier(a, b *Name) string {
	if len(a.Qualifier) > 0 {
		return a.Qualifier[0].Plain
	}
	return b.Qualifier[0].Plain
}
