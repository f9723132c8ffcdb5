package rules

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// mayImport says which packages of this module a package may import: for each package, or the packages below one (/...),
// those named, or below those named. The first line that fits a package is its rule. Tests may import more; see testsMay.
var mayImport = []rule{
	{"query", none},
	{"index", "query"},
	{"index/analysis", none},
	{"index/entity", "index"},
	{"index/entity/corpus", "index index/entity"},
	{"index/story", none},
	{"index/span", none},
	{"index/names", "index/analysis"},
	{"index/aliases", "index index/analysis index/names"},
	{"index/segment", none},
	{"index/marks", "query index index/analysis"},
	{"index/snippet", "query index index/analysis index/marks index/span"},
	{"index/doctor", "query index index/analysis"},
	{"index/compare", "query index"},
	{"index/export", "query index"},
	{"index/graphml", "index"},
	{"index/diff", "index"},
	{"index/rising", "index"},
	{"index/silence", "index"},
	{"index/cite", "index"},
	{"index/embedded", "query index index/aliases index/analysis index/doctor index/marks index/segment index/snippet index/span"},
	{"index/memory", "query index index/aliases index/analysis index/doctor index/marks index/snippet"},
	{"index/relevance", none},
	{"index/ledger", "index index/analysis"},
	{"index/remote", "query index index/feeds index/ledger"},
	{"index/enginetest", "query index index/analysis index/story index/snippet index/memory index/ingest"},
	{"index/source/...", "index index/export index/source/..."},
	{"index/source", "index index/source/..."},
	{"index/fetch", "index"},
	{"index/watch", "index/ingest"},
	{"index/feeds", "index index/fetch index/ingest index/ledger index/source/... index/source"},
	{"index/ingest", "index index/analysis index/entity index/ledger index/names index/story index/source/..."},
	{"server/page", "query index index/analysis index/cite index/compare index/diff index/ledger index/rising index/silence"},
	{"server/suggest", "query index index/analysis"},
	{"server", "query index index/aliases index/cite index/compare index/diff index/export index/feeds index/graphml index/ingest index/ledger index/rising index/silence index/source/... server/page server/suggest"},
	{"testdata", none},
	{"cmd/...", "query index/... server/... cmd/internal/... testdata index"},
}

// mayUse says which packages may import a module of others: those named or below those named.
var mayUse = []rule{
	{"github.com/blevesearch/...", "index/embedded index/analysis cmd/bench"},
	{"github.com/RoaringBitmap/roaring/...", "index/embedded index/segment"},
	{"go.etcd.io/bbolt/...", "index/embedded"},
	{"github.com/spf13/pflag", "cmd/..."},
	{"github.com/vbauerster/mpb/...", "cmd/..."},
	{"codeberg.org/readeck/...", "cmd/bench"},
	{"github.com/andybalholm/brotli", "index/source/... index/ingest"},
	{"go.yaml.in/yaml/...", "index/source/markdown"},
	{"github.com/pelletier/go-toml/...", "index/source/markdown"},
	{"golang.org/x/net/html/...", "index/source/... server/... index/source index/feeds"},
	{"github.com/temoto/...", "index/fetch"},
	{"github.com/chromedp/...", "cmd/internal/browser"},
	{"github.com/fsnotify/...", "index/watch"},
}

const none = ""

type rule struct{ of, list string }

// testsMay says what tests import besides: the conformance suite, and what they need to have articles to test with.
var testsMay = map[string]string{
	"index/doctor":   "index/memory",
	"index/rising":   "index/memory",
	"index/entity":   "index/entity/corpus",
	"index/embedded": "index/enginetest index/memory index/relevance index/story index/source/... index/ingest",
	"index/compare":  "index/memory",
	"index/memory":   "index/enginetest",
	"index/ledger":   "index/memory index/embedded",
	"index/snippet":  "query",
	"index/ingest":   "index/memory index/embedded query",
	"index/feeds":    "index/memory index/embedded query",
	"index/watch":    "index/memory",
	"server":         "index/fetch index/memory index/remote index/enginetest index/embedded testdata",
	"server/page":    "index/memory",
	"server/suggest": "index/memory",
	"query":          none,
	"testdata":       "index/...",
	"index/source":   "testdata",
}

