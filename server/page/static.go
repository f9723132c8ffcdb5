package page

import (
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
	files, err := fs.Glob(staticFiles, "static/*")
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		content, err := staticFiles.ReadFile(file)
		if err != nil {
			panic(err)
		}
		kept, hash := path.Base(file), sha256.Sum256(content)
		ext := path.Ext(kept)
		name := strings.TrimSuffix(kept, ext) + "-" + hex.EncodeToString(hash[:6]) + ext
		byName[name] = Asset{mediaTypes[ext], content}
		names[kept] = name
	}
	return byName, names
}

// mediaTypes are written out: those of the machine may say anything.
var mediaTypes = map[string]string{".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
