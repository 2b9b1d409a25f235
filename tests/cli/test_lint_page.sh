#!/bin/sh
# Does pamjwt-lint(1) list what the program can find, in its words, and is each of them tested?
# (TAP)  usage: test_lint_page.sh BUILD-DIR
# shellcheck disable=SC1091,SC2154 # support.sh gives these variables
. "$(dirname "$0")/support.sh"
here=$(cd "$(dirname "$0")/../.." && pwd)

# "severity|code|text|cure" of each row of the table.
rows() {
    tr -d '\n\134' <"$here/helper/lint/findings.h" |
        grep -o 'X([A-Z_]*, *[A-Z]*, *"[^"]*", *"[^"]*", *"[^"]*")' |
        sed 's/^X([A-Z_]*, *\([A-Z]*\), *"\([^"]*\)", *"\([^"]*\)", *"\([^"]*\)")/\1|\2|\3|\4/'
}

# The same of the page: below each ".It Li CODE Pq SEVERITY" stand its text and its cure.
page_rows() {
    awk '/^\.It Li .* Pq / { head = toupper($5) "|" $3; n = 0; next }
        /^\./ { head = ""; next }
        head != "" && ++n <= 2 {
            sub(/^\\&/, ""); sub(/\.$/, "")
            if (n == 1) text = $0
            else print head "|" text "|" $0
        }' "$here/man/pamjwt-lint.1"
}

# Capitals at the start of a sentence and marks of code are the page's own affair.
even() { tr -d '`' | awk -F '|' '{ print $1 "|" $2 "|" tolower($3) "|" tolower($4) }' | sort; }

rows >"$box/rows"
rows | even >"$box/table"
page_rows | even >"$box/page"
[ "$(wc -l <"$box/table")" -ge 60 ]
result 'the table has findings' $?
diff "$box/table" "$box/page" >"$box/out" 2>"$box/err"
result 'the page has each of them, in the same words, and no other' $?
same 'codes are not repeated' "$(wc -l <"$box/rows")" "$(cut -d '|' -f 2 "$box/rows" | sort -u | wc -l)"
: >"$box/out"
while IFS='|' read -r severity code _; do
    word=$(printf '%s' "$severity" | tr '[:upper:]' '[:lower:]')
    case $code in
    unexamined | clock-unsynchronised) continue ;; # below
    esac
    grep -qE "finds $word $code( |\$)" "$here"/tests/cli/test_lint*.sh || echo "$code" >>"$box/out"
done <"$box/rows"
[ ! -s "$box/out" ]
result 'each has a test of its severity and place' $?
grep -q '\[unexamined\]' "$here/tests/cli/test_lint.sh" &&
    grep -q '\[clock-unsynchronised' "$here/tests/cli/test_lint.sh"
result '... and so have what cannot be examined, and the clock' $?
: >"$box/all.err"
finish
