package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"

	"dateline/index"
	"dateline/index/ledger"
)

// put takes articles: as GET prints them where the content type says so, else in one of the news formats.
func (s *Server) put(w http.ResponseWriter, r *http.Request) error {
	if e := r.Header.Get("Content-Encoding"); e != "" && e != "identity" {
		return &refusal{http.StatusUnsupportedMediaType, "unsupported-type", "a body with Content-Encoding is not read", "send it as it is"}
	}
	ct := r.Header.Get("Content-Type")
	if media, _, _ := mime.ParseMediaType(ct); media == index.ArticlesType {
		receipt, err := s.putArticles(r)
		if err != nil {
			return err
		}
		return answer(w, http.StatusOK, receipt)
	}
	summary, err := s.ingest(r)
	if wrong := bodyError(r); wrong != nil {
		return wrong
	}
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, summary)
}

// Bounds of one Put: an engine needs about a hundred times the memory of the text.
const (
	batchArticles = 500
	batchBytes    = 4 << 20
)

// putArticles puts the body's articles batch by batch. On an error those of earlier batches are stored; putting them again
// is harmless.
func (s *Server) putArticles(r *http.Request) (sum index.Receipt, err error) {
	b := batches{ctx: r.Context(), engine: s.engine, sum: index.Receipt{Rejected: []index.Rejection{}}}
	if b.run = s.guest(r); b.run == nil {
		if b.run, err = s.o.Ledger.Begin(ledger.Start{Command: "put"}); err != nil {
			return index.Receipt{}, err
		}
		defer func() {
			if e := b.end(err); e != nil {
				err = errors.Join(err, e)
			}
		}()
	}
	d := json.NewDecoder(r.Body)
	for n := 1; ; n++ {
		var a index.Article
		err := d.Decode(&a)
		if wrong := bodyError(r); wrong != nil {
			return index.Receipt{}, wrong
		}
		if err == io.EOF {
			err := b.put()
			return b.sum, err
		}
		if err != nil {
			return index.Receipt{}, &refusal{http.StatusBadRequest, "bad-body", fmt.Sprintf("article %d cannot be read: %s", n, shorten(err.Error())), ""}
		}
		if err := b.add(a); err != nil {
			return index.Receipt{}, err
		}
	}
}

// batches cuts articles into Puts and adds up their receipts.
type batches struct {
	ctx    context.Context
	engine index.Engine
	run    *ledger.Run
	held   []index.Article
	bytes  int
	before int // articles put
	sum    index.Receipt
}

func (b *batches) add(a index.Article) error {
	b.held = append(b.held, a)
	b.bytes += len(a.Title) + len(a.Lead) + len(a.Body)
	if len(b.held) < batchArticles && b.bytes < batchBytes {
		return nil
	}
	return b.put()
}

func (b *batches) put() error {
	if len(b.held) == 0 {
		return nil
	}
	receipt, err := b.run.Put(b.ctx, b.engine, b.held)
	if err != nil {
		return err
	}
	b.sum.Add(receipt, b.before)
	b.before += len(b.held)
	b.held, b.bytes = nil, 0
	return nil
}

// guest returns the run of another process that a request belongs to, or nil.
func (s *Server) guest(r *http.Request) *ledger.Run {
	id, err := strconv.Atoi(r.Header.Get(ledger.RunHeader))
	if err != nil {
		return nil
	}
	return s.o.Ledger.Attach(id)
}

// end ends the account of the articles.
func (b *batches) end(err error) error {
	end := ledger.End{Summary: ledger.Summary{
		Read: b.before, Indexed: b.sum.Indexed, Updated: b.sum.Updated, Unchanged: b.sum.Unchanged, Rejected: len(b.sum.Rejected),
	}}
	if err != nil {
		end.Error = err.Error()
	}
	return b.run.End(end)
}
