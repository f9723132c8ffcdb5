package main

import (
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/sync/errgroup"

	"dateline/cmd/internal/browser"
)

// look is a way to look at every page.
type look struct {
	Name string
	browser.Look
}

var looks = []look{
	{"wide-light", browser.Look{Width: 1280, Still: true}},
	{"wide-dark", browser.Look{Width: 1280, Still: true, Dark: true}},
	{"narrow-light", browser.Look{Width: 390, Height: 844, Still: true, Phone: true}},
	{"narrow-dark", browser.Look{Width: 390, Height: 844, Still: true, Phone: true, Dark: true}},
	{"forced", browser.Look{Width: 1280, Still: true, Dark: true, Forced: true}},
	{"paper", browser.Look{Width: 700, Still: true, Paper: true}}, // A4 with its margins
}

// file is the name of a picture.
func (l look) file(p target) string { return p.name + "-" + l.Name + ".png" }

// draw draws the pages in all looks, and the sheet of them. A tab draws all pages in one look.
func draw(b *browser.Browser, pages []target, o options) error {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, l := range looks {
		group.Go(func() error { return drawAll(b, l, pages, o) })
	}
	return errors.Join(group.Wait(), writeSheet(pages, o))
}

func drawAll(b *browser.Browser, l look, pages []target, o options) error {
	tab, err := b.Open(l.Look)
	if err != nil {
		return err
	}
	defer tab.Close()
	screen := l.Look
	screen.Paper = false // on which nothing can be done first
	for _, p := range pages {
		if err := errors.Join(tab.Look(screen), p.show(tab), tab.Look(l.Look)); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		picture, err := tab.Screenshot(o.height)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		if err := os.WriteFile(filepath.Join(o.out, l.file(p)), picture, 0o666); err != nil {
			return err
		}
	}
	return nil
}

//go:embed sheet.html
var sheetText string

var sheet = template.Must(template.New("sheet").Parse(sheetText))

// writeSheet writes the page with all the pictures.
func writeSheet(pages []target, o options) (err error) {
	type picture struct{ Look, File string }
	type row struct {
		Name, Path string
		Pictures   []picture
	}
	var rows []row
	for _, p := range pages {
		r := row{Name: p.name, Path: p.url[len(p.site):]}
		for _, l := range looks {
			r.Pictures = append(r.Pictures, picture{l.Name, l.file(p)})
		}
		rows = append(rows, r)
	}
	f, err := os.Create(filepath.Join(o.out, "index.html"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return sheet.Execute(f, rows)
}
