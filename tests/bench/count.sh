#!/bin/sh
# How many instructions does a verification take beyond the bare EVP call? The same on each run, but for
# the keys, which are new: a few thousand up or down.
# usage: tests/bench/count.sh BUILDDIR
set -eu
out=$1
times=10
dir=$(mktemp -d /tmp/pamjwt-count.XXXXXX)
trap 'rm -rf "$dir"' EXIT

# Prints how many one verification takes; nothing when that library cannot do it.
count() { # ALG NAME
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect=counted \
        "$out/tests/bench/verify" "$dir" --count "$1" "$2" "$times" 2>"$dir/log" || return 0
    awk -v times="$times" '/Collected/ { printf "%.0f", $4 / times }' "$dir/log"
}

printf '%-12s %10s %10s %10s %10s %10s\n' instructions bare pam_jwt cjose jose rhonabwy
for alg in HS256 RS256 PS256 ES256 Ed25519; do
    bare=$(count "$alg" 'bare EVP')
    printf '%-12s %10s' "$alg" "$bare"
    for name in pam_jwt cjose jose rhonabwy; do
        whole=$(count "$alg" "$name")
        if [ -n "$whole" ]; then printf ' %+10d' "$((whole - bare))"; else printf ' %10s' -; fi
    done
    printf '\n'
done
# libjwt is left out: it parses its PEM key each time, which takes millions.
echo '(bare: the EVP call alone; the others: beyond it, a whole verification with the key at hand)'
