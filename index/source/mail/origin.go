package mail

import (
	"regexp"
	"strings"
)

// origin returns the publisher of a message and its author, if they are told apart.
//
// A message to a mailing list, which takes answers (List-Post) or is a newsgroup, is published by the list and written by
// its sender. A newsletter's sender is its name as readers see it, or "Ann Roe from The Quay". A sender without a name goes
// by the list's name, then by the host of its address.
func (l *letter) origin() (source, author string) {
	name, addr := sender(l.get("From"))
	name = strings.Trim(text(name, l.charset), ` "'`)
	list := l.list()
	if group, _, _ := strings.Cut(l.get("Newsgroups"), ","); group != "" {
		return strings.TrimSpace(group), name
	}
	if post := l.get("List-Post"); post != "" && !strings.EqualFold(post, "NO") && list != "" {
		return list, name
	}
	if m := fromWhere.FindStringSubmatch(name); m != nil {
		return m[2], m[1]
	}
	switch {
	case name != "" && !strings.Contains(name, "@"):
		return name, ""
	case list != "":
		return list, ""
	}
	return host(addr), ""
}

// fromWhere is how the platforms of newsletters name a sender: "Ann Roe from The Quay", "Ann Roe at The Quay".
var fromWhere = regexp.MustCompile(`^(\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){1,3}) (?:from|at|via|@) (\S.+)$`)

// list returns the name of the list: the phrase of List-Id, or the id's first label when it is a word and no number.
func (l *letter) list() string {
	phrase, id := sender(l.get("List-Id"))
	phrase = strings.Trim(text(phrase, l.charset), ` "'`)
	if phrase != "" && !made.MatchString(phrase) {
		return phrase
	}
	label, _, _ := strings.Cut(strings.Trim(id, "<> "), ".")
	if len(label) > 2 && !strings.ContainsAny(label, "0123456789@ ") {
		return label
	}
	return ""
}

// made is a list's phrase that a program made of a number.
var made = regexp.MustCompile(`(?i)^[0-9a-f]{16,}|mc list$|^\d+$|@`)

// sender parts `"Name" <address>`, `address (Name)` or a bare address, of several the first.
func sender(s string) (name, addr string) {
	quoted := false
	for i, c := range []byte(s) {
		switch {
		case c == '"' && (i == 0 || s[i-1] != '\\'):
			quoted = !quoted
		case c == '<' && !quoted:
			addr, _, _ = strings.Cut(s[i+1:], ">")
			return unescape(strings.TrimSpace(s[:i])), strings.TrimSpace(addr)
		case c == '(' && !quoted && strings.Contains(s[:i], "@"):
			name, _, _ = strings.Cut(s[i+1:], ")")
			return strings.TrimSpace(name), strings.TrimSpace(s[:i])
		case c == ',' && !quoted && strings.Contains(s[:i], "@"):
			return "", strings.TrimSpace(s[:i])
		}
	}
	if strings.Contains(s, "@") {
		return "", strings.TrimSpace(s)
	}
	return unescape(s), ""
}

// unescape takes the quotes off a phrase.
func unescape(s string) string {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		s = s[1 : len(s)-1]
	}
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(s)
}

// host returns the host of an address without the labels that name a machine for mail.
func host(addr string) string {
	_, h, ok := strings.Cut(strings.ToLower(addr), "@")
	if !ok {
		return ""
	}
	for {
		label, rest, _ := strings.Cut(h, ".")
		if !mailers[label] || !strings.Contains(rest, ".") {
			return h
		}
		h = rest
	}
}

var mailers = map[string]bool{
	"mail": true, "email": true, "e": true, "em": true, "m": true, "news": true, "newsletter": true, "newsletters": true, "info": true,
	"mailer": true, "mailing": true, "send": true, "list": true, "lists": true, "www": true, "reply": true, "bounce": true, "mg": true,
}
