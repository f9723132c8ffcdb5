package ledger

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"hash/crc32"

	"dateline/index"
)

// entry is one line of the ledger. Of the pointers one is set.
type entry struct {
	Run    int            `json:"run,omitempty"`
	Tag    uint64         `json:"tag,omitempty"` // of a plan
	Begin  *begin         `json:"begin,omitempty"`
	Plan   *Plan          `json:"plan,omitempty"`
	Done   *Done          `json:"done,omitempty"`
	Void   bool           `json:"void,omitempty"` // the plan came to nothing
	End    *End           `json:"end,omitempty"`
	Adjust *index.Changes `json:"adjust,omitempty"` // what the engine has of plans that cannot be told apart
	Sum    *Account       `json:"sum,omitempty"`    // a whole run, or several
	Next   *next          `json:"next,omitempty"`
}

// begin is the beginning of a run.
type begin struct {
	At      index.Time `json:"at"`
	Command string     `json:"command"`
	Paths   []string   `json:"paths,omitempty"`
	Key     string     `json:"key,omitempty"`
	Resumes int        `json:"resumes,omitempty"` // the run that it goes on from
	Rejects string     `json:"rejects,omitempty"`
}

// next carries the numbers on when the lines that had them are gone.
type next struct {
	Run int    `json:"run"`
	Tag uint64 `json:"tag"`
}

// Plan is what a batch holds, said before it is put.
type Plan struct {
	Articles int       `json:"articles,omitempty"` // that the engine is given
	Deletes  int       `json:"deletes,omitempty"`  // ids that it is to delete
	Cells    []Cell    `json:"cells,omitempty"`    // what was read; of a deletion what there is
	Files    []Span    `json:"files,omitempty"`    // where it stands
	Ended    []FileEnd `json:"ended,omitempty"`    // files of which all is read, whatever is accounted for
	Rejects  []Reject  `json:"rejects,omitempty"`  // of the run's key only: a run that goes on writes them again
}

// Span is a run of records of a file. Records are numbered from 0, those in an archive's files one after the other.
type Span struct {
	Path     string `json:"path"`
	Size     int64  `json:"size"`
	Time     int64  `json:"mtime"` // in nanoseconds
	From     int    `json:"from"`
	To       int    `json:"to"`
	Rejected int    `json:"rejected,omitempty"`
	Total    int    `json:"total,omitempty"` // records of the whole file; 0 while that is not known
}

// FileEnd says how many records a file has.
type FileEnd struct {
	Path  string `json:"path"`
	Size  int64  `json:"size"`
	Time  int64  `json:"mtime"`
	Total int    `json:"total"`
}

// Reject is a line of the rejects.
type Reject struct {
	Span int             `json:"span"` // of the plan's Files
	Line json.RawMessage `json:"line"`
}

// Done is what became of a plan.
type Done struct {
	All   index.Outcome `json:"all,omitempty"`   // of every article, when they share one and were not rejected
	Cells []Cell        `json:"cells,omitempty"` // otherwise: indexed, updated, unchanged, and rejected by the engine; or deleted
	// Refused are rejects of the engine, which the plan did not foresee.
	Refused []Reject `json:"refused,omitempty"`
	// Found says that the process ended before it was told, and the engine was asked afterwards. When the outcomes differ among
	// the articles, all that is known is how many had which.
	Found *index.Changes `json:"found,omitempty"`
}

// End is the end of a run.
type End struct {
	At      index.Time     `json:"at"`
	Error   string         `json:"error,omitempty"` // why it was broken off; "" when it came to its end
	Summary Summary        `json:"summary"`
	Rejects map[string]int `json:"rejects,omitempty"` // lines in the file of rejects, by reason
}

// Summary is what the run itself counted: the sum of its accounts and of what it skipped.
type Summary struct {
	Files     int     `json:"files"`
	Bytes     int64   `json:"bytes"`
	Read      int     `json:"read"`
	Indexed   int     `json:"indexed"`
	Updated   int     `json:"updated"`
	Unchanged int     `json:"unchanged"`
	Rejected  int     `json:"rejected"`
	Skipped   Skipped `json:"skipped"`
}

// Skipped is what a run did not read, since the run that it goes on from had.
type Skipped struct {
	Files    int `json:"files"`    // not opened
	Records  int `json:"records"`  // in them and in files that were read from the middle
	Rejected int `json:"rejected"` // of the records
}

// A line is the CRC-32 of the JSON in eight hexadecimal digits, a blank, the JSON, and a line feed.
const sumLen = 8

// line writes an entry as a line.
func (e entry) line() ([]byte, error) {
	text, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	line := make([]byte, 0, sumLen+2+len(text))
	line = hex.AppendEncode(line, checksum(text))
	line = append(append(append(line, ' '), text...), '\n')
	return line, nil
}

func checksum(text []byte) []byte {
	n := crc32.ChecksumIEEE(text)
	return []byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}
}

// parseLine reads a line without its line feed.
func parseLine(line []byte) (e entry, ok bool) {
	if len(line) < sumLen+2 || line[sumLen] != ' ' {
		return e, false
	}
	text := line[sumLen+1:]
	if !bytes.Equal(hex.AppendEncode(nil, checksum(text)), line[:sumLen]) {
		return e, false
	}
	return e, json.Unmarshal(text, &e) == nil
}

// eachEntry calls do with every entry of a ledger's content, and with nil for a line that cannot be read. It returns how long the
// content is without a last line that is torn.
func eachEntry(content []byte, do func(*entry)) (whole int64) {
	for len(content) > 0 {
		i := bytes.IndexByte(content, '\n')
		if i < 0 {
			return whole
		}
		if e, ok := parseLine(content[:i]); ok {
			do(&e)
		} else {
			do(nil)
		}
		whole += int64(i) + 1
		content = content[i+1:]
	}
	return whole
}
