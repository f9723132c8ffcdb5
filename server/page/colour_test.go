package page

import (
	"math"
	"regexp"
	"strconv"
	"testing"
)

// colour is one of the sheet, in the light and the dark scheme.
var colour = regexp.MustCompile(`--([a-z-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\);`)

// luminance is the relative luminance of an sRGB colour by WCAG 2.2.
func luminance(hex string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			panic(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestContrast: text has 4.5:1, and what must be seen to be used 3:1, in the light and the dark scheme (WCAG 2.2, 1.4.3 and
// 1.4.11).
func TestContrast(t *testing.T) {
	sheet, err := staticFiles.ReadFile("static/css/00-base.css")
	if err != nil {
		t.Fatal(err)
	}
	schemes := map[string]map[string]string{"light": {}, "dark": {}}
	for _, m := range colour.FindAllStringSubmatch(string(sheet), -1) {
		schemes["light"][m[1]], schemes["dark"][m[1]] = m[2], m[3]
	}
	for name, c := range schemes {
		for _, p := range []struct {
			ink, ground string
			least       float64
		}{
			{"ink", "paper", 7}, {"ink", "raised", 7}, {"ink", "notice", 7}, {"quiet", "paper", 4.5}, {"link", "paper", 4.5},
			{"link", "raised", 4.5}, {"link", "notice", 4.5}, {"ink", "out", 7}, {"ink", "in", 7}, {"visited", "paper", 4.5}, {"brand", "paper", 4.5},
			{"mark-ink", "mark", 4.5}, {"wrong", "raised", 4.5}, {"field", "paper", 3}, {"bar-on", "paper", 3}, {"bar", "paper", 3},
		} {
			if c[p.ink] == "" || c[p.ground] == "" {
				t.Errorf("%s: no colour %s or %s", name, p.ink, p.ground)
			} else if got := contrast(c[p.ink], c[p.ground]); got < p.least {
				t.Errorf("%s: %s on %s has %.2f:1, want %.1f:1", name, p.ink, p.ground, got, p.least)
			}
		}
	}
}
