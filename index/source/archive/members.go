package archive

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/zstd"

	"dateline/index/source/charset"
	"dateline/index/source/record"
)

// tar visits the members of a tar.
func (w *walk) tar(name string, r io.Reader, l layers) error {
	l.file, l.breaks = nil, nil
	t := tar.NewReader(r)
	for {
		h, err := t.Next()
		switch {
		case err == io.EOF: // the compression around it may still break off
			_, err = io.Copy(io.Discard, r)
			return w.rest(name, "tar", err)
		case err != nil:
			return w.rest(name, "tar", err)
		}
		inner, ok := display(h.Name)
		if h.Typeflag != tar.TypeReg && h.Typeflag != tar.TypeGNUSparse || !ok {
			continue
		}
		if err := w.count(name); err != nil {
			return err
		}
		whole := name + "!" + inner
		// A sparse file is made of holes that stand nowhere, so a tar unpacks too.
		if err := w.open(whole, &meter{in: t, walk: w, path: whole, kind: "tar"}, l); err != nil {
			return err
		}
	}
}

// count counts a member.
func (w *walk) count(name string) error {
	if w.members++; w.members > w.options.MaxMembers {
		return &Error{name, record.TooLarge, fmt.Sprintf("more than %d members; the others are not read", w.options.MaxMembers)}
	}
	return nil
}

// zip visits the members of a zip, in place if the file is one that can be read in any order, else in memory.
func (w *walk) zip(name string, r io.Reader, l layers) error {
	at, ok := l.file.(io.ReaderAt)
	size := l.size
	if !ok || size <= 0 {
		buf := &bytes.Buffer{}
		n, err := io.Copy(buf, io.LimitReader(r, w.options.MaxBuffer+1))
		switch {
		case err != nil:
			return w.visitError(name, explain(name, "zip", err))
		case n > w.options.MaxBuffer:
			return w.visitError(name, &Error{name, record.TooLarge,
				fmt.Sprintf("a zip that comes from a stream is read up to %d MiB; unpack it, or name the file itself", w.options.MaxBuffer>>20)})
		}
		at, size = bytes.NewReader(buf.Bytes()), n
	} else {
		w.size = size
	}
	l.file, l.breaks = nil, nil
	if n := entries(at, size); n > int64(w.options.MaxMembers) {
		return w.visitError(name, &Error{name, record.TooLarge, fmt.Sprintf("%d members; at most %d are read", n, w.options.MaxMembers)})
	}
	z, err := zip.NewReader(at, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return w.visitError(name, zipError(name, err))
	}
	z.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor(zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow)))
	wacz := isWACZ(z.File)
	for _, f := range z.File {
		inner, ok := display(f.Name)
		if !ok || wacz && !isCrawl(f.Name) || !f.Mode().IsRegular() || strings.HasSuffix(f.Name, "/") {
			continue
		}
		if err := w.count(name); err != nil {
			return err
		}
		if err := w.zipMember(name+"!"+inner, f, l); err != nil {
			return err
		}
	}
	return nil
}

// isWACZ reports whether a zip is a packaged web archive (https://specs.webrecorder.net/wacz/1.1.1/): a description and, in
// one folder, the archive's WARC files. All else in it, the list of pages, indexes and logs, is made from these.
func isWACZ(files []*zip.File) bool {
	described, crawled := false, false
	for _, f := range files {
		described = described || f.Name == "datapackage.json"
		crawled = crawled || isCrawl(f.Name)
	}
	return described && crawled
}

// isCrawl reports whether a member of a packaged web archive is one of its WARC files.
func isCrawl(name string) bool {
	inner, ok := strings.CutPrefix(name, "archive/")
	base := strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(inner), ".gz"), ".zst")
	return ok && (strings.HasSuffix(base, ".warc") || strings.HasSuffix(base, ".arc"))
}

// zipMember visits one member of a zip.
func (w *walk) zipMember(whole string, f *zip.File, l layers) error {
	if f.Flags&1 != 0 {
		return w.visitError(whole, &Error{whole, record.Unread, "the member is encrypted"})
	}
	r, err := f.Open()
	if err != nil {
		return w.visitError(whole, zipError(whole, err))
	}
	err = w.open(whole, &meter{in: r, walk: w, path: whole, kind: "zip", own: max(1, int64(f.CompressedSize64))}, l)
	if closing := r.Close(); err == nil {
		err = w.rest(whole, "zip", closing) // a decoder repeats what it said last
	}
	return err
}

// zipError explains an error of the zip reader. A zip has its directory at the end, so nothing is read of half a one.
func zipError(name string, err error) error {
	switch {
	case errors.Is(err, zip.ErrFormat):
		return &Error{name, record.Truncated, "the zip has no directory at its end"}
	case errors.Is(err, zip.ErrAlgorithm):
		return &Error{name, record.Unread, "the member is compressed in a way that is not known here"}
	}
	return explain(name, "zip", err)
}

// display makes a member's name one to show. It is false for what is hidden: a name or folder that begins with a dot, and
// what macOS adds.
func display(name string) (string, bool) {
	name = strings.ReplaceAll(charset.Clean(name), "\\", "/")
	name = strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, "\n", " ")), "/")
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || part[0] == '.' || part == "__MACOSX" {
			return "", false
		}
	}
	return name, true
}
