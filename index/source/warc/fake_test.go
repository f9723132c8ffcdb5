package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"dateline/index"
	"dateline/index/source/archive"
	"dateline/index/source/record"
)

// fakes are formats for payloads: a page is one article, a feed one for each item, and notes are read as bytes.
var fakes = Payloads{
	Raw: func(head []byte, whole bool) (record.Format, bool) {
		return record.Format{Name: "notes", Open: openFake, Raw: true}, bytes.HasPrefix(head, []byte("NOTE"))
	},
	Text: func(head []byte, whole bool, contentType string) (record.Format, bool) {
		switch {
		case bytes.HasPrefix(head, []byte("<html")):
			return record.Format{Name: "page", Open: openFake}, true
		case bytes.HasPrefix(head, []byte("<rss")):
			return record.Format{Name: "feed", Open: openFake}, true
		}
		return record.Format{Name: "plain", Open: openFake}, mediaType(contentType) == "text/plain"
	},
	One: func(format string) bool { return format == "page" },
}

// fake reads titles. A title "fault" is one, "panic" panics, and "stop" ends the reading.
type fake struct {
	in      io.Reader
	options record.Options
	titles  [][]string
	read    bool
	number  int
}

func openFake(r io.Reader, o record.Options) record.Reader { return &fake{in: r, options: o} }

var title = regexp.MustCompile(`(?s)<title>(.*?)</title>`)

func (f *fake) Next() (record.Record, error) {
	if !f.read {
		text, err := io.ReadAll(f.in)
		f.read, f.titles = true, title.FindAllStringSubmatch(string(text), -1)
		if err != nil {
			return record.Record{}, err
		}
	}
	if len(f.titles) == 0 {
		return record.Record{}, io.EOF
	}
	name := f.titles[0][1]
	f.titles = f.titles[1:]
	f.number++
	at := record.Place{Number: f.number, Line: 10 * f.number}
	switch name {
	case "fault":
		return record.Record{}, record.Faultf(at, record.BadSyntax, "a fault")
	case "panic":
		panic("no title")
	case "stop":
		return record.Record{}, errors.New("stopped")
	}
	return record.Record{Place: at, Decode: func() (index.Article, error) {
		if name == "undated" {
			return index.Article{}, record.Faultf(at, record.BadDate, "no date")
		}
		a := index.Article{Title: name, Source: f.options.Source}
		if strings.HasPrefix(name, "own ") {
			a.URL = "https://own.example/"
		}
		return a, nil
	}}, nil
}

// outcome is one record that was read.
type outcome struct {
	at      record.Place
	article index.Article
	fault   *record.Fault
}

func (o outcome) String() string {
	if o.fault != nil {
		return o.fault.Reason + ": " + o.fault.Detail
	}
	return o.article.Title
}

// readAll reads an archive, unpacked first, and checks what holds of every reading.
func readAll(t testing.TB, in []byte, o record.Options) (list []outcome) {
	t.Helper()
	return readStream(t, bytes.NewReader(in), o)
}

func readStream(t testing.TB, in io.Reader, o record.Options) (list []outcome) {
	t.Helper()
	err := archive.Walk("f", in, -1, archive.Options{}, func(m archive.Member) error {
		o := o
		o.Breaks = m.Breaks
		last := record.Place{}
		err := each(New(fakes).Open(m, o), func(out outcome) {
			if out.at.Number != last.Number+1 || out.at.Offset < last.Offset || out.at.Line != 0 {
				t.Fatalf("%+v behind %+v: %s", out.at, last, out)
			}
			last = out.at
			list = append(list, out)
		})
		if err != nil {
			list = append(list, outcome{fault: record.Faultf(last, record.Unread, "%v", err)})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// each calls f for every record of a reader, and returns what ended it, but for its end.
func each(r record.Reader, f func(outcome)) error {
	for {
		rec, err := r.Next()
		var fault *record.Fault
		switch {
		case err == io.EOF:
			return nil
		case errors.As(err, &fault):
			f(outcome{at: fault.Place, fault: fault})
			continue
		case err != nil:
			return err
		}
		out := outcome{at: rec.Place}
		if out.article, err = rec.Decode(); err != nil && !errors.As(err, &out.fault) {
			out.fault = record.Faultf(rec.Place, record.BadSyntax, "%v", err)
		}
		f(out)
	}
}

func lines(list []outcome) string {
	var b strings.Builder
	for _, o := range list {
		fmt.Fprintln(&b, o)
	}
	return b.String()
}
