package page

import (
	"html/template"
	"strings"
	"testing"
)

// drawn is what html/template makes of a value where a template has it.
func drawn(t *testing.T, text string, value any) string {
	t.Helper()
	var b strings.Builder
	if err := template.Must(template.New("").Parse(text)).Execute(&b, value); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// awkward are addresses and texts with every byte, and with what ends an attribute, an element or an escape.
func awkward() []string {
	list := []string{"", "a", hostile, "%", "%4", "%41", "%zz", "a%", "?q=a+b&source=C%26D#facet", "é\u202e—", "a\xff\xfeb", "\\evil.example", "a\r\nb"}
	for c := range 256 {
		list = append(list, string([]byte{byte(c)}), "a"+string([]byte{byte(c)})+"b")
	}
	for _, name := range hostileNames {
		list = append(list, name)
	}
	return list
}

// TestHref compares the attribute with what html/template writes.
func TestHref(t *testing.T) {
	for _, a := range awkward() {
		address := "/search" + a
		want := drawn(t, `<a href="{{.}}">`, address)
		if got := "<a " + string(href(address)) + ">"; got != want {
			t.Errorf("%q: got %s, want %s", address, got, want)
		}
	}
	for _, address := range []string{"", "javascript:alert(1)", "//evil.example", "///evil.example", "https://evil.example/", "search", "#top", " /search", "\\\\evil.example"} {
		if got := href(address); got != `href="#"` {
			t.Errorf("%q leads somewhere: %s", address, got)
		}
	}
}

// TestMarkup compares what is written by hand with what html/template writes.
func TestMarkup(t *testing.T) {
	const about = `<a class="aboutlink" href="{{.URL}}" rel="nofollow" title="About {{.Name}}"><span class="hidden">About {{.Name}}</span><span aria-hidden="true">›</span></a>`
	for _, a := range awkward() {
		var m markup
		m.add(`<i title="`, a, `">`, a, `</i>`)
		if want := drawn(t, `<i title="{{.}}">{{.}}</i>`, a); m.String() != want {
			t.Errorf("%q: got %s, want %s", a, m.String(), want)
		}
		got, page := string(aboutLink(a, "/source/"+a)), struct{ Name, URL string }{a, "/source/" + a}
		if want := drawn(t, about, page); got != want {
			t.Errorf("%q: got %s, want %s", a, got, want)
		}
	}
	if got := aboutLink("a", ""); got != "" {
		t.Errorf("a name without a page: %s", got)
	}
}

// TestDrawnBars draws bars of nothing but awkward values.
func TestDrawnBars(t *testing.T) {
	const bars = `{{range .}}{{if .URL}}<a href="{{.URL}}" tabindex="-1" rel="nofollow"><title>{{.Title}}</title><rect class="reach" x="{{.HitX}}" y="0" width="{{.HitWidth}}" height="100%"></rect><rect class="bar" x="{{.X}}" y="{{.Y}}" width="{{.Width}}" height="{{.Height}}"></rect></a>
{{end}}{{end}}`
	const rows = `{{range .}}{{if .URL}}<tr><th scope="row"><a href="{{.URL}}" rel="nofollow">{{.Label}}</a></th><td>{{.Count}}</td><td>{{.All}}</td><td>{{.Share}}</td></tr>
{{end}}{{end}}`
	list := []bar{{Label: "without an address"}}
	for _, a := range awkward() {
		list = append(list, bar{Label: a, Count: a, All: a, Share: a, Title: a, URL: "/search" + a, X: a, Width: a, Y: a, Height: a, HitX: a, HitWidth: a})
	}
	want := drawn(t, `<svg>`+bars+`</svg>`, list)
	if got := "<svg>" + string(drawBars(list)) + "</svg>"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if got, want := string(drawRows(list, true)), drawn(t, rows, list); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if got := string(drawRows(list[:2], false)); strings.Contains(got, "without") || strings.Count(got, "<td>") != 2 {
		t.Errorf("without shares: %s", got)
	}
}
