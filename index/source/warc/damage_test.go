package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"dateline/index/source/archive"
	"dateline/index/source/record"
	"dateline/index/source/warc/warctest"
)

// pages are n records, of which number i is titled "p<i>" and long enough that its compression can be damaged.
func pages(n int) []warctest.Record {
	records := make([]warctest.Record, n)
	for i := range records {
		var b strings.Builder
		for k := range 200 {
			fmt.Fprintf(&b, "ship %d at berth %d\n", k*k*7919+i, k*104729%1000)
		}
		records[i] = warctest.Page(fmt.Sprintf("https://quay.example/%d", i), "text/html", page(fmt.Sprint("p", i))+b.String())
	}
	return records
}

// TestDamage damages one of three records, packed as it stands: it is rejected for what is wrong, and the others are read.
func TestDamage(t *testing.T) {
	of := func(old, new string) func(b []byte) []byte {
		return func(b []byte) []byte {
			if !bytes.Contains(b, []byte(old)) {
				t.Fatalf("%q is not in the record", old)
			}
			return bytes.Replace(b, []byte(old), []byte(new), 1)
		}
	}
	for _, c := range []struct {
		name   string
		damage func(b []byte) []byte
		reason string
	}{
		{"length too short", of("Content-Length: 5", "Content-Length: 4"), record.BadSyntax},
		{"length far too short", of("Content-Length: 5", "Content-Length: 1\r\nX: 5"), record.BadSyntax},
		{"length too long", of("Content-Length: 5", "Content-Length: 6"), record.BadSyntax},
		{"length to behind the next", of("Content-Length: 5", "Content-Length: 10"), record.BadSyntax},
		{"length beyond the end", of("Content-Length: 5", "Content-Length: 90"), record.BadSyntax},
		{"length beyond the limit", of("Content-Length: 5", "Content-Length: 99999999999"), record.BadSyntax},
		{"length beyond numbers", of("Content-Length: 5", "Content-Length: 99999999999999999999999"), record.BadSyntax},
		{"negative length", of("Content-Length: 5", "Content-Length: -5"), record.BadSyntax},
		{"no length", of("Content-Length: ", "Content-Size: "), record.BadSyntax},
		{"a word for a length", of("Content-Length: 5", "Content-Length: many 5"), record.BadSyntax},
		{"no version", of("WARC/1.1\r\n", ""), record.BadSyntax},
		{"other version", of("WARC/1.1", "WARC/one"), record.BadSyntax},
		{"header without end", of("\r\n\r\n", "\r\n"), record.BadSyntax},
		{"header too long", of("WARC-Date", "X: "+strings.Repeat("x", 70000)+"\r\nWARC-Date"), record.TooLarge},
		{"bytes lost", func(b []byte) []byte { return append(b[:1000:1000], b[2000:]...) }, record.BadSyntax},
		{"bytes added", func(b []byte) []byte { return slices.Concat(b[:1000], make([]byte, 777), b[1000:]) }, record.BadSyntax},
		{"the end lost", func(b []byte) []byte { return b[:1000] }, record.BadSyntax},
		{"the beginning lost", func(b []byte) []byte { return b[1000:] }, record.BadSyntax},
	} {
		records := pages(3)
		for which := range records {
			if which == 0 && strings.Contains(c.name, "version") || which == 0 && c.name == "the beginning lost" {
				continue // not known for an archive
			}
			var in []byte
			var want []string
			for i, r := range records {
				b := []byte(r.String())
				if i == which {
					b = c.damage(b)
				} else {
					want = append(want, fmt.Sprint("p", i))
				}
				in = append(in, b...)
			}
			checkDamage(t, fmt.Sprintf("%s of %d", c.name, which), readAll(t, in, record.Options{}), want, c.reason)
		}
	}
}

// checkDamage checks that the titles are read and that there is one fault, at any place.
func checkDamage(t *testing.T, name string, list []outcome, want []string, reason string) {
	t.Helper()
	var titles []string
	faults := 0
	for _, o := range list {
		switch {
		case o.fault == nil:
			titles = append(titles, o.article.Title)
		case o.fault.Reason != reason && (o.fault.Reason != record.Truncated || o.at.Number != len(list)): // the last breaks off
			t.Errorf("%s: %s", name, o)
			fallthrough
		default:
			faults++
		}
	}
	if !slices.Equal(titles, want) || faults != 1 {
		t.Errorf("%s:\n%s", name, lines(list))
	}
}

