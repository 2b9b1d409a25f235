#!/bin/sh
# Does a login stay quick when there are many: logins, rows, rows to forget?
# usage: tests/load/load.sh BUILDDIR [PART]…; PART: crowd prune size; all by default. As root for a root judge.
# TICKETS, REVOCATIONS, SPENT: expired rows of the prune, a million by default; MANY: lasting tickets; MOST: lasting revocations;
# ROUNDS: cold logins of each kind; CROWDS: crowds of each kind.
# shellcheck source=tests/load/house.sh
set -eu
here=$(dirname "$0")
. "$here/house.sh"
shift
[ $# -gt 0 ] || set -- crowd prune size
tell() { echo "$*; load $(cut -d ' ' -f 1-3 /proc/loadavg)"; }

# Goal: the slowest within 250 ms, no error.
run_crowd() {
    make_house crowd
    for kind in tokens tickets; do
        tell "64 logins with $kind, each of which writes"
        round=0
        while [ $round -lt "${CROWDS:-5}" ]; do
            "fill_$kind" 64
            crowd 64
            round=$((round + 1))
        done
    done
    echo "spent tokens: $(count replay) of $((64 * ${CROWDS:-5})); store whole: $(pamjwt status --verify | grep -c 'ok store whole')"
}

# Goal: no login delayed by more than 50 ms.
run_prune() {
    make_house prune
    issue "$dir/ticket"
    expired_tickets "${TICKETS:-250000}"
    expired_revocations "${REVOCATIONS:-750000}"
    expired_spent "${SPENT:-0}" # by default none, for logins forget some of these themselves
    tell "a prune of $(($(count tickets) - 1)) tickets, $(count revocations) revocations, $(count replay) spent tokens"
    "$out/tests/load/beside" 4 "$dir/$house/pam.d" load "$user" "$dir/ticket" \
        "$out/pamjwt" --config "$dir/$house/pam_jwt.conf" prune >"$dir/beside" 2>>"$dir/log"
    awk '/^forgotten/ { runs++; next } { print } END { print "in " runs " runs" }' "$dir/beside"
    tell "left: $(($(count tickets) - 1)) tickets, $(count revocations) revocations, $(count replay) spent tokens"
    rm -rf "${dir:?}/$house"
}

# Goals: 1.10 at a million tickets, 1.15 at ten million revocations, over a thousand of each.
run_size() {
    entries=
    for sizes in "${FEW:-1000} ${FEW:-1000}" "${MANY:-1000000} ${FEW:-1000}" "${FEW:-1000} ${MOST:-10000000}"; do
        # shellcheck disable=SC2086 # two words
        set -- $sizes
        make_house "$1-$2"
        lasting_tickets "$1"
        lasting_revocations "$2"
        issue "$dir/$house/ticket"
        entries="$entries $1/$2=$user=$dir/$house/ticket=$dir/$house/pam_jwt.conf"
    done
    tell 'cold logins, by tickets/revocations in the store'
    # shellcheck disable=SC2086 # a list of words
    "$out/tests/bench/cold" "${ROUNDS:-500}" "$out/tests/bench/empty" "$out/pamjwt-verify" \
        "$dir/$house/pam_jwt.conf" load $entries |
        awk 'NR == 1 || $1 == "an" { next } { if (!first) first = $2
            printf "%-18s median %6.0f us, least %6.0f, cpu %6.0f; ratio of medians %.3f\n", $1, $2, $3, $4, $2 / first }'
}

for part in "$@"; do
    "run_$part"
    tell "($part, as $user, on $(stat -f -c %T "$dir"))"
done
