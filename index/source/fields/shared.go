package fields

import "strings"

// Byline takes a text that names several authors apart, as the byline of a record is: "By Ann Roe, Jo Doe Jr. and Max Moe".
func Byline(s string) []string { return byline(s) }

// LanguageCode returns the ISO 639-1 code of a language as records name it ("en-US", "eng", "English"), or "".
func LanguageCode(s string) string { return languageCode(s) }

// Host returns the host of an http address without its www., or "" when s is none.
func Host(s string) string { return host(s) }

// EntityType returns the type of entity that a label in common use stands for ("GPE", "Organization"), or "".
func EntityType(label string) string { return entityTypes[strings.ToLower(label)] }
