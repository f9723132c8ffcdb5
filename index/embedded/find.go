package embedded

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"dateline/index"
	"dateline/index/segment"
	"dateline/query"
)

// run is a program over one segment. What a slot or a unit matches is found once.
type run struct {
	*program
	*segmentView
	ctx   context.Context
	slots [][textFieldCount]*slotFound // by number
	units [][textFieldCount]*finding   // by number; nil where the unit was not looked for yet, or cannot stand
	found []bool                       // by number of the unit
	lent  []*[]uint32
	words wordSets // nil where more is asked for than which articles match
}

func newRun(ctx context.Context, p *program, s *segmentView) *run {
	return &run{
		program: p, segmentView: s, ctx: ctx, slots: make([][textFieldCount]*slotFound, len(p.slots)),
		units: make([][textFieldCount]*finding, len(p.units)), found: make([]bool, len(p.units)),
	}
}

// slotFound is where the terms of a slot stand in one field of the segment.
type slotFound struct {
	uses  []use
	docs  *roaring.Bitmap // live articles that have any of them; may be shared: it must not be changed
	lists []termList      // see run.lists
}

// slot finds the terms of a slot in a field.
func (r *run) slot(sl *slot, field int) (*slotFound, error) {
	at := &r.slots[sl.number][field]
	if *at != nil {
		return *at, nil
	}
	if err := r.ctx.Err(); err != nil {
		return nil, err
	}
	dict, f := r.dictionary(sl, field), &slotFound{}
	var err error
	if sl.pattern() {
		var all *roaring.Bitmap
		if f.uses, all, err = r.patternDocs(r.ctx, dict, sl, field); err == nil {
			f.docs = roaring.And(all, r.live)
		}
	} else if f.uses, err = r.expansion(dict, sl, field); err == nil {
		if err = r.fillLists(f, dict); err == nil {
			f.docs = unionOf(f.lists)
		}
	}
	*at = f
	return f, err
}

// dictionary returns the dictionary that has the terms of a slot in a field of prose.
func (s *segmentView) dictionary(sl *slot, field int) *segment.Dictionary {
	name := index.TextFields[field].Name
	if sl.kind == slotClass {
		return s.seg.Text(marksField(name))
	}
	return s.seg.Text(proseField(name))
}

// fillLists reads the postings of the terms of a slot.
func (r *run) fillLists(f *slotFound, dict *segment.Dictionary) error {
	f.lists = make([]termList, 0, len(f.uses))
	for i, u := range f.uses {
		if i%1024 == 1023 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		list := r.termList(dict, u)
		if !list.docs.IsEmpty() {
			f.lists = append(f.lists, list)
		}
	}
	return nil
}

// lists returns the postings of the terms that a live article has. A pattern may have thousands, which only positions need.
func (r *run) lists(sl *slot, field int) ([]termList, error) {
	f, err := r.slot(sl, field)
	if err != nil || f.lists != nil {
		return f.lists, err
	}
	return f.lists, r.fillLists(f, r.dictionary(sl, field))
}

// finding is where a unit matches in one field of the segment.
type finding struct {
	docs *roaring.Bitmap
	// Frequencies of a unit of one slot are read from the postings of its terms when they are needed; those of others are
	// counted while the positions are compared: frequencies[i] is that of the i-th article. A pattern counts once.
	lists       []termList
	frequencies []float32
	once        bool
}

// unit finds a unit in each field in which it can stand, among the articles of a set at least; nil is all. A unit that was
// found once is not looked for again: whoever narrows must know that nobody will ask for more.
func (r *run) unit(u *unit, among *roaring.Bitmap) ([textFieldCount]*finding, error) {
	if r.found[u.number] {
		return r.units[u.number], nil
	}
	for field := range textFieldCount {
		if !u.fields.has(field) {
			continue
		}
		f, err := r.find(u.expr, field, among)
		if err != nil {
			return r.units[u.number], err
		}
		r.units[u.number][field] = f
	}
	r.found[u.number] = true
	return r.units[u.number], nil
}

func (r *run) find(x *expr, field int, among *roaring.Bitmap) (*finding, error) {
	if x.op == exprWord {
		f, err := r.slot(x.slots[0], field)
		if err != nil {
			return nil, err
		}
		return &finding{docs: f.docs, lists: f.lists, once: x.slots[0].pattern()}, nil
	}
	candidates, err := r.candidates(x, field)
	if err != nil {
		return nil, err
	}
	if among != nil {
		candidates = roaring.And(candidates, among)
	}
	f := &finding{docs: roaring.New()}
	if candidates.IsEmpty() {
		return f, nil
	}
	reader, err := r.reader(x, field, candidates)
	if err != nil {
		return nil, err
	}
	return f, r.read(x, reader, candidates, f)
}

// read compares the positions in each candidate.
func (r *run) read(x *expr, reader spanReader, candidates *roaring.Bitmap, f *finding) error {
	var docs []uint32
	n := 0
	for it := candidates.Iterator(); it.HasNext(); n++ {
		if n%1024 == 1023 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		doc := it.Next()
		if spans := reader.read(doc); len(spans) > 0 {
			docs = append(docs, doc)
			f.frequencies = append(f.frequencies, float32(x.frequency(len(spans))))
		}
	}
	f.docs.AddMany(docs)
	return nil
}

// frequency is how often an expression of several words occurs where so many spans take part: places where a phrase begins;
// of words that may stand apart the spans for each word, and of two sides for each side.
func (x *expr) frequency(spans int) float64 {
	switch {
	case x.op == exprPhrase && x.n > 0, x.op == exprTogether:
		return float64(spans) / float64(len(x.words()))
	case x.op == exprNear && x.near != query.OpNotNear:
		return float64(spans) / 2
	}
	return float64(spans)
}

// candidates returns articles that have what the expression needs in the field, wherever it stands there. The set may be
// shared: it must not be changed.
func (r *run) candidates(x *expr, field int) (*roaring.Bitmap, error) {
	if !x.fields.has(field) {
		return roaring.New(), nil
	}
	var sets []*roaring.Bitmap
	for _, sl := range x.slots {
		f, err := r.slot(sl, field)
		if err != nil {
			return nil, err
		}
		sets = append(sets, f.docs)
	}
	for i, k := range x.kids {
		if i == 1 && x.near == query.OpNotNear {
			break
		}
		set, err := r.candidates(k, field)
		if err != nil {
			return nil, err
		}
		sets = append(sets, set)
	}
	switch {
	case len(sets) == 1:
		return sets[0], nil
	case x.op == exprOr:
		return roaring.FastOr(sets...), nil
	}
	return roaring.FastAnd(sets...), nil
}
