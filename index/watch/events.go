package watch

import "github.com/fsnotify/fsnotify"

// event says that something about a path has changed, or that events were lost.
type event struct {
	path string
	lost bool
}

// events are the changes of the folders that were added.
type events interface {
	tell() <-chan event
	add(dir string) error
	close() error
}

// system are the events of the operating system.
type system struct {
	w    *fsnotify.Watcher
	out  chan event
	stop chan struct{}
	done chan struct{}
}

func systemEvents() (events, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	s := &system{w: w, out: make(chan event), stop: make(chan struct{}), done: make(chan struct{})}
	go s.run()
	return s, nil
}

// run passes events on. An error means that some were lost, whatever it says.
func (s *system) run() {
	defer close(s.done)
	for {
		var out event
		select {
		case e, ok := <-s.w.Events:
			if !ok {
				return
			}
			if e.Op == fsnotify.Chmod {
				continue
			}
			out.path = e.Name
		case _, ok := <-s.w.Errors:
			if !ok {
				return
			}
			out.lost = true
		}
		select {
		case s.out <- out:
		case <-s.stop:
			return
		}
	}
}

func (s *system) tell() <-chan event { return s.out }

func (s *system) add(dir string) error { return s.w.Add(dir) }

func (s *system) close() error {
	close(s.stop)
	err := s.w.Close()
	<-s.done
	return err
}
