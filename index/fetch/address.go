package fetch

import (
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// Check parses an address and says, without asking anybody, whether it may be fetched: an *Error when not. What its name
// stands for is known only when it is fetched, and is checked then.
func (f *Fetcher) Check(address string) (*url.URL, error) {
	refused := func(detail string) (*url.URL, error) {
		return nil, &Error{URL: shorten(address), Detail: detail, Refused: true}
	}
	if len(address) > maxURL {
		return refused("it is longer than an address may be")
	}
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return refused("it cannot be read as an address")
	case u.Scheme != "http" && u.Scheme != "https":
		return refused("only http and https are fetched")
	case u.Opaque != "" || u.Hostname() == "":
		return refused("it names no host")
	case u.User != nil:
		return refused("it has a user name or a password in it")
	}
	if detail := f.refusesPort(u); detail != "" {
		return refused(detail)
	}
	if detail := f.refusesHost(u.Hostname()); detail != "" {
		return refused(detail)
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// maxURL bounds an address in bytes, as browsers and servers do.
const maxURL = 8 << 10

func (f *Fetcher) refusesPort(u *url.URL) string {
	if u.Port() == "" && !strings.HasSuffix(u.Host, ":") {
		return ""
	}
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	if err != nil || port == 0 {
		return "its port is none"
	}
	if !f.portAllowed(uint16(port)) {
		return "only the ports 80 and 443 are asked"
	}
	return ""
}

func (f *Fetcher) portAllowed(port uint16) bool {
	return port == 80 || port == 443 || f.o.AllowPrivate || slices.Contains(f.o.Ports, port)
}

// refusesHost says why a host may not be asked, as far as its name tells.
func (f *Fetcher) refusesHost(host string) string {
	if f.o.AllowPrivate {
		return ""
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		return refuses(addr)
	}
	name, err := idna.Lookup.ToASCII(host) // the digits of other scripts are digits
	if err != nil {
		return "its host is no name"
	}
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	if addr, err := netip.ParseAddr(name); err == nil {
		return refuses(addr)
	}
	last := name[strings.LastIndexByte(name, '.')+1:]
	switch {
	case numeric(last):
		return "its host is a number, which some take for an address of this machine"
	case last == name:
		return "its host is a name of this network"
	case slices.Contains(privateDomains, last), name == "home.arpa", strings.HasSuffix(name, ".home.arpa"):
		return "its host is a name of this machine or network"
	}
	return ""
}

// privateDomains are top-level domains that never name anything public (RFC 6761, 6762, 7686; ICANN's resolution on .internal).
var privateDomains = []string{"localhost", "local", "internal", "intranet", "lan", "localdomain", "test", "invalid", "onion"}

// numeric reports whether the last label of a host makes the whole a number to those who read addresses leniently, as C
// libraries and the standard of WHATWG do: 2130706433, 0x7f.1, 0177.1.
func numeric(label string) bool {
	if label == "" {
		return true
	}
	digits, hex := strings.CutPrefix(label, "0x")
	return strings.Trim(digits, "0123456789") == "" || hex && strings.Trim(digits, "0123456789abcdef") == ""
}

// refuses says why an address may not be connected to, or returns "".
func refuses(addr netip.Addr) string {
	if addr.Is4In6() {
		return "its address is an IPv4 address in disguise"
	}
	if addr.Zone() != "" {
		return "its address is one of this network"
	}
	if addr.Is6() && !global6.Contains(addr) {
		return "its address is not public"
	}
	for _, p := range private {
		if p.Contains(addr) {
			return "its address is not public"
		}
	}
	return ""
}

// global6 is all that is handed out of IPv6 for public use. Loopback, link-local, unique local, multicast, mapped and NAT64
// addresses lie outside.
var global6 = netip.MustParsePrefix("2000::/3")

// private are the blocks of the IANA registries of special-purpose addresses (RFC 6890) that are not public, and what stands
// for such: 6to4 and Teredo carry IPv4 addresses.
var private = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"168.63.129.16/32", // where a large cloud keeps what its machines know of themselves
	"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
)

func prefixes(texts ...string) []netip.Prefix {
	list := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		list[i] = netip.MustParsePrefix(text)
	}
	return list
}

// shorten cuts a foreign text for a message.
func shorten(s string) string {
	const most = 300
	if len(s) > most {
		s = s[:most] + "…"
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
