package html

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"
)

// sameText reports whether two texts are the same but for case, white space and punctuation.
func sameText(a, b string) bool {
	return a != "" && b != "" && letters(a) == letters(b)
}

// letters returns a text's letters and digits in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// endings are headings behind which other things begin than the article, in lower case.
var endings = lines(`related articles|related stories|related content|related news|related topics|related posts|related links|more stories|more news|more on this|more from|more on
read more|read next|read also|also read|up next|recommended|recommended for you|you may also like|you might also like|trending|trending now|most popular|most read|latest news
comments|leave a reply|leave a comment|join the conversation|about the author|share this|share this:|like this:|editor's picks|top stories|in this story|sponsored|don't miss
mehr zum thema|mehr zu|das könnte sie auch interessieren|auch interessant|lesen sie auch|weitere artikel|kommentare|meistgelesen|weiterlesen|mehr lesen
à lire aussi|lire aussi|sur le même sujet|articles liés|commentaires|les plus lus|à lire également|vous aimerez aussi|dans la même rubrique
te puede interesar|noticias relacionadas|más noticias|lea también|comentarios|lo más leído|relacionadas|artículos relacionados|más información
leggi anche|articoli correlati|potrebbe interessarti|commenti|leia também|leia mais|notícias relacionadas|veja também|mais lidas|comentários
читайте также|читать также|похожие новости|комментарии|новости по теме|читайте також|схожі новини|czytaj także|czytaj też|zobacz także|zobacz też|komentarze
lees ook|meer nieuws|gerelateerde artikelen|läs mer|läs också|läs även|relaterade artiklar|les også|lue myös|lue lisää|læs også|ilgili haberler|関連記事|おすすめ記事|相關新聞|延伸閱讀|관련기사`)

func lines(s string) map[string]bool {
	m := map[string]bool{}
	for l := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '|' || r == '\n' }) {
		m[letters(l)] = true
	}
	return m
}

// isEnding reports whether a block is such a heading.
func isEnding(b *block) bool {
	return len(b.text) < 60 && (isHeading(b.kind) || !endsSentence(b.text) || strings.HasSuffix(b.text, ":")) && endings[letters(b.text)]
}

// notices are beginnings of lines that publishers put between the paragraphs of articles, in lower case.
var notices = strings.FieldsFunc(`advertisement|advertising|read more:|read more |read also|also read|read:|related:|related story|see also:|more:|watch:|listen:|watch |don't miss|sign up |sign up|subscribe |click here|follow us
follow @|download the |download our |join our |share this|story continues|article continues|scroll to continue|photo:|photo by|image:|image credit|picture:|video:|getty images|(photo|(image|copyright ©|copyright 20|© 20|© copyright|all rights reserved
this material may not be|this story was originally|for more |get our |get the |to comment on|continue reading|skip to|loading|tags:|topics:|filed under|share on|print this|email this|advertisment|ad feedback
anzeige|werbung|lesen sie auch|lesen sie mehr|mehr zum thema|mehr dazu|foto:|fotos:|bild:|quelle:|lesen sie hier|das könnte sie|zum thema:|auch interessant
publicité|lire aussi|à lire|lire la suite|lire également|voir aussi|crédit photo|photo :|inscrivez-vous
publicidad|lea también|lea más|lee también|te puede interesar|leer más|ver también|vea también|lee además|foto :|síguenos|suscríbete
publicidade|leia também|leia mais|veja também|continua após|clique aqui|leggi anche|guarda anche|pubblicità|iscriviti
читайте также|читать также|читайте:|фото:|реклама|подписывайтесь|подпишитесь|источник фото|читайте також|підписуйтесь
czytaj także|czytaj też|czytaj więcej|zobacz też|zobacz także|reklama|zobacz również|lees ook|advertentie|läs mer|läs också|läs även|annons|les også|annonse|lue myös|lue lisää|læs også|annonce
ilgili haber|bunları da|διαβάστε|δείτε|اقرأ|إقرأ|بیشتر بخوانید|関連記事|延伸閱讀|相關新聞|▶|►|▼`, func(r rune) bool { return r == '|' || r == '\n' })

// maxNotice bounds a notice in bytes: what is longer says more than that.
const maxNotice = 160

// isNotice reports whether a block is a notice of the publisher's.
func isNotice(s string) bool {
	if len(s) > maxNotice {
		return false
	}
	if isClock(s) {
		return true
	}
	s = strings.ToLower(strings.TrimLeft(s, " [(>»*-–—•→"))
	for _, n := range notices {
		if !strings.HasPrefix(s, n) {
			continue
		}
		rest := s[len(n):]
		if last := n[len(n)-1]; last == ':' || last == ' ' || rest == "" || !isLetterAt(rest) {
			return len(s) < 60 || !endsSentence(s) || last == ':'
		}
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

// isClock reports whether a text is a time of day, as stands over the entries of live reports.
func isClock(s string) bool {
	n := strings.IndexByte(s, ':')
	if n < 1 || n > 2 || len(s) < n+3 || len(s) > n+9 {
		return false
	}
	return atoi(s[:n]) >= 0 && atoi(s[n+1:n+3]) >= 0 && strings.Trim(strings.ToLower(s[n+3:]), ":0123456789 .apmuhr") == ""
}

func isLetterAt(s string) bool {
	for _, r := range s {
		return unicode.IsLetter(r)
	}
	return false
}

// isLabel reports whether a block before the text is a byline, a date or a name of a section.
func isLabel(b *block) bool {
	n := len(b.text)
	if isHeading(b.kind) && strings.Count(b.text, " ") > 1 {
		return false
	}
	if n > 140 || endsSentence(b.text) && n > 50 {
		return false
	}
	return b.kind == atom.Li || n < 30 || !endsSentence(b.text)
}
