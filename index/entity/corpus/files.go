package corpus

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"dateline/index/entity"
)

// GMB reads the Groningen Meaning Bank below a folder of data.
func GMB(data string) ([]Numbered, error) {
	return open(filepath.Join(data, "gmb_ner/ner_dataset.csv.gz"), ReadGMB)
}

// CoNLL reads testa, the development set of CoNLL-2003, below a folder of data. It is for measuring only.
func CoNLL(data string) ([][]entity.Sentence, error) {
	return open(filepath.Join(data, "conll2003/eng.testa.gz"), ReadCoNLL)
}

func open[T any](path string, read func(io.Reader) (T, error)) (all T, err error) {
	f, err := os.Open(path)
	if err != nil {
		return all, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	z, err := gzip.NewReader(f)
	if err != nil {
		return all, fmt.Errorf("%s: %w", path, err)
	}
	if all, err = read(z); err != nil {
		return all, fmt.Errorf("%s: %w", path, err)
	}
	return all, nil
}
