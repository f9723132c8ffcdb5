package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// form is how a word is written.
type form uint8

const (
	formNone    form = iota // beside the sentence
	formLower               // troops
	formTitle               // Washington, McDonald
	formUpper               // NATO
	formInitial             // J, J.
	formDotted              // U.S.
	formMixed               // al-Qaida, iPhone
	formNumber              // 12,000
	formPunct
	formOther     // of no letters, digits or ASCII punctuation, or too long
	forms     int = iota
)

// word is what the features of a word, and of those beside it, are made of.
type word struct {
	lower uint64 // hash of the word in lower case
	shape uint64 // of its letters as X, digits as d, each row of the same written once
	line  uint32 // of the model's table: see lineOf
	list  mask
	form  form
	class class

	plain   plain // by itself it is no name, in spite of its capital
	small   bool  // Title Case leaves it in lower case
	joins   bool  // it may stand between words of a name, though it has no capital
	phrases uint8 // words of the longest phrase of the lists that begins with it, 0 when it begins none
}

// capital reports whether the word can begin a name by the way it is written.
func (w *word) capital() bool { return w.form >= formTitle && w.form <= formMixed }

// maxWord is the longest word, in bytes, that can be of a name.
const maxWord = 48

// read sets what is known of a word by itself. The buffer is used for the word in lower case.
func (w *word) read(s string, buf []byte) []byte {
	*w = word{form: formOther}
	if len(s) > maxWord {
		return buf
	}
	buf = appendLower(buf[:0], s)
	w.lower = hash(buf)
	w.line = lineOf(w.lower)
	w.form, w.shape = formOf(s)
	w.class = classOf(w.form, string(buf))
	return buf
}

// suffixes is how many ends of a word are looked at: its last 2, 3 and 4 bytes.
const suffixes = 3

// ends are hashes of the ends of a word in lower case, which are looked at only where the word may be of a name.
type ends struct {
	suffix [suffixes]uint64
	tail   uint64 // of what follows its last hyphen, else 0
}

func endsOf(s string) (e ends) {
	var room [2 * maxWord]byte
	lower := appendLower(room[:0], s)
	for n := range e.suffix {
		e.suffix[n] = hash(lower[max(0, len(lower)-n-2):])
	}
	for i := len(lower) - 1; i > 0; i-- {
		if lower[i] == '-' {
			e.tail = hash(lower[i:])
			break
		}
	}
	return e
}

// formOf returns how a word is written, and the hash of its shape.
func formOf(s string) (form, uint64) {
	var upper, lower, digits, others, dots int
	first, last, shape := rune(0), rune(0), uint64(offset64)
	for i, r := range s {
		kind := r
		switch {
		case r < utf8.RuneSelf && r >= 'a' && r <= 'z' || r >= utf8.RuneSelf && (unicode.IsLower(r) || unicode.Is(unicode.Lo, r)):
			kind = 'x'
			lower++
		case r < utf8.RuneSelf && r >= 'A' && r <= 'Z' || r >= utf8.RuneSelf && (unicode.IsUpper(r) || unicode.IsTitle(r)):
			kind = 'X'
			upper++
		case r >= '0' && r <= '9':
			kind = 'd'
			digits++
		default:
			others++
			if r == '.' {
				dots++
			}
		}
		if i == 0 {
			first = kind
		}
		if kind != last {
			shape = (shape ^ uint64(kind)) * prime64
			last = kind
		}
	}
	return formFrom(first, counts{upper, lower, digits, others, dots}), shape
}

// counts are the characters of a word by kind.
type counts struct{ upper, lower, digits, others, dots int }

func formFrom(first rune, n counts) form {
	switch {
	case n.upper == 0 && n.lower == 0 && n.digits > 0:
		return formNumber
	case n.upper == 0 && n.lower == 0:
		return formPunct
	case n.upper == 0:
		return formLower
	case n.upper == 1 && n.lower == 0 && n.digits == 0 && n.others == n.dots:
		return formInitial
	case n.lower == 0 && n.dots > 0:
		return formDotted
	case n.lower == 0:
		return formUpper
	case first == 'X':
		return formTitle
	}
	return formMixed
}

