package feeds

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// killVariable names the folder of a child process that writes a list until it is killed.
const killVariable = "DATELINE_TEST_LIST"

// TestKillDuringWrite kills processes in the middle of writing a list: what is left is a list, and no older than what the
// process said it had written.
func TestKillDuringWrite(t *testing.T) {
	if dir := os.Getenv(killVariable); dir != "" {
		writeForEver(dir)
	}
	dir := t.TempDir()
	for range 4 {
		last := killWriter(t, dir)
		l, err := openList(dir)
		if err != nil {
			t.Fatal(err)
		}
		f, ok := l.get(quay)
		if !ok || f.Polls < last {
			t.Errorf("the list has poll %d, %d was written", f.Polls, last)
		}
	}
}

// killWriter runs a process that writes, kills it after some writes, and returns the number of the last that it told of.
func killWriter(t *testing.T, dir string) (last int) {
	child := exec.Command(os.Args[0], "-test.run=^TestKillDuringWrite$")
	child.Env = append(os.Environ(), killVariable+"="+dir)
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	lines := bufio.NewScanner(out)
	for n := 0; n < 5 && lines.Scan(); n++ {
		fmt.Sscan(lines.Text(), &last)
	}
	must(t, child.Process.Kill())
	for lines.Scan() {
		fmt.Sscan(lines.Text(), &last)
	}
	child.Wait()
	return last
}

func writeForEver(dir string) {
	l, err := openList(dir)
	if err == nil {
		_, err = l.add(Feed{URL: quay}, Feed{URL: "https://tide.example.com/", Title: strings.Repeat("long ", 10_000)})
	}
	for err == nil {
		n := 0
		err = l.update(quay, func(f *Feed) {
			f.Polls++
			n = f.Polls
		})
		fmt.Println(n)
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
