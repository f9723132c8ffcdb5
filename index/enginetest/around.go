package enginetest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"dateline/index"
)

// aroundOf asks for the place of an article and nothing else.
func aroundOf(ctx context.Context, e index.Engine, r index.Request, id string) (*index.Around, error) {
	r.Facets, r.Interval, r.Size, r.Cursor, r.Around = nil, "", -1, "", id
	result, err := e.Search(ctx, r)
	if err != nil {
		return nil, err
	}
	return result.Around, nil
}

// maxWalk bounds the hits of a list that are walked from one to the next; of a longer one its end is walked too.
const maxWalk = 6

// nextIsTheList walks through a list.
func nextIsTheList(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	r.Interval, r.Facets, r.Explain, r.Unmarked = "", nil, false, true
	hits, _, err := allPages(ctx, e, r)
	if err != nil {
		return err
	}
	list := ids(hits)
	for i, id := range list {
		if i >= maxWalk && i < len(list)-maxWalk/2 {
			continue
		}
		a, err := aroundOf(ctx, e, r, id)
		if err != nil {
			return err
		}
		if err := standsAt(a, list, i); err != nil {
			return fmt.Errorf("%w\nof the list %q", err, list)
		}
	}
	return nil
}

// standsAt checks that an article is the i-th of a list.
func standsAt(a *index.Around, list []string, i int) error {
	previous, next := "", ""
	if i > 0 {
		previous = list[i-1]
	}
	if i+1 < len(list) {
		next = list[i+1]
	}
	if a == nil || a.ID != list[i] || a.Position != i+1 || idOf(a.Previous) != previous || idOf(a.Next) != next {
		return fmt.Errorf("%q stands at %s, want place %d between %q and %q", list[i], text(a), i+1, previous, next)
	}
	return nil
}

func idOf(n *index.Neighbour) string {
	if n == nil {
		return ""
	}
	return n.ID
}

// noHitNoPlace looks at articles that a list does not have, and at one that there is not.
func noHitNoPlace(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	a, err := aroundOf(ctx, e, r, "there is no such article")
	if err != nil {
		return err
	}
	if a != nil {
		return fmt.Errorf("an article that is not there is at %s", text(a))
	}
	r.Interval, r.Facets, r.Unmarked = "", nil, true
	hits, _, err := allPages(ctx, e, r)
	if err != nil {
		return err
	}
	every, err := exported(ctx, e, index.Request{AsOf: r.AsOf})
	if err != nil {
		return err
	}
	d.Shuffle(len(every), func(i, j int) { every[i], every[j] = every[j], every[i] })
	for _, id := range every[:min(len(every), 4)] {
		a, err := aroundOf(ctx, e, r, id)
		if err != nil {
			return err
		}
		if a == nil {
			return fmt.Errorf("%q is in the index, but nowhere", id)
		}
		if !slices.Contains(ids(hits), id) && (a.Position != 0 || a.Previous != nil || a.Next != nil) {
			return fmt.Errorf("%q is no hit, but stands at %s", id, text(a))
		}
	}
	return nil
}

func wholeHasTheMarks(ctx context.Context, e index.Engine, r index.Request, d *dice) error {
	r.Interval, r.Facets, r.Unmarked = "", nil, false
	result, err := e.Search(ctx, r)
	if err != nil {
		return err
	}
	r.Match = result.Query.Match // with a cursor or not
	for _, h := range result.Hits[:min(len(result.Hits), 5)] {
		a, err := articleAt(ctx, e, h.ID, r.AsOf)
		if err != nil {
			return err
		}
		around, err := aroundOf(ctx, e, r, h.ID)
		if err != nil {
			return err
		}
		m := around.Marks
		if joined(m.Title) != a.Title || joined(m.Lead) != a.Lead || joined(m.Body) != a.Body {
			return fmt.Errorf("the texts of %s are not those of %q", text(m), h.ID)
		}
		if marked(m.Title) != marked(h.Highlights.Title) {
			return fmt.Errorf("%q: the title is marked %s, that of the hit %s", h.ID, marked(m.Title), marked(h.Highlights.Title))
		}
		for _, passage := range h.Highlights.Body {
			if !containsMarked(m.Body, passage) {
				return fmt.Errorf("%q: %s does not have what %s marks", h.ID, marked(m.Body), marked(passage))
			}
		}
	}
	return nil
}

// containsMarked reports whether a passage stands somewhere in the whole, where all that it marks is marked.
func containsMarked(whole, passage []index.Segment) bool {
	text, part := joined(whole), joined(passage)
	has, asked := markedBytes(whole), markedBytes(passage)
	for at := 0; at+len(part) <= len(text); at++ {
		if !strings.HasPrefix(text[at:], part) {
			continue
		}
		covered := true
		for i, m := range asked {
			covered = covered && (has[at+i] || !m)
		}
		if covered {
			return true
		}
	}
	return false
}

// markedBytes says of each byte whether it is marked.
func markedBytes(segments []index.Segment) (marked []bool) {
	for _, s := range segments {
		marked = append(marked, slices.Repeat([]bool{s.Marked}, len(s.Text))...)
	}
	return marked
}

func joined(segments []index.Segment) string {
	var b strings.Builder
	for _, s := range segments {
		b.WriteString(s.Text)
	}
	return b.String()
}

// compareAround asks both for the places of the first hits. In an order by score the places may differ as the scores do, and only
// the marks are compared.
func compareAround(ctx context.Context, engine, oracle index.Engine, r index.Request, first *index.Result) error {
	scored := byScore(r, first)
	for _, h := range first.Hits[:min(len(first.Hits), 3)] {
		got, err := aroundOf(ctx, engine, r, h.ID)
		if err != nil {
			return fmt.Errorf("around %q: %w", h.ID, err)
		}
		want, err := aroundOf(ctx, oracle, r, h.ID)
		if err != nil {
			return fmt.Errorf("the oracle around %q: %w", h.ID, err)
		}
		if scored && got != nil && want != nil {
			got.Position, got.Previous, got.Next = want.Position, want.Previous, want.Next
		}
		if g, w := text(got), text(want); g != w {
			return fmt.Errorf("around %q\n got %s\nwant %s", h.ID, g, w)
		}
	}
	return nil
}
