package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"dateline/index/source/sourcetest"
)

// unwatchedChild returns the program as a process of its own that the race detector does not watch. The kills are for that: they
// ask what a process that is gone left on the disk, and a child that is watched takes ten times as long to leave as much. Races
// are looked for where nothing is killed, in the children of the scripts and in the packages.
func unwatchedChild(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := child(t, args...)
	if sourcetest.Race {
		path, err := unwatched()
		if err != nil {
			t.Fatal(err)
		}
		cmd.Path = path
	}
	return cmd
}

// built holds the test binary that unwatched builds.
var built string

// unwatched builds this test binary without the race detector and returns its path.
var unwatched = sync.OnceValues(func() (path string, err error) {
	if built, err = os.MkdirTemp("", "dateline-test"); err != nil {
		return "", err
	}
	path = filepath.Join(built, "dateline.test")
	if out, err := exec.Command("go", "test", "-race=false", "-c", "-o", path, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go test -c: %w\n%s", err, out)
	}
	return path, nil
})

// tidy runs the tests and removes what unwatched built.
type tidy struct{ *testing.M }

func (m tidy) Run() int {
	defer func() { os.RemoveAll(built) }()
	return m.M.Run()
}
