package page

import (
	"net/url"
	"reflect"
	"testing"
)

func values(text string) params {
	v, err := url.ParseQuery(text)
	if err != nil {
		panic(err)
	}
	return params{values: v}
}

func TestParamsChangeOne(t *testing.T) {
	p := values("q=oil&source=A&source=B&cursor=c")
	for _, c := range []struct {
		name string
		got  params
		want string
	}{
		{"set", p.with("sort", "newest"), "/search?q=oil&sort=newest&source=A&source=B"},
		{"replace", p.with("q", "gas"), "/search?q=gas&source=A&source=B"},
		{"drop", p.with("source"), "/search?q=oil"},
		{"add", p.add("source", "C&D"), "/search?q=oil&source=A&source=B&source=C%26D"},
		{"remove", p.remove("source", "A"), "/search?q=oil&source=B"},
		{"remove the last", values("source=A").remove("source", "A"), "/search"},
		{"remove what is not there", p.remove("source", "X"), "/search?q=oil&source=A&source=B"},
		{"the next page", p.with("cursor", "d"), "/search?cursor=d&q=oil&source=A&source=B"},
		{"several", p.without("source", "q"), "/search"},
		{"of nothing", params{}.with("q", "x"), "/search?q=x"},
	} {
		if got := c.got.URL(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if got := p.URL(); got != "/search?cursor=c&q=oil&source=A&source=B" {
		t.Errorf("the parameters themselves changed: %s", got)
	}
}

func TestParamsSameValue(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"UrduPoint.com", "www.urdupoint.com", true},
		{"Müller", "MULLER", true},
		{"The  Quay ", "the quay", true},
		{"The Quay", "Quay", false},
		{"", "", true},
	} {
		if got := same(c.a, c.b); got != c.want {
			t.Errorf("same(%q, %q) = %t", c.a, c.b, got)
		}
	}
	p := values("source=UrduPoint.com&source=B")
	if got := p.remove("source", "urdupoint.com").URL(); got != "/search?source=B" {
		t.Errorf("a value in another spelling is not removed: %s", got)
	}
}

func TestNewParams(t *testing.T) {
	got := newParams(url.Values{
		"q": {""}, "from": {"", "2023"}, "not.place": {"Rome"}, "evil": {"x"}, "explain": {"1"}, "": {"y"},
	})
	want := values("from=2023&not.place=Rome&explain=1")
	if !reflect.DeepEqual(got.values, want.values) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestArticleURL(t *testing.T) {
	for id, want := range map[string]string{
		"1":                   "/article/1",
		"https://a.org/b?c=d": "/article/https:%2F%2Fa%2Eorg%2Fb%3Fc=d",
		"50% off/\"ü":         "/article/50%25%20off%2F%22%C3%BC",
	} {
		if got := articleURL(id); got != want {
			t.Errorf("articleURL(%q) = %s, want %s", id, got, want)
		}
	}
}
