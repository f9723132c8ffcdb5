package ingest

import (
	"math"
	"sync/atomic"
	"time"
)

// Stages are the seconds that a run spent in each of its stages, waits for other stages left out, those of goroutines side by
// side added up.
type Stages struct {
	Read  float64 `json:"read"`  // reading files, unpacking them, and cutting records; one goroutine
	Parse float64 `json:"parse"` // understanding records; Options.Workers goroutines, together with Names
	Names float64 `json:"names"` // finding people, organisations and places
	Index float64 `json:"index"` // what the engine takes to write batches, the disk included; a goroutine for each core
}

// Add adds the counts, the seconds and the stages of another run, made with as many Options.Workers; their rejects are left out.
func (s *Summary) Add(o Summary, workers int) {
	s.Files += o.Files
	s.Bytes += o.Bytes
	s.Read += o.Read
	s.Indexed += o.Indexed
	s.Updated += o.Updated
	s.Unchanged += o.Unchanged
	s.Rejected += o.Rejected
	s.Seconds += o.Seconds
	s.Stages.Read += o.Stages.Read
	s.Stages.Parse += o.Stages.Parse
	s.Stages.Names += o.Stages.Names
	s.Stages.Index += o.Stages.Index
	s.Bottleneck = s.Stages.bottleneck(s.Seconds, Options{Workers: workers}.withDefaults().Workers)
}

// bottleneck names the stage whose goroutines were busy for the largest part of a run of so many seconds, "" when nothing was
// done. Of parsing and names, which share theirs, it is the one that took longer.
func (s Stages) bottleneck(seconds float64, workers int) string {
	if seconds <= 0 {
		return ""
	}
	worked := "parse"
	if s.Names > s.Parse {
		worked = "names"
	}
	name, most := "", 0.0
	for _, stage := range []struct {
		name string
		busy float64
	}{{"read", s.Read}, {worked, (s.Parse + s.Names) / float64(workers)}, {"index", s.Index / float64(writers())}} {
		if stage.busy > most {
			name, most = stage.name, stage.busy
		}
	}
	return name
}

// watch measures the stages of a run. A nil one measures nothing.
type watch struct{ read, parse, names, index atomic.Int64 }

// since adds the time since a moment to a stage.
func since(stage *atomic.Int64, began time.Time) { stage.Add(int64(time.Since(began))) }

func (w *watch) stages() Stages {
	seconds := func(n *atomic.Int64) float64 { return math.Round(time.Duration(n.Load()).Seconds()*1000) / 1000 }
	return Stages{seconds(&w.read), seconds(&w.parse), seconds(&w.names), seconds(&w.index)}
}