// pkg is what `go list -json` prints of a package.
type pkg struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

const module = "dateline/"

func TestImports(t *testing.T) {
	for _, p := range list(t) {
		for _, fault := range faults(p) {
			t.Error(fault)
		}
	}
}

// TestRulesBite holds that the rules find what they are for.
func TestRulesBite(t *testing.T) {
	for _, p := range []pkg{
		{ImportPath: "dateline/server", Imports: []string{"github.com/blevesearch/bleve/v2"}},
		{ImportPath: "dateline/server", Imports: []string{"dateline/index/embedded"}},
		{ImportPath: "dateline/query", Imports: []string{"golang.org/x/text/unicode/norm"}},
		{ImportPath: "dateline/index", Imports: []string{"dateline/index/analysis"}},
		{ImportPath: "dateline/index", Imports: []string{"golang.org/x/text/unicode/norm"}},
		{ImportPath: "dateline/index/embedded", Imports: []string{"dateline/index/memory"}},
		{ImportPath: "dateline/index/embedded", TestImports: []string{"dateline/server"}},
		{ImportPath: "dateline/index/remote", Imports: []string{"dateline/cmd/internal/backend"}},
		{ImportPath: "dateline/index/ingest", Imports: []string{"github.com/spf13/pflag"}},
		{ImportPath: "dateline/server", TestImports: []string{"github.com/chromedp/chromedp"}},
		{ImportPath: "dateline/index/drawer", Imports: nil},
	} {
		if len(faults(p)) == 0 {
			t.Errorf("%+v breaks no rule", p)
		}
	}
}

// faults returns what a package imports against the rules.
func faults(p pkg) (faults []string) {
	name := strings.TrimPrefix(p.ImportPath, module)
	i := slices.IndexFunc(mayImport, func(r rule) bool { return below(name, r.of) })
	if i < 0 {
		return []string{fmt.Sprintf("%s has no rule: say in %T what it may import", name, mayImport)}
	}
	check := func(imports []string, allowed string) {
		for _, path := range imports {
			own, isOwn := strings.CutPrefix(path, module)
			switch {
			case own == name:
			case isOwn && !anyBelow(own, allowed):
				faults = append(faults, fmt.Sprintf("%s imports %s", name, own))
			case !isOwn && !mayUseModule(name, path):
				faults = append(faults, fmt.Sprintf("%s imports %s", name, path))
			}
		}
	}
	check(p.Imports, mayImport[i].list)
	check(slices.Concat(p.TestImports, p.XTestImports), mayImport[i].list+" "+testsMay[name])
	return faults
}

// mayUseModule reports whether a package may import a package of another module or of the standard library.
func mayUseModule(name, path string) bool {
	first, _, _ := strings.Cut(path, "/")
	if !strings.Contains(first, ".") {
		return true
	}
	if name == "query" || name == "index" {
		return false // the leaves: the standard library only
	}
	for _, r := range mayUse {
		if below(path, r.of) {
			return anyBelow(name, r.list)
		}
	}
	return true
}

func anyBelow(name, list string) bool {
	return slices.ContainsFunc(strings.Fields(list), func(pattern string) bool { return below(name, pattern) })
}

// below reports whether a name is the pattern, or begins with it where the pattern ends in /...
func below(name, pattern string) bool {
	prefix, all := strings.CutSuffix(pattern, "/...")
	return name == prefix || all && strings.HasPrefix(name, prefix+"/")
}

// list runs go list over the module, testdata included, which ./... leaves out.
func list(t *testing.T) (packages []pkg) {
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...", "./testdata")
	cmd.Dir = "../../.."
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := d.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
	if len(packages) < 10 {
		t.Fatalf("only %d packages", len(packages))
	}
	return packages
}
