package html

import (
	"strings"
	"testing"

	"dateline/index/source/record"
)

// Sentences that are long enough to be prose.
const (
	one   = "The first ship since the storm made fast at the North Quay on Thursday morning, to the sound of horns."
	two   = "Nobody had expected the divers to finish before the end of the month, least of all the divers."
	three = "The report on the moorings of the tanker is due in June, and the owner of the ship has said that he will wait."
	noise = "Readers of our other pages have told us time and again that they would like to read more of our other pages."
)

// TestBody has what stands around articles and in them. In the markup $1, $2, $3 are sentences, $n is noise.
func TestBody(t *testing.T) {
	fill := strings.NewReplacer("$1", one, "$2", two, "$3", three, "$n", noise)
	for _, c := range []struct{ name, markup, want string }{
		{"paragraphs", "<p>$1</p><p>$2</p>", "$1|$2"},
		{"inline elements", "<p><b>T</b>he <a href=x>first</a> ship since <i>the storm</i> made fast on Thursday.</p><p>$2</p>", "The first ship since the storm made fast on Thursday.|$2"},
		{"white space", "<p>\n  $1 \n</p>\n\n<p>$2&nbsp;</p>", "$1|$2"},
		{"line breaks", "<div>$1<br><br>$2<br>$3</div>", "$1|$2\n$3"},
		{"headings within", "<p>$1</p><h2>What now</h2><p>$2</p>", "$1|What now|$2"},
		{"headings of nothing", "<p>$1</p><p>$2</p><h2>What now</h2>", "$1|$2"},
		{"lists", "<p>$1</p><ul><li>Two cranes were lifted.</li><li>One was not.</li></ul><p>$2</p>", "$1|Two cranes were lifted.|One was not.|$2"},
		{"quotations", "<p>$1</p><blockquote><p>$2</p></blockquote>", "$1|$2"},
		{"rows of data", "<p>$1</p><table><tr><th>For</th><td>50.4</td></tr></table><p>$2</p>", "$1|For 50.4|$2"},
		{"layout by tables", "<table><tr><td><a href=a>Home</a></td><td><p>$1</p><p>$2</p></td></tr></table>", "$1|$2"},
		{"captions", "<p>$1</p><figure><img><figcaption>$n</figcaption></figure><p>$2</p><p>$3</p>", "$1|$2|$3"},
		{"captions without a figure", "<p>$1</p><div class=image-box><img><p>A crane seen from the water.</p></div><p>$2</p><p>$3</p>", "$1|$2|$3"},
		{"navigation", "<nav><p>$n</p></nav><p>$1</p><p>$2</p>", "$1|$2"},
		{"footer", "<p>$1</p><p>$2</p><footer><p>$n</p></footer>", "$1|$2"},
		{"comments longer than the article", "<div class=story><p>$1</p><p>$2</p></div><div id=comments>" + strings.Repeat("<p>$n</p>", 20) + "</div>", "$1|$2"},
		{"related", "<div><p>$1</p><div class=relatedStories><p>$n</p></div><p>$2</p></div>", "$1|$2"},
		{"newsletter", "<div><p>$1</p><div class=newsletter_box><p>$n</p></div><p>$2</p></div>", "$1|$2"},
		{"cookies", "<div class=cookie-notice><p>$n</p></div><p>$1</p><p>$2</p>", "$1|$2"},
		{"share bar", "<p>$1</p><div class=share>Share this with your friends</div><p>$2</p>", "$1|$2"},
		{"hidden", "<p>$1</p><p style='display: none'>$n</p><p hidden>$n</p><p>$2</p><p>$3</p>", "$1|$2|$3"},
		{"hidden until a script runs", "<div hidden><h1>x</h1><p>$1</p><p>$2</p></div>", "$1|$2"},
		{"notices", "<p>$1</p><p>ADVERTISEMENT</p><p>Read more: <a href=x>Another article</a></p><p>$2</p>", "$1|$2"},
		{"a notice is no sentence", "<p>$1</p><p>Read more than one book a week, the minister told pupils, and you will never be bored again in your life.</p>", "$1|Read more than one book a week, the minister told pupils, and you will never be bored again in your life."},
		{"paragraphs that are links", "<p>$1</p><p><a href=x>Storm tears cranes loose at quay</a></p><p>$2</p>", "$1|$2"},
		{"after the end", "<p>$1</p><p>$2</p><p>$3</p><h3>More stories</h3><div><a href=a>A</a><p>Short teaser.</p></div><div><a href=b>B</a><p>Another teaser.</p></div>", "$1|$2|$3"},
		{"scripts and styles", "<p>$1</p><script>var x = '<p>$n</p>'</script><style>p{}</style><p>$2</p>", "$1|$2"},
		{"the body that says so", "<div class=lead-stories><p>$n</p><p>$n</p></div><div itemprop=articleBody><p>$1</p><p>$2</p></div>", "$1|$2"},
		{"pieces of the body", "<div class=article-body><p>$1</p></div><div class=ad-box>$n</div><div class=article-body><p>$2</p></div>", "$1|$2"},
		{"a page that goes on", "<article><h1>A</h1><p>$1</p><p>$2</p><p>$3</p></article><article><h1>B</h1><p>$n</p><p>$n</p><p>$n</p></article>", "$1|$2|$3"},
		{"summary before the body", "<h1>Quay</h1><p class=intro>$3</p><div class=article-body><p>$1</p><p>$2</p></div>", "$3|$1|$2"},
		{"byline and date", "<h1>Quay</h1><p>By Ann Roe</p><p>14 March 2024</p><p>$1</p><p>$2</p>", "$1|$2"},
		{"names with the words of promos", "<div class='article with-sidebar has-ads'><p>$1</p><p>$2</p></div>", "$1|$2"},
		{"paragraphs in widgets", "<div class=widget><p>$1</p></div><div class=widget><p>$2</p></div><div class=widget><p>$3</p></div>", "$1|$2|$3"},
		{"times of a live report", "<p>$1</p><span>12:01</span><p>$2</p>", "$1|$2"},
		{"no paragraphs at all", "<div>$1</div>", "$1"},
	} {
		a := read(t, fill.Replace("<title>The quay is open again</title><body>"+c.markup), record.Options{})
		want := strings.ReplaceAll(fill.Replace(c.want), "|", "\n\n")
		if a.Body != want {
			t.Errorf("%s: %q", c.name, a.Body)
		}
	}
}

