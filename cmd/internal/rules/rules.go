// Package rules holds, in its test, who may import whom.
package rules
