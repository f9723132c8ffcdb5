package archive

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"

	"dateline/index/source/record"
)

const news = "the quay is open\n"

// compressors by kind. The standard library writes no bzip2.
var compressors = map[string]func(w io.Writer) (io.WriteCloser, error){
	"gz":  func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil },
	"zst": func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w) },
	"xz":  func(w io.Writer) (io.WriteCloser, error) { return xz.NewWriter(w) },
}

func compress(t testing.TB, kind string, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := compressors[kind](&b)
	if err == nil {
		_, err = w.Write(data)
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const bzip64 = "QlpoOTFBWSZTWZF+g3QAABZRgAAQQAAiYe4gIAAjP/VSNMmnp6hAAAwimEfKRp6s2s2pEcF3JFOFCQkX6DdAQlpoOTFBWSZTWYRSkJQAAAXRgAAQQAAuA5wAIAAiANDQQNA0BQS9OE8eHi7kinChIQilISg="

// bzipped is three lines of news and, in a second stream, "second stream".
func bzipped(t testing.TB) []byte {
	raw, err := base64.StdEncoding.DecodeString(bzip64)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func tarOf(t testing.TB, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, m := range members {
		name, content, _ := strings.Cut(m, "=")
		h := &tar.Header{Name: name, Size: int64(len(content)), Mode: 0o644, Typeflag: tar.TypeReg}
		switch {
		case strings.HasSuffix(name, "/"):
			h.Typeflag = tar.TypeDir
		case strings.HasPrefix(content, "->"):
			h.Typeflag, h.Linkname, h.Size, content = tar.TypeSymlink, content[2:], 0, ""
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zipOf(t testing.TB, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, m := range members {
		name, content, _ := strings.Cut(m, "=")
		f, err := w.Create(name)
		if err == nil && content != "" {
			_, err = io.WriteString(f, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// walkAll returns one line per member, "path=content" and a reason in brackets where it breaks off, and Walk's error.
func walkAll(data []byte, r io.Reader, size int64, o Options) (string, error) {
	if r == nil {
		r = bytes.NewReader(data)
	}
	var lines []string
	err := Walk("f", r, size, o, func(m Member) error {
		content, err := io.ReadAll(m)
		line := m.Path + "=" + string(content)
		var e *Error
		if errors.As(err, &e) {
			line += " [" + e.Reason + "]"
		} else if err != nil {
			line += " [" + err.Error() + "]"
		}
		lines = append(lines, line)
		return nil
	})
	return strings.Join(lines, " | "), err
}

func TestWalk(t *testing.T) {
	two := tarOf(t, "dir/=", "dir/b.txt="+news, "./c.txt=c", ".hidden=x", "._c.txt=x", ".git/d=x", "__MACOSX/e=x", "link=->c.txt", "../../etc/f=f")
	zipped := zipOf(t, "dir/", "dir/b.txt="+news, "._b.txt=x", "g.gz="+string(compress(t, "gz", []byte("g"))), "empty=")
	tarWant := "!dir/b.txt=" + news + " | f!c.txt=c | f!etc/f=f"
	for _, c := range []struct {
		name string
		in   []byte
		want string
	}{
		{"nothing", nil, "f="},
		{"plain", []byte(news), "f=" + news},
		{"short", []byte("PK"), "f=PK"},
		{"like gzip", []byte("\x1f\x8b\x00 no"), "f=\x1f\x8b\x00 no"},
		{"like bzip2", []byte("BZh9 is a name"), "f=BZh9 is a name"},
		{"gz", compress(t, "gz", []byte(news)), "f=" + news},
		{"gz of nothing", compress(t, "gz", nil), "f="},
		{"gz of two", append(compress(t, "gz", []byte(news)), compress(t, "gz", []byte("two"))...), "f=" + news + "two"},
		{"padded gz", append(compress(t, "gz", []byte(news)), make([]byte, 100)...), "f=" + news},
		{"zst", compress(t, "zst", []byte(news)), "f=" + news},
		{"zst of two", append(compress(t, "zst", []byte(news)), compress(t, "zst", []byte("two"))...), "f=" + news + "two"},
		{"zst behind a skipped frame", append([]byte("\x50\x2a\x4d\x18\x02\x00\x00\x00xx"), compress(t, "zst", []byte(news))...), "f=" + news},
		{"xz", compress(t, "xz", []byte(news)), "f=" + news},
		{"xz of two", append(compress(t, "xz", []byte(news)), compress(t, "xz", []byte("two"))...), "f=" + news + "two"},
		{"bz2", bzipped(t), "f=" + strings.Repeat(news, 3) + "second stream\n"},
		{"gz in gz", compress(t, "gz", compress(t, "gz", []byte(news))), "f=" + news},
		{"gz in gz in gz", compress(t, "gz", compress(t, "gz", compress(t, "gz", []byte(news)))), "f= [bad syntax]"},
		{"tar", two, "f" + tarWant},
		{"tar.gz", compress(t, "gz", two), "f" + tarWant},
		{"tar.zst", compress(t, "zst", two), "f" + tarWant},
		{"tar.xz", compress(t, "xz", two), "f" + tarWant},
		{"tar of gz", tarOf(t, "a.gz="+string(compress(t, "gz", []byte(news)))), "f!a.gz=" + news},
		{"tar.gz of xz", compress(t, "gz", tarOf(t, "a.xz="+string(compress(t, "xz", []byte(news))))), "f!a.xz=" + news},
		{"tar in tar", tarOf(t, "in.tar="+string(two), "c=c"), "f!in.tar= [bad syntax] | f!c=c"},
		{"zip", zipped, "f!dir/b.txt=" + news + " | f!g.gz=g | f!empty="},
		{"zip in gz", compress(t, "gz", zipped), "f!dir/b.txt=" + news + " | f!g.gz=g | f!empty="},
		{"zip in zip", zipOf(t, "in.zip="+string(zipped), "c=c"), "f!in.zip= [bad syntax] | f!c=c"},
		{"zip of nothing", zipOf(t), ""},
	} {
		for mode, r := range map[string]io.Reader{
			"in place": bytes.NewReader(c.in), "stream": io.MultiReader(bytes.NewReader(c.in)), "by byte": iotest.OneByteReader(bytes.NewReader(c.in)),
		} {
			size := int64(len(c.in))
			if mode != "in place" {
				size = -1
			}
			if got, err := walkAll(nil, r, size, Options{}); got != c.want || err != nil {
				t.Errorf("%s, %s: %q, %v\nwant %q", c.name, mode, got, err, c.want)
			}
		}
	}
}

// lines returns text that does not shrink to nothing.
func lines(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	for b.Len() < n {
		fmt.Fprintf(&b, "ship %d at berth %d\n", r.Uint64(), r.Uint32())
	}
	return b.Bytes()[:n]
}

func TestTruncated(t *testing.T) {
	text := lines(300_000)
	long := tarOf(t, "a="+string(text), "b=b")
	for kind := range compressors {
		for name, whole := range map[string][]byte{"file": compress(t, kind, text), "tar": compress(t, kind, long)} {
			for _, cut := range []int{len(whole) - 1, len(whole) * 2 / 3, 20} {
				got, err := walkAll(whole[:cut], nil, -1, Options{})
				if strings.Count(got, "[truncated]")+strings.Count(fmt.Sprint(err), "truncated") != 1 {
					t.Errorf("%s %s cut at %d: …%q, %v", name, kind, cut, got[max(0, len(got)-60):], err)
				}
				if cut > len(whole)/2 && (len(got) < 100_000 || !strings.Contains(string(text), got[10:90_000])) {
					t.Errorf("%s %s cut at %d: of %d bytes %d were read", name, kind, cut, len(text), len(got))
				}
			}
		}
	}
	bz := bzipped(t)
	if got, err := walkAll(bz[:len(bz)-12], nil, -1, Options{}); !strings.Contains(got, news) || !strings.HasSuffix(got, "[truncated]") || err != nil {
		t.Errorf("bz2: %q, %v", got, err)
	}
	for cut := range []int{1, 100, len(long) / 2} {
		got, err := walkAll(long[:len(long)-1024-512-cut], nil, -1, Options{})
		if strings.Count(got, "[truncated]")+strings.Count(fmt.Sprint(err), "truncated") != 1 {
			t.Errorf("tar cut by %d: %v", cut, err)
		}
	}
	z := zipOf(t, "a="+news)
	if got, err := walkAll(z[:len(z)-30], nil, -1, Options{}); got != "f= [truncated]" || err != nil {
		t.Errorf("zip: %q, %v", got, err)
	}
}

func TestDamaged(t *testing.T) {
	text := lines(100_000)
	for kind := range compressors {
		whole := compress(t, kind, text)
		whole[len(whole)/2] ^= 0x10
		got, err := walkAll(whole, nil, -1, Options{})
		if !strings.Contains(got, "[bad syntax]") && !strings.Contains(got, "[truncated]") || err != nil {
			t.Errorf("%s: …%q, %v", kind, got[max(0, len(got)-60):], err)
		}
		if got, err := walkAll(append(compress(t, kind, []byte(news)), "garbage behind"...), nil, -1, Options{}); got != "f="+news+" [bad syntax]" || err != nil {
			t.Errorf("garbage behind %s: %q, %v", kind, got, err)
		}
	}
	z := zipOf(t, "a="+string(text), "b=b")
	z[200] ^= 0x10
	if got, err := walkAll(z, nil, int64(len(z)), Options{}); !strings.Contains(got, "[bad syntax] | f!b=b") || err != nil {
		t.Errorf("zip: …%q, %v", got[max(0, len(got)-60):], err)
	}
}

func TestLimits(t *testing.T) {
	zeros := make([]byte, 2<<20)
	for _, c := range []struct {
		name string
		in   []byte
		o    Options
		want string
	}{
		{"ratio of gz", compress(t, "gz", zeros), Options{FreeBytes: 1 << 20, MaxRatio: 900}, record.TooLarge},
		{"ratio of zst", compress(t, "zst", zeros), Options{FreeBytes: 1 << 20}, record.TooLarge},
		{"ratio of xz", compress(t, "xz", zeros), Options{FreeBytes: 1 << 20}, record.TooLarge},
		{"ratio of gz in gz", compress(t, "gz", compress(t, "gz", zeros)), Options{FreeBytes: 1 << 20}, record.TooLarge},
		{"ratio of tar.gz", compress(t, "gz", tarOf(t, "a="+string(zeros))), Options{FreeBytes: 1 << 20, MaxRatio: 900}, record.TooLarge},
		{"ratio of one in zip", zipOf(t, "plain="+string(lines(1<<18)), "a="+string(zeros)), Options{FreeBytes: 1 << 20, MaxRatio: 500}, record.TooLarge},
		{"free bytes", compress(t, "gz", zeros), Options{}, ""},
		{"ratio of news", compress(t, "gz", bytes.Repeat(lines(20_000), 200)), Options{FreeBytes: 1}, ""},
		{"member", []byte(news), Options{MaxMember: 5}, record.TooLarge},
		{"members of tar", tarOf(t, "a=a", "b=b", "c=c"), Options{MaxMembers: 2}, record.TooLarge},
		{"members of zip", zipOf(t, "a=a", "b=b", "c=c"), Options{MaxMembers: 2}, record.TooLarge},
		{"buffer", zipOf(t, "a=a"), Options{MaxBuffer: 50}, record.TooLarge},
	} {
		got, err := walkAll(c.in, nil, -1, c.o)
		told := strings.Count(got, "[") + strings.Count(fmt.Sprint(err), "f: ")
		if ok := c.want == "" && told == 0 || c.want != "" && told == 1 && strings.Contains(got+fmt.Sprint(err), c.want); !ok {
			t.Errorf("%s: …%q, %v", c.name, got[max(0, len(got)-60):], err)
		}
	}
}

// TestXZDictionary makes headers that ask for more memory than a decoder is given, in the first block and in a later stream.
func TestXZDictionary(t *testing.T) {
	const long = 600_000 // several chunks of LZMA2
	good := compress(t, "xz", lines(long))
	if got, err := walkAll(good, nil, -1, Options{}); len(got) != long+2 || err != nil {
		t.Fatal(len(got), err)
	}
	for name, prefix := range map[string][]byte{"first": nil, "second": good} {
		bad := compress(t, "xz", []byte(news))
		at := bytes.Index(bad, []byte{0x21, 0x01}) // LZMA2 with one byte of properties
		bad[at+2] = 40                             // 4 GiB
		got, err := walkAll(append(bytes.Clone(prefix), bad...), nil, -1, Options{})
		if !strings.HasSuffix(got, "["+record.TooLarge+"]") || err != nil || len(got) < len(prefix)/2 {
			t.Errorf("%s: …%q, %v", name, got[max(0, len(got)-60):], err)
		}
	}
}

func TestVisitorsErrorStops(t *testing.T) {
	stop := errors.New("stop")
	for name, in := range map[string][]byte{
		"plain": []byte(news), "gz": compress(t, "gz", []byte(news)), "tar": tarOf(t, "a=a", "b=b"), "zip": zipOf(t, "a=a", "b=b"),
	} {
		n := 0
		err := Walk("f", bytes.NewReader(in), int64(len(in)), Options{}, func(Member) error { n++; return stop })
		if err != stop || n != 1 {
			t.Errorf("%s: %v after %d", name, err, n)
		}
	}
}

func TestUnreadMembers(t *testing.T) {
	var paths []string
	in := compress(t, "gz", tarOf(t, "a="+string(lines(200_000)), "b=b"))
	err := Walk("f", bytes.NewReader(in), -1, Options{}, func(m Member) error { paths = append(paths, m.Path); return nil })
	if strings.Join(paths, " ") != "f!a f!b" || err != nil {
		t.Error(paths, err)
	}
}

func TestStreamErrorIsKept(t *testing.T) {
	broken := errors.New("broken")
	for _, in := range []string{"", "x", news} {
		got, err := walkAll(nil, io.MultiReader(strings.NewReader(in), iotest.ErrReader(broken)), -1, Options{})
		if got != "f="+in+" [broken]" || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	}
}

// What cannot be read is no damage of the compression or archive in which it lies.
func TestReadErrorBelowIsKept(t *testing.T) {
	broken := errors.New("broken")
	for _, kind := range []string{"gz", "zst", "xz", "bz2", "tar", "tar.gz"} {
		in := []byte(nil)
		switch plain := lines(2000); kind {
		case "bz2":
			in = bzipped(t)
		case "tar":
			in = tarOf(t, "a="+string(plain))
		case "tar.gz":
			in = compress(t, "gz", tarOf(t, "a="+string(plain)))
		default:
			in = compress(t, kind, plain)
		}
		var told error
		err := Walk("f", io.MultiReader(bytes.NewReader(in[:len(in)*3/4]), iotest.ErrReader(broken)), -1, Options{}, func(m Member) error {
			_, told = io.Copy(io.Discard, m)
			return nil
		})
		var ours *Error
		if err = errors.Join(told, err); !errors.Is(err, broken) || errors.As(err, &ours) {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestZipOnDisk(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.zip")
	in := zipOf(t, "a="+news)
	if err := os.WriteFile(name, in, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, err := walkAll(nil, f, int64(len(in)), Options{MaxBuffer: 1}); got != "f!a="+news || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

func FuzzWalk(f *testing.F) {
	f.Add(compress(f, "gz", tarOf(f, "a="+news)))
	f.Add(zipOf(f, "a="+news))
	f.Add(compress(f, "xz", []byte(news)))
	f.Add(compress(f, "zst", []byte(news)))
	f.Add(bzipped(f))
	f.Fuzz(func(t *testing.T, in []byte) {
		o := Options{FreeBytes: 1 << 20, MaxMember: 8 << 20, MaxMembers: 100, MaxBuffer: 1 << 20}
		n := int64(0)
		err := Walk("f", bytes.NewReader(in), int64(len(in)), o, func(m Member) error {
			k, err := io.Copy(io.Discard, m)
			n += k
			var e *Error
			if err != nil && (!errors.As(err, &e) || e.Reason == "" || e.Detail == "") {
				t.Fatalf("%v", err)
			}
			return nil
		})
		var e *Error
		if err != nil && !errors.As(err, &e) {
			t.Fatalf("%v", err)
		}
		if n > o.FreeBytes+2000*int64(len(in)+1000)+1<<20 {
			t.Fatalf("%d bytes of %d", n, len(in))
		}
	})
}

func BenchmarkWalk(b *testing.B) {
	text := bytes.Repeat(lines(64<<10), 64)
	for kind := range compressors {
		in := compress(b, kind, text)
		b.Run(kind, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				err := Walk("f", bytes.NewReader(in), -1, Options{}, func(m Member) error { _, err := io.Copy(io.Discard, m); return err })
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
