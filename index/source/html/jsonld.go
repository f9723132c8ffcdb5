package html

import (
	"encoding/json"
	"fmt"
	"html"
	"slices"
	"strings"

	"dateline/index/source/fields"
)

// object is an object of JSON-LD.
type object = map[string]any

// linked is what the JSON-LD of a page says: its objects in their order, those that are about something else after those that
// may be about the page.
type linked struct {
	articles []object // of a type of article
	pages    []object // of a type of page
	videos   []object
	byID     map[string]object
	seen     int
}

// maxObjects bounds the objects that are looked at.
const maxObjects = 2000

// readLinked reads the JSON-LD scripts of a page.
func readLinked(scripts []string) *linked {
	l := &linked{byID: map[string]object{}}
	var values []any
	for _, s := range scripts {
		values = append(values, readJSON(s)...)
	}
	for _, v := range values {
		l.ids(v, 0)
	}
	for _, v := range values {
		l.walk(v, 0)
	}
	return l
}

// readJSON reads the values of a script, mending what pages get wrong.
func readJSON(s string) []any {
	for _, mend := range [...]func(string) string{same, unwrap, repair, unescape, salvage} {
		if s = mend(s); fields.Depth([]byte(s)) > fields.MaxDepth {
			return nil
		}
		if values, ok := decodeAll(s); ok {
			return values
		}
	}
	return nil
}

func same(s string) string { return s }

// decodeAll reads the values that stand one behind the other in s.
func decodeAll(s string) (values []any, ok bool) {
	d := json.NewDecoder(strings.NewReader(s))
	for d.More() {
		var v any
		if err := d.Decode(&v); err != nil {
			return values, false
		}
		values = append(values, v)
	}
	return values, len(values) > 0
}

// unwrap cuts off what stands around the JSON: comments of HTML and of JavaScript, CDATA marks, an assignment, a semicolon.
func unwrap(s string) string {
	start := strings.IndexAny(s, "{[")
	for start >= 0 && strings.HasPrefix(s[start:], "[CDATA[") {
		next := strings.IndexAny(s[start+len("[CDATA["):], "{[")
		if next < 0 {
			return s
		}
		start += len("[CDATA[") + next
	}
	end := strings.LastIndexAny(s, "}]")
	for end > 0 && strings.HasPrefix(s[end-1:], "]]>") {
		end = strings.LastIndexAny(s[:end-1], "}]")
	}
	if start < 0 || end < start {
		return s
	}
	return s[start : end+1]
}

// repair mends JSON: control characters in texts, escapes that JSON has not, commas before an end or doubled, comments, and
// lists and objects that are not closed.
func repair(s string) string {
	out := make([]byte, 0, len(s)+16)
	var open []byte
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			out, i = repairText(out, s, i)
		case strings.HasPrefix(s[i:], "/*"):
			end := strings.Index(s[i+2:], "*/")
			if end < 0 {
				return string(closed(out, open))
			}
			i += 2 + end + 1
		case strings.HasPrefix(s[i:], "//"):
			end := strings.IndexByte(s[i:], '\n')
			if end < 0 {
				return string(closed(out, open))
			}
			i += end
		case c == '{' || c == '[':
			open = append(open, c+2) // the closing ones stand two behind them
			out = append(out, c)
		case c == '}' || c == ']':
			out = append(trimComma(out), c)
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		case c == ',':
			out = append(trimComma(out), c)
		case c == ';' && len(open) == 0, c < ' ':
		default:
			out = append(out, c)
		}
	}
	return string(closed(out, open))
}

// closed closes what is open.
func closed(out, open []byte) []byte {
	if len(open) > 0 {
		out = trimComma(out)
	}
	for _, c := range slices.Backward(open) {
		out = append(out, c)
	}
	return out
}

// trimComma cuts commas and blanks off the end.
func trimComma(b []byte) []byte {
	for len(b) > 0 && (b[len(b)-1] == ',' || b[len(b)-1] == ' ') {
		b = b[:len(b)-1]
	}
	return b
}

// repairText copies the text that begins at s[i] and returns where its last quote stands.
func repairText(out []byte, s string, i int) ([]byte, int) {
	out = append(out, '"')
	for i++; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return append(out, '"'), i
		case c < ' ':
			out = append(out, ' ')
		case c == '\\' && i+1 < len(s) && strings.IndexByte(`"\/bfnrtu`, s[i+1]) < 0:
			// an escape of another language: the character itself is meant
		case c == '\\' && i+1 < len(s):
			out = append(out, c, s[i+1])
			i++
		default:
			out = append(out, c)
		}
	}
	return append(out, '"'), i
}

// unescape takes HTML's escapes back, where a page escaped the whole script.
func unescape(s string) string {
	if !strings.Contains(s, "&quot;") && !strings.Contains(s, "&#34;") {
		return s
	}
	return repair(html.UnescapeString(s))
}

// saved are the members that are taken out of JSON that cannot be mended.
var saved = [...]string{"@type", "headline", "datePublished", "dateModified", "dateCreated", "articleSection", "inLanguage", "url", "description"}

// salvage makes an object of the members of a broken script that are plain texts, each the first of its name.
func salvage(s string) string {
	o := object{}
	for _, name := range saved {
		i := strings.Index(s, `"`+name+`"`)
		if i < 0 {
			continue
		}
		rest := strings.TrimLeft(s[i+len(name)+2:], " \t\r\n")
		if !strings.HasPrefix(rest, ":") {
			continue
		}
		rest = strings.TrimLeft(rest[1:], " \t\r\n")
		if !strings.HasPrefix(rest, `"`) {
			continue
		}
		value, _ := repairText(nil, rest, 0)
		var v string
		if json.Unmarshal(value, &v) == nil && !strings.ContainsAny(v, "{}") {
			o[name] = v
		}
	}
	b, err := json.Marshal(o)
	if err != nil || o["@type"] == nil {
		return ""
	}
	return string(b)
}

