package query

import _ "embed"

// Syntax is the table of the language in Markdown, for help pages: sections of paragraphs and tables, examples in code spans.
//
//go:embed syntax.md
var Syntax string
