package index

import (
	"context"
	"math"
	"slices"
	"time"
)

// # Entities
//
// An entity is one or several names of one type that mean one person, organisation or place. Which names are one is told by
// rule, from how they are written (package names), and as the user decided (see [Decision]); package aliases has both. Names
// are the values of the facets person, org and place: the fullest form that an article has for whom it names. The other forms
// in an article are its aliases.
//
// With Variants off nothing of this applies: every name stands for itself. Else:
//
//   - Facets count entities, each once for an article, whatever names of it the article has, and show them by their preferred
//     name: as the user named it, else the name that most articles of the index have, the first in byte order among equals; of a
//     person one of several words, where there is one.
//     Hidden entities are in no facet, unless selected, and not among its Distinct.
//   - The filters person, org and place: a value that is a name, or the preferred name, of an entity stands for the entity.
//     Any other stands for what it stands for in a query.
//   - In a query, person:, org: and place: stand for every entity that the value is a form of, and for articles that have
//     the value as an alias. The forms of an entity are its names, the aliases that articles have for these, and of a person
//     the surname. A value that is no form of any stands for those that it may be merged with by rule (names.Compare). entity:
//     is the three together.
//   - A word of a query that is asked for by its stem stands for its variants too: other spellings of the same name that the
//     archive has. See aliases.Words for which words have any. Result.Query.Variants lists them.
//   - In a facet search (Engine.Facet) an entity is found by any of its names.

// Variants says whether names stand for all their spellings.
type Variants string

// The ways to take names: merged is the default.
const (
	VariantsMerged Variants = "merged"
	VariantsOff    Variants = "off"
)

// EntityTypes lists the types of entity in the order in which pages show them.
var EntityTypes = []string{Person, Org, Place}

// Entities is what an Engine does with names besides searching.
type Entities interface {
	// Entity describes the entity that a name or a preferred name of a type means: ErrNotFound when there is none, *ParamError
	// of "type" for another type. Counts are over the whole index.
	Entity(ctx context.Context, typ, name string) (*EntityInfo, error)

	// Network counts the entities in the articles that a request matches, and the pairs of them. Of the request, what says
	// which articles match, Count, Zone and Variants are looked at.
	Network(ctx context.Context, r Request, o NetworkOptions) (*Network, error)

	// Suggestions returns pairs of entities that may be one: the size best, by Score and then by how many articles they have,
	// and how many there are in all. A typ of "" is all three.
	Suggestions(ctx context.Context, typ string, size int) (list []Suggested, total int, err error)

	// Decide records decisions, all or none, durably, and returns them as they stand in the log. Every later search sees
	// them. A Time and By that are set are kept, as an import brings them; a zero Time becomes now.
	// Errors: *DecisionError, *ReadOnlyError.
	Decide(ctx context.Context, decisions []Decision) ([]Decision, error)

	// Decisions returns the log, the oldest first.
	Decisions(ctx context.Context) ([]Decision, error)
}

// Action is what a decision does.
type Action string

// The actions. Names are compared by key, so that case and accents make no difference. They may be names that no article has
// yet.
const (
	ActionMerge  Action = "merge"  // Name's entity and Other's are one; shown as Other's is
	ActionSplit  Action = "split"  // Name stands alone: in no entity by rule, and out of that which it was merged into
	ActionApart  Action = "apart"  // Name and Other are not the same: no rule joins their entities
	ActionRename Action = "rename" // the entity of Name is shown as Other, and a name Other is one of its names
	ActionHide   Action = "hide"   // the entity of Name is no entity: facets do not show it
	ActionShow   Action = "show"   // the opposite
	ActionUndo   Action = "undo"   // decision number Undoes, or the last in force, is taken back
)

// Decision is a line of the log of decisions. The log only grows: a decision that is undone stays in it.
type Decision struct {
	Number int    `json:"number"` // from 1, its place in the log
	Time   Time   `json:"time"`
	By     string `json:"by"` // who decided, as they call themselves, or ""
	Action Action `json:"action"`
	Type   string `json:"type"`             // "" of an undo
	Name   string `json:"name"`             // "" of an undo
	Other  string `json:"other,omitempty"`  // of merge, apart and rename
	Undoes int    `json:"undoes,omitempty"` // of undo
	Undone bool   `json:"undone"`           // it is not in force any more
}

// DecisionError says why a decision cannot be.
type DecisionError struct {
	Index  int    // of the decision in the list, from 0
	Detail string // "nothing is left to undo"
	Hint   string // what to do instead, or ""
}

func (e *DecisionError) Error() string {
	if e.Hint == "" {
		return e.Detail
	}
	return e.Detail + " (" + e.Hint + ")"
}

// EntityInfo is what the index knows of an entity.
type EntityInfo struct {
	Type    string     `json:"type"`
	Name    string     `json:"name"` // the preferred one
	Hidden  bool       `json:"hidden"`
	Total   Total      `json:"total"`   // that have any of the names
	Names   []NameForm `json:"names"`   // by articles, then in byte order; at least one
	Aliases []NameForm `json:"aliases"` // other forms that articles with one of the names have for it, likewise
	// Suggestions are other entities that this may be one with, the best first; Apart are names that were decided not to be.
	Suggestions []Suggested `json:"suggestions"`
	Apart       []string    `json:"apart"`
}

// NameForm is a form of an entity.
type NameForm struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"`         // that have it
	Reason   string `json:"reason,omitempty"` // why a name is one with the preferred or another one: "decided", or as names.Verdict has it
}

