package analysis

import (
	"os/exec"
	"strings"
	"testing"
)

// runtimeRoot returns the directory of the Go installation, whose sources are a text of many words.
func runtimeRoot(t *testing.T) string {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}
