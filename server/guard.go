package server

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"dateline/index"
	"dateline/server/page"
)

// pagePolicy lets pages load style sheets, scripts, pictures and answers of this server and send forms to it, and nothing else.
// Scripts may make no markup out of text: browsers that know trusted types refuse it, wherever it is tried.
const pagePolicy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// apiPolicy is for answers that are no pages.
const apiPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// permissions turns off what no page of a search needs, for itself and for what might get into it.
const permissions = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"

func setHeaders(h http.Header, path string) {
	h.Set("Permissions-Policy", permissions)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Content-Security-Policy", pagePolicy)
	if isAPI(path) {
		h.Set("Content-Security-Policy", apiPolicy)
		h.Set("Cache-Control", "no-store")
	}
}

// guard refuses what no handler should see.
func (s *Server) guard(w *response, r *http.Request) error {
	r.Body = s.newBody(w, r)
	if n := max(len(r.RequestURI), len(r.URL.RawQuery)); n > s.o.MaxURIBytes {
		return &refusal{http.StatusRequestURITooLong, "uri-too-long", fmt.Sprintf("the address has %d bytes; at most %d are read", n, s.o.MaxURIBytes), ""}
	}
	if !s.hostAllowed(r) {
		return &refusal{http.StatusMisdirectedRequest, "wrong-host", "this server does not answer to " + shorten(r.Host), "use localhost or 127.0.0.1"}
	}
	if err := s.origins.Check(r); err != nil {
		return &refusal{http.StatusForbidden, "forbidden", "a page of another site may not write here", ""}
	}
	if r.ContentLength > s.o.MaxBodyBytes {
		return &http.MaxBytesError{Limit: s.o.MaxBodyBytes}
	}
	return nil
}

// hostAllowed keeps web pages from reaching a server on this machine through a name of their own that they point at it.
func (s *Server) hostAllowed(r *http.Request) bool {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	if !ok || !local.IP.IsLoopback() {
		return true
	}
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsLoopback()
	}
	return host == "localhost" || slices.ContainsFunc(s.o.Hosts, func(h string) bool { return strings.EqualFold(h, host) })
}

// mayWrite lets this machine write, and others if they are allowed to.
func (s *Server) mayWrite(r *http.Request) error {
	if s.o.AllowRemoteWrites || fromThisMachine(r) {
		return nil
	}
	return &refusal{http.StatusForbidden, "forbidden", "only the machine that runs this server may write to it", ""}
}

func fromThisMachine(r *http.Request) bool {
	for _, passedOn := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if r.Header.Get(passedOn) != "" {
			return false
		}
	}
	if _, unix := r.Context().Value(http.LocalAddrContextKey).(*net.UnixAddr); unix {
		return true
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && from.Addr().Unmap().IsLoopback()
}

// idPrefixes begin the paths that end with an article's id or the name of a source, namePrefixes those that end with a type and the name of an entity.
var (
	idPrefixes   = []string{"/api/v1/articles/", "/api/v1/versions/", "/api/v1/diff/", "/article/", "/versions/", "/api/v1/sources/", page.SourcePath}
	namePrefixes = []string{"/api/v1/entities/", "/entity/"}
)

// withWholeID escapes the id or the name at the end of a path wholly. An id may be a URL, of which the mux would otherwise fold
// the double slash and resolve the dots.
func withWholeID(r *http.Request) *http.Request {
	for _, prefix := range idPrefixes {
		if id, ok := strings.CutPrefix(r.URL.Path, prefix); ok && id != "" {
			return withRawPath(r, prefix+index.EscapeID(id))
		}
	}
	for _, prefix := range namePrefixes {
		rest, _ := strings.CutPrefix(r.URL.Path, prefix)
		if typ, name, ok := strings.Cut(rest, "/"); ok && rest != r.URL.Path && typ != "" {
			return withRawPath(r, prefix+index.EscapeID(typ)+"/"+index.EscapeID(name))
		}
	}
	return r
}

func withRawPath(r *http.Request, path string) *http.Request {
	u := *r.URL
	u.RawPath = path
	r = r.WithContext(r.Context())
	r.URL = &u
	return r
}