// Suggested is a pair of entities that may be one.
type Suggested struct {
	Type     string  `json:"type"`
	Name     string  `json:"name"`  // the preferred name of the one with more articles
	Other    string  `json:"other"` // of the other one
	Articles [2]int  `json:"articles"`
	Together int     `json:"together"` // articles that have both, which speaks against it
	Score    float64 `json:"score"`    // from 0 to 1
	Reason   string  `json:"reason"`   // how the names are alike
	// Shared are the preferred names of entities that both are found with, those that say most first.
	Shared []string `json:"shared"`
	// Company is how far the two keep the same company, from 0 to 1: the cosine of the articles that each has in common with
	// every other entity.
	Company float64 `json:"company"`
	// DaysApart is how many days lie between the time in which the one is named and that of the other, 0 where they overlap or
	// either has no dated article.
	DaysApart int `json:"days_apart"`
}

// Cosine returns the cosine of two vectors by their product and that of each with itself, 0 where either is nothing.
func Cosine(both, a, b int) float64 {
	if a == 0 || b == 0 {
		return 0
	}
	return float64(both) / math.Sqrt(float64(a)*float64(b))
}

// DaysApart returns the whole days between two spans of time, begun for as good as passed; 0 where they overlap or either has
// no beginning.
func DaysApart(first, last [2]Time) int {
	if first[0].IsZero() || first[1].IsZero() {
		return 0
	}
	gap := max(first[1].Sub(last[0].Time), first[0].Sub(last[1].Time))
	return max(int((gap+24*time.Hour-1)/(24*time.Hour)), 0)
}

// NetworkOptions say how much of a network is wanted.
type NetworkOptions struct {
	Types []string // nil is all three
	Size  int      // how many entities; 0 is DefaultNetworkSize, at most MaxNetworkSize
	Edges bool     // also count the pairs
	By    Order    // which entities: "" is OrderCount
}

// Limits of a network: pairs grow with the square of its size.
const (
	DefaultNetworkSize = 50
	MaxNetworkSize     = 500
)

// Order says which entities come first.
type Order string

// The orders: by count; by how far the count stands out from what the whole index would have by chance.
const (
	OrderCount    Order = "count"
	OrderStrength Order = "strength"
)

// Network is who is named together with whom.
type Network struct {
	Unit  Unit   `json:"unit"`
	Total int    `json:"total"` // what matches, in the unit
	Nodes []Node `json:"nodes"`
	Edges []Edge `json:"edges"` // pairs of nodes with a count above 0, by count, then by place
}

// Node is an entity of a network. Hidden ones are left out.
type Node struct {
	Type  string `json:"type"`
	Name  string `json:"name"`
	Count int    `json:"count"` // matches that name it, in the unit
	All   int    `json:"all"`   // of the whole index, in the unit
	// Strength is the log-likelihood ratio G² of Count within the matches against All within the index (Dunning, Accurate
	// methods for the statistics of surprise and coincidence, 1993), negative where it is rarer than by chance.
	Strength float64 `json:"strength"`
}

// Edge is a pair of entities that matches name together.
type Edge struct {
	A        int     `json:"a"` // place in Nodes, below B
	B        int     `json:"b"`
	Count    int     `json:"count"`    // matches that name both, in the unit
	Strength float64 `json:"strength"` // G² of the two within the matches
}

// ResolveNetwork is Resolve for Engine.Network: the request that finds the articles and nothing else, and the options with
// their defaults spelt out, or a *ParamError.
func (r Request) ResolveNetwork(o NetworkOptions) (Request, NetworkOptions, error) {
	o.Size, o.By = orDefault(o.Size, DefaultNetworkSize), orDefault(o.By, OrderCount)
	if len(o.Types) == 0 {
		o.Types = EntityTypes
	}
	checks := []error{
		within("nodes", o.Size, 1, MaxNetworkSize),
		oneOf("by", o.By, []Order{OrderCount, OrderStrength}),
	}
	for _, typ := range o.Types {
		checks = append(checks, oneOf("types", typ, EntityTypes))
	}
	for _, err := range checks {
		if err != nil {
			return r, o, err
		}
	}
	var types []string // each once, in one order
	for _, typ := range EntityTypes {
		if slices.Contains(o.Types, typ) {
			types = append(types, typ)
		}
	}
	o.Types = types
	r, err := Request{
		Query: r.Query, Match: r.Match, Filters: r.Filters, Size: -1, Count: r.Count, Zone: r.Zone, Variants: r.Variants, AsOf: r.AsOf,
	}.Resolve()
	return r, o, err
}

// LogLikelihood returns how far two things that occur in a and b of n are found together more often than by chance, or less
// often, as a negative number: G² of the table of both, either and neither (Dunning, Accurate methods for the statistics of
// surprise and coincidence, Computational Linguistics 19, 1993, section 5), in natural units.
func LogLikelihood(both, a, b, n int) float64 {
	neither := max(n-a-b+both, 0) // texts and stories may be found in more than one part
	table := [4]float64{float64(both), float64(max(a-both, 0)), float64(max(b-both, 0)), float64(neither)}
	rows, columns := [2]float64{table[0] + table[1], table[2] + table[3]}, [2]float64{table[0] + table[2], table[1] + table[3]}
	all := rows[0] + rows[1]
	g := 0.0
	for i, k := range table {
		if k > 0 {
			g += k * math.Log(k*all/(rows[i/2]*columns[i%2]))
		}
	}
	g = max(2*g, 0) // but for rounding
	if float64(both)*all < rows[0]*columns[0] {
		return -g
	}
	return g
}
