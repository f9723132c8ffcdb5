package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// hostileURLs must not lead to any connection, nor to a question to a name server.
var hostileURLs = []string{
	"", "http://", "http:///path", "//news.example.com/", "news.example.com/feed", "/etc/passwd", "file:///etc/passwd", "file://localhost/etc/passwd",
	"ftp://news.example.com/x", "gopher://127.0.0.1:6379/_INFO", "dict://127.0.0.1:11211/stats", "ldap://127.0.0.1/", "jar:http://127.0.0.1!/", "data:text/plain,x",
	"javascript:alert(1)", "unix:///var/run/docker.sock", "http:127.0.0.1/", "http://user:pass@news.example.com/", "http://news.example.com@127.0.0.1/",
	"http://news.example.com:22/", "http://news.example.com:25/", "http://news.example.com:6379/", "http://news.example.com:8080/", "http://news.example.com:0/",
	"http://news.example.com:65536/", "http://news.example.com:/", "http://news.example.com:-80/", "http://news.example.com:80:80/",
	"http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://a.localhost/", "http://printer/", "http://printer.local/", "http://metadata.google.internal/computeMetadata/v1/",
	"http://router.lan/", "http://x.home.arpa/", "http://hidden.onion/",
	"http://127.0.0.1/", "http://127.0.0.1:80/", "http://127.1/", "http://127.255.255.254/", "http://0.0.0.0/", "http://0/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/",
	"http://0177.0.0.1/", "http://017700000001/", "http://127.0.0.1./", "http://127%2e0%2e0%2e1/", "http://１２７.０.０.１/", "http://127。0。0。1/", "http://①②⑦.⓪.⓪.①/",
	"http://10.0.0.1/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://169.254.1.1/", "http://100.64.0.1/", "http://100.127.255.255/",
	"http://168.63.129.16/", "http://192.0.0.170/", "http://192.0.2.1/", "http://192.88.99.1/", "http://198.18.0.1/", "http://198.51.100.7/", "http://203.0.113.7/",
	"http://224.0.0.1/", "http://239.255.255.255/", "http://240.0.0.1/", "http://255.255.255.255/",
	"http://[::]/", "http://[::1]/", "http://[0:0:0:0:0:0:0:1]/", "http://[::1%25lo]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fc00::1]/", "http://[fd12:3456::1]/",
	"http://[fec0::1]/", "http://[ff02::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::ffff:8.8.8.8]/", "http://[::127.0.0.1]/",
	"http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::7f00:1]/", "http://[2002:7f00:1::]/", "http://[2001:0:7f00:1::]/", "http://[2001:db8::1]/", "http://[100::1]/", "http://[3fff::1]/",
	"http://news.example.com\r\nHost: evil/", "http://news example com/", "http://[::1/", "http://%zz/", "http://\x00/", "http://a\u202eb.example/",
	"http://news.example.com/" + strings.Repeat("x", maxURL),
}

// noNames is a resolver that fails the test when it is asked.
func noNames(t *testing.T) *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		t.Error("a name server was asked")
		return nil, errors.New("no names")
	}}
}

func TestHostileAddressesLeadNowhere(t *testing.T) {
	if len(hostileURLs) < 54 {
		t.Errorf("only %d addresses", len(hostileURLs))
	}
	f := New(Options{Resolver: noNames(t), Delay: -1})
	defer f.Close()
	dials := 0
	f.dialling = func(string) error {
		dials++
		return errors.New("a test connects to nothing")
	}
	for _, address := range hostileURLs {
		_, err := f.Get(t.Context(), Request{URL: address, Robots: true})
		if e := fault(t, err); !e.Refused || e.Detail == "" {
			t.Errorf("%q: %v", address, err)
		}
		if dials > 0 {
			t.Fatalf("%q: %d connections", address, dials)
		}
	}
}

// TestPublicAddresses: what is public gets as far as the connection.
func TestPublicAddresses(t *testing.T) {
	for _, address := range []string{"http://8.8.8.8/", "https://9.9.9.9:443/x?y#z", "http://[2606:4700::1111]/", "http://172.32.0.1/", "http://100.128.0.1/", "http://192.0.1.1/"} {
		f := New(Options{Delay: -1})
		var dialled []string
		f.dialling = func(at string) error {
			dialled = append(dialled, at)
			return errors.New("a test connects to nothing")
		}
		_, err := f.Get(t.Context(), Request{URL: address})
		if e := fault(t, err); e.Refused || len(dialled) != 1 {
			t.Errorf("%s: %v, dialled %v", address, err, dialled)
		}
		f.Close()
	}
	f := New(Options{Ports: []uint16{8080}})
	if _, err := f.Check("http://news.example.com:8080/"); err != nil {
		t.Error(err)
	}
	if _, err := f.Check("http://127.0.0.1:8080/"); err == nil {
		t.Error("a port that is allowed allows an address")
	}
	intranet := New(Options{AllowPrivate: true})
	for _, address := range []string{"http://127.0.0.1:8123/", "http://printer/", "http://[::1]:99/"} {
		if _, err := intranet.Check(address); err != nil {
			t.Error(err)
		}
	}
	if _, err := intranet.Check("file:///etc/passwd"); err == nil {
		t.Error("a file is fetched")
	}
}

