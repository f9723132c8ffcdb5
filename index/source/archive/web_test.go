package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/zstd"

	"dateline/index/source/record"
	"dateline/index/source/warc/warctest"
)

// crawl is an archive of n pages, and its records when unpacked and as they are compressed.
func crawl(n int) (records []warctest.Record, plain [][]byte, packed [][]byte) {
	for i := range n {
		r := warctest.Page(fmt.Sprintf("https://quay.example/%d", i), "text/plain", string(lines(3000+100*i)))
		records = append(records, r)
		plain = append(plain, []byte(r.String()))
		packed = append(packed, warctest.Squeeze([]byte(r.String())))
	}
	return records, plain, packed
}

// unpacked is what came of a file: the content and where it breaks.
type unpacked struct {
	content []byte
	breaks  []record.Break
	err     error
}

func unpack(t testing.TB, in io.Reader) (u unpacked) {
	t.Helper()
	err := Walk("f", in, -1, Options{}, func(m Member) error {
		u.content, u.err = io.ReadAll(m)
		for at := int64(0); m.Breaks != nil; {
			b, ok := m.Breaks(at)
			if !ok {
				break
			}
			u.breaks = append(u.breaks, b)
			at = b.At + 1
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// TestDamagedWebArchive damages a record in many ways: the others come whole, in their order, and there is one break.
func TestDamagedWebArchive(t *testing.T) {
	_, plain, packed := crawl(5)
	for name, damage := range map[string]func(b []byte) []byte{
		"a bit in the middle":  func(b []byte) []byte { b[len(b)/2] ^= 4; return b },
		"a bit near the end":   func(b []byte) []byte { b[len(b)-12] ^= 4; return b },
		"the checksum":         func(b []byte) []byte { b[len(b)-6] ^= 1; return b },
		"the magic":            func(b []byte) []byte { b[0] ^= 1; return b },
		"the method":           func(b []byte) []byte { b[2] ^= 1; return b },
		"the first block":      func(b []byte) []byte { b[10] ^= 7; b[11] ^= 0x55; return b },
		"zeros":                func(b []byte) []byte { clear(b[40:200]); return b },
		"the end is gone":      func(b []byte) []byte { return b[:len(b)-100] },
		"the beginning is":     func(b []byte) []byte { return b[100:] },
		"the middle is":        func(b []byte) []byte { return append(b[:500:500], b[900:]...) },
		"another begins in it": func(b []byte) []byte { return append(b[:300:300], "\x1f\x8b\x08 no member"...) },
	} {
		for _, which := range []int{0, 2, 4} {
			if which == 0 && (name == "the magic" || name == "the method" || name == "the beginning is") {
				continue // not known for a gzip
			}
			in := slices.Clone(packed)
			in[which] = damage(bytes.Clone(in[which]))
			u := unpack(t, iotest.HalfReader(bytes.NewReader(bytes.Join(in, nil))))
			if u.err != nil || len(u.breaks) != 1 {
				t.Errorf("%s of record %d: %v, breaks %+v", name, which, u.err, u.breaks)
				continue
			}
			b := u.breaks[0]
			before, behind := bytes.Join(plain[:which], nil), bytes.Join(plain[which+1:], nil)
			if b.Began != int64(len(before)) || b.Reason == "" || b.Detail == "" || !bytes.HasPrefix(u.content, before) ||
				!bytes.Equal(u.content[b.At:], behind) {
				t.Errorf("%s of record %d: %+v of %d and %d bytes", name, which, b, len(u.content), len(behind))
			}
		}
	}
}

// TestManyBreaks damages every second record.
func TestManyBreaks(t *testing.T) {
	_, plain, packed := crawl(40)
	for i := 1; i < len(packed); i += 2 {
		packed[i][len(packed[i])/3] ^= 0x81
	}
	u := unpack(t, bytes.NewReader(bytes.Join(packed, nil)))
	if u.err != nil || len(u.breaks) != 20 {
		t.Fatal(u.err, len(u.breaks))
	}
	for i := 0; i < len(plain); i += 2 {
		if !bytes.Contains(u.content, plain[i]) {
			t.Errorf("record %d is not there", i)
		}
	}
}

// TestBreaksAreOfWebArchives holds that other files end at the damage, as before, with an error.
func TestBreaksAreOfWebArchives(t *testing.T) {
	_, _, packed := crawl(2)
	bad := compress(t, "gz", lines(5000))
	bad[len(bad)/2] ^= 4
	for name, in := range map[string][]byte{
		"news":              append(bytes.Clone(bad), compress(t, "gz", []byte(news))...),
		"an archive behind": append(bytes.Clone(bad), packed[0]...),
	} {
		u := unpack(t, bytes.NewReader(in))
		var e *Error
		if !errors.As(u.err, &e) || e.Reason != record.BadSyntax || len(u.breaks) > 0 {
			t.Errorf("%s: %v %v", name, u.err, u.breaks)
		}
	}
	if u := unpack(t, io.MultiReader(bytes.NewReader(packed[0][:500]), iotest.ErrReader(io.ErrClosedPipe))); u.err == nil || len(u.breaks) > 0 {
		t.Errorf("the file could not be read: %v %v", u.err, u.breaks)
	}
}

// TestBreaksAreForgotten holds that what was asked for is not kept.
func TestBreaksAreForgotten(t *testing.T) {
	g := &gunzip{broken: []record.Break{{At: 3}, {At: 7}}}
	for _, c := range []struct {
		from, at int64
		ok       bool
	}{{0, 3, true}, {3, 3, true}, {4, 7, true}, {0, 7, true}, {8, 0, false}} {
		if b, ok := g.breaks(c.from); b.At != c.at || ok != c.ok {
			t.Errorf("from %d: %+v %v", c.from, b, ok)
		}
	}
}

func TestRecentGoesBack(t *testing.T) {
	in := lines(5 << 20)
	r := &recent{in: bytes.NewReader(in)}
	buf := make([]byte, 64<<10)
	for i := 0; ; i++ {
		n, err := r.Read(buf)
		if err != nil {
			break
		}
		if !bytes.Equal(buf[:n], in[r.n-int64(n):r.n]) {
			t.Fatalf("other bytes at %d", r.n)
		}
		if i%50 == 49 {
			at := r.n
			if r.rewind(at - 300_000); r.n != at-300_000 {
				t.Fatalf("went back from %d to %d", at, r.n)
			}
		}
	}
	if r.n != int64(len(in)) || cap(r.kept) > 4*keep {
		t.Error(r.n, cap(r.kept))
	}
	if r.rewind(0); r.n < int64(len(in)-2*keep) || r.n > int64(len(in)-keep) {
		t.Error("went back to", r.n)
	}
}

// TestTries bounds the work on a file of nothing but beginnings.
func TestTries(t *testing.T) {
	_, _, packed := crawl(1)
	in := append(packed[0], bytes.Repeat([]byte("\x1f\x8b\x08\x00"), 2<<20)...)
	g := newGunzip("f", bytes.NewReader(in))
	g.tried = maxTries - 1000
	if _, err := io.Copy(io.Discard, g); err != nil || g.tried != maxTries || len(g.broken) != 1 {
		t.Error(err, g.tried, g.broken)
	}
}

// TestWACZ holds that of a packaged web archive only the archive is visited.
func TestWACZ(t *testing.T) {
	const pages = "pages/pages.jsonl={\"title\":\"Quay\"}"
	for _, c := range []struct {
		name    string
		members []string
		want    string
	}{
		{"wacz", []string{"archive/a.warc=A", pages, "archive/b.WARC.gz=B", "archive/note.txt=n", "datapackage.json={}", "logs/x.log=x"}, "f!archive/a.warc=A | f!archive/b.WARC.gz=B"},
		{"zstd and arc", []string{"archive/a.warc.zst=A", "archive/c.arc=C", "datapackage.json={}"}, "f!archive/a.warc.zst=A | f!archive/c.arc=C"},
		{"no archive", []string{"datapackage.json={}", pages}, "f!datapackage.json={} | f!" + pages},
		{"not described", []string{"archive/a.warc=A", pages}, "f!archive/a.warc=A | f!" + pages},
		{"beside others", []string{"a.warc=A", "datapackage.json={}", "b.txt=b"}, "f!a.warc=A | f!datapackage.json={} | f!b.txt=b"},
	} {
		if got, err := walkAll(zipOf(t, c.members...), nil, -1, Options{}); got != c.want || err != nil {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
}

// dictionary trains one on records.
func dictionary(t testing.TB, plain [][]byte) []byte {
	t.Helper()
	d, err := zstd.BuildDict(zstd.BuildDictOptions{ID: 7, Contents: plain, History: bytes.Join(plain, nil)[:8<<10], Offsets: [3]int{1, 4, 8}})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestZstdDictionary(t *testing.T) {
	records, plain, _ := crawl(30)
	d := dictionary(t, plain)
	in, err := warctest.Zstd(d, records...)
	if err != nil {
		t.Fatal(err)
	}
	want := bytes.Join(plain, nil)
	if u := unpack(t, bytes.NewReader(in)); u.err != nil || !bytes.Equal(u.content, want) {
		t.Error("raw:", u.err, len(u.content), len(want))
	}
	packed := compress(t, "zst", d)
	frames := append([]byte("\x5d\x2a\x4d\x18"), byte(len(packed)), byte(len(packed)>>8), 0, 0)
	frames = append(append(frames, packed...), in[8+len(d):]...)
	if u := unpack(t, bytes.NewReader(frames)); u.err != nil || !bytes.Equal(u.content, want) {
		t.Error("compressed:", u.err, len(u.content))
	}
	for name, bad := range map[string][]byte{
		"cut":   frames[:100],
		"large": append([]byte("\x5d\x2a\x4d\x18\xff\xff\xff\x7f"), frames[8:]...),
		"bad":   append(bytes.Clone(frames[:8]), slices.Concat(packed[:len(packed)/2], make([]byte, len(packed)/2+1), frames[8+len(packed):])...),
		"bomb":  bombDictionary(t),
	} {
		var e *Error
		if u := unpack(t, bytes.NewReader(bad)); !errors.As(u.err, &e) || len(u.content) > 0 {
			t.Error(name, u.err, len(u.content))
		}
	}
	if got, _ := walkAll([]byte("\x5d\x2a\x4d\x18\x02\x00\x00\x00xx"+string(compress(t, "zst", []byte(news)))), nil, -1, Options{}); got != "f="+news {
		t.Errorf("a frame of the number that holds no dictionary: %q", got)
	}
}

// bombDictionary is a dictionary that unpacks to more than one may have.
func bombDictionary(t testing.TB) []byte {
	packed := compress(t, "zst", make([]byte, maxDictionary+1))
	return append([]byte{0x5d, 0x2a, 0x4d, 0x18, byte(len(packed)), byte(len(packed) >> 8), 0, 0}, packed...)
}

// FuzzWebArchive damages an archive anywhere: what is sound before and behind comes whole.
func FuzzWebArchive(f *testing.F) {
	f.Add(100, []byte{1})
	f.Add(4000, []byte(strings.Repeat("\x00", 3000)))
	_, plain, packed := crawl(4)
	whole := bytes.Join(packed, nil)
	f.Fuzz(func(t *testing.T, at int, damage []byte) {
		if at < len(packed[0]) || at+len(damage) > len(whole) {
			return
		}
		in := bytes.Clone(whole)
		copy(in[at:], damage)
		u := unpack(t, bytes.NewReader(in))
		if u.err != nil {
			t.Fatal(u.err)
		}
		last := int64(-1)
		for _, b := range u.breaks {
			if b.At <= last || b.Began > b.At || b.At > int64(len(u.content)) {
				t.Fatal(u.breaks)
			}
			last = b.At
		}
		end := 0
		for i := range packed {
			begin := end
			end += len(packed[i])
			if (end <= at || begin >= at+len(damage)) && !bytes.Contains(u.content, plain[i]) {
				t.Fatalf("record %d is not there", i)
			}
		}
	})
}
