#!/bin/sh
# What does a verification cost beside the bare EVP call and beside other libraries?
# usage: tests/bench/verify.sh BUILDDIR [ROUNDS]
set -eu
out=$1
rounds=${2:-1000}
dir=$(mktemp -d /tmp/pamjwt-verify.XXXXXX)
trap 'rm -rf "$dir"' EXIT
echo 'one verification (token form, signature, claims), times the bare EVP call'
# jose says on stderr which algorithms it does not know.
"$out/tests/bench/verify" "$dir" "$rounds" 2>"$dir/log" || { cat "$dir/log" >&2; exit 1; }
cat <<NOTE
($rounds rounds, medians of each round's ratios; pam_jwt has its key at hand, as cjose and rhonabwy do,
"key file" finds it among ten in its file and builds it, as each login does; libjwt and jose parse
theirs each time; -: not supported)

NOTE
