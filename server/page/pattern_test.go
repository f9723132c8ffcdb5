package page

import (
	"testing"

	"dateline/index"
)

// TestPatterns compares addresses made by filling gaps with those made one by one.
func TestPatterns(t *testing.T) {
	for _, asked := range []string{"", "q=oil", "q=oil&source=A&source=B&cursor=c&seen=10", "from=2024&to=2025&tz=Asia%2FDushanbe&view=compact&person=A%26B", "missing=source", "missing=agency",
		"not.source=A", "not.person=B&chart=share", "size=25&zzz=1&source=%00"} {
		for _, path := range []string{"", "/source/x", FacetPath + "person"} {
			p := values(asked)
			p.path, p.patterns = path, patterns{}
			for _, v := range append(awkward(), "A", "B") {
				for _, f := range []index.Field{index.FieldSource, index.FieldPerson} {
					if got, want := includeURL(p, f, v), include(p, f, v).URL(); got != want {
						t.Errorf("%s of %s, include %q: got %s, want %s", asked, path, v, got, want)
					}
					if got, want := p.addURL("not."+string(f), v), p.add("not."+string(f), v).URL(); got != want {
						t.Errorf("%s of %s, exclude %q: got %s, want %s", asked, path, v, got, want)
					}
				}
				q := p.without("from", "to")
				if got, want := q.pattern("from", "to").fill(v, "2024"), q.with("from", v).with("to", "2024").URL(); got != want {
					t.Errorf("%s of %s, from %q: got %s, want %s", asked, path, v, got, want)
				}
			}
		}
	}
}

// TestPatternsOfAPath holds that parameters of another page do not take the patterns of the first.
func TestPatternsOfAPath(t *testing.T) {
	p := newParams(values("q=oil").values)
	first := p.addURL("source", "A")
	p.path = "/entity/person/x"
	if got := p.addURL("source", "A"); first != "/search?q=oil&source=A" || got != "/entity/person/x?q=oil&source=A" {
		t.Errorf("got %s and %s", first, got)
	}
	if got := p.with("q", "gas").addURL("source", "A"); got != "/entity/person/x?q=gas&source=A" {
		t.Errorf("of other parameters: %s", got)
	}
}
