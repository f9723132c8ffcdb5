package embedded

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/index/span"
	"dateline/query"
)

// spanReader reads where an expression occurs in an article; articles are read in ascending order. What it returns is valid
// until the next call.
type spanReader interface {
	read(doc uint32) []span.Span
}

// reader makes the reader of an expression in a field, over the articles of a set.
func (r *run) reader(x *expr, field int, within *roaring.Bitmap) (spanReader, error) {
	if !x.fields.has(field) {
		return nowhere{}, nil
	}
	slots := make([]*positionReader, len(x.slots))
	for i, sl := range x.slots {
		lists, err := r.lists(sl, field)
		if err != nil {
			return nil, err
		}
		slots[i] = r.positionReader(lists, within)
	}
	kids := make([]spanReader, len(x.kids))
	for i, k := range x.kids {
		var err error
		if kids[i], err = r.reader(k, field, within); err != nil {
			return nil, err
		}
	}
	switch x.op {
	case exprWord:
		return &wordReader{slot: slots[0]}, nil
	case exprPhrase, exprTogether:
		return newSlotsReader(x, slots), nil
	case exprRepeat:
		return &repeatReader{kids[0], x.n}, nil
	case exprOr:
		return &orReader{kids: kids}, nil
	}
	n := &nearReader{expr: x, left: kids[0], right: kids[1]}
	if x.near == query.OpSentence || x.near == query.OpParagraph {
		n.breaks = r.breaks(field, x.near, within)
	}
	return n, nil
}

// breaks reads where sentences or paragraphs of a field begin.
func (r *run) breaks(field int, op query.NearOp, within *roaring.Bitmap) *positionReader {
	term := sentenceTerm
	if op == query.OpParagraph {
		term = paragraphTerm
	}
	list := r.termList(r.seg.Text(breaksField(index.TextFields[field].Name)), use{term, everyLanguage})
	return r.positionReader([]termList{list}, within)
}

// nowhere is the reader of what cannot stand in the field.
type nowhere struct{}

func (nowhere) read(uint32) []span.Span { return nil }

type wordReader struct {
	slot  *positionReader
	spans []span.Span
}

func (w *wordReader) read(doc uint32) []span.Span {
	w.spans = span.Points(w.spans[:0], w.slot.read(doc))
	return w.spans
}

// slotsReader reads a phrase, or words together. It begins with the rarest words: where those do not meet, the frequent
// ones, which have most of the positions, need not be read.
type slotsReader struct {
	*expr
	slots     []*positionReader
	order     []int // of the slots, the rarest first
	positions [][]uint32
	spans     []span.Span
}

func newSlotsReader(x *expr, slots []*positionReader) *slotsReader {
	s := &slotsReader{expr: x, slots: slots, order: make([]int, len(slots)), positions: make([][]uint32, len(slots))}
	for i := range s.order {
		s.order[i] = i
	}
	slices.SortStableFunc(s.order, func(a, b int) int { return cmp.Compare(slots[a].articles, slots[b].articles) })
	return s
}

func (s *slotsReader) read(doc uint32) []span.Span {
	s.spans = s.spans[:0]
	first := s.order[0]
	for n, i := range s.order {
		if s.positions[i] = s.slots[i].read(doc); len(s.positions[i]) == 0 {
			return nil
		}
		shift := 0
		if s.op == exprPhrase {
			shift = i - first
		}
		if n > 0 && !meet(s.positions[first], s.positions[i], shift, s.n) {
			return nil
		}
	}
	if s.op == exprTogether {
		s.spans = span.Together(s.spans, s.positions, s.n)
	} else {
		s.spans = span.PhraseOf(s.spans, s.positions, s.kinds, s.n)
	}
	return s.spans
}

// meet reports whether a position of b is at most so far from one of a, moved by shift.
func meet(a, b []uint32, shift, distance int) bool {
	j := 0
	for _, p := range a {
		least := int(p) + shift - distance
		for j < len(b) && int(b[j]) < least {
			j++
		}
		if j == len(b) {
			return false
		}
		if int(b[j]) <= int(p)+shift+distance {
			return true
		}
	}
	return false
}

type repeatReader struct {
	kid   spanReader
	times int
}

func (r *repeatReader) read(doc uint32) []span.Span {
	spans := r.kid.read(doc)
	if len(spans) < r.times {
		return nil
	}
	return spans
}

type orReader struct {
	kids  []spanReader
	lists [][]span.Span
	spans []span.Span
}

func (o *orReader) read(doc uint32) []span.Span {
	o.lists = o.lists[:0]
	for _, k := range o.kids {
		o.lists = append(o.lists, k.read(doc))
	}
	o.spans = span.Or(o.spans[:0], o.lists...)
	return o.spans
}

type nearReader struct {
	*expr
	left, right spanReader
	breaks      *positionReader
	spans       []span.Span
}

func (n *nearReader) read(doc uint32) []span.Span {
	left := n.left.read(doc)
	if len(left) == 0 {
		return nil
	}
	right := n.right.read(doc)
	n.spans = n.spans[:0]
	switch n.near {
	case query.OpNotNear:
		if n.spans = span.Near(n.spans, left, right, n.n, false); len(n.spans) > 0 {
			return nil
		}
		return left
	case query.OpSentence, query.OpParagraph:
		n.spans = span.Within(n.spans, left, right, n.breaks.read(doc))
	default:
		n.spans = span.Near(n.spans, left, right, n.n, n.near == query.OpOrdered)
	}
	return n.spans
}
