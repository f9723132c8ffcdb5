package page

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"
	"sync"
)

//go:embed static
var staticFiles embed.FS

// Asset is a file that pages refer to.
type Asset struct {
	Type    string // media type
	Content []byte
	Packed  []byte // the content with gzip, as small as it gets
}

// StaticPath is where the assets are served.
const StaticPath = "/static/"

// assetNames gives the name a file is served under for the one it is kept under; assets are the files by the former.
var (
	assetContents, assetNames = loadAssets()
	assets                    = sync.OnceValue(packAssets) // most commands draw no page
)

// StaticAsset returns the asset with a name below StaticPath. Names hold a hash of the content, so that browsers may keep an
// asset for ever.
func StaticAsset(name string) (Asset, bool) {
	a, ok := assets()[name]
	return a, ok
}

func assetURL(name string) string { return StaticPath + assetNames[name] }

func loadAssets() (map[string][]byte, map[string]string) {
	byName, names := map[string][]byte{}, map[string]string{}
	for kept, content := range map[string][]byte{
		"page.css": joined("static/css/*.css", "", ""),
		"page.js":  joined("static/js/*.js", "{\n", "}\n"),
		"theme.js": joined("static/theme.js", "", ""),
		"icon.svg": joined("static/icon.svg", "", ""),
	} {
		hash, ext := sha256.Sum256(content), path.Ext(kept)
		name := strings.TrimSuffix(kept, ext) + "-" + hex.EncodeToString(hash[:6]) + ext
		byName[name], names[kept] = content, name
	}
	return byName, names
}

func packAssets() map[string]Asset {
	packed := map[string]Asset{}
	for name, content := range assetContents {
		var b bytes.Buffer
		w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err != nil {
			panic(err)
		}
		if _, err = w.Write(content); err != nil || w.Close() != nil {
			panic("page: " + name + " cannot be packed") // a buffer takes all
		}
		packed[name] = Asset{mediaTypes[path.Ext(name)], content, b.Bytes()}
	}
	return packed
}

// joined is what the files of a pattern hold, in the order of their names, each between before and after. Of scripts it makes
// blocks, so that no file sees the names of another.
func joined(pattern, before, after string) []byte {
	files, err := fs.Glob(staticFiles, pattern)
	if err != nil || len(files) == 0 {
		panic("page: there is nothing like " + pattern)
	}
	var b bytes.Buffer
	for _, file := range files {
		content, err := staticFiles.ReadFile(file)
		if err != nil {
			panic(err)
		}
		b.WriteString(before)
		b.Write(content)
		b.WriteString(after)
	}
	return b.Bytes()
}

// mediaTypes are written out: those of the machine may say anything.
var mediaTypes = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
