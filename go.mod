module dateline

go 1.26

tool honnef.co/go/tools/cmd/staticcheck