// ids finds the objects that others refer to by their @id.
func (l *linked) ids(v any, depth int) {
	switch v := v.(type) {
	case object:
		if id, ok := v["@id"].(string); ok && len(v) > 1 && l.byID[id] == nil {
			l.byID[id] = v
		}
		for _, m := range v {
			l.ids(m, depth+1)
		}
	case []any:
		for _, m := range v {
			l.ids(m, depth+1)
		}
	}
}

// inner are the members in which objects stand that are, or may be, about the page itself.
var inner = [...]string{"@graph", "mainEntity", "mainEntityOfPage", "subjectOf", "isPartOf", "hasPart", "video", "item"}

// walk sorts the objects by what they are.
func (l *linked) walk(v any, depth int) {
	if list, ok := v.([]any); ok {
		for _, m := range list {
			l.walk(m, depth)
		}
		return
	}
	o, ok := v.(object)
	if !ok || depth > 4 || l.seen == maxObjects {
		return
	}
	l.seen++
	switch kind := kindOf(o); kind {
	case aArticle:
		l.articles = append(l.articles, o)
	case aPage:
		l.pages = append(l.pages, o)
	case aVideo:
		l.videos = append(l.videos, o)
	case aList:
		return
	}
	for _, name := range inner {
		if name == "isPartOf" && kindOf(o) == aArticle {
			continue
		}
		l.walk(o[name], depth+1)
	}
}

const (
	other = iota
	aArticle
	aPage
	aVideo
	aList // of other pages
)

// kindOf tells what an object is about.
func kindOf(o object) int {
	kind := other
	for _, t := range texts(o["@type"]) {
		t = t[strings.LastIndexAny(t, ":/#")+1:]
		switch {
		case t == "ItemList", t == "BreadcrumbList":
			return aList
		case strings.HasSuffix(t, "Article"), strings.HasSuffix(t, "BlogPosting"), strings.HasSuffix(t, "NewsStory"), t == "Report", t == "Blog" && o["headline"] != nil,
			t == "ClaimReview", t == "Review" && o["datePublished"] != nil, t == "DiscussionForumPosting", t == "SocialMediaPosting":
			return aArticle
		case t == "WebPage", t == "ItemPage", t == "Webpage", t == "CreativeWork", t == "MediaObject", t == "Event":
			kind = aPage
		case t == "VideoObject", t == "AudioObject", t == "PodcastEpisode":
			kind = aVideo
		}
	}
	return kind
}

// article returns the object that is about the page's article: of several, the one whose address is the page's, else the
// first with a day and a headline. It may be nil.
func (l *linked) article(addresses ...string) object {
	best, most := object(nil), -1
	for _, o := range l.articles {
		score := 0
		for _, name := range [...]string{"url", "mainEntityOfPage", "@id"} {
			if u := l.address(o[name]); u != "" && slices.ContainsFunc(addresses, func(a string) bool { return sameAddress(a, u) }) {
				score += 4
				break
			}
		}
		for _, name := range [...]string{"headline", "datePublished", "articleBody", "author"} {
			if o[name] != nil {
				score++
			}
		}
		if score > most {
			best, most = o, score
		}
	}
	return best
}

// resolve returns the object that a reference stands for.
func (l *linked) resolve(v any) any {
	if o, ok := v.(object); ok && len(o) <= 2 {
		if id, ok := o["@id"].(string); ok && l.byID[id] != nil {
			return l.byID[id]
		}
	}
	return v
}

// address returns the address that a value is or has.
func (l *linked) address(v any) string {
	switch v := l.resolve(v).(type) {
	case string:
		return v
	case object:
		for _, name := range [...]string{"url", "@id"} {
			if s, ok := v[name].(string); ok {
				return s
			}
		}
	case []any:
		if len(v) > 0 {
			return l.address(v[0])
		}
	}
	return ""
}

// names returns the names that a value has: texts, objects with a name, lists of them.
func (l *linked) names(v any) []string {
	switch v := l.resolve(v).(type) {
	case string:
		return []string{plain(v)}
	case object:
		for _, name := range [...]string{"name", "@value", "headline"} {
			if n := texts(v[name]); len(n) > 0 {
				return n
			}
		}
	case []any:
		var all []string
		for _, m := range v {
			if len(all) < maxValues {
				all = append(all, l.names(m)...)
			}
		}
		return all
	}
	return nil
}

// texts returns the texts of a text, a number or a list of them, each in one line and without escapes of HTML.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		if s := plain(v); s != "" {
			return []string{s}
		}
	case float64:
		return []string{fmt.Sprintf("%.0f", v)}
	case object:
		return texts(v["@value"])
	case []any:
		var all []string
		for _, m := range v {
			if len(all) < maxValues {
				all = append(all, texts(m)...)
			}
		}
		return all
	}
	return nil
}

// text1 returns the first of the texts, or "".
func text1(v any) string {
	if all := texts(v); len(all) > 0 {
		return all[0]
	}
	return ""
}

// plain returns a value in one line, its escapes of HTML taken back: pages write &amp; and &#039; into JSON too.
func plain(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(html.UnescapeString(s))
	}
	return line(s)
}
