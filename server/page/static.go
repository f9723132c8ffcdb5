package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// Asset is a file that pages refer to.
type Asset struct {
	Type    string // media type
	Content []byte
}

// StaticPath is where the assets are served.
const StaticPath = "/static/"

// assets are the files by the name they are served under; assetNames gives that name for the one they are kept under.
var assets, assetNames = loadAssets()

// StaticAsset returns the asset with a name below StaticPath. Names hold a hash of the content, so that browsers may keep an
// asset for ever.
func StaticAsset(name string) (Asset, bool) {
	a, ok := assets[name]
	return a, ok
}

func assetURL(name string) string { return StaticPath + assetNames[name] }

func loadAssets() (map[string]Asset, map[string]string) {
	byName, names := map[string]Asset{}, map[string]string{}
	for kept, content := range map[string][]byte{
		"page.css": joined("static/css/*.css", "", ""),
		"page.js":  joined("static/js/*.js", "{\n", "}\n"),
		"icon.svg": joined("static/icon.svg", "", ""),
	} {
		hash, ext := sha256.Sum256(content), path.Ext(kept)
		name := strings.TrimSuffix(kept, ext) + "-" + hex.EncodeToString(hash[:6]) + ext
		byName[name] = Asset{mediaTypes[ext], content}
		names[kept] = name
	}
	return byName, names
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
