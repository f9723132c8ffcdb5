package index

// Field names a facet: a field that is counted and filtered by exact value.
type Field string

// The facets.
const (
	FieldSource   Field = "source"
	FieldAgency   Field = "agency"
	FieldPerson   Field = "person"
	FieldOrg      Field = "org"
	FieldPlace    Field = "place"
	FieldAuthor   Field = "author"
	FieldLanguage Field = "language"
	FieldSection  Field = "section"
	FieldTopic    Field = "topic"
)

// FacetFields lists the facets in the order in which pages show them.
var FacetFields = []Field{
	FieldSource, FieldAgency, FieldPerson, FieldOrg, FieldPlace, FieldAuthor, FieldLanguage, FieldSection, FieldTopic,
}

// IsFacet reports whether name is a facet.
func IsFacet(name string) bool {
	for _, f := range FacetFields {
		if string(f) == name {
			return true
		}
	}
	return false
}

// TextFields lists the fields of prose, which words, phrases and prefixes search, with the article's text in each.
var TextFields = []TextField{
	{"title", func(a *Article) string { return a.Title }},
	{"lead", func(a *Article) string { return a.Lead }},
	{"body", func(a *Article) string { return a.Body }},
	{"author", func(a *Article) string { return join(a.Authors) }},
	{"dateline", func(a *Article) string { return a.Dateline }},
	{"url", func(a *Article) string { return a.URL }},
}

// DefaultTextFields are the fields that a word without a field searches.
var DefaultTextFields = []string{"title", "lead", "body"}

// TextField is a field of prose.
type TextField struct {
	Name string
	Of   func(*Article) string
}

// join puts each value in a paragraph of its own, so that no phrase runs from one into the next; see analysis.
func join(values []string) string {
	if len(values) == 1 {
		return values[0]
	}
	s := ""
	for i, v := range values {
		if i > 0 {
			s += "\n\n"
		}
		s += v
	}
	return s
}

// Values returns the article's values of an exact field as written: a facet, or id, story, text, flag, or entity (every
// person, organisation and place). Empty values are left out.
func (a *Article) Values(field string) []string {
	var values []string
	switch field {
	case "id":
		values = []string{a.ID}
	case "story":
		values = []string{a.Story}
	case "text":
		values = []string{a.Text}
	case "flag":
		values = a.Flags
	case "entity":
		for _, e := range a.Entities {
			values = append(values, e.Name)
		}
	case "source":
		values = []string{a.Source}
	case "agency":
		values = []string{a.Agency}
	case Person, Org, Place:
		values = a.Names(field)
	case "author":
		values = a.Authors
	case "language":
		values = []string{a.Language}
	case "section":
		values = []string{a.Section}
	case "topic":
		values = a.Topics
	}
	kept := make([]string, 0, len(values))
	for _, v := range values {
		if v != "" {
			kept = append(kept, v)
		}
	}
	return kept
}
