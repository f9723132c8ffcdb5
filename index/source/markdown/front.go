package markdown

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"dateline/index/source/fields"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v3"
)

// field is one named value of front matter, in JSON.
type field struct {
	name string
	raw  json.RawMessage
}

// text returns the value when it is a text, a number, true or false, else "".
func (f field) text() string {
	var v any
	if json.Unmarshal(f.raw, &v) != nil {
		return ""
	}
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case bool, float64:
		return fmt.Sprint(v)
	}
	return ""
}

// readFront reads the names and values of front matter, in their order as far as the kind keeps it.
func readFront(front, kind string) ([]field, error) {
	switch kind {
	case tomlLine:
		return readTOML(front)
	case jsonLine:
		return readJSON([]byte(front))
	}
	return readYAML(front)
}

func readJSON(front []byte) (list []field, err error) {
	front = bytes.TrimSpace(front)
	switch {
	case len(front) == 0 || front[0] != '{' || !json.Valid(front):
		return nil, errors.New("the front matter is no JSON object")
	case fields.Depth(front) > fields.MaxDepth:
		return nil, errDeep
	}
	fields.Each(front, func(name string, value []byte) {
		list = append(list, field{name, value})
	})
	return list, nil
}

var errDeep = fmt.Errorf("lists and maps lie more than %d deep in each other", fields.MaxDepth)

func readTOML(front string) ([]field, error) {
	var values map[string]any
	if err := toml.Unmarshal([]byte(front), &values); err != nil {
		return nil, err
	}
	raw, err := json.Marshal(plainTOML(values))
	if err != nil {
		return nil, err
	}
	return readJSON(raw)
}

// plainTOML replaces what JSON has no form for: dates, which package date reads as they were written, and odd numbers.
func plainTOML(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			v[name] = plainTOML(member)
		}
	case []any:
		for i, member := range v {
			v[i] = plainTOML(member)
		}
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case toml.LocalDate, toml.LocalDateTime, toml.LocalTime:
		return fmt.Sprint(v)
	case float64:
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return fmt.Sprint(v)
		}
	}
	return v
}

// readYAML reads a map of YAML. Scalars are kept as they were written, for a date or a number that YAML would read anew
// loses its zone or its form.
func readYAML(front string) (list []field, err error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(front), &doc); err != nil {
		return nil, err
	}
	if doc.Kind == 0 || len(doc.Content) == 0 || doc.Content[0].Kind == yaml.ScalarNode && doc.Content[0].Value == "" {
		return nil, nil
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		return nil, errors.New("the front matter is no map of names to values")
	}
	budget := maxNodes
	for i := 0; i+1 < len(root.Content); i += 2 {
		value, err := plainYAML(root.Content[i+1], 1, &budget)
		if err != nil {
			return nil, err
		}
		raw, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		list = append(list, field{root.Content[i].Value, raw})
	}
	return list, nil
}

// maxNodes bounds the values of front matter with every alias written out: a few lines of aliases to aliases stand for
// more values than there is memory.
const maxNodes = 20_000

var errMany = fmt.Errorf("there are more than %d values in the front matter, its aliases written out", maxNodes)

func plainYAML(n *yaml.Node, depth int, budget *int) (any, error) {
	if *budget -= 1 + len(n.Value)/256; *budget < 0 { // a long text counts for more, for it may be repeated
		return nil, errMany
	}
	if depth > fields.MaxDepth {
		return nil, errDeep
	}
	switch n.Kind {
	case yaml.AliasNode:
		return plainYAML(n.Alias, depth+1, budget)
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, member := range n.Content {
			v, err := plainYAML(member, depth+1, budget)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		return list, nil
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			v, err := plainYAML(n.Content[i+1], depth+1, budget)
			if err != nil {
				return nil, err
			}
			m[n.Content[i].Value] = v
		}
		return m, nil
	}
	return scalar(n), nil
}

func scalar(n *yaml.Node) any {
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		var b bool
		if n.Decode(&b) == nil {
			return b
		}
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return json.Number(n.Value)
		}
	}
	return n.Value
}
