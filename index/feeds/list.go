package feeds

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// FileName is the file of the list in an index directory.
const FileName = "feeds.json"

// MaxFeeds bounds a list.
const MaxFeeds = 10_000

// list is the file of subscriptions. Whoever has it open owns the index directory.
type list struct {
	path    string
	mu      sync.Mutex
	feeds   []*Feed
	changed chan struct{} // has something in it when a feed may be due that was not
}

// document is what the file holds.
type document struct {
	Version int     `json:"version"`
	Feeds   []*Feed `json:"feeds"`
}

const version = 1

func openList(dir string) (*list, error) {
	l := &list{path: filepath.Join(dir, FileName), changed: make(chan struct{}, 1)}
	text, err := os.ReadFile(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	if err != nil {
		return nil, err
	}
	var d document
	if err := json.Unmarshal(text, &d); err != nil {
		return nil, fmt.Errorf("the list of feeds in %s cannot be read: %w", l.path, err)
	}
	if d.Version != version {
		return nil, fmt.Errorf("the list of feeds in %s is of version %d, which this program does not know", l.path, d.Version)
	}
	l.feeds = slices.DeleteFunc(d.Feeds, func(f *Feed) bool { return f == nil || f.URL == "" })
	return l, nil
}

// all returns copies of the feeds.
func (l *list) all() []Feed {
	l.mu.Lock()
	defer l.mu.Unlock()
	feeds := make([]Feed, len(l.feeds))
	for i, f := range l.feeds {
		feeds[i] = f.copy()
	}
	return feeds
}

func (f *Feed) copy() Feed {
	c := *f
	c.Days = slices.Clone(f.Days)
	return c
}

// find returns the feed of an address, or nil; the lock is held.
func (l *list) find(url string) *Feed {
	i := slices.IndexFunc(l.feeds, func(f *Feed) bool { return f.URL == url })
	if i < 0 {
		return nil
	}
	return l.feeds[i]
}

func (l *list) get(url string) (Feed, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if f := l.find(url); f != nil {
		return f.copy(), true
	}
	return Feed{}, false
}

// add adds feeds that are not there yet and returns how many those were. One that was given up is to be polled again.
func (l *list) add(feeds ...Feed) (added int, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	before, taken := slices.Clone(l.feeds), map[*Feed]Feed{}
	byURL := make(map[string]*Feed, len(l.feeds))
	for _, f := range l.feeds {
		byURL[f.URL] = f
	}
	for _, f := range feeds {
		known := byURL[f.URL]
		switch {
		case known == nil && len(l.feeds) >= MaxFeeds:
			l.feeds = before
			return 0, fmt.Errorf("no more than %d feeds can be subscribed to", MaxFeeds)
		case known == nil:
			l.feeds = append(l.feeds, &f)
			byURL[f.URL] = &f
			added++
		case known.Disabled != "":
			taken[known] = *known
			known.Disabled, known.Failures, known.Error, known.Next = "", 0, "", f.Next
		}
	}
	if err := l.save(); err != nil {
		l.feeds = before
		for f, was := range taken {
			*f = was
		}
		return 0, err
	}
	l.wake()
	return added, nil
}

func (l *list) remove(url string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	f := l.find(url)
	if f == nil {
		return ErrUnknown
	}
	before := l.feeds
	l.feeds = slices.DeleteFunc(slices.Clone(l.feeds), func(g *Feed) bool { return g == f })
	if err := l.save(); err != nil {
		l.feeds = before
		return err
	}
	l.wake()
	return nil
}

// update changes a feed, if it is there still. A feed whose address becomes that of another is given up instead.
func (l *list) update(url string, change func(*Feed)) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	f := l.find(url)
	if f == nil {
		return nil
	}
	next := f.copy()
	change(&next)
	if next.URL != url && l.find(next.URL) != nil {
		next.Disabled = "it has moved to " + next.URL + ", which is subscribed to as well"
		next.URL = url
	}
	was := *f
	*f = next
	if err := l.save(); err != nil {
		*f = was
		return err
	}
	return nil
}

// due returns the feeds to be polled at a time, those that wait longest first, and when the next of the others will be.
func (l *list) due(now time.Time, busy func(url string) bool) (due []string, next time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var waiting []*Feed
	for _, f := range l.feeds {
		switch {
		case f.Disabled != "" || busy(f.URL):
		case f.Next.After(now):
			if next.IsZero() || f.Next.Before(next) {
				next = f.Next.Time
			}
		default:
			waiting = append(waiting, f)
		}
	}
	slices.SortStableFunc(waiting, func(a, b *Feed) int { return a.Next.Compare(b.Next.Time) })
	for _, f := range waiting {
		due = append(due, f.URL)
	}
	return due, next
}

func (l *list) wake() {
	select {
	case l.changed <- struct{}{}:
	default:
	}
}

// save replaces the file; the lock is held.
func (l *list) save() error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(document{version, l.feeds}); err != nil {
		return err
	}
	if err := replace(l.path, b.Bytes()); err != nil {
		return fmt.Errorf("the list of feeds cannot be written: %w", err)
	}
	return nil
}

// replace writes a file so that it holds the old or the new content whatever happens, and the new once it returns.
func replace(path string, content []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, err = f.Write(content)
	if err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