// names is a name server that answers the n-th question for an IPv4 address with answers[n], the last one for ever.
type names struct {
	mu      sync.Mutex
	asked   int
	answers [][4]byte
	wg      sync.WaitGroup
}

func (n *names) resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		n.wg.Go(func() { n.serve(theirs) })
		return ours, nil
	}}
}

// serve answers questions as over TCP, each after its length.
func (n *names) serve(c net.Conn) {
	defer c.Close()
	for {
		var length [2]byte
		if _, err := c.Read(length[:1]); err != nil {
			return
		}
		if _, err := c.Read(length[1:]); err != nil {
			return
		}
		question := make([]byte, int(length[0])<<8|int(length[1]))
		for at := 0; at < len(question); {
			m, err := c.Read(question[at:])
			if at += m; err != nil {
				return
			}
		}
		answer := n.answer(question)
		if _, err := c.Write(append([]byte{byte(len(answer) >> 8), byte(len(answer))}, answer...)); err != nil {
			return
		}
	}
}

func (n *names) answer(question []byte) []byte {
	var m dnsmessage.Message
	if m.Unpack(question) != nil || len(m.Questions) != 1 {
		return nil
	}
	m.Response, m.Authoritative, m.Additionals = true, true, nil
	if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
		n.mu.Lock()
		a := n.answers[min(n.asked, len(n.answers)-1)]
		n.asked++
		n.mu.Unlock()
		m.Answers = []dnsmessage.Resource{{
			Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}, Body: &dnsmessage.AResource{A: a},
		}}
	}
	b, err := m.Pack()
	if err != nil {
		return nil
	}
	return b
}

// TestRebinding: a name that is public when it is looked up first and this machine later is never connected to as the latter.
func TestRebinding(t *testing.T) {
	refused := 0
	for i := range 100 {
		n := &names{answers: [][4]byte{{8, 8, 8, 8}, {127, 0, 0, 1}, {10, 0, 0, byte(i)}, {169, 254, 169, 254}}}
		f := New(Options{Resolver: n.resolver(), Delay: -1})
		f.dialling = func(at string) error {
			if at != "8.8.8.8:80" {
				t.Errorf("connects to %s", at)
			}
			return errors.New("a test connects to nothing")
		}
		for range 4 {
			if _, err := f.Get(t.Context(), Request{URL: "http://rebind.example.com/"}); fault(t, err).Refused {
				refused++
			}
		}
		f.Close()
		n.wg.Wait()
	}
	if refused != 300 {
		t.Errorf("%d of 300 refused", refused)
	}
}

// TestRedirectsAreChecked: every hop is, also one to a name whose address is private.
func TestRedirectsAreChecked(t *testing.T) {
	for _, to := range []string{"http://169.254.169.254/latest/meta-data/", "http://localhost/", "file:///etc/passwd", "http://[::1]/", "//127.0.0.1/", "http://news.example.com:22/", "gopher://x/"} {
		inBubble(t, func(t *testing.T) {
			w := newWeb(t, Options{Delay: -1}, func(rw http.ResponseWriter, r *http.Request) { rw.Header().Set("Location", to); rw.WriteHeader(302) })
			_, err := w.Get(t.Context(), Request{URL: "http://news.example.com/"})
			if e := fault(t, err); !e.Refused || len(w.asked) != 1 {
				t.Errorf("%s: %v after %v", to, err, w.asked)
			}
		})
	}
	n := &names{answers: [][4]byte{{127, 0, 0, 1}}}
	f := New(Options{Resolver: n.resolver(), Delay: -1})
	defer f.Close()
	f.dialling = func(at string) error { return fmt.Errorf("connects to %s", at) }
	if _, err := f.Get(t.Context(), Request{URL: "http://inside.example.com/"}); !fault(t, err).Refused {
		t.Error(err)
	}
}

func FuzzCheck(f *testing.F) {
	for _, address := range hostileURLs {
		f.Add(address)
	}
	f.Add("https://news.example.com/feed?x=1")
	fetcher := New(Options{})
	f.Fuzz(func(t *testing.T, address string) {
		u, err := fetcher.Check(address)
		if err != nil {
			return
		}
		if u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Hostname() == "" || u.Fragment != "" {
			t.Errorf("%q is %v", address, u)
		}
		if again, err := fetcher.Check(u.String()); err != nil || again.String() != u.String() {
			t.Errorf("%q is %q, and that %v, %v", address, u, again, err)
		}
	})
}
