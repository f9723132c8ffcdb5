package warc

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"dateline/index/source/record"
)

// The fixtures of other readers. What is not the reason of every record is in faults, each of which was looked at.
var sharedFiles = map[string]struct {
	records int
	faults  string // reasons other than "not news" and "revisit", in their order
}{
	"crlf_at_1k_boundary.warc.gz":                      {1, ""},
	"gzip_extra_sl.warc.gz":                            {0, ""},
	"valid_example_1.wacz":                             {1, ""},
	"dupes.warc.gz":                                    {12, ""},
	"example-url-agnostic-orig.warc.gz":                {1, ""},
	"example-wpull.warc.gz":                            {2, ""},
	"post-test.warc.gz":                                {3, ""},
	"bad.arc":                                          {4, "bad syntax, bad syntax, empty, bad syntax"}, // lengths of -1 and "abc"
	"example-digest.warc":                              {0, ""},                                          // requests
	"example-iana.org-chunked.warc":                    {1, ""},
	"example-resource.warc.gz":                         {1, ""},
	"example-space-in-url.arc":                         {1, "truncated"}, // its line ends were changed, its lengths not
	"example-wget-bad-target-uri.warc.gz":              {3, ""},
	"example.arc":                                      {1, ""},
	"example.arc.gz":                                   {1, ""},
	"example.warc":                                     {2, ""},
	"example.warc.gz":                                  {2, ""},
	"IAH-20080430204825-00000-blackbook-truncated.arc": {8, "empty"}, // a page whose title the fake does not find
	"IAH-urls-wget.warc.gz":                            {19, ""},
	"link-extraction-test.warc":                        {7, ""},
}

func TestShared(t *testing.T) {
	root := os.Getenv("DATELINE_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared")
	}
	file, err := os.Open(filepath.Join(root, "data", "formats", "warc.tar.zst"))
	if err != nil {
		t.Skipf("SKIPPED: the shared fixtures are not here (set DATELINE_SHARED): %v", err)
	}
	defer file.Close()
	z, err := zstd.NewReader(bufio.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	seen := 0
	for members := tar.NewReader(z); ; {
		h, err := members.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(h.Name)
		if _, ok := sharedFiles[name]; !ok {
			continue
		}
		in, err := io.ReadAll(members)
		if err != nil {
			t.Fatal(err)
		}
		seen++
		checkShared(t, name, in)
	}
	if seen != len(sharedFiles) {
		t.Errorf("%d of %d files", seen, len(sharedFiles))
	}
}

var (
	warcKind = regexp.MustCompile(`(?mi)^WARC-Type: *(response|resource|conversion|revisit)\r?$`)
	arcHead  = regexp.MustCompile(`(http|dns):\S[^\n]* \d+\.\d+\.\d+\.\d+ \d{14,18} \S+ \S+\r?\n`)
)

// checkShared compares the number of records with what a search for their headers finds, and the faults with those known.
func checkShared(t *testing.T, name string, in []byte) {
	t.Helper()
	want := sharedFiles[name]
	offsets := map[int64]bool{}
	var faults []string
	list := readAll(t, in, record.Options{})
	for _, o := range list {
		offsets[o.at.Offset] = true
		if o.fault != nil && o.fault.Reason != record.NotNews && o.fault.Reason != record.Revisit {
			faults = append(faults, o.fault.Reason)
		}
	}
	if got := strings.Join(faults, ", "); len(offsets) != want.records || got != want.faults {
		t.Errorf("%s: %d records, want %d; faults %q, want %q\n%s", name, len(offsets), want.records, got, want.faults, lines(list))
	}
	if bytes.HasPrefix(in, []byte("\x1f\x8b")) {
		z, err := gzip.NewReader(bytes.NewReader(in))
		if err == nil {
			in, err = io.ReadAll(z)
		}
		if err != nil {
			t.Fatal(name, err)
		}
	}
	n := len(warcKind.FindAll(in, -1)) + len(arcHead.FindAll(in, -1))
	if name == "bad.arc" {
		n++ // the description of the file has no length either
	}
	if n != want.records && filepath.Ext(name) != ".wacz" {
		t.Errorf("%s: %d headers, %d records", name, n, want.records)
	}
}
