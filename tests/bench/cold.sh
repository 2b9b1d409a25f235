#!/bin/sh
# How long does a whole judge process take, and what do a thousand keys add? All in one run, by turns.
# usage: tests/bench/cold.sh BUILDDIR [ROUNDS]. As root for a root judge, which also leaves its cgroup and
# writes down the login; else as anybody.
set -eu
out=$(cd "$1" && pwd)
rounds=${2:-500}
dir=$(mktemp -d "${TMPDIR:-/tmp}/pamjwt-cold.XXXXXX")
trap 'rm -rf "$dir"' EXIT
user=$(id -un)
pamjwt() { "$out/pamjwt" --config "$dir/etc/pam_jwt.conf" "$@"; }
mkdir "$dir/etc"
counts='1 10 1000'
{
    printf '[paths]\nstate = %s/state\nrun = %s/run\n' "$dir" "$dir"
    for count in $counts; do
        printf '[issuer keys%s]\niss = https://bench.example/%s\nkeys = %s.jwks\naudience = pam:bench\n' \
            "$count" "$count" "$count"
    done
    printf '[service bench]\n[root]\nsystem_users = %s\n' "$user"
} >"$dir/etc/pam_jwt.conf"
pamjwt init >"$dir/log" 2>&1
tokens=
for count in $counts; do
    pamjwt key new --issuer "keys$count" --alg ES256 >>"$dir/log" 2>&1
    pamjwt token mint --issuer "keys$count" --sub "$user" --aud pam:bench --lifetime 1h \
        >"$dir/$count" 2>>"$dir/log"
    # Ours stands last: the others have to be passed over.
    keys=$dir/etc/keys/$count.jwks
    jq --argjson n "$((count - 1))" \
        '.keys = [range($n) as $i | .keys[0] + {kid: "another-key-\($i)"}] + .keys' "$keys" >"$dir/new"
    cat "$dir/new" >"$keys"
    tokens="$tokens keys-$count=$user=$dir/$count"
done
# shellcheck disable=SC2086 # a list of words
"$out/tests/bench/cold" "$rounds" "$out/tests/bench/empty" "$out/pamjwt-verify" \
    "$dir/etc/pam_jwt.conf" bench $tokens
echo "($rounds rounds, as $user; store on $(stat -f -c %T "$dir"))"