// TestDamagedGzip damages the compression of a record: one fault, and the others are read.
func TestDamagedGzip(t *testing.T) {
	records := pages(4)
	for name, damage := range map[string]func(b []byte) []byte{
		"a bit":            func(b []byte) []byte { b[len(b)/2] ^= 4; return b },
		"the first bits":   func(b []byte) []byte { b[10] ^= 7; b[11] ^= 0x55; return b },
		"the checksum":     func(b []byte) []byte { b[len(b)-5] ^= 1; return b },
		"the magic":        func(b []byte) []byte { b[0]++; return b },
		"the end":          func(b []byte) []byte { return b[:len(b)-300] },
		"all but a little": func(b []byte) []byte { return b[:60] },
		"a record behind it is of another type": func(b []byte) []byte {
			return append(b[:len(b)-8:len(b)-8], warctest.Squeeze([]byte("what is this"))...)
		},
	} {
		for which := range records {
			if which == 0 && (name == "the magic" || name == "the first bits") {
				continue // not known for an archive
			}
			var in []byte
			var want []string
			for i, r := range records {
				b := warctest.Squeeze([]byte(r.String()))
				if i == which {
					b = damage(b)
				} else {
					want = append(want, fmt.Sprint("p", i))
				}
				in = append(in, b...)
			}
			checkDamage(t, fmt.Sprintf("%s of %d", name, which), readAll(t, in, record.Options{}), want, record.BadSyntax)
		}
	}
}

// TestTruncated cuts an archive anywhere: what is whole is read, and one record is truncated, unless the cut is between two.
func TestTruncated(t *testing.T) {
	records := pages(3)
	for name, parts := range map[string][][]byte{
		"plain": {[]byte(records[0].String()), []byte(records[1].String()), []byte(records[2].String())},
		"gzip":  {warctest.Gzip(records[0]), warctest.Gzip(records[1]), warctest.Gzip(records[2])},
	} {
		whole := bytes.Join(parts, nil)
		for cut := len(parts[0]) + 1; cut < len(whole); cut += 97 {
			list := readAll(t, whole[:cut], record.Options{})
			articles := 1
			if cut > len(parts[0])+len(parts[1])-4 {
				articles = 2
			}
			for i, o := range list {
				if i < articles != (o.fault == nil) || o.fault != nil && o.fault.Reason != record.Truncated {
					t.Errorf("%s cut at %d: %s", name, cut, lines(list))
				}
			}
			if len(list) > articles+1 {
				t.Errorf("%s cut at %d: %s", name, cut, lines(list))
			}
		}
	}
}

// TestUnreadable holds that an error of the file is told with the record that it hits, and ends the reading.
func TestUnreadable(t *testing.T) {
	one := pages(1)[0].String()
	in := io.MultiReader(strings.NewReader(one+one[:2000]), iotest.ErrReader(errors.New("the disk is gone")))
	got := lines(readStream(t, in, record.Options{}))
	if !strings.HasPrefix(got, "p0\ntruncated: the file can be read for ") || !strings.HasSuffix(got, "unreadable: the disk is gone\n") {
		t.Error(got)
	}
}

// TestArchiveInArchive holds that records within a payload are no records of the archive.
func TestArchiveInArchive(t *testing.T) {
	inner := warctest.Plain(pages(2)...)
	list := readAll(t, warctest.Plain(
		warctest.Record{Type: "resource", URI: quay, ContentType: "application/warc", Block: string(inner)},
		warctest.Page(quay, "text/html", page("behind")),
	), record.Options{})
	if got, want := lines(list), "not news: no news format that is known, sent as application/warc ("+quay+")\nbehind\n"; got != want {
		t.Error(got)
	}
}

// TestOverlong holds that records above the limit are passed by, whatever they are.
func TestOverlong(t *testing.T) {
	long := strings.Repeat("x", 300_000)
	in := warctest.Plain(
		warctest.Page(quay, "text/html", page("a")),
		warctest.Page("https://quay.example/long", "text/html", "<html>"+long),
		warctest.Page("https://quay.example/film", "video/mp4", long),
		warctest.Record{Type: "metadata", Block: long},
		warctest.Page(quay, "text/html", page("b")),
		warctest.Page("https://quay.example/end", "text/html", "<html>"+long),
	)
	const want = "a\ntoo large: the record has 300074 bytes (https://quay.example/long)\nnot news: video/mp4 (https://quay.example/film)\nb\n"
	if got := lines(readAll(t, in, record.Options{MaxRecord: 100_000})); got != want+"too large: the record has 300074 bytes (https://quay.example/end)\n" {
		t.Error(got)
	}
	if got := lines(readAll(t, in[:len(in)-1000], record.Options{MaxRecord: 100_000})); !strings.HasPrefix(got, want+"truncated: the file ends after") {
		t.Error(got)
	}
}

