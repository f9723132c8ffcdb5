package entity

import (
	"strings"
	"testing"

	"dateline/index"
)

func TestCapitalised(t *testing.T) {
	for text, want := range map[string]string{
		"Le président Nicolas Sarkozy est arrivé à Madrid mardi.":     "person:Nicolas Sarkozy place:Madrid",
		"El presidente Hugo Chávez viajó a Buenos Aires con Zentrax.": "person:Hugo Chávez place:Buenos Aires",
		"Ieri Microsoft e la NATO.":                                   "org:Microsoft org:NATO",
		"Bagdad est calme.":                                           "",
		"Madrid est calme.":                                           "place:Madrid",
		"Ook Xantho van der Berg kwam.":                               "",
	} {
		if got := foundBy(For("fr"), text); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
	if got := foundBy(Capitalised(index.Person), "Then Foo Bar and Bagdad met."); got != "person:Foo Bar person:Bagdad" {
		t.Errorf("unknown names: %s", got)
	}
}

func foundBy(f *Finder, text string) string {
	var all []string
	for _, m := range f.Find(nil, text) {
		all = append(all, m.Type+":"+text[m.Start:m.End])
	}
	return strings.Join(all, " ")
}

func TestFor(t *testing.T) {
	for _, language := range []string{"de", "ru", "ar", "zh", "xx"} {
		if For(language) != nil {
			t.Errorf("%s has a finder", language)
		}
	}
}

// TestForIsShared holds that a finder is not made anew for each article.
func TestForIsShared(t *testing.T) {
	for _, l := range []string{"en", "", "fr", "ca"} {
		if f := For(l); f == nil || f != For(l) {
			t.Errorf("%q: %p and %p", l, f, For(l))
		}
	}
	if For("en") == For("fr") {
		t.Error("French has the model of English")
	}
}
