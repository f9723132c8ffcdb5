package fields

import "strings"

// The fields of an article that a record can name.
const (
	title = iota + 1
	body
	lead
	published
	updated
	source
	link
	authors
	section
	topics
	language
	id
	dateline
	agency
	credit
	entities
	people
	orgs
	places
	precision
	dateFrom
	extra
	fieldCount
)

// spellings has the names of each field in common use, without case, blanks, hyphens and underscores. Of several that a
// record has, the first of this order that says anything is taken and the others are kept in extra; topics and the entities
// take all of them.
var spellings = [fieldCount]string{
	title: `title headline name webtitle`,
	body: `body text content articlebody fulltext maintext articletext bodytext contenttext bodyhtml contenthtml
		articlecontent article`,
	lead: `lead description summary abstract standfirst excerpt trailtext`,
	published: `published datepublished publishedat publisheddate publishdate publishedtime publicationdate publishedon
		publishtime pubdate pubtime datepublish webpublicationdate firstpublished firstpublishedat displaydate
		dategmt date datetime releasedate postedat createdat datecreated created timestamp`,
	updated: `updated updatedat dateupdated lastupdated updateddate modified modifiedat datemodified lastmodified
		modifiedgmt datemodify`,
	source:   `source publisher site domain outlet sitename sourcename publication newspaper sourcedomain`,
	link:     `url link permalink weburl articleurl canonicalurl`,
	authors:  `authors author byline creator authorname`,
	section:  `section category articlesection sectionname`,
	topics:   `topics topic keywords keyword tags tag categories subjects subject`,
	language: `language lang inlanguage languagecode`,
	id:       `id uri guid @id _id docid articleid documentid uuid newid`,
	dateline: `dateline`,
	agency:   `agency newsagency`,
	credit:   `credit creditline`,                     // who is to be named, of which only a wire service is the agency
	entities: `entities namedentities about mentions`, // the last two are of schema.org, which has them of other things too
	people:   `people persons person`,
	orgs:     `organizations organisations orgs organization organisation companies`,
	places:   `places locations place location contentlocation`,

	precision: `publishedprecision`,
	dateFrom:  `publishedfrom`,
	extra:     `extra`,
}

// spelling is the field that a name means and its rank among the field's names.
type spelling struct {
	field, rank int
}

var bySpelling = func() map[string]spelling {
	m := map[string]spelling{}
	for field, names := range spellings {
		for rank, name := range strings.Fields(names) {
			m[name] = spelling{field, rank}
		}
	}
	return m
}()

// find returns the field that a name means; its field is 0 when Dateline has none.
func find(name string) spelling {
	var buf [32]byte
	folded := buf[:0]
	for i := range len(name) {
		c := name[i]
		if (c == '_' && i > 0) || c == '-' || c == ' ' {
			continue
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if len(folded) == cap(folded) {
			return spelling{}
		}
		folded = append(folded, c)
	}
	return bySpelling[string(folded)]
}

// IsText reports whether a name is one of a title or a body.
func IsText(name string) bool {
	f := find(name).field
	return f == title || f == body
}

// Known reports whether a name is one of a field of an article.
func Known(name string) bool { return find(name).field != 0 }

// languages has the names and three-letter codes of languages that news is read in, by ISO 639-1 code.
const languages = `ar arabic ara|bg bulgarian bul|ca catalan cat|cs czech ces cze|da danish dan|de german deu ger deutsch|el greek ell gre
en english eng|es spanish spa español espanol castellano|et estonian est|fa persian fas per farsi|fi finnish fin|fr french fra fre français francais
he hebrew heb|hi hindi hin|hr croatian hrv|hu hungarian hun|id indonesian ind|it italian ita italiano|ja japanese jpn|ko korean kor
lt lithuanian lit|lv latvian lav|nl dutch nld dut nederlands|no norwegian nor|pl polish pol|pt portuguese por português portugues
ro romanian ron rum|ru russian rus русский|sk slovak slk slo|sl slovenian slv|sr serbian srp|sv swedish swe|th thai tha|tr turkish tur türkçe
uk ukrainian ukr|ur urdu urd|vi vietnamese vie|zh chinese zho chi cmn`

var byLanguage = func() map[string]string {
	m := map[string]string{}
	for names := range strings.FieldsFuncSeq(languages, func(r rune) bool { return r == '|' || r == '\n' }) {
		code, _, _ := strings.Cut(names, " ")
		for name := range strings.FieldsSeq(names) {
			m[name] = code
		}
	}
	return m
}()

// languageCode returns the ISO 639-1 code of a language as records name it ("en-US", "eng", "English"), or "".
func languageCode(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	primary, _, _ := strings.Cut(strings.ReplaceAll(s, "_", "-"), "-")
	if code, ok := byLanguage[primary]; ok {
		return code
	}
	if len(primary) == 2 && primary[0] >= 'a' && primary[0] <= 'z' && primary[1] >= 'a' && primary[1] <= 'z' {
		return primary
	}
	return ""
}

// entityTypes maps the labels in common use for entities to Dateline's types.
var entityTypes = map[string]string{
	"person": "person", "per": "person", "people": "person", "b-per": "person", "i-per": "person",
	"org": "org", "organization": "org", "organisation": "org", "company": "org", "corporation": "org",
	"place": "place", "loc": "place", "location": "place", "gpe": "place", "city": "place", "country": "place", "geo": "place",
	"state": "place", "region": "place", "administrativearea": "place",
	"governmentorganization": "org", "newsmediaorganization": "org", "ngo": "org", "politicalparty": "org", "sportsteam": "org",
	"sportsorganization": "org", "educationalorganization": "org",
}
