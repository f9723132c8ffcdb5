package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMeasureMerging(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pairs.tsv")
	lines := "# type, names\n" +
		"person\tRuslan Mirzaev\tРуслан Мирзаев\tsame\tscript\n" +
		"person\tAnna Berg\tKarl Berg\tnot\tgiven\n" +
		"person\tBerg\tAnna Berg\tsame\tsurname\n" +
		"org\tHPA\tHarbour Police Association\tnot\tacronym\n"
	if err := os.WriteFile(file, []byte(lines), 0o666); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := measureMerging(&out, file); err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(strings.ReplaceAll(out.String(), "|", " ")), " ")
	for _, want := range []string{"4 pairs", "an archive of the two 1 0 1 1.000 0.500", "the two compared 1 1 1 0.500 0.500"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, &out)
		}
	}
}

func TestGoldenPairsFaults(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pairs.tsv")
	if err := os.WriteFile(file, []byte("# ok\nperson\tA\tB\tperhaps\tx\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := readGoldenPairs(file); err == nil || !strings.Contains(err.Error(), file+":2:") {
		t.Errorf("error %v", err)
	}
	if _, err := readGoldenPairs(filepath.Join("..", "..", filepath.FromSlash(pairsFile))); err != nil {
		t.Error(err)
	}
}
