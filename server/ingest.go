package server

import (
	"mime"
	"net/http"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/ingest"
	"dateline/index/source"
)

// summary is what became of a body's records, with the first rejects.
type summary struct {
	ingest.Summary
	Rejects []ingest.Reject `json:"rejects"`
}

// maxRejects bounds the rejects that an answer lists; the summary counts them all.
const maxRejects = 1000

// uploaded stands for the file in rejects, and as the path of articles.
const uploaded = "upload"

// ingest reads the body in the format that its content type names. The parameters source and format are those of the
// command line.
func (s *Server) ingest(r *http.Request) (summary, error) {
	v, err := s.params(r)
	if err != nil {
		return summary{}, err
	}
	for name := range v {
		if name != "source" && name != "format" {
			return summary{}, &index.ParamError{Name: shorten(name), Detail: "is not a parameter of an upload", Hint: "parameters are source and format"}
		}
	}
	o := ingest.Options{Source: v.Get("source"), Format: v.Get("format"), KeepRejects: maxRejects, Clock: s.o.Clock, Ledger: s.o.Ledger}
	if o.Format == "" {
		if o.Format, err = formatOf(r.Header.Get("Content-Type")); err != nil {
			return summary{}, err
		}
	} else if _, ok := source.ByName(o.Format); !ok && o.Format != auto {
		return summary{}, &index.ParamError{Name: "format", Detail: "must be auto or one of " + strings.Join(source.Names(), ", ")}
	}
	sum, err := ingest.Stream(r.Context(), s.engine, r.Body, uploaded, o)
	return summary{sum, list(sum.Rejects)}, err
}

// auto has the format told from the content.
const auto = "auto"

// untold are the content types that say nothing of the format, among them those of programs that were told none.
var untold = []string{
	"application/octet-stream", "application/x-www-form-urlencoded", "binary/octet-stream",
	"application/gzip", "application/x-gzip", "application/zstd", "application/x-xz", "application/x-bzip2", "application/zip", "application/x-tar",
}

// formatOf returns the name of the format of a content type; none is JSON lines.
func formatOf(contentType string) (string, error) {
	if contentType == "" {
		return "jsonl", nil
	}
	if f, ok := source.ByContentType(contentType); ok {
		return f.Name, nil
	}
	if media, _, _ := mime.ParseMediaType(contentType); slices.Contains(untold, media) {
		return auto, nil
	}
	return "", &refusal{http.StatusUnsupportedMediaType, "unsupported-type", "there is no format for " + shorten(contentType),
		"send application/x-ndjson, text/csv, text/plain, or application/octet-stream to have it told from the content"}
}
