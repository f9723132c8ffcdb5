package index

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Around is an article as a search sees it: where it stands in the list of all hits, whatever the page, and what the query
// matches in all of its text.
type Around struct {
	ID string `json:"id"`
	// Position counts from 1, over all pages. It is 0 where the article is not in the list: the search does not find it, or
	// Group shows another in its place. Then it has no neighbours.
	Position int        `json:"position"`
	Previous *Neighbour `json:"previous"` // null of the first
	Next     *Neighbour `json:"next"`     // null of the last
	Marks    Marks      `json:"marks"`
}

// Neighbour is a hit before or after another.
type Neighbour struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Language string `json:"language"`
}

// NeighbourOf names an article.
func NeighbourOf(a *Article) *Neighbour { return &Neighbour{a.ID, a.Title, a.Language} }

// Marks are the texts of an article, whole, with the words marked that a query matches. The segments of each concatenate to the
// text. They are made of any article, also of one that the query does not find.
type Marks struct {
	Title []Segment `json:"title"`
	Lead  []Segment `json:"lead"`
	Body  []Segment `json:"body"`
}

// checkAround refuses what is no id.
func (r Request) checkAround() error {
	switch n := len(r.Around); {
	case n > MaxIDBytes:
		return &ParamError{Name: "around", Detail: fmt.Sprintf("has %d bytes; no id has more than %d", n, MaxIDBytes)}
	case !utf8.ValidString(r.Around):
		return &ParamError{Name: "around", Detail: "is not valid UTF-8"}
	case n > 0 && strings.TrimSpace(r.Around) == "":
		return &ParamError{Name: "around", Detail: "is no id of an article"}
	}
	return nil
}
