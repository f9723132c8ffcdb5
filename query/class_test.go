package query

import (
	"fmt"
	"strings"
	"testing"
)

func TestParts(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "text()",
		"oil price":                  "text(oil price)",
		"@person":                    "person(@person)",
		"bribe @person":              "text(bribe ) person(@person)",
		"@ORG, (@Place) and @entity": "org(@ORG) text(, () place(@Place) text() and ) entity(@entity)",
		"@person's lawyer":           "person(@person's) text( lawyer)",
		"@PERSON’S lawyer":           "person(@PERSON’S) text( lawyer)",
		"-@person!":                  "text(-) person(@person) text(!)",
		"@persons @person_x @person.com @@person x@person @per-son": "text(@persons @person_x @person.com @@person x@person @per-son)",
		"@":             "text(@)",
		"@\u00a0@place": "text(@\u00a0) place(@place)",
		"@person\u0301": "text(@person\u0301)",
	} {
		var got []string
		for _, p := range Parts(text) {
			kind := string(p.Class)
			if kind == "" {
				kind = "text"
			}
			got = append(got, fmt.Sprintf("%s(%s)", kind, p.Text))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q\n got %s\nwant %s", text, strings.Join(got, " "), want)
		}
	}
}

// TestEveryClass holds that the name of each class is one, and that a letter too many or too few is told.
func TestEveryClass(t *testing.T) {
	for _, c := range Classes {
		name := string(c)
		if p := Parts("@" + name); len(p) != 1 || p[0].Class != c {
			t.Errorf("@%s is %v", name, p)
		}
		for _, wrong := range []string{name + "s", name[1:], strings.ToUpper(name[:len(name)-1])} {
			_, err := Parse("oil @"+wrong, noon)
			if e, ok := err.(*Error); !ok || e.At.Start != 4 || !strings.HasPrefix(e.Hint, "did you mean @"+name+"?") {
				t.Errorf("@%s: %v", wrong, err)
			}
		}
	}
}

// FuzzParts holds that parts are the text, cut, and that a part cut again is what it was.
func FuzzParts(f *testing.F) {
	for _, text := range []string{"bribe @person", "@org's, @PLACE @x@entity", "@\xff@person", "(@person)"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		whole := ""
		for _, p := range Parts(text) {
			whole += p.Text
			again := Parts(p.Text)
			if p.Text != "" && (len(again) != 1 || again[0] != p) {
				t.Errorf("%q: the part %q is cut into %v", text, p.Text, again)
			}
		}
		if whole != text {
			t.Errorf("%q is cut into %q", text, whole)
		}
	})
}
