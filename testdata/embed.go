// Package testdata holds the sample articles that are inside the binary.
package testdata

import "embed"

// Articles is the folder articles, one folder a format, as `dateline demo` indexes it. Its README and truth.json are no
// articles and are left out.
//
//go:embed articles/text articles/jsonl articles/csv articles/reuters articles/packed
var Articles embed.FS
