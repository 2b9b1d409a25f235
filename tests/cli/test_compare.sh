#!/bin/sh
# Does README's comparison have the rows that `make compare` measures, with a figure in each, and the
# plot that belongs to it? (TAP)  usage: test_compare.sh BUILD-DIR
# shellcheck disable=SC1091,SC2154 # support.sh gives these variables
. "$(dirname "$0")/support.sh"
here=$(cd "$(dirname "$0")/../.." && pwd)
compare=$here/tests/bench/compare

# Every fact that table.sh asks for, as it says itself: none is there.
: >"$box/nothing"
"$compare/table.sh" "$box/nothing" >"$box/out" 2>"$box/err"
[ $? -eq 1 ]
result 'a table without facts fails' $?
sed -n 's/^no \([a-z0-9.]*\) of \([a-z]*\)$/\1\t\2\t1/p' "$box/err" | sort -u >"$box/facts"
[ "$(wc -l <"$box/facts")" -ge 60 ]
result '... and names what it lacks' $?
"$compare/table.sh" "$box/facts" >"$box/out" 2>"$box/err"
result 'a table with all of them does not' $?

labels() { grep '^|' | cut -d '|' -f 2; }
sed -n '/^<!-- compare -->$/,/^<!-- \/compare -->$/p' "$here/README.md" >"$box/readme"
labels <"$box/out" >"$box/made"
labels <"$box/readme" | diff "$box/made" - >"$box/err"
result "README.md has its rows, in order: \`make compare\` writes them" $?
[ "$(wc -l <"$box/made")" -ge 14 ]
result '... which are many' $?
grep -m 1 '^|' "$box/out" >"$box/head"
grep -m 1 '^|' "$box/readme" | diff "$box/head" - >"$box/err"
result '... and its columns' $?
awk -F '|' '/^\|/ && NR > 3 { for (i = 3; i <= 6; i++) if ($i !~ /[^ ]/) print }' "$box/readme" >"$box/err"
[ ! -s "$box/err" ]
result '... and no empty cell' $?

: >"$box/out"
: >"$box/err"
grep -qF '(tests/bench/compare/compare.svg)' "$here/README.md"
result 'README.md shows the plot' $?
sed -n "s/.*title '\([^']*\)'.*/\1/p" "$compare/plot.gp" >"$box/words"
[ "$(wc -l <"$box/words")" -ge 6 ] && while read -r words; do
    grep -qF ">$words<" "$compare/compare.svg" || echo "compare.svg lacks: $words" >>"$box/err"
done <"$box/words"
[ ! -s "$box/err" ]
result '... which has the words of plot.gp' $?
echo "1..$count"
