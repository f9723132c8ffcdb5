package date

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// latin writes the digits of other scripts (Arabic, Persian, Devanagari, Bengali, full-width) and full-width signs as ASCII
// has them.
func latin(s string) string {
	if isASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		for _, zero := range [...]rune{0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10} {
			if r >= zero && r <= zero+9 {
				return '0' + r - zero
			}
		}
		switch r {
		case '：':
			return ':'
		case '（', '【':
			return '('
		case '）', '】':
			return ')'
		case '，', '、', '،':
			return ','
		case '／':
			return '/'
		}
		return r
	}, s)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// marked is a date of China, Japan or Korea, whose numbers have their unit behind them:
//
//	2024年3月14日（木）15時04分    2024年3月14日 下午3:04    2024년 3월 14일 오후 3시 4분    令和6年3月14日
var marked = regexp.MustCompile(`^(?:(令和|平成|昭和)(\d{1,2}|元)|(\d{4}))\s*[年년]\s*(?:(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日號号일])?)?` +
	`\s*(?:\(?(?:[月火水木金土日]曜日|[月火水木金土日]|(?:星期|周|週)[一二三四五六日天]|[월화수목금토일]요일|[월화수목금토일])\)?)?` +
	`,?\s*(午前|上午|오전|午後|下午|오후)?\s*(?:(\d{1,2})\s*(?:[時时点點시]|:)\s*(?:(\d{1,2})\s*[分분]?)?(?:(?:\s*|:)(\d{1,2})\s*[秒초]?)?)?(.*)$`)

// eras are those of Japan by the year before their first.
var eras = map[string]int{"令和": 2018, "平成": 1988, "昭和": 1925}

// eastern writes such a date as the other readers know it. Other texts come back as they are.
func eastern(s string) string {
	if isASCII(s) || !strings.ContainsAny(s, "年년") {
		return s
	}
	m := marked.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	era, inEra, year, month, day, half, hour, minute, second, rest := m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8], m[9], m[10]
	if era != "" {
		n := 1
		if inEra != "元" {
			n = number(inEra)
		}
		year = fmt.Sprint(eras[era] + n)
	}
	out := year
	for _, part := range []string{month, day} {
		if part != "" {
			out += "/" + part
		}
	}
	if hour != "" {
		out += fmt.Sprintf(" %s:%02d", hour, number(minute))
		if second != "" {
			out += fmt.Sprintf(":%02d", number(second))
		}
		switch half {
		case "午前", "上午", "오전":
			out += " am"
		case "午後", "下午", "오후":
			out += " pm"
		}
	}
	return out + " " + strings.TrimSpace(rest)
}
