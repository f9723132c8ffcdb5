package page

import "dateline/index"

// flags are what may be doubtful about an article, in words with the reason.
var flags = map[string]string{
	index.FlagDateConflict: "Date doubtful: the record names two days of publication, more than a day apart",
	index.FlagFutureDate:   "Dated in the future: published later than it was read, so orders by date put it last",
	index.FlagMetadataOnly: "No text: the format of its record carries none",
}

// flagged is what is doubtful about an article. One that this page does not know is shown as it is named.
func flagged(list []string) []string {
	var words []string
	for _, f := range list {
		if text := flags[f]; text != "" {
			f = text
		}
		words = append(words, f)
	}
	return words
}
