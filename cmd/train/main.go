// Command train makes the model by which names are found: index/entity/model.bin.
//
//	go run ./cmd/train [--out FILE] [SHARED]
//
// It learns from SHARED/data/gmb_ner, news in the public domain, but for every tenth sentence, by which it then says how good
// the model is. The folder is SHARED, $DATELINE_SHARED or ../shared. The same data make the same file, byte for byte.
package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"dateline/index/entity"
	"dateline/index/entity/corpus"
)

func main() {
	out := pflag.String("out", "index/entity/model.bin", "the file to write")
	pflag.Parse()
	if err := run(cmp.Or(pflag.Arg(0), os.Getenv("DATELINE_SHARED"), "../shared"), *out, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(shared, out string, w io.Writer) error {
	all, err := corpus.GMB(filepath.Join(shared, "data"))
	if err != nil {
		return err
	}
	train, held := corpus.Split(all)
	fmt.Fprintf(w, "%d sentences, without repeated ones %d to train on and %d held out\n", len(all), len(train), len(held))
	model := entity.Train(train, entity.TrainOptions{Log: func(s string) { fmt.Fprintln(w, s) }})
	file, err := model.Bytes()
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, file, 0o644); err != nil {
		return err
	}
	fmt.Fprintf(w, "%s: %d bytes\n", out, len(file))
	report(w, corpus.ScoreGMB(entity.NewFinder(model).FindWords, held))
	return nil
}

func report(w io.Writer, s corpus.Score) {
	fmt.Fprintf(w, "held out   precision  recall      F1\n")
	line := func(name string, c corpus.Count) {
		fmt.Fprintf(w, "%-10s %9.3f %7.3f %7.3f\n", name, c.Precision(), c.Recall(), c.F1())
	}
	for _, t := range corpus.Types {
		line(t, s[t])
	}
	line("all", s.All())
}
