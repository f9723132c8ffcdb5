package query

// Kind says what a field holds, and so which queries it takes.
type Kind byte

// The kinds of field.
const (
	KindText   Kind = iota + 1 // prose: words, phrases, patterns
	KindValue                  // exact values
	KindDate                   // dates and ranges
	KindNumber                 // numbers and ranges
	KindName                   // names of fields
)

// Field is a name that may stand before a colon.
type Field struct {
	Name string
	Kind Kind
	Is   string // what the field holds, for help pages
}

// Fields lists every field of the language in the order in which help shows them.
var Fields = []Field{
	{"title", KindText, "the headline"},
	{"lead", KindText, "the summary or first paragraph that the publisher marked as such"},
	{"body", KindText, "the text"},
	{"author", KindText, "words of the names of the authors"},
	{"dateline", KindText, "the place the article was filed from"},
	{"url", KindText, "words of the address"},
	{"source", KindValue, "the publisher"},
	{"agency", KindValue, "the wire service that the text credits"},
	{"person", KindValue, "a person"},
	{"org", KindValue, "an organisation"},
	{"place", KindValue, "a place"},
	{"entity", KindValue, "a person, an organisation or a place"},
	{"language", KindValue, "the language, as in en or de"},
	{"section", KindValue, "the section of the newspaper"},
	{"topic", KindValue, "a topic or keyword"},
	{"id", KindValue, "the article's id"},
	{"story", KindValue, "the id of a story"},
	{"text", KindValue, "the id of a distinct text"},
	{"flag", KindValue, "what is doubtful: date-conflict, future-date, metadata-only"},
	{"date", KindDate, "the date of publication"},
	{"indexed", KindDate, "the time of indexing"},
	{"changed", KindDate, "when the article last changed, of those with earlier versions"},
	{"words", KindNumber, "how many words the text has"},
	{"has", KindName, "articles that have something in the field"},
}
