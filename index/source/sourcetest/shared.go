package sourcetest

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/zstd"

	"dateline/index/source/charset"
	"dateline/index/source/record"
)

// Shared opens a file of the data that lies beside the repository, taken out of its compression, or skips the test. The test
// must be of a package three levels below the root.
func Shared(t testing.TB, name string) io.Reader {
	t.Helper()
	root := os.Getenv("DATELINE_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared")
	}
	file, err := os.Open(filepath.Join(root, "data", name))
	if err != nil {
		t.Skipf("SKIPPED: the shared news is not here (set DATELINE_SHARED): %v", err)
	}
	t.Cleanup(func() { _ = file.Close() })
	switch filepath.Ext(name) {
	case ".gz":
		r, err := gzip.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		return r
	case ".zst":
		r, err := zstd.NewReader(bufio.NewReaderSize(file, 1<<20))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(r.Close)
		return r
	}
	return file
}

// SharedFormat calls do with each file of one of the tar files of formats in the shared data, or skips the test.
func SharedFormat(t *testing.T, archive string, do func(name string, raw []byte)) {
	t.Helper()
	for r := tar.NewReader(Shared(t, "formats/"+archive+".tar.zst")); ; {
		h, err := r.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		do(h.Name, raw)
	}
}

// First returns a reader of the first n records of another.
func First(r record.Reader, n int) record.Reader { return &first{r, n} }

type first struct {
	record.Reader
	left int
}

func (f *first) Next() (record.Record, error) {
	if f.left--; f.left < 0 {
		return record.Record{}, io.EOF
	}
	return f.Reader.Next()
}

// Text returns a file in UTF-8, as a reader gets it.
func Text(t testing.TB, raw []byte) []byte {
	t.Helper()
	text, err := io.ReadAll(charset.NewReader(bytes.NewReader(raw), charset.Declared(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return text
}
