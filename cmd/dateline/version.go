package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"dateline/index/embedded"
)

func (p *program) version() *command {
	c := newCommand("version", "", "print the version")
	c.example = "dateline version"
	c.run = func(_ context.Context, args []string) error {
		if err := none(c, args); err != nil {
			return err
		}
		_, err := fmt.Fprintf(p.stdout, "dateline %s (index format %d, %s %s/%s)\n",
			build(), embedded.FormatVersion, runtime.Version(), runtime.GOOS, runtime.GOARCH)
		return err
	}
	return c
}

// build names the version that the program was built from.
func build() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	return "development"
}

// none refuses arguments.
func none(c *command, args []string) error {
	if len(args) > 0 {
		return &usageError{c.name, fmt.Sprintf("%s takes no arguments, but %q is given", c.name, args[0])}
	}
	return nil
}
