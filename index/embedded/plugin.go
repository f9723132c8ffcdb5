package embedded

import (
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"

	"dateline/index/segment"
)

// The segments that Bleve keeps are of package segment: Bleve puts them into its snapshots, persists them, decides when to
// merge them and marks deleted articles, and looks into them for nothing but ids.

// The type of segments as Bleve knows it.
const (
	pluginType    = "dateline"
	pluginVersion = 1
)

func init() { scorch.RegisterSegmentPlugin(plugin{}, false) }

// plugin makes segments for Bleve. It implements scorch.SegmentPlugin.
type plugin struct{}

var _ scorch.SegmentPlugin = plugin{}

func (plugin) Type() string    { return pluginType }
func (plugin) Version() uint32 { return pluginVersion }

// New makes a segment of the documents of one batch.
func (plugin) New(documents []bleve.Document) (api.Segment, uint64, error) {
	d, ok := documents[0].(*document)
	if !ok {
		return nil, 0, fmt.Errorf("a document of type %T", documents[0])
	}
	if n := d.batch.builder.Count(); n != len(documents) {
		return nil, 0, fmt.Errorf("a batch of %d documents, of which Bleve has %d", n, len(documents))
	}
	b, err := d.batch.builder.Build()
	if err != nil {
		return nil, 0, err
	}
	s, err := segment.Read(b)
	if err != nil {
		return nil, 0, err
	}
	return &memorySegment{common{s}}, uint64(len(b)), nil
}

func (p plugin) NewUsing(documents []bleve.Document, _ map[string]any) (api.Segment, uint64, error) {
	return p.New(documents)
}

func (plugin) Open(path string) (api.Segment, error) {
	s, err := segment.Open(path)
	if err != nil {
		return nil, err
	}
	f := &fileSegment{common: common{s}, path: path}
	f.refs.Store(1)
	return f, nil
}

func (p plugin) OpenUsing(path string, _ map[string]any) (api.Segment, error) { return p.Open(path) }

// Merge merges segments into a file.
func (plugin) Merge(segments []api.Segment, drops []*roaring.Bitmap, path string, closed chan struct{}, stats api.StatsReporter) ([][]uint64, uint64, error) {
	parts := make([]segment.Part, len(segments))
	for i, s := range segments {
		parts[i] = segment.Part{Segment: opened(s), Without: drops[i]}
	}
	numbers, n, err := segment.MergeFile(path, parts, func() bool {
		select {
		case <-closed:
			return true
		default:
			return false
		}
	})
	if errors.Is(err, segment.ErrStopped) {
		err = api.ErrClosed
	}
	if err != nil {
		return nil, 0, err
	}
	if stats != nil {
		stats.ReportBytesWritten(uint64(n))
	}
	return wide(numbers), uint64(n), nil
}

func (p plugin) MergeUsing(segments []api.Segment, drops []*roaring.Bitmap, path string, closed chan struct{}, stats api.StatsReporter, _ map[string]any) ([][]uint64, uint64, error) {
	return p.Merge(segments, drops, path, closed, stats)
}

// wide writes numbers of articles as Bleve does.
func wide(lists [][]uint32) [][]uint64 {
	wide := make([][]uint64, len(lists))
	for i, list := range lists {
		wide[i] = make([]uint64, len(list))
		for j, n := range list {
			wide[i][j] = uint64(n)
			if n == segment.Dropped {
				wide[i][j] = ^uint64(0)
			}
		}
	}
	return wide
}

// opened returns the segment that Bleve has wrapped.
func opened(s api.Segment) *segment.Segment {
	return s.(interface{ opened() *segment.Segment }).opened()
}

// common are the methods of every segment that Bleve asks for. Dictionaries and stored fields it does not.
type common struct{ s *segment.Segment }

func (c common) opened() *segment.Segment { return c.s }
func (common) BytesRead() uint64          { return 0 }
func (common) ResetBytesRead(uint64)      {}
func (common) BytesWritten() uint64       { return 0 }
func (common) Dictionary(string) (api.TermDictionary, error) {
	return nil, errors.ErrUnsupported
}
func (common) VisitStoredFields(uint64, api.StoredFieldValueVisitor) error {
	return errors.ErrUnsupported
}
func (common) Fields() []string                      { return nil }
func (c common) Count() uint64                       { return uint64(c.s.Count()) }
func (c common) Size() int                           { return c.s.Size() }
func (c common) DocID(number uint64) ([]byte, error) { return c.s.ID(uint32(number)), nil }

// DocNumbers returns the articles with the ids.
func (c common) DocNumbers(ids []string) (*roaring.Bitmap, error) {
	docs := roaring.New()
	for _, id := range ids {
		if doc, ok := c.s.Find(id); ok {
			docs.Add(doc)
		}
	}
	return docs, nil
}

// memorySegment is a segment that was just made. It implements the UnpersistedSegment of scorch_segment_api.
type memorySegment struct{ common }

var _ api.UnpersistedSegment = (*memorySegment)(nil)

func (m *memorySegment) AddRef()                   {}
func (m *memorySegment) DecRef() error             { return nil }
func (m *memorySegment) Close() error              { return nil }
func (m *memorySegment) Persist(path string) error { return m.s.Save(path) }

// fileSegment is a segment in a file, which is closed when nobody refers to it any more. It implements the PersistedSegment
// of scorch_segment_api.
type fileSegment struct {
	common
	path string
	refs atomic.Int64
}

var _ api.PersistedSegment = (*fileSegment)(nil)

func (f *fileSegment) Path() string { return f.path }
func (f *fileSegment) AddRef()      { f.refs.Add(1) }
func (f *fileSegment) Close() error { return f.DecRef() }

func (f *fileSegment) DecRef() error {
	if f.refs.Add(-1) > 0 {
		return nil
	}
	return f.s.Close()
}