// TestNothingButBeginnings reads files that make a reader look far ahead from every record: each is a fault, and the work
// done is no more than a few times the file.
func TestNothingButBeginnings(t *testing.T) {
	for name, piece := range map[string]string{
		"no end":         "WARC/1.0\r\nWARC-",
		"no length":      "WARC/1.0\r\nWARC-Type: response\r\n\r\n",
		"long":           "WARC/1.0\nContent-Length: 60000\n\n",
		"longer":         "WARC/1.0\nContent-Length: 900000\n\n",
		"beyond bounds":  "WARC/1.0\nContent-Length: 99999999\n\n",
		"ends elsewhere": "WARC/1.0\nContent-Length: 47\n\n",
	} {
		in := strings.Repeat(piece, 20000)
		n := 0
		err := each(New(fakes).Open(strings.NewReader(in), record.Options{MaxRecord: 1 << 20}), func(o outcome) {
			if n++; o.fault == nil {
				t.Fatal(o)
			}
		})
		if err != nil || n < 100 || n > 20000 {
			t.Errorf("%s: %d faults, %v", name, n, err)
		}
	}
}

// endless is an archive of n bytes and more, made as it is read.
type endless struct {
	left    int64
	records [][]byte
	rest    []byte
	i       int
}

func (e *endless) Read(p []byte) (int, error) {
	if len(e.rest) == 0 {
		if e.left <= 0 {
			return 0, io.EOF
		}
		e.rest = e.records[e.i%len(e.records)]
		e.i++
		e.left -= int64(len(e.rest))
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// TestMemory reads 60 MB, of which one record is longer than all that may be held, and looks at the heap as it goes.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: reads 60 MB")
	}
	e := &endless{left: 60 << 20}
	for i, r := range pages(50) {
		picture := warctest.Page(quay, "image/png", strings.Repeat("x", 200_000))
		e.records = append(e.records, []byte(warctest.Request(quay).String()), []byte(r.String()), []byte(picture.String()))
		if i == 25 {
			e.records = append(e.records, []byte(warctest.Page(quay, "text/html", page("long")+strings.Repeat("x", 1<<20)).String()))
		}
	}
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	n, peak := 0, uint64(0)
	r := New(fakes).Open(e, record.Options{MaxRecord: 256 << 10})
	rec, err := r.Next()
	for ; err != io.EOF; rec, err = r.Next() {
		if n++; n%50 == 0 {
			if err == nil {
				_, _ = rec.Decode()
			}
			runtime.GC()
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapAlloc-min(before.HeapAlloc, now.HeapAlloc))
		}
	}
	if n < 500 || peak > 4<<20 {
		t.Errorf("%d records, %d bytes of memory at most", n, peak)
	}
	t.Logf("%d records, at most %d KiB", n, peak>>10)
}

// FuzzReader reads anything: no panic, no hang, and places that ascend (readAll sees to it).
func FuzzReader(f *testing.F) {
	f.Add(warctest.Plain(warctest.Page(quay, "text/html", page("a")), warctest.Page(quay, "text/xml", feed("b", "c"))), uint16(100), byte(3))
	f.Add(warctest.Gzip(warctest.Info(), warctest.Page(quay, "text/html", page("a")), warctest.Request(quay)), uint16(60), byte(1))
	f.Add([]byte(arcFile("1 0", arcRecord(quay, "text/html", page("a")))), uint16(30), byte(9))
	f.Add(warctest.Plain(warctest.Answer(quay, "200 OK", "Transfer-Encoding: chunked\r\nContent-Encoding: br, gzip\r\n", "3\r\nabc\r\n0\r\n\r\n")), uint16(0), byte(0))
	f.Add([]byte("WARC/1.0\r\nContent-Length: 9999999\r\n\r\nWARC/1.0\r\n"), uint16(2), byte(0))
	f.Fuzz(func(t *testing.T, in []byte, at uint16, bits byte) {
		if len(in) > 0 {
			in = bytes.Clone(in)
			in[int(at)%len(in)] ^= bits
		}
		total := 0
		for _, o := range readAll(t, in, record.Options{MaxRecord: 4096}) {
			if o.fault != nil && (o.fault.Reason == "" || o.fault.Detail == "") {
				t.Fatal(o)
			}
			total++
		}
		if total > len(in)+1 {
			t.Fatalf("%d records in %d bytes", total, len(in))
		}
	})
}

// BenchmarkReader cuts an archive of pages of 55 kB, each with its request; what it measures is the archive, unpacked.
func BenchmarkReader(b *testing.B) {
	var records []warctest.Record
	for _, r := range pages(100) {
		body := strings.TrimSuffix(page("p")+strings.Repeat(r.Block, 10), "\n")
		records = append(records, warctest.Request(r.URI), warctest.Page(r.URI, "text/html", body))
	}
	plain := warctest.Plain(records...)
	for name, in := range map[string][]byte{"plain": plain, "gzip": warctest.Gzip(records...)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(plain)))
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				_ = archive.Walk("f", bytes.NewReader(in), -1, archive.Options{}, func(m archive.Member) error {
					for r := New(fakes).Open(m, record.Options{Breaks: m.Breaks}); ; n++ {
						if _, err := r.Next(); err != nil {
							return nil
						}
					}
				})
				if n != len(records)/2 {
					b.Fatal(n)
				}
			}
		})
	}
}
