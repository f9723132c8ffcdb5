package story

import "testing"

func TestText(t *testing.T) {
	id := Text("Port Reopens", "The quay is open again.\n\nShips came.")
	same := [][2]string{
		{"PORT reopens!", "The quay is open again. Ships came."},
		{"“Port” re-opens", "the quay—is open again\tships came"},
		{"Port Reopens", "The quay is open again.\r\n\r\nShips came. "},
	}
	for _, s := range same {
		if got := Text(s[0], s[1]); got != id {
			t.Errorf("Text(%q, %q) = %s, want %s as for the original", s[0], s[1], got, id)
		}
	}
	other := [][2]string{
		{"Port Reopens", "The quay is open again. Ship came."},
		{"Port Reopens The", "quay is open again. Ships came."},
		{"Port Reopens", "The quäy is open again. Ships came."},
		{"", ""},
	}
	for _, o := range other {
		if Text(o[0], o[1]) == id {
			t.Errorf("Text(%q, %q) is that of another text", o[0], o[1])
		}
	}
	if len(id) != 16 {
		t.Errorf("id %q has %d characters, want 16", id, len(id))
	}
}

func TestTextLong(t *testing.T) {
	long := make([]byte, 100_000)
	for i := range long {
		long[i] = 'a' + byte(i%26)
	}
	a := Text("t", string(long))
	long[99_999] = 'Z'
	if a == Text("t", string(long)) {
		t.Error("the last letter of a long text makes no difference")
	}
}
