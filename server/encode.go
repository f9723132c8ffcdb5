package server

import (
	"encoding/json"
	"io"

	"dateline/index"
)

// Encode writes a result as the JSON search answers it, for programs that print the same without a server.
func Encode(w io.Writer, r *index.Result) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(presentable(r))
}