// TestDataBody holds that the text in a page's data is taken where the page shows only its beginning.
func TestDataBody(t *testing.T) {
	whole := strings.Join([]string{one, two, three, one, two}, `\n\n`)
	a := read(t, `<title>Quay</title>`+ld(`{"@type":"NewsArticle","headline":"Quay","articleBody":"`+whole+`"}`)+`<p>`+one+`</p>`, record.Options{})
	if a.Body != strings.ReplaceAll(whole, `\n\n`, "\n\n") {
		t.Errorf("%q", a.Body)
	}
}

// TestHostile holds that markup made to be slow, deep or large is read to its end.
func TestHostile(t *testing.T) {
	deep := strings.Repeat("<div>", 20_000)
	for name, markup := range map[string]string{
		"deep":              "<title>Quay</title>" + deep + "<p>" + one + "</p>",
		"deep inline":       "<title>Quay</title>" + strings.Repeat("<b><i>", 20_000) + one,
		"deep lists":        "<title>Quay</title>" + strings.Repeat("<ul><li>", 20_000) + one,
		"wide":              "<title>Quay</title>" + strings.Repeat("<p>x</p>", 50_000) + "<p>" + one + "</p>",
		"many attributes":   "<title>Quay</title><div " + strings.Repeat("a=b ", 50_000) + "><p>" + one + "</p></div>",
		"long class":        "<title>Quay</title><div class='" + strings.Repeat("nav-x ", 50_000) + "'></div><p>" + one + "</p>",
		"many metas":        "<title>Quay</title>" + strings.Repeat("<meta name=date content=2024-03-14>", 50_000) + "<p>" + one + "</p>",
		"many scripts":      "<title>Quay</title>" + strings.Repeat(ld(`{"@type":"NewsArticle"}`), 5_000) + "<p>" + one + "</p>",
		"one long word":     "<title>Quay</title><p>" + strings.Repeat("x", 1<<20) + "</p>",
		"many headings":     "<title>Quay</title>" + strings.Repeat("<h1>Quay and storm and ships</h1>", 20_000) + "<p>" + one + "</p>",
		"many times":        "<title>Quay</title>" + strings.Repeat("<time class=date>14 March</time>", 50_000) + "<p>" + one + "</p>",
		"deep microdata":    "<title>Quay</title>" + strings.Repeat("<div itemscope itemprop=x>", 400) + "<p>" + one + "</p>",
		"similar regions":   "<title>Quay</title>" + strings.Repeat("<div class='widget x'><div class='share y'>", 200) + "<p>" + one + "</p>",
		"marked and nested": "<title>Quay</title>" + strings.Repeat("<div class='article-body comment'>", 400) + "<p>" + one + "</p>",
	} {
		a, err := Article(markup, record.Place{Number: 1}, record.Options{})
		if err != nil || a.Title != "Quay" && name != "many headings" {
			t.Errorf("%s: %q, %v", name, a.Title, err)
		}
		if name != "one long word" && name != "many headings" && name != "deep inline" && !strings.Contains(a.Body, one) {
			t.Errorf("%s: the text is lost: %.80q", name, a.Body)
		}
	}
}
