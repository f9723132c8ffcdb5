package watch

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// look looks at every file; the lock is held.
func (w *Watcher) look() {
	if w.o.Without != "" {
		w.without, _ = os.Stat(w.o.Without) // it may have been made since
	}
	seen, missing := map[string]bool{}, false
	for _, r := range w.roots {
		if _, err := os.Stat(r.path); err != nil {
			missing = true // it may come again, of which nobody would tell
			delete(w.dirs, r.path)
			continue
		}
		if r.folder {
			w.folder(r, r.path, seen)
		} else {
			w.watch(filepath.Dir(r.path))
			w.touch(r.path, filepath.Base(r.path), seen)
		}
	}
	for path := range w.files {
		if !seen[path] {
			w.lose(path)
		}
	}
	w.scan = time.Time{}
	if w.events == nil || missing {
		w.scan = time.Now().Add(w.o.Poll)
	}
}

// folder looks at the files of a folder and those below it. Names that begin with a dot and what is neither a file nor a
// folder are left out.
func (w *Watcher) folder(r root, path string, seen map[string]bool) {
	w.watch(path) // first: what comes after is told, what came before is found
	entries, _ := os.ReadDir(path)
	for _, e := range entries {
		child := filepath.Join(path, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case e.IsDir():
			if info, err := e.Info(); err == nil && !w.leftOut(info) {
				w.folder(r, child, seen)
			}
		case e.Type().IsRegular():
			w.touch(child, r.name(child), seen)
		}
	}
}

func (w *Watcher) leftOut(info fs.FileInfo) bool {
	return w.without != nil && os.SameFile(info, w.without)
}

// name is the path of the articles of a file below a root.
func (r root) name(path string) string {
	if rel, err := filepath.Rel(r.path, path); err == nil {
		return filepath.ToSlash(rel)
	}
	return filepath.Base(path)
}

// watch asks for the events of a folder. When they cannot be had of one, as when there are too many, all are looked at again
// and again instead.
func (w *Watcher) watch(dir string) {
	if w.events == nil || w.dirs[dir] {
		return
	}
	if err := w.events.add(dir); err != nil {
		if os.IsNotExist(err) {
			return
		}
		w.o.Warn("the system tells of no changes in " + dir + " (" + err.Error() + "): looking at the files every " + w.o.Poll.String())
		events := w.events
		w.events, w.scan = nil, time.Now()
		w.wg.Go(func() { events.close() })
		return
	}
	w.dirs[dir] = true
}

// touch notes a file as it is now. One that has not changed since it was read is left alone.
func (w *Watcher) touch(path, name string, seen map[string]bool) {
	info, ok := w.stat(path)
	if !ok {
		return
	}
	if seen != nil {
		seen[path] = true
	}
	f, now, m := w.files[path], time.Now(), markOf(info)
	if f == nil {
		f = &file{name: name}
		w.files[path] = f
	}
	waits := w.due[path] != nil
	if !waits && m.equal(f.read) || waits && m.equal(f.seen) {
		return
	}
	f.seen, f.due, f.last = m, now.Add(w.o.Quiet), time.Time{}
	if age := now.Sub(m.time); age >= w.o.Quiet {
		f.due = now // a rename has brought it, whole, or it was quiet before anybody looked
	}
	w.due[path] = f
}

// stat describes a regular file that is to be read. Links are followed where the user named them.
func (w *Watcher) stat(path string) (os.FileInfo, bool) {
	info, err := os.Lstat(path)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 && w.isRoot(path) {
		info, err = os.Stat(path)
	}
	if err != nil || !info.Mode().IsRegular() {
		return nil, false
	}
	if abs, err := filepath.Abs(path); w.except != "" && err == nil && abs == w.except {
		return nil, false
	}
	return info, true
}

func (w *Watcher) isRoot(path string) bool {
	for _, r := range w.roots {
		if !r.folder && r.path == path {
			return true
		}
	}
	return false
}

// lose notes that a file is there no more.
func (w *Watcher) lose(path string) {
	if f := w.files[path]; f != nil {
		delete(w.files, path)
		delete(w.due, path)
		if f.read.ok {
			w.gone = append(w.gone, path)
		}
	}
}

// event looks at what an event tells of.
func (w *Watcher) event(e event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if e.lost {
		w.scan = time.Now()
	} else {
		w.changed(filepath.Clean(e.path))
	}
	select {
	case w.notify <- struct{}{}:
	default:
	}
}

// changed looks at a path that has changed, if it is one that is watched.
func (w *Watcher) changed(path string) {
	for _, r := range w.roots {
		if !r.folder {
			if path == r.path {
				w.one(r, path, filepath.Base(path))
			}
			continue
		}
		rel, err := filepath.Rel(r.path, path)
		if err != nil || rel == ".." || strings.HasPrefix(rel, "../") || hidden(rel) {
			continue
		}
		w.one(r, path, filepath.ToSlash(rel))
	}
}

// one looks at a path below a root.
func (w *Watcher) one(r root, path, name string) {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		w.vanished(path)
	case info.IsDir():
		if !w.leftOut(info) && r.folder {
			w.folder(r, path, nil)
		}
	default:
		w.touch(path, name, nil)
	}
}

// vanished notes that a file, or a folder with all below it, is there no more.
func (w *Watcher) vanished(path string) {
	w.lose(path)
	for _, r := range w.roots {
		if r.path == path {
			w.scan = time.Now().Add(w.o.Poll)
		}
	}
	below := path + string(filepath.Separator)
	for p := range w.files {
		if strings.HasPrefix(p, below) {
			w.lose(p)
		}
	}
	for d := range w.dirs {
		if d == path || strings.HasPrefix(d, below) {
			delete(w.dirs, d)
		}
	}
}

// hidden reports whether a part of a path begins with a dot. "." is the root itself.
func hidden(rel string) bool {
	for part := range strings.SplitSeq(filepath.ToSlash(rel), "/") {
		if strings.HasPrefix(part, ".") && part != "." {
			return true
		}
	}
	return false
}
