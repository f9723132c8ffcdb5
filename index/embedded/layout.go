package embedded

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"dateline/index/analysis"
	"dateline/index/segment"
)

// An index directory holds
//
//	dateline.json   the format version; written first
//	commits         what was acknowledged; see journal.go
//	clean.json      what the files were when the index was closed; absent while it is open for writing, or was not closed
//	segments/       Bleve's: root.bolt and the segments
//
// and what other packages put beside them (the owner's lock, the rejects, the ledger).
const (
	layoutName   = "dateline.json"
	journalName  = "commits"
	cleanName    = "clean.json"
	segmentsName = "segments"
	boltName     = "root.bolt"
)

// FormatVersion is the version of the index format that this package writes, the only one that it reads so far.
const FormatVersion = 5

// layout is the content of dateline.json.
type layout struct {
	Dateline string    `json:"dateline"` // what this directory is, for people who look into it
	Format   int       `json:"format"`
	Analysis int       `json:"analysis"`
	Created  time.Time `json:"created"`
}

// FormatError says that a directory is no index that this program can open.
type FormatError struct {
	Dir    string
	Detail string
}

func (e *FormatError) Error() string { return e.Dir + ": " + e.Detail }

// readLayout reads and checks dateline.json. Its error is fs.ErrNotExist when the directory is absent or empty.
func readLayout(dir string) (layout, error) {
	var l layout
	b, err := os.ReadFile(filepath.Join(dir, layoutName))
	if errors.Is(err, fs.ErrNotExist) {
		return l, missingLayout(dir)
	}
	if err != nil {
		return l, err
	}
	if err := json.Unmarshal(b, &l); err != nil || l.Format <= 0 {
		return l, &DamageError{File: filepath.Join(dir, layoutName), Detail: "it does not say the index format"}
	}
	switch rebuild := "index the articles again into a new directory: dateline index --index NEWDIR PATH..."; {
	case l.Format > FormatVersion:
		return l, &FormatError{dir, fmt.Sprintf("the index has format %d, which a newer Dateline wrote; this one reads format %d: use the newer program, or %s", l.Format, FormatVersion, rebuild)}
	case l.Format < FormatVersion:
		return l, &FormatError{dir, fmt.Sprintf("the index has the old format %d; this Dateline reads format %d: %s", l.Format, FormatVersion, rebuild)}
	case l.Analysis != analysis.Version:
		return l, &FormatError{dir, fmt.Sprintf("the index was made with version %d of the text analysis; this Dateline has version %d: %s", l.Analysis, analysis.Version, rebuild)}
	}
	return l, nil
}

// missingLayout tells an absent or empty directory, fs.ErrNotExist, from one that is something else.
func missingLayout(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		switch e.Name() {
		case segmentsName:
			return &DamageError{File: filepath.Join(dir, layoutName), Detail: "it is missing"}
		case journalName, journalName + ".tmp", layoutName + ".tmp", "owner.lock", "rejects.jsonl", "ledger.jsonl": // a creation cut short
		default:
			return &FormatError{dir, "it is not empty and not a Dateline index"}
		}
	}
	return fmt.Errorf("%s: %w", dir, fs.ErrNotExist)
}

// create makes an empty index: everything is on the disk before it returns.
func create(dir string, now time.Time) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	if err := writeFile(filepath.Join(dir, journalName), []byte(journalMagic)); err != nil {
		return err
	}
	b, err := json.Marshal(layout{
		Dateline: "a search index of news articles", Format: FormatVersion, Analysis: analysis.Version, Created: now.UTC().Truncate(time.Second),
	})
	if err != nil {
		return err
	}
	if err := writeFile(filepath.Join(dir, layoutName), append(b, '\n')); err != nil {
		return err
	}
	return segment.SyncDir(filepath.Dir(filepath.Clean(dir)))
}

// writeFile replaces a file whole: after it returns the new content survives a power cut, before that the old one does.
func writeFile(name string, content []byte) error {
	f, err := os.OpenFile(name+".tmp", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(name+".tmp", name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(name+".tmp"))
	}
	return segment.SyncDir(filepath.Dir(name))
}