// class is the kind of word by which the weights between a label and the one before it are told apart.
type class uint8

const (
	classOfWord   = class(iota) + class(formOther) + 1 // of, for
	classAnd                                           // and, &
	classOwn                                           // 's
	classParticle                                      // de, bin, van, al
	classes       int                                  = iota + int(formOther) + 1
)

func classOf(f form, lower string) class {
	switch lower {
	case "of", "for":
		return classOfWord
	case "and", "&":
		return classAnd
	case "'s", "’s":
		return classOwn
	case "de", "bin", "van", "von", "al", "el", "del", "da", "la", "ibn", "der", "du", "di":
		if f == formLower {
			return classParticle
		}
	}
	return class(f)
}

// FNV-1a, by which words are known.
const (
	offset64 = 14695981039346656037
	prime64  = 1099511628211
)

func hash(b []byte) uint64 {
	h := uint64(offset64)
	for _, c := range b {
		h = (h ^ uint64(c)) * prime64
	}
	return h
}

func hashLower(s string) uint64 {
	var buf [maxWord]byte
	return hash(appendLower(buf[:0], s))
}

// join returns the hash of a phrase and one more word.
func join(h, word uint64) uint64 { return (h^word)*0x9e3779b97f4a7c15 + 1 }

func appendLower(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return appendLowerRunes(dst, s[i:])
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// appendLowerRunes is for what is not ASCII. The typographic apostrophe is written as the plain one.
func appendLowerRunes(dst []byte, s string) []byte {
	for _, r := range s {
		if r == '’' {
			r = '\''
		}
		dst = utf8.AppendRune(dst, unicode.ToLower(r))
	}
	return dst
}

// plain says of what words that stand by themselves the capital is no sign of a name.
type plain uint8

const (
	plainNever  plain = iota
	plainOpener       // where they open a sentence
	plainAlways
)

// wellKnown is what is known of a word by its letters alone.
type wellKnown struct {
	small, joins bool
	plain        plain
}

// wellKnownWords are the few words of which something is.
var wellKnownWords = func() map[uint64]wellKnown {
	m := map[uint64]wellKnown{}
	set := func(words string, know func(*wellKnown)) {
		for _, w := range strings.Fields(words) {
			k := m[hashLower(w)]
			know(&k)
			m[hashLower(w)] = k
		}
	}
	// Title Case leaves these in lower case.
	set(`a an the of in on at to for by with and or but as from into over is 's ’s v vs via de al nor up off`, func(k *wellKnown) { k.small = true })
	// Without a capital these stand between the words of a name, and may be of it: Bank of England, Marks & Spencer. All others part
	// names, however close.
	set(`of for and the & 's - – ' '' " / @ + . de bin van von al el del da la ibn der du di des den dos das do
		ter ten bint abu y e i et und zu le les los las sur upon`, func(k *wellKnown) { k.joins = true })
	set(`the a an in on at to of for by with from and but or nor if as it he she they we you this that these those his
		her its their our my your there here when while after before since until under over during between through despite without
		although though because however meanwhile both also not no now then what who whom why how which where many most some
		any each every several other others another all one two three few such so once still yet even only just more
		last next is are was were do did does can could should would has have had let about against among according asked despite
		earlier later officials police analysts investors shares critics experts`, func(k *wellKnown) { k.plain = plainOpener })
	set("i monday tuesday wednesday thursday friday saturday sunday january february july september october november december",
		func(k *wellKnown) { k.plain = plainAlways })
	return m
}()

// know sets what is known of the word by its letters.
func (w *word) know() {
	k := wellKnownWords[w.lower]
	w.small = k.small
	switch w.form {
	case formLower, formPunct:
		w.joins = k.joins
	case formNumber:
		w.joins = true
	case formTitle, formInitial:
		w.plain = k.plain
	}
}
