package page

// shortcut is a key, or several that do the same or follow each other, and what it does. The script in static/js/14-keys.js obeys
// them; the pages only list them.
type shortcut struct {
	Keys []string
	Then bool // the keys are pressed one after the other
	Does string
}

// shortcuts are all of them, in the order in which pages show them.
var shortcuts = []shortcut{
	{Keys: []string{"/"}, Does: "to the search box"},
	{Keys: []string{"j", "k"}, Does: "the next, the previous entry of a list"},
	{Keys: []string{"Enter", "o"}, Does: "open the entry"},
	{Keys: []string{"n", "p"}, Does: "the next, the previous page or article"},
	{Keys: []string{"u"}, Does: "back to the list"},
	{Keys: []string{"g", "h"}, Then: true, Does: "to the start page"},
	{Keys: []string{"g", "n"}, Then: true, Does: "to the names"},
	{Keys: []string{"g", "s"}, Then: true, Does: "to the sources"},
	{Keys: []string{"g", "c"}, Then: true, Does: "to the comparison"},
	{Keys: []string{"g", "f"}, Then: true, Does: "to the feeds"},
	{Keys: []string{"?"}, Does: "show these keys"},
	{Keys: []string{"Esc"}, Does: "leave the box, close this list"},
}

// Shortcuts is for the frame of every page and for the help.
func (frame) Shortcuts() []shortcut { return shortcuts }

// entry is a page that every page leads to.
type entry struct {
	Text, Path string
	Key        string // that leads there after g, as shortcuts says; "" is none
	Here       bool   // it is this page
}

// Navigation lists the pages that every page leads to.
func (f frame) Navigation() []entry {
	list := []entry{
		{Text: "Names", Key: "n", Path: EntitiesPath},
		{Text: "Sources", Key: "s", Path: SourcesPath},
		{Text: "Compare", Key: "c", Path: ComparePath},
		{Text: "Feeds", Key: "f", Path: "/feeds"},
		{Text: "Help", Path: HelpPath},
	}
	for i := range list {
		list[i].Here = list[i].Path == f.Here
	}
	return list
}
